#!/usr/bin/env python3
"""Fetches the files of a list from Debian's archive, and checks their checksums: pinned.py LIST FOLDER TARGET

A line of the list has a file's SHA-256 and its path in the archive. TARGET is what to `make` again after a failure.
"""

import hashlib
import http.client
import os
import pathlib
import sys
import urllib.request

# Debian's archive drops a file once a newer version replaces it. Its snapshots keep every file; these are of days on which
# it had the versions in the lists.
SNAPSHOTS = "https://snapshot.debian.org/archive/debian"
ARCHIVES = ["http://deb.debian.org/debian", f"{SNAPSHOTS}/20261031T000000Z", f"{SNAPSHOTS}/20261122T000000Z"]


def say(text):
    print(f"package: {text}", file=sys.stderr, flush=True)


def pinned(path):
    """A list's pairs of checksum and path."""
    lines = (line.split() for line in pathlib.Path(path).read_text().splitlines() if line and not line.startswith("#"))
    return [(checksum, path) for checksum, path in lines]


def download(url, file, checksum):
    """Writes the file only once its checksum is verified."""
    partial = file.with_name(f"{file.name}.{os.getpid()}")
    digest = hashlib.sha256()
    try:
        with urllib.request.urlopen(url, timeout=60) as response, open(partial, "wb") as written:
            while chunk := response.read(1 << 20):
                digest.update(chunk)
                written.write(chunk)
        if digest.hexdigest() != checksum:
            raise OSError(f"its SHA-256 is {digest.hexdigest()}, not {checksum}")
        partial.rename(file)
    finally:
        partial.unlink(missing_ok=True)


def fetched(checksum, path, folder, target, otherwise=""):
    """The file in the folder, fetched from the first archive that has it."""
    file = folder / pathlib.PurePath(path).name
    if file.is_file() and hashlib.sha256(file.read_bytes()).hexdigest() == checksum:
        return file
    say(f"Fetching {file.name} ...")
    failures = []
    for archive in ARCHIVES:
        try:
            download(f"{archive}/{path}", file, checksum)
            return file
        except (OSError, http.client.HTTPException) as error:
            failures.append(f"{archive}/{path}: {error}")
    raise SystemExit("\n".join([
        *(f"package: {failure}" for failure in failures),
        f"package: {file.name} can't be fetched. Check the network, and run: make {target}",
        f"package: Or save a copy with the SHA-256 {checksum} as {file}{otherwise}"]))


if __name__ == "__main__":
    if len(sys.argv) != 4:
        raise SystemExit("usage: pinned.py LIST FOLDER TARGET")
    folder = pathlib.Path(sys.argv[2])
    for checksum, path in pinned(sys.argv[1]):
        fetched(checksum, path, folder, sys.argv[3])
