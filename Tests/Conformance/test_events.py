"""Every sample event, through the real function, gets the answer that events/README.md promises."""

import json
import os
import pathlib
import re
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
EVENTS = ROOT / "events"
COMMAND = os.environ.get("APIGW_BATCH_COMMAND", str(ROOT / ".build/debug/apigw-batch"))

ROW = re.compile(r"^\| `(?P<file>[^`]+)` \| (?P<status>\d{3}|error) \| \S.* \|$", re.MULTILINE)
PROMISES = [(row["file"], row["status"]) for row in ROW.finditer((EVENTS / "README.md").read_text())]


@pytest.mark.parametrize(("file", "status"), PROMISES, ids=[file for file, _ in PROMISES])
def test_event_is_answered_as_the_table_says(file, status):
    assert os.access(COMMAND, os.X_OK), f"{COMMAND} is not built. Type: make build"

    run = subprocess.run(
        [COMMAND, "invoke", f"events/{file}"],
        cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60,
    )

    if status == "error":
        assert (run.stdout, run.returncode) == ("", 2), run.stdout
        assert run.stderr.splitlines()[-1].startswith("Function.UnsupportedEvent: "), run.stderr
        return

    assert run.stdout, f"no answer on stdout; stderr was:\n{run.stderr}"
    answer = json.loads(run.stdout)
    status = int(status)
    assert answer["statusCode"] == status, f"{answer}\n{run.stderr}"
    assert run.returncode == (0 if status < 300 else 1), run.stderr

    body = json.loads(answer["body"])
    if status < 300:
        assert body["jobId"] and body["jobName"], answer
    else:
        assert (body["status"], body["submitted"]) == (status, "no"), answer


def test_every_event_has_one_row_and_every_row_an_event():
    files = sorted(path.name for path in EVENTS.glob("*.json"))
    assert files, "no events found"
    assert sorted(file for file, _ in PROMISES) == files


def test_every_event_is_json():
    for path in EVENTS.glob("*.json"):
        json.loads(path.read_text(encoding="utf-8"))
