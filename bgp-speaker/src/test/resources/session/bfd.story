# BFD loses the neighbour: the session ends at once and nothing is kept (RFC 9384, RFC 5882).
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
bfd-up
    = 0 Established hold 9s
bfd-down it heard nothing for 150 ms
    0 send NOTIFICATION Cease/Hard Reset: Cease/BFD Down
    0 disarm HOLD
    0 disarm KEEPALIVE
    0 disarm SEND_HOLD
    0 disconnect
    0 down: BFD is down: it heard nothing for 150 ms
    0 arm IDLE_HOLD 2s
    = 0 Idle

# Strict: no session before BFD is up.
we: passive bfd-strict
start
    0 disarm IDLE_HOLD
    = 0 Active
accepted
    0 disarm CONNECT_RETRY
    0 adopt
    0 send OPEN AS 64500 hold 9s strict-BFD
    0 arm HOLD 240s
    = 0 OpenSent incoming
open 0 bfd-strict
    0 arm HOLD 30s
    = 0 OpenConfirm incoming awaiting BFD
bfd-up
    0 send KEEPALIVE
    0 arm HOLD 9s
    0 arm KEEPALIVE 3s
    = 0 OpenConfirm incoming hold 9s
keepalive 0
    0 arm HOLD 9s
    0 up: hold 9s, keepalive 3s, 4-octet AS, [IPV4_UNICAST], refresh
    = 0 Established hold 9s

# The neighbour's BFD was up before ours.
we: passive bfd-strict
start
    0 disarm IDLE_HOLD
    = 0 Active
accepted
    0 disarm CONNECT_RETRY
    0 adopt
    0 send OPEN AS 64500 hold 9s strict-BFD
    0 arm HOLD 240s
    = 0 OpenSent incoming
open 0 bfd-strict
    0 arm HOLD 30s
    = 0 OpenConfirm incoming awaiting BFD
keepalive 0
    = 0 OpenConfirm incoming awaiting BFD, confirmed
bfd-up
    0 send KEEPALIVE
    0 arm HOLD 9s
    0 arm KEEPALIVE 3s
    0 up: hold 9s, keepalive 3s, 4-octet AS, [IPV4_UNICAST], refresh
    = 0 Established hold 9s

# BFD does not come up.
we: passive bfd-strict
start
    0 disarm IDLE_HOLD
    = 0 Active
accepted
    0 disarm CONNECT_RETRY
    0 adopt
    0 send OPEN AS 64500 hold 9s strict-BFD
    0 arm HOLD 240s
    = 0 OpenSent incoming
open 0 bfd-strict
    0 arm HOLD 30s
    = 0 OpenConfirm incoming awaiting BFD
expired 0 HOLD
    0 send NOTIFICATION Cease/BFD Down
    0 disarm HOLD
    0 disarm KEEPALIVE
    0 disarm SEND_HOLD
    0 disconnect
    0 failed: BFD did not come up, and both want it first.
    0 arm IDLE_HOLD 2s
    = 0 Idle

# BFD is up already; or the neighbour does not know strict mode.
we: passive bfd-strict
bfd-up
    = 0 Idle
start
    0 disarm IDLE_HOLD
    = 0 Active
accepted
    0 disarm CONNECT_RETRY
    0 adopt
    0 send OPEN AS 64500 hold 9s strict-BFD
    0 arm HOLD 240s
    = 0 OpenSent incoming
open 0 bfd-strict
    0 send KEEPALIVE
    0 arm HOLD 9s
    0 arm KEEPALIVE 3s
    = 0 OpenConfirm incoming hold 9s

we: passive bfd-strict
start
    0 disarm IDLE_HOLD
    = 0 Active
accepted
    0 disarm CONNECT_RETRY
    0 adopt
    0 send OPEN AS 64500 hold 9s strict-BFD
    0 arm HOLD 240s
    = 0 OpenSent incoming
open 0
    0 send KEEPALIVE
    0 arm HOLD 9s
    0 arm KEEPALIVE 3s
    = 0 OpenConfirm incoming hold 9s

# The neighbour's routes are kept over its restart, then BFD says that also the path is broken; BFD
# of a neighbour that runs it inside its BGP process says nothing new (RFC 5882 section 4.3).
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
lost 0 the neighbour reset it
    0 disarm HOLD
    0 disarm KEEPALIVE
    0 disarm SEND_HOLD
    0 disconnect
    0 down: The connection was lost: the neighbour reset it - keeps routes for 90s [IPV4_UNICAST]
    -1 arm RESTART 90s
    0 arm IDLE_HOLD 200ms
    = 0 Idle
bfd-down-with-bgp it heard nothing for 150 ms
    = 0 Idle
bfd-down it heard nothing for 150 ms
    -1 disarm RESTART
    -1 flush kept routes [IPV4_UNICAST]
    = 0 Idle
