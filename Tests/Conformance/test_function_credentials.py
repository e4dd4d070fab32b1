"""Credentials from a container endpoint: they are requested, kept, renewed, and used until they expire."""

import asyncio
import datetime

import pytest
from botocore.credentials import Credentials

import proxy_events
from function import REGION
from server import Server
from test_function_signature import expected

HOUR = 3600


class Endpoint(Server):
    """Issues numbered credentials, each valid for `lifetime` seconds, or fails."""

    def __init__(self, loop):
        super().__init__(loop)
        self.lifetime = HOUR
        self.failing = False
        self.silent = False
        self.requests = []
        self.issued = 0

    def handle(self, request, connection):
        self.requests.append(request)
        if self.silent:
            return
        if self.failing:
            return connection.answer(500, {"message": "try again"})
        self.issued += 1
        expiration = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=self.lifetime)
        keys = credentials(self.issued)
        connection.answer(200, {
            "AccessKeyId": keys.access_key, "SecretAccessKey": keys.secret_key, "Token": keys.token,
            # Truncated to whole seconds, so that the function's expiration is never later than the one here.
            "Expiration": expiration.strftime("%Y-%m-%dT%H:%M:%SZ"), "Type": "AWS-HMAC", "Code": "Success",
        })


def credentials(number):
    return Credentials(f"ASIAEXAMPLE{number:09d}", f"secret+{number}/", f"token=={number}")


@pytest.fixture
def endpoint(serve):
    return serve(Endpoint)


@pytest.fixture
def start(function, endpoint):
    def run(**environment):
        return function(
            AWS_ACCESS_KEY_ID=None, AWS_SECRET_ACCESS_KEY=None,
            AWS_CONTAINER_CREDENTIALS_FULL_URI=f"{endpoint.url}/2021-04-23/credentials?x=1", **environment)

    return run


def signed_by(batch, number):
    """Whether the last request is signed with the credentials with a number."""
    request = batch.requests[-1]
    keys = credentials(number)
    return (request.headers["authorization"], request.headers["x-amz-security-token"]) == (
        expected(request, batch.url, keys, REGION), keys.token)


def test_long_lived_credentials_are_requested_once(start, endpoint, batch_stub):
    answers = start(AWS_CONTAINER_AUTHORIZATION_TOKEN="Bearer abc").invoke_all([proxy_events.event()] * 50, 30)
    assert [answer.status for answer in answers] == [200] * 50
    (asked,) = endpoint.requests
    assert (asked.method, asked.target) == ("GET", "/2021-04-23/credentials?x=1")
    assert asked.headers["authorization"] == "Bearer abc"
    assert signed_by(batch_stub, 1)


def test_credentials_that_expire_soon_are_renewed_before_the_next_job(start, endpoint, batch_stub):
    endpoint.lifetime = 300
    running = start()
    for number in (1, 2, 3):
        (answer,) = running.invoke(proxy_events.event())
        assert answer.status == 200
        assert signed_by(batch_stub, number)
    assert "authorization" not in endpoint.requests[0].headers
    # New, long-lived ones are kept.
    endpoint.lifetime = HOUR
    running.invoke_all([proxy_events.event()] * 5, 30)
    assert endpoint.issued == 4
    assert signed_by(batch_stub, 4)


def test_an_endpoint_that_fails_while_the_credentials_are_valid(start, endpoint, batch_stub):
    endpoint.lifetime = 300
    running = start()
    running.invoke(proxy_events.event())
    endpoint.failing = True
    (answer,) = running.invoke(proxy_events.event())
    assert answer.status == 200
    assert signed_by(batch_stub, 1)


