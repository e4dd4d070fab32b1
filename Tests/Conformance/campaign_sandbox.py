"""The campaign's sandboxes: a process of the function each, with a Runtime API, killed and frozen as the plan says."""

import asyncio
import collections
import os
import signal
import subprocess
import time
import typing

from campaign_door import Door
from campaign_plan import FREEZE
from function import KEY_ID, NEXT, REGION, SECRET, Answer
from server import Connection

# How long a thawed process may go on before it is killed, in seconds.
THAWED = 1.5


class Invocation:
    """An event that was delivered to a sandbox, and what came of it."""

    def __init__(self, key, number, fate, event, variant):
        self.key = key
        self.number = number
        self.fate = fate
        self.event = event
        self.variant = variant
        self.request_id = f"{key.plan.number:08x}-{number:04x}-4d4b-9d38-6f1b1a8a2c44"
        # The operations that it requested, and what went wrong with them.
        self.requests = []
        self.faults = []
        # The ids of the jobs that Batch accepted from it, at any time.
        self.accepted = []
        # The function's response, also if nobody heard it.
        self.answer: typing.Optional[Answer] = None
        self.ended = None
        # The same event in the same process, whose result the function repeats.
        self.earlier: typing.Optional[Invocation] = None
        # The request that had the key's job when the event was delivered.
        self.winner = key.winner

    @property
    def replayed(self):
        return (self.answer.proxy.get("headers") or {}).get("Idempotent-Replayed") == "true"

    def __str__(self):
        answer = self.answer and f"{self.answer.status} {self.answer.proxy['body'][:160]}"
        return (f"{self.request_id} {self.variant.name}: {' '.join(self.requests)}; {', '.join(self.faults)}; "
                f"{self.ended}; accepted {self.accepted}; {answer}")


