"""A world of the campaign: one Batch and one table as processes, sandboxes, and the clients of some keys."""

import asyncio
import collections
import contextlib
import tempfile

import boto3
from botocore.config import Config

from campaign_client import Client
from campaign_ledger import Key, check
from campaign_plan import LIST_DELAY, QUEUES, Plan
from campaign_sandbox import Pool
from campaign_upstream import Batch, Table
from function import KEY_ID, REGION, SECRET
from moto_process import started as started_moto
from services import started

TABLE = "idempotency"
# Faults of a kind with all that is known about them.
TOLD_PER_KIND = 3
# Clients at once, most of which wait for their next attempt, and processes of the function, by the table: moto can't
# keep up with more, and most requests would only be late.
CLIENTS = {"embedded": 250, "moto": 60}
SANDBOXES = {"embedded": 50, "moto": 15}


def client(url, service):
    return boto3.session.Session().client(
        service, region_name=REGION, endpoint_url=url, aws_access_key_id=KEY_ID, aws_secret_access_key=SECRET,
        config=Config(retries={"total_max_attempts": 1}, proxies={}))


@contextlib.contextmanager
def table(kind):
    """Runs a table, and yields its URL."""
    if kind == "embedded":
        with started("table") as url:
            yield url
        return
    with started_moto() as url:
        client(url, "dynamodb").create_table(
            TableName=TABLE, BillingMode="PAY_PER_REQUEST", KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}])
        yield url


class World:
    """Runs the keys with some numbers; `report` gets counts and faults."""

    def __init__(self, options, numbers, kind, report):
        self.options = options
        self.numbers = numbers
        self.kind = kind
        self.report = report
        self.binary = options.binary
        self.environment = {"IDEMPOTENCY_TABLE": TABLE, "IDEMPOTENCY_SETTLES_AFTER": str(options.settle)}
        self.counts = collections.Counter()
        self.keys = []
        self.tasks = set()
        self.faults = []
        self.kinds = collections.Counter()
        # The function's processes that are alive, also those that are frozen.
        self.processes = set()

    def run_all(self):
        queues = [word for queue in QUEUES for word in ("--queue", queue)]
        with (started("batch", "--list-delay", str(LIST_DELAY), *queues) as batch_url, table(self.kind) as table_url,
              tempfile.TemporaryFile("a+b") as self.log):
            self.batch = Batch(int(batch_url.rsplit(":", 1)[1]), self.counts)
            self.table = Table(int(table_url.rsplit(":", 1)[1]), self.kind == "moto", self.counts)
            try:
                asyncio.run(self.play())
            finally:
                for process in self.processes:
                    process.kill()
            jobs = list(self.jobs(client(batch_url, "batch")))
            self.counts["jobs"] += len(jobs)
            self.counts["keys"] += len(self.keys)
            for key, kind, text in check(self.keys, jobs):
                self.fault(key, kind, text)
            self.count_answers()
            self.tell()

    async def play(self):
        self.loop = asyncio.get_running_loop()
        self.loop.set_exception_handler(lambda _, context: self.broke(context.get("exception") or context["message"]))
        self.broken = self.loop.create_future()
        self.pool = Pool(self, SANDBOXES[self.kind])
        turns = asyncio.Semaphore(CLIENTS[self.kind])
        clients = self.loop.create_task(self.send_all(turns))
        ticking = self.loop.create_task(self.tick())
        await asyncio.wait([clients, self.broken], return_when=asyncio.FIRST_COMPLETED)
        if self.broken.done():
            self.broken.result()
        clients.result()
        # What is late still arrives, and what is frozen thaws.
        while self.tasks:
            await asyncio.wait([*self.tasks, self.broken], return_when=asyncio.FIRST_COMPLETED)
            if self.broken.done():
                self.broken.result()
        ticking.cancel()
        for sandbox in list(self.pool.all):
            sandbox.end()
        while self.pool.all:
            await asyncio.sleep(0.01)
        await asyncio.sleep(LIST_DELAY / 1000)

    async def send_all(self, turns):
        async def one(key):
            async with turns:
                await Client(self, key).run()

        self.keys = [Key(Plan(self.options.seed, number, self.options.force)) for number in self.numbers]
        await asyncio.gather(*[one(key) for key in self.keys])

    def run(self, coroutine):
        """Runs something that nobody waits for, except the end."""
        task = self.loop.create_task(coroutine)
        self.tasks.add(task)
        task.add_done_callback(self.ran)

    def ran(self, task):
        self.tasks.discard(task)
        if task.exception():
            self.broke(task.exception())

    def broke(self, error):
        """Ends the campaign because of an error in itself."""
        if not self.broken.done():
            self.broken.set_exception(error if isinstance(error, BaseException) else RuntimeError(error))

    async def tick(self):
        while True:
            await asyncio.sleep(1)
            self.tell()

    def tell(self):
        self.report(dict(self.counts), self.faults)
        self.counts.clear()
        self.faults = []

    def fault(self, about, kind, text):
        """Notes a fault of a key, an invocation, or the campaign as a whole."""
        key = getattr(about, "key", about)
        if key is not None and key.is_excused:
            self.counts["faults of keys whose requests were in transit too long"] += 1
            return
        self.kinds[kind] += 1
        history = []
        if key and self.kinds[kind] <= TOLD_PER_KIND:
            history = [*map(str, key.invocations), *self.lines(key)]
        self.faults.append((key.plan.number if key else 0, kind, text, "\n  ".join(history)))

    def lines(self, key):
        """The log's lines of a key."""
        self.log.seek(0)
        prefix = f'"{key.plan.number:08x}-'
        return [line.decode().rstrip() for line in self.log if prefix in line.decode()]

    @staticmethod
    def jobs(batch):
        """All jobs that Batch has."""
        lists = batch.get_paginator("list_jobs")
        ids = [job["jobId"] for queue in QUEUES
               for page in lists.paginate(jobQueue=queue, filters=[{"name": "JOB_NAME", "values": ["*"]}])
               for job in page["jobSummaryList"]]
        for start in range(0, len(ids), 100):
            yield from batch.describe_jobs(jobs=ids[start:start + 100])["jobs"]

    def count_answers(self):
        for key in self.keys:
            self.counts["keys that met a fault"] += any(
                each.faults or each.fate.unheard or "responded" != each.ended for each in key.invocations)
            for each in key.invocations:
                if each.answer and not each.answer.failed:
                    self.counts[f"status {each.answer.status}"] += 1
                    found = each.answer.status == 200 and each.replayed
                    self.counts["replays"] += found
                    self.counts["jobs found in Batch"] += found and "ListJobs" in each.requests
                self.counts["reconciliations"] += "ListJobs" in each.requests
