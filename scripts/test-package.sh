#!/bin/sh
# Tests the package by running it: it submits jobs from a root that holds only what SAM built, has the same bytes when it
# is built again in another folder, and is what gets deployed, to a cloud on this machine.
#
#   test-package.sh    after `make package`, as root or where users may make namespaces
set -eu
cd "$(dirname "$0")/.."

say() { printf 'test-package: %s\n' "$*" >&2; }

scripts/install-libraries.sh package-test
case $(uname -m) in aarch64) arch=arm64 ;; *) arch=$(uname -m) ;; esac
zip=dist/apigw-batch-$arch.zip
[ -f "$zip" ] || { say "$zip is missing. Run: make package"; exit 66; }

# A network with only a loopback, and mounts that end with the tests.
namespaces='--net --mount'
[ "$(id -u)" = 0 ] || namespaces="--map-root-user $namespaces"
# shellcheck disable=SC2086  # a list of options
if ! unshare $namespaces --pid --fork --mount-proc ip link set lo up; then
  say "$(id -un) may not create namespaces on this machine. Run: sudo make package-test (in a container: docker run --privileged)"
  exit 77
fi
# The tests run what SAM deploys.
say 'Building with SAM ...'
PATH=$PWD/.venv-sam/bin:$PATH
export SAM_CLI_TELEMETRY=0 AWS_DEFAULT_REGION=us-east-1
sam build >&2
# shellcheck disable=SC2086
unshare $namespaces sh -c 'ip link set lo up && exec .venv/bin/python -m pytest Tests/Package'

# Another path, of another length, with a space in it, and no earlier build.
other=$(mktemp -d)
trap 'rm -rf "$other"' EXIT
folder="$other/another checkout"
mkdir "$folder"
tar --create --exclude='./.build*' --exclude='./.venv*' --exclude=./.aws-sam --exclude=./.git --exclude=./dist . | tar --extract --directory "$folder"
say 'Building the package again in another folder ...'
# Built by SAM as well, in a copy: the Makefile's target finds its way back to the folder. Built from source alone, so that
# equal bytes prove both the function and the static libraries, which the first build may have taken from the cache.
(cd "$folder" && APIGW_BATCH_CACHE=none sam build --no-build-in-source >&2)
if ! find "$folder/.build/package/$arch" -name libcrypto.a -type f | grep -q .; then
  say 'the second build took static libraries from elsewhere, so it shows nothing of them'
  exit 1
fi
for file in "$zip" "${zip%.zip}.spdx.json"; do
  if ! cmp "$file" "$folder/$file"; then
    say "two builds differ; run: diffoscope $file of one and of the other"
    exit 1
  fi
  say "$file is the same from two folders"
done

say 'Deploying it ...'
.venv-sam/bin/python -m pytest Tests/Deploy -n 2 --dist loadfile
