# The neighbour crashes and is back in time with its forwarding intact: its routes stay until its
# End-of-RIB says which of them are still true (RFC 4724).
we: passive restart=120
start
    0 disarm IDLE_HOLD
    = 0 Active
accepted
    0 disarm CONNECT_RETRY
    0 adopt
    0 send OPEN AS 64500 hold 9s restart 120s N
    0 arm HOLD 240s
    = 0 OpenSent incoming
open 0 ipv6 restart=90 F4 F6
    0 send KEEPALIVE
    0 arm HOLD 9s
    0 arm KEEPALIVE 3s
    = 0 OpenConfirm incoming hold 9s
keepalive 0
    0 arm HOLD 9s
    0 up: hold 9s, keepalive 3s, 4-octet AS, [IPV4_UNICAST, IPV6_UNICAST], refresh, restart 90s F[IPV4_UNICAST, IPV6_UNICAST]
    = 0 Established hold 9s
lost 0 the neighbour reset it
    0 disarm HOLD
    0 disarm KEEPALIVE
    0 disarm SEND_HOLD
    0 disconnect
    0 down: The connection was lost: the neighbour reset it - keeps routes for 90s [IPV4_UNICAST, IPV6_UNICAST]
    -1 arm RESTART 90s
    0 arm IDLE_HOLD 200ms
    = 0 Idle
expired 0 IDLE_HOLD
    0 disarm IDLE_HOLD
    = 0 Active
accepted
    0 disarm CONNECT_RETRY
    0 adopt
    0 send OPEN AS 64500 hold 9s restart 120s N
    0 arm HOLD 240s
    = 0 OpenSent incoming
open 0 ipv6 restart=90 R F4 F6
    0 send KEEPALIVE
    0 arm HOLD 9s
    0 arm KEEPALIVE 3s
    = 0 OpenConfirm incoming hold 9s
keepalive 0
    0 arm HOLD 9s
    -1 disarm RESTART
    -1 arm STALE 360s
    0 up: hold 9s, keepalive 3s, 4-octet AS, [IPV4_UNICAST, IPV6_UNICAST], refresh, restart 90s R F[IPV4_UNICAST, IPV6_UNICAST]
    = 0 Established hold 9s
end-of-rib 0 IPV4_UNICAST
    0 arm HOLD 9s
    0 deliver
    = 0 Established hold 9s
end-of-rib 0 IPV6_UNICAST
    0 arm HOLD 9s
    0 deliver
    -1 disarm STALE
    = 0 Established hold 9s

# It is back, but lost its forwarding for IPv6: those routes go at once.
we: passive restart=120
start
    0 disarm IDLE_HOLD
    = 0 Active
accepted
    0 disarm CONNECT_RETRY
    0 adopt
    0 send OPEN AS 64500 hold 9s restart 120s N
    0 arm HOLD 240s
    = 0 OpenSent incoming
open 0 ipv6 restart=90 F4 F6
    0 send KEEPALIVE
    0 arm HOLD 9s
    0 arm KEEPALIVE 3s
    = 0 OpenConfirm incoming hold 9s
keepalive 0
    0 arm HOLD 9s
    0 up: hold 9s, keepalive 3s, 4-octet AS, [IPV4_UNICAST, IPV6_UNICAST], refresh, restart 90s F[IPV4_UNICAST, IPV6_UNICAST]
    = 0 Established hold 9s
lost 0 the neighbour reset it
    0 disarm HOLD
    0 disarm KEEPALIVE
    0 disarm SEND_HOLD
    0 disconnect
    0 down: The connection was lost: the neighbour reset it - keeps routes for 90s [IPV4_UNICAST, IPV6_UNICAST]
    -1 arm RESTART 90s
    0 arm IDLE_HOLD 200ms
    = 0 Idle
expired 0 IDLE_HOLD
    0 disarm IDLE_HOLD
    = 0 Active
accepted
    0 disarm CONNECT_RETRY
    0 adopt
    0 send OPEN AS 64500 hold 9s restart 120s N
    0 arm HOLD 240s
    = 0 OpenSent incoming
open 0 ipv6 restart=90 R F4
    0 send KEEPALIVE
    0 arm HOLD 9s
    0 arm KEEPALIVE 3s
    = 0 OpenConfirm incoming hold 9s
