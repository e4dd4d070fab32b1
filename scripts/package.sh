#!/bin/sh
# Makes dist/apigw-batch-ARCH.zip: the function as `bootstrap`, with nothing from the machine that it runs on, and a file
# of Amazon's root certificates. The same inputs make the same bytes, wherever the checkout is.
#
#   package.sh [ARCH]    x86_64 (the default on such a machine) or arm64
#
# A package is built on a machine of its architecture, by Debian's or Ubuntu's compiler and libraries; elsewhere, in the
# official image of the Swift toolchain. What is built on the way is kept in .build/package.
set -eu
cd "$(dirname "$0")/.."

image=swift:6.3-bookworm

say() { printf 'package: %s\n' "$*" >&2; }

case $(uname -m) in
  x86_64 | amd64) machine=x86_64 ;;
  aarch64 | arm64) machine=arm64 ;;
  *) machine=$(uname -m) ;;
esac
arch=${1:-$machine}
case $arch in
  x86_64) platform=linux/amd64 ;;
  arm64) platform=linux/arm64 ;;
  *) say "no such architecture: $arch. Type: make package ARCH=x86_64 or ARCH=arm64"; exit 64 ;;
esac

if [ "$arch" != "$machine" ] || ! command -v apt-get >/dev/null; then
  docker info >/dev/null 2>&1 || {
    say "this machine is no Debian or Ubuntu on $arch, and no docker runs here, for $image."
    say "On a machine that is, type: make package"
    exit 69
  }
  # As root, to install what is missing; what it leaves in the checkout goes to its owner.
  exec docker run --rm --platform "$platform" --volume "$PWD:/src" --workdir /src --env "OWNER=$(id -u):$(id -g)" \
    "$image" sh -c 'scripts/package.sh '"$arch"'; status=$?; chown -R "$OWNER" dist .build/package; exit $status' \
    </dev/null
fi

folder=.build/package/$arch
libraries=$(scripts/build-static-libraries.sh "$arch" "$folder")

say "Building the function for $arch ..."
mkdir -p "$folder/swift" dist
# Linked anew every time: SwiftPM does not see when an archive has changed.
rm -f "$folder"/swift/*/release/SubmitJobFunction
# The linker warns of getaddrinfo, which would load name services (HTTPClient sees to it that it does not), and of dlopen,
# which nobody calls.
# No path gets in: no debug information, paths from the checkout on, and no hash of the compiler's input, which is kept for
# incremental builds alone.
APIGW_BATCH_PACKAGING=1 PKG_CONFIG_PATH=$libraries/pkgconfig \
  swift build -c release --product SubmitJobFunction --scratch-path "$folder/swift" -debug-info-format none \
  -Xswiftc -file-prefix-map -Xswiftc "$PWD=." -Xswiftc -Xfrontend -Xswiftc -disable-incremental-llvm-codegen \
  -Xlinker --build-id=none -Xlinker --strip-all \
  >"$folder/swift/log" 2>&1 || {
  cat "$folder/swift/log" >&2
  exit 1
}

zip=dist/apigw-batch-$arch.zip
python3 scripts/make_zip.py "$folder/swift/release/SubmitJobFunction" "$zip"
python3 scripts/check_zip.py "$arch" "$zip"
say "made of $(paste -sd ' ' "$libraries/versions") and $(swift --version 2>/dev/null | head -n 1)"
