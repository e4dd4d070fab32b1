"""The books of the campaign: what was sent with each key, what came back, and whether that is exactly one job."""

import collections
import json


class Key:
    """A key, and all that was sent with it."""

    def __init__(self, plan):
        self.plan = plan
        self.invocations = []
        self.count = 0
        # The request that has the job, once a response has said so.
        self.winner = None
        # Whether the machine was too busy for what the protocol assumes to hold.
        self.is_excused = False

    def began(self):
        """The number of the next invocation, from 0."""
        self.count += 1
        return self.count - 1

    def posted(self, invocation):
        if not invocation.answer.failed and invocation.answer.status == 200:
            self.winner = self.winner or invocation.variant

    def has_sent(self, variant):
        return any(each.variant == variant for each in self.invocations)

    def faults(self, jobs):
        """What is wrong with the key, as pairs of a kind and a text, if Batch has these jobs for it."""
        if len(jobs) != 1:
            yield f"{len(jobs)} jobs" if jobs else "no job", f"{[job['jobId'] for job in jobs]}"
        bodies = set()
        for each in self.invocations:
            if each.answer is None:
                continue
            if each.answer.failed:
                yield "function error", str(each)
                continue
            status, text = each.answer.status, each.answer.proxy["body"]
            if status == 200:
                bodies.add(text)
                yield from self.success(each, json.loads(text), jobs)
            elif each.answer.body["submitted"] == "no" and each.accepted:
                yield "a job that was denied", str(each)
            if status == 422 and each.winner is each.variant:
                yield "a refused replay", str(each)
            if len(each.accepted) > 1:
                yield "two jobs of one invocation", str(each)
        if len(bodies) > 1:
            yield "different responses", " and ".join(sorted(bodies))

    def success(self, invocation, body, jobs):
        own = [*invocation.accepted, *(invocation.earlier.accepted if invocation.earlier else [])]
        if body["jobId"] not in [job["jobId"] for job in jobs]:
            yield "another job", f"{body} instead of {jobs}: {invocation}"
        if invocation.variant is not self.winner:
            yield "a second request's job", str(invocation)
        if not invocation.replayed and body["jobId"] not in own and not (invocation.earlier and not own):
            yield "a replay that doesn't say so", str(invocation)
        if invocation.replayed and body["jobId"] in invocation.accepted:
            yield "a replay of its own job", str(invocation)


def check(keys, jobs):
    """Compares the keys with the jobs that Batch has, and yields a key, or None, with a kind and a text per fault."""
    by_number, by_request = collections.defaultdict(list), collections.defaultdict(list)
    for job in jobs:
        by_number[int(job["tags"]["campaign"])].append(job)
        by_request[job["tags"]["apigw-batch:request"]].append(job)
    for key in keys:
        for kind, text in key.faults(by_number.pop(key.plan.number, [])):
            yield key, kind, text
    for number, found in by_number.items():
        yield None, "a job without a key", f"key {number}: {found}"
    for request, found in by_request.items():
        numbers = {job["tags"]["campaign"] for job in found}
        if len(numbers) > 1:
            yield None, "a shared tag", f"{request} is the tag of the jobs of keys {sorted(numbers)}"
