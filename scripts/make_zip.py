#!/usr/bin/env python3
"""Makes the package: make_zip.py EXECUTABLE ZIP [BUNDLE]

The executable becomes `bootstrap`, and Amazon's roots are taken from the system's bundle of CAs. The same files make
the same bytes: fixed dates, owners and modes, entries in their order.
"""

import os
import pathlib
import sys
import zipfile

import amazon_roots

BUNDLES = ["/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/certs/ca-certificates.crt", "/etc/ssl/cert.pem"]


def main(executable, path, bundle=None):
    bundle = bundle or next((each for each in BUNDLES if os.path.exists(each)), None)
    if bundle is None:
        raise SystemExit("package: this system has no bundle of CAs. Type: apt-get install ca-certificates")
    entries = {
        amazon_roots.FILE: (0o644, amazon_roots.extract(pathlib.Path(bundle).read_text()).encode()),
        "bootstrap": (0o755, pathlib.Path(executable).read_bytes()),
    }
    # Under another name until it's whole.
    unfinished = f"{path}.new"
    with zipfile.ZipFile(unfinished, "w") as package:
        for name, (mode, data) in sorted(entries.items()):
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            # Unix: else the mode counts for nothing.
            entry.create_system = 3
            entry.external_attr = (0o100000 | mode) << 16
            package.writestr(entry, data, zipfile.ZIP_DEFLATED, 9)
    os.replace(unfinished, path)


if __name__ == "__main__":
    main(*sys.argv[1:])
