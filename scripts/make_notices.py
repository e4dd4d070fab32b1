#!/usr/bin/env python3
"""Writes a package's THIRD-PARTY-NOTICES, and its components as JSON: make_notices.py LINKER-LOG LIBRARIES FOLDER"""

import dataclasses
import json
import pathlib
import re
import sys

from components import ROOT, components

FILE = "THIRD-PARTY-NOTICES"
LINE = "=" * 80

HEAD = """\
THIRD-PARTY NOTICES of apigw-batch {version}

The package, dist/apigw-batch-ARCH.zip, holds the components below: all but the certificates are linked into
`bootstrap`, statically. Their licenses follow, as they came with the source or with the system that the package was
built on; scripts/make_notices.py wrote this file. The bill of materials next to the package has the checksums.

{table}
apigw-batch itself is under the Apache License 2.0.

Linking with another glibc
--------------------------

glibc is under the GNU Lesser General Public License, version 2.1 or later, which follows below. You may change it, and
link the function with what you changed (section 6 of the license); nothing of apigw-batch's license forbids that, or
the reverse engineering that it takes to debug it. All that is needed is open: the function's source and the scripts
that build and link it are this project's repository, and the source of glibc is at
{glibc_url}

On Debian or Ubuntu, with Swift and this repository at version {version}:

 1. Get glibc's source and what builds it: apt-get source glibc={glibc} && apt-get build-dep glibc
    Change the source.
 2. Build its packages, in its folder: dpkg-buildpackage --build=binary --no-sign
 3. Install what that made: dpkg --install ../libc6_*.deb ../libc6-dev_*.deb ../libc-dev-bin_*.deb
 4. Link the function with it, in this repository: make package

Every run of `make package` links again, with the libc.a and libm.a that are installed. If you pass the package on, see
to it that those who get it from you can get both sources, too.
"""


def own_version():
    """The function's version, where it is written."""
    return re.search(r'static let version = "(.+?)"', (ROOT / "Sources/Function/SubmitJobFunction/Help.swift").read_text())[1]


def table(found):
    rows = [("Component", "Version", "License"), *((each.name, each.version, each.license) for each in found)]
    widths = [max(len(row[column]) for row in rows) for column in range(2)]
    return "".join(f"  {name:{widths[0]}}  {version:{widths[1]}}  {license}\n" for name, version, license in rows)


def notices(found):
    """The file: what there is and how to link it again, then each component with its text."""
    glibc = next(each for each in found if each.name == "glibc")
    text = HEAD.format(version=own_version(), table=table(found), glibc=glibc.version, glibc_url=glibc.url)
    for each in found:
        text += f"\n{LINE}\n{each.name}\nVersion: {each.version}\nLicense: {each.license}\nSource: {each.url}\n{LINE}\n\n"
        text += each.text
    return text


def main(log, libraries, folder):
    found = components(log, libraries, folder)
    folder = pathlib.Path(folder)
    (folder / FILE).write_text(notices(found))
    described = [{**dataclasses.asdict(each), "text": None} for each in found]
    (folder / "components.json").write_text(json.dumps({"version": own_version(), "components": described}, indent=1))


if __name__ == "__main__":
    if len(sys.argv) != 4:
        raise SystemExit("usage: make_notices.py LINKER-LOG LIBRARIES FOLDER")
    main(*sys.argv[1:])
