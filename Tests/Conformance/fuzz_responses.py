"""Batch's responses in the wire campaign: complete, followed by extra bytes, or wrong; and what is true after each."""

import json
import re
import typing

import fuzz_heads
from mutations import of_bytes

THROTTLES = [
    "BandwidthLimitExceeded", "EC2ThrottledException", "LimitExceededException",
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded", "RequestThrottled", "RequestThrottledException", "SlowDown", "ThrottledException",
    "Throttling",
    "ThrottlingException", "TooManyRequestsException",
]
# The SDKs also retry after these, but they don't prove that nothing was accepted.
UNPROVEN = ["TransactionInProgressException", "PriorRequestNotComplete"]
CREDENTIALS = [
    "InvalidSignatureException", "ExpiredTokenException", "UnrecognizedClientException", "AccessDeniedException",
]
CODES = ["", "ClientException", "ServerException", "InternalFailure", "x" * 300, "a b"]
RETRY_AFTER = [
    "0", "1", "7", "-1", "+5", "999999999999", "9223372036854775807", "9223372036854775808", "-9223372036854775808",
    "1e9",
    "Fri, 31 Dec 9999 23:59:59 GMT", "", " ", "\xff", "9" * 60, "0" * 60, "2147483648", "1, 2", "86400",
]
REFUSED_HEAD = re.compile(rb"HTTP/\d(\.\d)?\s+4\d\d")
THROTTLED_HEAD = re.compile(rb"(?is)HTTP/\d(\.\d)?\s+(429|4\d\d.*(throttl|limit|slowdown|toomany))")
# The time limit for cases in which a response never ends, in seconds. The function reserves half a second of it.
SHORT = 0.58


class Response(typing.NamedTuple):
    """The bytes written for one SubmitJob request. Delays are in milliseconds, after the previous piece."""

    kind: str
    pieces: list
    # Whether Batch has the job. True if the response leaves it open, because the function must not deny it then.
    accepted: bool
    # Whether it proves that nothing was accepted, so that a second request may follow.
    may_retry: bool = False
    # Whether it is unambiguous.
    is_exact: bool = True
    # Whether the caller must get the job's id.
    has_job: bool = False
    strays: list = []
    end: str = "keep"
    seconds: float = 10.0
    job_id: str = ""

    @property
    def wire(self):
        return b"".join(data for _, data in self.pieces)

    @property
    def may_deny(self):
        """Whether the function may claim that nothing was submitted."""
        return not self.accepted or not self.is_exact and REFUSED_HEAD.search(self.wire) is not None

    @property
    def allows_retry(self):
        return self.may_retry or not self.is_exact and THROTTLED_HEAD.search(self.wire) is not None


def body_of(job_id):
    arn = f"arn:aws:batch:us-east-1:123456789012:job/{job_id}"
    return json.dumps({"jobArn": arn, "jobId": job_id, "jobName": "demo"}).encode()


def whole(status, body, *headers, phrase="Said"):
    lines = [f"HTTP/1.1 {status} {phrase}", "Content-Type: application/json", *headers]
    return "\r\n".join([*lines, f"Content-Length: {len(body)}", "", ""]).encode("latin-1") + body


def accepting(job_id):
    """Batch's response to a job that it accepts."""
    return Response("accepted", [(0, whole(200, body_of(job_id)))], True, has_job=True, job_id=job_id)


def hostile(its, job_id, foreign, secret):
    """Any other response. `foreign` is the id of a job that no request created; `secret` must not reach a caller."""
    pick = its.randrange(100)
    if pick < 30:
        found = with_strays(its, accepting(job_id), foreign)
    elif pick < 52:
        found = of_status(its, job_id, secret)
    elif pick < 76:
        head, end, kind = fuzz_heads.changed(its, whole(200, body_of(job_id)), job_id)
        found = Response(kind, [(0, head)], True, is_exact=False, end=end, seconds=SHORT, job_id=job_id)
    elif pick < 92:
        found = of_body(its, job_id, foreign)
    else:
        found = cut(its, job_id)
    if not found.strays and found.end == "keep" and found.seconds != SHORT and its.random() < 0.25:
        found = with_strays(its, found, foreign)
    if its.random() < 0.06:
        found = in_pieces(its, found)
    return found


