"""The package gives every sample event the response that events/README.md promises."""

import os
import shlex
import subprocess

import conftest
from time_limits import at_most

COMMAND = conftest.ROOT / ".build/debug/apigw-batch"


def test_every_event(root, tmp_path):
    assert COMMAND.exists(), f"{COMMAND} is missing. Run: make build"
    function = tmp_path / "function"
    # `invoke` runs it outside the root.
    function.write_text(f"#!/bin/sh\nLAMBDA_TASK_ROOT={conftest.TASK} exec {shlex.join(map(str, root.command))}\n")
    function.chmod(0o755)
    done = subprocess.run(
        [COMMAND, "invoke", "--all", "--timeout", str(round(at_most(9)))], cwd=conftest.ROOT,
        env={"PATH": os.environ["PATH"], "APIGW_BATCH_FUNCTION": str(function)},
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=at_most(120))
    assert done.returncode == 0, done.stderr
    assert "all as events/README.md says" in done.stderr, done.stderr
