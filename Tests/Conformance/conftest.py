"""Fixtures: the embedded Batch as a process, with clients; and the function, with the servers that it talks to."""

import os
import pathlib
import re
import signal
import subprocess
import sys

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


@pytest.fixture(scope="session")
def batch_url():
    """Serves the embedded Batch, and ends it as Ctrl-C does. It must exit cleanly."""
    assert os.access(COMMAND, os.X_OK), f"{COMMAND} is not built. Run: swift build --product apigw-batch"
    process = subprocess.Popen(
        [COMMAND, "batch", "--port", "0", "--queue", "other-queue", "--definition", "other-job:7"],
        stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )
    try:
        greeting = []
        for line in process.stderr:
            greeting.append(line)
            address = re.search(r"--endpoint-url (http://127\.0\.0\.1:\d+)$", line.rstrip())
            if address:
                break
        else:
            pytest.fail(f"it exited without an address: {''.join(greeting)}")
        yield address[1]
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=at_most(10)) == 0


@pytest.fixture
def connect(batch_url):
    """Makes a boto3 client, with the right keys and region unless a test passes others."""

    def client(key_id=KEY_ID, secret=SECRET, region=REGION, token=None):
        return boto3.session.Session().client(
            "batch", region_name=region, endpoint_url=batch_url,
            aws_access_key_id=key_id, aws_secret_access_key=secret, aws_session_token=token,
            config=Config(retries={"total_max_attempts": 1}, proxies={}),
        )

    return client


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
