"""What each key of the campaign goes through: all of it follows from the seed and the key's number.

Time is scaled down, so that minutes become seconds. What `docs/exactly-once.pml` assumes holds at this scale: Batch
accepts no request MAXIMUM_AGE after its signature, and ListJobs shows a job LIST_DELAY after Batch accepted it. The
function's settle time is the sum. Its margin of five seconds, meant for clocks that differ, is here what a busy machine
may take to pass on a request: all processes read the same clock.
"""

import json
import random
import typing

from time_limits import at_most

# In seconds, except the last, which is in milliseconds as the embedded Batch takes it.
MAXIMUM_AGE = 6.0
SETTLE = 7
LIST_DELAY = 1000
# A SubmitJob request that is under way for longer than this breaks the assumptions: the function's margin, and a second
# less.
MAXIMUM_TRANSIT = 4.0
# From the end of a frozen sandbox's time to its thaw: longer than anybody waits for it.
FREEZE = 5 + SETTLE + 2

# The first invocations of a key, to which something may happen; the later ones go well.
STORMY = 6
# How many of a kind there are per hundred.
DEATHS, FAULTY, UNHEARD, REDELIVERED, RACING, AGAIN = 28, 16, 6, 10, 20, 30
REFUSED, RIVALS, NAMED = 7, 8, 10
# Several, because the embedded Batch looks at each job of a queue to list some. The jobs of one name are in the last.
QUEUES = [f"queue-{number}" for number in range(8)] + ["nightly"]

TABLE_FAULTS = {
    "lose": 2, "reset": 3, "lose the response": 1, "reset the response": 4, "cut the response": 3, "late": 4,
    "twice": 3, "slow": 2, "throttle": 3, "fail": 2, "fail afterwards": 3, "garbage": 2, "garbage afterwards": 2,
}
BATCH_FAULTS = {
    "lose": 1, "reset": 2, "lose the response": 1, "reset the response": 4, "cut the response": 3, "late": 6, "slow": 2,
    "throttle": 3, "fail": 2, "fail afterwards": 3, "garbage": 2, "garbage afterwards": 2,
}
# Instead, for an operation that only reads.
READ_FAULTS = {name: weight for name, weight in BATCH_FAULTS.items() if name != "late"} | {"nothing described": 6}
DEATH_PLACES = {
    "at a random time": 6, "before a request": 6, "while a request is served": 6, "after a response": 5,
    "after its own response": 3, "frozen at a response": 2, "frozen at a random time": 1,
}
CALLERS = ("everybody", "principal", "subject", "role")


def percent(draw, chance):
    return draw.random() * 100 < chance


def chosen(draw, weights):
    return draw.choices(list(weights), list(weights.values()))[0]


class Variant(typing.NamedTuple):
    """A request that is sent with a key."""

    name: str
    queue: str
    body: str


class Plan:
    """A key: who uses it, for which requests, and how its client behaves."""

    def __init__(self, seed, number, forced=None):
        self.seed = seed
        self.number = number
        # A kind of fault that the first SubmitJob request of every key meets.
        self.forced = forced
        draw = random.Random(f"{seed}:{number}")
        # Four callers use the same text, and each gets a job of its own.
        self.caller = CALLERS[number % 4]
        self.text = f"order {number // 4}"
        # What all bodies of the key have.
        self.mark = f'"campaign": "{number}"'.encode()
        members = {"tags": {"campaign": str(number)}, "parameters": {"n": "1"}}
        queue = QUEUES[number % 8]
        # Some jobs have one name, so many that ListJobs needs several pages.
        if percent(draw, NAMED):
            queue = members["jobName"] = "nightly"
        self.wanted = Variant("wanted", queue, json.dumps(members))
        other = {**members, "parameters": {"n": "2"}}
        self.other = Variant("other", queue, json.dumps(other))
        self.refused = Variant("refused", "no-such-queue", self.wanted.body)
        # Whether the key is first used for a request that Batch refuses.
        self.starts_refused = percent(draw, REFUSED)
        # Whether another request with the key competes with this one, or follows it.
        self.rival = draw.choice(["race", "after"]) if percent(draw, RIVALS) and not self.starts_refused else None
        self.asks_again = percent(draw, AGAIN)
        self.racers = draw.randint(2, 4) if percent(draw, RACING) else 1
        self.draw = draw

    def pause(self, retry_after, attempts):
        """Seconds until the client's next attempt. Scaled down, a response asks for two at most, and for more only
        after many attempts, so that a machine that can't keep up gets less to do."""
        longest = 2 + attempts / 4
        return min(retry_after or 0.3 * 1.3 ** attempts, longest) * self.draw.uniform(0.4, 1)


class Fate:
    """What happens to one invocation, and to its requests."""

    def __init__(self, plan, number):
        draw = self.draw = random.Random(f"{plan.seed}:{plan.number}:{number}")
        stormy = number < STORMY
        self.forced = plan.forced if number == 0 else None
        # Lambda's time limit for the invocation, in seconds. In the end, even a busy machine keeps it.
        self.timeout = draw.uniform(1.3, 2.2) if stormy else at_most(10)
        self.faulty = FAULTY if stormy else 0
        self.death = None
        if stormy and not self.forced and percent(draw, DEATHS):
            self.death = chosen(draw, DEATH_PLACES)
        # The request at which it dies, and the time, in seconds after the event was delivered.
        self.death_request = draw.choice([1, 1, 2, 2, 3, 4])
        self.death_time = draw.uniform(0, 0.02)
        # Whether the client never gets the response.
        self.unheard = stormy and percent(draw, UNHEARD)
        # Whether the event is delivered again: afterwards to the same sandbox, or meanwhile to another.
        self.redelivery = draw.choice(["same", "other"]) if stormy and percent(draw, REDELIVERED) else None
        self.redelivery_time = draw.uniform(0, 0.03)
        self.base64 = draw.random() < 0.3
        self.quoted = draw.random() < 0.3
        self.shape = draw.randrange(1000)

    def fault(self, service, operation):
        """What goes wrong with the next request; None if nothing does."""
        if self.forced:
            if operation != "SubmitJob":
                return None
            fault, self.forced = self.forced, None
            return fault
        if not percent(self.draw, self.faulty):
            return None
        if service == "table":
            return chosen(self.draw, TABLE_FAULTS)
        return chosen(self.draw, BATCH_FAULTS if operation == "SubmitJob" else READ_FAULTS)

    def dies_at(self, place, request):
        return self.death == place and self.death_request == request

    def lateness(self, service, time_left):
        """How long a request is on its way, in seconds, whose signature is accepted for `time_left` more."""
        if service == "table":
            return self.draw.choice([self.draw.uniform(0.01, 0.5), self.draw.uniform(0.5, 15)])
        if self.draw.random() < 0.6:
            return max(0, time_left - self.draw.uniform(0.02, 0.8))
        return self.draw.uniform(0.05, time_left + 0.5)
