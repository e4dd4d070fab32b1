"""The services of `apigw-batch` as processes."""

import collections
import contextlib
import os
import re
import subprocess
import threading

from function import ROOT

COMMAND = os.environ.get("APIGW_BATCH_COMMAND", str(ROOT / ".build/debug/apigw-batch"))


@contextlib.contextmanager
def started(*arguments):
    """Runs a service of `apigw-batch`, and yields its URL."""
    process = subprocess.Popen(
        [COMMAND, *arguments, "--port", "0"], stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        address = re.search(r"http://127\.0\.0\.1:\d+", process.stderr.readline())
        assert address, f"{COMMAND} {' '.join(arguments)} printed no address"
        # A full pipe would block it.
        said = collections.deque(maxlen=20)
        threading.Thread(target=said.extend, args=[process.stderr], daemon=True).start()
        yield address[0]
    finally:
        if process.poll() is not None:
            print(f"{COMMAND} {arguments[0]} exited with {process.returncode}: {''.join(said)}", flush=True)
        process.kill()
        process.wait()
