#!/usr/bin/env python3
"""Runs a command with the function that a user gives to make, FUNCTION: with_function.py COMMAND ...

It is a package, whose checksum is checked and which is unpacked into .build/given, or an executable. The command gets
its path as APIGW_BATCH_FUNCTION.
"""

import os
import pathlib
import shutil
import struct
import sys
import tempfile
import zipfile
import zlib

import check_zip
import checksum
import given
from stack import Failure, must
from unpack_zip import unpack

GIVEN = pathlib.Path(__file__).resolve().parents[1] / ".build/given"


def unpacked(package):
    """The folder of a package's files, named for its content: several commands may run at once."""
    folder = GIVEN / checksum.sha256(package)
    if not folder.is_dir():
        GIVEN.mkdir(parents=True, exist_ok=True)
        new = tempfile.mkdtemp(dir=GIVEN)
        try:
            unpack(package, new)
            os.chmod(new, 0o755)
            os.rename(new, folder)
        except OSError:
            # Another command was faster.
            if not folder.is_dir():
                raise
        finally:
            shutil.rmtree(new, ignore_errors=True)
    return folder


def check_machine(name, executable):
    """Rejects an executable for another architecture. What isn't ELF, such as a script, is left to the kernel."""
    start = executable.open("rb").read(20)
    if start[:4] == b"\x7fELF" and len(start) == 20:
        (number,) = struct.unpack_from("<H", start, 18)
        mine = given.machine()
        names = {machine: arch for arch, machine in check_zip.MACHINES.items()}
        theirs = names.get(number, f"ELF machine {number}")
        must(theirs == mine, f"FUNCTION {name!r} is for {theirs}, and this machine is {mine}; "
                             f"run: make run FUNCTION=FILE, with one for {mine}")


def executable(function, sha256=None):
    """The path of the function's executable."""
    path, name = pathlib.Path(function), str(function)
    advice = "run: make run FUNCTION=FILE, with a package or its bootstrap"
    given.check("run FUNCTION=FILE", SHA256=sha256)
    must(not path.is_dir(), f"FUNCTION names {name!r}, which is a folder; {advice}")
    must(path.is_file(), f"FUNCTION names {name!r}, which doesn't exist; {advice}")
    is_package = zipfile.is_zipfile(path)
    if is_package or sha256:
        fault = checksum.fault(path, sha256, "FUNCTION", "run")
        must(not fault, fault)
    if is_package:
        with zipfile.ZipFile(path) as package:
            must("bootstrap" in package.namelist(), f"FUNCTION {name!r} is a zip archive without bootstrap; {advice}")
        try:
            path = unpacked(path) / "bootstrap"
        except (zipfile.BadZipFile, zlib.error) as error:
            raise Failure(f"FUNCTION {name!r} can't be unpacked: {error}; {advice}") from None
    must(os.access(path, os.X_OK), f"FUNCTION {name!r} is neither a zip archive nor an executable file; {advice}")
    check_machine(name, path)
    return str(path.resolve())


def main(*command):
    try:
        function = executable(os.environ["given_FUNCTION"], os.environ.get("given_SHA256") or None)
    except Failure as error:
        print(f"function: {error}", file=sys.stderr)
        return 64
    os.environ["APIGW_BATCH_FUNCTION"] = function
    os.execvp(command[0], command)


if __name__ == "__main__":
    if len(sys.argv) < 2 or not os.environ.get("given_FUNCTION"):
        raise SystemExit("usage: make run FUNCTION=FILE")
    sys.exit(main(*sys.argv[1:]))
