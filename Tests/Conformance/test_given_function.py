"""`make run FUNCTION=FILE`: a ready-made function is checked, unpacked and run in place of the one that is built."""

import hashlib
import json
import os
import pathlib
import platform
import shutil
import struct
import subprocess
import sys

import pytest

from conftest import COMMAND, ROOT
from function import BINARY
from time_limits import at_most

MACHINE, OTHER = ("arm64", "x86_64") if platform.machine() in ("aarch64", "arm64") else ("x86_64", "arm64")
NUMBERS = {"x86_64": 62, "arm64": 183}
# A function that says where it runs, and passes its own invocation on to the one that is built.
SCRIPT = f"""#!/bin/sh
echo "given=$0 root=$LAMBDA_TASK_ROOT" >&2
exec '{BINARY}'
"""


@pytest.fixture
def zipped(tmp_path):
    """Makes a package of an executable, with its checksum next to it."""
    def make(data, name="a package.zip"):
        source, package = tmp_path / "source", tmp_path / name
        source.write_bytes(data)
        subprocess.run([sys.executable, ROOT / "scripts/make_zip.py", source, package], check=True)
        checksum = subprocess.run(["sha256sum", package.name], cwd=tmp_path, check=True, capture_output=True).stdout
        package.with_name(f"{name}.sha256").write_bytes(checksum)
        return package
    return make


@pytest.fixture
def run(tmp_path):
    """Runs the script as make does, in a copy of it, so that nothing is unpacked into the checkout."""
    copy = tmp_path / "checkout"
    shutil.copytree(ROOT / "scripts", copy / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("LICENSE", "THIRD-PARTY-NOTICES"):
        shutil.copy(ROOT / name, copy)

    def run(function, *command, sha256="", cwd=ROOT):
        command = command or (COMMAND, "invoke", "events/rest-submit.json")
        return subprocess.run(
            [sys.executable, copy / "scripts/with_function.py", *command], cwd=cwd, capture_output=True, text=True,
            timeout=at_most(60), env={"PATH": os.environ["PATH"], "given_FUNCTION": str(function), "given_SHA256": sha256})
    return run


def test_a_package_is_unpacked_and_run(run, zipped, tmp_path):
    package = zipped(SCRIPT.encode())
    for _ in range(2):
        done = run(package)
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["statusCode"] == 200
        (folder,) = (tmp_path / "checkout/.build/given").iterdir()
        # Amazon's roots are next to it, where the function looks for them.
        assert f"given={folder}/bootstrap root={folder}\n" in done.stderr
    assert sorted(each.name for each in folder.iterdir()) == ["LICENSE", "THIRD-PARTY-NOTICES", "amazon-roots", "bootstrap"]
    assert os.access(folder / "bootstrap", os.X_OK)
    # Another content is another function, whatever its name.
    done = run(zipped(SCRIPT.replace("given=", "changed=").encode()))
    assert "changed=" in done.stderr and done.returncode == 0


def test_an_executable_is_run(run, tmp_path):
    for file in (pathlib.Path(BINARY), tmp_path / "its own"):
        if not file.exists():
            file.write_text(SCRIPT)
            file.chmod(0o755)
        done = run(file)
        assert done.returncode == 0 and json.loads(done.stdout)["statusCode"] == 200, done.stderr
    assert f"given={file} root={tmp_path}\n" in done.stderr


def test_a_path_is_relative_to_where_make_runs(run, zipped):
    package = zipped(SCRIPT.encode())
    done = run(package.name, "sh", "-c", 'echo "$APIGW_BATCH_FUNCTION"', cwd=package.parent)
    assert done.stdout.endswith("/bootstrap\n") and done.stdout.startswith("/")


@pytest.mark.parametrize("change, words", [
    (lambda package: package.with_name(f"{package.name}.sha256").unlink(), "can't be checked: there is no '"),
    (lambda package: package.write_bytes(package.read_bytes() + b"\0"), "is not what was published: its SHA-256 is "),
], ids=["no checksum", "another checksum"])
def test_a_package_that_is_not_the_published_one_is_not_unpacked(run, zipped, tmp_path, change, words):
    package = zipped(SCRIPT.encode())
    change(package)
    done = run(package)
    assert (done.returncode, done.stdout) == (64, "") and len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith(f"function: FUNCTION '{package}' {words}") and "run: make run FUNCTION=" in done.stderr
    assert not (tmp_path / "checkout/.build").exists()


def test_a_sum_can_be_given(run, zipped, tmp_path):
    package = zipped(SCRIPT.encode())
    beside = package.with_name(f"{package.name}.sha256")
    right = beside.read_text()[:64]
    beside.unlink()
    assert run(package, "true", sha256=right).returncode == 0
    executable = tmp_path / "x"
    executable.write_text("#!/bin/sh\n")
    executable.chmod(0o755)
    assert "is not what was published" in run(executable, "true", sha256=right).stderr
    assert "SHA256 must be the 64 hexadecimal digits of a SHA-256 sum, not 'x'; run: make run" in run(package, "true", sha256="x").stderr


def elf(machine):
    return b"\x7fELF\x02\x01\x01" + bytes(9) + struct.pack("<HH", 2, machine) + bytes(100)


@pytest.mark.parametrize("number, name", [(NUMBERS[OTHER], OTHER), (243, "ELF machine 243")], ids=["other", "unknown"])
def test_a_function_for_another_architecture(run, zipped, tmp_path, number, name):
    executable = tmp_path / "bootstrap"
    executable.write_bytes(elf(number))
    executable.chmod(0o755)
    for file in (zipped(elf(number)), executable):
        assert run(file).stderr == (
            f"function: FUNCTION '{file}' is for {name}, and this machine is {MACHINE}; "
            f"run: make run FUNCTION=FILE, with one for {MACHINE}\n")


@pytest.mark.parametrize("name, words", [
    ("nowhere.zip", "which doesn't exist"), ("scripts", "which is a folder"),
    ("README.md", "is neither a zip archive nor an executable file"), ("--help", "which doesn't exist")])
def test_what_is_no_function(run, name, words):
    done = run(name)
    assert (done.returncode, done.stdout) == (64, "") and len(done.stderr.splitlines()) == 1
    assert words in done.stderr and "run: make run FUNCTION=FILE, with a package or its bootstrap" in done.stderr


def test_a_package_that_is_damaged_as_published(run, zipped, tmp_path):
    package = zipped(os.urandom(10_000))
    data = bytearray(package.read_bytes())
    data[len(data) // 2] ^= 1
    package.write_bytes(data)
    done = run(package, sha256=hashlib.sha256(data).hexdigest())
    assert (done.returncode, done.stdout) == (64, "") and len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith(f"function: FUNCTION '{package}' can't be unpacked: ") and "; run: make run" in done.stderr
    assert list((tmp_path / "checkout/.build/given").iterdir()) == []


def test_a_zip_archive_without_a_function(run, tmp_path):
    package = tmp_path / "x.zip"
    subprocess.run([sys.executable, "-m", "zipfile", "--create", package, ROOT / "LICENSE"], check=True)
    package.with_name("x.zip.sha256").write_bytes(
        subprocess.run(["sha256sum", package], check=True, capture_output=True).stdout)
    assert f"FUNCTION '{package}' is a zip archive without bootstrap; run: make run" in run(package).stderr
