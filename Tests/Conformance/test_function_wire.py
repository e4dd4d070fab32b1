"""A short run of the wire campaign; `make fuzz-wire` runs it in full."""

import pathlib
import re
import sys

import fuzz_wire
import pytest


def campaign(*options):
    return fuzz_wire.Campaign(fuzz_wire.parsed(["--seed=1", *options]))


@pytest.mark.parametrize(("tls", "events", "responses"), [(False, 4_000, 600), (True, 400, 200)], ids=["plain", "TLS"])
def test_hostile_events_and_responses(tls, events, responses):
    running = campaign(f"--events={events}", f"--responses={responses}", *["--tls"] * tls)

    assert running.run(), running.faults

    # The test would prove nothing if one of these had not occurred.
    counts = running.counts
    assert counts["cases"] == events
    assert counts["hostile responses"] >= responses * 0.9
    assert counts["redeliveries"] >= events * 0.05
    assert counts["strays"] >= responses * 0.2
    assert counts["failed posts"] >= events * 0.02
    assert counts["accepted jobs"] >= responses


def test_a_careless_function_fails(tmp_path):
    program = tmp_path / "function"
    script = pathlib.Path(__file__).with_name("careless_function.py")
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{script}"\n')
    program.chmod(0o755)
    running = campaign("--events=120", "--responses=30", f"--binary={program}")

    assert not running.run()

    kinds = {kind for _, kind in running.faults}
    assert kinds >= {"second job", "second submit", "redelivery", "forbidden submit", "not an error"}


@pytest.mark.parametrize("arguments, words", [
    (["--events=x"], "EVENTS must be a whole number from 1 to 999999999, not 'x'; run: make fuzz-wire EVENTS="),
    (["--events=10;id"], "EVENTS must be a whole number"),
    (["--events=0"], "EVENTS must be a whole number from 1"), (["--events=1e3"], "EVENTS must be a whole number"),
    (["--responses=-1"], "RESPONSES must be a whole number from 0"), (["--seed=²"], "SEED must be a whole number"),
    (["--events=100"], "RESPONSES must be at most EVENTS, 100, not 20000; run: make fuzz-wire EVENTS=100 RESPONSES=10"),
    (["--only=0"], "ONLY must be the number of a case, from 1, or two with a hyphen between them, not '0'; run: make fuzz-wire ONLY="),
    (["--only=5-3"], "ONLY must be the number"), (["--only=5-"], "ONLY must be the number"), (["--only="], "ONLY must be"),
    (["--tls=2"], "TLS must be 1 (to have Batch behind TLS) or 0, not '2'; run: make fuzz-wire TLS=1"),
    (["--tls=no"], "TLS must be 1"),
])
def test_an_invalid_option(arguments, words):
    with pytest.raises(SystemExit, match=f"^{re.escape(f'fuzz-wire: {words}')}") as ended:
        fuzz_wire.parsed(arguments)
    assert "; run: make fuzz-wire " in str(ended.value)
