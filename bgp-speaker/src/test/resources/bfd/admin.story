# The neighbour is taken down on purpose: no failure of the path.
init
    detect 3000ms
    send Up P my a1 your b2 tx 50ms rx 60ms x3
    pace
    report Down to Up, no diagnostic
    = Up, sends every 75ms to 100ms, detects 3000ms, polls
up F
    detect 300ms
    = Up, sends every 75ms to 100ms, detects 300ms
admindown
    detect 3000ms
    send Down my a1 your b2 tx 1000ms rx 60ms x3 (neighbour signalled session down)
    pace
    report Up to Down, neighbour signalled session down
    = Down, sends every 750ms to 1000ms, detects 3000ms
tick
    send Down my a1 your b2 tx 1000ms rx 60ms x3 (neighbour signalled session down)
down
    detect 3000ms
    send Init my a1 your b2 tx 1000ms rx 60ms x3 (neighbour signalled session down)
    report Down to Init, neighbour signalled session down
    = Init, sends every 750ms to 1000ms, detects 3000ms
init
    detect 3000ms
    send Up P my a1 your b2 tx 50ms rx 60ms x3
    pace
    report Init to Up, no diagnostic
    = Up, sends every 75ms to 100ms, detects 3000ms, polls

# We are taken down on purpose; what the neighbour says changes nothing, nor are polls answered.
init
    detect 3000ms
    send Up P my a1 your b2 tx 50ms rx 60ms x3
    pace
    report Down to Up, no diagnostic
    = Up, sends every 75ms to 100ms, detects 3000ms, polls
up F
    detect 300ms
    = Up, sends every 75ms to 100ms, detects 300ms
disable
    undetect
    send AdminDown my a1 your b2 tx 1000ms rx 60ms x3 (administratively down)
    pace
    report Up to AdminDown, administratively down
    = AdminDown, sends every 750ms to 1000ms, detects 300ms
tick
    send AdminDown my a1 your b2 tx 1000ms rx 60ms x3 (administratively down)
up P
    = AdminDown, sends every 750ms to 1000ms, detects 300ms
down
    = AdminDown, sends every 750ms to 1000ms, detects 3000ms
enable
    send Down my a1 your 0 tx 1000ms rx 60ms x3
    report AdminDown to Down, no diagnostic
    = Down, sends every 750ms to 1000ms, detects 3000ms
down
    detect 3000ms
    send Init my a1 your b2 tx 1000ms rx 60ms x3
    report Down to Init, no diagnostic
    = Init, sends every 750ms to 1000ms, detects 3000ms
init
    detect 3000ms
    send Up P my a1 your b2 tx 50ms rx 60ms x3
    pace
    report Init to Up, no diagnostic
    = Up, sends every 75ms to 100ms, detects 3000ms, polls
