#!/bin/sh
# Runs all tests: Swift Testing, then pytest, even if that failed. The last line of each is repeated at the end.
#
#   test.sh    after what `make test` builds; exits with 1 if either failed
set -u
cd "$(dirname "$0")/.."
logs=.build/tests
mkdir -p "$logs" || exit 73
failed=

# Runs a command whose output is shown and kept: run NAME COMMAND ...
run() {
  name=$1
  shift
  rm -f "$logs/$name.passed"
  { "$@" && : >"$logs/$name.passed"; } 2>&1 | tee "$logs/$name.log"
  [ -e "$logs/$name.passed" ] || failed="$failed $name"
}

# Six tests at once: more would starve one another on two cores, until the time limits of some have passed. A version of
# Swift Testing that doesn't know the variable runs as many as it likes.
export SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=6
echo 'Building the Swift tests ...' >&2
if swift build --build-tests >&2; then
  run swift swift test --disable-xctest --quiet --skip-build
else
  echo 'the tests were not built' >"$logs/swift.log"
  failed=' swift'
fi
# Three files at once on two cores, because many tests wait. The tests of one file stay together, because many share a
# server. The order of the files is conftest.py's, the longest first; xdist's own would be by their number of tests.
# `-r s` says what was skipped, and why.
run pytest .venv/bin/python -m pytest Tests/Conformance Tests/Release -n 3 --dist loadfile --no-loadscope-reorder -r s

echo
echo "Swift Testing: $(grep 'Test run with' "$logs/swift.log" || tail -n 1 "$logs/swift.log")"
echo "pytest: $(tail -n 1 "$logs/pytest.log" | sed 's/^=* *//; s/ *=*$//')"
[ -z "$failed" ] || {
  echo "test: failed:$failed; run: less $logs/*.log" >&2
  exit 1
}
