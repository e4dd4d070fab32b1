"""Memory after many warm invocations is the same as after a few."""

import random

import mutations
import proxy_events
from mutations import SEED

FEW, MANY = 5_000, 50_000
# What the allocator may add on its own, in KiB: a few blocks at the top of its heap.
ALLOWANCE = 256


def test_memory_does_not_grow(function, batch_stub):
    print(f"seed {SEED}")
    its = random.Random(SEED)
    body = '{"parameters":{"input":"%s"},"tags":{"team":"reporting"}}' % ("s3://bucket/key/" * 100)
    events = [proxy_events.event(shape, body) for shape in proxy_events.SHAPES]
    # Responses of every kind take different paths through the function.
    events += [path.read_bytes() for path in mutations.EVENTS]
    events += [mutations.of_bytes(its, event) for event in events if len(event) < 10_000]
    running = function(AWS_LAMBDA_LOG_LEVEL="FATAL")

    def run(count):
        # The same events repeatedly: the first few invocations have seen all of them.
        for number in range(count):
            batch_stub.requests.clear()
            running.runtime.answers.clear()
            yield events[number % len(events)]

    running.invoke_all(run(FEW), 60)
    before = {name: running.memory(name) for name in ("VmRSS", "VmHWM")}
    running.invoke_all(run(MANY - FEW), 200)
    after = {name: running.memory(name) for name in before}

    assert running.runtime.served == MANY
    print(f"{before} after {FEW}, {after} after {MANY} invocations, in KiB")
    for name in before:
        assert after[name] <= before[name] + ALLOWANCE, name
