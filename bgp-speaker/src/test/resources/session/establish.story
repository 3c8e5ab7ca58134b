# Our connection, hold time negotiated down, then the neighbour's routes.
we: hold=9
start
    0 disarm IDLE_HOLD
    0 arm CONNECT_RETRY 2s
    0 connect
    = 0 Connect
opened 0
    0 disarm CONNECT_RETRY
    0 send OPEN AS 64500 hold 9s
    0 arm HOLD 240s
    = 0 OpenSent outgoing
open 0 hold=3
    0 send KEEPALIVE
    0 arm HOLD 3s
    0 arm KEEPALIVE 1s
    = 0 OpenConfirm outgoing hold 3s
keepalive 0
    0 arm HOLD 3s
    0 up: hold 3s, keepalive 1s, 4-octet AS, [IPV4_UNICAST], refresh
    = 0 Established hold 3s
expired 0 KEEPALIVE
    0 send KEEPALIVE
    0 arm KEEPALIVE 1s
    = 0 Established hold 3s
update 0
    0 arm HOLD 3s
    0 deliver
    = 0 Established hold 3s
refresh 0
    0 arm HOLD 3s
    0 refresh
    = 0 Established hold 3s
stop
    0 send NOTIFICATION Cease/Administrative Shutdown
    0 disarm HOLD
    0 disarm KEEPALIVE
    0 disarm SEND_HOLD
    0 disconnect
    0 down: Stopped here.
    = 0 Idle

# A neighbour without capabilities: IPv4 only, 2-octet AS numbers.
we: hold=90
start
    0 disarm IDLE_HOLD
    0 arm CONNECT_RETRY 2s
    0 connect
    = 0 Connect
opened 0
    0 disarm CONNECT_RETRY
    0 send OPEN AS 64500 hold 90s
    0 arm HOLD 240s
    = 0 OpenSent outgoing
open 0 plain hold=180
    0 send KEEPALIVE
    0 arm HOLD 90s
    0 arm KEEPALIVE 30s
    = 0 OpenConfirm outgoing hold 90s
keepalive 0
    0 arm HOLD 90s
    0 up: hold 90s, keepalive 30s, 2-octet AS, [IPV4_UNICAST]
    = 0 Established hold 90s

# No keepalives when one side wants none.
we: hold=9
start
    0 disarm IDLE_HOLD
    0 arm CONNECT_RETRY 2s
    0 connect
    = 0 Connect
opened 0
    0 disarm CONNECT_RETRY
    0 send OPEN AS 64500 hold 9s
    0 arm HOLD 240s
    = 0 OpenSent outgoing
open 0 hold=0
    0 send KEEPALIVE
    0 disarm HOLD
    = 0 OpenConfirm outgoing hold 0s
keepalive 0
    0 up: hold 0s, keepalive 0s, 4-octet AS, [IPV4_UNICAST], refresh
    = 0 Established hold 0s
