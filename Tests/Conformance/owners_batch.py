"""A Batch with jobs of several owners, for the campaign that tries to see or touch someone else's."""

import base64
import hashlib
import json
import re
import typing

from function import REGION
from server import Server

TAG = "submitted-by"
QUEUES = ("reports", "nightly", "jobs", "queues")
STATES = ("SUBMITTED", "RUNNABLE", "RUNNING", "SUCCEEDED", "FAILED")


class Caller(typing.NamedTuple):
    """Who sends a request, as the authorizer says: a kind of identity, and a name."""

    kind: str
    name: typing.Any

    @property
    def identity(self):
        """The identity in words, in which no two kinds are equal."""
        match self.kind:
            case "issuer":
                return f"issuer {self.name[0]} subject {self.name[1]}"
            case "iam":
                # An assumed role's session is the client's choice.
                return re.sub(r"^(arn:[^/]*:assumed-role/[^/]*)/[^/]*$", r"\1", self.name)
            case kind:
                return {"jwt": "subject ", "lambda": "principal ", "cognito": "identity ", "key": "api key "}[kind] + self.name

    @property
    def tag(self):
        """The value of the tag on the caller's jobs, as the README has it."""
        data = self.identity.encode()
        if len(data) <= 256 and re.fullmatch(rb"[A-Za-z0-9 +\-=._:/@]*[A-Za-z0-9+\-=._:/@]", data):
            return data.decode()
        text = "b64:" + base64.urlsafe_b64encode(data).decode().rstrip("=")
        digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).decode().rstrip("=")
        return text if len(text) <= 256 else f"sha256:{digest}"


class Job(typing.NamedTuple):
    id: str
    # None for a job that nobody submitted through the function.
    owner: Caller | None
    queue: str
    tags: dict
    status: str

    @property
    def name(self):
        return f"job-{self.id[:8]}"

    @property
    def secret(self):
        """A text that only this job's details contain."""
        return f"secret {self.id[9:]}"

    def detail(self):
        return {
            "jobId": self.id, "jobName": self.name, "status": self.status, "createdAt": 1_790_000_000_000,
            "jobQueue": f"arn:aws:batch:{REGION}:123456789012:job-queue/{self.queue}", "tags": self.tags,
            "jobDefinition": f"arn:aws:batch:{REGION}:123456789012:job-definition/render:1", "statusReason": self.secret}

    def summary(self):
        return {name: value for name, value in self.detail().items() if name not in ("jobQueue", "tags")}


class OwnersBatch(Server):
    """Knows all jobs, and does what it is asked, whoever asks. `random` decides how helpful it is."""

    def __init__(self, loop, random):
        super().__init__(loop)
        self.random = random
        self.jobs = {}
        # The requests of one try: operation and body.
        self.requests = []

    def add(self, owner, queue, tags=None, status=None, array=None):
        number = f"{self.random.getrandbits(128):032x}"
        uuid = f"{number[:8]}-{number[8:12]}-{number[12:16]}-{number[16:20]}-{number[20:]}"
        tags = {**(tags or {}), **({TAG: owner.tag} if owner else {})}
        job = Job(f"{array}:{self.random.randrange(3)}" if array else uuid, owner, queue, tags,
                  status or self.random.choice(STATES))
        self.jobs[job.id] = job
        return job

    def handle(self, request, connection):
        if request.method == "GET":
            connection.answer(403)
            return
        operation, body = request.target.removeprefix("/v1/"), json.loads(request.body)
        self.requests.append((operation, body))
        if operation != "submitjob" and self.random.random() < 0.01:
            connection.answer(500, {"message": "?"})
            return
        connection.answer(200, getattr(self, operation)(body))

    def submitjob(self, body):
        job = self.add(None, body["jobQueue"])
        return {"jobArn": f"arn:aws:batch:{REGION}:123456789012:job/{job.id}", "jobId": job.id, "jobName": "mine"}

    def describejobs(self, body):
        found = [self.jobs[id].detail() for id in body["jobs"] if id in self.jobs]
        if self.random.random() < 0.2:
            # More than was asked for.
            found += [job.detail() for job in self.random.sample(list(self.jobs.values()), 3)]
            self.random.shuffle(found)
        return {"jobs": found}

    def listjobs(self, body):
        # A token is worth more than the queue in the request.
        queue, start = json.loads(body["nextToken"]) if "nextToken" in body else (body["jobQueue"], 0)
        jobs = [job for job in self.jobs.values() if job.queue == queue and ":" not in job.id]
        end = start + body["maxResults"]
        page = {"jobSummaryList": [job.summary() for job in jobs[start:end]]}
        return {**page, "nextToken": json.dumps([queue, end])} if end < len(jobs) else page

    def terminatejob(self, body):
        return {}
