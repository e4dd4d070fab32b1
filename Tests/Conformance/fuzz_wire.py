"""Sends hostile events and hostile Batch responses through the function, byte by byte: `make fuzz-wire`.

    fuzz_wire.py [--events N] [--responses N] [--seed N] [--only N or N-M] [--binary PATH] [--tls] [--verbose]

Of the EVENTS cases, RESPONSES have a valid event and a hostile response from Batch; the others have a hostile event or
a hostile Runtime API. Prints statistics at the end, and exits with 1 if anything was wrong. Every fault names the cases
that reproduce it. See fuzz_ledger.py for what counts as wrong.
"""

import argparse
import collections
import multiprocessing
import multiprocessing.connection
import pathlib
import sys
import tempfile
import time

from fuzz_worker import Worker
from function import BINARY
from make_options import Target

TARGET = Target("fuzz-wire")
SHOWN_PER_KIND = 3
# With more faults than this, a longer run would reveal nothing new.
MAXIMUM_FAULTS = 2_000


def switch(text):
    if text not in ("0", "1"):
        TARGET.refuse(f"TLS must be 1 (to have Batch behind TLS) or 0, not {text!r}", "TLS=1")
    return text == "1"


def parsed(arguments):
    parser = argparse.ArgumentParser(description="Fuzz the function's wire: the Runtime API's side, and Batch's.")
    parser.add_argument("--events", type=TARGET.natural("EVENTS", 200_000, least=1), default=200_000, help="how many cases to run (200000)")
    parser.add_argument("--responses", type=TARGET.natural("RESPONSES", 20_000), default=20_000,
        help="how many of them have a hostile response (20000)")
    parser.add_argument("--seed", type=TARGET.natural("SEED", 1), default=20261128, help="the seed of all random choices")
    parser.add_argument("--only", type=TARGET.span("ONLY", "case", "1229-1234"), help="run only these cases, such as 1234 or 1229-1234")
    parser.add_argument("--binary", default=BINARY, help="the function to run (the release build)")
    parser.add_argument("--workers", type=int, default=2, help="how many functions run in parallel (2)")
    parser.add_argument("--tls", type=switch, nargs="?", const=True, default=False, help="have Batch behind TLS (--tls=1)")
    parser.add_argument("--verbose", action="store_true", help="print every exchange; --only does")
    options = parser.parse_args(arguments)
    options.verbose = options.verbose or options.only is not None
    if options.responses > options.events:
        TARGET.refuse(f"RESPONSES must be at most EVENTS, {options.events}, not {options.responses}",
               f"EVENTS={options.events} RESPONSES={options.events // 10}")
    return options


def work(options, numbers, index, pipe):
    """The main function of a worker's process."""
    tls = bundle = None
    with tempfile.TemporaryDirectory() as folder:
        if options.tls:
            # Imported only here: it needs a package, while the rest needs only Python.
            from certificates import Authority
            authority = Authority(folder)
            tls, bundle = authority.server(), authority.bundle
        worker = Worker(
            options, numbers, lambda counts, faults: pipe.send((dict(counts), faults)), text_log=index % 2 == 1,
            tls=tls, bundle=bundle)
        worker.run()
        accepted = worker.batch.accepted, worker.runtime.accepted
        pipe.send((dict(zip(("connections to Batch", "connections to the Runtime API"), accepted)), []))


def shares(options):
    """The cases of each worker. They are consecutive, so that --only can repeat the cases before a fault as well."""
    numbers = options.only or range(1, options.events + 1)
    count = 1 if options.only else max(1, options.workers)
    return [numbers[len(numbers) * index // count:len(numbers) * (index + 1) // count] for index in range(count)]


class Campaign:
    """The workers' processes and their reports."""

    def __init__(self, options):
        self.options = options
        self.counts = collections.Counter()
        self.faults = []
        self.began = self.told = time.monotonic()
        self.processes = {}
        for index, numbers in enumerate(shares(options)):
            receiver, sender = multiprocessing.Pipe(duplex=False)
            process = multiprocessing.Process(target=work, args=(options, numbers, index, sender), daemon=True)
            process.start()
            sender.close()
            self.processes[receiver] = process

    def run(self):
        """Runs the campaign, and returns whether everything was right."""
        is_whole = True
        while self.processes:
            for receiver in multiprocessing.connection.wait(list(self.processes), timeout=5):
                try:
                    counts, faults = receiver.recv()
                except EOFError:
                    process = self.processes.pop(receiver)
                    process.join()
                    is_whole = is_whole and process.exitcode == 0
                    continue
                self.counts.update(counts)
                for fault in faults:
                    self.take(*fault)
            if len(self.faults) > MAXIMUM_FAULTS:
                self.stop()
                is_whole = False
            if time.monotonic() - self.told > 5:
                self.told = time.monotonic()
                self.progress()
        self.summary()
        return is_whole and not self.faults

    def take(self, number, kind, text, about):
        self.faults.append((number, kind))
        if sum(each == kind for _, each in self.faults) <= SHOWN_PER_KIND:
            print(f"FAULT seed {self.options.seed} case {number}, {kind}: {text}\n  {about}\n"
                  f"  run again: {self.again(max(1, number - 5), number)}", flush=True)

    def again(self, first, last):
        """The command line that repeats some cases. Those before a fault may have caused it."""
        options = self.options
        return (
            f"make fuzz-wire SEED={options.seed} EVENTS={options.events} RESPONSES={options.responses}"
            f"{' TLS=1' if options.tls else ''} ONLY={first}-{last}")

    def stop(self):
        for process in self.processes.values():
            process.terminate()

    def progress(self):
        took = time.monotonic() - self.began
        counts = self.counts
        print(f"{took:4.0f} s: {counts['cases']} cases, {counts['hostile responses']} hostile responses, "
              f"{len(self.faults)} faults, {counts['cases'] / took:.0f} cases/s", flush=True)

    def summary(self):
        took = time.monotonic() - self.began
        kinds = collections.Counter(kind for _, kind in self.faults)
        print(f"seed {self.options.seed}, {self.options.binary}, {took:.0f} s")
        for name in [
            "cases", "events", "redeliveries", "posts", "failed posts", "responses", "hostile responses", "strays",
            "accepted jobs",
            "second requests", "restarts", "crashes", "connections to Batch", "connections to the Runtime API",
        ]:
            print(f"{self.counts[name]:9} {name}")
        statuses = [f"{count} of {name}" for name, count in sorted(self.counts.items()) if name.startswith("status")]
        print("responses to callers:", ", ".join(statuses))
        for name in ["foreign job", "second submit", "second job"]:
            print(f"{kinds.pop(name, 0):9} {name} faults")
        print(f"{sum(kinds.values()):9} other faults {dict(kinds) if kinds else ''}")


def main():
    options = parsed(sys.argv[1:])
    if not pathlib.Path(options.binary).is_file():
        sys.exit(f"{options.binary} is missing; run: make build")
    sys.exit(0 if Campaign(options).run() else 1)


if __name__ == "__main__":
    main()
