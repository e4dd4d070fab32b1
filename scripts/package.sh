#!/bin/sh
# Builds dist/apigw-batch-ARCH.zip: the function as `bootstrap`, which needs no library of its host, a folder of
# Amazon's root certificates, LICENSE, and the licenses of what is linked. Next to it are apigw-batch-ARCH.zip.sha256, its
# checksum as sha256sum writes it, and apigw-batch-ARCH.spdx.json, which lists the same as a bill of materials (SPDX
# 2.3). The same inputs make the same bytes, wherever the checkout is.
#
#   package.sh [ARCH [ARTIFACTS_DIR]]    x86_64 (the default on such a machine), arm64, or all for both; the package is
#                                        also unpacked into the folder, if one is given
#
# A package is built on a machine of its architecture, by its Swift and with Debian's or Ubuntu's libraries; for arm64 also
# on x86_64, by a cross compiler that is fetched (see cross_toolchain.py); elsewhere, in the official image of the Swift
# toolchain. What is built on the way is kept in .build/package; the static libraries and the cross compiler are kept for
# every checkout on this machine, unless APIGW_BATCH_CACHE=none (see cache-folder.sh).
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
  all)
    if [ $# -gt 1 ]; then
      say 'ARTIFACTS_DIR takes one package, not all; run: make package ARCH=all, or: ARCH=arm64 sam build'
      exit 64
    fi
    for each in x86_64 arm64; do scripts/package.sh "$each"; done
    exit 0
    ;;
  *) say "ARCH must be x86_64, arm64 or all, not '$arch'; run: make package ARCH=all"; exit 64 ;;
esac
zip=dist/apigw-batch-$arch.zip
if [ $# -gt 1 ] && [ ! -d "$2" ]; then
  say "ARTIFACTS_DIR must be a folder, not '$2'; run: sam build, which sets it"
  exit 64
fi

folder=.build/package/$arch
cross=
if [ "$machine-$arch" = x86_64-arm64 ] && command -v apt-get >/dev/null; then
  cross=$(scripts/cross_toolchain.py "$folder")
elif [ "$arch" != "$machine" ] || ! command -v apt-get >/dev/null; then
  docker info >/dev/null 2>&1 || {
    say "make package ARCH=$arch needs Debian or Ubuntu on $arch (for arm64, also on x86_64), or Docker for $image"
    exit 69
  }
  # As root, to install what is missing; the files it leaves in the checkout are given to its owner.
  docker run --rm --platform "$platform" --volume "$PWD:/src" --workdir /src --env "OWNER=$(id -u):$(id -g)" \
    --env APIGW_BATCH_CACHE=none \
    "$image" sh -c 'scripts/package.sh '"$arch"'; status=$?; chown -R "$OWNER" dist .build/package; exit $status' \
    </dev/null
  [ $# -lt 2 ] || python3 scripts/unpack_zip.py "$zip" "$2"
  exit 0
fi

libraries=$(scripts/build-static-libraries.sh "$arch" "$folder" ${cross:+"$cross"})

say "Building the function for $arch ..."
# The compiler doesn't notice other headers of libcurl and OpenSSL either.
[ "$(cat "$folder/swift/libraries" 2>/dev/null)" = "$libraries" ] || rm -rf "$folder/swift"
mkdir -p "$folder/swift" dist
printf '%s\n' "$libraries" >"$folder/swift/libraries"
# Linked again every time: SwiftPM does not notice a changed archive.
rm -f "$folder"/swift/*/release/SubmitJobFunction
# The linker warns of getaddrinfo, which would load name services (HTTPClient prevents that), and of dlopen, which is never
# called. Its trace names every file that goes in, for the licenses.
# Linker/start-order.txt names what a start runs: side by side, it touches fewer pages (see Benchmarks/start_order.py).
# Reproducible: no debug information, paths relative to the checkout, and no hash of the compiler's input, which only
# incremental builds need.
APIGW_BATCH_PACKAGING=1 PKG_CONFIG_PATH=$libraries/pkgconfig \
  swift build -c release --product SubmitJobFunction --scratch-path "$folder/swift" -debug-info-format none \
  ${cross:+--swift-sdks-path "$cross" --swift-sdk "$arch"} \
  -Xswiftc -file-prefix-map -Xswiftc "$PWD=." -Xswiftc -Xfrontend -Xswiftc -disable-incremental-llvm-codegen \
  -Xswiftc -use-ld=lld -Xlinker --gc-sections -Xlinker --symbol-ordering-file="$PWD/Linker/start-order.txt" \
  -Xlinker --no-warn-symbol-ordering -Xlinker --build-id=none -Xlinker --strip-all -Xlinker --trace \
  >"$folder/swift/log" 2>&1 || {
  cat "$folder/swift/log" >&2
  exit 1
}

# Without unwind tables, which are 6 % of the zip: Swift's errors are return values, its traps end the process, and nothing
# in C++ catches an exception. The sections are emptied in place, so that all addresses stay.
objcopy=${cross:-$(dirname "$(dirname "$(command -v swift)")")}/bin/llvm-objcopy
[ -x "$objcopy" ] || objcopy=llvm-objcopy
"$objcopy" --remove-section=.eh_frame --remove-section=.eh_frame_hdr "$folder/swift/release/SubmitJobFunction" \
  "$folder/bootstrap"

python3 scripts/make_notices.py "$folder/swift/log" "$libraries" "$folder" ${cross:+"$cross"}
# The zip, its checksum and its bill of materials replace the previous ones together, once the zip has passed every
# check.
new=$folder/new
rm -rf "$new"
mkdir "$new"
made=$new/$(basename "$zip")
python3 scripts/make_zip.py "$folder/bootstrap" "$made" '' "$folder/THIRD-PARTY-NOTICES"
python3 scripts/make_sbom.py "$folder/components.json" "$made"
python3 scripts/check_zip.py "$arch" "$made" "$zip"
(cd "$new" && sha256sum "${zip#dist/}" >"${zip#dist/}.sha256")
mv -f "$made" "$made.sha256" "${made%.zip}.spdx.json" dist
say "built from $(paste -sd ' ' "$libraries/versions") and $("${cross:+$cross/bin/}swiftc" --version 2>/dev/null | head -n 1)"
[ $# -lt 2 ] || python3 scripts/unpack_zip.py "$zip" "$2"