keepalive 0
    0 arm HOLD 9s
    -1 disarm RESTART
    -1 arm STALE 360s
    -1 flush kept routes [IPV6_UNICAST]
    0 up: hold 9s, keepalive 3s, 4-octet AS, [IPV4_UNICAST, IPV6_UNICAST], refresh, restart 90s R F[IPV4_UNICAST]
    = 0 Established hold 9s
end-of-rib 0 IPV4_UNICAST
    0 arm HOLD 9s
    0 deliver
    -1 disarm STALE
    = 0 Established hold 9s

# It is back and forgets to end its table.
we: passive restart=120
start
    0 disarm IDLE_HOLD
    = 0 Active
accepted
    0 disarm CONNECT_RETRY
    0 adopt
    0 send OPEN AS 64500 hold 9s restart 120s N
    0 arm HOLD 240s
    = 0 OpenSent incoming
open 0 restart=90 F4
    0 send KEEPALIVE
    0 arm HOLD 9s
    0 arm KEEPALIVE 3s
    = 0 OpenConfirm incoming hold 9s
keepalive 0
    0 arm HOLD 9s
    0 up: hold 9s, keepalive 3s, 4-octet AS, [IPV4_UNICAST], refresh, restart 90s F[IPV4_UNICAST]
    = 0 Established hold 9s
lost 0 the neighbour reset it
    0 disarm HOLD
    0 disarm KEEPALIVE
    0 disarm SEND_HOLD
    0 disconnect
    0 down: The connection was lost: the neighbour reset it - keeps routes for 90s [IPV4_UNICAST]
    -1 arm RESTART 90s
    0 arm IDLE_HOLD 200ms
    = 0 Idle
expired 0 IDLE_HOLD
    0 disarm IDLE_HOLD
    = 0 Active
accepted
    0 disarm CONNECT_RETRY
    0 adopt
    0 send OPEN AS 64500 hold 9s restart 120s N
    0 arm HOLD 240s
    = 0 OpenSent incoming
open 0 restart=90 R F4
    0 send KEEPALIVE
    0 arm HOLD 9s
    0 arm KEEPALIVE 3s
    = 0 OpenConfirm incoming hold 9s
keepalive 0
    0 arm HOLD 9s
    -1 disarm RESTART
    -1 arm STALE 360s
    0 up: hold 9s, keepalive 3s, 4-octet AS, [IPV4_UNICAST], refresh, restart 90s R F[IPV4_UNICAST]
    = 0 Established hold 9s
time STALE
    -1 disarm STALE
    -1 flush kept routes [IPV4_UNICAST]
    = 0 Established hold 9s

# It does not come back.
we: passive restart=120
start
    0 disarm IDLE_HOLD
    = 0 Active
accepted
    0 disarm CONNECT_RETRY
    0 adopt
    0 send OPEN AS 64500 hold 9s restart 120s N
    0 arm HOLD 240s
    = 0 OpenSent incoming
open 0 restart=90 F4
    0 send KEEPALIVE
    0 arm HOLD 9s
    0 arm KEEPALIVE 3s
    = 0 OpenConfirm incoming hold 9s
keepalive 0
    0 arm HOLD 9s
    0 up: hold 9s, keepalive 3s, 4-octet AS, [IPV4_UNICAST], refresh, restart 90s F[IPV4_UNICAST]
    = 0 Established hold 9s
lost 0 the neighbour reset it
    0 disarm HOLD
    0 disarm KEEPALIVE
    0 disarm SEND_HOLD
    0 disconnect
    0 down: The connection was lost: the neighbour reset it - keeps routes for 90s [IPV4_UNICAST]
    -1 arm RESTART 90s
    0 arm IDLE_HOLD 200ms
    = 0 Idle
time RESTART
    -1 flush kept routes [IPV4_UNICAST]
    = 0 Idle

# It is back without graceful restart.
we: passive restart=120
start
    0 disarm IDLE_HOLD
    = 0 Active
accepted
    0 disarm CONNECT_RETRY
    0 adopt
    0 send OPEN AS 64500 hold 9s restart 120s N
    0 arm HOLD 240s
    = 0 OpenSent incoming
open 0 restart=90 F4
    0 send KEEPALIVE
    0 arm HOLD 9s
    0 arm KEEPALIVE 3s
    = 0 OpenConfirm incoming hold 9s
