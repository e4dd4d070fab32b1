"""The servers of a test: they run in its own thread, and end with it."""

import asyncio

import pytest


@pytest.fixture
def loop():
    """Runs the servers of one test, whenever the test waits for something."""
    loop = asyncio.new_event_loop()
    yield loop
    loop.run_until_complete(asyncio.sleep(0))
    loop.close()


@pytest.fixture
def serve(loop):
    """Starts a server that is ended with the test: a class of `Server`, and what it takes beside the loop."""
    servers = []

    def start(make, *arguments, **options):
        servers.append(make(loop, *arguments, **options))
        return servers[-1]

    yield start
    for server in servers:
        server.close()
