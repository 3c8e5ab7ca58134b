# We want 50 ms, accept 60 ms; the neighbour accepts 100 ms. Timers change by polls.
tick
    send Down my a1 your 0 tx 1000ms rx 60ms x3
down
    detect 3000ms
    send Init my a1 your b2 tx 1000ms rx 60ms x3
    report Down to Init, no diagnostic
    = Init, sends every 750ms to 1000ms, detects 3000ms
tick
    send Init my a1 your b2 tx 1000ms rx 60ms x3
init
    detect 3000ms
    send Up P my a1 your b2 tx 50ms rx 60ms x3
    pace
    report Init to Up, no diagnostic
    = Up, sends every 75ms to 100ms, detects 3000ms, polls
tick
    send Up P my a1 your b2 tx 50ms rx 60ms x3
up tx=1000
    detect 3000ms
    = Up, sends every 75ms to 100ms, detects 3000ms, polls
up F tx=1000
    detect 3000ms
    = Up, sends every 75ms to 100ms, detects 3000ms
up P tx=100
    detect 300ms
    send Up F my a1 your b2 tx 50ms rx 60ms x3
    = Up, sends every 75ms to 100ms, detects 300ms
tick
    send Up my a1 your b2 tx 50ms rx 60ms x3
up
    detect 300ms
    = Up, sends every 75ms to 100ms, detects 300ms

# The neighbour was first and is in Init already.
init
    detect 3000ms
    send Up P my a1 your b2 tx 50ms rx 60ms x3
    pace
    report Down to Up, no diagnostic
    = Up, sends every 75ms to 100ms, detects 3000ms, polls
up F
    detect 300ms
    = Up, sends every 75ms to 100ms, detects 300ms

# It restarts so fast that no detection time has passed: its Down is believed.
init
    detect 3000ms
    send Up P my a1 your b2 tx 50ms rx 60ms x3
    pace
    report Down to Up, no diagnostic
    = Up, sends every 75ms to 100ms, detects 3000ms, polls
up F
    detect 300ms
    = Up, sends every 75ms to 100ms, detects 300ms
down
    detect 3000ms
    send Down my a1 your b2 tx 1000ms rx 60ms x3 (neighbour signalled session down)
    pace
    report Up to Down, neighbour signalled session down: path failed
    = Down, sends every 750ms to 1000ms, detects 3000ms
init
    detect 3000ms
    send Up P my a1 your b2 tx 50ms rx 60ms x3
    pace
    report Down to Up, no diagnostic
    = Up, sends every 75ms to 100ms, detects 3000ms, polls
