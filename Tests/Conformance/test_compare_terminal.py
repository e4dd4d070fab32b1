"""What `apigw-batch compare` writes to a terminal is no wider than the terminal."""

import fcntl
import os
import pty
import struct
import subprocess
import termios

import pytest

from function import ROOT
from gateway import COMMAND
from time_limits import at_most

URL = "http://127.0.0.1:9/a-stage-with-a-name-that-is-longer-than-most/direct/jobs/queue/job"
COMPARE = [COMMAND, "compare", "--requests", "4", "--warm-up", "2", "--direct-url", URL]


def lines_on_a_terminal(columns):
    terminal, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    process = subprocess.Popen(
        COMPARE, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=slave, stderr=subprocess.DEVNULL)
    os.close(slave)
    output = b""
    while True:
        try:
            chunk = os.read(terminal, 65536)
        except OSError:  # A terminal ends like this once it has no writer.
            break
        if not chunk:
            break
        output += chunk
    os.close(terminal)
    # Nothing listens at the URL, so the report is short and says so.
    assert process.wait(timeout=at_most(60)) == 1
    return output.decode().splitlines()


@pytest.mark.parametrize("columns", [70, 80])
def test_the_report_is_as_wide_as_the_terminal_except_for_urls(columns):
    lines = lines_on_a_terminal(columns)
    assert [line for line in lines if len(line) > columns and "://" not in line] == []
    assert max(len(line) for line in lines if "://" not in line) > columns - 10
    assert any(URL in line for line in lines)


def test_the_report_has_100_columns_elsewhere():
    ended = subprocess.run(
        COMPARE, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=at_most(60))
    widths = [len(line) for line in ended.stdout.splitlines() if "://" not in line]
    assert 90 < max(widths) <= 100
