#!/bin/sh
# Coverage-guided fuzzing of the BGP speaker.
#
#   bgp-speaker/fuzz.sh MINUTES [TARGET...]
#
# shares MINUTES out among the targets, one process at a time, and stops with exit code 1 at the first
# finding, whose input stays in bgp-speaker/target/fuzz. New inputs go there too; the corpus that
# everybody starts from is src/test/resources/fuzz, and FuzzCorpusTest replays it in every build.
set -eu
cd "$(dirname "$0")"
minutes=${1:?usage: fuzz.sh MINUTES [TARGET...]}
shift
[ $# -gt 0 ] || set -- MessageFuzz OpenFuzz FastPathFuzz MrtFuzz DecodeFuzz SessionFuzz BfdFuzz RtrFuzz
seconds=$((minutes * 60 / $#))

if [ -z "${JAVA_HOME_25:-}" ]; then
    for home in /usr/lib/jvm/temurin-25-jdk-* "${JAVA_HOME:-/usr}"; do
        [ -x "$home/bin/java" ] && JAVA_HOME_25=$home && break
    done
fi
work=target/fuzz
mkdir -p "$work"
(cd .. && mvn -q -B -pl bgp-speaker -Pfuzz -Dspotless.skip test-compile \
    dependency:build-classpath -Dmdep.includeScope=test \
    -Dmdep.outputFile="$PWD/bgp-speaker/$work/classpath") >&2

for target; do
    echo "== $target for $seconds s"
    mkdir -p "$work/$target"
    nice -n 10 "$JAVA_HOME_25/bin/java" -Xmx1g -XX:+EnableDynamicAgentLoading \
        --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
        -cp "target/test-classes:target/classes:$(cat "$work/classpath")" \
        com.code_intelligence.jazzer.Jazzer \
        --target_class="io.siteswap.bgp.fuzz.$target" \
        --instrumentation_includes='io.siteswap.**' \
        --custom_hook_includes='io.siteswap.**' \
        --reproducer_path="$work" -artifact_prefix="$work/" \
        -max_total_time="$seconds" -timeout=60 -rss_limit_mb=3000 -print_final_stats=1 \
        "$work/$target" "src/test/resources/fuzz/$target" >"$work/$target.log" 2>&1 || {
        grep -vE '(NEW|REDUCE|RELOAD|pulse|INITED) ' "$work/$target.log" | tail -60
        exit 1
    }
    grep -E 'DONE|stat::number_of_executed' "$work/$target.log" || tail -5 "$work/$target.log"
done
