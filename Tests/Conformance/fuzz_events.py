"""Events for the wire campaign: valid and hostile ones, with what is certain about their outcomes."""

import enum
import json
import typing

import mutations
import proxy_events


class Verdict(enum.Enum):
    """The required outcome of an event, as far as it is certain without the function's own rules."""

    JOB = "submits a job"
    NO_JOB = "submits nothing"
    ERROR = "submits nothing, and is posted as a function error"
    UNKNOWN = "may submit a job"


class Event(typing.NamedTuple):
    data: bytes
    verdict: Verdict
    kind: str


SAMPLES = [path.read_bytes() for path in mutations.EVENTS]
# The largest sample is larger than all others together.
COMMON = [sample for sample in SAMPLES if len(sample) < 10_000]

NAMES = [
    "", ".", "..", "%", "%2", "%zz", "%00", "%2F", "%252F", "%C3%A9", "%C3", "%ff", "a/b", "a%2Fb", "a\u0600",
    "q\u0301",
    "\u212a", "a\u0000b", "a\r\nb", "a\u2028b", "a\u202eb", "a\u0085b", "a\u009bb", "a\x7fb",
    '" status=200 jobId="forged', "a b", "é",
    "日本", "😀", "a" * 128, "a" * 129, "a" * 5000, "-", "_", "a:1", "a:0", "a:", ":1", "a:1:2", "a:99999999999", "*",
    "$(id)", "{}",
    "arn:aws:batch:us-east-1:123456789012:job-queue/q", "jobs", "a?b", "a#b", "a;b", "a\\b", "a'b", "\ud800",
    "a\u200bb",
]
METHODS = [
    "GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "QUERY", "ANY", "", " POST", "POST ",
    "POST\n",
    "POST\u0000", "POST\u0301", "GET POST", "P\u00d6ST", "POSTS", "POS", "X" * 4000, "*",
]
# Not from an API: events that Lambda delivers if another event source is connected to the function.
NOT_REQUESTS = [
    {"Records": [{"messageId": "1", "receiptHandle": "x", "body": "{}", "eventSource": "aws:sqs"}]},
    {"Records": [{"EventSource": "aws:sns", "EventVersion": "1.0", "Sns": {"Type": "Notification", "Message": "{}"}}]},
    {"Records": [{"eventVersion": "2.1", "eventSource": "aws:s3", "s3": {"object": {"key": "k"}}}]},
    {"version": "0", "id": "1", "detail-type": "Scheduled Event", "source": "aws.events", "detail": {}},
    {"version": "0", "id": "1", "detail-type": "Batch Job State Change", "source": "aws.batch", "detail": {}},
    {"eventSource": "aws:kafka", "records": {"topic-0": [{"topic": "topic", "value": "e30="}]}},
    {"awslogs": {"data": "H4sIAAAAAAAA"}},
]
AUTHORIZERS = [
    {"type": "REQUEST", "methodArn": "arn:aws:execute-api:us-east-1:123456789012:a1b2c3/prod/POST/jobs/q/d"},
    {"type": "TOKEN", "authorizationToken": "Bearer x",
     "methodArn": "arn:aws:execute-api:us-east-1:123456789012:a1b2c3/prod/POST/jobs/q/d"},
    {"type": "REQUEST", "routeArn": "arn:aws:execute-api:us-east-1:123456789012:a1b2c3/prod/POST/jobs/q/d",
     "identitySource": ["x"]},
]
BODIES = [None, "", "{}", " {} ", '{"parameters":{"a":"b"}}', '{"timeout":{"attemptDurationSeconds":60}}',
          '{"tags":{"a":"é😀"},"retryStrategy":{"attempts":2}}', '{"parameters":{"n":"' + "x" * 2000 + '"}}']


def valid(its):
    """An event that submits a job, in any format."""
    body = its.choice(BODIES)
    return Event(
        proxy_events.event(
            its.choice(proxy_events.SHAPES), body, definition=its.choice(["sample-job", "sample-job:3"]),
            base64_encoded=body is not None and its.random() < 0.3),
        Verdict.JOB, "valid")


