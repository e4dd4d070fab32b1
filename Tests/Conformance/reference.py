"""An independent implementation of the function's rules, from the table of responses in the design, with Python's json.

It is simple where the function is fast: for an event, it returns the exact bytes that Batch must get, or raises NoJob.
"""

import base64
import binascii
import json
import re
import typing
import urllib.parse

MAXIMUM_SIZE = 30 * 1024
NAME = re.compile(r"[A-Za-z0-9_-]{1,128}")
DEFINITION = re.compile(r"([A-Za-z0-9_-]{1,128})(:[1-9][0-9]{0,9})?")
JOB_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,127}")
DEFAULT_MEMBERS = {"jobName", "parameters", "dependsOn", "retryStrategy", "timeout", "tags", "propagateTags"}
# Members that only events other than HTTP requests have.
FOREIGN = {
    "methodArn", "routeArn", "authorizationToken", "Records", "records", "detail-type", "eventSource", "eventSourceArn",
    "awslogs", "triggerSource", "ResponseURL", "CodePipeline.job", "alarmArn", "invokingEvent", "invocationSchemaVersion",
}


class NoJob(Exception):
    """The event must not submit a job."""


class Sender(typing.NamedTuple):
    is_load_balancer: bool
    has_multi_value_headers: bool
    delivers_encoded_path: bool
    method: object
    path: object


def refuse(constant):
    raise NoJob(f"{constant} is not JSON")


def parsed(data):
    """Parses a document. Objects become tuples of pairs, so that names may be duplicated."""
    try:
        return json.loads(
            data.decode("utf-8"), parse_constant=refuse, parse_int=str.encode, parse_float=str.encode,
            object_pairs_hook=tuple)
    except (ValueError, RecursionError) as error:
        raise NoJob("not JSON") from error


def member(value, name):
    """The last member with a name. A null counts as missing."""
    found = [each for its, each in value if its == name] if isinstance(value, tuple) else []
    return found[-1] if found else None


def is_text(value):
    """Whether it is a string without lone surrogates."""
    return isinstance(value, str) and not any("\ud800" <= each <= "\udfff" for each in value)


def text(value):
    if not is_text(value):
        raise NoJob("not text")
    return value


def is_foreign(event):
    """Whether it is the event of another service or of an authorizer, rather than an HTTP request."""
    try:
        event = parsed(event)
    except NoJob:
        return False
    return any(member(event, name) is not None for name in FOREIGN)


def sender(event):
    """The sender of the event; None if it is unknown."""
    try:
        event = parsed(event)
    except NoJob:
        return None
    context = member(event, "requestContext")
    multi = member(event, "multiValueHeaders") is not None
    method, path = member(event, "httpMethod"), member(event, "path")
    if method is not None and path is not None:
        if member(event, "resource") is None and member(context, "elb") is not None:
            return Sender(True, multi, True, method, path)
        return Sender(False, multi, member(event, "version") != "1.0", method, path)
    method, path = member(member(context, "http"), "method"), member(event, "rawPath")
    if method is not None and path is not None:
        domain = member(context, "domainName")
        is_url = is_text(domain) and re.match(r"\.*[^.]+\.+lambda-url(\.|$)", domain) is not None
        return Sender(False, multi, is_url, method, path)
    return None


