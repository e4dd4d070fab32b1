"""`make install` puts the command, the function and the completions where PREFIX and DESTDIR say."""

import json
import os
import pathlib
import shutil
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "Tests/Conformance"))

from time_limits import at_most  # noqa: E402

COMMAND = pathlib.Path(os.environ.get("APIGW_BATCH_COMMAND", ROOT / ".build/debug/apigw-batch"))
FUNCTION = pathlib.Path(os.environ.get("APIGW_BATCH_FUNCTION", ROOT / ".build/release/SubmitJobFunction"))
FILES = {
    "bin/apigw-batch": 0o755, "libexec/apigw-batch/SubmitJobFunction": 0o755,
    "share/bash-completion/completions/apigw-batch": 0o644, "share/zsh/site-functions/_apigw-batch": 0o644,
    "share/fish/vendor_completions.d/apigw-batch.fish": 0o644,
}


@pytest.fixture(scope="session")
def checkout(tmp_path_factory):
    """The script with a build next to it: the debug build of the command stands for the release build."""
    for each in (COMMAND, FUNCTION):
        assert os.access(each, os.X_OK), f"{each} is not built. Run: make build"
    folder = tmp_path_factory.mktemp("a checkout")
    for name in ("scripts", ".build/release"):
        (folder / name).mkdir(parents=True)
    shutil.copy(ROOT / "scripts/install.sh", folder / "scripts")
    shutil.copy(COMMAND, folder / ".build/release/apigw-batch")
    shutil.copy(FUNCTION, folder / ".build/release/SubmitJobFunction")
    return folder


@pytest.fixture(scope="session")
def install(checkout):
    def run(*arguments, cwd="/"):
        return subprocess.run(
            [checkout / "scripts/install.sh", *arguments], cwd=cwd, capture_output=True, text=True, timeout=at_most(120))
    return run


def installed(root):
    return {
        path.relative_to(root).as_posix(): path.stat().st_mode & 0o777 for path in root.rglob("*") if path.is_file()}


@pytest.fixture(scope="session")
def prefix(install, tmp_path_factory):
    prefix = tmp_path_factory.mktemp("it's") / "a prefix"
    done = install(f"--prefix={prefix}")
    assert done.returncode == 0, done.stderr
    assert sorted(done.stdout.splitlines()) == sorted(f"{prefix}/{name}" for name in FILES)
    return prefix


def test_everything_is_installed_with_its_mode(prefix, checkout):
    assert installed(prefix) == FILES
    for name, built in (("bin/apigw-batch", "apigw-batch"), ("libexec/apigw-batch/SubmitJobFunction", "SubmitJobFunction")):
        assert (prefix / name).read_bytes() == (checkout / ".build/release" / built).read_bytes()


def test_it_is_installed_again_over_what_is_there(install, prefix):
    assert install(f"--prefix={prefix}").returncode == 0
    assert installed(prefix) == FILES


def test_destdir_goes_before_the_prefix(install, tmp_path):
    done = install("--prefix=/usr", f"--destdir={tmp_path}")
    assert done.returncode == 0, done.stderr
    assert installed(tmp_path / "usr") == FILES
    # In the checkout, whose folder make runs it in.
    assert install("--destdir=./stage").returncode == 0


def test_usr_local_is_the_default(install, tmp_path):
    assert install(f"--destdir={tmp_path}").returncode == 0
    assert installed(tmp_path / "usr/local") == FILES


@pytest.mark.parametrize("arguments, words", [
    (["--prefix=here"], "PREFIX must be an absolute path, not 'here'; run: make install PREFIX=/usr/local"),
    (["--prefix=~/x"], "PREFIX must be an absolute path, not '~/x'"),
    (["--destdir=stage"], "DESTDIR must start with / or ./, not 'stage'; run: make install DESTDIR=./stage"),
    (["--prefix=/dev/null"], "can't write to /dev/null; run: make install PREFIX="),
    (["x"], "usage: install.sh"),
])
def test_what_can_not_be_is_refused(install, arguments, words):
    done = install(*arguments)
    assert done.returncode != 0 and words in done.stderr and done.stdout == ""


@pytest.mark.parametrize("shell, file", [
    ("bash", "share/bash-completion/completions/apigw-batch"), ("zsh", "share/zsh/site-functions/_apigw-batch"),
    ("fish", "share/fish/vendor_completions.d/apigw-batch.fish"),
])
def test_completions_know_the_subcommands(prefix, shell, file):
    text = (prefix / file).read_text()
    assert all(each in text for each in ("invoke", "serve", "compare", "doctor"))
    if shutil.which(shell):
        assert subprocess.run([shell, "-n", prefix / file], capture_output=True).returncode == 0


@pytest.mark.parametrize("link", [False, True], ids=["by its path", "by a link"])
def test_the_installed_command_finds_the_installed_function(prefix, tmp_path, link):
    command = prefix / "bin/apigw-batch"
    if link:
        (tmp_path / "batch").symlink_to(command)
        command = tmp_path / "batch"
    done = subprocess.run(
        [command, "invoke", ROOT / "events/rest-submit.json"], cwd=tmp_path, stdin=subprocess.DEVNULL,
        capture_output=True, text=True, timeout=at_most(60), env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)})
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["statusCode"] == 200
