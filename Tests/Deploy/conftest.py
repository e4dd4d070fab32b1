"""Fixtures that run `make deploy` and `make destroy`, as a user would, against a cloud on loopback."""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import pytest

import aws_server
from cloud import REGION, ROOT, Cloud, Moto
from time_limits import at_most

TOOLS = {"aws": ROOT / ".venv/bin/aws", "sam": ROOT / ".venv-sam/bin/sam"}
# Some scripts are also tested directly, without make.
sys.path.insert(0, str(ROOT / "scripts"))
ARCH = {"aarch64": "arm64"}.get(os.uname().machine, os.uname().machine)


@pytest.fixture(scope="session")
def account(tmp_path_factory):
    """One account for all tests, each of which has its own stack."""
    moto = Moto(tmp_path_factory.mktemp("moto"))
    cloud = Cloud(moto.wait())
    yield cloud
    cloud.end()
    moto.end()


@pytest.fixture
def cloud(account):
    """The account, without calls from earlier tests."""
    account.calls.clear()
    account.refused = set()
    account.status = None
    return account


@pytest.fixture(scope="session")
def aws(tmp_path_factory):
    """What stands for the AWS CLI on a PATH: it has a process that has loaded the CLI run it."""
    client = tmp_path_factory.mktemp("aws") / "aws"
    with tempfile.TemporaryDirectory() as folder:
        server = subprocess.Popen(
            [ROOT / ".venv/bin/python", aws_server.__file__, f"{folder}/socket"], stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, env={"PATH": "/usr/bin:/bin"})
        assert server.stdout.readline() == b"listening\n"
        python = pathlib.Path(sys.executable).resolve()
        client.write_text(aws_server.CLIENT.format(python=python, socket=f"{folder}/socket"))
        client.chmod(0o755)
        yield client
        server.kill()
        server.wait()
        server.stdout.close()


@pytest.fixture(scope="session")
def path(aws, tmp_path_factory):
    """Makes a PATH with the toolchain, the system's tools, and the AWS CLI and SAM if named; with the CLI's own start if
    wanted."""
    def make(*names, own_start=False):
        folder = tmp_path_factory.mktemp("bin")
        for name in names:
            (folder / name).symlink_to(aws if name == "aws" and not own_start else TOOLS[name])
        (folder / "python3").symlink_to(pathlib.Path(sys.executable).resolve())
        return f"{folder}:{pathlib.Path(shutil.which('swift')).parent}:/usr/bin:/bin"
    return make


@pytest.fixture(scope="session")
def environment(account, path, tmp_path_factory):
    """The user's environment: nothing from this machine, and keys that moto accepts."""
    return {
        "HOME": str(tmp_path_factory.mktemp("home")), "PATH": path("aws"), "AWS_ENDPOINT_URL": account.url,
        "AWS_REGION": REGION, "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_MAX_ATTEMPTS": "1", "SAM_CLI_TELEMETRY": "0",
    }


@pytest.fixture(scope="session")
def make(environment):
    """Runs make with arguments and variables, and returns the completed process."""
    def run(*arguments, **variables):
        return subprocess.run(
            ["make", "--no-print-directory", *arguments], cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True,
            env={**environment, **variables}, timeout=at_most(300))
    return run


@pytest.fixture(scope="session")
def deploy(make):
    """Deploys a stack with the existing package."""
    def run(stack, *arguments, **variables):
        return make("deploy", f"STACK={stack}", f"PACKAGE=dist/apigw-batch-{ARCH}.zip", *arguments, **variables)
    return run


@pytest.fixture(scope="session")
def deployed(deploy):
    """The printed output for a stack that tests only read."""
    done = deploy("shared", "JOB_QUEUES=reports,nightly-*", "JOB_DEFINITIONS=resize,convert:7")
    assert done.returncode == 0, done.stderr
    return done.stdout
