"""One invocation of the wire campaign: its event, its deliveries and Batch's responses. Always the same for a seed."""

import random

import fuzz_deliveries
import fuzz_events
import fuzz_responses

# Unmistakable wherever they appear.
KEY_ID = "AKIAFUZZWIREEXAMPLE1"
SECRET = "fuzzWireSecretKeyNeverToBeSeen0000000000"
TOKEN = "FuzzWireSessionTokenNeverToBeSeen" * 8


class Case:
    """An invocation, by its number from 1. `is_hostile` mutates Batch's response; otherwise the event is mutated."""

    def __init__(self, seed, number, is_hostile):
        its = random.Random(f"{seed} {number}")
        self.number = number
        self.is_hostile = is_hostile
        self.foreign = f"deadbeef-0000-4000-8000-{number:012d}"
        self.ids = [f"{attempt:08x}-0000-4000-8000-{number:012d}" for attempt in range(1, 5)]
        seconds = 10.0
        self.responses = [fuzz_responses.accepting(each) for each in self.ids]
        if is_hostile:
            self.event = fuzz_events.valid(its)
            for attempt in range(2 if its.random() < 0.3 else 1):
                self.responses[attempt] = fuzz_responses.hostile(its, self.ids[attempt], self.foreign, TOKEN)
            seconds = self.responses[0].seconds
            first = fuzz_deliveries.plain(its, number, seconds)
        else:
            first = fuzz_deliveries.plain(its, number, seconds)
            if its.random() < 0.15:
                self.event = fuzz_events.valid(its) if its.random() < 0.8 else fuzz_events.odd(its)
                first = fuzz_deliveries.hostile(its, first, number)
            else:
                self.event = fuzz_events.odd(its)
        self.deliveries = fuzz_deliveries.deliveries(its, first, seconds)

    def follow(self, last):
        """Changes the id if the function would mistake this case for a redelivery of the last one."""
        if last and last.event.data == self.event.data and last.deliveries[0].ids == self.deliveries[0].ids:
            self.deliveries = [each._replace(ids=[b"case-%d" % self.number]) for each in self.deliveries]

    def __str__(self):
        first = self.deliveries[0]
        return (
            f"event: {self.event.kind}, {self.event.verdict.value}; deadline {first.deadlines}; "
            f"head {first.layout or 'plain'}; posts {[each.fates for each in self.deliveries]}; "
            f"Batch: {self.responses[0].kind}")


def is_hostile(number, events, responses):
    """Whether a case has a hostile response: `responses` of them are spread evenly over the events."""
    return number * responses // events > (number - 1) * responses // events
