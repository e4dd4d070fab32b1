#!/usr/bin/env python3
"""Lists the ten functions in which a warm invocation of the function spends most of its instructions."""

import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import measure
from programs import FUNCTION

LINE = re.compile(r"^\s*([\d,]+) \(.*?%\)\s+(?:.*?):(.+?)(?: \[(.*)\])?$")


def main() -> None:
    if not shutil.which("callgrind_annotate"):
        raise SystemExit("profile: valgrind is missing. Run: apt-get install valgrind")
    short, long = FUNCTION.lengths
    spent = counts(short, long)
    total = sum(spent.values())
    print(f"{total / (long - short):,.0f} instructions per warm invocation of the function, by function:\n")
    show(spent, 10, long - short, total)
    print("\nThe same by object:\n")
    objects = Counter()
    for (_, place), count in spent.items():
        objects["", place] += count
    show(objects, 6, long - short, total)


def counts(short: int, long: int) -> Counter:
    """The additional instructions of the longer run, by function and object."""
    spent = annotated(measure.callgrind(FUNCTION, long))
    spent.subtract(annotated(measure.callgrind(FUNCTION, short)))
    return spent


def annotated(path: Path) -> Counter:
    table = subprocess.run(
        ["callgrind_annotate", "--threshold=100", "--auto=no", str(path)],
        check=True, stdout=subprocess.PIPE, text=True,
    ).stdout  # fmt: skip
    demangled = subprocess.run(
        ["swift", "demangle", "--simplified"], check=True, input=table, stdout=subprocess.PIPE, text=True
    ).stdout
    spent = Counter()
    for line in demangled.splitlines():
        if match := LINE.match(line):
            # callgrind_annotate sometimes omits the object, but only for the main program.
            count, name, place = match.groups()
            spent[name, Path(place or FUNCTION.command[0]).name] += int(count.replace(",", ""))
    return spent


def show(spent: Counter, rows: int, invocations: int, total: int) -> None:
    for (name, place), count in spent.most_common(rows):
        # A stripped library has only addresses.
        what = f"{name} ({place})" if name else place
        print(f"{count / invocations:10,.0f}  {100 * count / total:4.1f} %  {what[:130]}")


if __name__ == "__main__":
    main()
