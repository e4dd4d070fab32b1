"""AWS's Lambda Runtime Interface Emulator as a process, which starts the function and invokes it.

Its source is https://github.com/aws/aws-lambda-runtime-interface-emulator. The SAM CLI, whose version is pinned in
`Tests/Template/requirements.txt`, brings the binary; APIGW_BATCH_EMULATOR names another one.
"""

import asyncio
import json
import os
import pathlib
import platform
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import typing

import pytest

from function import BINARY, KEY_ID, REGION, ROOT, SECRET
from time_limits import at_most

ARCH = {"aarch64": "arm64"}.get(platform.machine(), platform.machine())
TARGET = "/2015-03-31/functions/function/invocations"
CLASSIC = "classic"
MANAGED = "managed"
# The invocations that a process handles at a time in managed mode.
LOOPS = 4


def binary():
    """The emulator's path. Without it, the test is skipped."""
    if given := os.environ.get("APIGW_BATCH_EMULATOR"):
        return given
    found = sorted((ROOT / ".venv-sam").glob(f"lib/python*/site-packages/samcli/local/rapid/aws-lambda-rie-{ARCH}"))
    if not found:
        pytest.skip("the emulator comes with the SAM CLI, which isn't installed; run: make .venv-sam/ready")
    return str(found[0])


def classic(_):
    """The commands of the emulator and of the function in classic mode, for one invocation at a time."""
    return [binary()], BINARY


def managed(folder):
    """The same in managed mode, which starts `/var/task/bootstrap` whatever the command line says, as another user.

    So the emulator gets a `/var` of its own: this folder, with copies that everyone may read.
    """
    emulator = binary()
    if os.geteuid() != 0 or subprocess.run(["unshare", "--mount", "true"], capture_output=True).returncode != 0:
        pytest.skip("managed mode starts the function as another user, which takes root and a mount namespace")
    folder.chmod(0o755)
    (folder / "task").mkdir(mode=0o755)
    shutil.copy(BINARY, folder / "task/bootstrap")
    shutil.copy(emulator, folder / "emulator")
    mount = 'mount --bind "$0" /var && exec "$@"'
    return ["unshare", "--mount", "sh", "-c", mount, str(folder), "/var/emulator"], "/var/task/bootstrap"


def free_address():
    """An address where nothing listens, in a part of the loopback network that is this process's own."""
    process = os.getpid()
    with socket.socket() as unused:
        unused.bind((f"127.{1 + (process >> 16)}.{process >> 8 & 255}.{process & 255}", 0))
        return unused.getsockname()


class Result(typing.NamedTuple):
    """The emulator's response to an invocation."""

    status: int
    payload: bytes

    @property
    def proxy(self):
        return json.loads(self.payload)

    @property
    def outcome(self):
        """The status in the function's response, or the type of the function's error."""
        return self.proxy.get("statusCode") or self.proxy["errorType"]


class Emulator:
    """The emulator's process."""

    def __init__(self, loop, mode, folder, batch_url, **environment):
        command, function = {CLASSIC: classic, MANAGED: managed}[mode](folder)
        assert os.access(BINARY, os.X_OK), f"{BINARY} is missing. Run: make build"
        self.loop = loop
        self.address = free_address()
        # The number of invocations that found no loop waiting for one.
        self.refused = 0
        self.written = tempfile.TemporaryFile("w+b")
        variables = {
            "PATH": os.environ["PATH"], "AWS_REGION": REGION, "AWS_ACCESS_KEY_ID": KEY_ID,
            "AWS_SECRET_ACCESS_KEY": SECRET, "AWS_LAMBDA_LOG_FORMAT": "JSON", "AWS_ENDPOINT_URL_BATCH": batch_url,
            "AWS_LAMBDA_FUNCTION_TIMEOUT": str(int(at_most(60))), **environment,
        }
        if mode == MANAGED:
            variables["AWS_LAMBDA_MAX_CONCURRENCY"] = str(LOOPS)
        addresses = [f"{host}:{port}" for host, port in (self.address, free_address())]
        self.process = subprocess.Popen(
            [*command, "--runtime-interface-emulator-address", addresses[0], "--runtime-api-address", addresses[1],
             function],
            env=variables, stdin=subprocess.DEVNULL, stdout=self.written, stderr=self.written)

    def run(self, *work, seconds=60):
        """Runs coroutines at the same time, and returns their results."""
        async def together():
            return await asyncio.wait_for(asyncio.gather(*work), at_most(seconds))

        return self.loop.run_until_complete(together())

    async def invoke(self, event):
        """Invokes the function, as soon as one of its loops waits for an event.

        In managed mode the emulator refuses an invocation that finds none, and it responds to the caller before it does
        to the loop. So a caller's next event may come before the loop has asked for one: of 100 from 4 callers, it
        refuses 16 with a runtime in Go.
        """
        while True:
            result = await self.post(event)
            if result.status != 400 or result.outcome != "Runtime.Unavailable":
                return result
            self.refused += 1
            await asyncio.sleep(0.001)

    async def post(self, event):
        reader, writer = await self.connect()
        # With version 1.0, the emulator sends no chunks, and closes the connection.
        writer.write(f"POST {TARGET} HTTP/1.0\r\nContent-Length: {len(event)}\r\n\r\n".encode() + event)
        try:
            head, _, payload = (await reader.read()).partition(b"\r\n\r\n")
        finally:
            writer.close()
        return Result(int(head.split(b" ")[1]), payload)

    async def connect(self):
        deadline = time.monotonic() + at_most(30)
        while True:
            try:
                return await asyncio.open_connection(*self.address)
            except ConnectionRefusedError:
                # It doesn't listen yet, or not any more.
                ended = self.process.poll()
                assert ended is None, f"the emulator exited with {ended}:\n{self.output}"
                assert time.monotonic() < deadline, f"the emulator doesn't listen:\n{self.output}"
                await asyncio.sleep(0.01)

    def kill_function(self):
        """Kills the function's process."""
        tasks = pathlib.Path(f"/proc/{self.process.pid}/task")
        children = " ".join(each.read_text() for each in tasks.glob("*/children")).split()
        assert len(children) == 1, f"the emulator has {len(children)} processes:\n{self.output}"
        os.kill(int(children[0]), signal.SIGKILL)

    def until_end(self):
        """Waits for the process to exit by itself, and returns its exit status."""
        return self.process.wait(at_most(30))

    @property
    def output(self):
        size = os.fstat(self.written.fileno()).st_size
        return os.pread(self.written.fileno(), size, 0).decode()

    def end(self):
        """Ends the emulator, which ends the function."""
        self.process.terminate()
        try:
            self.process.wait(at_most(10))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.written.close()
