# Slower sending and later detection wait for the answer; the neighbour must not miss packets.
init
    detect 3000ms
    send Up P my a1 your b2 tx 50ms rx 60ms x3
    pace
    report Down to Up, no diagnostic
    = Up, sends every 75ms to 100ms, detects 3000ms, polls
up F
    detect 300ms
    = Up, sends every 75ms to 100ms, detects 300ms
configure tx=300 rx=300
    send Up P my a1 your b2 tx 300ms rx 300ms x3
    = Up, sends every 75ms to 100ms, detects 900ms, polls
tick
    send Up P my a1 your b2 tx 300ms rx 300ms x3
up
    detect 900ms
    = Up, sends every 75ms to 100ms, detects 900ms, polls
up F
    detect 900ms
    pace
    = Up, sends every 225ms to 300ms, detects 900ms
tick
    send Up my a1 your b2 tx 300ms rx 300ms x3

# Faster sending at once; a shorter detection time waits for the answer.
init
    detect 3000ms
    send Up P my a1 your b2 tx 50ms rx 60ms x3
    pace
    report Down to Up, no diagnostic
    = Up, sends every 75ms to 100ms, detects 3000ms, polls
up F
    detect 300ms
    = Up, sends every 75ms to 100ms, detects 300ms
configure tx=10 rx=10
    send Up P my a1 your b2 tx 10ms rx 10ms x3
    = Up, sends every 75ms to 100ms, detects 300ms, polls
up rx=10 tx=10
    detect 180ms
    pace
    = Up, sends every 7500us to 10ms, detects 180ms, polls
up F rx=10 tx=10
    detect 30ms
    = Up, sends every 7500us to 10ms, detects 30ms

# The neighbour slows us down, then wants no packets at all, then wants them again.
init
    detect 3000ms
    send Up P my a1 your b2 tx 50ms rx 60ms x3
    pace
    report Down to Up, no diagnostic
    = Up, sends every 75ms to 100ms, detects 3000ms, polls
up F
    detect 300ms
    = Up, sends every 75ms to 100ms, detects 300ms
up rx=500 P
    detect 300ms
    send Up F my a1 your b2 tx 50ms rx 60ms x3
    pace
    = Up, sends every 375ms to 500ms, detects 300ms
up rx=0 P
    detect 300ms
    send Up F my a1 your b2 tx 50ms rx 60ms x3
    pace
    = Up, sends nothing, detects 300ms
tick
    nothing
up rx=100 P
    detect 300ms
    send Up F my a1 your b2 tx 50ms rx 60ms x3
    pace
    = Up, sends every 75ms to 100ms, detects 300ms

# The neighbour asks for demand mode: silent while both are up, but not before a poll is over.
init
    detect 3000ms
    send Up P my a1 your b2 tx 50ms rx 60ms x3
    pace
    report Down to Up, no diagnostic
    = Up, sends every 75ms to 100ms, detects 3000ms, polls
up D
    detect 300ms
    = Up, sends every 75ms to 100ms, detects 300ms, polls
tick
    send Up P my a1 your b2 tx 50ms rx 60ms x3
up F D
    detect 300ms
    pace
    = Up, sends nothing, detects 300ms
tick
    nothing
silence
    undetect
    send Down my a1 your 0 tx 1000ms rx 60ms x3 (control detection time expired)
    pace
    report Up to Down, control detection time expired: path failed
    = Down, sends every 750ms to 1000ms, detects 300ms
