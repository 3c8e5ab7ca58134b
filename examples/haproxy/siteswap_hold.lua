-- Keeps a new request (mode http) or connection (mode tcp) waiting while a backend has no server in
-- use, instead of failing it: Siteswap's PAUSE. See docs/haproxy.md.
--   http-request lua.siteswap_hold BACKEND MILLIS if { nbsrv(BACKEND) eq 0 }
core.register_action("siteswap_hold", { "http-req", "tcp-req" }, function(txn, backend, millis)
    local waited = 0
    local limit = tonumber(millis)
    while waited < limit and txn.f:nbsrv(backend) == 0 do
        core.msleep(5)
        waited = waited + 5
    end
end, 2)