def job(event, request_id, allowed=DEFAULT_MEMBERS):
    """The body that Batch must get for an event. Raises NoJob if it must get none."""
    its = sender(event)
    if its is None or is_foreign(event):
        raise NoJob("not a proxy event")
    event = parsed(event)
    method, path = text(its.method), text(its.path)
    parameters = member(event, "pathParameters")
    if parameters is not None and not isinstance(parameters, tuple):
        raise NoJob("invalid parameters")
    content_type = header(event)
    body = body_of(event)
    if has_key(event):
        raise NoJob("no table to keep keys in")
    queue, definition = (member(parameters, name) for name in ("jobQueue", "jobDefinition"))
    if queue is not None:
        decoded(its, text(queue))
    if queue is None or definition is None:
        if queue is not None and member(parameters, "jobId") is not None:
            raise NoJob("a job, not a submit")
        # A trailing slash makes no difference.
        segments = path.removesuffix("/").rsplit("/", 3)
        if len(segments) < 4 or segments[1] != "jobs":
            raise NoJob("no route")
        if segments[2] == "jobs" and segments[0].endswith("/queues"):
            raise NoJob("a job of a queue named jobs")
        _, _, queue, definition = segments
    if method != "POST":
        raise NoJob("not a POST")
    queue, definition = decoded(its, text(queue)), decoded(its, text(definition))
    if not NAME.fullmatch(queue) or not DEFINITION.fullmatch(definition):
        raise NoJob("invalid name")
    if body and content_type is not None:
        if content_type.partition(";")[0].strip(" \t").lower() != "application/json":
            raise NoJob("not JSON by its content type")
    return written(queue, definition, body, request_id, allowed)


def header(event):
    """The Content-Type: of the first such header, the last value."""
    for name, pick in (("headers", text), ("multiValueHeaders", last)):
        headers = member(event, name)
        if headers is not None and not isinstance(headers, tuple):
            raise NoJob("invalid headers")
        for its, value in headers or ():
            if its.lower() == "content-type" and value is not None:
                return pick(value)
    return None


def has_key(event):
    """Whether there is an Idempotency-Key, which the function takes from a REST API's second map only if it must."""
    headers = member(event, "headers")
    given = {name.lower() for name, value in headers or () if value is not None}
    if "idempotency-key" in given or "content-type" in given:
        return "idempotency-key" in given
    return any(name.lower() == "idempotency-key" and value not in (None, [])
               for name, value in member(event, "multiValueHeaders") or ())


def last(values):
    if not isinstance(values, list):
        raise NoJob("invalid values")
    return text(values[-1]) if values else None


def body_of(event):
    body = member(event, "body")
    if body is None:
        return b""
    body = text(body).encode()
    if member(event, "isBase64Encoded") is not True:
        return body
    try:
        data = base64.b64decode(body, validate=True)
    except binascii.Error as error:
        raise NoJob("invalid Base64") from error
    if base64.b64encode(data) != body:
        raise NoJob("non-canonical Base64")
    return data


def decoded(its, segment):
    if not its.delivers_encoded_path:
        return segment
    if re.search(r"%(?![0-9A-Fa-f]{2})", segment):
        raise NoJob("invalid escape")
    try:
        return urllib.parse.unquote(segment, errors="strict")
    except UnicodeDecodeError as error:
        raise NoJob("invalid UTF-8") from error


def written(queue, definition, body, request_id, allowed):
    members = parsed(body) if body else ()
    if not isinstance(members, tuple):
        raise NoJob("not an object")
    names = [text(name) for name, _ in members]
    if len(set(names)) < len(names) or {"jobqueue", "jobdefinition"} & {name.lower() for name in names}:
        raise NoJob("a duplicate member, or one that the path decides")
    if allowed is not None and not set(names) <= allowed:
        raise NoJob("a member that is not allowed")
    start = ""
    if "jobName" in names:
        if not JOB_NAME.fullmatch(text(member(members, "jobName"))):
            raise NoJob("invalid job name")
    else:
        name = definition.partition(":")[0]
        prefix = "" if name[0].isalnum() else "job"
        suffix = re.sub("[^A-Za-z0-9]", "", request_id)[:8]
        start = f'"jobName":"{prefix}{name[:119 - len(prefix)]}-{suffix}",'
    between = body.decode().strip(" \t\r\n")[1:-1].strip(" \t\r\n")
    result = f'{{{start}"jobQueue":"{queue}","jobDefinition":"{definition}"{"," if between else ""}{between}}}'.encode()
    if len(result) > MAXIMUM_SIZE:
        raise NoJob("too large")
    return result
