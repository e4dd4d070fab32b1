#!/bin/sh
# Installs what SwiftPM and pip can't fetch and is missing; silent and quick if nothing is.
#
#   install-libraries.sh build    libcurl, libcrypto, pkg-config (how SwiftPM finds both) and a static libstdc++
#   install-libraries.sh package  what `make package` needs to build a static libcurl and OpenSSL, and Amazon's roots
#   install-libraries.sh cross    what makes the cross compiler for arm64 run here: patchelf
#   install-libraries.sh package-test    what running the package in an empty root takes: unshare, ip, dnsmasq; skopeo, to
#                                  read the container image
#   install-libraries.sh tests    Python 3 with venv, for the conformance tests; openssl, for the TLS tests' certificates
#                                  and strace, to kill the function at any system call
#   install-libraries.sh model    spin and a C compiler for what it generates, to verify docs/exactly-once.pml
#   install-libraries.sh browser  Chromium, for the tests of web pages, which are skipped without it
#   install-libraries.sh bench    valgrind, strace, wrk, curl, openssl and Python's venv, for the benchmark
set -eu

say() { printf '%s\n' "$*" >&2; }

if ! command -v swift >/dev/null; then
  say "Swift is not installed, or not on the PATH: install Swift 6.2 or later from https://www.swift.org/install/linux/"
  exit 69
fi

# The toolchain's own clang links the function, so it knows which libstdc++ it takes.
clang=$(dirname "$(command -v swift)")/clang
[ -x "$clang" ] || clang=clang

if command -v apt-get >/dev/null; then
  manager=apt-get
elif command -v dnf >/dev/null; then
  manager=dnf
else
  manager=
fi

# Prints the name of a package on this system: Debian's or Fedora's.
package() {
  if [ "$manager" = dnf ]; then printf '%s ' "$2"; else printf '%s ' "$1"; fi
}

# Debian names libstdc++ after the version of GCC whose libraries clang has chosen; g++ brings the default one.
debian_libstdcxx() {
  libgcc=$("$clang" -print-file-name=libgcc.a 2>/dev/null) || libgcc=
  version=$(basename "$(dirname "$libgcc")")
  case $version in
    [0-9]*) echo "libstdc++-$version-dev" ;;
    *) echo g++ ;;
  esac
}

# Whatever name it goes by here: the tests try the same ones.
has_chromium() {
  for name in "${APIGW_BATCH_BROWSER-}" chromium chromium-browser google-chrome chrome; do
    if command -v "$name" >/dev/null; then return 0; fi
  done
  return 1
}

# Prints the packages that are missing. CURLOPT_QUICK_EXIT came with libcurl 7.87.
missing() {
  case $1 in
    build)
      command -v pkg-config >/dev/null || package pkg-config pkgconf-pkg-config
      pkg-config --exists 'libcurl >= 7.87' 2>/dev/null || package libcurl4-openssl-dev libcurl-devel
      pkg-config --exists libcrypto 2>/dev/null || package libssl-dev openssl-devel
      case $("$clang" -print-file-name=libstdc++.a 2>/dev/null) in
        /*) ;;
        *) package "$(debian_libstdcxx)" libstdc++-static ;;
      esac
      ;;
    package)
      # A static OpenSSL and libcurl are built from Debian's or Ubuntu's sources.
      command -v make >/dev/null || package make make
      command -v perl >/dev/null || package perl perl
      command -v python3 >/dev/null || package python3 python3
      command -v dpkg-source >/dev/null || package dpkg-dev dpkg-dev
      # Its zip is 3 % smaller than zlib's.
      command -v zopfli >/dev/null || package zopfli zopfli
      # It comes with Swift's own toolchain, but not with every distribution's.
      [ -x "$(dirname "$clang")/llvm-objcopy" ] || command -v llvm-objcopy >/dev/null || package llvm llvm
      [ -f /etc/ssl/certs/ca-certificates.crt ] || [ -f /etc/pki/tls/certs/ca-bundle.crt ] ||
        package ca-certificates ca-certificates
      case $("$clang" -print-file-name=libc.a 2>/dev/null) in /*) ;; *) package libc6-dev glibc-static ;; esac
      case $("$clang" -print-file-name=libstdc++.a 2>/dev/null) in
        /*) ;;
        *) package "$(debian_libstdcxx)" libstdc++-static ;;
      esac
      ;;
    cross)
      command -v patchelf >/dev/null || package patchelf patchelf
      ;;
    package-test)
      command -v unshare >/dev/null || package util-linux util-linux
      command -v ip >/dev/null || package iproute2 iproute
      command -v dnsmasq >/dev/null || package dnsmasq-base dnsmasq
      command -v skopeo >/dev/null || package skopeo skopeo
      ;;
    tests)
      python3 -c 'import ensurepip, venv' 2>/dev/null || package python3-venv python3
      command -v openssl >/dev/null || package openssl openssl
      command -v strace >/dev/null || package strace strace
      ;;
    model)
      command -v spin >/dev/null || package spin spin
      # The toolchain's clang would do, if it has the C library's headers; a build needs those as well.
      command -v cc >/dev/null || command -v gcc >/dev/null || command -v clang >/dev/null || package gcc gcc
      ;;
    browser)
      has_chromium || package chromium chromium
      ;;
    bench)
      command -v valgrind >/dev/null || package valgrind valgrind
      command -v strace >/dev/null || package strace strace
      command -v wrk >/dev/null || package wrk wrk
      command -v curl >/dev/null || package curl curl
      command -v openssl >/dev/null || package openssl openssl
      python3 -c 'import ensurepip, venv' 2>/dev/null || package python3-venv python3
      ;;
    *)
      say "usage: install-libraries.sh build|package|cross|package-test|tests|model|browser|bench"
      exit 64
      ;;
  esac
}

packages=$(missing "${1-}")
[ -n "$packages" ] || exit 0
packages=${packages% }

# How to become root: not needed, sudo, or no way.
if [ "$(id -u)" = 0 ]; then
  root=
elif command -v sudo >/dev/null; then
  root=sudo
else
  root=none
fi

if [ -z "$manager" ]; then
  say "Missing: $packages (Debian's names). Install them with this system's package manager, then run make again."
  exit 69
fi
if [ "$root" = none ]; then
  say "Missing: $packages. As root, run: $manager install $packages"
  exit 77
fi

# Package lists may be absent or out of date (a container, a new machine): then they are fetched, once.
# shellcheck disable=SC2086  # a list of packages, and a sudo that may be empty
install() {
  case $manager in
    apt-get)
      set -- $root env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=120
      "$@" install --yes --no-install-recommends $packages >/dev/null 2>&1 ||
        { "$@" update && "$@" install --yes --no-install-recommends $packages; }
      ;;
    dnf) $root dnf install --assumeyes --quiet $packages ;;
  esac
}

say "Installing $packages with $manager ..."
install </dev/null >&2 || true

packages=$(missing "$1")
[ -n "$packages" ] || exit 0
packages=${packages% }
say "Still missing or too old after installing: $packages. Run: ${root:+$root }$manager install $packages"
exit 69