keepalive 0
    0 arm HOLD 9s
    0 up: hold 9s, keepalive 3s, 4-octet AS, [IPV4_UNICAST], refresh, restart 90s F[IPV4_UNICAST]
    = 0 Established hold 9s
lost 0 the neighbour reset it
    0 disarm HOLD
    0 disarm KEEPALIVE
    0 disarm SEND_HOLD
    0 disconnect
    0 down: The connection was lost: the neighbour reset it - keeps routes for 90s [IPV4_UNICAST]
    -1 arm RESTART 90s
    0 arm IDLE_HOLD 200ms
    = 0 Idle
expired 0 IDLE_HOLD
    0 disarm IDLE_HOLD
    = 0 Active
accepted
    0 disarm CONNECT_RETRY
    0 adopt
    0 send OPEN AS 64500 hold 9s restart 120s N
    0 arm HOLD 240s
    = 0 OpenSent incoming
open 0
    0 send KEEPALIVE
    0 arm HOLD 9s
    0 arm KEEPALIVE 3s
    = 0 OpenConfirm incoming hold 9s
keepalive 0
    0 arm HOLD 9s
    -1 disarm RESTART
    -1 flush kept routes [IPV4_UNICAST]
    0 up: hold 9s, keepalive 3s, 4-octet AS, [IPV4_UNICAST], refresh
    = 0 Established hold 9s

# It fails again before its table was complete: what was kept from before goes.
we: passive restart=120
start
    0 disarm IDLE_HOLD
    = 0 Active
accepted
    0 disarm CONNECT_RETRY
    0 adopt
    0 send OPEN AS 64500 hold 9s restart 120s N
    0 arm HOLD 240s
    = 0 OpenSent incoming
open 0 restart=90 F4
    0 send KEEPALIVE
    0 arm HOLD 9s
    0 arm KEEPALIVE 3s
    = 0 OpenConfirm incoming hold 9s
keepalive 0
    0 arm HOLD 9s
    0 up: hold 9s, keepalive 3s, 4-octet AS, [IPV4_UNICAST], refresh, restart 90s F[IPV4_UNICAST]
    = 0 Established hold 9s
lost 0 the neighbour reset it
    0 disarm HOLD
    0 disarm KEEPALIVE
    0 disarm SEND_HOLD
    0 disconnect
    0 down: The connection was lost: the neighbour reset it - keeps routes for 90s [IPV4_UNICAST]
    -1 arm RESTART 90s
    0 arm IDLE_HOLD 200ms
    = 0 Idle
expired 0 IDLE_HOLD
    0 disarm IDLE_HOLD
    = 0 Active
accepted
    0 disarm CONNECT_RETRY
    0 adopt
    0 send OPEN AS 64500 hold 9s restart 120s N
    0 arm HOLD 240s
    = 0 OpenSent incoming
open 0 restart=90 R F4
    0 send KEEPALIVE
    0 arm HOLD 9s
    0 arm KEEPALIVE 3s
    = 0 OpenConfirm incoming hold 9s
keepalive 0
    0 arm HOLD 9s
    -1 disarm RESTART
    -1 arm STALE 360s
    0 up: hold 9s, keepalive 3s, 4-octet AS, [IPV4_UNICAST], refresh, restart 90s R F[IPV4_UNICAST]
    = 0 Established hold 9s
lost 0 the neighbour reset it
    0 disarm HOLD
    0 disarm KEEPALIVE
    0 disarm SEND_HOLD
    0 disconnect
    -1 disarm STALE
    -1 flush kept routes [IPV4_UNICAST]
    0 down: The connection was lost: the neighbour reset it - keeps routes for 90s [IPV4_UNICAST]
    -1 arm RESTART 90s
    0 arm IDLE_HOLD 200ms
    = 0 Idle

# It restarted so fast that its old connection still looks alive: the KEEPALIVE on the new one
# tells that it is meant (RFC 4724 section 5).
we: passive restart=120
start
    0 disarm IDLE_HOLD
    = 0 Active
accepted
    0 disarm CONNECT_RETRY
    0 adopt
    0 send OPEN AS 64500 hold 9s restart 120s N
    0 arm HOLD 240s
    = 0 OpenSent incoming
