"""moto's server as a process, and clients for it."""

import contextlib
import re
import subprocess
import sys
import threading
import urllib.request

import boto3
import pytest
from botocore.config import Config

from function import REGION
from time_limits import at_most


@contextlib.contextmanager
def started():
    """Starts a moto server that runs no containers, and yields its URL."""
    process = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", "0"],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        for line in process.stderr:
            if found := re.search(r"Running on (http://127\.0\.0\.1:\d+)", line):
                break
        else:
            raise RuntimeError("moto exited without an address")
        # Discard the rest of the log, because a full pipe would block moto.
        threading.Thread(target=process.stderr.read, daemon=True).start()
        post(found[1], "/moto-api/config", b'{"batch":{"use_docker":false}}')
        yield found[1]
    finally:
        process.kill()
        process.wait()


@pytest.fixture(scope="module")
def moto():
    with started() as url:
        yield url


def post(url, path, body):
    # Without a content type, the body would be taken for a form.
    request = urllib.request.Request(url + path, body, {"Content-Type": "text/plain"}, method="POST")
    urllib.request.urlopen(request, timeout=at_most(30)).close()


def client(moto, service, credentials=None):
    keys = credentials or {"AccessKeyId": "test", "SecretAccessKey": "test", "SessionToken": None}
    return boto3.session.Session().client(
        service, region_name=REGION, endpoint_url=moto, aws_access_key_id=keys["AccessKeyId"],
        aws_secret_access_key=keys["SecretAccessKey"], aws_session_token=keys.get("SessionToken"),
        config=Config(retries={"total_max_attempts": 1}, proxies={}))