def test_an_endpoint_that_fails_when_the_credentials_have_expired(start, endpoint, batch_stub):
    endpoint.lifetime = 3
    running = start()
    (answer,) = running.invoke(proxy_events.event())
    assert answer.status == 200
    assert signed_by(batch_stub, 1)
    # Wait for the actual expiration.
    endpoint.loop.run_until_complete(asyncio.sleep(endpoint.lifetime))

    endpoint.failing = True
    (answer,) = running.invoke(proxy_events.event())
    assert (answer.status, answer.body["submitted"]) == (503, "no")
    assert len(batch_stub.requests) == 1
    assert f"{endpoint.url} returned status 500" in running.log[-1]["message"]

    endpoint.failing = False
    (answer,) = running.invoke(proxy_events.event())
    assert answer.status == 200
    assert signed_by(batch_stub, 2)


def test_credentials_that_have_already_expired_are_not_used(start, endpoint, batch_stub):
    endpoint.lifetime = 0
    running = start()
    (answer,) = running.invoke(proxy_events.event())
    assert (answer.status, answer.body["submitted"], batch_stub.requests) == (503, "no", [])
    assert f"{endpoint.url} returned credentials that have already expired" in running.log[-1]["message"]
    # They were requested once, and are requested again for the next job.
    assert len(endpoint.requests) == 1

    endpoint.lifetime = HOUR
    (answer,) = running.invoke(proxy_events.event())
    assert answer.status == 200
    assert signed_by(batch_stub, 2)


def test_an_endpoint_that_does_not_respond_while_the_credentials_are_valid(start, endpoint, batch_stub):
    endpoint.lifetime = 300
    running = start()
    running.invoke(proxy_events.event())
    endpoint.silent = True
    answers = running.invoke_all([proxy_events.event()] * 20, 10)
    assert [answer.status for answer in answers] == [200] * 20
    assert signed_by(batch_stub, 1)
    # Twenty jobs did not wait twenty times for credentials that they don't need yet.
    assert len(endpoint.requests) == 2


def test_an_unreachable_endpoint(start, endpoint, batch_stub):
    endpoint.shut()
    running = start()
    (answer,) = running.invoke(proxy_events.event())
    assert (answer.status, answer.body["submitted"], batch_stub.requests) == (503, "no", [])
    endpoint.loop.run_until_complete(endpoint.open())
    (answer,) = running.invoke(proxy_events.event())
    assert answer.status == 200
    assert signed_by(batch_stub, 1)


def test_a_token_file_is_read_for_every_request(start, endpoint, batch_stub, tmp_path):
    endpoint.lifetime = 60
    file = tmp_path / "token"
    file.write_text("first")
    running = start(AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE=str(file), AWS_CONTAINER_AUTHORIZATION_TOKEN="unused")
    running.invoke(proxy_events.event())
    # As Kubernetes does: replace the file with another one.
    (tmp_path / "new").write_text("second")
    (tmp_path / "new").rename(file)
    running.invoke(proxy_events.event())
    assert [request.headers["authorization"] for request in endpoint.requests] == ["first", "second"]
    assert signed_by(batch_stub, 2)


def test_a_missing_token_file(start, endpoint, batch_stub, tmp_path):
    endpoint.lifetime = HOUR
    running = start(AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE=str(tmp_path / "token"))
    (answer,) = running.invoke(proxy_events.event())
    assert (answer.status, answer.body["submitted"]) == (503, "no")
    assert (endpoint.requests, batch_stub.requests) == ([], [])
    assert "token" in running.log[0]["message"]


def test_no_secret_reaches_the_log_or_a_response(start, endpoint):
    endpoint.lifetime = 60
    running = start(AWS_CONTAINER_AUTHORIZATION_TOKEN="hush-token", AWS_LAMBDA_LOG_LEVEL="TRACE")
    answers = running.invoke(proxy_events.event(), proxy_events.event())
    endpoint.failing = True
    answers += running.invoke(proxy_events.event())
    seen = running.output + str(answers)
    for number in (1, 2):
        assert credentials(number).secret_key not in seen and credentials(number).token not in seen
    assert "hush-token" not in seen
