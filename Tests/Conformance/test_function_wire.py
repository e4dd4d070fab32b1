"""A short run of the wire campaign; `make fuzz-wire` runs it in full."""

import fuzz_wire
import pytest


@pytest.mark.parametrize(("tls", "events", "responses"), [(False, 4_000, 600), (True, 400, 200)], ids=["plain", "TLS"])
def test_hostile_events_and_responses(tls, events, responses):
    campaign = fuzz_wire.Campaign(fuzz_wire.parsed(
        [f"--events={events}", f"--responses={responses}", "--seed=1", *["--tls"] * tls]))

    assert campaign.run(), campaign.faults

    # What would prove nothing if it did not happen.
    counts = campaign.counts
    assert counts["cases"] == events
    assert counts["hostile responses"] >= responses * 0.9
    assert counts["redeliveries"] >= events * 0.05
    assert counts["strays"] >= responses * 0.2
    assert counts["failed posts"] >= events * 0.02
    assert counts["accepted jobs"] >= responses
