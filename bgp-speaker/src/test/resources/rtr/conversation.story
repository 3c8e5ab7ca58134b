# Everything, then news, then nothing new.
connected
    send version 1 ResetQuery[]
    ask after 600s
    = Asking for everything without data, version 1
response 5
    = Receiving everything without data, version 1
announce 203.0.113.0/24 24 64500
    note announced 203.0.113.0/24 max 24 AS64500
    = Receiving everything without data, version 1
end 5 1
    commit everything
    ask after 60s
    expire after 900s
    = Synced session 5 serial 1, version 1
ask
    send version 1 SerialQuery[session=5, serial=1]
    ask after 30s
    = Asking for news session 5 serial 1, version 1
response 5
    = Receiving news session 5 serial 1, version 1
withdraw 203.0.113.0/24 24 64500
    note withdrawn 203.0.113.0/24 max 24 AS64500
    = Receiving news session 5 serial 1, version 1
announce 203.0.113.0/24 24 64501
    note announced 203.0.113.0/24 max 24 AS64501
    = Receiving news session 5 serial 1, version 1
end 5 2
    commit news
    ask after 60s
    expire after 900s
    = Synced session 5 serial 2, version 1
notify 5 2
    = Synced session 5 serial 2, version 1
notify 5 3
    send version 1 SerialQuery[session=5, serial=2]
    ask after 30s
    = Asking for news session 5 serial 2, version 1
response 5
    = Receiving news session 5 serial 2, version 1
end 5 3
    commit news
    ask after 60s
    expire after 900s
    = Synced session 5 serial 3, version 1

# The connection is lost in the middle; the next one starts from what was complete.
connected
    send version 1 ResetQuery[]
    ask after 600s
    = Asking for everything without data, version 1
response 5
    = Receiving everything without data, version 1
end 5 1
    commit everything
    ask after 60s
    expire after 900s
    = Synced session 5 serial 1, version 1
ask
    send version 1 SerialQuery[session=5, serial=1]
    ask after 30s
    = Asking for news session 5 serial 1, version 1
response 5
    = Receiving news session 5 serial 1, version 1
announce 203.0.113.0/24 24 64500
    note announced 203.0.113.0/24 max 24 AS64500
    = Receiving news session 5 serial 1, version 1
lost
    abort
    = Closed session 5 serial 1, version 1
connected
    send version 1 SerialQuery[session=5, serial=1]
    ask after 30s
    = Asking for news session 5 serial 1, version 1
response 5
    = Receiving news session 5 serial 1, version 1
end 5 2
    commit news
    ask after 60s
    expire after 900s
    = Synced session 5 serial 2, version 1

# The cache cannot tell what changed.
connected
    send version 1 ResetQuery[]
    ask after 600s
    = Asking for everything without data, version 1
response 5
    = Receiving everything without data, version 1
end 5 1
    commit everything
    ask after 60s
    expire after 900s
    = Synced session 5 serial 1, version 1
ask
    send version 1 SerialQuery[session=5, serial=1]
    ask after 30s
    = Asking for news session 5 serial 1, version 1
reset
    send version 1 ResetQuery[]
    ask after 30s
    = Asking for everything without data, version 1
response 5
    = Receiving everything without data, version 1
end 5 9
    commit everything
    ask after 60s
    expire after 900s
    = Synced session 5 serial 9, version 1

# The cache has started anew: another session.
connected
    send version 1 ResetQuery[]
    ask after 600s
    = Asking for everything without data, version 1
response 5
    = Receiving everything without data, version 1
end 5 1
    commit everything
    ask after 60s
    expire after 900s
    = Synced session 5 serial 1, version 1
ask
    send version 1 SerialQuery[session=5, serial=1]
    ask after 30s
    = Asking for news session 5 serial 1, version 1
response 6
    abort
    send version 1 ErrorReport[error=corrupt data, erroneous=, text=The cache answered for another session.]
    disconnect: The cache answered for another session.
    = Closed without data, version 1
connected
    send version 1 ResetQuery[]
    ask after 30s
    = Asking for everything without data, version 1
response 6
    = Receiving everything without data, version 1
end 6 1
    commit everything
    ask after 60s
    expire after 900s
    = Synced session 6 serial 1, version 1

# The cache has no data yet.
connected
    send version 1 ResetQuery[]
    ask after 600s
    = Asking for everything without data, version 1
error NO_DATA_AVAILABLE
    abort
    ask after 600s
    = Synced without data, version 1
ask
    send version 1 ResetQuery[]
    ask after 600s
    = Asking for everything without data, version 1

# The cache knows only version 0 and says so before it hangs up.
connected
    send version 1 ResetQuery[]
    ask after 600s
    = Asking for everything without data, version 1
