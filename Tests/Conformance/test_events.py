"""Every sample event gets the response from the real function that events/README.md promises."""

import json
import os
import subprocess

import pytest

from function import ROOT
from sample_events import EVENTS, PROMISES
from services import COMMAND
from time_limits import at_most


@pytest.mark.parametrize(("file", "status"), PROMISES, ids=[file for file, _ in PROMISES])
def test_an_event_gets_the_status_in_the_table(file, status):
    assert os.access(COMMAND, os.X_OK), f"{COMMAND} is not built. Run: make build"

    run = subprocess.run(
        [COMMAND, "invoke", f"events/{file}"],
        cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=at_most(60),
    )

    if status == "error":
        assert (run.stdout, run.returncode) == ("", 2), run.stdout
        assert run.stderr.splitlines()[-1].startswith("Function.UnsupportedEvent: "), run.stderr
        return

    assert run.stdout, f"no response on stdout; stderr was:\n{run.stderr}"
    response = json.loads(run.stdout)
    status = int(status)
    assert response["statusCode"] == status, f"{response}\n{run.stderr}"
    assert run.returncode == (0 if status < 300 else 1), run.stderr

    body = json.loads(response["body"])
    if status < 300:
        assert body["jobs"] == [] if "-list" in file else body["jobId"] and body["jobName"], response
    else:
        assert (body["status"], body["submitted"]) == (status, "no"), response


def test_every_event_has_one_row_and_every_row_an_event():
    files = sorted(path.name for path in EVENTS.glob("*.json"))
    assert files, "no events found"
    assert sorted(file for file, _ in PROMISES) == files


def test_every_event_is_json():
    for path in EVENTS.glob("*.json"):
        json.loads(path.read_text(encoding="utf-8"))