open 0 restart=90 F4
    0 send KEEPALIVE
    0 arm HOLD 9s
    0 arm KEEPALIVE 3s
    = 0 OpenConfirm incoming hold 9s
keepalive 0
    0 arm HOLD 9s
    0 up: hold 9s, keepalive 3s, 4-octet AS, [IPV4_UNICAST], refresh, restart 90s F[IPV4_UNICAST]
    = 0 Established hold 9s
accepted
    1 disarm CONNECT_RETRY
    1 adopt
    1 send OPEN AS 64500 hold 9s restart 120s N
    1 arm HOLD 240s
    = 0 Established hold 9s | 1 OpenSent incoming
open 1 restart=90 R F4
    1 send KEEPALIVE
    1 arm HOLD 9s
    1 arm KEEPALIVE 3s
    = 0 Established hold 9s | 1 OpenConfirm incoming hold 9s
keepalive 1
    0 disarm HOLD
    0 disarm KEEPALIVE
    0 disarm SEND_HOLD
    0 disconnect
    0 down: The connection was lost: the neighbour opened another one - keeps routes for 90s [IPV4_UNICAST]
    -1 arm RESTART 90s
    1 arm HOLD 9s
    -1 disarm RESTART
    -1 arm STALE 360s
    1 up: hold 9s, keepalive 3s, 4-octet AS, [IPV4_UNICAST], refresh, restart 90s R F[IPV4_UNICAST]
    0 disarm CONNECT_RETRY
    0 disarm IDLE_HOLD
    = 1 Established hold 9s
end-of-rib 1 IPV4_UNICAST
    1 arm HOLD 9s
    1 deliver
    -1 disarm STALE
    = 1 Established hold 9s

# Without the N bit an error ends everything, with it the routes stay (RFC 8538).
we: passive restart=120
start
    0 disarm IDLE_HOLD
    = 0 Active
accepted
    0 disarm CONNECT_RETRY
    0 adopt
    0 send OPEN AS 64500 hold 9s restart 120s N
    0 arm HOLD 240s
    = 0 OpenSent incoming
open 0 restart=90 F4
    0 send KEEPALIVE
    0 arm HOLD 9s
    0 arm KEEPALIVE 3s
    = 0 OpenConfirm incoming hold 9s
keepalive 0
    0 arm HOLD 9s
    0 up: hold 9s, keepalive 3s, 4-octet AS, [IPV4_UNICAST], refresh, restart 90s F[IPV4_UNICAST]
    = 0 Established hold 9s
notification 0 3/1
    0 disarm HOLD
    0 disarm KEEPALIVE
    0 disarm SEND_HOLD
    0 disconnect
    0 down: The neighbour said: UPDATE Message Error/Malformed Attribute List
    0 arm IDLE_HOLD 2s
    = 0 Idle

we: passive restart=120
start
    0 disarm IDLE_HOLD
    = 0 Active
accepted
    0 disarm CONNECT_RETRY
    0 adopt
    0 send OPEN AS 64500 hold 9s restart 120s N
    0 arm HOLD 240s
    = 0 OpenSent incoming
open 0 restart=90 N F4
    0 send KEEPALIVE
    0 arm HOLD 9s
    0 arm KEEPALIVE 3s
    = 0 OpenConfirm incoming hold 9s
keepalive 0
    0 arm HOLD 9s
    0 up: hold 9s, keepalive 3s, 4-octet AS, [IPV4_UNICAST], refresh, restart 90s N F[IPV4_UNICAST]
    = 0 Established hold 9s
notification 0 3/1
    0 disarm HOLD
    0 disarm KEEPALIVE
    0 disarm SEND_HOLD
    0 disconnect
    0 down: The neighbour said: UPDATE Message Error/Malformed Attribute List - keeps routes for 90s [IPV4_UNICAST]
    -1 arm RESTART 90s
    0 arm IDLE_HOLD 2s
    = 0 Idle

we: passive restart=120
start
    0 disarm IDLE_HOLD
    = 0 Active
accepted
    0 disarm CONNECT_RETRY
    0 adopt
    0 send OPEN AS 64500 hold 9s restart 120s N
    0 arm HOLD 240s
    = 0 OpenSent incoming
open 0 restart=90 N F4
    0 send KEEPALIVE
    0 arm HOLD 9s
    0 arm KEEPALIVE 3s
    = 0 OpenConfirm incoming hold 9s
