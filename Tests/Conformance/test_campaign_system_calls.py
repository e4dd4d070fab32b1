"""A function that dies, or stands still, at any of its system calls leaves one job per key."""

import shutil
import subprocess
import types

import pytest

from campaign_plan import SETTLE
from function import BINARY


def refusal():
    """The reason why strace can't be used here; None if it can."""
    if not shutil.which("strace"):
        return "strace is not installed; run: scripts/install-libraries.sh tests"
    run = subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True, text=True)
    return f"strace may not trace processes here: {run.stderr.strip()}" if run.returncode else None


@pytest.mark.skipif(refusal() is not None, reason=str(refusal()))
def test_a_function_that_is_struck_at_any_system_call():
    from campaign_system_calls import StruckWorld
    faults = []
    options = types.SimpleNamespace(binary=BINARY, settle=SETTLE, seed=1, force=None)
    world = StruckWorld(options, "embedded", lambda counts, found: faults.extend(found))
    world.run_all()
    assert not faults, "\n".join(map(str, faults))
    assert not world.unreached, f"these calls were not reached: {', '.join(map(str, world.unreached))}"
    # A submit with a key sends four requests, and each takes several calls.
    assert len(world.strikes) > 100
