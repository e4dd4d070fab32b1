"""A package that was built elsewhere is deployed only if its checksum is the published one, and without Swift."""

import hashlib
import io
import shutil

import pytest

import checksum
from asked import NAMES, PACKAGE, changes, entries, uploaded
from cloud import ROOT
from deploy import check
from stack import Failure

SUM = hashlib.sha256(b"a zip").hexdigest()
WRONG = "0123456789abcdef" * 4


@pytest.fixture
def file(tmp_path):
    file = tmp_path / "x.zip"
    file.write_bytes(b"a zip")
    return file


def fault(file, wanted=None, beside=None):
    """What is wrong with the file's sum if `beside` is in the file next to it."""
    if beside is not None:
        file.with_name("x.zip.sha256").write_bytes(beside.encode())
    return checksum.fault(file, wanted, "PACKAGE", "deploy")


@pytest.mark.parametrize("line", [f"{SUM}  x.zip\n", f"{SUM} *x.zip\n", f"{SUM}  another name.zip", f"\\{SUM}  a\\nb.zip\n"])
def test_the_sum_in_the_file_next_to_it(file, line):
    assert fault(file, beside=line) is None


@pytest.mark.parametrize("wanted", [SUM, SUM.upper()])
def test_a_given_sum_is_what_counts(file, wanted):
    assert fault(file, wanted) is None
    assert fault(file, wanted, beside=f"{WRONG}  x.zip\n") is None


def test_a_sum_that_differs_is_refused_with_both(file):
    for found, origin in ((fault(file, WRONG), "SHA256 says"), (fault(file, beside=f"{WRONG}  x.zip\n"), f"'{file}.sha256' says")):
        assert found == (
            f"PACKAGE '{file}' is not what was published: its SHA-256 is {SUM}, and {origin} {WRONG}. Download both again, "
            "then run: make deploy PACKAGE=…")
    # The file next to it can't override what was given.
    assert WRONG in fault(file, WRONG, beside=f"{SUM}  x.zip\n")


def test_a_missing_sum_is_named_with_the_next_command(file):
    found = fault(file)
    assert f"PACKAGE '{file}' can't be checked: there is no '{file}.sha256'. Download it" in found
    assert found.endswith("run: make deploy PACKAGE=… SHA256=SUM, with the sum that is published there")
    # The file's own sum, pasted, would prove nothing.
    assert SUM not in found


@pytest.mark.parametrize("text", [
    "", "\n", SUM, f"{SUM}\n", f"{SUM[1:]}  x.zip\n", f"{SUM}0  x.zip\n", f"{SUM.upper()}  x.zip\n", f" {SUM}  x.zip\n",
    f"{SUM}  x.zip\n{WRONG}  y.zip\n", f"SHA256 (x.zip) = {SUM}\n", "<html>404</html>", "\x00" * 99], ids=repr)
def test_a_file_of_another_format_is_no_sum(file, text):
    assert f"'{file}.sha256' is not one line of sha256sum. Download it again, or run: make deploy" in fault(file, beside=text)


def test_the_sum_is_checked_before_the_contents(tmp_path, monkeypatch):
    package = tmp_path / "x.zip"
    shutil.copy(PACKAGE, package)
    with pytest.raises(Failure, match="can't be checked"):
        check(package, "x86_64")
    monkeypatch.setattr("check_zip.faults", lambda arch, path: ["it was read"])
    with pytest.raises(Failure, match="is not what was published"):
        check(package, "x86_64", WRONG)
    with pytest.raises(Failure, match="it was read"):
        check(package, "x86_64", checksum.sha256(package))


def test_a_package_that_is_damaged_as_published(tmp_path):
    package = tmp_path / "x.zip"
    data = bytearray(PACKAGE.read_bytes())
    data[len(data) // 2] ^= 1
    package.write_bytes(data)
    with pytest.raises(Failure, match="it can't be unpacked: .* Run: make deploy PACKAGE=…"):
        check(package, "x86_64", checksum.sha256(package))


def test_sha256sum_accepts_the_packages_own_file():
    assert checksum.fault(PACKAGE, None, "PACKAGE", "deploy") is None
    assert (ROOT / f"{PACKAGE}.sha256").read_text() == f"{checksum.sha256(PACKAGE)}  {PACKAGE.name}\n"


@pytest.mark.parametrize("installed", [("aws",), ("aws", "sam")], ids=["aws", "sam"])
def test_a_package_is_deployed_without_swift(make, cloud, path, tmp_path, installed):
    canary, tools = tmp_path / "canary", tmp_path / "tools"
    tools.mkdir()
    for name in ("swift", "swiftc", "docker", "gcc", "cc", "apt-get"):
        (tools / name).write_text(f'#!/bin/sh\necho "$0 $*" >>{canary}\nexit 1\n')
        (tools / name).chmod(0o755)
    package = tmp_path / "downloaded.zip"
    shutil.copy(PACKAGE, package)
    stack = f"downloaded-with-{installed[-1]}"
    done = make(
        "deploy", f"STACK={stack}", *NAMES, f"PACKAGE={package}", f"SHA256={checksum.sha256(package)}",
        PATH=f"{tools}:{path(*installed)}")
    assert done.returncode == 0, done.stderr
    assert not canary.exists(), canary.read_text()
    (archive,) = [data for key, data in uploaded(cloud, stack).items() if not key.endswith(".template")]
    assert entries(io.BytesIO(archive)) == entries(PACKAGE)


def test_a_package_with_another_sum_is_not_deployed(make, cloud):
    done = make("deploy", "STACK=none", *NAMES, f"PACKAGE={PACKAGE}", f"SHA256={WRONG}")
    assert done.returncode != 0
    assert f"its SHA-256 is {checksum.sha256(PACKAGE)}, and SHA256 says {WRONG}" in done.stderr and "run: make deploy" in done.stderr
    assert cloud.calls == [] and changes(cloud) == []
