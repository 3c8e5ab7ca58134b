# A customer and its provider (RFC 9234).
we: passive role=CUSTOMER
start
    0 disarm IDLE_HOLD
    = 0 Active
accepted
    0 disarm CONNECT_RETRY
    0 adopt
    0 send OPEN AS 64500 hold 9s role CUSTOMER
    0 arm HOLD 240s
    = 0 OpenSent incoming
open 0 role=PROVIDER
    0 send KEEPALIVE
    0 arm HOLD 9s
    0 arm KEEPALIVE 3s
    = 0 OpenConfirm incoming hold 9s
keepalive 0
    0 arm HOLD 9s
    0 up: hold 9s, keepalive 3s, 4-octet AS, [IPV4_UNICAST], refresh, we are CUSTOMER
    = 0 Established hold 9s

# Both think they are the customer.
we: passive role=CUSTOMER
start
    0 disarm IDLE_HOLD
    = 0 Active
accepted
    0 disarm CONNECT_RETRY
    0 adopt
    0 send OPEN AS 64500 hold 9s role CUSTOMER
    0 arm HOLD 240s
    = 0 OpenSent incoming
open 0 role=CUSTOMER
    0 send NOTIFICATION OPEN Message Error/Role Mismatch
    0 disarm HOLD
    0 disarm KEEPALIVE
    0 disarm SEND_HOLD
    0 disconnect
    0 failed: Our role is CUSTOMER, the neighbour says [CUSTOMER].
    0 arm IDLE_HOLD 2s
    = 0 Idle

# The neighbour says no role: fine, unless we are strict.
we: passive role=CUSTOMER
start
    0 disarm IDLE_HOLD
    = 0 Active
accepted
    0 disarm CONNECT_RETRY
    0 adopt
    0 send OPEN AS 64500 hold 9s role CUSTOMER
    0 arm HOLD 240s
    = 0 OpenSent incoming
open 0
    0 send KEEPALIVE
    0 arm HOLD 9s
    0 arm KEEPALIVE 3s
    = 0 OpenConfirm incoming hold 9s

we: passive role=CUSTOMER strict
start
    0 disarm IDLE_HOLD
    = 0 Active
accepted
    0 disarm CONNECT_RETRY
    0 adopt
    0 send OPEN AS 64500 hold 9s role CUSTOMER
    0 arm HOLD 240s
    = 0 OpenSent incoming
open 0
    0 send NOTIFICATION OPEN Message Error/Role Mismatch
    0 disarm HOLD
    0 disarm KEEPALIVE
    0 disarm SEND_HOLD
    0 disconnect
    0 failed: The neighbour does not say its role; ours is CUSTOMER.
    0 arm IDLE_HOLD 2s
    = 0 Idle
