#!/bin/sh
# Builds the static libcurl and OpenSSL of the package from Debian's source packages, in the versions that
# scripts/static-libraries.sha256 pins, as small as TLS to AWS allows, for a faster start and a smaller zip. The system's
# own libraries are left alone.
#
#   build-static-libraries.sh ARCH FOLDER [CROSS]    x86_64 or arm64, with the cross compiler of cross_toolchain.py if its
#                                            folder is given; prints the folder that holds include, lib and pkgconfig,
#                                            and `sources`, `patches` and `licenses`, which say what both were built from
#
# A build is kept under a name that is derived from all its inputs, where cache-folder.sh says, and reused by every checkout
# on this machine. APIGW_BATCH_CACHE=none keeps it in FOLDER, for that checkout alone, and ignores every other.
set -eu
self=$(cd "$(dirname "$0")" && pwd)/$(basename "$0")
scripts=$(dirname "$self")
arch=$1
mkdir -p "$2"
folder=$(cd "$2" && pwd -P)

say() { printf 'package: %s\n' "$*" >&2; }

case $arch in
  x86_64) openssl_target=linux-x86_64 triple=x86_64-linux-gnu ;;
  arm64) openssl_target=linux-aarch64 triple=aarch64-linux-gnu ;;
  *) say "ARCH must be x86_64 or arm64; run: make package ARCH=x86_64 or ARCH=arm64"; exit 64 ;;
esac

# The C compiler that comes with Swift, by its name alone: OpenSSL records the command in the library.
if [ $# -gt 2 ]; then
  PATH=$3/bin:$PATH
  export CC=$triple-clang AR=llvm-ar RANLIB=llvm-ranlib
else
  PATH=$(dirname "$(command -v swift)"):$PATH
  export CC=clang
fi
export PATH SOURCE_DATE_EPOCH=0 LC_ALL=C

# No DWARF, so no paths of this machine; a section per function, so that the linker drops what is never called; no unwind
# tables, which only exceptions and backtraces read.
flags='-g0 -ffunction-sections -fdata-sections -fno-asynchronous-unwind-tables -fno-unwind-tables'

# TLS 1.2 and 1.3 with ECDHE, AES-GCM and ChaCha20: what AWS's endpoints, and proxies, speak. No configuration file.
openssl_options='no-shared no-module no-dso no-engine no-dynamic-engine no-tests no-legacy no-comp no-zlib
  no-autoload-config no-ui-console no-filenames no-async no-afalgeng no-capieng no-padlockeng no-devcryptoeng no-ktls
  no-dtls no-ssl3 no-tls1 no-tls1_1 no-weak-ssl-ciphers no-nextprotoneg no-srp no-psk no-srtp no-ssl-trace no-multiblock
  no-dh no-dsa no-ec2m no-gost no-sm2 no-sm3 no-sm4 no-idea no-camellia no-seed no-aria no-bf no-cast no-des no-rc2
  no-rc4 no-md4 no-mdc2 no-whirlpool no-rmd160 no-blake2 no-siphash no-siv no-ocb no-scrypt no-cmac no-cms no-ts no-ct
  no-cmp no-ocsp no-rfc3779 no-ml-kem no-ml-dsa no-slh-dsa no-quic no-http no-sslkeylog no-tls-deprecated-ec
  no-integrity-only-ciphers no-deprecated'
# AES for AVX-512, 0.7 MB of machine code for long messages. OpenSSL leaves it out by itself for an old compiler.
avx512='crypto/modes/asm/aes-gcm-avx512.pl crypto/aes/asm/aesni-xts-avx512.pl'

# HTTP and HTTPS over sockets and proxies. The CA bundle is Amazon Linux's, for an HTTPS proxy: every other connection
# names its own.
curl_options='--disable-shared --enable-static --disable-dependency-tracking --with-openssl --enable-threaded-resolver
  --enable-ipv6 --with-ca-bundle=/etc/pki/tls/certs/ca-bundle.crt --without-ca-path --disable-openssl-auto-load-config
  --without-zlib --without-brotli --without-zstd --without-libpsl --without-libidn2 --without-nghttp2 --without-librtmp
  --without-libssh --without-libssh2 --without-libgsasl --without-gssapi --disable-ftp --disable-file --disable-ldap
  --disable-ldaps --disable-rtsp --disable-dict --disable-telnet --disable-tftp --disable-pop3 --disable-imap
  --disable-smb --disable-smtp --disable-gopher --disable-mqtt --disable-websockets --disable-manual --disable-alt-svc
  --disable-hsts --disable-cookies --disable-ntlm --disable-ntlm-wb --disable-tls-srp --disable-unix-sockets
  --disable-doh --disable-netrc --disable-libcurl-option --disable-get-easy-options --disable-mime
  --disable-headers-api --disable-dateparse --disable-progress-meter --disable-versioned-symbols --disable-ipfs
  --disable-sha512-256 --disable-bindlocal --disable-digest-auth --disable-kerberos-auth --disable-negotiate-auth
  --disable-bearer-auth --disable-verbose'

command -v dpkg-query >/dev/null || { say "the package is built on Debian or Ubuntu. Run: make package"; exit 69; }
"$scripts/install-libraries.sh" package

cache=$("$scripts/cache-folder.sh" "$folder")
list=$scripts/static-libraries.sha256
# The name of a build has all its inputs.
name=libraries-$arch-$(
  { cat "$self" "$list" "$scripts"/patches/curl-*.patch /etc/os-release && echo "$arch" && "$CC" --version; } | sha256sum | cut -c1-16
)
built=$cache/$name
link=$folder/$name
# Prints an existing build, and exits.
use() {
  [ -f "$1/versions" ] || return 0
  [ "$1" -ef "$link" ] || { rm -rf "$link" && ln -s "$1" "$link"; }
  (cd "$1" && pwd -P)
  exit 0
}
# Without a cache, ignore even what an earlier build of this checkout took from one.
case $cache,$(readlink -f "$link") in "$folder,$folder"/*) ;; "$folder",*) rm -f "$link" ;; esac
use "$link"
use "$built"

# Not in the cache, whose path may contain a space, which configure doesn't allow.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Kept, so that neither a failure nor another architecture costs a second download.
sources=$cache/libraries-sources
mkdir -p "$sources"
"$scripts/pinned.py" "$list" "$sources" "package ARCH=$arch"

# Runs a step of the build; its output is shown if it fails.
step() {
  "$@" >"$work/log" 2>&1 || {
    tail -n 40 "$work/log" >&2
    say "failed: $*"
    exit 1
  }
}
# Unpacks a source package with Debian's patches.
unpack() {
  dsc=$(sed -n "s|^[0-9a-f]* .*/\\($1_.*\\.dsc\\)\$|\\1|p" "$list")
  step dpkg-source --no-check --no-copy --extract "$sources/$dsc" "$work/$1"
  version=$(sed -n 's/^Version: //p' "$sources/$dsc")
  echo "$1 $version" >>"$work/versions"
  # The .dsc names every file of the source with its checksum, so its own checksum identifies all of it.
  echo "$1 $version $(cd "$sources" && sha256sum -- "$dsc")" >>"$work/sources"
}
unpack openssl
unpack curl
# Made for one version: another may have the change already, or need another.
: >"$work/patches"
for patch in "$scripts"/patches/curl-*.patch; do
  if patch --dry-run --force --fuzz=0 --strip=1 --directory="$work/curl" <"$patch" >/dev/null; then
    step patch --force --fuzz=0 --strip=1 --directory="$work/curl" --input="$patch"
    echo "scripts/patches/$(basename "$patch")" >>"$work/patches"
  else
    say "$(basename "$patch") does not apply to $(grep '^curl ' "$work/versions"), and is left out"
  fi
