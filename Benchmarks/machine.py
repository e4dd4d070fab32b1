"""What the results depend on: the machine and the versions."""

import datetime
import os
import platform
import re
import subprocess
from pathlib import Path

from programs import PEER_PYTHON


def describe() -> list[tuple[str, str]]:
    system = re.search(r'PRETTY_NAME="(.*)"', Path("/etc/os-release").read_text())[1]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    commit = said("git", "rev-parse", "--short", "HEAD")
    changed = ", with changes that are not committed" if said("git", "status", "--porcelain", "Sources", "Package.swift") else ""
    return [
        ("Date", datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC")),
        ("Command", "`make bench`"),
        ("Commit", commit + changed),
        ("Machine", f"{os.cpu_count()} cores, {memory:.0f} GiB, {platform.machine()}, {system}"),
        ("Built with", re.search(r"Swift version \S+", said("swift", "--version"))[0]),
        ("On", f"libcurl {said('pkg-config', '--modversion', 'libcurl')}, OpenSSL {said('pkg-config', '--modversion', 'libcrypto')}, glibc {platform.libc_ver()[1]}"),
        ("Peer", f"Python {platform.python_version()}, {peer_packages()}"),
        ("Measured with", f"{said('valgrind', '--version')}, {said('strace', '--version').splitlines()[0].replace(' -- version', '')}"),
        ("Load before the run", f"{os.getloadavg()[0]:.1f}" + (": the machine was busy, times are rough" if os.getloadavg()[0] > 0.7 else "")),
    ]  # fmt: skip


def peer_packages() -> str:
    frozen = said(str(PEER_PYTHON), "-m", "pip", "freeze")
    return ", ".join(line.replace("==", " ") for line in frozen.splitlines() if re.match("awslambdaric|boto", line))


def said(*command: str) -> str:
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout.strip()
