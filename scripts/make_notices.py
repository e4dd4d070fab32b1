#!/usr/bin/env python3
"""Writes a package's THIRD-PARTY-NOTICES, and its components as JSON.

    make_notices.py LINKER-LOG LIBRARIES FOLDER [CROSS-TOOLCHAIN]
"""

import dataclasses
import json
import pathlib
import sys

from components import ROOT, SWIFT, components
from version import version_constant

FILE = "THIRD-PARTY-NOTICES"
LINE = "=" * 80

HEAD = """\
THIRD-PARTY NOTICES of apigw-batch {version}

The package, dist/apigw-batch-ARCH.zip, holds the components below: all except the certificates are linked into
`bootstrap`, statically. Their licenses follow: those of LLVM and of the Unicode data are copies in scripts/licenses, and
the others came with the source, the toolchain or the system that the package was built with. scripts/make_notices.py
wrote this file. The bill of materials next to the package has the checksums.

{table}
apigw-batch itself is under the Apache License 2.0.

Linking with another glibc
--------------------------

glibc is under the GNU Lesser General Public License, version 2.1 or later, which follows below. You may change it, and
link the function with what you changed (section 6 of the license); nothing of apigw-batch's license forbids that, or
the reverse engineering that it takes to debug it. All that is needed is open: the function's source and the scripts
that build and link it are this source tree, and the source of glibc is at
{glibc_url}

On the Debian or Ubuntu that the package was built on, with Swift and this source tree at version {version}; best in a
container, because step 3 replaces the system's own glibc:

 1. Get glibc's source and what builds it: apt-get source glibc={glibc} && apt-get build-dep glibc
    Change the source.
 2. Build its packages, in its folder: DEB_BUILD_OPTIONS=nocheck dpkg-buildpackage --build=binary --no-sign
 3. Install what that made: dpkg --install ../libc6_*.deb ../libc6-dev_*.deb ../libc-dev-bin_*.deb
 4. Link the function with it, in this source tree: make package

Every run of `make package` links again, with the libc.a and libm.a that are installed. For arm64 on an x86_64 machine
it takes them from the folder that `scripts/cross_toolchain.py .build/package/arm64` prints: build glibc's packages for
arm64, replace what they have below arm64.artifactbundle/arm64/root there, in place of step 3, and run: make package
ARCH=arm64. If you pass the package on, make sure that those who get it from you can get both sources, too.
"""


def own_version():
    """The function's version."""
    return version_constant()[0]


def version(each, found):
    """A component's version, or that of the component that it is part of, in words."""
    if each.version is not None:
        return each.version
    whole = next(other for other in found if other.name == each.part_of)
    return f"as in {'Swift' if whole.name == SWIFT else whole.name} {whole.version}"


def table(found):
    rows = [("Component", "Version", "License"), *((each.name, version(each, found), each.license) for each in found)]
    widths = [max(len(row[column]) for row in rows) for column in range(2)]
    return "".join(f"  {name:{widths[0]}}  {text:{widths[1]}}  {license}\n" for name, text, license in rows)


def notices(found):
    """The file: the components and how to link them again, then each component with its text."""
    glibc = next((each for each in found if each.name == "glibc"), None)
    if glibc is None:
        raise SystemExit(
            "package: glibc is linked statically, and no file of it is in the linker's log. Run: make clean && make package")
    text = HEAD.format(version=own_version(), table=table(found), glibc=glibc.version, glibc_url=glibc.url)
    for each in found:
        text += f"\n{LINE}\n{each.name}\nVersion: {version(each, found)}\nLicense: {each.license}\nSource: {each.url}\n{LINE}\n\n"
        text += each.text
    return text


def main(log, libraries, folder, cross=None):
    found = components(log, libraries, folder, cross)
    folder = pathlib.Path(folder)
    (folder / FILE).write_text(notices(found))
    described = [{**dataclasses.asdict(each), "text": None} for each in found]
    (folder / "components.json").write_text(json.dumps({"version": own_version(), "components": described}, indent=1))


if __name__ == "__main__":
    if len(sys.argv) not in (4, 5):
        raise SystemExit("usage: make_notices.py LINKER-LOG LIBRARIES FOLDER [CROSS-TOOLCHAIN]")
    main(*sys.argv[1:])
