"""The record of one invocation of the wire campaign: what was delivered, submitted and posted, and what is wrong."""

import collections
import json
import re
import typing
import urllib.parse

from fuzz_cases import KEY_ID, SECRET, TOKEN
from fuzz_deliveries import LOST
from fuzz_events import Verdict
from fuzz_responses import body_of

ERROR_TYPE = re.compile(r"(Runtime|Function)\.[A-Z][a-zA-Z]+")
# Members of events that don't stem from an HTTP request.
OTHER_SOURCES = re.compile(
    rb"[Rr]ecords|detail-type|methodArn|routeArn|authorizationToken|eventSource|awslogs|triggerSource|ResponseURL")
# A second request goes out only when the first was throttled; AWS_MAX_ATTEMPTS is 2.
MAXIMUM_ATTEMPTS = 2
LONGEST_RETRY_AFTER = 86_400


class Post(typing.NamedTuple):
    identifier: bytes
    is_error: bool
    payload: bytes
    headers: dict
    fate: str


class Entry:
    """What happened in one case. `faults` are pairs of a kind and a text."""

    def __init__(self, case):
        self.case = case
        self.posts = []
        # For each SubmitJob request, the delivery during which it arrived, and the response.
        self.requests = []
        self.faults = []
        self.counts = collections.Counter()
        self.has_died = False

    def fault(self, kind, text):
        self.faults.append((kind, text))

    @property
    def delivery(self):
        return self.case.deliveries[len(self.posts) - 1]

    @property
    def accepted(self):
        return [response.job_id for _, response in self.requests if response.accepted]

    def delivered(self):
        """Begins a delivery."""
        self.posts.append([])
        return self.delivery

    @property
    def has_more(self):
        return len(self.posts) < len(self.case.deliveries)

    def submitted(self, request):
        """Records a request to Batch, and returns its response."""
        if request.method != "POST" or request.target != "/v1/submitjob":
            self.fault("request", f"{request.method} {request.target} reached Batch")
        if not self.posts or self.posts[-1]:
            self.fault("second submit", "a request reached Batch after the response was posted")
        response = self.case.responses[min(len(self.requests), len(self.case.responses) - 1)]
        self.requests.append((len(self.posts) - 1, response))
        return response

    def posted(self, post):
        """Records a post, and returns the response to it."""
        if not self.posts:
            self.fault("post", f"a post for {post.identifier} before any event")
            return "202"
        before = self.posts[-1]
        if before and before[-1].fate not in LOST:
            self.fault("post", f"another post after one that got {before[-1].fate}")
        fates = self.delivery.fates
        fate = fates[min(len(before), len(fates) - 1)]
        before.append(post._replace(fate=fate))
        return fate

    def close(self):
        """Checks everything, and returns the faults."""
        self._check_deliveries()
        self._check_requests()
        for index, posts in enumerate(self.posts):
            if posts:
                # Requests of later redeliveries don't belong to this response, and are checked separately.
                self._check_response(posts[0], [response for its, response in self.requests if its <= index])
                break
        return self.faults

    def _check_deliveries(self):
        event, first = self.case.event, None
        for delivery, posts in zip(self.case.deliveries, self.posts):
            if not posts:
                is_last = posts is self.posts[-1]
                if not delivery.may_be_refused and not (self.has_died and is_last):
                    self.fault("no post", "an event got no response")
                continue
            if first is not None and (posts[0].payload, posts[0].is_error) != (first.payload, first.is_error):
                self.fault("redelivery", f"got {posts[0].payload[:600]}, and before {first.payload[:600]}")
            first = first or posts[0]
            for post in posts:
                if post[:3] != posts[0][:3]:
                    self.fault("post", f"posted again as {post}, after {posts[0]}")
                self._check_post(delivery, post)
            may_fail = event.verdict is Verdict.ERROR or delivery.may_fail or (
                event.verdict is not Verdict.JOB and OTHER_SOURCES.search(event.data))
            if posts[0].is_error and not may_fail:
                self.fault("post", f"a function error: {posts[0].payload[:300]}")
            if event.verdict is Verdict.ERROR and not posts[0].is_error:
                self.fault("not an error", f"what is not a request got {posts[0].payload[:300]}")

    def _check_post(self, delivery, post):
        ids = {each.strip(b" \t") for each in delivery.ids}
        ids |= {each.decode("utf-8", "replace").encode() for each in ids}
        if post.identifier not in ids:
            self.fault("post", f"posted to {post.identifier}, and not to {delivery.ids}")
        nonce = post.headers.get("lambda-runtime-invocation-id")
        if nonce != (delivery.nonce and delivery.nonce.decode()):
            self.fault("post", f"the invocation id is {nonce}, and not {delivery.nonce}")
        if post.is_error and not ERROR_TYPE.fullmatch(post.headers.get("lambda-runtime-function-error-type", "")):
            self.fault("post", f"the error's type is {post.headers}")
        for secret in (KEY_ID, SECRET, TOKEN):
            if secret.encode() in post.payload:
                self.fault("secret", f"{secret[:20]} is in {post.payload[:600]}")

    def _check_requests(self):
        verdict = self.case.event.verdict
        if self.requests and verdict in (Verdict.NO_JOB, Verdict.ERROR):
            self.fault("forbidden submit", f"an event that {verdict.value} got a job: {self.case.event.data[:600]}")
        if len(self.accepted) > 1:
            self.fault("second job", f"Batch has {self.accepted}")
        for (_, before), (_, _) in zip(self.requests, self.requests[1:]):
            if not before.allows_retry:
                self.fault("second submit", f"another request after {before.kind}: {before.wire[:300]}")
        for (index, response) in self.requests:
            if any(self.posts[:index]):
                self.fault("second submit", f"delivery {index + 1} was submitted after a response was posted")
        if len(self.requests) > MAXIMUM_ATTEMPTS:
            self.fault("second submit", f"{len(self.requests)} requests")

    def _check_response(self, post, requests):
        try:
            payload = json.loads(post.payload.decode())
        except ValueError as error:
            return self.fault("payload", f"not JSON: {error}: {post.payload[:300]}")
        if post.is_error:
            if requests:
                self.fault("wrong response", f"a function error, and {len(requests)} requests to Batch")
            if not isinstance(payload, dict) or not {"errorMessage", "errorType"} <= payload.keys():
                self.fault("payload", f"a function error without message: {payload}")
            return None
        try:
            status, text = payload["statusCode"], payload["body"]
            headers = payload.get("headers") or {name: value for name, (value,) in payload["multiValueHeaders"].items()}
            body = json.loads(text)
        except (ValueError, KeyError, TypeError) as error:
            return self.fault("payload", f"not a proxy response: {error!r}: {post.payload[:300]}")
        last = requests[-1] if requests else None
        self.counts[f"status {status}"] += 1
        if status == 200:
            return self._check_job(text, body, last)
        if not isinstance(status, int) or headers.get("Content-Type") != "application/problem+json":
            return self.fault("payload", f"neither a job nor a problem: {post.payload[:300]}")
        if body.get("status") != status or body.get("submitted") not in ("no", "unknown"):
            self.fault("payload", f"the problem is incomplete: {body}")
        if body.get("submitted") == "no" and not all(response.may_deny for response in requests):
            self.fault("wrong response", f"denies a job, and Batch has {last.job_id}: {body}, {last.kind}")
        if status == 405 and not headers.get("Allow"):
            self.fault("payload", "405 without Allow")
        if status == 429:
            pause = headers.get("Retry-After", "")
            if not pause.isdecimal() or not 1 <= int(pause) <= LONGEST_RETRY_AFTER:
                self.fault("payload", f"Retry-After: {pause}")
        if last is not None and last.has_job:
            self.fault("lost response", f"Batch's response was whole, and the caller got {status}: {body}, {last.kind}")
        if last is None and self.case.event.verdict is Verdict.JOB and self.case.deliveries[0].is_plain:
            if status != 503 or self.case.deliveries[0].deadlines[0] > 5:
                self.fault("not submitted", f"a valid event got {status}: {body}")
        return None

    def _check_job(self, text, body, last):
        if last is None or not last.accepted:
            return self.fault("foreign job", f"a 200 without an accepted request: {text[:300]}")
        if self.case.foreign in text:
            return self.fault("foreign job", f"the id of a stray response: {text[:300]}, {last.kind}")
        if last.has_job and last.is_exact and body.get("jobId") != last.job_id:
            return self.fault("foreign job", f"not {last.job_id}: {text[:300]}, {last.kind}")
        sent = text.encode("utf-8", "surrogatepass")
        if sent not in last.wire and sent.strip() != body_of(last.job_id) and _is_utf8(last.wire):
            return self.fault("foreign job", f"not from its own response: {text[:300]}, {last.kind}: {last.wire[:300]}")
        return None


def _is_utf8(data):
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def identifier(segment):
    """The request id in a path segment."""
    return urllib.parse.unquote_to_bytes(segment)