def of_status(its, job_id, secret):
    """A complete response with some status and error code."""
    status = its.choice([
        its.randrange(100, 600), its.randrange(400, 500), its.choice([200, 201, 202, 204, 302, 304, 307]),
        its.choice([400, 401, 403, 408, 409, 429, 429, 500, 502, 503, 504])])
    code = its.choice([its.choice(names) for names in (THROTTLES, THROTTLES[-2:], UNPROVEN, CREDENTIALS, CODES)])
    is_client_error = 400 <= status <= 499
    throttled = is_client_error and (status == 429 or code in THROTTLES)
    if status == 429 and code in UNPROVEN:
        code = "ThrottlingException"
    # 401 is about the key or signature; other statuses prove nothing.
    refused = throttled or status in (400, 403) and code not in UNPROVEN or status == 401 and code in CREDENTIALS[:3]
    message = secret if code in CREDENTIALS[:3] else "no " * its.randrange(1, 4)
    headers, members = [], {"message": message}
    if status == 200:
        members = json.loads(body_of(job_id))
    match its.randrange(4):
        case 0:
            members["__type"] = f"aws.batch#{code}"
        case 1:
            headers.append(f"x-amzn-ErrorType: {code}:http://internal.amazon.com/coral/")
        case _:
            headers.append(f"x-amzn-ErrorType: {code}")
    if its.random() < 0.3:
        headers.append(f"Retry-After: {its.choice(RETRY_AFTER)}")
    if status in (301, 302, 303, 307, 308):
        place = its.choice(["/", "/v1/submitjob", "http://127.0.0.1:1/", "file:///etc/passwd", ""])
        headers.append(f"Location: {place}")
    if status in (401, 407):
        scheme = its.choice(["Basic realm=x", "Negotiate", "NTLM", "Digest realm=x, nonce=y"])
        headers.append(f"WWW-Authenticate: {scheme}")
    data = b"" if status in (204, 304) and its.random() < 0.7 else json.dumps(members).encode()
    pieces, seconds, has_job = [(0, whole(status, data, *headers))], 10.0, status == 200
    if status < 200:
        # An interim response. Unless a final one follows, the function gets no response.
        seconds = SHORT
        if its.random() < 0.6 and status != 101:
            interim = f"HTTP/1.1 {status} Wait\r\n\r\n".encode()
            pieces = [(0, interim), (its.choice([0, 2]), whole(200, body_of(job_id)))]
            seconds, has_job = 10.0, True
    if throttled:
        # Sometimes leave time for a second request after a short pause.
        seconds = its.choices([0.9, 1.1, 1.5], [40, 10, 50])[0]
    kind = f"{status} {code[:40]}".strip()
    return Response(kind, pieces, not refused, throttled, has_job=has_job, seconds=seconds, job_id=job_id)


def of_body(its, job_id, foreign):
    """Status 200 with something other than Batch's JSON, or in an odd encoding."""
    body = body_of(job_id)
    members = json.loads(body)
    chunks = b"%x\r\n%b\r\n%x;ext=1\r\n%b\r\n" % (20, body[:20], len(body) - 20, body[20:])
    plain = its.choice([
        b"0\r\n\r\n", b"0\r\nX-Trailer: 1\r\n\r\n", b"0000\r\n\r\n", b"0;last\r\n\r\n",
        b"0\r\n X-Trailer: folded\r\n\r\n"])
    broken = its.choice([
        b"", b"0\r\n", b"0\r\n\r", b"-1\r\n\r\n", b"FFFFFFFFFFFFFFFF\r\n", b"FFFFFFFFFFFFFFFFF\r\n",
        b"0x5\r\nabcde\r\n", b"zz\r\n", b"\r\n",
        b"7fffffffffffffff\r\n", b"8000000000000000\r\n", b" 5\r\nabcde\r\n0\r\n\r\n", b"5\r\nabcdefgh\r\n0\r\n\r\n",
        b"0" * 200 + b"\r\n\r\n"])
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    response = Response("chunked", [(0, head + chunks)], True, seconds=SHORT, job_id=job_id)
    match its.randrange(9):
        case 0 | 1:
            return response._replace(pieces=[(0, head + chunks + plain)], has_job=b" X" not in plain, seconds=10.0)
        case 2 | 3:
            return response._replace(
                kind="chunked wrongly", is_exact=False, pieces=[(0, head + chunks + broken)],
                end="keep" if its.random() < 0.1 else "close")
        case 4 | 5:
            data = of_bytes(its, body)
            kind = "other bytes in the body"
        case 6:
            data = b" " * 70_000 + body
            if its.random() < 0.1:
                data = b'{"jobId":"' + b"x" * its.choice([1 << 20, 2 << 20]) + b'"}'
            kind = "large body"
        case 7:
            members["jobId"] = its.choice([
                None, 7, "", [], {}, ["x"], True, "é\u2028", "x" * 5000, job_id.upper() + "\u0000"])
            data = json.dumps(members).encode()
            kind = "odd id"
        case _:
            data = its.choice([
                b"", b"{}", b"[]", b"null", b"<html>", b"\xff\xfe", b"[" * 5000, b'{"message":"ok"}',
                b"\xef\xbb\xbf" + body, body * 2,
                b'{"jobId":"%b",%b' % (foreign.encode(), body[1:]), b"\x1f\x8b\x08\x00", body[:-1], body + b"\n",
                b" " + body])
            kind = "other body"
    if foreign.encode() in data:
        # Batch itself sent two ids, so passing one on is not a mix-up.
        data = data.replace(foreign.encode(), job_id[:-1].encode() + b"x")
    return response._replace(kind=kind, pieces=[(0, whole(200, data))], seconds=10.0)


