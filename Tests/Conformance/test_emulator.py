"""The function under AWS's own emulator of Lambda, in both of its modes."""

import asyncio
import collections
import json

import pytest

import proxy_events
from emulator import CLASSIC, LOOPS, MANAGED, Emulator
from function import Batch
from sample_events import EVENTS, PROMISES
from services import started

BOTH_MODES = pytest.mark.parametrize("mode", [CLASSIC, MANAGED])


class HoldingBatch(Batch):
    """Accepts each job at once, except those that `hold` asks for, which wait for `release`."""

    def __init__(self, loop):
        super().__init__(loop)
        self.names = []
        self.held = []
        self.holds = 0
        self.full = None

    def hold(self, count):
        """Holds the next jobs, this many; returns a future for when they are there."""
        self.holds = count
        self.full = self.loop.create_future()
        return self.full

    def handle(self, request, connection):
        if request.method == "POST":
            self.names.append(json.loads(request.body)["jobName"])
        if request.method == "GET" or len(self.held) == self.holds:
            super().handle(request, connection)
            return
        self.held.append((request, connection))
        if len(self.held) == self.holds:
            self.full.set_result(None)

    def release(self):
        """Accepts the jobs that it holds."""
        held, self.held, self.holds = self.held, [], 0
        for request, connection in held:
            super().handle(request, connection)


def job(name):
    return proxy_events.event(body=json.dumps({"jobName": name}))


@pytest.fixture
def start(loop, tmp_path_factory):
    """Starts the emulator in a mode, with these variables in addition to the usual ones."""
    emulators = []

    def start(mode, batch_url, **environment):
        emulators.append(Emulator(loop, mode, tmp_path_factory.mktemp("var"), batch_url, **environment))
        return emulators[-1]

    yield start
    for each in emulators:
        each.end()


@BOTH_MODES
def test_every_event_gets_its_status(start, mode):
    with started("batch") as batch, started("table") as table:
        emulator = start(mode, batch, AWS_ENDPOINT_URL_DYNAMODB=table, IDEMPOTENCY_TABLE="idempotency")
        outcomes = {}
        for file, _ in PROMISES:
            # Two of the events have the same key, which is for one request only.
            event = (EVENTS / file).read_bytes().replace(b"8e03978e-40d5-43dd-bc93-6894a57f9324", file.encode())
            [result] = emulator.run(emulator.invoke(event))
            outcomes[file] = result.outcome
    assert outcomes == {
        file: "Function.UnsupportedEvent" if status == "error" else int(status) for file, status in PROMISES}


@BOTH_MODES
def test_300_invocations_in_a_row_make_a_job_each(start, serve, mode):
    batch = serve(HoldingBatch)
    emulator = start(mode, batch.url)
    names = [f"job-{number}" for number in range(300)]

    async def call():
        return [(await emulator.invoke(job(name))).outcome for name in names]

    assert emulator.run(call()) == [[200] * 300]
    assert batch.names == names


# In classic mode, an invocation that comes during another one crashes the emulator.
def test_several_callers_at_once_get_a_job_for_each_call(start, serve):
    batch = serve(HoldingBatch)
    emulator = start(MANAGED, batch.url)
    names = [[f"job-{caller}-{number}" for number in range(25)] for caller in range(LOOPS)]

    async def call(names):
        return [(await emulator.invoke(job(name))).outcome for name in names]

    assert emulator.run(*map(call, names)) == [[200] * 25] * LOOPS
    assert collections.Counter(batch.names) == collections.Counter(sum(names, []))


def test_a_slow_job_in_each_other_loop_delays_none(start, serve):
    batch = serve(HoldingBatch)
    emulator = start(MANAGED, batch.url)

    async def call():
        full = batch.hold(LOOPS - 1)
        slow = [asyncio.ensure_future(emulator.invoke(job(f"slow-{number}"))) for number in range(LOOPS - 1)]
        await full
        quick = [(await emulator.invoke(job(f"quick-{number}"))).outcome for number in range(20)]
        assert not any(each.done() for each in slow)
        batch.release()
        return quick, [(await each).outcome for each in slow]

    assert emulator.run(call()) == [([200] * 20, [200] * (LOOPS - 1))]


# In managed mode, the emulator gives the deadline a million times too late, so the function waits for Batch.
def test_the_function_responds_before_the_emulator_ends_an_invocation(start, serve):
    batch = serve(HoldingBatch)
    emulator = start(CLASSIC, batch.url, AWS_LAMBDA_FUNCTION_TIMEOUT="3")

    async def call():
        # Half a second is left for the response; on a busy machine it may take several tries.
        for _ in range(3):
            full = batch.hold(1)
            slow = asyncio.ensure_future(emulator.post(job("slow")))
            await full
            result = await slow
            batch.release()
            if not result.payload.startswith(b"Task timed out"):
                break
        return result, await emulator.post(job("next"))

    [(slow, later)] = emulator.run(call())
    body = json.loads(slow.proxy["body"])
    assert (slow.outcome, body["type"], body["jobName"]) == (504, "outcome-unknown", "slow")
    assert later.outcome == 200


def test_another_process_follows_one_that_was_killed(start, serve):
    batch = serve(HoldingBatch)
    emulator = start(CLASSIC, batch.url)

    async def call():
        full = batch.hold(1)
        lost = asyncio.ensure_future(emulator.post(job("lost")))
        await full
        emulator.kill_function()
        result = await lost
        batch.release()
        return result, await emulator.post(job("next"))

    [(lost, later)] = emulator.run(call())
    assert (lost.status, lost.outcome, later.outcome) == (502, "Runtime.ExitError", 200)
    assert "signal: killed" in lost.proxy["errorMessage"]


# In managed mode, the emulator ends with the function, as a container does.
def test_all_invocations_of_a_process_that_was_killed_fail(start, serve):
    batch = serve(HoldingBatch)
    emulator = start(MANAGED, batch.url)

    async def call():
        full = batch.hold(LOOPS)
        lost = [asyncio.ensure_future(emulator.invoke(job(f"lost-{number}"))) for number in range(LOOPS)]
        await full
        emulator.kill_function()
        return [(await each).outcome for each in lost]

    assert emulator.run(call()) == [["Runtime.ExitError"] * LOOPS]
    assert emulator.until_end() == 1


def test_an_init_error_is_the_response_to_an_invocation(start, serve):
    emulator = start(CLASSIC, serve(Batch).url, ALLOWED_OPERATIONS="sbumit")
    [result] = emulator.run(emulator.post(job("never")))
    assert (result.status, result.outcome) == (502, "Function.InvalidConfiguration")
    assert result.proxy["errorMessage"].startswith('ALLOWED_OPERATIONS: "sbumit" is not an operation')


def test_an_init_error_ends_the_emulator_of_a_managed_instance(start, serve):
    emulator = start(MANAGED, serve(Batch).url, ALLOWED_OPERATIONS="sbumit")
    assert emulator.until_end() == 1
    assert "INIT failed" in emulator.output and "Function.InvalidConfiguration" in emulator.output
    assert "The function can't start. ALLOWED_OPERATIONS: " in emulator.output
