#!/bin/sh
# Tests the package and the container image by running them: each submits jobs from a root that holds only what SAM built,
# or the image's files, and has the same bytes when it is built again in another folder. The package is what gets deployed,
# to a cloud on this machine.
#
#   test-package.sh [ARCH]    after `make image`, as root or where users may make namespaces; what is for arm64 runs
#                             on x86_64 in an emulator, which cross_toolchain.py has fetched; all tests both
set -eu
cd "$(dirname "$0")/.."

say() { printf 'test-package: %s\n' "$*" >&2; }

scripts/install-libraries.sh package-test
case $(uname -m) in aarch64) machine=arm64 ;; *) machine=$(uname -m) ;; esac
arch=${1:-$machine}
if [ "$arch" = all ]; then
  for each in x86_64 arm64; do scripts/test-package.sh "$each"; done
  exit 0
fi
zip=dist/apigw-batch-$arch.zip
image=${zip%.zip}.oci.tar
for file in "$zip" "$image"; do
  [ -f "$file" ] || { say "$file is missing. Run: make image ARCH=$arch"; exit 66; }
done
cross=
case $machine-$arch in
  "$arch-$arch") ;;
  x86_64-arm64) cross=$(scripts/cross_toolchain.py ".build/package/$arch") ;;
  *) say "the package of $arch can't be run on $machine. Run: make package-test"; exit 69 ;;
esac
export APIGW_BATCH_ARCH="$arch"
[ -z "$cross" ] || export APIGW_BATCH_EMULATOR="$cross/bin/qemu-aarch64"

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
ARCH=$arch sam build >&2
# shellcheck disable=SC2086
unshare $namespaces sh -c 'ip link set lo up && exec .venv/bin/python -m pytest Tests/Package'

# Another path, of another length, with a space in it, and no earlier build.
other=$(mktemp -d)
again=
trap '[ -z "$again" ] || kill -- "-$again" 2>/dev/null || true; rm -rf "$other"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
folder="$other/another checkout"
mkdir "$folder"
tar --create --exclude='./.build*' --exclude='./.venv*' --exclude=./.aws-sam --exclude=./.git --exclude=./dist . | tar --extract --directory "$folder"
# A cache of its own, too, outside of the folder: SAM would copy it.
cache="$other/another cache"
mkdir "$cache"
if [ -n "$cross" ]; then
  # The same compiler in another place: it is fetched, and never built.
  cp -al "$cross" "$cache" 2>/dev/null || cp -a "$cross" "$cache"
fi
say 'Building the package again in another folder ...'
# Built by SAM as well, in a copy: the Makefile's target finds its way back to the folder. Built from source alone, so that
# equal bytes prove both the function and the static libraries, which the first build may have taken from the cache. In a
# process group of its own, all of which ends with this script.
(cd "$folder" && APIGW_BATCH_CACHE=$cache ARCH=$arch exec setsid sam build --no-build-in-source) >"$other/log" 2>&1 </dev/null &
again=$!
# Meanwhile, with this machine's package: a deployment is the same for every architecture.
[ -n "$cross" ] || .venv-sam/bin/python -m pytest Tests/Deploy -n 2 --dist loadfile

say 'Waiting for the second build ...'
wait "$again" || { cat "$other/log" >&2; exit 1; }
again=
if ! find "$cache" -path '*/lib/libcrypto.a' -type f | grep -q "/libraries-$arch-"; then
  say 'the second build took static libraries from elsewhere, so it shows nothing of them'
  exit 1
fi
(cd "$folder" && scripts/make_image.py "$arch" >&2)
for file in "$zip" "$zip.sha256" "${zip%.zip}.spdx.json" "$image"; do
  if ! cmp "$file" "$folder/$file"; then
    say "two builds differ; run: diffoscope $file of one and of the other"
    exit 1
  fi
  say "$file is the same from two folders"
done
