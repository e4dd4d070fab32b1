"""Fixtures that run the package in an otherwise empty root, with its servers on loopback.

`scripts/test-package.sh` runs these tests in their own network namespace, where ports 53 and 443 are free and no other
machine can be reached.
"""

import os
import pathlib
import platform
import shutil
import socket
import subprocess
import sys
import time

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
# The servers and certificates are those of the conformance tests; the checks are those at the end of `make package`.
sys.path[:0] = [str(ROOT / "Tests/Conformance"), str(ROOT / "scripts")]

from certificates import Authority  # noqa: E402
from fixtures import loop, serve  # noqa: E402, F401
from function import Function, RuntimeAPI  # noqa: E402
from time_limits import at_most  # noqa: E402

MACHINE = {"aarch64": "arm64"}.get(platform.machine(), platform.machine())
ARCH = os.environ.get("APIGW_BATCH_ARCH", MACHINE)
# A static program that runs the package of another architecture.
EMULATOR = os.environ.get("APIGW_BATCH_EMULATOR")
PACKAGE = pathlib.Path(os.environ.get("APIGW_BATCH_PACKAGE", ROOT / f"dist/apigw-batch-{ARCH}.zip"))
BUILT = ROOT / ".aws-sam/build/SubmitJobFunction"
# Where Lambda unpacks a function.
TASK = "/var/task"


@pytest.fixture(scope="session")
def package():
    assert PACKAGE.exists(), f"{PACKAGE} is missing. Run: make package ARCH={ARCH}"
    return PACKAGE


class Root:
    """A root folder with what `fill` writes there, and an empty folder for /proc; and with the emulator, if one runs it."""

    def __init__(self, folder, fill):
        self.folder = folder
        folder.mkdir()
        fill(folder)
        (folder / "proc").mkdir()
        if EMULATOR:
            shutil.copy(EMULATOR, folder / "emulator")

    def write(self, path, text):
        file = self.folder / path[1:]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    @property
    def command(self):
        """Starts the function with this root, as process 1 of a new PID namespace, so that it ends with the command."""
        return [
            shutil.which("unshare"), "--mount", "--pid", "--fork", "--kill-child", f"--root={self.folder}",
            "--mount-proc", *(["/emulator"] if EMULATOR else []), f"{TASK}/bootstrap"]


@pytest.fixture
def root(tmp_path):
    """A root with SAM's build, which is what it deploys."""
    assert BUILT.exists(), f"{BUILT} is missing. Run: sam build"
    # Keeps the files' modes.
    return Root(tmp_path / "root", lambda folder: shutil.copytree(BUILT, folder / TASK[1:]))


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def function(serve, root):
    """Starts the packaged function with its own Runtime API."""
    functions = []

    def start(runtime=RuntimeAPI, **environment):
        variables = {"LAMBDA_TASK_ROOT": TASK, **environment}
        functions.append(Function(serve(runtime), command=root.command, **variables))
        return functions[-1]

    yield start
    for each in functions:
        each.end()


class NameServer:
    """dnsmasq, which resolves some names to this machine's loopback, and rejects all others."""

    ADDRESSES = ("127.0.0.1", "127.0.0.53")

    def __init__(self, folder, *names):
        self.log = folder / "dnsmasq.log"
        self.process = subprocess.Popen([
            shutil.which("dnsmasq", path=f"{os.environ['PATH']}:/usr/sbin"), "--keep-in-foreground", "--conf-file=/dev/null",
            "--no-resolv", "--no-hosts", "--user=root", "--pid-file=", "--bind-interfaces", "--log-queries",
            f"--log-facility={self.log}", "--local=/#/",
            *(f"--listen-address={address}" for address in self.ADDRESSES),
            *(f"--host-record={name},127.0.0.1" for name in names)])

    def wait(self):
        """Waits until it responds."""
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
            client.settimeout(0.1)
            client.connect((self.ADDRESSES[-1], 53))
            deadline = time.monotonic() + at_most(20)
            while time.monotonic() < deadline:
                assert self.process.poll() is None, f"dnsmasq exited: {self.log.read_text()}"
                try:
                    # A query for the A records of `x.`.
                    client.send(b"\0\1\1\0\0\1\0\0\0\0\0\0\1x\0\0\1\0\1")
                    client.recv(512)
                    return
                except OSError:
                    # dnsmasq doesn't have the port yet.
                    time.sleep(0.01)
        raise AssertionError("dnsmasq does not respond")

    def was_asked(self, name):
        return f" {name} from 127." in self.log.read_text()

    def end(self):
        self.process.kill()
        self.process.wait()


@pytest.fixture
def names(tmp_path):
    """Starts a name server for some names."""
    servers = []

    def start(*known):
        servers.append(NameServer(tmp_path, *known))
        servers[-1].wait()
        return servers[-1]

    yield start
    for server in servers:
        server.end()
