"""What the results depend on: the machine and the versions."""

import datetime
import os
import platform
import re
import subprocess
from pathlib import Path

from programs import FOLDER, PEER_PYTHON

# What the function is built from.
SOURCES = ["../Sources", "../Package.swift", "../Linker", "../scripts"]


def describe() -> list[tuple[str, str]]:
    system = re.search(r'PRETTY_NAME="(.*)"', Path("/etc/os-release").read_text())[1]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = os.getloadavg()[0]
    commit = said("git", "rev-parse", "--short", "HEAD")
    if said("git", "status", "--porcelain", "--", *SOURCES):
        commit += ", with changes that are not committed"
    return [
        ("Date", datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC")),
        ("Command", "`make bench`"),
        ("Commit", commit),
        ("Machine", f"{os.cpu_count()} cores, {memory:.0f} GiB, {platform.machine()}, {system}"),
        ("Load before the run", f"{load:.1f}" + (": the machine was busy, times are rough" if load > 0.7 else "")),
        ("Built with", re.search(r"Swift version \S+", said("swift", "--version"))[0]),
        ("On", f"libcurl {version('libcurl')}, OpenSSL {version('libcrypto')}, glibc {platform.libc_ver()[1]}"),
        ("Peer", f"Python {platform.python_version()}, {peer_packages()}"),
        ("Measured with", f"{said('valgrind', '--version')}, strace {said('strace', '--version').split()[3]}"),
    ]


def version(library: str) -> str:
    return said("pkg-config", "--modversion", library)


def peer_packages() -> str:
    frozen = said(str(PEER_PYTHON), "-m", "pip", "freeze")
    return ", ".join(line.replace("==", " ") for line in frozen.splitlines() if re.match("awslambdaric|boto", line))


def said(*command: str) -> str:
    ended = subprocess.run(
        command, check=True, cwd=FOLDER, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    return ended.stdout.strip()