class Sandbox:
    """One process, until it dies."""

    def __init__(self, world, pool):
        self.world = world
        self.pool = pool
        self.loop = asyncio.get_running_loop()
        self.batch, self.table = Door(self, world.batch), Door(self, world.table)
        self.invocation = None
        # All the invocations so far.
        self.delivered = []
        self.heard = None
        self.deadline = None
        self.polling = None
        self.is_frozen = self.is_condemned = False
        # What a connection expects of its server.
        self.connections, self.accepted = set(), 0

    def opened(self, connection):
        pass

    async def start(self):
        await self.batch.open()
        await self.table.open()
        self.listener = await self.loop.create_server(lambda: Connection(self), "127.0.0.1", 0)
        environment = {
            "AWS_LAMBDA_RUNTIME_API": "127.0.0.1:%d" % self.listener.sockets[0].getsockname()[1],
            "AWS_ENDPOINT_URL_BATCH": self.batch.url, "AWS_ENDPOINT_URL_DYNAMODB": self.table.url,
            "AWS_LAMBDA_LOG_FORMAT": "JSON", "AWS_REGION": REGION, "AWS_ACCESS_KEY_ID": KEY_ID,
            "AWS_SECRET_ACCESS_KEY": SECRET, "SWIFT_BACKTRACE": "enable=no", **self.world.environment,
        }
        self.process = subprocess.Popen(
            [self.world.binary], env=environment, stdin=subprocess.DEVNULL, stdout=self.world.log,
            stderr=self.world.log)
        self.world.processes.add(self.process)
        descriptor = os.pidfd_open(self.process.pid)
        self.loop.add_reader(descriptor, self.died, descriptor)
        self.world.counts["processes"] += 1

    # The Runtime API

    def handle(self, request, connection):
        if request.target == NEXT:
            # A process that has been struck gets no other event.
            if not self.is_condemned:
                self.invocation, self.polling = None, connection
                self.pool.put(self)
            return
        kind = request.target.rsplit("/", 1)[1]
        if "/invocation/" not in request.target:
            self.world.fault(None, "init", request.body.decode())
            return
        invocation = self.invocation
        answer = Answer(request.target.split("/")[4], request.body, kind == "error")
        if answer.request_id != invocation.request_id:
            self.world.fault(invocation, "post", f"a response for {answer.request_id}")
        invocation.answer = answer
        invocation.key.posted(invocation)
        if not self.is_condemned:
            invocation.ended = "responded"
        if invocation.fate.death == "after its own response":
            self.kill(invocation.fate.death)
        else:
            connection.answer(202, {"status": "OK"})
        self.resolve(answer)

    def deliver(self, invocation):
        """Delivers an event, and returns a future: the response, or None if there won't be one."""
        for earlier in self.delivered:
            if earlier.request_id == invocation.request_id:
                # The process knows the event, and repeats its result.
                invocation.earlier = earlier
        self.delivered.append(invocation)
        self.invocation = invocation
        self.heard = self.loop.create_future()
        fate, connection = invocation.fate, self.polling
        self.polling = None
        connection.answer(200, invocation.event, (
            ("Content-Type", "application/json"), ("Lambda-Runtime-Aws-Request-Id", invocation.request_id),
            ("Lambda-Runtime-Deadline-Ms", int((time.time() + fate.timeout) * 1000)),
            ("Lambda-Runtime-Invoked-Function-Arn", f"arn:aws:lambda:{REGION}:123456789012:function:submit"),
        ))
        # As Lambda does.
        self.deadline = self.loop.call_later(fate.timeout, self.kill, "its time limit")
        if fate.death == "at a random time":
            self.loop.call_later(fate.death_time, self.strike, invocation, self.kill)
        elif fate.death == "frozen at a random time":
            self.loop.call_later(fate.death_time, self.strike, invocation, self.freeze)
        return self.heard

    def strike(self, invocation, how):
        """Kills or freezes the process, unless the invocation has ended meanwhile."""
        if self.invocation is invocation:
            how(invocation.fate.death)

    def resolve(self, answer):
        self.deadline.cancel()
        if not self.heard.done():
            self.heard.set_result(answer)

    # Its end

    def kill(self, why):
        """Kills the process, for this reason."""
        if self.process.poll() is not None or self.is_condemned:
            return
        self.is_condemned = True
        self.invocation.ended = f"killed: {why}"
        self.world.counts[self.invocation.ended] += 1
        self.process.kill()

    def freeze(self, why):
        """Stops the process until everybody has given it up; then it goes on where it was."""
        if self.process.poll() is not None or self.is_condemned:
            return
        self.is_condemned = self.is_frozen = True
        self.invocation.ended = why
        self.world.counts[self.invocation.ended] += 1
        self.process.send_signal(signal.SIGSTOP)
        self.deadline.cancel()
        self.world.run(self.thaw(self.invocation.fate.timeout))

    async def thaw(self, timeout):
        await asyncio.sleep(timeout)
        self.pool.lost(self)
        self.resolve(None)
        await asyncio.sleep(FREEZE + self.invocation.fate.draw.uniform(0, 2))
        self.process.send_signal(signal.SIGCONT)
        await asyncio.sleep(THAWED)
        self.process.kill()

    def died(self, descriptor):
        self.loop.remove_reader(descriptor)
        os.close(descriptor)
        status = self.process.wait()
        self.world.processes.discard(self.process)
        if not self.is_condemned:
            self.world.fault(self.invocation, "crash", f"the function exited with {status}")
        for door in (self.batch, self.table):
            door.close()
        self.listener.close()
        if not self.is_frozen:
            self.pool.lost(self)
        if self.heard:
            self.resolve(None)

    def end(self):
        """Ends an idle process, once the campaign is over."""
        self.is_condemned = True
        self.process.kill()


class Pool:
    """The sandboxes that wait for an event, and those that are started because none does."""

    def __init__(self, world, limit):
        self.world = world
        self.limit = limit
        self.idle = []
        self.waiting = collections.deque()
        self.all = set()

    def put(self, sandbox):
        while self.waiting:
            future = self.waiting.popleft()
            if not future.done():
                return future.set_result(sandbox)
        return self.idle.append(sandbox)

    def lost(self, sandbox):
        self.all.discard(sandbox)
        if sandbox in self.idle:
            self.idle.remove(sandbox)
        if self.waiting:
            self.grow()

    def grow(self):
        if len(self.all) < self.limit:
            sandbox = Sandbox(self.world, self)
            self.all.add(sandbox)
            self.world.run(sandbox.start())

    async def take(self, preferred=None):
        """A sandbox that waits for an event; the preferred one if it does."""
        if preferred in self.idle:
            self.idle.remove(preferred)
            return preferred
        # The one that was used last, so that the number of processes follows the load.
        if self.idle:
            return self.idle.pop()
        future = asyncio.get_running_loop().create_future()
        self.waiting.append(future)
        self.grow()
        return await future