done

say "Building $(paste -sd ' ' "$work/versions") for $arch (two to four minutes) ..."
jobs=$(nproc)
# shellcheck disable=SC2086  # lists of options
(
  cd "$work/openssl"
  step ./Configure "$openssl_target" --prefix=/usr --openssldir=/etc/pki/tls --libdir=lib $openssl_options -Os $flags
  step make -s "-j$jobs" build_generated
  if [ "$arch" = x86_64 ]; then
    for script in $avx512; do
      code=$(dirname "$(dirname "$script")")/$(basename "$script" .pl).s
      step env CC='echo clang version 3.5' perl "$script" elf "$code"
    done
  fi
  step make -s "-j$jobs" libcrypto.a libssl.a
  cd "$work/curl"
  step ./configure -q --host="$triple" $curl_options CFLAGS="-O2 $flags" CPPFLAGS="-I$work/openssl/include" \
    LDFLAGS="-L$work/openssl"
  # An option whose check fails is left out without an error.
  step grep -q '^#define USE_IPV6 1' lib/curl_config.h
  step make -s "-j$jobs" -C lib libcurl.la
)

quoted=$(printf '%s\n' "$built" | sed 's/ /\\ /g')
mkdir -p "$work/built/include" "$work/built/lib" "$work/built/pkgconfig"
cp -R "$work/openssl/include/openssl" "$work/curl/include/curl" "$work/built/include"
cp "$work/openssl/libcrypto.a" "$work/openssl/libssl.a" "$work/curl/lib/.libs/libcurl.a" "$work/built/lib"
# SwiftPM accepts only -I, -L and -l from a .pc file.
for library in libcurl libcrypto; do
  libs=-lcrypto
  [ "$library" = libcrypto ] || libs='-lcurl -lssl -lcrypto'
  cat >"$work/built/pkgconfig/$library.pc" <<PC
Name: $library
Description: $library of the package
Version: 0
Cflags: -I$quoted/include
Libs: -L$quoted/lib $libs
PC
done
# The texts that the licenses require with every copy. Some files of libcurl have another author's at their top.
mkdir -p "$work/built/licenses"
(
  cd "$work/curl"
  cat COPYING
  grep -rL 'SPDX-License-Identifier: curl$' lib --include='*.c' --include='*.h' | sort | while read -r file; do
    printf '\n%s:\n\n' "$file"
    sed '/\*\//q' "$file"
  done
) >"$work/built/licenses/curl"
cp "$work/openssl/LICENSE.txt" "$work/built/licenses/openssl"
mv "$work/sources" "$work/versions" "$work/patches" "$work/built"
# All or nothing, even if the temporary folder is on another disk or another checkout builds the same.
new=$(mktemp -d "$cache/new.XXXXXX")
trap 'rm -rf "$work" "$new"' EXIT
mv "$work/built" "$new"
[ -f "$built/versions" ] || { rm -rf "$built" && mv "$new/built" "$built"; } 2>/dev/null || true
use "$built"
say "can't keep the libraries in '$built'; delete it, or set APIGW_BATCH_CACHE=none"
exit 73
