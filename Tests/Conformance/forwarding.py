"""A server in front of moto, or the embedded Batch, that records every request, and can lose, refuse or fake responses."""

import http.client
import urllib.parse

import requests

from server import Server


class Forwarding(Server):
    """Passes requests on to a service. `faults` says what happens to the next ones: `lost` has the request carried out
    and its connection closed, `dropped` closes the connection at once, a pair is the response instead, None is fine. A
    function is called with every request, and returns its fault. With `is_signed`, the Host header stays, as signed."""

    def __init__(self, loop, target, is_signed=False):
        super().__init__(loop)
        self.target = target
        self.is_signed = is_signed
        self.requests = []
        self.faults = []

    def handle(self, request, connection):
        if (request.method, request.target) == ("GET", "/"):
            connection.answer(403)
            return
        self.requests.append(request)
        if callable(self.faults):
            fault = self.faults(request)
        else:
            fault = self.faults.pop(0) if self.faults else None
        if isinstance(fault, tuple):
            connection.answer(*fault)
            return
        if fault != "dropped":
            headers = {name: value for name, value in request.headers.items() if name != "host" or self.is_signed}
            response = requests.request(
                request.method, urllib.parse.urljoin(self.target, request.target), data=request.body, headers=headers,
                proxies={"http": None})
        if fault in ("lost", "dropped"):
            connection.close()
            return
        kept = [(name, value) for name, value in response.headers.items()
                if name.lower() in ("content-type", "x-amzn-errortype", "x-amz-crc32")]
        assert response.status_code in http.client.responses
        connection.answer(response.status_code, response.content, kept)
