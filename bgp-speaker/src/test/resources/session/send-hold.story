# The neighbour reads nothing, but sends keepalives (RFC 9687).
we: passive send-hold=20
start
    0 disarm IDLE_HOLD
    = 0 Active
accepted
    0 disarm CONNECT_RETRY
    0 adopt
    0 send OPEN AS 64500 hold 9s
    0 arm HOLD 240s
    = 0 OpenSent incoming
open 0
    0 send KEEPALIVE
    0 arm HOLD 9s
    0 arm KEEPALIVE 3s
    = 0 OpenConfirm incoming hold 9s
keepalive 0
    0 arm HOLD 9s
    0 up: hold 9s, keepalive 3s, 4-octet AS, [IPV4_UNICAST], refresh
    = 0 Established hold 9s
blocked 0
    0 arm SEND_HOLD 20s
    = 0 Established hold 9s
keepalive 0
    0 arm HOLD 9s
    = 0 Established hold 9s
expired 0 SEND_HOLD
    0 send NOTIFICATION Send Hold Timer Expired
    0 disarm HOLD
    0 disarm KEEPALIVE
    0 disarm SEND_HOLD
    0 disconnect
    0 down: The neighbour read nothing for the send hold time of 20 s.
    0 arm IDLE_HOLD 2s
    = 0 Idle

# It reads a little, then everything.
we: passive send-hold=20
start
    0 disarm IDLE_HOLD
    = 0 Active
accepted
    0 disarm CONNECT_RETRY
    0 adopt
    0 send OPEN AS 64500 hold 9s
    0 arm HOLD 240s
    = 0 OpenSent incoming
open 0
    0 send KEEPALIVE
    0 arm HOLD 9s
    0 arm KEEPALIVE 3s
    = 0 OpenConfirm incoming hold 9s
keepalive 0
    0 arm HOLD 9s
    0 up: hold 9s, keepalive 3s, 4-octet AS, [IPV4_UNICAST], refresh
    = 0 Established hold 9s
blocked 0
    0 arm SEND_HOLD 20s
    = 0 Established hold 9s
blocked 0
    0 arm SEND_HOLD 20s
    = 0 Established hold 9s
drained 0
    0 disarm SEND_HOLD
    = 0 Established hold 9s
