"""Requests on each route of docs/openapi.yaml, with the status and the problem that they provoke."""

import json

FUNCTION = ["/lambda", ""]
ALL = [*FUNCTION, "/direct"]
UNKNOWN = "00000000-0000-4000-8000-000000000000"
SUBMIT = "/jobs/sample-queue/sample-job"
LIST = "/queues/sample-queue/jobs"
# One Unicode character, and two UTF-16 code units.
BICYCLE = "%F0%9F%9A%B2"


def text(body, content_type="application/json"):
    return {"data": body, "headers": {"Content-Type": content_type}}


def key(value):
    return {"json": {}, "headers": {"Idempotency-Key": value}}


HUGE = text(b" " * (10 * 1024 * 1024 + 1))
LARGE = text(json.dumps({"parameters": {"input": "x" * 31_000}}))
EVERY_FILTER = (
    "status=RUNNING,FAILED&status=RUNNABLE&name=a*&createdAfter=0&createdBefore=2026-11-23T08:25:29Z&limit=20")
# The method, the path, what else is sent, the status, and the problem's type. `{job}` is a job that waits.
OF_BOTH = [
    ("POST", SUBMIT, {"json": {}}, 200, None),
    ("POST", SUBMIT + ":3", {"json": {"jobName": "a", "tags": {"b": "c"}, "propagateTags": True}}, 200, None),
    ("POST", SUBMIT, text("{"), 400, "bad-body"),
    ("POST", SUBMIT, {"json": {"jobQueue": "another"}}, 400, "bad-body"),
    ("POST", "/jobs/no-such-queue/sample-job", {"json": {}}, 400, "refused-by-batch"),
    ("POST", SUBMIT, text("{}", "text/plain"), 415, "unsupported-media-type"),
    ("GET", LIST, {}, 200, None),
    ("GET", LIST + "?limit=1", {}, 200, None),
    ("GET", LIST + "?page=2", {}, 400, "bad-query"),
    ("GET", "/queues/a%22b/jobs", {}, 400, "bad-path"),
    ("GET", "/queues/no-such-queue/jobs", {}, 400, "refused-by-batch"),
    ("GET", "/queues/closed-queue/jobs", {}, 403, "not-allowed"),
    ("GET", LIST + "/{job}", {}, 200, None),
    ("GET", LIST + "/{job}?all=1", {}, 400, "bad-query"),
    ("GET", LIST + "/a%22b", {}, 400, "bad-path"),
    ("GET", "/queues/closed-queue/jobs/{job}", {}, 403, "not-allowed"),
    ("GET", LIST + "/" + UNKNOWN, {}, 404, "job-not-found"),
    ("GET", "/queues/other-queue/jobs/{job}", {}, 404, "job-not-found"),
    ("DELETE", LIST + "/{job}?why=1", {}, 400, "bad-query"),
    ("DELETE", LIST + "/{job}?reason=" + BICYCLE * 1025, {}, 400, "bad-query"),
    ("DELETE", LIST + "/a%22b", {}, 400, "bad-path"),
    ("DELETE", "/queues/closed-queue/jobs/{job}", {}, 403, "not-allowed"),
    ("OPTIONS", SUBMIT, {}, 204, None),
    ("OPTIONS", LIST, {}, 204, None),
    ("OPTIONS", LIST + "/{job}", {}, 204, None),
]
OF_FUNCTION = [
    ("POST", SUBMIT, {}, 200, None),
    ("POST", "/jobs/a%22b/sample-job", {"json": {}}, 400, "bad-path"),
    ("POST", SUBMIT, key("\u00e9".encode()), 400, "bad-idempotency-key"),
    ("POST", SUBMIT, {"json": {"containerOverrides": {}}}, 403, "not-allowed"),
    ("POST", SUBMIT, LARGE, 413, "too-large"),
    ("GET", f"{LIST}?{EVERY_FILTER}", {}, 200, None),
    ("GET", LIST + "?nextToken=another", {}, 400, "bad-query"),
    ("DELETE", LIST + "/" + UNKNOWN, {}, 404, "job-not-found"),
    ("DELETE", LIST + "/" + UNKNOWN + "?reason=" + BICYCLE * 600, {}, 404, "job-not-found"),
    ("DELETE", "/queues/other-queue/jobs/{job}", {}, 404, "job-not-found"),
]
OF_DIRECT = [
    ("POST", SUBMIT, {}, 400, "bad-body"),
    ("POST", SUBMIT, key("ignored"), 200, None),
    ("POST", SUBMIT, {"json": {"containerOverrides": {}}}, 400, "bad-body"),
    ("POST", SUBMIT, LARGE, 400, "refused-by-batch"),
    ("GET", LIST + "?status=FAILED", {}, 200, None),
    ("GET", LIST + "?status=FAILED&name=a", {}, 400, "bad-query"),
    ("GET", LIST, text("x", "text/plain"), 415, "unsupported-media-type"),
    ("GET", LIST + "/{job}", text("x", "text/plain"), 415, "unsupported-media-type"),
    ("DELETE", LIST + "/{job}", text("x", "text/plain"), 415, "unsupported-media-type"),
    ("DELETE", LIST + "/" + UNKNOWN, {}, 202, None),
    ("DELETE", LIST + "/" + UNKNOWN + "?reason=" + BICYCLE * 600, {}, 202, None),
]
OF_REST = [(method, path, {}, 403, "missing-authentication-token") for method, path in
           [("GET", SUBMIT), ("PUT", LIST), ("HEAD", LIST + "/{job}")]] + [("POST", SUBMIT, HUGE, 413, "too-large")]
OF_HTTP = [(method, path, {}, 404, None) for method, path in
           [("GET", SUBMIT), ("PUT", LIST), ("HEAD", LIST + "/{job}")]] + [("POST", SUBMIT, HUGE, 413, None)]
CASES = [(base, *case) for base in ALL for case in OF_BOTH]
CASES += [(base, *case) for base in FUNCTION for case in OF_FUNCTION] + [("/direct", *case) for case in OF_DIRECT]
CASES += [(base, *case) for base in ("/lambda", "/direct") for case in OF_REST] + [("", *case) for case in OF_HTTP]

# How Batch fails, and what that is for the function and for the direct integration.
FAULTS = {
    "refused": ((400, "refused-by-batch"), (400, "refused-by-batch")),
    "throttled": ((429, "throttled"), (429, "throttled")),
    "denied": ((403, "access-denied"), (403, "access-denied")),
    "distrusted": ((502, "function-fault"), (502, "function-fault")),
    "broken": ((502, "unexpected-answer"), (502, "unexpected-answer")),
    "silent": ((504, "outcome-unknown"), (502, "function-fault")),
    "down": ((503, "not-sent"), (502, "function-fault")),
}
OPERATIONS = [("POST", SUBMIT, {"json": {}}), ("GET", LIST, {}), ("GET", LIST + "/" + UNKNOWN, {}),
              ("DELETE", LIST + "/" + UNKNOWN, {})]
OF_URL = [
    ("POST", SUBMIT, key("a"), 400, "idempotency-unavailable"),
    ("GET", SUBMIT, {}, 405, "method-not-allowed"),
    ("POST", LIST, {}, 405, "method-not-allowed"),
    ("PUT", LIST + "/" + UNKNOWN, {}, 405, "method-not-allowed"),
    ("OPTIONS", LIST, {}, 405, "method-not-allowed"),
]
OF_KEYS = [
    ("POST", SUBMIT, {"json": {}}, 400, "idempotency-key-missing"),
    ("POST", SUBMIT, key("a"), 503, "idempotency-key-unchecked"),
]
