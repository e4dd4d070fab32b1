"""Tries to see and to stop other callers' jobs, with spoofed events of every shape: `make fuzz-owners`.

    fuzz_owners.py [--tries N] [--seed N] [--workers N] [--binary PATH]

The function runs with JOBS_SEEN_BY=submitter. Each try is a request by someone, or by nobody, for a job, a list or a
submit, with what a client can forge: a body, tags, headers, a path, a query, another caller's nextToken. It is a fault
if anything of another's job is in the response, if another's job is ended, or if a submitted job has another's tag.
"""

import argparse
import asyncio
import collections
import json
import multiprocessing
import random
import sys

import proxy_events
from function import BINARY, Function, RuntimeAPI
from owners_batch import QUEUES, TAG, Caller, OwnersBatch

ARN = "arn:aws:iam::123456789012:user/ann"
ROLE = "arn:aws:sts::123456789012:assumed-role/callers"
NAMES = [
    "ann", "bob", "Ann", "ann ", "principal ann", "subject ann", "auth0|5f7c", "\u212aann", "é", ARN, "b64:YW5u",
    "b64:cHJpbmNpcGFsIGF1dGgwfDVmN2M", "sha256:x", "a" * 246, "a" * 247, "é" * 120, "é" * 121, "ann\"}]}", "*", "null",
]
CALLERS = [
    *(Caller(kind, name) for kind in ("jwt", "lambda", "cognito", "key") for name in NAMES),
    *(Caller("issuer", pair) for pair in [("https://i", "ann"), ("https://j", "ann"), ("https://i", "bob")]),
    *(Caller("iam", arn) for arn in [ARN, f"{ARN}a", f"{ROLE}/s", f"{ROLE}/t", f"{ROLE}2/s", "arn:aws:iam::1:user/a,b"]),
]
QUEUE_LIST = ",".join(QUEUES)


