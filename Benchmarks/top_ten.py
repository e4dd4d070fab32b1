#!/usr/bin/env python3
"""What a warm invocation of the function spends its instructions on: the ten functions with most of their own."""

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
        raise SystemExit("profile: valgrind is missing. Type: apt-get install valgrind")
    short, long = FUNCTION.lengths
    spent = counts(short, long)
    total = sum(spent.values())
    print(f"{total / (long - short):,.0f} instructions per warm invocation of the function, by its own work:\n")
    show(spent, 10, long - short, total)
    print("\nThe same by object:\n")
    objects = Counter()
    for (_, place), count in spent.items():
        objects["", place] += count
    show(objects, 6, long - short, total)


def counts(short: int, long: int) -> Counter:
    """Instructions by function and object that the longer run has more than the shorter one."""
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
            # callgrind_annotate leaves out the object now and then, of the main program only.
            count, name, place = match.groups()
            spent[name, Path(place or FUNCTION.command[0]).name] += int(count.replace(",", ""))
    return spent


def show(spent: Counter, rows: int, invocations: int, total: int) -> None:
    for (name, place), count in spent.most_common(rows):
        # Of a stripped library there are addresses only.
        what = f"{name} ({place})" if name else place
        print(f"{count / invocations:10,.0f}  {100 * count / total:4.1f} %  {what[:130]}")


if __name__ == "__main__":
    main()
