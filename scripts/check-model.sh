#!/bin/sh
# Verifies docs/exactly-once.pml with spin, exhaustively, and checks that each of its mutants fails in the assertion it
# should. One line per run.
#
#   check-model.sh                   everything; about 90 seconds of CPU time, on two cores, and at most 1.2 GB
#   check-model.sh -DMACRO[=N] ...   one run with these macros, and the fewest steps to its error, if it has one
#
# Works in a temporary folder.
set -eu
cd "$(dirname "$0")/.."

model=$PWD/docs/exactly-once.pml
if ! command -v spin >/dev/null; then
  echo 'check-model: spin is not installed; run: scripts/install-libraries.sh model' >&2
  exit 69
fi
compiler=${CC:-}
for name in cc gcc clang; do
  [ -n "$compiler" ] || ! command -v "$name" >/dev/null || compiler=$name
done
if [ -z "$compiler" ]; then
  echo 'check-model: a C compiler is missing, which spin needs; run: scripts/install-libraries.sh model' >&2
  exit 69
fi

folder=$(mktemp -d)
mutants=
trap '[ -z "$mutants" ] || kill "$mutants" 2>/dev/null; rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM
cd "$folder"
cp "$model" exactly-once.pml
status=0

# How to search: depth first, which needs less memory.
search='-DSAFETY -DCOLLAPSE -DMEMLIM=2000'

# Verifies the model with these macros; the report is in $folder/report.
verify() {
  rm -f pan pan.* exactly-once.pml.trail
  spin -P"$compiler -E -x c" -a "$@" exactly-once.pml >spin.log 2>&1 || true
  # Warnings would be about spin's own code. COLLAPSE loses no state, unlike some of spin's compressions.
  # shellcheck disable=SC2086  # a list of options
  if ! "$compiler" -O2 -w $search -o pan pan.c >>spin.log 2>&1; then
    echo "check-model: spin $* failed:" >&2
    cat spin.log >&2
    exit 70
  fi
  ./pan -m2000000 -w24 >report 2>&1 || true
}

# Prints what the report says of an error: its text, or `0 errors`, or why the search is not complete.
outcome() {
  if grep -q '^error: max search depth\|^pan: reached -DMEMLIM\|^pan: out of memory' report; then
    grep -m 1 '^error: max search depth\|^pan: reached -DMEMLIM\|^pan: out of memory' report
  elif grep -q '^pan:1: ' report; then
    sed -n 's/^pan:1: \(.*\) (at depth .*/\1/p' report
  elif grep -q 'errors: 0$' report; then
    echo '0 errors'
  else
    tail -n 1 report
  fi
}

# Prints a run's line: its outcome, then the size of the search.
line() {
  size=$(awk '
    /states, stored/ { states = $1 }
    /depth reached/ { depth = $6 }
    /total actual memory/ { memory = $1 }
    /elapsed time/ { seconds = $4 }
    END { printf "%d states, depth %d, %.1f s, %.0f MB", states, depth, seconds, memory }' report)
  printf '%-9s %-36s %s: %s\n' "$1" "$2" "$3" "$size"
}

# Steps that a complete run did not reach, one a line. The end of a process that never ends isn't one.
unreached() {
  awk '/^unreached in proctype/ { process = $4 }
    /, state [0-9]+,/ && !/"-end-"/ { print process, $1, $3 }' report | sort
}

# verified NAME MACRO ...    must be without errors; its unreached steps are added to those of the other runs
verified() {
  name=$1
  shift
  verify "$@"
  found=$(outcome)
  if [ "$found" = '0 errors' ]; then
    line verified "$name" "$found"
  else
    line WRONG "$name" "$found"
    echo "check-model: an error is not expected there; to see how it comes about, run: scripts/check-model.sh $*" >&2
    status=1
  fi
  unreached >now
  if [ -f never ]; then comm -12 never now >both && mv both never; else mv now never; fi
}

# refuted NAME TEXT MACRO ...    must fail, in the assertion with this text
refuted() {
  name=$1 text=$2
  shift 2
  verify "$@"
  found=$(outcome)
  case $found in
    *"assertion violated"*"$text"*) line refuted "$name" "$found" ;;
    *)
      line WRONG "$name" "$found"
      echo "check-model: expected a violation of $text with: scripts/check-model.sh $*" >&2
      status=1
      ;;
  esac
}