def cut(its, job_id):
    """A response that is truncated or never ends. Its status doesn't count."""
    status = its.choice([200, 200, 400, 403, 408, 429, 500])
    body = body_of(job_id) if status == 200 else b'{"message":"no"}'
    data = whole(status, body, "x-amzn-ErrorType: ThrottlingException")
    at = its.choice([0, its.randrange(len(data)), its.randrange(len(data)), data.index(b"\r\n\r\n") + 2, len(data) - 1])
    end = its.choices(["close", "reset", "keep"], [65, 30, 5])[0]
    # All of these have a Content-Length: a close-delimited body couldn't be recognized as truncated.
    return Response(f"{status} cut, {end}", [(0, data[:at])], True, end=end, seconds=SHORT)


def with_strays(its, response, foreign):
    """A response followed by extra bytes."""
    delay = its.choice([0, 0, 0, 1, 1, 4, 4, 20])
    status = its.choice([200, 200, 400, 403, 408, 429, 429, 500, 100, 101, 302, 503])
    body = body_of(foreign) if status == 200 else b'{"message":"stray"}'
    extra = whole(status, body, f"x-amzn-ErrorType: {its.choice(['ThrottlingException', 'ClientException'])}")
    match its.randrange(10):
        case 0:
            extra = response.wire
        case 1 | 2:
            extra = its.choice([
                b"\r\n", b"\n", b"\0", b"x", b" ", b"HTTP/1.1 200 OK\r\n", b"H", b"0\r\n\r\n",
                b"\x15\x03\x03\x00\x02\x02\x28", extra[:-1],
                its.randbytes(its.choice([1, 7, 300, 20_000]))])
        case 3:
            extra *= its.choice([2, 10])
    strays = [(delay, extra)]
    if its.random() < 0.15 and len(extra) > 3:
        at = sorted(its.sample(range(1, len(extra)), 2))
        strays = [(delay, extra[:at[0]]), (1, extra[at[0]:at[1]]), (1, extra[at[1]:])]
    end = its.choices(["keep", "close", "reset"], [80, 14, 6])[0]
    if response.may_retry or its.random() < 0.3:
        # In the same segment, or TLS record, as the whole response or as the body. After a throttle, anything else
        # would be unfair, because a second request may be sent at any time.
        delay, last = response.pieces[-1]
        head, end, rest = last.partition(b"\r\n\r\n")
        parts = [(delay, head + end), (0, rest + extra)] if its.random() < 0.3 else [(delay, last + extra)]
        pieces = [*response.pieces[:-1], *parts]
        return response._replace(kind=f"{response.kind} + stray at once", pieces=pieces, strays=[(0, b"")], end="keep")
    return response._replace(kind=f"{response.kind} + stray {status} after {delay} ms, {end}", strays=strays, end=end)


def in_pieces(its, response):
    data = response.wire
    if len(data) < 4 or response.strays:
        return response
    at = sorted(its.sample(range(1, len(data)), 3))
    return response._replace(pieces=[
        (0, data[:at[0]]), (its.choice([0, 1]), data[at[0]:at[1]]), (0, data[at[1]:at[2]]), (1, data[at[2]:])])
