#!/usr/bin/env python3
"""Compares the function and its package with the floor and the peer, prints the ratios and writes them to RESULTS.md.

Run `make bench`, which builds everything needed. All programs are measured alternately in one run, so that the ratios
hold whatever else the machine does. A missed budget is printed but is not an error.
"""

import argparse
import json
import shutil
import statistics
import sys
from pathlib import Path

import certificate
import gateway
import keyed
import machine
import measure
import report
from measure import WARM_INVOCATIONS, by_turns
from programs import FLOOR, FOLDER, FUNCTION, PACKAGE, PEER, PROGRAMS, ZIP, Program, unpack
from report import Row, StartRow

# The share of a core that the SAM template's 128 MB get: 1,769 MB get a whole one
# (https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html).
CORE_SHARE = 128 / 1769


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cold", type=int, default=31, help="starts of each, over HTTP and over TLS (%(default)s)")
    parser.add_argument("--warm", type=int, default=5, help="long runs of each program (%(default)s)")
    parser.add_argument("--no-write", action="store_true", help="leave RESULTS.md unchanged")
    arguments = parser.parse_args()
    for tool in ("valgrind", "strace", "openssl", "wrk", "curl"):
        if not shutil.which(tool):
            raise SystemExit(f"bench: {tool} is missing. Run: apt-get install valgrind strace openssl wrk curl")

    facts = machine.describe()
    unpack()
    tls = certificate.make()
    say("One invocation each, to check that all do the same work ...")
    check_same_work({program: measure.run(program, 1) for program in [*PROGRAMS, PACKAGE]})
    say(f"{arguments.cold} cold starts each, over HTTP and over TLS ...")
    plain = by_turns(arguments.cold, lambda program: measure.run(program, 1))
    verified = by_turns(arguments.cold, lambda program: measure.run(program, 1, tls=tls))
    say(f"{arguments.warm} times {WARM_INVOCATIONS:,} warm invocations each ...")
    say(f"{arguments.cold} starts each, including the package ...")
    starts = Starts(arguments.cold, tls)
    warm = by_turns(arguments.warm, measure.warm)
    say("System calls, then instructions under callgrind ...")
    calls = {program: measure.syscalls(program) for program in PROGRAMS}
    instructions = {program: measure.instructions(program) for program in PROGRAMS}

    def medians(results, key: str, scale: float = 1) -> list[float]:
        return [statistics.median(result[key] for result in results[program]) * scale for program in PROGRAMS]

    def worst(key: str) -> list[int]:
        return [max(result[key] for result in warm[program]) for program in PROGRAMS]

    mib, ms, one, two = 1 / 1024, 1 / 1000, "{:,.1f}", "{:,.2f}"
    rows = [
        Row("user instructions per warm invocation", *values(instructions), ratio=0.65),
        Row("spawn to first `/next`, ms", *medians(plain, "spawn_to_next_us", ms), two, ratio=1.35),
        Row("peak memory, plain HTTP, MiB", *medians(warm, "peak_memory_kib", mib), two, ratio=1.35),
        Row(f"connections to the Runtime API, {WARM_INVOCATIONS:,} warm", *worst("runtime_connections"), limit=1),
        Row(f"connections to Batch, {WARM_INVOCATIONS:,} warm", *worst("batch_connections"), limit=1),
        Row("cold start, plain HTTP, ms", *medians(plain, "spawn_to_response_us", ms), two),
        Row("cold start, verified TLS, ms", *medians(verified, "spawn_to_response_us", ms), two),
        Row("peak memory after a cold start over TLS, MiB", *medians(verified, "peak_memory_kib", mib), two),
        Row("latency warm, p50, µs", *medians(warm, "latency_p50_us")),
        Row("latency warm, p90, µs", *medians(warm, "latency_p90_us")),
        Row("latency warm, p99, µs", *medians(warm, "latency_p99_us")),
        Row("CPU per warm invocation, µs", *medians(warm, "cpu_us")),
        Row("system calls per warm invocation", *values(calls), one),
        Row("size on disk, MiB (peer: without Python)", *(size(program.files) / 2**20 for program in PROGRAMS), two),
    ]
    stub = statistics.median(medians(warm, "batch_stub_us"))
    facts += [
        ("Medians of", f"{arguments.cold} cold starts, {arguments.warm} runs of {WARM_INVOCATIONS:,} warm invocations"),
        ("CA bundle of the TLS runs", f"{tls.authorities} certificates"),
        ("The Batch stub's own part of a latency", f"{stub:.0f} µs"),
    ]
    say("Submits with a key ...")
    keys = keyed.table(arguments.warm, arguments.cold, tls)
    say("The local gateway ...")
    lines = [f"- {name}: {fact}" for name, fact in facts]
    tables = [report.table(rows), "", report.start_table(starts.rows()), "", keys]
    text = "\n".join([*lines, "", *tables, "", gateway.report(5)])
    print(text)
    if not arguments.no_write:
        report.write(FOLDER / "RESULTS.md", text)


