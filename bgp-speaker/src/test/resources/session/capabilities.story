# All that can be agreed on.
we: passive add-path ipv6-next-hops
start
    0 disarm IDLE_HOLD
    = 0 Active
accepted
    0 disarm CONNECT_RETRY
    0 adopt
    0 send OPEN AS 64500 hold 9s IPv6-next-hops add-path
    0 arm HOLD 240s
    = 0 OpenSent incoming
open 0 everything ipv6
    0 send KEEPALIVE
    0 arm HOLD 9s
    0 arm KEEPALIVE 3s
    = 0 OpenConfirm incoming hold 9s
keepalive 0
    0 arm HOLD 9s
    0 up: hold 9s, keepalive 3s, 4-octet AS, [IPV4_UNICAST, IPV6_UNICAST], refresh, marked refresh, long messages, add-path, IPv6 next hops
    = 0 Established hold 9s

# An old neighbour refuses optional parameters: each next OPEN offers less (RFC 5492 section 3).
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
notification 0 2/4
    0 disarm HOLD
    0 disarm KEEPALIVE
    0 disarm SEND_HOLD
    0 disconnect
    0 failed: The neighbour said: OPEN Message Error/Unsupported Optional Parameter
    0 arm IDLE_HOLD 2s
    0 failed: The next OPEN offers only families, refresh and 4-octet AS numbers.
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
notification 0 2/4
    0 disarm HOLD
    0 disarm KEEPALIVE
    0 disarm SEND_HOLD
    0 disconnect
    0 failed: The neighbour said: OPEN Message Error/Unsupported Optional Parameter
    0 arm IDLE_HOLD 2s
    0 failed: The next OPEN offers no capabilities.
    = 0 Idle
expired 0 IDLE_HOLD
    0 disarm IDLE_HOLD
    = 0 Active
accepted
    0 disarm CONNECT_RETRY
    0 adopt
    0 send OPEN AS 64500 hold 9s without capabilities
    0 arm HOLD 240s
    = 0 OpenSent incoming
open 0 plain
    0 send KEEPALIVE
    0 arm HOLD 9s
    0 arm KEEPALIVE 3s
    = 0 OpenConfirm incoming hold 9s
keepalive 0
    0 arm HOLD 9s
    0 up: hold 9s, keepalive 3s, 2-octet AS, [IPV4_UNICAST]
    = 0 Established hold 9s