# Prints the lines of the model that were executed on the way to the error, and by which process.
trail() {
  spin -P"$compiler -E -x c" -t -p "$@" exactly-once.pml | awk '
    FILENAME == "exactly-once.pml" { source[FNR] = $0; next }
    /Error: assertion violated/ { exit }
    match($0, /exactly-once.pml:[0-9]+/) {
      text = source[substr($0, RSTART + 17, RLENGTH - 17)]
      sub(/^ +/, "", text)
      # What only resets values, or counts.
      if (text ~ /^((seen|job|usable|age)\[|late.*\[from\] = false|inline|tidy|}|if$|grow|asked = |now = 0|:: else$|d_step)/)
        next
      process = substr($4, 2)
      sub(/:.*/, "", process)
      this = sprintf("  %s (process %d): %s", process, $3, text)
      if (this != last) print this
      last = this
    }' exactly-once.pml -
}

if [ $# -gt 0 ]; then
  search='-DSAFETY -DBFS -DMEMLIM=8000'
  verify "$@"
  line run "$*" "$(outcome)"
  [ ! -f exactly-once.pml.trail ] || trail "$@"
  exit
fi

# Two invocations at once, with times that tell every limit from the next; three, with the shortest times.
three='-DFUNCTIONS=3 -DONE_LATE_WRITER -DWITHOUT_END -DDEADLINE=0 -DSKEW=0 -DMARGIN=0 -DSIGNATURE=1 -DSETTLE=2'

# Every mutant, and with each limit as short as it can be one that is shorter still.
refute_all() {
  two_jobs='(jobs==1)'
  two_responses='((answered==0)||(answered=='
  no_response='(waited<='
  refuted 'no settle time' "$two_jobs" -DMUTANT_NO_SETTLE_TIME
  refuted 'run again, as libraries do' "$two_jobs" -DMUTANT_RUN_AGAIN
  refuted 'run again: responses' "$two_responses" -DMUTANT_RUN_AGAIN -DMUTANT_ONLY_RESPONSES
  # shellcheck disable=SC2086
  refuted 'take over whoever owns it' "$two_jobs" -DMUTANT_TAKE_OVER_UNCONDITIONAL $three
  refuted 'release whoever owns it' "$two_jobs" -DMUTANT_RELEASE_UNCONDITIONAL
  refuted 'release after an unknown outcome' "$two_jobs" -DMUTANT_RELEASE_UNKNOWN
  refuted 'deadline checked before signing' "$two_jobs" -DMUTANT_DEADLINE_BEFORE_SIGNATURE
  refuted 'clock read after ListJobs' "$two_jobs" -DMUTANT_CLOCK_AFTER_LIST
  refuted 'an undescribed job is none' "$two_jobs" -DMUTANT_UNDESCRIBED_IS_ABSENT
  refuted 'a nonce used twice' "$two_jobs" -DMUTANT_SHARED_NONCE
  refuted 'never take over' "$no_response" -DMUTANT_NO_TAKE_OVER
  # Each limit is as short as it can be.
  refuted 'settle time one unit too short' "$two_jobs" -DSETTLE=2
  refuted 'listed one unit too late' "$two_jobs" -DLISTED=2
  refuted 'signature valid one unit too long' "$two_jobs" -DSIGNATURE=3
  refuted 'clocks off by more than the margin' "$two_jobs" -DMARGIN=0
}

# The mutants at the same time as the model itself, in a folder of their own.
mkdir mutants
cp exactly-once.pml mutants
(cd mutants; refute_all; exit "$status") >mutants.lines &
mutants=$!
verified 'two invocations at once'
# shellcheck disable=SC2086  # a list of options
verified 'three invocations at once' $three
if [ -s never ]; then
  echo 'check-model: these steps of the model are never reached, so nothing was shown about them:' >&2
  cat never >&2
  status=1
fi
wait "$mutants" || status=$?
mutants=
cat mutants.lines

[ "$status" = 0 ] || exit "$status"
echo 'check-model: the protocol holds, and every mutant fails'