def odd(its):
    """Any other event."""
    pick = its.randrange(100)
    sample = its.choice(SAMPLES if its.random() < 0.01 else COMMON)
    if pick < 36:
        return judged(mutations.of_structure(its, sample), "other members")
    if pick < 54:
        return judged(mutations.of_bytes(its, sample), "other bytes")
    if pick < 58:
        return judged(mutations.of_bytes(its, mutations.of_structure(its, sample)), "other members and bytes")
    if pick < 61:
        return judged(mutations.of_encoding(its, sample), "other encoding")
    shape = its.choice(proxy_events.SHAPES)
    if pick < 74:
        return judged(named(its, shape), "hostile name")
    if pick < 82:
        return Event(with_method(shape, its.choice(METHODS)), Verdict.NO_JOB, "hostile method")
    if pick < 85:
        event = json.loads(proxy_events.event(shape, "{}")) | its.choice(AUTHORIZERS)
        return Event(json.dumps(event).encode(), Verdict.NO_JOB, "authorizer's event")
    if pick < 88:
        return Event(json.dumps(its.choice(NOT_REQUESTS)).encode(), Verdict.ERROR, "not a request")
    if pick < 99:
        return judged(proxy_events.event(shape, hostile_body(its), isBase64Encoded=its.random() < 0.05), "hostile body")
    return judged(large(its, shape), "large")


def named(its, shape):
    """An event with hostile names for the queue and the definition, in valid or invalid places."""
    queue, definition = its.choice([*NAMES, "q"]), its.choice([*NAMES, "d:1"])
    event = json.loads(proxy_events.event(shape, "{}", queue="q", definition="d"))
    start, end = its.choice(["", "/prod", "/jobs", "//"]), its.choice(["", "", "/", "//", "?x"])
    path = f"{start}/jobs/{queue}/{definition}{end}"
    event["rawPath" if "rawPath" in event else "path"] = path
    if "pathParameters" in event:
        event["pathParameters"] = its.choice([
            {"jobQueue": queue, "jobDefinition": definition}, {"jobQueue": queue}, {"proxy": path}, None, {}, []])
    return json.dumps(event).encode()


def with_method(shape, method):
    event = json.loads(proxy_events.event(shape, "{}"))
    if "httpMethod" in event:
        event["httpMethod"] = method
    else:
        event["requestContext"]["http"]["method"] = method
    return json.dumps(event).encode()


def hostile_body(its):
    match its.randrange(8):
        case 0:
            return its.choice(["[", "{", '{"a":']) * its.choice([1, 50, 600, 5000])
        case 1:
            return '{"parameters":%s%s}' % ('{"a":' * (depth := its.choice([5, 100, 600])) + "1", "}" * depth)
        case 2:
            return '{"timeout":%s}' % its.choice(["1e999", "-0", "9" * 500, "01", "NaN", "1E400", "0." + "1" * 300])
        case 3:
            name = its.choice(["jobQueue", "jobqueue", "JOBDEFINITION", "jobName", "jobname", "containerOverrides"])
            return json.dumps({name: its.choice(["x", None, 1, {}])})
        case 4:
            return '{"tags":1,"t\\u0061gs":2}'
        case 5:
            return json.dumps({"jobName": its.choice(NAMES)})
        case 6:
            return mutations.small_document(its)
        case _:
            return json.dumps({"parameters": {its.choice(NAMES): its.choice(NAMES)}})


def large(its, shape):
    """An event that exceeds Batch's limit, has more members than SubmitJob, or is as large as Lambda delivers."""
    match its.randrange(12):
        case 0:
            body = json.dumps({f"m{number}": 0 for number in range(3_000)})
        case 1:
            body = " " * 2_000_000 + "{}"
        case _:
            body = json.dumps({"parameters": {"a": "x" * its.choice([29_000, 30_550, 30_720, 31_000, 60_000])}})
    return proxy_events.event(shape, body)


class Twice(Exception):
    """A member is duplicated: parsers differ in which one counts."""


def once(pairs):
    members = dict(pairs)
    if len(members) < len(pairs):
        raise Twice
    return members


def judged(data, kind):
    return Event(data, verdict(data), kind)


def verdict(data):
    try:
        event = json.loads(data.decode(), object_pairs_hook=once, parse_int=str, parse_float=str)
    except (Twice, RecursionError):
        return Verdict.UNKNOWN
    except ValueError:
        return Verdict.NO_JOB
    if not isinstance(event, dict):
        return Verdict.NO_JOB
    is_other = (isinstance(event.get("Records"), list) and event["Records"]
                and isinstance(event["Records"][0], dict)) or isinstance(event.get("detail-type"), str)
    if is_other:
        return Verdict.NO_JOB if "httpMethod" in event or "requestContext" in event else Verdict.ERROR
    authorization = (event.get(name) for name in ("methodArn", "routeArn", "authorizationToken"))
    if any(isinstance(value, str) and value for value in authorization):
        return Verdict.NO_JOB
    if event.get("httpMethod") is not None and event.get("path") is not None:
        method = event["httpMethod"]
    else:
        context = event.get("requestContext")
        http = context.get("http") if isinstance(context, dict) else None
        method = http.get("method") if isinstance(http, dict) else None
    return Verdict.UNKNOWN if method == "POST" else Verdict.NO_JOB