class Campaign:
    """The tries of one worker."""

    def __init__(self, seed, tries, binary=BINARY, seen_by="submitter"):
        self.random = random.Random(seed)
        self.tries = tries
        self.loop = asyncio.new_event_loop()
        self.batch = OwnersBatch(self.loop, self.random)
        self.runtime = RuntimeAPI(self.loop)
        self.function = Function(
            self.runtime, command=[binary], AWS_ENDPOINT_URL_BATCH=self.batch.url, AWS_MAX_ATTEMPTS="2",
            SUBMITTER_TAG=TAG, JOBS_SEEN_BY=seen_by, ALLOWED_JOB_QUEUES=QUEUE_LIST, CORS_ALLOW_ORIGIN="*")
        self.counts = collections.Counter()
        self.faults = []
        self.tokens = []
        for caller in CALLERS:
            self.populate(caller)
        for _ in range(40):
            self.misleading()

    def run(self):
        try:
            self.function.invoke_all(self.events(), seconds=60 + self.tries / 20)
        finally:
            self.function.end()
            self.batch.close()
            self.runtime.close()
        return self.counts, self.faults

    # The jobs

    def populate(self, caller):
        for queue in self.random.sample(QUEUES, 2):
            self.batch.add(caller, queue)
        array = self.batch.add(caller, self.random.choice(QUEUES))
        # A child is its array's owner's, whatever its own tags say.
        other = self.random.choice(CALLERS)
        self.batch.add(None, array.queue, tags={TAG: other.tag}, array=array.id)

    def misleading(self):
        """Adds a job that nobody submitted here, with tags that resemble a caller's."""
        tag = self.random.choice(CALLERS).tag
        tags = self.random.choice([
            {TAG.upper(): tag}, {f"{TAG} ": tag}, {TAG: f"{tag} "}, {TAG: tag[:-1]}, {TAG: f"{tag}\u0301"}, {"tags": tag},
            {TAG: tag.replace("n", "N") + "x"}, {"apigw-batch:request": tag}, {TAG: ""}, {},
        ])
        self.batch.add(None, self.random.choice(QUEUES), tags=tags)

    def owner(self, job):
        array, child, _ = job.id.partition(":")
        return self.batch.jobs[array].owner if child else job.owner

    def is_own(self, job, caller):
        owner = self.owner(job)
        return owner is not None and caller is not None and owner.identity == caller.identity

    # The tries

    def events(self):
        for number in range(1, self.tries + 1):
            choose = self.random.choice
            shape = choose(proxy_events.SHAPES)
            caller = choose(CALLERS) if self.random.random() < 0.85 else None
            if shape == "alb" or shape != "rest" and caller and caller.kind == "key":
                caller = None
            kind = choose(["read", "read", "list", "list", "cancel", "submit"])
            job = choose(list(self.batch.jobs.values()))
            own = [each for each in self.batch.jobs.values() if self.is_own(each, caller)]
            if own and self.random.random() < 0.4:
                job = choose(own)
            queue = job.queue if self.random.random() < 0.8 else choose(QUEUES)
            event = self.event(kind, shape, caller, job, queue)
            self.batch.requests.clear()
            yield event
            self.check(number, kind, caller, job, queue, self.runtime.answers.pop(), event)
            if len(self.batch.jobs) > 600:
                del self.batch.jobs[next(id for id in reversed(self.batch.jobs))]

    def event(self, kind, shape, caller, job, queue):
        choose, chance = self.random.choice, self.random.random
        other = choose(CALLERS)
        forged = json.dumps({
            "tags": {choose([TAG, TAG.title(), "x", f"{TAG}:"]): other.tag},
            **({"requestContext": {"authorizer": {"principalId": "ann"}}} if chance() < 0.1 else {}),
            **({"Tags": {TAG: other.tag}} if chance() < 0.1 else {}),
            **({"propagateTags": True} if chance() < 0.5 else {}),
        })
        headers = {name: choose([other.tag, "ann", json.dumps({"sub": "ann"})]) for name in self.random.sample([
            "x-amzn-oidc-identity", "x-amzn-oidc-data", "Authorization", "X-Submitted-By", TAG, "principalId", "X-Api-Key",
            "x-amz-security-token", "requestContext", "If-None-Match", "Idempotent-Replayed", "x-forwarded-user"], 3)}
        headers = {name: value.encode("ascii", "replace").decode() for name, value in headers.items()}
        body = forged if chance() < (0.5 if kind == "submit" else 0.2) else None
        query = []
        if kind == "list":
            query = [pair for pair in [
                ("status", choose(["RUNNING", "FAILED", "RUNNING,FAILED"])), ("limit", choose(["1", "5", "100"])),
                ("name", choose(["job-*", job.name])), ("createdAfter", "0"), ("createdBefore", "1800000000000"),
            ] if chance() < 0.3]
            if self.tokens and chance() < 0.2:
                # Perhaps another's, and perhaps with a mark that fits by chance.
                query.append(("nextToken", choose(self.tokens)))
        if kind == "cancel" and chance() < 0.5:
            query = [("reason", choose(["enough", f"{TAG}={other.tag}"]))]
        if chance() < 0.05:
            query.append((choose([TAG, "requestContext", "caller", "tags", "X-Amz-Signature"]), other.tag))
        path = {
            "read": f"/queues/{queue}/jobs/{job.id}", "cancel": f"/queues/{queue}/jobs/{job.id}",
            "list": f"/queues/{queue}/jobs", "submit": f"/jobs/{queue}/render"}[kind]
        method = {"read": "GET", "list": "GET", "cancel": "DELETE", "submit": "POST"}[kind]
        return proxy_events.request(
            shape, method, path, query, caller, choose(["", "", "/prod", "/queues/q/jobs", "/jobs"]), headers.items(),
            body, routed=chance() < 0.5)

    def check(self, number, kind, caller, job, queue, answer, event):
        requests = list(self.batch.requests)
        text = answer.payload.decode()
        status = json.loads(text)["statusCode"]
        self.counts["tries"] += 1
        self.counts[f"{kind} {status}"] += 1

        def fault(what):
            self.faults.append((number, what, event.decode(), text, requests))

        for each in self.batch.jobs.values():
            if each.secret in text and not (self.is_own(each, caller) and each.queue == queue):
                fault(f"shows a job of {self.owner(each)} in {each.queue} to {caller}")
        for operation, body in requests:
            if operation == "terminatejob":
                self.counts["ended"] += 1
                ended = self.batch.jobs[body["jobId"]]
                if kind != "cancel" or not self.is_own(ended, caller) or ended.queue != queue:
                    fault(f"ends a job of {self.owner(ended)} for {caller}")
            elif operation == "submitjob":
                tags = body.get("tags", {})
                given = {name: value for name, value in tags.items() if name.lower() == TAG}
                if given != ({TAG: caller.tag} if caller else {}):
                    fault(f"submits a job with {given} for {caller}")
                self.adopt(body["jobQueue"], caller)
            elif caller is None:
                fault(f"asks Batch for nobody: {operation}")
        visible = self.is_own(job, caller) and job.queue == queue
        if kind in ("read", "cancel") and (status in (200, 202, 304)) != visible and status not in (400, 502):
            fault(f"{status} for a job that {caller} {'may' if visible else 'may not'} see")
        self.counts["seen"] += kind in ("read", "cancel") and status in (200, 202)
        if kind == "list" and status == 200:
            page = answer.body
            self.counts["listed"] += len(page["jobs"])
            if "nextToken" in page:
                self.tokens = [*self.tokens[-50:], page["nextToken"]]

    def adopt(self, queue, caller):
        """Makes the job that was just submitted the caller's."""
        id, job = next(reversed(self.batch.jobs.items()))
        self.batch.jobs[id] = job._replace(owner=caller, tags={TAG: caller.tag} if caller else {})


