"""Fixtures for a test's servers, which run in its own thread and end with it."""

import asyncio

import pytest


@pytest.fixture
def loop():
    """The event loop of a test's servers. It runs whenever the test waits for something."""
    loop = asyncio.new_event_loop()
    yield loop
    loop.run_until_complete(asyncio.sleep(0))
    loop.close()


@pytest.fixture
def serve(loop):
    """Starts a server that ends with the test: a subclass of `Server`, and its arguments other than the loop."""
    servers = []

    def start(make, *arguments, **options):
        servers.append(make(loop, *arguments, **options))
        return servers[-1]

    yield start
    for server in servers:
        server.close()
