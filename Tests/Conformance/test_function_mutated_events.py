"""Mutated events through the whole function: it survives, responds to all of them and submits the right jobs."""

import json
import random
import re

import mutations
import proxy_events
import reference
from function import Batch, RuntimeAPI, request_id
from mutations import SEED

COUNT = 20_000
# Events that earlier runs with other seeds have found.
FOUND = [
    proxy_events.event(body="{}", headers={"Content-Type": "applicati\ton/json"}),
    proxy_events.event("http", "{}", headers={"content-type": "application/ json"}),
    proxy_events.event("url", "{}", definition="a:2", requestContext={
        "domainName": "k3l4m5\udcd3.lambda-url.us-east-1.on.aws", "http": {"method": "POST", "path": "/"}}),
]
KEYS = {"statusCode", "headers", "body", "isBase64Encoded"}


class NumberedBatch(Batch):
    """Keeps jobs by invocation."""

    def __init__(self, loop, runtime):
        super().__init__(loop)
        self.runtime = runtime
        self.jobs = {}

    def handle(self, request, connection):
        self.jobs.setdefault(self.runtime.served, []).append(request.body)
        super().handle(request, connection)


def events(its):
    """The samples themselves, and mutations of their structure, bytes and encoding."""
    samples = [path.read_bytes() for path in mutations.EVENTS]
    # The largest is larger than all others together.
    common = [sample for sample in samples if len(sample) < 10_000]
    first = samples + FOUND
    yield from first
    for number in range(len(first), COUNT):
        sample = its.choice(samples if number % 200 == 0 else common)
        match its.randrange(10):
            case 0:
                yield mutations.of_encoding(its, sample)
            case 1 | 2 | 3:
                yield mutations.of_bytes(its, sample)
            case 4:
                yield mutations.of_bytes(its, mutations.of_structure(its, sample))
            case _:
                yield mutations.of_structure(its, sample)


def test_mutated_events(function, serve):
    print(f"seed {SEED}")
    sent = list(events(random.Random(SEED)))
    runtime = serve(RuntimeAPI)
    batch = serve(NumberedBatch, runtime)
    running = function(batch_url=batch.url, runtime=runtime, AWS_LAMBDA_LOG_LEVEL="FATAL", ALLOWED_OPERATIONS="submit")

    answers = running.invoke_all(sent, 120)

    assert running.process.poll() is None
    assert len(answers) == COUNT
    submitted = 0
    for number, (event, answer) in enumerate(zip(sent, answers, strict=True), 1):
        assert (answer.request_id, answer.failed) == (request_id(number), reference.is_foreign(event))
        if answer.failed:
            assert json.loads(answer.payload)["errorType"] == "Function.UnsupportedEvent", answer
            assert number not in batch.jobs, event
            continue
        check_form(event, answer)
        try:
            wanted = [reference.job(event, request_id(number))]
        except reference.NoJob:
            wanted = []
        jobs = batch.jobs.pop(number, [])
        assert jobs == wanted, (event, answer)
        assert (answer.status == 200) == bool(jobs), (event, answer)
        submitted += len(jobs)
    assert batch.jobs == {}
    # Both outcomes must occur in significant numbers.
    assert COUNT * 0.1 < submitted < COUNT * 0.9, submitted


# The statuses of submitted jobs and of rejected events, with RFC 9110's phrases.
PHRASES = {
    200: "OK", 400: "Bad Request", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed",
    413: "Content Too Large", 415: "Unsupported Media Type",
}


def check_form(event, answer):
    """Checks that the response has the format that the event's sender accepts."""
    proxy = answer.proxy
    its = reference.sender(event)
    keys = set(KEYS)
    if its and its.is_load_balancer:
        keys.add("statusDescription")
        if its.has_multi_value_headers:
            keys = keys - {"headers"} | {"multiValueHeaders"}
            assert all(type(value) is list for value in proxy["multiValueHeaders"].values())
            proxy["headers"] = {name: value for name, (value,) in proxy["multiValueHeaders"].items()}
        assert proxy["statusDescription"] == f"{proxy['statusCode']} {PHRASES[proxy['statusCode']]}"
    assert proxy.keys() - {"headers"} == keys - {"headers"}, (event, answer)
    assert type(proxy["statusCode"]) is int and 100 <= proxy["statusCode"] <= 599
    assert type(proxy["body"]) is str and proxy["isBase64Encoded"] is False
    assert all(type(value) is str for value in proxy["headers"].values())
    body = answer.body
    if proxy["statusCode"] == 200:
        location = proxy["headers"].pop("Location")
        assert re.fullmatch(rf"(\.\./)?\.\./\.\./queues/[A-Za-z0-9_-]+/jobs/{body['jobId']}", location)
        assert proxy["headers"] == {"Content-Type": "application/json", "X-Content-Type-Options": "nosniff"}
        assert body.keys() == {"jobArn", "jobId", "jobName"}
    else:
        assert proxy["statusCode"] in PHRASES, answer
        assert proxy["headers"]["Content-Type"] == "application/problem+json"
        assert proxy["headers"]["X-Content-Type-Options"] == "nosniff"
        assert (body["status"], body["submitted"]) == (proxy["statusCode"], "no"), (event, answer)
        assert body["detail"] and body["title"] and body["type"] and body["requestId"] == answer.request_id
