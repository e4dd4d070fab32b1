"""A world in which each invocation is struck at one of its system calls, by strace: killed, or stopped for a long time.

strace delivers the signal when the function enters the call. SIGKILL ends the process without the call; SIGSTOP takes
effect after it. A process that is thawed goes on when its time is long up and its key has its job.
"""

import asyncio
import collections
import os
import pathlib
import re
import signal
import tempfile
import typing

from campaign_client import Client
from campaign_events import event
from campaign_ledger import Key
from campaign_plan import FREEZE, STORMY, Fate, Plan
from campaign_sandbox import THAWED, Invocation, Pool
from campaign_world import World
from time_limits import at_most

# Processes under strace at once.
TRACED = 6
# The time limit of an invocation that is struck, in seconds.
TIMEOUT = at_most(3)
# On a busy machine, its time may be up before it gets to the call.
ATTEMPTS = 3
# Memory may be allocated at other times in another process.
VARYING = {"brk", "mmap", "munmap", "madvise"}


class Strike(typing.NamedTuple):
    """A signal at the n-th call of a name, in the first or the second invocation of a process."""

    signal: signal.Signals
    is_warm: bool
    call: str
    number: int

    def __str__(self):
        return f"{self.signal.name} at {self.call} {self.number} of a {'warm' if self.is_warm else 'new'} process"


class StruckWorld(World):
    """Strikes a keyed submit at each of its system calls in turn."""

    def __init__(self, options, kind, report):
        super().__init__(options, [], kind, report)
        self.strikes = []
        self.unreached = []

    async def send_all(self, turns):
        self.turns = asyncio.Semaphore(TRACED)
        for is_warm in (False, True):
            calls = collections.Counter(await self.calls(is_warm))
            self.strikes += [
                Strike(how, is_warm, call, number + 1) for call, count in calls.items() for number in range(count)
                for how in ([signal.SIGKILL] if is_warm else [signal.SIGKILL, signal.SIGSTOP])]
        await asyncio.gather(*[self.survive(strike) for strike in self.strikes])

    def key(self):
        self.keys.append(Key(Plan(self.options.seed, len(self.keys) + 1)))
        # Only one request at a time, of one kind.
        plan = self.keys[-1].plan
        plan.starts_refused, plan.rival, plan.racers, plan.asks_again = False, None, 1, True
        self.keys[-1].count = STORMY
        return self.keys[-1]

    def invocation(self, key):
        number = key.began()
        fate = Fate(key.plan, number)
        fate.timeout = TIMEOUT
        key.invocations.append(
            Invocation(key, number, fate, event(key.plan, key.plan.wanted, fate), key.plan.wanted))
        return key.invocations[-1]

    async def sandbox(self, is_warm):
        """A process of its own, which has handled an event if it is warm."""
        pool = Pool(self, 1)
        sandbox = await pool.take()
        if is_warm:
            assert await sandbox.deliver(self.invocation(self.key()))
            sandbox = await pool.take()
        # Its death is no fault.
        sandbox.is_condemned = True
        return sandbox

    async def calls(self, is_warm):
        """The names of the system calls of an invocation, in order, until its response has been sent."""
        sandbox = await self.sandbox(is_warm)
        with tempfile.NamedTemporaryFile("r") as trace:
            strace = await self.attach(sandbox, trace.name, "-e", "signal=none")
            assert await sandbox.deliver(self.invocation(self.key()))
            strace.terminate()
            await strace.wait()
            sandbox.process.kill()
            lines = trace.read().splitlines()
        names = []
        for line in lines:
            names.append(re.match(r"(?:\d+ +)?(\w+)", line)[1])
            if "/invocation/" in line and names[-1] == "sendto":
                break
        # The call in which it waited for the event was entered before.
        return names[1:]

    async def attach(self, sandbox, trace, *options):
        strace = await asyncio.create_subprocess_exec(
            "strace", "-f", "-s", "64", "-p", str(sandbox.process.pid), "-o", trace, *options,
            stdin=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE)
        said = await strace.stderr.readline()
        assert b"attached" in said, said
        return strace

    async def survive(self, strike):
        """Strikes an invocation of a key, then sends the request until it has a response."""
        for _ in range(ATTEMPTS):
            async with self.turns:
                key = self.key()
                sandbox = await self.sandbox(strike.is_warm)
                with tempfile.NamedTemporaryFile("r") as trace:
                    is_reached = await self.hit(strike, sandbox, self.invocation(key), trace)
            await Client(self, key).run()
            if is_reached or strike.call in VARYING:
                return
        self.unreached.append(strike)

    async def hit(self, strike, sandbox, invocation, trace):
        """Strikes an invocation, and returns whether it got as far as that call."""
        strace = await self.attach(
            sandbox, trace.name, "-e", f"trace={strike.call}", "-e",
            f"inject={strike.call}:signal={strike.signal.name}:when={strike.number}")
        heard = sandbox.deliver(invocation)
        sandbox.deadline.cancel()
        invocation.ended = str(strike)
        self.counts[f"strikes by {strike.signal.name}"] += 1
        stopped = strike.signal is signal.SIGSTOP
        found = "--- stopped by SIGSTOP" if stopped else f"+++ killed by {strike.signal.name}"
        await asyncio.wait([heard], timeout=invocation.fate.timeout)
        # The report may follow the response.
        until = self.loop.time() + at_most(2)
        while not (is_reached := found in pathlib.Path(trace.name).read_text()) and self.loop.time() < until:
            await asyncio.sleep(0.01)
        if stopped:
            self.run(self.thaw(sandbox, strace))
        else:
            sandbox.process.kill()
            await strace.wait()
        return is_reached

    async def thaw(self, sandbox, strace):
        await asyncio.sleep(FREEZE)
        os.kill(sandbox.process.pid, signal.SIGCONT)
        await asyncio.sleep(THAWED)
        sandbox.process.kill()
        await strace.wait()
