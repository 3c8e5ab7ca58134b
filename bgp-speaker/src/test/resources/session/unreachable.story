# Nobody answers; the attempt is repeated; meanwhile the neighbour may come to us.
we: hold=9
start
    0 disarm IDLE_HOLD
    0 arm CONNECT_RETRY 2s
    0 connect
    = 0 Connect
lost 0 Cannot connect to 198.18.9.9 port 179: nothing listens there.
    0 failed: Cannot connect to 198.18.9.9 port 179: nothing listens there.
    = 0 Active
expired 0 CONNECT_RETRY
    0 disarm IDLE_HOLD
    0 arm CONNECT_RETRY 2s
    0 connect
    = 0 Connect
expired 0 CONNECT_RETRY
    0 disconnect
    0 failed: The neighbour does not answer.
    0 arm CONNECT_RETRY 2s
    0 connect
    = 0 Connect
lost 0 Cannot connect to 198.18.9.9 port 179: it does not answer.
    0 failed: Cannot connect to 198.18.9.9 port 179: it does not answer.
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
