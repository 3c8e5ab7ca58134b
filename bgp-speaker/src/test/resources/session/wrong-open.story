# What an OPEN may be refused for.
we: as=64500
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
open 0 as=64511
    0 send NOTIFICATION OPEN Message Error/Bad Peer AS
    0 disarm HOLD
    0 disarm KEEPALIVE
    0 disarm SEND_HOLD
    0 disconnect
    0 failed: The neighbour is AS 64511, the configuration says AS 64510.
    0 arm IDLE_HOLD 2s
    = 0 Idle

we: as=64500
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
open 0 hold=2
    0 send NOTIFICATION OPEN Message Error/Unacceptable Hold Time
    0 disarm HOLD
    0 disarm KEEPALIVE
    0 disarm SEND_HOLD
    0 disconnect
    0 failed: The neighbour proposes a hold time of 2 s.
    0 arm IDLE_HOLD 2s
    = 0 Idle

we: as=64500
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
open 0 id=0.0.0.0
    0 send NOTIFICATION OPEN Message Error/Bad BGP Identifier
    0 disarm HOLD
    0 disarm KEEPALIVE
    0 disarm SEND_HOLD
    0 disconnect
    0 failed: The neighbour's BGP identifier 0.0.0.0 is not valid.
    0 arm IDLE_HOLD 2s
    = 0 Idle

# The same identifier is allowed between two AS (RFC 6286), not inside one.
we: as=64500
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
open 0 id=198.18.1.1
    0 send KEEPALIVE
    0 arm HOLD 9s
    0 arm KEEPALIVE 3s
    = 0 OpenConfirm outgoing hold 9s

we: as=64510
start
    0 disarm IDLE_HOLD
    0 arm CONNECT_RETRY 2s
    0 connect
    = 0 Connect
opened 0
    0 disarm CONNECT_RETRY
    0 send OPEN AS 64510 hold 9s
    0 arm HOLD 240s
    = 0 OpenSent outgoing
open 0 id=198.18.1.1
    0 send NOTIFICATION OPEN Message Error/Bad BGP Identifier
    0 disarm HOLD
    0 disarm KEEPALIVE
    0 disarm SEND_HOLD
    0 disconnect
    0 failed: The neighbour's BGP identifier 198.18.1.1 is also ours.
    0 arm IDLE_HOLD 2s
    = 0 Idle

# Anything but OPEN first.
we: as=64500
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
keepalive 0
    0 send NOTIFICATION Finite State Machine Error/in OpenSent
    0 disarm HOLD
    0 disarm KEEPALIVE
    0 disarm SEND_HOLD
    0 disconnect
    0 failed: The neighbour sent no OPEN first.
    0 arm IDLE_HOLD 2s
    = 0 Idle
