"""Runs a program under the harness, and if needed under callgrind or strace."""

import json
import os
import random
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

from certificate import Certificate
from programs import BUILD, PACKAGE, PROGRAMS, Program, environment, event

WARM_UP, WARM_INVOCATIONS = 500, 5000
DROP_CACHES = Path("/proc/sys/vm/drop_caches")


def run(
    program: Program,
    invocations: int,
    warm_up: int = 0,
    tls: Certificate | None = None,
    under: list[str] | None = None,
    late: bool = False,
) -> dict:
    """Runs a program once, and returns the harness's measurements.

    With `late`, Batch refuses connections until the first event is requested.
    """
    log = BUILD / f"{program.name}.log"
    log.unlink(missing_ok=True)
    command = [str(BUILD / "harness"), "-n", str(invocations), "-w", str(warm_up), "-l", str(log)]
    variables = environment(program)
    if tls:
        command += ["-c", str(tls.certificate), "-k", str(tls.key)]
        few = tls.small_folder if program.command == PACKAGE.command else tls.small_bundle
        bundle = str(few if program.few_roots else tls.bundle)
        # Go reads this file, and all files of this folder: Debian's has the same certificates again.
        variables |= {"AWS_CA_BUNDLE": bundle, "SSL_CERT_FILE": bundle, "SSL_CERT_DIR": "/nonexistent"}
    if late:
        command.append("-d")
    command += [str(event(program)), "--", *(under or []), *program.command]
    ended = subprocess.run(command, env=variables, stdout=subprocess.PIPE, text=True)
    if ended.returncode != 0:
        raise SystemExit(f"bench: the {program.name} failed; see {log}")
    result = json.loads(ended.stdout)
    if result["batch_requests"] != invocations:
        raise SystemExit(f"bench: the {program.name} sent {result['batch_requests']} jobs in {invocations} invocations")
    keys = invocations if program.keyed else 0
    if (result["claims"], result["completions"]) != (keys, keys):
        raise SystemExit(
            f"bench: the {program.name} claimed {result['claims']} keys and completed {result['completions']}, not {keys}")
    result["first_invocation_us"] = result["spawn_to_response_us"] - result["spawn_to_next_us"]
    return result


def warm(program: Program) -> dict:
    """Runs a program for long, and returns the measurements of its warm invocations."""
    return run(program, WARM_UP + WARM_INVOCATIONS, WARM_UP)


def by_turns(
    rounds: int, measured: Callable[[Program], dict], programs: list[Program] = PROGRAMS
) -> dict[Program, list[dict]]:
    """Runs the programs in turn, repeatedly, so that a slow moment of the machine affects all of them.

    Each round has another order: a start that follows a large program's, such as Python's, takes longer.
    """
    results = {program: [] for program in programs}
    order = random.Random(1)
    for _ in range(rounds):
        for program in order.sample(programs, len(programs)):
            results[program].append(measured(program))
    return results


def drop_caches() -> bool:
    """Makes the next start read its files from disk; false if this process lacks permission."""
    os.sync()
    try:
        DROP_CACHES.write_text("3")
    except OSError:
        return False
    return True


class CoreShare:
    """A control group that limits commands to a share of one core, as long as it's open."""

    PERIOD_US = 20_000
    # The controller's folder and the files to write, for cgroup v2 and v1.
    CONTROLLERS = [
        ("/sys/fs/cgroup", {"cpu.max": "{quota} {period}"}),
        ("/sys/fs/cgroup/cpu", {"cpu.cfs_period_us": "{period}", "cpu.cfs_quota_us": "{quota}"}),
    ]

    def __init__(self, share: float):
        self.quota = round(share * self.PERIOD_US)
        self.group: Path | None = None

    def __enter__(self) -> list[str] | None:
        """Returns the prefix for commands, or None if this process may not create control groups."""
        for root, files in self.CONTROLLERS:
            group = Path(root, f"apigw-batch-bench-{os.getpid()}")
            try:
                group.mkdir()
            except OSError:
                continue
            self.group = group
            if all((group / name).exists() for name in files):
                for name, value in files.items():
                    (group / name).write_text(value.format(quota=self.quota, period=self.PERIOD_US))
                return ["sh", "-c", 'echo $$ >"$0" && exec "$@"', str(group / "cgroup.procs")]
            self.__exit__()
        return None

    def __exit__(self, *error) -> None:
        if self.group:
            self.group.rmdir()
            self.group = None


def callgrind(program: Program, invocations: int) -> Path:
    """Runs a program under callgrind, and returns the file with its counts of user instructions."""
    path = BUILD / f"callgrind.{program.name}.{invocations}"
    path.unlink(missing_ok=True)
    # callgrind can't follow the signals by which Go interrupts its own threads.
    under = ["env", "GODEBUG=asyncpreemptoff=1", "valgrind", "--quiet", "--tool=callgrind"]
    run(program, invocations, under=[*under, f"--callgrind-out-file={path}"])
    return path


def instructions(program: Program) -> float:
    """User instructions per warm invocation: the difference between a longer and a shorter run, excluding start-up."""

    def total(invocations: int) -> int:
        return int(re.search(r"^summary: (\d+)", callgrind(program, invocations).read_text(), re.M)[1])

    return per_invocation(program, total)


def syscalls(program: Program) -> float:
    """System calls per warm invocation, in all threads."""

    def total(invocations: int) -> int:
        path = BUILD / f"strace.{program.name}"
        run(program, invocations, under=["strace", "-f", "-c", "-U", "calls,name", "-o", str(path)])
        return int(re.search(r"^\s*(\d+) total$", path.read_text(), re.M)[1])

    return per_invocation(program, total)


def per_invocation(program: Program, total) -> float:
    short, long = program.lengths
    return (total(long) - total(short)) / (long - short)
