"""The function's binary as a process, the Runtime API that it polls, and a Batch that accepts every job."""

import asyncio
import json
import os
import pathlib
import subprocess
import tempfile
import time
import typing

from server import Server
from time_limits import at_most

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = os.environ.get("APIGW_BATCH_FUNCTION", str(ROOT / ".build/release/SubmitJobFunction"))
NEXT = "/2018-06-01/runtime/invocation/next"
REGION = "us-east-1"
KEY_ID = "AKIAIOSFODNN7EXAMPLE"
SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"


class Answer(typing.NamedTuple):
    """What the function posted for one invocation."""

    request_id: str
    payload: bytes
    # Whether it was posted as a function error.
    failed: bool = False

    @property
    def proxy(self):
        return json.loads(self.payload)

    @property
    def status(self):
        return self.proxy["statusCode"]

    @property
    def body(self):
        return json.loads(self.proxy["body"])


class RuntimeAPI(Server):
    """Delivers events one after the other, and collects the responses in order."""

    def __init__(self, loop):
        super().__init__(loop)
        self.served = 0
        self.answers = []
        self.events = iter(())
        # The time limit of an invocation, in seconds.
        self.timeout = at_most(30)
        self.waiting = None
        self.idle = None
        self.init_error = None

    def handle(self, request, connection):
        if request.target == NEXT:
            self.next(connection)
        elif request.target == "/2018-06-01/runtime/init/error":
            self.init_error = json.loads(request.body)
            connection.answer(202)
        else:
            _, _, _, _, request_id, kind = request.target.split("/")
            self.posted(Answer(request_id, request.body, kind == "error"), connection)

    def next(self, connection):
        event = next(self.events, None)
        if event is None:
            self.waiting = connection
            if self.idle and not self.idle.done():
                self.idle.set_result(None)
            return
        self.waiting = None
        self.serve(event, connection)

    def serve(self, event, connection):
        self.served += 1
        connection.answer(200, event, self.headers(self.served))

    def headers(self, number):
        return (
            ("Content-Type", "application/json"),
            ("Lambda-Runtime-Aws-Request-Id", request_id(number)),
            ("Lambda-Runtime-Deadline-Ms", int((time.time() + self.timeout) * 1000)),
            ("Lambda-Runtime-Invoked-Function-Arn", f"arn:aws:lambda:{REGION}:123456789012:function:submit"),
            # Different for every invocation: the function sets it in its environment.
            ("Lambda-Runtime-Trace-Id", f"Root=1-6b03db49-{number:024x};Parent=0a1b2c3d4e5f6071;Sampled=0"),
        )

    def posted(self, answer, connection):
        self.answers.append(answer)
        connection.answer(202, {"status": "OK"})


def request_id(number):
    """The request id of an invocation, by its number from 1."""
    return f"{number:08x}-3c1e-4d4b-9d38-6f1b1a8a2c44"


class Function:
    """The function's process."""

    def __init__(self, runtime, command=None, **environment):
        assert command or os.access(BINARY, os.X_OK), f"{BINARY} is missing. Run: make build"
        self.runtime = runtime
        self.loop = runtime.loop
        self.written = tempfile.TemporaryFile("w+b")
        variables = {
            "AWS_LAMBDA_RUNTIME_API": runtime.address, "AWS_LAMBDA_LOG_FORMAT": "JSON", "AWS_REGION": REGION,
            "AWS_ACCESS_KEY_ID": KEY_ID, "AWS_SECRET_ACCESS_KEY": SECRET, **environment,
        }
        self.process = subprocess.Popen(
            command or [BINARY], env={name: value for name, value in variables.items() if value is not None},
            stdin=subprocess.DEVNULL, stdout=self.written, stderr=self.written)

    def invoke(self, *events, seconds=60):
        """Delivers events to the function, and returns its responses once it waits for more."""
        return self.invoke_all(events, seconds)

    def invoke_all(self, events, seconds):
        runtime = self.runtime
        before = len(runtime.answers)
        runtime.events = iter(events)
        runtime.idle = self.loop.create_future()
        # An error in the test's own servers ends the test, not just a connection.
        self.loop.set_exception_handler(lambda _, context: self._failed(context))
        if runtime.waiting is not None:
            runtime.next(runtime.waiting)
        self.loop.run_until_complete(asyncio.wait_for(self._until_idle(), at_most(seconds)))
        return runtime.answers[before:]

    def until_end(self, seconds=10):
        """Waits for the process to exit by itself, and returns its exit status."""
        self.until(lambda: self.process.poll() is not None, seconds)
        return self.process.returncode

    def until(self, condition, seconds=10):
        """Waits for something that isn't a response."""
        deadline = time.monotonic() + at_most(seconds)
        while not condition():
            assert time.monotonic() < deadline, f"it didn't happen in time; the log so far:\n{self.output[-4000:]}"
            self.loop.run_until_complete(asyncio.sleep(0.01))

    def _failed(self, context):
        if not self.runtime.idle.done():
            self.runtime.idle.set_exception(context.get("exception") or RuntimeError(context["message"]))

    async def _until_idle(self):
        while not self.runtime.idle.done():
            await asyncio.wait([self.runtime.idle], timeout=0.5)
            ended = self.process.poll()
            assert ended is None, f"the function exited with {ended}:\n{self.output[-4000:]}"
        self.runtime.idle.result()

    @property
    def output(self):
        self.written.flush()
        size = os.fstat(self.written.fileno()).st_size
        return os.pread(self.written.fileno(), size, 0).decode()

    @property
    def log(self):
        return [json.loads(line) for line in self.output.splitlines()]

    def memory(self, name):
        """A memory figure of the process, such as `VmRSS`, in KiB."""
        for line in pathlib.Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith(f"{name}:"):
                return int(line.split()[1])
        raise KeyError(name)

    def end(self):
        self.process.kill()
        self.process.wait()
        self.written.close()


class Batch(Server):
    """Accepts every job, knows none afterwards, and keeps the requests."""

    NONE = {"/v1/describejobs": {"jobs": []}, "/v1/listjobs": {"jobSummaryList": []}}

    def __init__(self, loop, tls=None, port=0):
        super().__init__(loop, tls=tls, port=port)
        self.requests = []

    def handle(self, request, connection):
        if (request.method, request.target) == ("GET", "/"):
            # The function sends this during init, to open the connection.
            connection.answer(403, {"message": "Missing Authentication Token"})
            return
        self.requests.append(request)
        if none := self.NONE.get(request.target):
            connection.answer(200, none, [("Content-Type", "application/json")])
            return
        connection.answer(200, accepted(len(self.requests)), [("Content-Type", "application/json")])


def accepted(number):
    """Batch's response to a job that it accepts."""
    job_id = f"00000000-0000-4000-8000-{number:012d}"
    arn = f"arn:aws:batch:{REGION}:123456789012:job/{job_id}"
    return b'{"jobArn":"%b","jobId":"%b","jobName":"demo"}' % (arn.encode(), job_id.encode())
