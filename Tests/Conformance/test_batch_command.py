"""`apigw-batch batch` as a command: how it exits, and what it prints."""

import re
import signal
import subprocess

import pytest

from conftest import COMMAND
from time_limits import at_most


def run(*arguments):
    return subprocess.run(
        [COMMAND, *arguments], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=at_most(30))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_cleanly(number):
    process = subprocess.Popen(
        [COMMAND, "batch"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert re.search(r"127\.0\.0\.1:\d+", process.stderr.readline())
        process.send_signal(number)
        stdout, _ = process.communicate(timeout=at_most(10))
    finally:
        process.kill()
    assert (process.returncode, stdout) == (0, "")


def test_a_taken_port_is_reported_in_one_line_with_a_remedy(batch_url):
    port = batch_url.rpartition(":")[2]
    ended = run("batch", "--port", port)
    line = f"Error: port {port} on 127.0.0.1 is already in use; use --port 0 to pick a free one\n"
    assert (ended.returncode, ended.stdout, ended.stderr) == (1, "", line)


@pytest.mark.parametrize(("arguments", "words"), [
    (["--prot", "1"], "Did you mean '--port'?"),
    (["--port", "x"], "'x' is invalid for '--port <n>'"),
    (["--port", "65536"], "not 65536; use --port 0 to pick a free one\n"),
    (["--queue", "a b"], "such as --queue reports\n"),
    (["--definition", "a:0"], "such as --definition resize:7\n"),
    (["--run-for", "0"], "--run-for 0: not a time that a job can run for; use one such as 500ms, 5s or 2m, or never\n"),
    (["--run-for", "5"], "use one such as 500ms, 5s or 2m, or never\n"),
    (["--run-for", "1d"], "use one such as 500ms, 5s or 2m, or never\n"),
    (["--fail", "a:0"], "such as --fail resize:7\n"),
    (["--run-for", "never", "--fail", "a"], "--fail has no effect with --run-for never; leave one of them out\n"),
    (["--list-delay", "-1"], "Missing value for '--list-delay"),
    (["--list-delay", "60001"], "the delay is 0 to 60000 ms; use --list-delay 1000\n"),
    (["surplus"], "Unexpected argument 'surplus'"),
])
def test_a_wrong_command_line_is_named(arguments, words):
    ended = run("batch", *arguments)
    assert (ended.returncode, ended.stdout) == (64, "")
    assert words in ended.stderr


def test_it_prints_its_version():
    assert run("--version").stdout == "0.1.0\n"
