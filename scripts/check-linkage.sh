#!/bin/sh
# Checks what the function's binary loads at a cold start: no Foundation, neither imported nor linked, and no shared object
# except libcurl, libssl, libcrypto, libm, libc, the loader and libgcc_s. Names every offender.
#
#   check-linkage.sh [BINARY]     the release build unless a binary is named
set -eu
cd "$(dirname "$0")/.."

binary=${1:-.build/release/SubmitJobFunction}
status=0

fail() {
  printf 'check-linkage: %s\n' "$*" >&2
  status=1
}

if [ ! -f "$binary" ]; then
  fail "$binary is missing. Run: make build"
  exit 1
fi

dynamic=$(readelf --dynamic --wide "$binary")
needed=$(printf '%s\n' "$dynamic" | sed -n 's/.*(NEEDED).*\[\(.*\)\]$/\1/p')
[ -n "$needed" ] || fail "$binary names no shared object at all: is it the function?"
for object in $needed; do
  case $object in
    libcurl.so.* | libssl.so.* | libcrypto.so.* | libm.so.* | libc.so.* | ld-linux*.so.* | libgcc_s.so.*) ;;
    *) fail "$binary needs $object, which is not allowed" ;;
  esac
done

# A statically linked Foundation is not a shared object, but shows in the symbols, mangled as 10Foundation.
# A file, not a pipe: the names fill megabytes, and a pipe would hide a failure of nm.
symbols=$(mktemp)
trap 'rm -f "$symbols"' EXIT
nm "$binary" >"$symbols" 2>/dev/null || true
grep -q ' T main$' "$symbols" || fail "$binary has no symbols, so what it links can't be checked: build it unstripped"
for module in Foundation FoundationEssentials FoundationInternationalization FoundationNetworking; do
  found=$(grep -c " \$s${#module}$module" "$symbols" || true)
  [ "$found" = 0 ] || fail "$binary has $found symbols of $module linked in"
done

imports=$(grep -rnE '^[^/]*\bimport +([a-z]+ +)?Foundation' --include='*.swift' Sources/Function || true)
[ -z "$imports" ] || fail "the function imports Foundation: $imports"

[ "$status" = 0 ] && printf 'check-linkage: %s needs only %s\n' "$binary" "$(printf '%s\n' "$needed" | paste -sd ' ')"
exit "$status"
