# Both sides connect at once. The neighbour has the higher identifier: its connection stays.
we: id=198.18.1.1
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
accepted
    1 disarm CONNECT_RETRY
    1 adopt
    1 send OPEN AS 64500 hold 9s
    1 arm HOLD 240s
    = 0 OpenSent outgoing | 1 OpenSent incoming
open 0
    0 send KEEPALIVE
    0 arm HOLD 9s
    0 arm KEEPALIVE 3s
    = 0 OpenConfirm outgoing hold 9s | 1 OpenSent incoming
open 1
    0 send NOTIFICATION Cease/Connection Collision Resolution
    0 disarm HOLD
    0 disarm KEEPALIVE
    0 disarm SEND_HOLD
    0 disconnect
    1 send KEEPALIVE
    1 arm HOLD 9s
    1 arm KEEPALIVE 3s
    0 disarm CONNECT_RETRY
    0 disarm IDLE_HOLD
    = 1 OpenConfirm incoming hold 9s
keepalive 1
    1 arm HOLD 9s
    1 up: hold 9s, keepalive 3s, 4-octet AS, [IPV4_UNICAST], refresh
    = 1 Established hold 9s

# We have the higher identifier: ours stays.
we: id=198.18.99.1
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
accepted
    1 disarm CONNECT_RETRY
    1 adopt
    1 send OPEN AS 64500 hold 9s
    1 arm HOLD 240s
    = 0 OpenSent outgoing | 1 OpenSent incoming
open 0
    1 send NOTIFICATION Cease/Connection Collision Resolution
    1 disarm HOLD
    1 disarm KEEPALIVE
    1 disarm SEND_HOLD
    1 disconnect
    0 send KEEPALIVE
    0 arm HOLD 9s
    0 arm KEEPALIVE 3s
    1 disarm CONNECT_RETRY
    1 disarm IDLE_HOLD
    = 0 OpenConfirm outgoing hold 9s
open 1
    = 0 OpenConfirm outgoing hold 9s
keepalive 0
    0 arm HOLD 9s
    0 up: hold 9s, keepalive 3s, 4-octet AS, [IPV4_UNICAST], refresh
    = 0 Established hold 9s

# Ours is still being opened when theirs arrives and gets all the way.
we: id=198.18.99.1
start
    0 disarm IDLE_HOLD
    0 arm CONNECT_RETRY 2s
    0 connect
    = 0 Connect
accepted
    1 disarm CONNECT_RETRY
    1 adopt
    1 send OPEN AS 64500 hold 9s
    1 arm HOLD 240s
    = 0 Connect | 1 OpenSent incoming
open 1
    1 send KEEPALIVE
    1 arm HOLD 9s
    1 arm KEEPALIVE 3s
    0 disarm CONNECT_RETRY
    0 disarm IDLE_HOLD
    0 disconnect
    = 1 OpenConfirm incoming hold 9s
keepalive 1
    1 arm HOLD 9s
    1 up: hold 9s, keepalive 3s, 4-octet AS, [IPV4_UNICAST], refresh
    = 1 Established hold 9s
accepted
    = 1 Established hold 9s

# Theirs has our OPEN and theirs while ours is still being opened: ours is given up before it says a word.
we: id=198.18.99.1
start
    0 disarm IDLE_HOLD
    0 arm CONNECT_RETRY 2s
    0 connect
    = 0 Connect
accepted
    1 disarm CONNECT_RETRY
    1 adopt
    1 send OPEN AS 64500 hold 9s
    1 arm HOLD 240s
    = 0 Connect | 1 OpenSent incoming
open 1
    1 send KEEPALIVE
    1 arm HOLD 9s
    1 arm KEEPALIVE 3s
    0 disarm CONNECT_RETRY
    0 disarm IDLE_HOLD
    0 disconnect
    = 1 OpenConfirm incoming hold 9s
opened 0
    = 1 OpenConfirm incoming hold 9s
open 0
    = 1 OpenConfirm incoming hold 9s
keepalive 0
    = 1 OpenConfirm incoming hold 9s

# The neighbour restarted without a word and comes again: the newer of its two connections counts.
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
accepted
    1 disarm CONNECT_RETRY
    1 adopt
    1 send OPEN AS 64500 hold 9s
    1 arm HOLD 240s
    = 0 OpenSent incoming | 1 OpenSent incoming
open 1
    0 send NOTIFICATION Cease/Connection Collision Resolution
    0 disarm HOLD
    0 disarm KEEPALIVE
    0 disarm SEND_HOLD
    0 disconnect
    1 send KEEPALIVE
    1 arm HOLD 9s
    1 arm KEEPALIVE 3s
    0 disarm CONNECT_RETRY
    0 disarm IDLE_HOLD
    = 1 OpenConfirm incoming hold 9s
keepalive 1
    1 arm HOLD 9s
    1 up: hold 9s, keepalive 3s, 4-octet AS, [IPV4_UNICAST], refresh
    = 1 Established hold 9s

# One of the two breaks by itself: the other goes on.
we: id=198.18.1.1
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
accepted
    1 disarm CONNECT_RETRY
    1 adopt
    1 send OPEN AS 64500 hold 9s
    1 arm HOLD 240s
    = 0 OpenSent outgoing | 1 OpenSent incoming
lost 1 the neighbour reset it
    1 disarm HOLD
    1 disconnect
    1 failed: The connection was lost before the neighbour's OPEN: the neighbour reset it
    1 disarm CONNECT_RETRY
    1 disarm IDLE_HOLD
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

we: id=198.18.1.1
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
accepted
    1 disarm CONNECT_RETRY
    1 adopt
    1 send OPEN AS 64500 hold 9s
    1 arm HOLD 240s
    = 0 OpenSent outgoing | 1 OpenSent incoming
lost 0 the neighbour reset it
    0 disarm HOLD
    0 disconnect
    0 failed: The connection was lost before the neighbour's OPEN: the neighbour reset it
    0 disarm CONNECT_RETRY
    0 disarm IDLE_HOLD
    = 1 OpenSent incoming
open 1
    1 send KEEPALIVE
    1 arm HOLD 9s
    1 arm KEEPALIVE 3s
    = 1 OpenConfirm incoming hold 9s
keepalive 1
    1 arm HOLD 9s
    1 up: hold 9s, keepalive 3s, 4-octet AS, [IPV4_UNICAST], refresh
    = 1 Established hold 9s
