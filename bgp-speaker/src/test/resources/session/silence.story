# A neighbour that falls silent is given up when the hold time is over.
we: hold=3
start
    0 disarm IDLE_HOLD
    0 arm CONNECT_RETRY 2s
    0 connect
    = 0 Connect
opened 0
    0 disarm CONNECT_RETRY
    0 send OPEN AS 64500 hold 3s
    0 arm HOLD 240s
    = 0 OpenSent outgoing
expired 0 HOLD
    0 send NOTIFICATION Hold Timer Expired
    0 disarm HOLD
    0 disarm KEEPALIVE
    0 disarm SEND_HOLD
    0 disconnect
    0 failed: The neighbour sent no OPEN.
    0 arm IDLE_HOLD 2s
    = 0 Idle
expired 0 IDLE_HOLD
    0 disarm IDLE_HOLD
    0 arm CONNECT_RETRY 2s
    0 connect
    = 0 Connect
opened 0
    0 disarm CONNECT_RETRY
    0 send OPEN AS 64500 hold 3s
    0 arm HOLD 240s
    = 0 OpenSent outgoing
open 0
    0 send KEEPALIVE
    0 arm HOLD 3s
    0 arm KEEPALIVE 1s
    = 0 OpenConfirm outgoing hold 3s
expired 0 HOLD
    0 send NOTIFICATION Hold Timer Expired
    0 disarm HOLD
    0 disarm KEEPALIVE
    0 disarm SEND_HOLD
    0 disconnect
    0 failed: The neighbour was silent for the hold time.
    0 arm IDLE_HOLD 2s
    = 0 Idle
expired 0 IDLE_HOLD
    0 disarm IDLE_HOLD
    0 arm CONNECT_RETRY 2s
    0 connect
    = 0 Connect
opened 0
    0 disarm CONNECT_RETRY
    0 send OPEN AS 64500 hold 3s
    0 arm HOLD 240s
    = 0 OpenSent outgoing
open 0
    0 send KEEPALIVE
    0 arm HOLD 3s
    0 arm KEEPALIVE 1s
    = 0 OpenConfirm outgoing hold 3s
keepalive 0
    0 arm HOLD 3s
    0 up: hold 3s, keepalive 1s, 4-octet AS, [IPV4_UNICAST], refresh
    = 0 Established hold 3s
expired 0 HOLD
    0 send NOTIFICATION Hold Timer Expired
    0 disarm HOLD
    0 disarm KEEPALIVE
    0 disarm SEND_HOLD
    0 disconnect
    0 down: The neighbour was silent for the hold time.
    0 arm IDLE_HOLD 2s
    = 0 Idle
