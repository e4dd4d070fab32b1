#!/usr/bin/env python3
"""Unpacks a package with its modes, as Lambda does: unpack_zip.py ZIP FOLDER"""

import pathlib
import sys
import zipfile


def unpack(path, folder):
    """Writes each entry of the package into the folder, which must exist."""
    with zipfile.ZipFile(path) as package:
        for entry in package.infolist():
            # `extract` drops the modes.
            file = pathlib.Path(package.extract(entry, folder))
            file.chmod(entry.external_attr >> 16 & 0o7777)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit("usage: unpack_zip.py ZIP FOLDER")
    unpack(*sys.argv[1:])
