"""The function's signatures equal botocore's, for generated keys, endpoints and bodies."""

import datetime
import random
import string
from unittest import mock

import botocore.auth
import pytest
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

import proxy_events
from function import RuntimeAPI
from mutations import SEED

REGIONS = ["us-east-1", "eu-central-1", "cn-north-1", "us-gov-west-1", "eusc-de-east-1"]


def expected(request, url, credentials, region, service="batch"):
    """botocore's Authorization header for a received request, at the time that the request states."""
    date = datetime.datetime.strptime(request.headers["x-amz-date"], "%Y%m%dT%H%M%SZ")
    assert abs((datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None) - date).total_seconds()) < 60
    signed = {"Content-Type": request.headers["content-type"], "Host": request.headers["host"]}
    if "x-amz-target" in request.headers:
        signed["X-Amz-Target"] = request.headers["x-amz-target"]
    again = AWSRequest(method=request.method, url=url + request.target, data=request.body, headers=signed)
    with mock.patch("botocore.auth.get_current_datetime", return_value=date):
        botocore.auth.SigV4Auth(credentials, service, region).add_auth(again)
    assert again.headers["X-Amz-Date"] == request.headers["x-amz-date"]
    return again.headers["Authorization"]


def submit(function, batch, events, path, credentials, region):
    """Submits jobs through a new function, checks the requests' signatures, and returns the requests."""
    running = function(
        batch_url=batch.url + path, AWS_REGION=region, AWS_ACCESS_KEY_ID=credentials.access_key,
        AWS_SECRET_ACCESS_KEY=credentials.secret_key, AWS_SESSION_TOKEN=credentials.token)
    answers = running.invoke_all(events, 60)
    assert [answer.status for answer in answers] == [200] * len(events)
    assert len(batch.requests) == len(events)
    for request in batch.requests:
        assert request.headers["authorization"] == expected(request, batch.url, credentials, region), request
        assert request.headers.get("x-amz-security-token") == credentials.token
    return batch.requests


def text(random, alphabet, low, high):
    return "".join(random.choices(alphabet, k=random.randint(low, high)))


def bodies(random, count):
    """Bodies of any size up to Batch's limit, with characters of every length in UTF-8."""
    for _ in range(count):
        size = random.choice([0, 1, 55, 56, 63, 64, 65, 500, random.randrange(20_000)])
        value = text(random, "aé€😀\u00a0 ~/+=", size, size).encode()[:28_000].decode(errors="ignore")
        yield '{"parameters":{"text":"%s"}}' % value


@pytest.mark.parametrize("number", range(30))
def test_generated_requests(function, batch_stub, number):
    seed = SEED + number
    print(f"seed {seed}")
    its = random.Random(seed)
    alphanumeric = string.ascii_letters + string.digits
    credentials = Credentials(
        text(its, string.ascii_uppercase + string.digits, 16, 128), text(its, alphanumeric + "/+=", 1, 100),
        text(its, alphanumeric + "/+=", 1, 2000) if number % 2 else None)
    path = "".join("/" + text(its, alphanumeric + "-_~", 1, 12) for _ in range(number % 4))
    if number % 5 == 4:
        path += "/"
    events = [
        proxy_events.event(its.choice(proxy_events.SHAPES), body, queue=text(its, alphanumeric, 1, 128))
        for body in bodies(its, 30)
    ]
    requests = submit(function, batch_stub, events, path, credentials, its.choice(REGIONS))
    assert {request.target for request in requests} == {path.rstrip("/") + "/v1/submitjob"}


@pytest.mark.parametrize("path", ["//", "/a//b", "//a", "/.a/b..", "/...", "/~user"])
def test_a_path_that_is_easy_to_sign_wrongly(function, batch_stub, path):
    event = proxy_events.event(body="{}")
    submit(function, batch_stub, [event], path, Credentials("AKIDEXAMPLE", "secret"), "us-east-1")


@pytest.mark.parametrize("path", ["/a/./b", "/a/../b", "/..", "/."])
def test_a_path_with_dot_segments_is_not_a_valid_endpoint(function, serve, batch_stub, path):
    runtime = serve(RuntimeAPI)
    assert function(batch_url=batch_stub.url + path, runtime=runtime).until_end() == 1
    assert runtime.init_error["errorMessage"].startswith("AWS_ENDPOINT_URL_BATCH: ")
