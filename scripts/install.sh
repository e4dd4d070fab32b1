#!/bin/sh
# Installs the release build: the command, the function that it runs outside a clone, and the shells' completions.
#
#   install.sh [--prefix=PREFIX] [--destdir=DESTDIR]    PREFIX is /usr/local unless it is given; DESTDIR goes before it,
#                                                       for those who make a package of what is installed
set -eu
cd "$(dirname "$0")/.."

say() { printf 'install: %s\n' "$*" >&2; }

prefix=/usr/local destdir=
for option; do
  case $option in
    --prefix=*) prefix=${option#*=} ;;
    --destdir=*) destdir=${option#*=} ;;
    *) say "usage: install.sh [--prefix=PREFIX] [--destdir=DESTDIR]"; exit 64 ;;
  esac
done
case $prefix in
  /*) ;;
  *) say "PREFIX must be an absolute path, not '$prefix'; run: make install PREFIX=/usr/local"; exit 64 ;;
esac
case $destdir in
  '' | /* | ./*) ;;
  *) say "DESTDIR must start with / or ./, not '$destdir'; run: make install DESTDIR=./$destdir"; exit 64 ;;
esac
# A relative path from here, or a double slash, would be written nowhere else.
root=$destdir${prefix%/}

command=.build/release/apigw-batch
function=.build/release/SubmitJobFunction
for each in "$command" "$function"; do
  [ -x "$each" ] || { say "$each is not built; run: make install"; exit 66; }
done

# Installs a file atomically, so that a running command isn't disturbed.
put() {
  if ! mkdir -p "$(dirname "$root/$3")" 2>/dev/null || ! install -m "$1" "$2" "$root/$3.new" 2>/dev/null; then
    say "can't write to $root; run: make install PREFIX=\"\$HOME/.local\", or: sudo env PATH=\"\$PATH\" make install"
    exit 73
  fi
  mv -f "$root/$3.new" "$root/$3"
  printf '%s\n' "$root/$3"
}

scripts=$(mktemp -d)
trap 'rm -rf "$scripts"' EXIT
for shell in bash zsh fish; do
  "$command" --generate-completion-script "$shell" >"$scripts/$shell"
done
put 755 "$command" bin/apigw-batch
put 755 "$function" libexec/apigw-batch/SubmitJobFunction
put 644 "$scripts/bash" share/bash-completion/completions/apigw-batch
put 644 "$scripts/zsh" share/zsh/site-functions/_apigw-batch
put 644 "$scripts/fish" share/fish/vendor_completions.d/apigw-batch.fish
