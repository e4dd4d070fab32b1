"""Sends requests with Idempotency-Keys while everything fails, and counts the jobs: `make campaign`.

    campaign.py [--keys N] [--seed N] [--table embedded|moto|both] [--only N or N-M] [--binary PATH]

Processes of the function are killed and frozen, requests and responses are lost, late, throttled and refused, events
are delivered again, and requests race. Every client sends its request until it has a response. In the end each key must
have exactly one job in Batch, and each response with status 200 must name it. Prints statistics, and exits with 1 if
anything was wrong. Every fault comes with the command that repeats its key. See campaign_plan.py for what may happen,
and campaign_ledger.py for what counts as wrong.
"""

import argparse
import collections
import multiprocessing
import multiprocessing.connection
import os
import sys
import time

from campaign_plan import SETTLE
from function import BINARY
from make_options import Target

TARGET = Target("campaign")
SHOWN_PER_KIND = 3
# The largest number of keys of a world, by its table: moto takes several times as long for a request.
SIZES = {"embedded": 2_400, "moto": 800}
# Worlds at once. All that one does in the end is to wait, so the next one may have begun.
WORLDS = 3


def kind(text):
    if text not in ("embedded", "moto", "both"):
        TARGET.refuse(f"TABLE must be embedded, moto or both, not {text!r}", "TABLE=embedded")
    return text


def parsed(arguments):
    parser = argparse.ArgumentParser(description="Prove that a key makes one job, whatever fails.")
    parser.add_argument(
        "--keys", type=TARGET.natural("KEYS", 2000, least=1), default=2_000, help="how many keys to use (2000)")
    parser.add_argument("--seed", type=TARGET.natural("SEED", 1), default=20261129, help="the seed of all random choices")
    parser.add_argument("--table", type=kind, default="both", help="embedded, moto or both (both)")
    parser.add_argument("--only", type=TARGET.span("ONLY", "key", "12"), help="use only these keys, such as 12 or 12-15")
    parser.add_argument("--binary", default=BINARY, help="the function to run (the release build)")
    parser.add_argument("--settle", type=int, default=SETTLE, help=f"IDEMPOTENCY_SETTLES_AFTER, in seconds ({SETTLE})")
    parser.add_argument("--force", help="a fault of the first SubmitJob request of every key, such as late")
    return parser.parse_args(arguments)


def worlds(options):
    """The keys of each world, and its table. All keys with the same text are in one world."""
    tables = ["embedded", "moto"] if options.table == "both" else [options.table]
    # As many rounds as it takes, all alike.
    whole = sum(SIZES[table] for table in tables)
    count = -(-options.keys // whole)
    start = 1
    for index in range(count * len(tables)):
        table = tables[index % len(tables)]
        size = -(-options.keys * SIZES[table] // (4 * count * whole)) * 4
        numbers = range(start, min(start + size, options.keys + 1))
        start += size
        wanted = [number for number in numbers if not options.only or number in options.only]
        if wanted:
            yield wanted, table


def work(options, numbers, table, pipe):
    """The main function of a world's process."""
    # Imported only here, so that a mistake in an option is reported at once.
    from campaign_world import World
    World(options, numbers, table, lambda counts, faults: pipe.send((counts, faults))).run_all()


class Campaign:
    """The worlds' processes and their reports."""

    def __init__(self, options):
        self.options = options
        self.counts = collections.Counter()
        self.faults = []
        self.began = self.told = time.monotonic()
        self.waiting = list(worlds(options))
        self.processes = {}
        self.is_whole = True

    def run(self):
        """Runs the campaign, and returns whether everything was right."""
        while self.waiting or self.processes:
            while self.waiting and len(self.processes) < WORLDS:
                self.start(*self.waiting.pop(0))
            for receiver in multiprocessing.connection.wait(list(self.processes), timeout=5):
                try:
                    counts, faults = receiver.recv()
                except EOFError:
                    process = self.processes.pop(receiver)
                    process.join()
                    self.is_whole = self.is_whole and process.exitcode == 0
                    continue
                self.counts.update(counts)
                for fault in faults:
                    self.take(*fault)
            if time.monotonic() - self.told > 10:
                self.told = time.monotonic()
                print(f"{self.told - self.began:4.0f} s: {self.counts['invocations']} invocations, "
                      f"{len(self.faults)} faults", flush=True)
        self.summary()
        return self.is_whole and not self.faults

    def start(self, numbers, table):
        receiver, sender = multiprocessing.Pipe(duplex=False)
        process = multiprocessing.Process(target=work, args=(self.options, numbers, table, sender))
        process.start()
        sender.close()
        self.processes[receiver] = process

    def take(self, number, kind, text, about):
        self.faults.append((number, kind))
        if sum(each == kind for _, each in self.faults) <= SHOWN_PER_KIND:
            print(f"FAULT seed {self.options.seed} key {number}, {kind}: {text}\n  {about}\n"
                  f"  run again: {self.again(number)}", flush=True)

    def again(self, number):
        options = self.options
        return (f"make campaign SEED={options.seed} KEYS={options.keys} TABLE={options.table}"
                f"{f' ONLY={number}' if number else ''}")

    def summary(self):
        took, counts = time.monotonic() - self.began, self.counts
        print(f"seed {self.options.seed}, table {self.options.table}, {self.options.binary}, {took:.0f} s")
        for name in ["keys", "jobs"]:
            print(f"{counts.pop(name, 0):9} {name}")
        for name in sorted(counts):
            print(f"{counts[name]:9} {name}")
        kinds = collections.Counter(kind for _, kind in self.faults)
        print(f"{len(self.faults):9} faults {dict(kinds) if kinds else ''}")
        if not self.is_whole:
            print("          and a world ended early")


def main():
    options = parsed(sys.argv[1:])
    if not os.access(options.binary, os.X_OK):
        sys.exit(f"{options.binary} is missing; run: make build")
    sys.exit(0 if Campaign(options).run() else 1)


if __name__ == "__main__":
    main()
