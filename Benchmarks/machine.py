"""Describes the machine and the versions that the results depend on."""

import datetime
import os
import platform
import re
import subprocess
from pathlib import Path

from programs import FOLDER, PEER_PYTHON

# The sources of the function.
SOURCES = ["../Sources", "../Package.swift", "../Linker", "../scripts"]


def describe() -> list[tuple[str, str]]:
    system = re.search(r'PRETTY_NAME="(.*)"', Path("/etc/os-release").read_text())[1]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = os.getloadavg()[0]
    commit = output("git", "rev-parse", "--short", "HEAD")
    if output("git", "status", "--porcelain", "--", *SOURCES):
        commit += ", with uncommitted changes"
    return [
        ("Date", datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC")),
        ("Command", "`make bench`"),
        ("Commit", commit),
        ("Machine", f"{os.cpu_count()} cores, {memory:.0f} GiB, {platform.machine()}, {system}"),
        ("Load before the run", f"{load:.1f}" + (": the machine was busy, times are rough" if load > 0.7 else "")),
        ("Built with", re.search(r"Swift version \S+", output("swift", "--version"))[0]),
        ("On", f"libcurl {version('libcurl')}, OpenSSL {version('libcrypto')}, glibc {platform.libc_ver()[1]}"),
        ("Peer", f"Python {platform.python_version()}, {peer_packages()}"),
        ("Measured with", f"{output('valgrind', '--version')}, strace {output('strace', '--version').split()[3]}"),
    ]


def version(library: str) -> str:
    return output("pkg-config", "--modversion", library)


def peer_packages() -> str:
    frozen = output(str(PEER_PYTHON), "-m", "pip", "freeze")
    return ", ".join(line.replace("==", " ") for line in frozen.splitlines() if re.match("awslambdaric|boto", line))


def output(*command: str) -> str:
    ended = subprocess.run(
        command, check=True, cwd=FOLDER, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    return ended.stdout.strip()
