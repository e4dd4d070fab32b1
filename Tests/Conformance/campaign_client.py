"""The clients of the campaign: each sends its key's request until it has a response, as the README tells them to."""

import asyncio

from campaign_events import event
from campaign_plan import Fate
from campaign_sandbox import Invocation
from time_limits import at_most

# Without a job after this many attempts, or seconds, a key is lost. Once nothing goes wrong anymore, a key is in
# progress for 14 seconds at most.
ATTEMPTS = 120
PATIENCE = at_most(200)
# Statuses after which the same request is sent again.
AGAIN = {409, 429, 500, 502, 503, 504}


class Stuck(Exception):
    """A client has given up."""


class Client:
    """Sends the requests of one key."""

    def __init__(self, world, key):
        self.world = world
        self.key = key
        self.plan = key.plan
        self.loop = asyncio.get_running_loop()
        self.gives_up = self.loop.time() + PATIENCE

    async def run(self):
        """Gets the key's job."""
        plan = self.plan
        try:
            if plan.starts_refused:
                await self.insist(plan.refused, 400)
            if plan.rival == "race":
                await asyncio.gather(self.insist(plan.wanted), self.insist(plan.other))
            else:
                await self.insist(plan.wanted)
            if plan.rival == "after":
                await self.insist(plan.other, 422)
            if plan.asks_again:
                await self.ask_again()
        except Stuck as stuck:
            self.world.fault(self.key, "no response", str(stuck))

    async def ask_again(self):
        """Asks for the response again, which must be the same, and a replay."""
        answer = await self.insist(self.key.winner)
        if answer.proxy["headers"].get("Idempotent-Replayed") != "true":
            self.world.fault(self.key, "not a replay", str(answer))

    async def insist(self, variant, wanted=200):
        """Sends a request until its response has this status, and returns the response."""
        plan, key, copies, attempts = self.plan, self.key, self.plan.racers, 0
        while True:
            attempts += 1
            if attempts > ATTEMPTS or self.loop.time() > self.gives_up:
                raise Stuck(f"{variant.name}: no {wanted} after {attempts} attempts")
            answers = await asyncio.gather(*[self.send(variant) for _ in range(copies)])
            copies = 1
            retry_after = None
            for answer in answers:
                if answer is None:
                    continue
                if answer.status == wanted:
                    return answer
                if answer.status == 422 and wanted == 400 and key.has_sent(plan.wanted):
                    # A late request has taken the key for the request that follows.
                    return answer
                if answer.status == 422 and plan.rival == "race" and wanted == 200:
                    if key.winner and key.winner is not variant:
                        return answer
                    retry_after = 2
                    continue
                elif answer.status == 422 and plan.starts_refused and wanted == 200:
                    # The key could not be freed, or a late request has taken it again for the first request.
                    self.world.counts["keys that were not freed at once"] += 1
                    await self.insist(plan.refused, 400)
                elif answer.status not in AGAIN:
                    self.world.fault(key, "status", f"{answer.status} instead of {wanted}: {answer.body}")
                    raise Stuck(f"{variant.name}: an impossible status")
                retry_after = int((answer.proxy.get("headers") or {}).get("Retry-After", 0))
            await asyncio.sleep(plan.pause(retry_after, attempts))

    async def send(self, variant):
        """Sends a request once. Returns the response, or None if the client gets none."""
        number = self.key.began()
        fate = Fate(self.plan, number)
        invocation = Invocation(self.key, number, fate, event(self.plan, variant, fate), variant)
        others = []
        if fate.redelivery == "other":
            others.append(self.loop.create_task(self.deliver_again(invocation, None, fate.redelivery_time)))
        sandbox = await self.world.pool.take()
        answer = await self.deliver(invocation, sandbox)
        if fate.redelivery == "same":
            others.append(self.loop.create_task(self.deliver_again(invocation, sandbox, 0.002)))
        again = [each for each in await asyncio.gather(*others) if each]
        if fate.unheard:
            self.world.counts["responses that the client didn't get"] += answer is not None
            return None
        return answer or (again[0] if again else None)

    async def deliver_again(self, invocation, sandbox, pause):
        """Delivers an event once more, with the same request id."""
        await asyncio.sleep(pause)
        number = self.key.began()
        again = Invocation(self.key, number, Fate(self.plan, number), invocation.event, invocation.variant)
        again.request_id = invocation.request_id
        self.world.counts["redeliveries"] += 1
        return await self.deliver(again, await self.world.pool.take(sandbox))

    async def deliver(self, invocation, sandbox):
        self.key.invocations.append(invocation)
        self.world.counts["invocations"] += 1
        return await sandbox.deliver(invocation)
