#!/usr/bin/env python3
"""Compares the function and its package with C and other peers, prints the ratios and writes them to RESULTS.md.

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
import peers
import report
from measure import WARM_INVOCATIONS, by_turns
from programs import (
    AWS_LAMBDA_CPP, FLOOR, FOLDER, FUNCTION, GO, GO_FEW_ROOTS, PACKAGE, PACKAGE_PEERS, PEER, PROGRAMS, STATIC_C, ZIP,
    Program, unpack,
)  # fmt: skip
from report import PackageRow, Row

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
    missing = peers.build()
    facts += peers.describe(missing)
    packaged = [PACKAGE, *(program for program in PACKAGE_PEERS if program not in missing)]
    say("One invocation each, to check that all do the same work ...")
    check_same_work({program: measure.run(program, 1) for program in [*PROGRAMS, *packaged]})
    say(f"{arguments.cold} cold starts each, over HTTP and over TLS ...")
    plain = by_turns(arguments.cold, lambda program: measure.run(program, 1))
    verified = by_turns(arguments.cold, lambda program: measure.run(program, 1, tls=tls))
    say(f"{arguments.warm} times {WARM_INVOCATIONS:,} warm invocations each ...")
    say(f"{arguments.cold} starts each, including the package and its peers ...")
    starts = Starts(arguments.cold, tls, packaged, missing)
    warm = by_turns(arguments.warm, measure.warm)
    say("System calls, then instructions under callgrind ...")
    calls = {program: measure.syscalls(program) for program in PROGRAMS}
    instructions = {program: measure.instructions(program) for program in PROGRAMS}
    # The roots make no difference over plain HTTP.
    costs = {program: measure.instructions(program) for program in packaged if program != GO_FEW_ROOTS}

    def medians(results, key: str, scale: float = 1) -> list[float]:
        return [statistics.median(result[key] for result in results[program]) * scale for program in PROGRAMS]

    def worst(key: str) -> list[int]:
        return [max(result[key] for result in warm[program]) for program in PROGRAMS]

    mib, ms, one, two = 1 / 1024, 1 / 1000, "{:,.1f}", "{:,.2f}"
    rows = [
        Row("user instructions per warm invocation", *values(instructions)),
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
    warm_rows = compared(
        "user instructions per warm invocation", costs, {STATIC_C: 0.65, AWS_LAMBDA_CPP: None, GO: None}, missing,
        "{:,.0f}")  # fmt: skip
    tables = [report.table(rows), "", report.package_table(starts.rows() + warm_rows), "", keys]
    text = "\n".join([*lines, "", *tables, "", gateway.report(5)])
    print(text)
    if not arguments.no_write:
        report.write(FOLDER / "RESULTS.md", text)


class Starts:
    """The package's starts compared with the others', each with the roots that its Program says, over TLS."""

    def __init__(
        self, rounds: int, tls: certificate.Certificate, packaged: list[Program], missing: dict[Program, str]
    ):
        everything = [*PROGRAMS, *packaged]
        self.missing = missing
        self.plain = by_turns(rounds, lambda program: measure.run(program, 1), [FLOOR, PACKAGE])
        self.verified = by_turns(rounds, lambda program: measure.run(program, 1, tls=tls), everything)
        self.late = by_turns(rounds, lambda program: measure.run(program, 1, tls=tls, late=True), [PACKAGE])
        self.uncached = None
        if measure.drop_caches():
            # Only a few, because every other program on this machine has to read its files again, too.
            self.uncached = by_turns(
                min(rounds, 9), lambda program: measure.drop_caches() and measure.run(program, 1, tls=tls), everything)

        self.slowed = None
        with measure.CoreShare(CORE_SHARE) as under:
            if under:
                self.slowed = by_turns(
                    min(rounds, 15), lambda program: measure.run(program, 1, tls=tls, under=under), everything)

    def rows(self) -> list[PackageRow]:
        ms = 1 / 1000

        def median(results, program: Program, key: str, scale: float = ms) -> float:
            return statistics.median(result[key] for result in results[program]) * scale

        def cold(name: str, results, budgets: dict[Program, float]) -> list[PackageRow]:
            times = {program: median(results, program, "spawn_to_response_us") for program in results}
            return compared(name, times, dict.fromkeys([*PROGRAMS, *PACKAGE_PEERS]) | budgets, self.missing)

        rows = cold(
            "cold start, verified TLS, ms", self.verified, {FUNCTION: 0.2, PEER: 0.03, STATIC_C: 1.05, GO: 0.55})
        if self.uncached:
            rows += cold("the same, files read from disk, ms", self.uncached, {GO: 0.8})
        if self.slowed:
            share = f"the same, limited to {CORE_SHARE:.1%} of a core, ms"
            rows += cold(share, self.slowed, {STATIC_C: 1, GO: 0.4})
        first = [median(results, PACKAGE, "first_invocation_us") for results in (self.verified, self.late)]
        init = [median(self.plain, program, "spawn_to_next_us") for program in (PACKAGE, FLOOR)]
        peaks = {program: median(self.verified, program, "peak_memory_kib", 1024 / 1e6) for program in self.verified}
        peak = "peak memory after a cold start over TLS, MB"
        return [
            *rows,
            PackageRow(
                "first invocation, verified TLS, ms", first[0], "without init's connection", first[1], ratio=0.25),
            PackageRow("spawn to first `/next`, plain HTTP, ms", init[0], "floor", init[1], ratio=0.4),
            PackageRow(peak, peaks[PACKAGE], "", limit=6),
            *compared(peak, peaks, dict.fromkeys([STATIC_C, AWS_LAMBDA_CPP, GO]), self.missing),
            PackageRow("size of the zip, MB", ZIP.stat().st_size / 1e6, "", limit=4),
        ]  # fmt: skip


def compared(
    name: str, measured: dict[Program, float], budgets: dict[Program, float | None], missing: dict[Program, str],
    form: str = "{:,.2f}",
) -> list[PackageRow]:  # fmt: skip
    """The rows that compare the package with other programs, each with its budget, if any."""
    return [
        PackageRow(
            name, measured[PACKAGE], other.name, measured.get(other), form, ratio=limit, missing=missing.get(other, ""))
        for other, limit in budgets.items()
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
