# A fault that costs the session, a NOTIFICATION from the neighbour, and a second OPEN.
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
open 0
    0 send KEEPALIVE
    0 arm HOLD 9s
    0 arm KEEPALIVE 3s
    = 0 OpenConfirm outgoing hold 9s
keepalive 0
    0 arm HOLD 9s
    0 up: hold 9s, keepalive 3s, 4-octet AS, [IPV4_UNICAST], refresh
    = 0 Established hold 9s
malformed 0
    0 send NOTIFICATION UPDATE Message Error/Malformed Attribute List
    0 disarm HOLD
    0 disarm KEEPALIVE
    0 disarm SEND_HOLD
    0 disconnect
    0 down: The attributes do not fit in the UPDATE.
    0 arm IDLE_HOLD 2s
    = 0 Idle
expired 0 IDLE_HOLD
    0 disarm IDLE_HOLD
    0 arm CONNECT_RETRY 2s
    0 connect
    = 0 Connect
opened 0
    0 disarm CONNECT_RETRY
    0 send OPEN AS 64500 hold 9s
    0 arm HOLD 240s
    = 0 OpenSent outgoing
open 0
    0 send KEEPALIVE
    0 arm HOLD 9s
    0 arm KEEPALIVE 3s
    = 0 OpenConfirm outgoing hold 9s
notification 0 6/5
    0 disarm HOLD
    0 disarm KEEPALIVE
    0 disarm SEND_HOLD
    0 disconnect
    0 failed: The neighbour said: Cease/Connection Rejected
    0 arm IDLE_HOLD 2s
    = 0 Idle
expired 0 IDLE_HOLD
    0 disarm IDLE_HOLD
    0 arm CONNECT_RETRY 2s
    0 connect
    = 0 Connect
opened 0
    0 disarm CONNECT_RETRY
    0 send OPEN AS 64500 hold 9s
    0 arm HOLD 240s
    = 0 OpenSent outgoing
open 0
    0 send KEEPALIVE
    0 arm HOLD 9s
    0 arm KEEPALIVE 3s
    = 0 OpenConfirm outgoing hold 9s
keepalive 0
    0 arm HOLD 9s
    0 up: hold 9s, keepalive 3s, 4-octet AS, [IPV4_UNICAST], refresh
    = 0 Established hold 9s
open 0
    0 send NOTIFICATION Finite State Machine Error/in Established
    0 disarm HOLD
    0 disarm KEEPALIVE
    0 disarm SEND_HOLD
    0 disconnect
    0 down: The neighbour sent a second OPEN.
    0 arm IDLE_HOLD 2s
    = 0 Idle
expired 0 IDLE_HOLD
    0 disarm IDLE_HOLD
    0 arm CONNECT_RETRY 2s
    0 connect
    = 0 Connect
opened 0
    0 disarm CONNECT_RETRY
    0 send OPEN AS 64500 hold 9s
    0 arm HOLD 240s
    = 0 OpenSent outgoing
open 0
    0 send KEEPALIVE
    0 arm HOLD 9s
    0 arm KEEPALIVE 3s
    = 0 OpenConfirm outgoing hold 9s
update 0
    0 send NOTIFICATION Finite State Machine Error/in OpenConfirm
    0 disarm HOLD
    0 disarm KEEPALIVE
    0 disarm SEND_HOLD
    0 disconnect
    0 failed: The neighbour sent no KEEPALIVE after its OPEN.
    0 arm IDLE_HOLD 2s
    = 0 Idle
