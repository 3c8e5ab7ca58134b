# A passive neighbour is waited for, and waited for again.
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
lost 0 the neighbour reset it
    0 disarm HOLD
    0 disconnect
    0 failed: The connection was lost before the neighbour's OPEN: the neighbour reset it
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
lost 0 the neighbour closed it
    0 disarm HOLD
    0 disarm KEEPALIVE
    0 disarm SEND_HOLD
    0 disconnect
    0 down: The connection was lost: the neighbour closed it
    0 arm IDLE_HOLD 200ms
    = 0 Idle
expired 0 IDLE_HOLD
    0 disarm IDLE_HOLD
    = 0 Active
accepted
    0 disarm CONNECT_RETRY
    0 adopt
    0 send OPEN AS 64500 hold 9s
    0 arm HOLD 240s
    = 0 OpenSent incoming
