"""Two thousand keys of the campaign, and the proof that it would find a second job."""

import pathlib
import re
import subprocess
import sys

import pytest

from campaign_plan import BATCH_FAULTS, DEATH_PLACES, TABLE_FAULTS
from mutations import SEED
from time_limits import at_most


def campaign(*arguments):
    return subprocess.run(
        [sys.executable, str(pathlib.Path(__file__).with_name("campaign.py")), *arguments], capture_output=True,
        text=True, timeout=at_most(400))


def test_every_key_gets_exactly_one_job_whatever_fails():
    done = campaign("--keys", "2000", "--seed", str(SEED))
    assert done.returncode == 0, done.stdout + done.stderr
    counts = {name: int(count) for count, name in re.findall(r"^ *(\d+) (.+)$", done.stdout, re.MULTILINE)}
    assert counts["keys"] == counts["jobs"] == 2000
    # Everything that can happen did.
    happened = [f"fault: table: {name}" for name in TABLE_FAULTS] + [f"fault: Batch: {name}" for name in BATCH_FAULTS]
    happened += [place if place.startswith("frozen") else f"killed: {place}" for place in DEATH_PLACES]
    happened += ["redeliveries", "replays", "jobs found in Batch", "take-overs", "keys that were not freed at once"]
    assert [name for name in happened if not counts.get(name)] == []


def test_a_key_that_is_run_again_too_soon_is_found():
    """Without the settle time, a request that arrives late makes a second job."""
    done = campaign("--keys", "48", "--seed", "1", "--table", "embedded", "--settle", "0", "--force", "late")
    assert done.returncode == 1, done.stdout + done.stderr
    assert re.search(r"^FAULT seed 1 key \d+, 2 jobs: ", done.stdout, re.MULTILINE), done.stdout
    assert "run again: make campaign SEED=1 KEYS=48 TABLE=embedded ONLY=" in done.stdout


@pytest.mark.parametrize(("option", "value", "advice"), [
    ("--keys", "many", "make campaign KEYS=2000"), ("--keys", "0", "make campaign KEYS=2000"),
    ("--seed", "-1", "make campaign SEED=1"), ("--table", "mine", "make campaign TABLE=embedded"),
    ("--only", "3-2", "make campaign ONLY=12"),
])
def test_a_mistake_is_named_with_a_command_that_works(option, value, advice):
    done = campaign(f"{option}={value}")
    assert done.returncode == 1
    assert f"'{value}'; run: {advice}" in done.stderr
