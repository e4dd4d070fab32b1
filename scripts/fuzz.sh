#!/bin/sh
# Fuzzes RawJSON and ProxyRequest with libFuzzer, under the address sanitizer, starting from the sample events.
#
#   fuzz.sh [SECONDS] [OPTION...]    60 seconds by default; options are libFuzzer's
#
# The corpus stays in .build/fuzz/corpus, so that the next run continues where this one ended. An input that crashes it is
# kept in .build/fuzz as crash-…: to try it again, run `.build/fuzz/fuzz FILE`.
set -eu
cd "$(dirname "$0")/.."

seconds=${1:-60}
[ $# = 0 ] || shift
# For libFuzzer, 0 means no limit.
case $seconds in
  '' | *[!0-9]* | ???????*) valid=no ;;
  *[1-9]*) valid=yes ;;
  *) valid=no ;;
esac
if [ $valid = no ]; then
  printf '%s\n' "SECONDS must be a whole number of seconds from 1 to 999999, not '$seconds'; run: make fuzz SECONDS=60" >&2
  exit 64
fi
folder=.build/fuzz
mkdir -p "$folder/corpus"

# SwiftPM gives every executable its own main, and libFuzzer brings one, so the compiler is called directly. The checks
# stay in (-O, not -Ounchecked), because traps are what the fuzzer looks for. The other linker, gold, would warn.
compile() {
  swiftc -O -g -parse-as-library -swift-version 6 -package-name apigw_batch -sanitize=fuzzer,address -use-ld=lld -I "$folder" -L "$folder" \
    -enable-upcoming-feature ExistentialAny -enable-upcoming-feature InternalImportsByDefault \
    -enable-upcoming-feature MemberImportVisibility "$@" >&2
}
# The modules the target depends on, dependencies first.
modules=$(swift package dump-package | python3 -c '
import json, sys
needs = {
    target["name"]: [each["byName"][0] for each in target["dependencies"] if "byName" in each]
    for target in json.load(sys.stdin)["targets"]
}
ordered = []
def visit(name):
    for each in needs[name]:
        if each not in ordered:
            visit(each)
            ordered.append(each)
visit("Fuzz")
print(*ordered)
')
echo 'Building the readers with the address sanitizer ...' >&2
libraries=
for module in $modules; do
  compile -wmo -emit-module -emit-module-path "$folder/$module.swiftmodule" -emit-library -static \
    -module-name "$module" Sources/Function/"$module"/*.swift -o "$folder/lib$module.a"
  libraries="-l$module $libraries"
done
# shellcheck disable=SC2086  # a list of libraries, in link order
compile -module-name Fuzz Tests/Fuzz/Fuzz.swift $libraries -lswiftGlibc -o "$folder/fuzz"

# Swift's own backtracer would wait for a key.
SWIFT_BACKTRACE=enable=no exec "$folder/fuzz" "$folder/corpus" events -dict=Tests/Fuzz/json.dict -max_len=16384 \
  -timeout=5 -artifact_prefix="$folder/" -max_total_time="$seconds" -print_final_stats=1 "$@"
