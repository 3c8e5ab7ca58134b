# The neighbour's operator says why (RFC 9003).
we: passive
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
shutdown 0 maintenance #4711, back at 03:00
    0 disarm HOLD
    0 disarm KEEPALIVE
    0 disarm SEND_HOLD
    0 disconnect
    0 down: The neighbour said: Cease/Administrative Shutdown "maintenance #4711, back at 03:00"
    0 arm IDLE_HOLD 2s
    = 0 Idle

# So do we.
we: passive
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
stop maintenance #4712
    0 send NOTIFICATION Cease/Administrative Shutdown "maintenance #4712"
    0 disarm HOLD
    0 disarm KEEPALIVE
    0 disarm SEND_HOLD
    0 disconnect
    0 down: Stopped here.
    = 0 Idle
