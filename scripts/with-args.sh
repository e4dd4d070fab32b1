#!/bin/sh
# Runs a command with the options that a user gives to make: ARGS='--rate 30 --html "my report.html"'.
#
#   with-args.sh COMMAND SUBCOMMAND    with given_ARGS from the environment, and for `invoke` with given_EVENT
#
# ARGS is split into words by xargs: at blanks and line breaks, except between quotes or after a backslash. Between quotes
# a backslash is an ordinary character, and a line break is a blank. Nothing is expanded or run: not $, a backquote, *, ~
# or ;. `$$` means one `$`, as it does in a makefile.
set -eu

# Quotes each word for the shell below.
# shellcheck disable=SC2016  # a program for another shell
quote='for word; do printf "%s\n" "$word" | sed "s/'\''/'\''\\\\'\'''\''/g; 1s/^/'\''/; \$s/\$/'\''/"; done'
words=$({ printf '%s' "${given_ARGS-}" | tr '\n' ' ' | sed 's/\$\$/$/g'; echo; } | xargs sh -c "$quote" sh 2>/dev/null) || {
  printf '%s\n' "ARGS has a quotation mark without its counterpart: $given_ARGS" \
    "Close it, as in: make $2 ARGS='--html \"my report.html\"'" >&2
  exit 64
}
eval "set -- \"\$@\" $(printf '%s' "$words" | tr '\n' ' ')"
if [ "$2" = invoke ] && [ -n "${given_EVENT-}" ]; then set -- "$@" -- "$given_EVENT"; fi
exec "$@"
