"""Thousands of invocations with a Runtime API and a Batch that fail at random. In the end, the books balance."""

import collections
import json

import proxy_events
from faults import FaultyBatch, FaultyRuntimeAPI
from function import BINARY
from mutations import SEED

COUNT = 2_500


def event(number):
    body = json.dumps({"jobName": f"job-{number}", "parameters": {"text": "x" * (number % 7 * 500)}})
    return proxy_events.event(proxy_events.SHAPES[number % 4], body, base64_encoded=number % 3 == 0)


def test_the_books_balance(function, serve):
    print(f"seed {SEED}, {BINARY}")
    batch = serve(FaultyBatch)
    runtime = serve(FaultyRuntimeAPI, batch)
    running = function(batch_url=batch.url, runtime=runtime)

    running.invoke_all((event(number) for number in range(1, COUNT + 1)), 300)

    assert running.process.poll() is None
    assert runtime.served == COUNT
    outcomes = collections.Counter()
    for number in range(1, COUNT + 1):
        outcomes[entry(number, runtime, batch)] += 1
    # No request was for an unknown job, or arrived after the last response.
    assert set(batch.fates) <= {f"job-{number}" for number in range(1, COUNT + 1)}

    # The ledger, from both ends.
    taken = sum(len(ids) for ids in batch.ids.values())
    print(dict(outcomes), f"{taken} jobs, {runtime.refused} responses rejected, {batch.accepted} connections to Batch")
    assert taken == outcomes["200", True] + outcomes["unknown", True]
    assert sum(outcomes.values()) == COUNT
    # The test would prove nothing if one of these had not occurred.
    for outcome in [("200", True), ("unknown", True), ("unknown", False), ("no", False), ("error", False)]:
        assert outcomes[outcome] >= COUNT // 200, outcome
    lines = running.log
    tried_again = collections.Counter(
        fates[0] for line in lines if line.get("attempts", 1) > 1 and (fates := batch.fates[line["jobName"]]))
    print(dict(tried_again))
    assert tried_again["t"] >= COUNT // 200, "a throttled request that was retried and accepted"
    assert tried_again["a"] >= COUNT // 200, "a refused connection that was retried"
    assert sum(len(fates) > 1 for fates in batch.fates.values()) >= COUNT // 200
    assert sum("submitted" in line or "jobId" in line for line in lines) == COUNT - outcomes["error", False]


def entry(number, runtime, batch):
    """Checks one invocation. Returns what its response claims, and whether Batch has the job."""
    answers = runtime.answered[number]
    assert answers, f"the response to {number} was lost"
    # A response that is posted again is unchanged.
    answer, *others = answers
    assert all(other == answer for other in others), answers
    fates, ids = batch.fates[f"job-{number}"], batch.ids[f"job-{number}"]
    context = (number, answer, fates)
    # At most once: only a throttled request is followed by another one.
    assert all(fate == "t" for fate in fates[:-1]), context
    assert len(ids) <= 1, context
    if answer.failed:
        assert answer.proxy["errorType"] == "Runtime.InvalidInvocation" and fates == [], context
        return "error", False
    if answer.status == 200:
        assert [answer.body["jobId"]] == ids, context
        return "200", True
    problem = answer.body
    assert problem["status"] == answer.status, context
    if problem["submitted"] == "no":
        assert answer.status in (400, 403, 429, 502, 503) and ids == [], context
    else:
        assert (problem["submitted"], problem["jobName"]) == ("unknown", f"job-{number}"), context
        assert answer.status in (502, 504), context
    return problem["submitted"], bool(ids)
