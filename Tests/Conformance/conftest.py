"""Fixtures: the embedded Batch as a process, with clients; and the function, with the servers that it talks to."""

import contextlib
import functools
import os
import pathlib
import re
import signal
import subprocess
import sys
import threading

import boto3
import pytest
from botocore.config import Config

from fixtures import loop, serve  # noqa: F401
from function import Batch, Function, RuntimeAPI
from time_limits import at_most

ROOT = pathlib.Path(__file__).resolve().parents[2]
COMMAND = os.environ.get("APIGW_BATCH_COMMAND", str(ROOT / ".build/debug/apigw-batch"))
# The example keys from AWS's documentation, the only ones that the embedded Batch accepts.
KEY_ID = "AKIAIOSFODNN7EXAMPLE"
SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
REGION = "us-east-1"
# Files of a few tests that take long, one of them minutes on a busy machine.
LONGEST = [
    "test_compare_broken_functions", "test_compare", "test_campaign", "test_function_faults", "test_function_memory", "test_function_mutated_events",
    "test_campaign_system_calls", "test_function_wire", "test_json", "test_function_owners", "test_function_members",
    "test_openapi_generated", "test_function_restores"]


def pytest_collection_modifyitems(items):
    """Puts the longest files first, so that no process is left with one of them when the others have finished."""
    items.sort(key=lambda item: LONGEST.index(item.path.stem) if item.path.stem in LONGEST else len(LONGEST))


@contextlib.contextmanager
def serving_batch(*options):
    """Serves the embedded Batch, and ends it as Ctrl-C does. It must exit cleanly. Gives its URL, and its log's lines."""
    assert os.access(COMMAND, os.X_OK), f"{COMMAND} is not built. Run: swift build --product apigw-batch"
    process = subprocess.Popen(
        [COMMAND, "batch", "--port", "0", *options], stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    log = []
    reader = threading.Thread(target=lambda: log.extend(iter(process.stderr.readline, "")))
    try:
        greeting = []
        for line in iter(process.stderr.readline, ""):
            greeting.append(line)
            address = re.search(r"--endpoint-url (http://127\.0\.0\.1:\d+)$", line.rstrip())
            if address:
                break
        else:
            pytest.fail(f"it exited without an address: {''.join(greeting)}")
        # It must not wait for a reader of its log.
        reader.start()
        yield address[1], log
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=at_most(10)) == 0
        if reader.ident:
            reader.join(timeout=at_most(10))


def batch_client(url, key_id=KEY_ID, secret=SECRET, region=REGION, token=None):
    return boto3.session.Session().client(
        "batch", region_name=region, endpoint_url=url,
        aws_access_key_id=key_id, aws_secret_access_key=secret, aws_session_token=token,
        config=Config(retries={"total_max_attempts": 1}, proxies={}),
    )


@pytest.fixture(scope="session")
def batch_url():
    """An embedded Batch in which no job runs."""
    with serving_batch(
        "--queue", "other-queue", "--definition", "other-job:7", "--run-for", "never",
    ) as (url, _):
        yield url


@pytest.fixture
def connect(batch_url):
    """Makes a boto3 client, with the right keys and region unless a test passes others."""
    return functools.partial(batch_client, batch_url)


@pytest.fixture
def batch(connect):
    return connect()


@pytest.fixture
def submit(batch):
    """Submits a job with these members and the required ones."""

    def run(**members):
        job = {"jobName": "demo", "jobQueue": "sample-queue", "jobDefinition": "sample-job", **members}
        return batch.submit_job(**job)["jobId"]

    return run


@pytest.fixture
def aws(batch_url):
    """Runs the AWS CLI against the embedded Batch, without the user's own configuration."""

    def run(*arguments, key_id=KEY_ID, secret=SECRET):
        environment = {
            "PATH": os.environ["PATH"], "AWS_ACCESS_KEY_ID": key_id, "AWS_SECRET_ACCESS_KEY": secret,
            "AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull, "AWS_MAX_ATTEMPTS": "1",
        }
        command = [sys.executable, "-m", "awscli", "batch", *arguments]
        command += ["--region", REGION, "--endpoint-url", batch_url, "--output", "json"]
        return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=at_most(60))

    return run


@pytest.fixture
def batch_stub(serve):
    """A Batch that accepts every job."""
    return serve(Batch)


@pytest.fixture
def function(serve, request):
    """Starts the function with its own Runtime API, and with these variables in addition to the usual ones."""
    functions = []

    def start(batch_url=None, runtime=None, **environment):
        url = batch_url or request.getfixturevalue("batch_stub").url
        runtime = runtime or serve(RuntimeAPI)
        functions.append(Function(runtime, **{"AWS_ENDPOINT_URL_BATCH": url, **environment}))
        return functions[-1]

    yield start
    for each in functions:
        each.end()
