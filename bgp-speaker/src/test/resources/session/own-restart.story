# We have just restarted: the R bit is in the first OPEN and not in the next.
we: passive restart=120 restarting
start
    -1 arm RESTARTED 120s
    0 disarm IDLE_HOLD
    = 0 Active
accepted
    0 disarm CONNECT_RETRY
    0 adopt
    0 send OPEN AS 64500 hold 9s restart 120s R N
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

# Nobody came within our restart time: nobody keeps routes of ours any more.
we: passive restart=120 restarting
start
    -1 arm RESTARTED 120s
    0 disarm IDLE_HOLD
    = 0 Active
time RESTARTED
    = 0 Active
accepted
    0 disarm CONNECT_RETRY
    0 adopt
    0 send OPEN AS 64500 hold 9s restart 120s N
    0 arm HOLD 240s
    = 0 OpenSent incoming

# We leave for an upgrade: a neighbour that keeps our routes is told nothing.
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
leave
    0 disarm HOLD
    0 disarm KEEPALIVE
    0 disarm SEND_HOLD
    0 disconnect
    0 down: Restarting here.
    = 0 Idle

# Another is told that it is an administrative reset.
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
open 0
    0 send KEEPALIVE
    0 arm HOLD 9s
    0 arm KEEPALIVE 3s
    = 0 OpenConfirm incoming hold 9s
keepalive 0
    0 arm HOLD 9s
    0 up: hold 9s, keepalive 3s, 4-octet AS, [IPV4_UNICAST], refresh
    = 0 Established hold 9s
leave
    0 send NOTIFICATION Cease/Administrative Reset
    0 disarm HOLD
    0 disarm KEEPALIVE
    0 disarm SEND_HOLD
    0 disconnect
    0 down: Restarting here.
    = 0 Idle

# We stop for good: nobody shall keep our routes.
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
stop site closed until Monday
    0 send NOTIFICATION Cease/Hard Reset: Cease/Administrative Shutdown "site closed until Monday"
    0 disarm HOLD
    0 disarm KEEPALIVE
    0 disarm SEND_HOLD
    0 disconnect
    0 down: Stopped here.
    = 0 Idle