class Starts:
    """The package's starts compared with the others', each as in use: over TLS, the others load the system's bundle."""

    def __init__(self, rounds: int, tls: certificate.Certificate):
        everything = [*PROGRAMS, PACKAGE]
        self.plain = by_turns(rounds, lambda program: measure.run(program, 1), [FLOOR, PACKAGE])
        self.verified = by_turns(rounds, lambda program: measure.run(program, 1, tls=tls), everything)
        self.late = by_turns(rounds, lambda program: measure.run(program, 1, tls=tls, late=True), [PACKAGE])
        self.uncached = None
        if measure.drop_caches():
            # Only a few, because every other program on this machine has to read its files again, too.
            self.uncached = by_turns(
                min(rounds, 5), lambda program: measure.drop_caches() and measure.run(program, 1, tls=tls), everything)

        self.slowed = None
        with measure.CoreShare(CORE_SHARE) as under:
            if under:
                self.slowed = by_turns(
                    min(rounds, 9), lambda program: measure.run(program, 1, tls=tls, under=under), everything)

    def rows(self) -> list[StartRow]:
        def median(results, program: Program, key: str, scale: float) -> float:
            return statistics.median(result[key] for result in results[program]) * scale

        def start(name: str, results, budgets: dict[Program, float | None]) -> list[StartRow]:
            cold = {program: median(results, program, "spawn_to_response_us", 1 / 1000) for program in results}
            package = cold[PACKAGE]
            return [StartRow(name, package, other.name, cold[other], ratio=limit) for other, limit in budgets.items()]

        ms = 1 / 1000
        rows = start("cold start, verified TLS, ms", self.verified, {FUNCTION: 0.2, FLOOR: None, PEER: 0.03})
        if self.uncached:
            rows += start("the same, files read from disk, ms", self.uncached, dict.fromkeys(PROGRAMS))
        if self.slowed:
            rows += start(f"the same, limited to {CORE_SHARE:.1%} of a core, ms", self.slowed, dict.fromkeys(PROGRAMS))
        first = [median(results, PACKAGE, "first_invocation_us", ms) for results in (self.verified, self.late)]
        init = [median(self.plain, program, "spawn_to_next_us", ms) for program in (PACKAGE, FLOOR)]
        return rows + [
            StartRow(
                "first invocation, verified TLS, ms", first[0], "without init's connection", first[1], ratio=0.25),
            StartRow("spawn to first `/next`, plain HTTP, ms", init[0], "floor", init[1], ratio=0.4),
            StartRow(
                "peak memory after a cold start over TLS, MB",
                median(self.verified, PACKAGE, "peak_memory_kib", 1024 / 1e6), "", limit=9),
            StartRow("size of the zip, MB", ZIP.stat().st_size / 1e6, "", limit=4),
        ]  # fmt: skip


def values(measured: dict[Program, float]) -> list[float]:
    return [measured[program] for program in (FUNCTION, FLOOR, PEER)]


def check_same_work(results: dict[Program, dict]) -> None:
    """Stops if a program sends another job or response than the function, because it couldn't be compared."""
    for program, result in results.items():
        body = json.loads(result["response"].pop("body"))
        # Each run of the harness has other ids.
        headers = result["response"]["headers"]
        headers["Location"] = headers["Location"].replace(body["jobId"], "JOB-ID")
        same = (result["job"], result["response"], body.keys())
        expected = (results[FUNCTION]["job"], results[FUNCTION]["response"], {"jobArn", "jobName", "jobId"})
        if same != expected:
            raise SystemExit(f"bench: the {program.name} does other work than the function: {same}")


def size(path: Path) -> int:
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    # Only what runs, not the installer.
    return sum(file.stat().st_size for file in files if not {"pip", "setuptools"} & set(file.parts))


def say(text: str) -> None:
    print(text, file=sys.stderr)


if __name__ == "__main__":
    main()
