"""HTTP/1.1 servers on loopback, in the test's own thread: they run while a test waits on their loop.

One thread is enough, because the function waits for one response at a time. So there are no locks and no races, and
tens of thousands of invocations run quickly.
"""

import asyncio
import http
import json
import pathlib
import socket
import struct
import typing


class Request(typing.NamedTuple):
    method: str
    target: str
    # Names in lower case.
    headers: dict
    body: bytes


class Connection(asyncio.Protocol):
    """One connection of a server. Responses are written through it: complete, broken or not at all."""

    def __init__(self, server):
        self.server = server
        self.transport = None
        self.received = bytearray()
        self.head = None
        # The number of requests received on it.
        self.requests = 0

    def connection_made(self, transport):
        # asyncio has set TCP_NODELAY already.
        self.transport = transport
        self.server.accepted += 1
        self.server.connections.add(self)
        self.server.opened(self)

    def connection_lost(self, error):
        self.server.connections.discard(self)

    def data_received(self, data):
        self.received += data
        while True:
            if self.head is None:
                end = self.received.find(b"\r\n\r\n")
                if end < 0:
                    return
                start, *lines = self.received[:end].decode("latin-1").split("\r\n")
                method, target, _ = start.split(" ")
                headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
                self.head = (method, target, headers)
                del self.received[:end + 4]
            length = int(self.head[2].get("content-length", 0))
            if self.head is None or len(self.received) < length:
                return
            request = Request(*self.head, bytes(self.received[:length]))
            del self.received[:length]
            self.head = None
            self.requests += 1
            self.server.handle(request, self)

    def answer(self, status, body=b"", headers=()):
        self.write(response(status, body, headers))

    def write(self, data):
        if not self.transport.is_closing():
            self.transport.write(data)

    def close(self):
        """Closes the connection gracefully, once everything is written."""
        self.transport.close()

    def reset(self):
        """Closes the connection at once, with a TCP reset."""
        peer = self.transport.get_extra_info("socket")
        if peer is not None and not self.transport.is_closing():
            peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.transport.abort()


def response(status, body=b"", headers=()):
    """A complete response. `headers` are pairs, in addition to Content-Length."""
    if not isinstance(body, bytes):
        body = json.dumps(body).encode()
    head = [f"HTTP/1.1 {status} {http.HTTPStatus(status).phrase}"]
    head += [f"{name}: {value}" for name, value in headers]
    head += [f"Content-Length: {len(body)}", "", ""]
    return "\r\n".join(head).encode("latin-1") + body


def failed_connections():
    """Returns how many connections from this machine have failed so far, in all processes."""
    names, values = [line.split() for line in pathlib.Path("/proc/net/snmp").read_text().splitlines()
                     if line.startswith("Tcp:")]
    return int(values[names.index("AttemptFails")])


class Server:
    """A server on its own port. `handle` receives every request and its connection."""

    def __init__(self, loop, handle=None, tls=None, port=0):
        self.loop = loop
        self.tls = tls
        self.connections = set()
        # The number of accepted connections; with TLS, of those that completed the handshake.
        self.accepted = 0
        if handle is not None:
            self.handle = handle
        # Bound but not listening: this keeps the port reserved, and refuses connections while the server is closed.
        self.reserved = self._bound(port)
        self.port = self.reserved.getsockname()[1]
        self.address = f"127.0.0.1:{self.port}"
        self.url = f"{'https' if tls else 'http'}://{self.address}"
        self.listener = None
        self.pause = None
        loop.run_until_complete(self.open())

    @staticmethod
    def _bound(port):
        # With an explicit protocol, because asyncio sets TCP_NODELAY only then.
        bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        bound.bind(("127.0.0.1", port))
        return bound

    async def open(self):
        self.listener = await self.loop.create_server(
            lambda: Connection(self), sock=self._bound(self.port), ssl=self.tls)

    def shut(self):
        """Refuses new connections from now on; existing ones stay open."""
        if self.listener is not None:
            self.listener.close()
            self.listener = None

    def refuse(self, count):
        """Closes all connections, and refuses the next `count` ones."""
        # Failures of other processes count as well, so fewer may be refused.
        until = failed_connections() + count
        self.shut()
        self.disconnect()
        # An earlier wait would end this one too soon.
        if self.pause:
            self.pause.cancel()
        self._recover(until)

    def _recover(self, until):
        # A refused connection causes no event here.
        if failed_connections() < until:
            self.pause = self.loop.call_later(0.001, self._recover, until)
        elif self.listener is None and self.reserved.fileno() >= 0:
            self.recovery = self.loop.create_task(self.open())

    def disconnect(self):
        for connection in list(self.connections):
            connection.close()

    def when_disconnected(self, call, *arguments):
        """Calls once the connections that were closed have ended."""
        if any(connection.transport.is_closing() for connection in self.connections):
            self.loop.call_soon(self.when_disconnected, call, *arguments)
        else:
            # The last one was taken out just before its socket is closed.
            self.loop.call_soon(call, *arguments)

    def close(self):
        self.shut()
        for connection in list(self.connections):
            connection.transport.abort()
        self.reserved.close()

    def opened(self, connection):
        """Called when a connection has been accepted, before its first request."""

    def handle(self, request, connection):
        raise NotImplementedError
