#!/usr/bin/env python3
"""Writes Linker/start-order.txt: the functions that a start of the package runs, one of each section that the linker moves.

Run `make start-order`, after changes of what a start does. The linker puts these sections side by side, so that a start
touches fewer pages: less memory, and less to read from disk. Names that don't exist in a build are ignored.
"""

import dataclasses
import os
import re
import subprocess
import sys

import certificate
import measure
from programs import ARCH, BUILD, FOLDER, Program, unpack

ROOT = FOLDER.parent
LIST = ROOT / "Linker" / "start-order.txt"
SCRATCH = BUILD / "start-order"
EXECUTABLE = SCRATCH / "release" / "SubmitJobFunction"
MAP = SCRATCH / "map"
# A section, or the symbol in it, by the spaces in front of its name.
LINE = re.compile(r"\s*[0-9a-f]+\s+[0-9a-f]+\s+[0-9a-f]+\s+\d+ (\s*)(.*)$")
INPUT_SECTION, SYMBOL = 8, 16


def build() -> None:
    """Links as `make package` does, but keeps the symbols and writes the linker's map."""
    libraries = subprocess.run(
        [ROOT / "scripts/build-static-libraries.sh", ARCH, ROOT / ".build/package" / ARCH],
        check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
    EXECUTABLE.unlink(missing_ok=True)
    subprocess.run(
        ["swift", "build", "-c", "release", "--product", "SubmitJobFunction", "--scratch-path", SCRATCH,
         "-debug-info-format", "none", "-Xswiftc", "-use-ld=lld", "-Xlinker", "--gc-sections", "-Xlinker", f"-Map={MAP}"],
        check=True, cwd=ROOT, stdout=sys.stderr,
        env={**os.environ, "APIGW_BATCH_PACKAGING": "1", "PKG_CONFIG_PATH": f"{libraries}/pkgconfig"})


def called(program: Program, invocations: int, tls: certificate.Certificate) -> set[str]:
    """The functions that are called from the start to the last response, over TLS."""
    path = BUILD / f"callgrind.{program.name}.{invocations}"
    path.unlink(missing_ok=True)
    # As the package loads its roots.
    tls = dataclasses.replace(tls, bundle=tls.small_folder)
    measure.run(program, invocations, tls=tls, under=[
        "valgrind", "--quiet", "--tool=callgrind", "--demangle=no", f"--callgrind-out-file={path}"])
    # A repeated name is written once, with a number; recursion adds an apostrophe and a level.
    return {name.split("'")[0] for name in re.findall(r"^c?fn=\(\d+\) (.*)$", path.read_text(), re.M)}


def first_of_each_section(functions: set[str]) -> list[str]:
    """One of these functions of every section, in the linker's own order, which keeps what is alike together."""
    names, found = [], True
    for line in MAP.read_text().splitlines():
        if match := LINE.match(line):
            indentation, name = len(match[1]), match[2]
            if indentation == INPUT_SECTION:
                found = False
            elif indentation == SYMBOL and not found and name in functions:
                names.append(name)
                found = True
    return names


def main() -> None:
    build()
    unpack()
    tls = certificate.make()
    program = Program("start-order", (str(EXECUTABLE),), (1, 20), EXECUTABLE)
    functions = set().union(*(called(program, invocations, tls) for invocations in program.lengths))
    names = first_of_each_section(functions)
    LIST.write_text("".join(f"{name}\n" for name in names))
    print(f"{LIST.relative_to(ROOT)}: {len(names)} sections, {len(functions)} functions")


if __name__ == "__main__":
    main()