v0 error UNSUPPORTED_VERSION
    abort
    disconnect: The cache reports: unsupported protocol version.
    = Closed without data, version 0
connected
    send version 0 ResetQuery[]
    ask after 600s
    = Asking for everything without data, version 0
v0 response 5
    = Receiving everything without data, version 0
v0 announce 2001:db8::/32 48 64500
    note announced 2001:db8::/32 max 48 AS64500
    = Receiving everything without data, version 0
v0 end 5 1
    commit everything
    ask after 3600s
    expire after 7200s
    = Synced session 5 serial 1, version 0
notify 5 2
    abort
    send version 0 ErrorReport[error=unexpected protocol version, erroneous=, text=The cache changed to protocol version 1.]
    disconnect: The cache changed to protocol version 1.
    = Closed session 5 serial 1, version 0

# The cache answers in version 0 right away.
connected
    send version 1 ResetQuery[]
    ask after 600s
    = Asking for everything without data, version 1
v0 notify 5 1
    = Asking for everything without data, version 1
v0 response 5
    = Receiving everything without data, version 0
v0 end 5 1
    commit everything
    ask after 3600s
    expire after 7200s
    = Synced session 5 serial 1, version 0
ask
    send version 0 SerialQuery[session=5, serial=1]
    ask after 600s
    = Asking for news session 5 serial 1, version 0

# A version that changes in the middle is an error.
connected
    send version 1 ResetQuery[]
    ask after 600s
    = Asking for everything without data, version 1
response 5
    = Receiving everything without data, version 1
v0 announce 203.0.113.0/24 24 64500
    abort
    send version 1 ErrorReport[error=unexpected protocol version, erroneous=, text=The cache changed to protocol version 0.]
    disconnect: The cache changed to protocol version 0.
    = Closed without data, version 1

# Out of turn.
connected
    send version 1 ResetQuery[]
    ask after 600s
    = Asking for everything without data, version 1
end 5 1
    abort
    send version 1 ErrorReport[error=invalid request, erroneous=, text=The cache sent a EndOfData out of turn.]
    disconnect: The cache sent a EndOfData out of turn.
    = Closed without data, version 1

# A withdrawal from nothing.
connected
    send version 1 ResetQuery[]
    ask after 600s
    = Asking for everything without data, version 1
response 5
    = Receiving everything without data, version 1
withdraw 203.0.113.0/24 24 64500
    abort
    send version 1 ErrorReport[error=withdrawal of unknown record, erroneous=, text=The cache withdrew 203.0.113.0/24 max 24 AS64500 from nothing.]
    disconnect: The cache withdrew 203.0.113.0/24 max 24 AS64500 from nothing.
    = Closed without data, version 1

# End of Data of another session.
connected
    send version 1 ResetQuery[]
    ask after 600s
    = Asking for everything without data, version 1
response 5
    = Receiving everything without data, version 1
end 6 1
    abort
    send version 1 ErrorReport[error=corrupt data, erroneous=, text=The cache answered for another session.]
    disconnect: The cache answered for another session.
    = Closed without data, version 1

# What was sent contradicts what we have: everything anew.
connected
    send version 1 ResetQuery[]
    ask after 600s
    = Asking for everything without data, version 1
response 5
    = Receiving everything without data, version 1
end 5 1
    commit everything
    ask after 60s
    expire after 900s
    = Synced session 5 serial 1, version 1
contradiction
    abort
    send version 1 ErrorReport[error=duplicate announcement received, erroneous=, text=The cache sent a duplicate announcement received: 203.0.113.0/24 max 24 AS64500.]
    disconnect: The cache sent a duplicate announcement received: 203.0.113.0/24 max 24 AS64500.
    = Closed without data, version 1
connected
    send version 1 ResetQuery[]
    ask after 30s
    = Asking for everything without data, version 1

# No answer in time.
connected
    send version 1 ResetQuery[]
    ask after 600s
    = Asking for everything without data, version 1
ask
    abort
    disconnect: The cache did not finish its answer in time.
    = Closed without data, version 1

# No PDU.
connected
    send version 1 ResetQuery[]
    ask after 600s
    = Asking for everything without data, version 1
malformed
    abort
    send version 1 ErrorReport[error=corrupt data, erroneous=0105, text=A PDU of no sense.]
    disconnect: A PDU of no sense.
    = Closed without data, version 1

# An error in the middle.
connected
    send version 1 ResetQuery[]
    ask after 600s
    = Asking for everything without data, version 1
response 5
    = Receiving everything without data, version 1
error INTERNAL_ERROR
    abort
    disconnect: The cache reports: internal error.
    = Closed without data, version 1
