#!/usr/bin/env python3
"""Fetches what builds and runs the arm64 package on an x86_64 machine, and prints its folder: cross_toolchain.py FOLDER

Debian's own packages, of which nothing is installed: Swift's compiler with clang and lld for this machine; for arm64 the
static standard library of the same version, and a C library; and QEMU. scripts/cross-arm64.sha256 pins every file. The
folder is kept where scripts/cache-folder.sh says, under a name that is derived from that list and this script.

    bin/      the tools; aarch64-linux-gnu-clang compiles C for arm64
    lib/      what the tools load: this machine's C library may be older than theirs
    arm64.artifactbundle/    a Swift SDK, for `swift build --swift-sdks-path FOLDER --swift-sdk arm64`; its `arm64/root`
                             is a Debian root with a package database
"""

import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import pinned

SCRIPTS = pathlib.Path(__file__).resolve().parent
LIST = SCRIPTS / "cross-arm64.sha256"
TOOLS = [
    "clang", "clang-[0-9]*", "ld.lld", "lld", "llvm-ar", "llvm-objcopy", "llvm-ranlib", "swift-autolink-extract", "swift-driver",
    "swift-frontend", "swiftc"]
SWIFT = "./usr/libexec/swift"
SDK = "arm64.artifactbundle/arm64"
ROOT = f"{SDK}/root"
# What is taken of a package: its paths, and where they go without how many of their first components.
PARTS = {
    "swiftlang amd64": ([*(f"{SWIFT}/bin/{tool}" for tool in TOOLS), f"{SWIFT}/lib/clang/*/include",
                         f"{SWIFT}/lib/swift/host/compiler"], ".", 4),
    "libswiftlang amd64": ([f"{SWIFT}/lib/swift"], ".", 4),
    "qemu-user amd64": (["./usr/bin/qemu-aarch64"], ".", 2),
    "amd64": (["./usr/lib/x86_64-linux-gnu/*.so*"], "lib", 4),
    "swiftlang arm64": ([f"{SWIFT}/lib/swift_static"], f"{ROOT}/usr", 4),
    "arm64": (["./*"], ROOT, 1),
}
TRIPLE = "aarch64-unknown-linux-gnu"
JSON = {
    "arm64.artifactbundle/info.json": {
        "schemaVersion": "1.0",
        "artifacts": {"arm64": {"type": "swiftSDK", "version": "1.0.0", "variants": [{"path": "arm64"}]}}},
    f"{SDK}/swift-sdk.json": {
        "schemaVersion": "4.0",
        "targetTriples": {TRIPLE: {
            "sdkRootPath": "root", "swiftResourcesPath": "root/usr/lib/swift_static",
            "swiftStaticResourcesPath": "root/usr/lib/swift_static", "toolsetPaths": ["toolset.json"]}}},
    f"{SDK}/toolset.json": {
        "schemaVersion": "1.0", "rootPath": "../../bin", "linker": {"path": "ld.lld"},
        "swiftCompiler": {"path": "swiftc", "extraCLIOptions": ["-use-ld=lld"]}},
}


def unpack(package, folder):
    """Unpacks what is needed of a package, and registers it if it is arm64's."""
    name, version, architecture = subprocess.run(
        ["dpkg-deb", "--show", "--showformat", "${Package} ${Version} ${Architecture}", package],
        check=True, capture_output=True, text=True).stdout.split()
    kind = "amd64" if architecture == "amd64" else "arm64"
    paths, place, strip = PARTS.get(f"{name} {kind}", PARTS[kind])
    place = folder / place
    place.mkdir(parents=True, exist_ok=True)
    with subprocess.Popen(["dpkg-deb", "--fsys-tarfile", package], stdout=subprocess.PIPE) as contents:
        unpacked = subprocess.run(
            ["tar", "--extract", "--verbose", "--no-same-owner", "--wildcards", f"--strip-components={strip}",
             "--directory", place, *paths], stdin=contents.stdout, stdout=subprocess.PIPE, text=True, check=True).stdout
    if kind == "arm64":
        register(package, name, architecture, unpacked, folder / ROOT / "var/lib/dpkg")


def register(package, name, architecture, unpacked, database):
    """Adds a package to the root's database, so that `dpkg-query --admindir` knows which file belongs to which."""
    (database / "info").mkdir(parents=True, exist_ok=True)
    (database / "info/format").write_text("1\n")
    fields = subprocess.run(["dpkg-deb", "--field", package], check=True, capture_output=True, text=True).stdout
    with open(database / "status", "a") as status:
        status.write(f"{fields}Status: install ok installed\n\n")
    qualified = f"{name}:{architecture}" if "\nMulti-Arch: same\n" in fields else name
    # As dpkg writes it: absolute paths, without the slash that ends a folder's.
    paths = (line.removeprefix(".").rstrip("/") or "/." for line in unpacked.splitlines())
    (database / f"info/{qualified}.list").write_text("".join(f"{path}\n" for path in paths))


def complete(folder, final):
    """Turns the unpacked packages into tools that work from their final folder."""
    # The tools load this folder's libraries and not this machine's.
    loader = final / "lib/ld-linux-x86-64.so.2"
    for tool in (folder / "bin").iterdir():
        if not tool.is_symlink() and tool.name != "qemu-aarch64":
            subprocess.run(
                ["patchelf", "--set-interpreter", loader, "--force-rpath", "--set-rpath",
                 "$ORIGIN/../lib:$ORIGIN/../lib/swift/linux:$ORIGIN/../lib/swift/host/compiler", tool], check=True)
    (folder / "bin/aarch64-linux-gnu-clang").symlink_to("clang")
    (folder / f"bin/{TRIPLE}-clang.cfg").write_text(f"--sysroot=<CFGDIR>/../{ROOT}\n-fuse-ld=lld\n-static\n")
    (folder / ROOT / "usr/lib/clang").symlink_to("../../../../../lib/clang")
    for path, value in JSON.items():
        (folder / path).write_text(json.dumps(value, indent=2) + "\n")


def main(own):
    cache = pathlib.Path(subprocess.run(
        [SCRIPTS / "cache-folder.sh", own], check=True, capture_output=True, text=True).stdout.rstrip("\n"))
    name = "cross-arm64-" + hashlib.sha256(LIST.read_bytes() + pathlib.Path(__file__).read_bytes()).hexdigest()[:16]
    final = cache / name
    if not (final / "bin").is_dir():
        subprocess.run([SCRIPTS / "install-libraries.sh", "cross"], check=True)
        packages = cache / "cross-arm64-packages"
        packages.mkdir(exist_ok=True)
        files = [
            pinned.fetched(checksum, path, packages, "package ARCH=arm64", ", or build on an arm64 machine")
            for checksum, path in pinned.pinned(LIST)]
        pinned.say("Unpacking the cross compiler ...")
        with tempfile.TemporaryDirectory(dir=cache, prefix="new.") as new:
            folder = pathlib.Path(new) / name
            for file in files:
                unpack(file, folder)
            complete(folder, final)
            try:
                folder.rename(final)
            except OSError:
                # Another checkout has just made it.
                if not (final / "bin").is_dir():
                    raise
        shutil.rmtree(packages, ignore_errors=True)
    print(final)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("usage: cross_toolchain.py FOLDER")
    try:
        main(sys.argv[1])
    except subprocess.CalledProcessError as error:
        raise SystemExit(f"package: failed: {' '.join(map(str, error.cmd))}\n{error.stderr or ''}".rstrip()) from None
