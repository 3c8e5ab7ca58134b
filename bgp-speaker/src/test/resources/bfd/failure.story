# Silence: down, and its discriminator is forgotten.
init
    detect 3000ms
    send Up P my a1 your b2 tx 50ms rx 60ms x3
    pace
    report Down to Up, no diagnostic
    = Up, sends every 75ms to 100ms, detects 3000ms, polls
up F
    detect 300ms
    = Up, sends every 75ms to 100ms, detects 300ms
silence
    undetect
    send Down my a1 your 0 tx 1000ms rx 60ms x3 (control detection time expired)
    pace
    report Up to Down, control detection time expired: path failed
    = Down, sends every 750ms to 1000ms, detects 300ms
tick
    send Down my a1 your 0 tx 1000ms rx 60ms x3 (control detection time expired)
down
    detect 3000ms
    send Init my a1 your b2 tx 1000ms rx 60ms x3 (control detection time expired)
    report Down to Init, control detection time expired
    = Init, sends every 750ms to 1000ms, detects 3000ms
init
    detect 3000ms
    send Up P my a1 your b2 tx 50ms rx 60ms x3
    pace
    report Init to Up, no diagnostic
    = Up, sends every 75ms to 100ms, detects 3000ms, polls

# Silence while only half up.
down
    detect 3000ms
    send Init my a1 your b2 tx 1000ms rx 60ms x3
    report Down to Init, no diagnostic
    = Init, sends every 750ms to 1000ms, detects 3000ms
silence
    undetect
    send Down my a1 your 0 tx 1000ms rx 60ms x3 (control detection time expired)
    report Init to Down, control detection time expired
    = Down, sends every 750ms to 1000ms, detects 3000ms

# Silence after it was down already: only the discriminator is forgotten.
admindown
    detect 3000ms
    send Down my a1 your b2 tx 1000ms rx 60ms x3
    = Down, sends every 750ms to 1000ms, detects 3000ms
silence
    undetect
    send Down my a1 your 0 tx 1000ms rx 60ms x3
    = Down, sends every 750ms to 1000ms, detects 3000ms

# The neighbour has noticed the failure first.
init
    detect 3000ms
    send Up P my a1 your b2 tx 50ms rx 60ms x3
    pace
    report Down to Up, no diagnostic
    = Up, sends every 75ms to 100ms, detects 3000ms, polls
up F
    detect 300ms
    = Up, sends every 75ms to 100ms, detects 300ms
down x=3
    detect 3000ms
    send Down my a1 your b2 tx 1000ms rx 60ms x3 (neighbour signalled session down)
    pace
    report Up to Down, neighbour signalled session down: path failed
    = Down, sends every 750ms to 1000ms, detects 3000ms

# It wanted no packets; that is forgotten with the rest.
init
    detect 3000ms
    send Up P my a1 your b2 tx 50ms rx 60ms x3
    pace
    report Down to Up, no diagnostic
    = Up, sends every 75ms to 100ms, detects 3000ms, polls
up F rx=0
    detect 300ms
    pace
    = Up, sends nothing, detects 300ms
silence
    undetect
    send Down my a1 your 0 tx 1000ms rx 60ms x3 (control detection time expired)
    pace
    report Up to Down, control detection time expired: path failed
    = Down, sends every 750ms to 1000ms, detects 300ms

# Its BFD outlives its BGP process, or so it said: its silence is not that of a restart.
init
    detect 3000ms
    send Up P my a1 your b2 tx 50ms rx 60ms x3
    pace
    report Down to Up, no diagnostic
    = Up, sends every 75ms to 100ms, detects 3000ms, polls
up F C
    detect 300ms
    = Up, sends every 75ms to 100ms, detects 300ms
silence
    undetect
    send Down my a1 your 0 tx 1000ms rx 60ms x3 (control detection time expired)
    pace
    report Up to Down, control detection time expired: path failed for certain
    = Down, sends every 750ms to 1000ms, detects 300ms
