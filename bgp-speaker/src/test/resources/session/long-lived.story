# After its restart time the neighbour's routes are the last resort for an hour (RFC 9494); it
# asked for a day, we allow an hour.
we: passive restart=120 long-lived=3600
start
    0 disarm IDLE_HOLD
    = 0 Active
accepted
    0 disarm CONNECT_RETRY
    0 adopt
    0 send OPEN AS 64500 hold 9s restart 120s N long-lived
    0 arm HOLD 240s
    = 0 OpenSent incoming
open 0 ipv6 restart=90 F4 F6 long-lived=86400
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
    0 down: The connection was lost: the neighbour reset it - keeps routes for 90s [IPV4_UNICAST +3600s, IPV6_UNICAST]
    -1 arm RESTART 90s
    0 arm IDLE_HOLD 200ms
    = 0 Idle
time RESTART
    -1 flush kept routes [IPV6_UNICAST]
    -1 last resort from now on [IPV4_UNICAST]
    -1 arm LONG_LIVED 3600s
    = 0 Idle
time LONG_LIVED
    -1 flush kept routes [IPV4_UNICAST]
    = 0 Idle

# It is back within the hour.
we: passive restart=120 long-lived=3600
start
    0 disarm IDLE_HOLD
    = 0 Active
accepted
    0 disarm CONNECT_RETRY
    0 adopt
    0 send OPEN AS 64500 hold 9s restart 120s N long-lived
    0 arm HOLD 240s
    = 0 OpenSent incoming
open 0 restart=90 F4 long-lived=86400
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
    0 down: The connection was lost: the neighbour reset it - keeps routes for 90s [IPV4_UNICAST +3600s]
    -1 arm RESTART 90s
    0 arm IDLE_HOLD 200ms
    = 0 Idle
time RESTART
    -1 last resort from now on [IPV4_UNICAST]
    -1 arm LONG_LIVED 3600s
    = 0 Idle
expired 0 IDLE_HOLD
    0 disarm IDLE_HOLD
    = 0 Active
accepted
    0 disarm CONNECT_RETRY
    0 adopt
    0 send OPEN AS 64500 hold 9s restart 120s N long-lived
    0 arm HOLD 240s
    = 0 OpenSent incoming
open 0 restart=90 R F4 long-lived=86400
    0 send KEEPALIVE
    0 arm HOLD 9s
    0 arm KEEPALIVE 3s
    = 0 OpenConfirm incoming hold 9s
keepalive 0
    0 arm HOLD 9s
    -1 disarm LONG_LIVED
    -1 arm STALE 360s
    0 up: hold 9s, keepalive 3s, 4-octet AS, [IPV4_UNICAST], refresh, restart 90s R F[IPV4_UNICAST]
    = 0 Established hold 9s
end-of-rib 0 IPV4_UNICAST
    0 arm HOLD 9s
    0 deliver
    -1 disarm STALE
    = 0 Established hold 9s

# With a restart time of 0 they are the last resort from the start.
we: passive restart=120 long-lived=3600
start
    0 disarm IDLE_HOLD
    = 0 Active
accepted
    0 disarm CONNECT_RETRY
    0 adopt
    0 send OPEN AS 64500 hold 9s restart 120s N long-lived
    0 arm HOLD 240s
    = 0 OpenSent incoming
open 0 restart=0 F4 long-lived=86400
    0 send KEEPALIVE
    0 arm HOLD 9s
    0 arm KEEPALIVE 3s
    = 0 OpenConfirm incoming hold 9s
keepalive 0
    0 arm HOLD 9s
    0 up: hold 9s, keepalive 3s, 4-octet AS, [IPV4_UNICAST], refresh, restart 0s F[IPV4_UNICAST]
    = 0 Established hold 9s
lost 0 the neighbour reset it
    0 disarm HOLD
    0 disarm KEEPALIVE
    0 disarm SEND_HOLD
    0 disconnect
    0 down: The connection was lost: the neighbour reset it - keeps routes for 0s [IPV4_UNICAST +3600s]
    -1 last resort from now on [IPV4_UNICAST]
    -1 arm LONG_LIVED 3600s
    0 arm IDLE_HOLD 200ms
    = 0 Idle
