#!/bin/sh
# Proves the package by running it: built a second time in another folder it is the same bytes, and it submits jobs from a
# root that holds nothing but itself.
#
#   test-package.sh    after `make package`, as root or where users may make namespaces
set -eu
cd "$(dirname "$0")/.."

say() { printf 'test-package: %s\n' "$*" >&2; }

scripts/install-libraries.sh package-test
case $(uname -m) in aarch64) arch=arm64 ;; *) arch=$(uname -m) ;; esac
zip=dist/apigw-batch-$arch.zip
[ -f "$zip" ] || { say "$zip is not there. Type: make package"; exit 66; }

# A network with nothing in it but a loopback, and mounts that end with the tests.
namespaces='--net --mount'
[ "$(id -u)" = 0 ] || namespaces="--map-root-user $namespaces"
# shellcheck disable=SC2086  # a list of options
if ! unshare $namespaces --pid --fork --mount-proc ip link set lo up; then
  say "this machine lets $(id -un) make no namespaces. Type: sudo make package-test (in a container: docker run --privileged)"
  exit 77
fi
# shellcheck disable=SC2086
unshare $namespaces sh -c 'ip link set lo up && exec .venv/bin/python -m pytest Tests/Package'

# Another path, of another length, with a space in it, and nothing that was built before.
other=$(mktemp -d)
trap 'rm -rf "$other"' EXIT
folder="$other/another checkout"
mkdir "$folder"
tar --create --exclude='./.build*' --exclude=./.venv --exclude=./.git --exclude=./dist . | tar --extract --directory "$folder"
say 'Building the package again in another folder ...'
(cd "$folder" && scripts/package.sh "$arch")
if ! cmp "$zip" "$folder/$zip"; then
  say "two builds differ. Type: diffoscope $zip of one and of the other"
  exit 1
fi
say "$zip is the same from two folders"
