"""Many restores of one snapshot have nothing in common that must be unique: no nonce, name, key or time.

APIGW_BATCH_RESTORES sets how many.
"""

import collections
import datetime
import json
import os
import pathlib
import shutil
import subprocess
import time

import pytest

import client_hello
import proxy_events
from certificates import Authority
from function import NEXT, Batch
from server import Server
from snapstart import CredentialsEndpoint, SnapStartAPI
from time_limits import at_most

COUNT = int(os.environ.get("APIGW_BATCH_RESTORES") or 1000)
SOURCE = pathlib.Path(__file__).with_name("restores.c")


class Restores(SnapStartAPI):
    """Restores every copy that asks, and gives each one event."""

    def __init__(self, loop):
        super().__init__(loop)
        # When the first copy asked, in seconds since the epoch.
        self.taken = None
        self.restored = 0

    def asked(self, connection):
        self.taken = self.taken or time.time()
        self.restored += 1
        # In a later second than the snapshot: the time of a signature has no fractions.
        self.loop.call_later(max(0, int(self.taken) + 1 - time.time()), connection.answer, 200)

    def handle(self, request, connection):
        if request.target == NEXT and connection.requests > 1:
            # It has handled its event. This ends the process.
            connection.answer(500)
        else:
            super().handle(request, connection)


class Table(Server):
    """Grants every write, and keeps the requests."""

    def __init__(self, loop):
        super().__init__(loop)
        self.requests = []

    def handle(self, request, connection):
        self.requests.append(request)
        connection.answer(200, {})

    @property
    def owners(self):
        items = [json.loads(request.body).get("Item") for request in self.requests]
        return [item["owner"]["S"] for item in items if item]


@pytest.fixture(scope="module")
def preloaded(tmp_path_factory):
    """The library that makes the copies."""
    library = tmp_path_factory.mktemp("restores") / "restores.so"
    compiler = shutil.which("cc") or shutil.which("clang")
    assert compiler, "there is no C compiler. Run: apt-get install gcc"
    subprocess.run([compiler, "-Wall", "-Werror", "-shared", "-fPIC", "-o", library, SOURCE, "-ldl"], check=True)
    return library


class World:
    """A snapshot of the function, and what the copies of it sent."""

    def __init__(self, function, serve, preloaded, folder, count, **environment):
        authority = Authority(folder)
        self.hellos = []
        self.runtime, self.table, self.endpoint = serve(Restores), serve(Table), serve(CredentialsEndpoint)
        self.batch = serve(Batch, tls=client_hello.record(authority.server(), self.hellos))
        self.runtime.events = iter([proxy_events.event(body="{}", key=f"key-{number}") for number in range(count)])
        self.function = function(
            batch_url=self.batch.url, runtime=self.runtime, AWS_ENDPOINT_URL_DYNAMODB=self.table.url,
            **{**self.endpoint.environment, "AWS_CA_BUNDLE": authority.bundle, "IDEMPOTENCY_TABLE": "keys",
               "LD_PRELOAD": str(preloaded), "RESTORES": str(count), "RESTORES_AT_ONCE": "4", **environment})
        assert self.function.until_end(60 + count / 5) == 0, self.function.output[-4000:]
        assert self.runtime.restored == count

    @property
    def names(self):
        return [json.loads(request.body)["jobName"] for request in self.batch.requests]

    @property
    def signed(self):
        """When requests were signed, in seconds since the epoch."""
        for request in self.batch.requests + self.table.requests:
            time = datetime.datetime.strptime(request.headers["x-amz-date"], "%Y%m%dT%H%M%S%z")
            yield time.timestamp()


@pytest.fixture
def world(function, serve, preloaded, tmp_path):
    def restore(count, **environment):
        return World(function, serve, preloaded, tmp_path, count, **environment)

    return restore


def repeated(values):
    return [value for value, count in collections.Counter(values).items() if count > 1]


def test_restores_share_nothing_that_must_be_unique(world):
    its = world(COUNT)
    assert [answer.status for answer in its.runtime.answers] == [200] * COUNT
    for unique in (its.table.owners, its.names):
        assert (len(unique), repeated(unique)) == (COUNT, [])
    # One handshake each, more if the machine is too busy for one in half a second, and one before the snapshot.
    assert len(its.hellos) > COUNT
    for part in ("random", "session_id", "key_shares"):
        assert repeated(getattr(hello, part) for hello in its.hellos) == []
    assert not any(hello.resumes for hello in its.hellos)
    assert min(its.signed) > its.runtime.taken
    # Each gets credentials of its own; again, if the machine is too busy for it in two seconds.
    assert len(its.endpoint.requests) >= COUNT


def test_without_a_reseed_restores_share_what_tls_draws(world):
    """Otherwise the test above would prove nothing."""
    its = world(8, RESEED="nothing")
    assert [answer.status for answer in its.runtime.answers] == [200] * 8
    for part in ("random", "session_id", "key_shares"):
        assert len(repeated(getattr(hello, part) for hello in its.hellos)) == 1
    # Nonces come from the kernel.
    assert repeated(its.table.owners) == []


def test_restores_that_get_no_randomness_end_with_an_error(world):
    its = world(1, RESEED="failure")
    kind, body = its.runtime.restore_error
    assert kind == body["errorType"] == "Runtime.AfterRestoreError"
    assert "can't seed its random generator" in body["errorMessage"]
    # Without TLS and events after that.
    assert (its.batch.accepted, NEXT in its.runtime.calls) == (1, False)
