"""A short run of the wire campaign; `make fuzz-wire` runs it in full."""

import pathlib
import sys

import fuzz_wire
import pytest


def campaign(*options):
    return fuzz_wire.Campaign(fuzz_wire.parsed(["--seed=1", *options]))


@pytest.mark.parametrize(("tls", "events", "responses"), [(False, 4_000, 600), (True, 400, 200)], ids=["plain", "TLS"])
def test_hostile_events_and_responses(tls, events, responses):
    running = campaign(f"--events={events}", f"--responses={responses}", *["--tls"] * tls)

    assert running.run(), running.faults

    # What would prove nothing if it did not happen.
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


@pytest.mark.parametrize("options", [
    ["--events=0"], ["--events=1e3"], ["--events=10;id"], ["--events=10", "--responses=11"], ["--seed=-1"], ["--only=a"]])
def test_a_number_that_is_not_one(options, capsys):
    with pytest.raises(SystemExit):
        fuzz_wire.parsed(options)
    assert "error: " in capsys.readouterr().err
