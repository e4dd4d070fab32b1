"""The function under SnapStart: what it does before the snapshot, and after the restore."""

import asyncio

import pytest

import proxy_events
from certificates import Authority
from function import NEXT, Batch
from snapstart import ERROR, RESTORE, CredentialsEndpoint, SnapStartAPI
from time_limits import at_most


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def batch(serve, authority):
    return serve(Batch, tls=authority.server())


@pytest.fixture
def endpoint(serve):
    return serve(CredentialsEndpoint)


@pytest.fixture
def start(function, serve, authority, batch, endpoint):
    def run(**environment):
        return function(
            batch_url=batch.url, runtime=serve(SnapStartAPI),
            **{"AWS_CA_BUNDLE": authority.bundle, **endpoint.environment, **environment})

    return run


def until_disconnected(server):
    """Waits until a server has no connection left, such as one that the function has closed."""

    async def poll():
        while server.connections:
            await asyncio.sleep(0.01)

    server.loop.run_until_complete(asyncio.wait_for(poll(), at_most(10)))


def test_the_snapshot_has_no_credentials_and_no_connection_of_its_own(start, batch, endpoint):
    running = start()
    runtime = running.runtime
    runtime.until_snapshot()
    until_disconnected(batch)
    assert (runtime.calls, batch.requests, endpoint.accepted) == ([RESTORE], [], 0)
    # One connection to Batch was opened and closed again.
    assert (batch.accepted, runtime.accepted) == (1, 1)


def test_a_restored_function_opens_its_connections_and_gets_its_credentials(start, batch, endpoint):
    running = start()
    runtime = running.runtime
    before = runtime.until_snapshot()
    runtime.restore()
    running.invoke()
    assert runtime.calls == [RESTORE, NEXT]
    # A new connection to the Runtime API, and one to Batch that waits for the first job.
    assert before not in runtime.connections
    assert (runtime.accepted, batch.accepted, batch.requests, endpoint.requests) == (2, 2, [], [])
    answers = running.invoke(proxy_events.event(), proxy_events.event())
    assert [answer.status for answer in answers] == [200, 200]
    (asked,) = endpoint.requests
    assert asked.headers["authorization"] == endpoint.TOKEN
    assert batch.accepted == 2
    assert {request.headers["x-amz-security-token"] for request in batch.requests} == {"token"}
    # The session of the connection that preceded the snapshot is not resumed.
    (connection,) = batch.connections
    assert not connection.transport.get_extra_info("ssl_object").session_reused


def test_a_batch_that_does_not_respond_keeps_nothing_from_the_snapshot(start, batch):
    batch.shut()
    running = start()
    running.runtime.until_snapshot()
    batch.loop.run_until_complete(batch.open())
    running.runtime.restore()
    (answer,) = running.invoke(proxy_events.event())
    assert (answer.status, batch.accepted) == (200, 1)


def test_an_invalid_configuration_ends_init_before_the_snapshot(start):
    running = start(ALLOWED_MEMBERS="nonsense")
    assert running.until_end() == 1
    assert running.runtime.calls == ["/2018-06-01/runtime/init/error"]
    assert "ALLOWED_MEMBERS" in running.runtime.init_error["errorMessage"]


def test_a_snapshot_that_lambda_refuses_is_a_restore_error(start, batch):
    running = start()
    runtime = running.runtime
    runtime.until_snapshot()
    runtime.restore(status=403)
    assert running.until_end() == 1
    assert runtime.calls == [RESTORE, ERROR]
    kind, body = runtime.restore_error
    assert kind == body["errorType"] == "Runtime.AfterRestoreError"
    assert f"The Runtime API at {runtime.address} failed: status 403" in body["errorMessage"]
    assert running.log[-1]["level"] == "FATAL"


@pytest.mark.parametrize("kind", [None, "on-demand", "provisioned-concurrency"])
def test_other_kinds_of_init_have_no_snapshot(start, batch, kind):
    running = start(AWS_LAMBDA_INITIALIZATION_TYPE=kind)
    running.invoke()
    assert (running.runtime.calls, batch.accepted) == ([NEXT], 1)
