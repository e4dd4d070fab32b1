"""Several invocations at a time, as on a managed instance: `AWS_LAMBDA_MAX_CONCURRENCY` loops in one process."""

import collections
import json

import pytest

import proxy_events
from function import BINARY, Batch, RuntimeAPI, accepted, request_id

LOOPS = 4


class ConcurrentRuntime(RuntimeAPI):
    """Delivers events to every loop that waits for one; idle once all of them wait."""

    def __init__(self, loop, loops=LOOPS):
        super().__init__(loop)
        self.loops = loops
        self.parked = []

    def next(self, connection):
        event = next(self.events, None)
        if event is not None:
            self.serve(event, connection)
            return
        self.parked.append(connection)
        if len(self.parked) == self.loops and self.idle and not self.idle.done():
            self.idle.set_result(None)


class HoldingBatch(Batch):
    """Answers each job at once, except the one named `held`, which waits for `release`."""

    def __init__(self, loop):
        super().__init__(loop)
        self.names = []
        self.held = None

    def handle(self, request, connection):
        if request.method == "POST":
            self.names.append(json.loads(request.body)["jobName"])
            if self.names[-1] == "held":
                self.requests.append(request)
                self.held = connection
                return
        super().handle(request, connection)

    def release(self):
        self.held.answer(200, accepted(1), [("Content-Type", "application/json")])


def job(name, **options):
    return proxy_events.event(body=json.dumps({"jobName": name}), **options)


@pytest.fixture
def start(function):
    def start(runtime, batch, **environment):
        return function(batch_url=batch.url, runtime=runtime, AWS_LAMBDA_MAX_CONCURRENCY=str(LOOPS), **environment)

    return start


def test_each_loop_has_its_own_connections_and_one_slow_job_delays_no_other(serve, start):
    batch = serve(HoldingBatch)

    class Runtime(ConcurrentRuntime):
        def posted(self, answer, connection):
            super().posted(answer, connection)
            if len(self.answers) == 200:
                batch.release()

    runtime = serve(Runtime)
    answers = start(runtime, batch).invoke(job("held"), *(job(f"job-{number}") for number in range(200)))
    assert [answer.status for answer in answers] == [200] * 201
    assert answers[-1].request_id.startswith("00000001-")
    assert collections.Counter(batch.names) == collections.Counter(["held", *(f"job-{number}" for number in range(200))])
    assert (runtime.accepted, batch.accepted) == (LOOPS, LOOPS)


def test_log_lines_do_not_mix(serve, start):
    class Runtime(ConcurrentRuntime):
        def headers(self, number):
            # Nothing else in a line can be longer than what a pipe takes at once.
            name, value = "Lambda-Runtime-Aws-Request-Id", f"{request_id(number)}-{'x' * 8_000}"
            return [(each, value if each == name else other) for each, other in super().headers(number)]

    # Through a pipe, as in Lambda, which is full before it is read.
    reader = f"exec '{BINARY}' 2> >(sleep 0.5; exec cat >&2)"
    running = start(serve(Runtime), serve(Batch), command=["bash", "-c", reader])
    answers = running.invoke(*(job(f"job-{number}") for number in range(400)))
    assert [answer.status for answer in answers] == [200] * 400
    running.until(lambda: running.output.count("\n") == 400)
    assert {line["requestId"] for line in running.log} == {answer.request_id for answer in answers}
    assert min(map(len, running.output.splitlines())) > 8_000


def test_an_event_delivered_to_two_loops_makes_one_job(serve, start):
    batch = serve(HoldingBatch)

    class Runtime(ConcurrentRuntime):
        def serve(self, event, connection):
            super().serve(event, connection)
            # Time for the second loop to find the first one's invocation; if it is late, it finds the result.
            if self.served == 2:
                self.loop.call_later(0.2, batch.release)

        def headers(self, number):
            return super().headers(1)

    answers = start(serve(Runtime), batch).invoke(job("held"), job("held"))
    assert batch.names == ["held"]
    first, second = answers
    assert first == second and first.status == 200


def test_a_loop_that_fails_lets_the_others_post_their_responses(serve, start):
    batch = serve(HoldingBatch)

    class Runtime(ConcurrentRuntime):
        def next(self, connection):
            if batch.held:
                connection.answer(500, {"errorMessage": "it can't recover"})
            else:
                super().next(connection)

    runtime = serve(Runtime)
    running = start(runtime, batch)
    runtime.events = iter([job("held")])
    running.until(lambda: batch.held)
    # The other loops wait for events; now they get errors.
    for connection in runtime.parked:
        runtime.next(connection)
    running.until(lambda: "FATAL" in running.output)
    assert running.process.poll() is None and not runtime.answers
    batch.release()
    assert running.until_end() == 1
    assert [answer.status for answer in runtime.answers] == [200]
    assert [line["level"] for line in running.log] == ["FATAL", "INFO"]
    assert "status 500" in running.log[0]["message"]


@pytest.mark.parametrize("count", ["0", "-1", "four", "4.0"])
def test_a_number_that_is_none_ends_the_start(serve, function, count):
    runtime = serve(RuntimeAPI)
    running = function(runtime=runtime, AWS_LAMBDA_MAX_CONCURRENCY=count)
    assert running.until_end() == 1
    assert runtime.init_error["errorMessage"].startswith("AWS_LAMBDA_MAX_CONCURRENCY: ")


def test_a_warning_is_logged_once(serve, start):
    runtime = serve(ConcurrentRuntime)
    running = start(runtime, serve(Batch), JOBS_SEEN_BY="submitter", SUBMITTER_TAG="submitted-by")
    running.invoke(job("one"))
    assert [line["level"] for line in running.log].count("WARN") == 1
