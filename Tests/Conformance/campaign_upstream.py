"""Clients of the campaign's services: an HTTP/1.1 client that passes requests on as they came."""

import asyncio
import calendar
import json
import time
import typing

from campaign_plan import MAXIMUM_AGE, MAXIMUM_TRANSIT

PATHS = {"/v1/submitjob": "SubmitJob", "/v1/listjobs": "ListJobs", "/v1/describejobs": "DescribeJobs"}


class Response(typing.NamedTuple):
    status: int
    headers: list
    body: bytes


class Upstream:
    """A service. `serial` has it serve one request at a time, for moto, whose conditional writes aren't atomic."""

    def __init__(self, port, serial=False):
        self.port = port
        self.idle = []
        self.turn = asyncio.Semaphore(1 if serial else 1000)

    async def send(self, request):
        """Passes a request on, once, and returns the response; None if the service closes the connection."""
        async with self.turn:
            reader, writer = None, None
            while self.idle and (reader is None or reader.at_eof()):
                reader, writer = self.idle.pop()
            if reader is None or reader.at_eof():
                reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
            head = [f"{request.method} {request.target} HTTP/1.1"]
            # The Host is signed, so it stays as it is.
            head += [f"{name}: {value}" for name, value in request.headers.items()]
            try:
                writer.write("\r\n".join([*head, "", ""]).encode("latin-1") + request.body)
                return await self._response(reader, writer)
            except (OSError, asyncio.IncompleteReadError):
                writer.close()
                return None

    async def _response(self, reader, writer):
        start, *lines = (await reader.readuntil(b"\r\n\r\n"))[:-4].decode("latin-1").split("\r\n")
        headers = [(name, value.strip()) for name, _, value in (line.partition(":") for line in lines)]
        known = {name.lower(): value for name, value in headers}
        body = await reader.readexactly(int(known["content-length"]))
        if start.startswith("HTTP/1.1") and known.get("connection") != "close":
            self.idle.append((reader, writer))
        else:
            writer.close()
        passed = [(name, value) for name, value in headers
                  if name.lower() not in ("content-length", "connection", "date", "server")]
        return Response(int(start.split(" ")[1]), passed, body)


class Table:
    """A DynamoDB table, which accepts requests however late they are."""

    service = "table"
    throttle = Response(400, [], b'{"__type":"com.amazon.coral.availability#ThrottlingException"}')
    failure = Response(500, [], b'{"__type":"com.amazonaws.dynamodb.v20120810#InternalServerError"}')

    def __init__(self, port, serial, counts):
        self.upstream = Upstream(port, serial)
        self.counts = counts

    @staticmethod
    def operation(request):
        return request.headers["x-amz-target"].removeprefix("DynamoDB_20120810.")

    @staticmethod
    def time_left(request):
        return MAXIMUM_AGE

    async def carry_out(self, request, invocation):
        if b":held" in request.body:
            self.counts["take-overs"] += 1
        return await self.upstream.send(request)


class Batch:
    """The embedded Batch, which refuses old signatures as AWS does, only sooner."""

    service = "Batch"
    throttle = Response(429, [("x-amzn-ErrorType", "TooManyRequestsException")], b'{"message":"Too Many Requests"}')
    failure = Response(500, [("x-amzn-ErrorType", "ServerException")], b'{"message":"?"}')
    expired = Response(403, [("x-amzn-ErrorType", "InvalidSignatureException")], b'{"message":"Signature expired"}')

    def __init__(self, port, counts):
        self.upstream = Upstream(port)
        self.counts = counts

    @staticmethod
    def operation(request):
        return PATHS[request.target]

    @staticmethod
    def time_left(request):
        """How long the signature will be accepted, in seconds. Its time has no fraction, and so counts as earlier."""
        signed = calendar.timegm(time.strptime(request.headers["x-amz-date"], "%Y%m%dT%H%M%SZ"))
        return signed + MAXIMUM_AGE - time.time()

    async def carry_out(self, request, invocation):
        if self.operation(request) != "SubmitJob":
            return await self.upstream.send(request)
        began = time.monotonic()
        if self.time_left(request) < 0:
            self.counts["expired signatures"] += 1
            return self.expired
        response = await self.upstream.send(request)
        if time.monotonic() - began > MAXIMUM_TRANSIT:
            self.counts["requests in transit too long"] += 1
            invocation.key.is_excused = True
        if response and response.status == 200:
            invocation.accepted.append(json.loads(response.body)["jobId"])
        return response
