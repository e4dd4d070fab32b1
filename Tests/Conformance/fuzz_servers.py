"""The two servers of the wire campaign. They send a case's bytes exactly, and keep no records of their own."""

import asyncio
import fcntl
import pathlib
import struct
import termios

import fuzz_responses
from fuzz_ledger import Post, identifier
from function import NEXT
from server import Connection, Server, response

# The number of bytes that the peer's kernel has not acknowledged. Linux calls it SIOCOUTQ.
UNACKNOWLEDGED = termios.TIOCOUTQ


class WireBatch(Server):
    """Responds to SubmitJob as the worker says. While it is `playing`, the function's next event waits."""

    def __init__(self, loop, worker, tls=None):
        super().__init__(loop, tls=tls)
        self.worker = worker
        self.playing = 0
        self.openings = 0
        self.tasks = set()

    async def open(self):
        # Close as servers do, with an alert and a FIN. asyncio would wait for the function's own alert, which comes
        # with its next request at the earliest.
        timeout = {"ssl_shutdown_timeout": 0.005} if self.tls else {}
        self.listener = await self.loop.create_server(
            lambda: Connection(self), sock=self._bound(self.port), ssl=self.tls, **timeout)

    def handle(self, request, connection):
        if request.method == "GET" and request.target == "/":
            planned = self.opening()
        else:
            planned = self.worker.submitted(request)
        if planned is None:
            return connection.reset()
        if not planned.strays and planned.end == "keep" and len(planned.pieces) == 1:
            return connection.write(planned.wire)
        self.playing += 1
        task = self.loop.create_task(self.play(planned, connection))
        self.tasks.add(task)
        task.add_done_callback(self.played)
        return None

    def opening(self):
        """The response to the request that opens the connection during init. Every other time, a stray one follows."""
        self.openings += 1
        refusal = fuzz_responses.whole(403, b'{"message":"Missing Authentication Token"}')
        stray = fuzz_responses.whole(200, fuzz_responses.body_of("deadbeef-0000-4000-8000-000000000000"))
        strays = [(1, stray)] if self.openings % 2 else []
        return fuzz_responses.Response("opening", [(0, refusal)], False, strays=strays)

    def played(self, task):
        self.tasks.discard(task)
        self.playing -= 1
        task.result()
        self.worker.advance()

    async def play(self, planned, connection):
        for delay, data in [*planned.pieces, *planned.strays]:
            if delay:
                await asyncio.sleep(delay / 1000)
            connection.write(data)
        await arrived(connection)
        if planned.end == "close":
            connection.close()
        elif planned.end == "reset":
            connection.reset()
        while planned.end != "keep" and connection in self.connections:
            await asyncio.sleep(0)


async def arrived(connection):
    """Waits until the peer's kernel has everything that was written, or the connection has ended.

    Only then is it fair to deliver the next event: an HTTP/1.1 client can't distinguish a stray response that arrives
    while a request is in flight from the request's own.
    """
    peer = connection.transport.get_extra_info("socket")
    for attempt in range(1_000):
        if connection.transport.is_closing() or peer.fileno() < 0:
            return
        if not connection.transport.get_write_buffer_size():
            count = fcntl.ioctl(peer.fileno(), UNACKNOWLEDGED, b"\0" * 4)
            if struct.unpack("i", count) == (0,) or attempt > 1 and waits_to_be_read(connection.transport):
                return
        await asyncio.sleep(0.0005)


def waits_to_be_read(transport):
    """Whether the peer's socket has bytes that its process has not read, as acknowledgements may be delayed."""
    here, there = (f"0100007F:{port:04X}" for _, port in map(transport.get_extra_info, ("sockname", "peername")))
    for line in pathlib.Path("/proc/net/tcp").read_text().splitlines():
        fields = line.split()
        if fields[1:3] == [there, here]:
            return int(fields[4].partition(":")[2], 16) > 0
    return True


class WireRuntime(Server):
    """Delivers events for the worker, and passes posts to it."""

    def __init__(self, loop, worker):
        super().__init__(loop)
        self.worker = worker

    def handle(self, request, connection):
        if request.target == NEXT:
            return self.worker.asked(connection)
        _, _, _, call, segment, kind = [*request.target.split("/"), "", ""][:6]
        if call != "invocation":
            return self.worker.failed_to_start(request)
        fate = self.worker.posted(Post(identifier(segment), kind == "error", request.body, request.headers, ""))
        match fate:
            case "close":
                connection.close()
            case "reset":
                connection.reset()
            case "cut":
                connection.write(response(202, {"status": "OK"})[:25])
                connection.close()
            case "202 twice":
                connection.write(response(202, {"status": "OK"}) * 2)
            case "200" | "202":
                connection.answer(int(fate), {"status": "OK"})
            case _:
                connection.answer(int(fate), {"errorMessage": "no", "errorType": "Refused"})

    def deliver(self, delivery, event, connection):
        written = delivery.written(event)
        match delivery.layout:
            case "pieces":
                for number in range(3):
                    part = written[number * len(written) // 3:(number + 1) * len(written) // 3]
                    self.loop.call_later(0.002 * number, connection.write, part)
            case "twice":
                connection.write(written * 2)
            case _:
                connection.write(written)
        if delivery.layout in ("bare LF", "long line", "NUL"):
            # So that a client that doesn't recognize the end isn't left waiting.
            self.loop.call_later(0.05, connection.close)