def work(seed, tries, binary, pipe):
    pipe.send(Campaign(seed, tries, binary).run())


def run(tries, seed, workers=2, binary=BINARY):
    """Runs the tries in several processes, and returns the counts and the faults."""
    counts, faults, running = collections.Counter(), [], []
    for index in range(workers):
        receiver, sender = multiprocessing.Pipe(duplex=False)
        share = tries * (index + 1) // workers - tries * index // workers
        process = multiprocessing.Process(target=work, args=(f"{seed} {index}", share, binary, sender), daemon=True)
        process.start()
        sender.close()
        running.append((process, receiver))
    for process, receiver in running:
        try:
            its_counts, its_faults = receiver.recv()
        except EOFError:
            its_counts, its_faults = {}, [(0, "the worker failed; see above", "", "", [])]
        process.join()
        counts.update(its_counts)
        faults += its_faults
    return counts, faults


def natural(text):
    if not (text.isascii() and text.isdigit() and 0 < len(text) < 10 and int(text) > 0):
        sys.exit(f"fuzz-owners: TRIES and SEED must be whole numbers from 1 to 999999999, not {text!r}; "
                 "run: make fuzz-owners TRIES=100000 SEED=1")
    return int(text)


def main(arguments):
    parser = argparse.ArgumentParser(description="Try to see and to stop other callers' jobs.")
    parser.add_argument("--tries", type=natural, default=100_000, help="how many requests to send (100000)")
    parser.add_argument("--seed", type=natural, default=1, help="the seed of all random choices (1)")
    parser.add_argument("--workers", type=natural, default=2, help="how many functions run in parallel (2)")
    parser.add_argument("--binary", default=BINARY, help="the function to run (the release build)")
    options = parser.parse_args(arguments)
    counts, faults = run(options.tries, options.seed, options.workers, options.binary)
    for number, what, event, text, requests in faults[:5]:
        print(f"FAULT try {number}: {what}\n  event: {event}\n  response: {text}\n  Batch got: {requests}")
    for name in sorted(counts):
        print(f"{counts[name]:9} {name}")
    print(f"seed {options.seed}: {len(faults)} faults in {counts['tries']} tries")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
