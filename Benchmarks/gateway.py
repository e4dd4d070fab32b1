"""Measures the local gateway: how fast it starts, and how much time it adds to a warm function."""

import os
import re
import signal
import statistics
import subprocess
import time
from contextlib import contextmanager

from programs import BUILD, FOLDER, RELEASE

COMMAND = RELEASE / "apigw-batch"
NOTHING = BUILD / "nothing"
# The gateway's budgets, in milliseconds.
START_LIMIT, OVERHEAD_LIMIT = 1000, 1
SECONDS = 5
SCRIPT = 'wrk.method = "POST"\nwrk.body = "{}"\nwrk.headers["Content-Type"] = "application/json"\n'


def report(runs: int) -> str:
    """A few lines: median start times, and the latency percentiles of a function that does nothing."""
    starts, responses = [], []
    for _ in range(runs):
        with serving() as (_, served, responded):
            starts.append(served)
            responses.append(responded)
    with serving() as (url, _, _):
        percentiles = {
            name: latency(f"{url}{path}/sample-queue/sample-job")
            for name, path in (("REST API", "/lambda/jobs"), ("HTTP API", "/jobs"))
        }
    lines = [
        f"- From command to serving, median of {runs}: {statistics.median(starts):.0f} ms; to the first response of a "
        f"new process: {statistics.median(responses):.0f} ms ({verdict(statistics.median(starts), START_LIMIT)})"
    ]
    for name, (p50, p99) in percentiles.items():
        lines.append(
            f"- Overhead of gateway and Runtime API with a warm function that does nothing, {name}, one worker: "
            f"p50 {p50:.2f} ms, p99 {p99:.2f} ms ({verdict(p50, OVERHEAD_LIMIT)} at the median)"
        )
    return "\n".join(lines)


def verdict(value: float, limit: float) -> str:
    return f"budget {limit} ms: " + ("met" if value <= limit else f"**missed by {100 * (value / limit - 1):.0f} %**")


@contextmanager
def serving():
    """Serves the function that does nothing. Yields the URL and the milliseconds to the greeting and first response."""
    variables = {"PATH": os.environ["PATH"], "APIGW_BATCH_FUNCTION": str(NOTHING)}
    # The log goes to a file, because a pipe would need a reader, which would use CPU time.
    log = BUILD / "gateway.log"
    start = time.monotonic()
    with open(log, "w") as written:
        process = subprocess.Popen(
            [str(COMMAND), "serve", "--port", "0"], cwd=FOLDER.parent, env=variables, stdin=subprocess.DEVNULL,
            stderr=written)
    try:
        while not (found := re.search(r"^Gateway on (http://\S+?),", log.read_text(), re.M)):
            if process.poll() is not None:
                raise SystemExit(f"bench: apigw-batch serve did not start; {log} says why")
            time.sleep(0.001)
        url = found[1]
        served = (time.monotonic() - start) * 1000
        subprocess.run(["curl", "--fail", "--silent", "--data", "{}", "--header", "Content-Type: application/json",
                        f"{url}/lambda/jobs/sample-queue/sample-job"], check=True, stdout=subprocess.DEVNULL)
        responded = (time.monotonic() - start) * 1000
        yield url, served, responded
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)


def latency(url: str) -> tuple[float, float]:
    """The median and the 99th percentile of one worker's latency, in milliseconds."""
    script = BUILD / "post.lua"
    script.write_text(SCRIPT)
    command = ["wrk", "--threads", "1", "--connections", "1", "--latency", "--script", str(script)]
    subprocess.run([*command, "--duration", "1s", url], check=True, stdout=subprocess.DEVNULL)
    ended = subprocess.run([*command, "--duration", f"{SECONDS}s", url], check=True, stdout=subprocess.PIPE, text=True)
    if "Non-2xx" in ended.stdout:
        raise SystemExit(f"bench: not every response of the gateway was a success: {ended.stdout}")
    unit = {"us": 0.001, "ms": 1, "s": 1000}
    values = dict(re.findall(r"^\s*(50|99)%\s+([\d.]+[a-z]+)$", ended.stdout, re.M))
    return tuple(float(re.match(r"[\d.]+", values[key])[0]) * unit[re.search(r"[a-z]+", values[key])[0]]
                 for key in ("50", "99"))
