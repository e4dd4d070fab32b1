"""A worker of the wire campaign: runs cases one after the other through one function process and its two servers."""

import asyncio
import collections
import os
import re
import signal
import subprocess
import tempfile
import time

from fuzz_cases import KEY_ID, SECRET, TOKEN, Case, is_hostile
from fuzz_ledger import Entry
from fuzz_servers import WireBatch, WireRuntime
from time_limits import at_most

# A response that takes longer than this, in seconds, is lost. No case makes the function wait nearly as long.
PATIENCE = at_most(60)
# Faults after which a connection may be out of sync. A new process is started, so that they don't cause others.
LASTING = {"foreign job", "lost response", "second submit", "wrong response", "no post", "post"}
JSON_LINE = re.compile(rb'\{"timestamp":"[^"]+","level":"[A-Z]+","message":".*\}')
TEXT_LINE = re.compile(rb"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z\t[^\t]*\t[A-Z]+\t[^\t]*")
# Control characters, and characters that change the direction of text, in UTF-8.
CONTROLS = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\x8e\x8f\xa8-\xae]|\xe2\x81[\xa6-\xa9]")


class Worker:
    """Runs the cases with some numbers. `report` receives counts and faults as they occur."""

    def __init__(self, options, numbers, report, text_log=False, tls=None, bundle=None):
        self.options = options
        self.numbers = iter(numbers)
        self.report = report
        self.text_log = text_log
        self.loop = asyncio.new_event_loop()
        self.loop.set_exception_handler(self.broken)
        self.batch = WireBatch(self.loop, self, tls)
        self.runtime = WireRuntime(self.loop, self)
        self.bundle = bundle
        self.done = self.loop.create_future()
        self.counts = collections.Counter()
        self.entry = None
        self.waiting = None
        self.process = None
        self.log = None
        self.log_read = 0
        self.last_line = ""
        self.last_case = None
        self.is_replacing = False
        self.activity = time.monotonic()

    def run(self):
        try:
            self.start()
            self.loop.call_later(1, self.tick)
            self.loop.run_until_complete(self.done)
        finally:
            self.end()

    def broken(self, _, context):
        """Ends the campaign because of an error in itself."""
        if not self.done.done():
            self.done.set_exception(context.get("exception") or RuntimeError(context["message"]))

    # The process

    def start(self):
        self.log = tempfile.TemporaryFile("w+b")
        self.log_read = 0
        environment = {
            "AWS_LAMBDA_RUNTIME_API": self.runtime.address, "AWS_ENDPOINT_URL_BATCH": self.batch.url,
            "AWS_LAMBDA_LOG_FORMAT": "Text" if self.text_log else "JSON", "AWS_REGION": "us-east-1",
            "AWS_ACCESS_KEY_ID": KEY_ID,
            "AWS_SECRET_ACCESS_KEY": SECRET, "AWS_SESSION_TOKEN": TOKEN, "AWS_MAX_ATTEMPTS": "2",
            # What is asked for after a submit may be repeated, and has a campaign of its own, fuzz_owners.py.
            "ALLOWED_OPERATIONS": "submit",
            # A crash ends the process at once, without a backtrace.
            "SWIFT_BACKTRACE": "enable=no",
        }
        if self.bundle:
            environment["AWS_CA_BUNDLE"] = self.bundle
        self.process = subprocess.Popen(
            [self.options.binary], env=environment, stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log)
        descriptor = os.pidfd_open(self.process.pid)
        self.loop.add_reader(descriptor, self.died, descriptor)
        self.activity = time.monotonic()

    def end(self):
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.read_log()
        self.batch.close()
        self.runtime.close()
        self.report(self.counts, [])

    def died(self, descriptor):
        """Handles the end of the process, which is expected only right after a 500."""
        self.loop.remove_reader(descriptor)
        os.close(descriptor)
        status = self.process.wait()
        self.waiting = None
        entry = self.entry
        if entry:
            entry.has_died = True
        tail = self.read_log()
        if self.is_replacing:
            self.is_replacing = False
            return self.loop.call_soon(self.start)
        if entry is None:
            return self.broken(None, {"message": f"the function exited with {status} before the first event: {tail}"})
        expected = entry.posts and entry.posts[-1] and entry.posts[-1][-1].fate == "500"
        if not expected:
            name = f"signal {signal.Signals(-status).name}" if status < 0 else f"exit status {status}"
            self.counts["crashes"] += status < 0
            entry.fault(f"crash by {name}" if status < 0 else "exit", f"{name}: {tail[-600:]}")
        elif status <= 0:
            entry.fault("exit", f"exited with {status} after a 500")
        self.counts["restarts"] += 1
        self.close_entry()
        return self.loop.call_soon(self.start)

    def failed_to_start(self, request):
        self.broken(None, {"message": f"{request.target}: {request.body.decode()}"})

    def tick(self):
        """Checks once a second whether a response is overdue."""
        self.loop.call_later(1, self.tick)
        self.report(self.counts, [])
        self.counts.clear()
        if time.monotonic() - self.activity > PATIENCE and self.process.poll() is None:
            if self.entry:
                self.entry.fault("hang", f"nothing for {PATIENCE} s")
            self.process.kill()

    def read_log(self):
        """Checks the lines logged since the last call, and returns the last of them."""
        size = os.fstat(self.log.fileno()).st_size - self.log_read
        written = os.pread(self.log.fileno(), size, self.log_read)
        whole = written[:written.rfind(b"\n") + 1]
        self.log_read += len(whole)
        for line in whole.split(b"\n")[:-1]:
            self.last_line = line.decode("utf-8", "replace")
            fault = (
                "a secret" if SECRET.encode() in line or TOKEN.encode() in line else
                "a control character" if CONTROLS.search(line) else
                "a forged field" if b'jobId="forged' in line else
                "not a separate line" if not (TEXT_LINE if self.text_log else JSON_LINE).fullmatch(line) else None)
            if fault and self.entry and not self.entry.has_died:
                self.entry.fault("log", f"{fault}: {line[:600]}")
        return self.last_line + written[len(whole):].decode("utf-8", "replace")

    # The cases

    def asked(self, connection):
        self.activity = time.monotonic()
        self.waiting = connection
        self.advance()

    def advance(self):
        """Delivers the next event, unless the function is busy or bytes are still on their way to it."""
        if self.waiting is None or self.batch.playing or self.is_replacing or self.done.done():
            return
        if self.waiting.transport.is_closing():
            # The function will ask again on another connection.
            self.waiting = None
            return
        entry = self.entry
        if entry is None or not entry.has_more:
            if entry is not None:
                self.close_entry()
                if self.is_replacing:
                    return
            number = next(self.numbers, None)
            if number is None:
                self.done.set_result(None)
                return
            case = Case(self.options.seed, number, is_hostile(number, self.options.events, self.options.responses))
            case.follow(self.last_case)
            self.last_case = case
            entry = self.entry = Entry(case)
            self.say(f"--- case {number}: {case}\n{case.event.data[:1000]}")
        connection, self.waiting = self.waiting, None
        delivery = entry.delivered()
        self.counts["events"] += 1
        self.counts["redeliveries"] += len(entry.posts) > 1
        self.runtime.deliver(delivery, entry.case.event.data, connection)

    def submitted(self, request):
        self.activity = time.monotonic()
        if self.entry is None:
            return None
        response = self.entry.submitted(request)
        self.counts["hostile responses" if response.kind != "accepted" else "responses"] += 1
        self.counts["strays"] += bool(response.strays)
        self.counts["accepted jobs"] += response.accepted
        self.counts["second requests"] += len(self.entry.requests) > 1
        said = f"{response.kind}: {response.pieces}, {response.strays}"[:2_000]
        self.say(f"Batch got {request.body[:300]}\nand says {said}")
        return response

    def posted(self, post):
        self.activity = time.monotonic()
        if self.entry is None:
            return "202"
        fate = self.entry.posted(post)
        self.counts["posts"] += 1
        self.counts["failed posts"] += not fate.startswith("20")
        kind = "error" if post.is_error else "response"
        self.say(f"posted {post.identifier} {kind}: {post.payload[:600]}; gets {fate}")
        return fate

    def close_entry(self):
        entry = self.entry
        log = self.read_log()
        self.entry = None
        faults = entry.close()
        self.counts += entry.counts
        self.counts["cases"] += 1
        for kind, text in faults:
            self.say(f"FAULT {kind}: {text}")
        if faults:
            about = f"{entry.case}\n  log: {log[-2_000:]}"
            self.report({}, [(entry.case.number, kind, text, about) for kind, text in faults])
        if not entry.has_died and not LASTING.isdisjoint(kind for kind, _ in faults):
            self.is_replacing = True
            self.process.kill()

    def say(self, text):
        if self.options.verbose:
            print(text, flush=True)