keepalive 0
    0 arm HOLD 9s
    0 up: hold 9s, keepalive 3s, 4-octet AS, [IPV4_UNICAST], refresh, restart 90s N F[IPV4_UNICAST]
    = 0 Established hold 9s
malformed 0
    0 send NOTIFICATION UPDATE Message Error/Malformed Attribute List
    0 disarm HOLD
    0 disarm KEEPALIVE
    0 disarm SEND_HOLD
    0 disconnect
    0 down: The attributes do not fit in the UPDATE. - keeps routes for 90s [IPV4_UNICAST]
    -1 arm RESTART 90s
    0 arm IDLE_HOLD 2s
    = 0 Idle

we: passive restart=120
start
    0 disarm IDLE_HOLD
    = 0 Active
accepted
    0 disarm CONNECT_RETRY
    0 adopt
    0 send OPEN AS 64500 hold 9s restart 120s N
    0 arm HOLD 240s
    = 0 OpenSent incoming
open 0 restart=90 N F4
    0 send KEEPALIVE
    0 arm HOLD 9s
    0 arm KEEPALIVE 3s
    = 0 OpenConfirm incoming hold 9s
keepalive 0
    0 arm HOLD 9s
    0 up: hold 9s, keepalive 3s, 4-octet AS, [IPV4_UNICAST], refresh, restart 90s N F[IPV4_UNICAST]
    = 0 Established hold 9s
expired 0 HOLD
    0 send NOTIFICATION Hold Timer Expired
    0 disarm HOLD
    0 disarm KEEPALIVE
    0 disarm SEND_HOLD
    0 disconnect
    0 down: The neighbour was silent for the hold time. - keeps routes for 90s [IPV4_UNICAST]
    -1 arm RESTART 90s
    0 arm IDLE_HOLD 2s
    = 0 Idle

# A hard reset means it.
we: passive restart=120
start
    0 disarm IDLE_HOLD
    = 0 Active
accepted
    0 disarm CONNECT_RETRY
    0 adopt
    0 send OPEN AS 64500 hold 9s restart 120s N
    0 arm HOLD 240s
    = 0 OpenSent incoming
open 0 restart=90 N F4
    0 send KEEPALIVE
    0 arm HOLD 9s
    0 arm KEEPALIVE 3s
    = 0 OpenConfirm incoming hold 9s
keepalive 0
    0 arm HOLD 9s
    0 up: hold 9s, keepalive 3s, 4-octet AS, [IPV4_UNICAST], refresh, restart 90s N F[IPV4_UNICAST]
    = 0 Established hold 9s
hard-reset 0 new router on Monday
    0 disarm HOLD
    0 disarm KEEPALIVE
    0 disarm SEND_HOLD
    0 disconnect
    0 down: The neighbour said: Cease/Hard Reset: Cease/Administrative Shutdown "new router on Monday"
    0 arm IDLE_HOLD 2s
    = 0 Idle

# We are told to stop while its routes are kept.
we: passive restart=120
start
    0 disarm IDLE_HOLD
    = 0 Active
accepted
    0 disarm CONNECT_RETRY
    0 adopt
    0 send OPEN AS 64500 hold 9s restart 120s N
    0 arm HOLD 240s
    = 0 OpenSent incoming
open 0 restart=90 F4
    0 send KEEPALIVE
    0 arm HOLD 9s
    0 arm KEEPALIVE 3s
    = 0 OpenConfirm incoming hold 9s
keepalive 0
    0 arm HOLD 9s
    0 up: hold 9s, keepalive 3s, 4-octet AS, [IPV4_UNICAST], refresh, restart 90s F[IPV4_UNICAST]
    = 0 Established hold 9s
lost 0 the neighbour reset it
    0 disarm HOLD
    0 disarm KEEPALIVE
    0 disarm SEND_HOLD
    0 disconnect
    0 down: The connection was lost: the neighbour reset it - keeps routes for 90s [IPV4_UNICAST]
    -1 arm RESTART 90s
    0 arm IDLE_HOLD 200ms
    = 0 Idle
stop
    -1 disarm RESTART
    -1 flush kept routes [IPV4_UNICAST]
    0 disarm IDLE_HOLD
    = 0 Idle
