#!/usr/bin/env python3
"""Makes the package: make_zip.py EXECUTABLE ZIP [BUNDLE [NOTICES]]

The executable becomes `bootstrap`, and Amazon's roots are taken from the system's bundle of CAs. LICENSE is the
repository's, and so is THIRD-PARTY-NOTICES, unless the build made its own. The same files make the same bytes: fixed
dates, owners and modes, entries in their order.
"""

import os
import pathlib
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib

import amazon_roots
import make_notices

LICENSE = "LICENSE"
BUNDLES = ["/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/certs/ca-certificates.crt", "/etc/ssl/cert.pem"]
# 1980-01-01, as a zip has it; version 2.0 for deflate, made by Unix, or readers ignore the mode.
DATE, VERSION, UNIX, DEFLATED = 0x21, 20, 3 << 8, 8


def deflate(data):
    """The data as zopfli compresses it: deflate that every reader knows, smaller than zlib's.

    `make package` installs zopfli, so its bytes are the same everywhere; packages for tests may do without.
    """
    if shutil.which("zopfli") is None:
        compressor = zlib.compressobj(9, zlib.DEFLATED, -15)
        return compressor.compress(data) + compressor.flush()
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        done = subprocess.run(["zopfli", "--i1", "--deflate", "-c", file.name], capture_output=True)
    if done.returncode != 0 or zlib.decompress(done.stdout, -15) != data:
        raise SystemExit("package: zopfli failed. Run: apt-get install --reinstall zopfli")
    return done.stdout


def archive(entries):
    """A zip of entries, each a name with a mode and data. Python's own writer can't take compressed data."""
    content, directory = b"", b""
    for name, (mode, data) in sorted(entries.items()):
        packed, encoded = deflate(data), name.encode()
        fields = struct.pack(
            "<HHHHHIIIHH", VERSION, 0, DEFLATED, 0, DATE, zlib.crc32(data), len(packed), len(data), len(encoded), 0)
        directory += b"PK\x01\x02" + struct.pack("<H", UNIX | VERSION) + fields
        directory += struct.pack("<HHHII", 0, 0, 0, (0o100000 | mode) << 16, len(content)) + encoded
        content += b"PK\x03\x04" + fields + encoded + packed
    end = struct.pack("<HHHHIIH", 0, 0, len(entries), len(entries), len(directory), len(content), 0)
    return content + directory + b"PK\x05\x06" + end


def main(executable, path, bundle=None, notices=make_notices.ROOT / make_notices.FILE):
    bundle = bundle or next((each for each in BUNDLES if os.path.exists(each)), None)
    if bundle is None:
        raise SystemExit("package: this system has no bundle of CAs. Run: apt-get install ca-certificates")
    entries = {
        **{path: (0o644, pem.encode()) for path, pem in amazon_roots.extract(pathlib.Path(bundle).read_text()).items()},
        LICENSE: (0o644, (make_notices.ROOT / LICENSE).read_bytes()),
        make_notices.FILE: (0o644, pathlib.Path(notices).read_bytes()),
        "bootstrap": (0o755, pathlib.Path(executable).read_bytes()),
    }
    # Under another name until it is complete.
    unfinished = pathlib.Path(f"{path}.new")
    unfinished.write_bytes(archive(entries))
    os.replace(unfinished, path)


if __name__ == "__main__":
    main(*sys.argv[1:])
