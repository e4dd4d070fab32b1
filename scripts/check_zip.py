#!/usr/bin/env python3
"""Checks a package: check_zip.py ARCH ZIP [FINAL]. Names every fault, and exits with 1 if there is one.

FINAL is the path that the package gets once it has passed; messages name it.
"""

import os
import struct
import sys
import zipfile
import zlib

import amazon_roots
import make_notices

# The name, and the ELF machine.
MACHINES = {"x86_64": 62, "arm64": 183}
LICENSE = "LICENSE"
MODES = {**dict.fromkeys([LICENSE, make_notices.FILE, *amazon_roots.FILES], 0o100644), "bootstrap": 0o100755}
# What is linked into every package, each with a license that asks for its text.
NOTICES = ("curl", "openssl", "glibc", "GCC runtime", "Swift runtime")
# The largest size, in bytes. Lambda accepts more, but starts it later.
BUDGET = 4_000_000
# What a static executable must not have: segments and sections, by type.
SEGMENTS = {2: "a dynamic section", 3: "an interpreter"}
SECTIONS = {6: "a dynamic section", 11: "a dynamic symbol table"}


def elf_faults(elf, arch):
    """What keeps an executable from running on this architecture without a library of the host."""
    if elf[:4] != b"\x7fELF" or len(elf) < 64:
        return ["bootstrap is not an ELF executable"]
    if elf[4:6] != b"\x02\x01":
        return ["bootstrap is not 64-bit little-endian"]
    kind, machine = struct.unpack_from("<HH", elf, 16)
    segments_at, sections_at = struct.unpack_from("<QQ", elf, 32)
    segment_size, segments, section_size, sections = struct.unpack_from("<4H", elf, 54)
    faults = []
    if machine != MACHINES[arch]:
        faults.append(f"bootstrap is for ELF machine {machine}, not {MACHINES[arch]} ({arch})")
    if kind != 2:
        faults.append(f"bootstrap is of ELF type {kind}, not an executable at a fixed address (2)")
    found = set()
    for number in range(segments):
        found.add(SEGMENTS.get(struct.unpack_from("<I", elf, segments_at + number * segment_size)[0]))
    for number in range(sections):
        found.add(SECTIONS.get(struct.unpack_from("<I", elf, sections_at + number * section_size + 4)[0]))
    return faults + [f"bootstrap has {what}" for what in sorted(found - {None})]


def overweight(path):
    """By how much a package is over its size limit, in words; None if it isn't."""
    size = os.path.getsize(path)
    return f"its {size:,} bytes exceed the limit of {BUDGET:,}" if size > BUDGET else None


def faults(arch, path):
    """Everything that keeps a package from running."""
    try:
        return content_faults(arch, path)
    except (zipfile.BadZipFile, zlib.error) as error:
        return [f"it can't be unpacked: {error}"]


def content_faults(arch, path):
    found = []
    with zipfile.ZipFile(path) as package:
        names = package.namelist()
        if names != sorted(MODES):
            found.append(f"it holds {', '.join(names)}, not {', '.join(sorted(MODES))}")
        for entry in package.infolist():
            if entry.create_system != 3 or entry.external_attr >> 16 != MODES.get(entry.filename):
                found.append(f"{entry.filename} has mode {entry.external_attr >> 16:o}")
            if entry.date_time != (1980, 1, 1, 0, 0, 0):
                found.append(f"{entry.filename} has a date")
        if "bootstrap" in names:
            executable = package.read("bootstrap")
            found += elf_faults(executable, arch)
            # A path in it would make the package depend on where the checkout is.
            if os.fsencode(os.getcwd()) + b"/" in executable:
                found.append(f"bootstrap names this folder, {os.getcwd()}")
        for path, fingerprint in amazon_roots.FILES.items():
            if path in names:
                there = amazon_roots.fingerprints(package.read(path).decode("ascii", "replace"))
                if list(there) != [fingerprint]:
                    found.append(f"{path} doesn't hold exactly the root that its name is of")
        if LICENSE in names and package.read(LICENSE) != (make_notices.ROOT / LICENSE).read_bytes():
            found.append(f"{LICENSE} is not this project's")
        if make_notices.FILE in names:
            notices = package.read(make_notices.FILE).decode("utf-8", "replace")
            found += [f"{make_notices.FILE} doesn't mention {each}" for each in NOTICES
                      if f"{make_notices.LINE}\n{each}" not in notices]
    return found


def main(arch, path, final=None):
    found = faults(arch, path)
    shown = final or path
    for fault in found:
        print(f"package: {shown}: {fault}", file=sys.stderr)
    if found:
        print(f"package: to rebuild it, run: make clean && make package ARCH={arch}", file=sys.stderr)
        return 1
    if overweight(path):
        print(f"package: {shown} works, but {overweight(path)}", file=sys.stderr)
    with zipfile.ZipFile(path) as package:
        sizes = ", ".join(f"{entry.filename} {entry.file_size:,}" for entry in package.infolist())
    print(f"{shown}: {os.path.getsize(path):,} bytes ({sizes})")
    return 0


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4) or sys.argv[1] not in MACHINES:
        raise SystemExit("usage: check_zip.py x86_64|arm64 ZIP [FINAL]")
    sys.exit(main(*sys.argv[1:]))
