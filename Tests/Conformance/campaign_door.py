"""Where a sandbox's requests leave it: a server in front of a service, at which they are lost, late or refused."""

import asyncio

from campaign_upstream import Response
from server import Connection, response as written

GARBAGE = Response(200, [("Content-Type", "text/html")], b"<html>")


class Door:
    """One sandbox's way to one service. What happens to a request is up to the fate of its invocation."""

    def __init__(self, sandbox, service):
        self.sandbox = sandbox
        self.service = service
        # What a connection expects of its server.
        self.connections = set()
        self.accepted = 0
        self.listener = None
        self.url = None

    async def open(self):
        loop = asyncio.get_running_loop()
        self.listener = await loop.create_server(lambda: Connection(self), "127.0.0.1", 0)
        self.url = "http://127.0.0.1:%d" % self.listener.sockets[0].getsockname()[1]

    def opened(self, connection):
        pass

    def close(self):
        self.listener.close()

    def handle(self, request, connection):
        self.sandbox.world.run(self.serve(request, connection, self.sender(request)))

    def sender(self, request):
        """The invocation that sent a request. On a busy machine it may have ended, and the next one begun."""
        latest = self.sandbox.delivered[-1]
        for each in reversed(self.sandbox.delivered[-2:]):
            if each.key.plan.mark in request.body:
                return each
        return latest

    async def serve(self, request, connection, invocation):
        fate, counts = invocation.fate, self.sandbox.world.counts
        operation = self.service.operation(request)
        invocation.requests.append(operation)
        counts[f"{self.service.service} requests"] += 1
        number = len(invocation.requests)
        if fate.dies_at("before a request", number):
            return self.sandbox.strike(invocation, self.sandbox.kill)
        if fate.dies_at("while a request is served", number):
            self.sandbox.strike(invocation, self.sandbox.kill)
            await self.service.carry_out(request, invocation)
            return None
        fault = fate.fault(self.service.service, operation)
        if fault is None:
            response = await self.service.carry_out(request, invocation)
            if fate.dies_at("frozen at a response", number):
                self.sandbox.strike(invocation, self.sandbox.freeze)
            self.relay(response, connection)
            if fate.dies_at("after a response", number):
                self.sandbox.strike(invocation, self.sandbox.kill)
            return None
        invocation.faults.append(f"{fault}: {operation}")
        counts[f"fault: {self.service.service}: {fault}"] += 1
        return await self.misbehave(fault, request, connection, invocation)

    async def misbehave(self, fault, request, connection, invocation):
        fate, service = invocation.fate, self.service
        match fault:
            case "lose":
                # The sender waits until its time is up.
                return None
            case "reset":
                return connection.reset()
            case "throttle":
                return self.relay(service.throttle, connection)
            case "fail":
                return self.relay(service.failure, connection)
            case "garbage":
                return self.relay(GARBAGE, connection)
            case "nothing described":
                kind = "jobs" if service.operation(request) == "DescribeJobs" else None
                return self.relay(Response(200, [], b'{"jobs":[]}'), connection) if kind else connection.reset()
            case "late":
                if fate.draw.random() < 0.7:
                    connection.reset()
                await asyncio.sleep(fate.lateness(service.service, service.time_left(request)))
                return self.relay(await service.carry_out(request, invocation), connection)
            case "slow":
                response = await service.carry_out(request, invocation)
                await asyncio.sleep(fate.draw.uniform(0.02, 0.6))
                return self.relay(response, connection)
        response = await service.carry_out(request, invocation)
        match fault:
            case "reset the response":
                connection.reset()
            case "cut the response":
                if response:
                    data = written(response.status, response.body, response.headers)
                    connection.write(data[:fate.draw.randrange(1, len(data))])
                    await asyncio.sleep(0.005)
                connection.reset()
            case "fail afterwards":
                self.relay(service.failure, connection)
            case "garbage afterwards":
                self.relay(GARBAGE, connection)
            case "twice":
                self.relay(response, connection)
                await asyncio.sleep(fate.lateness(service.service, 0))
                await service.carry_out(request, invocation)
        return None

    @staticmethod
    def relay(response, connection):
        if response is None:
            connection.reset()
        else:
            connection.answer(response.status, response.body, response.headers)
