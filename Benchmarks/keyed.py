#!/usr/bin/env python3
"""Compares submits with an Idempotency-Key to submits without one: each key is new, so it is claimed and completed.

`make bench` includes it; `python3 Benchmarks/keyed.py` runs it alone, once everything is built.
"""

import statistics

import certificate
import measure
import report
from certificate import Certificate
from measure import WARM_INVOCATIONS, by_turns
from programs import FUNCTION, KEYED, KEYED_PACKAGE, PACKAGE, Program, unpack
from report import KeyedRow


def table(runs: int, starts: int, tls: Certificate) -> str:
    """The table of long runs of the function, and of cold starts of the package over TLS."""
    warm = by_turns(runs, measure.warm, [KEYED, FUNCTION])
    cold = by_turns(starts, lambda program: measure.run(program, 1, tls=tls), [KEYED_PACKAGE, PACKAGE])

    def medians(results: dict[Program, list[dict]], key: str, scale: float = 1) -> list[float]:
        return [statistics.median(each[key] for each in runs) * scale for runs in results.values()]

    def worst(key: str) -> list[float]:
        return [max(each[key] for each in runs) for runs in warm.values()]

    ms, one, two = 1 / 1000, "{:,.1f}", "{:,.2f}"
    rows = [
        KeyedRow("user instructions per warm invocation", measure.instructions(KEYED), measure.instructions(FUNCTION)),
        KeyedRow("latency warm, p50, µs", *medians(warm, "latency_p50_us")),
        KeyedRow("latency warm, p99, µs", *medians(warm, "latency_p99_us")),
        KeyedRow("CPU per warm invocation, µs", *medians(warm, "cpu_us")),
        KeyedRow("system calls per warm invocation", measure.syscalls(KEYED), measure.syscalls(FUNCTION), one),
        KeyedRow(f"connections to the table, {WARM_INVOCATIONS:,} warm", *worst("table_connections"), limit=1),
        KeyedRow(f"connections to Batch, {WARM_INVOCATIONS:,} warm", *worst("batch_connections"), limit=1),
        KeyedRow("package: cold start, verified TLS, ms", *medians(cold, "spawn_to_response_us", ms), two),
        KeyedRow("package: first invocation, verified TLS, ms", *medians(cold, "first_invocation_us", ms), two),
    ]
    return report.keyed_table(rows)


if __name__ == "__main__":
    unpack()
    print(table(5, 31, certificate.make()))
