"""What a proxy event asks for, worked out a second time: from the table of answers in the design, with Python's json.

Slow and short where the function is fast: an event is a job, with the very bytes that Batch is to get, or it is none.
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
# Members that only events which are not HTTP requests have.
FOREIGN = {
    "methodArn", "routeArn", "authorizationToken", "Records", "records", "detail-type", "eventSource", "eventSourceArn",
    "awslogs", "triggerSource", "ResponseURL", "CodePipeline.job", "alarmArn", "invokingEvent", "invocationSchemaVersion",
}


class NoJob(Exception):
    """The event asks for no job that may be submitted."""


class Sender(typing.NamedTuple):
    is_load_balancer: bool
    has_multi_value_headers: bool
    delivers_encoded_path: bool
    method: object
    path: object


def refuse(constant):
    raise NoJob(f"{constant} is no JSON")


def parsed(data):
    """A document; its objects are lists of pairs in tuples, so that names may come twice."""
    try:
        return json.loads(
            data.decode("utf-8"), parse_constant=refuse, parse_int=str.encode, parse_float=str.encode,
            object_pairs_hook=tuple)
    except (ValueError, RecursionError) as error:
        raise NoJob("no JSON") from error


def member(value, name):
    """The last member of a name; null and no member are the same."""
    found = [each for its, each in value if its == name] if isinstance(value, tuple) else []
    return found[-1] if found else None


def is_text(value):
    """Whether it is a string, and no half of a surrogate pair stands alone in it."""
    return isinstance(value, str) and not any("\ud800" <= each <= "\udfff" for each in value)


def text(value):
    if not is_text(value):
        raise NoJob("no text")
    return value


def is_foreign(event):
    """Whether it is another service's event, or an authorizer's: one that is not an HTTP request."""
    try:
        event = parsed(event)
    except NoJob:
        return False
    return any(member(event, name) is not None for name in FOREIGN)


def sender(event):
    """Who sent the event; nil when it is from none of the known senders."""
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
    """The body that Batch is to get for an event; NoJob when it is to get none."""
    its = sender(event)
    if its is None or is_foreign(event):
        raise NoJob("no proxy event")
    event = parsed(event)
    method, path = text(its.method), text(its.path)
    parameters = member(event, "pathParameters")
    if parameters is not None and not isinstance(parameters, tuple):
        raise NoJob("no parameters")
    content_type = header(event)
    body = body_of(event)
    queue, definition = (member(parameters, name) for name in ("jobQueue", "jobDefinition"))
    if queue is not None:
        decoded(its, text(queue))
    if queue is None or definition is None:
        # One slash at the end makes no difference.
        segments = path.removesuffix("/").rsplit("/", 3)
        if len(segments) < 4 or segments[1] != "jobs":
            raise NoJob("no route")
        _, _, queue, definition = segments
    if method != "POST":
        raise NoJob("no POST")
    queue, definition = decoded(its, text(queue)), decoded(its, text(definition))
    if not NAME.fullmatch(queue) or not DEFINITION.fullmatch(definition):
        raise NoJob("no name")
    if body and content_type is not None:
        if content_type.partition(";")[0].strip(" \t").lower() != "application/json":
            raise NoJob("no JSON, it says")
    return written(queue, definition, body, request_id, allowed)


def header(event):
    """The Content-Type: the first of the headers, or the last of its values."""
    for name, pick in (("headers", text), ("multiValueHeaders", last)):
        headers = member(event, name)
        if headers is not None and not isinstance(headers, tuple):
            raise NoJob("no headers")
        for its, value in headers or ():
            if its.lower() == "content-type" and value is not None:
                return pick(value)
    return None


def last(values):
    if not isinstance(values, list):
        raise NoJob("no values")
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
        raise NoJob("no Base64") from error
    if base64.b64encode(data) != body:
        raise NoJob("no Base64 that its writer would have written")
    return data


def decoded(its, segment):
    if not its.delivers_encoded_path:
        return segment
    if re.search(r"%(?![0-9A-Fa-f]{2})", segment):
        raise NoJob("no escape")
    try:
        return urllib.parse.unquote(segment, errors="strict")
    except UnicodeDecodeError as error:
        raise NoJob("no UTF-8") from error


def written(queue, definition, body, request_id, allowed):
    members = parsed(body) if body else ()
    if not isinstance(members, tuple):
        raise NoJob("no object")
    names = [text(name) for name, _ in members]
    if len(set(names)) < len(names) or {"jobqueue", "jobdefinition"} & {name.lower() for name in names}:
        raise NoJob("a member too many")
    if allowed is not None and not set(names) <= allowed:
        raise NoJob("a member that is not allowed")
    start = ""
    if "jobName" in names:
        if not JOB_NAME.fullmatch(text(member(members, "jobName"))):
            raise NoJob("no name")
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
