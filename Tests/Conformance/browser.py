"""Headless Chromium, driven by its DevTools protocol over two pipes."""

import base64
import itertools
import json
import os
import pathlib
import select
import shutil
import subprocess
import tempfile
import time

from time_limits import at_most

# The names that scripts/install-libraries.sh looks for.
NAMES = (os.environ.get("APIGW_BATCH_BROWSER", ""), "chromium", "chromium-browser", "google-chrome", "chrome")
EXECUTABLE = next(filter(None, map(shutil.which, NAMES)), None)
# Chromium's own sandbox needs privileges that root doesn't have in a container; the pages are trusted.
ARGUMENTS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--remote-debugging-pipe",
)


class Browser:
    """A browser with one page. It records errors in the page and the page's network requests."""

    def __init__(self, *arguments):
        self.home = tempfile.TemporaryDirectory(prefix="chromium-", ignore_cleanup_errors=True)
        commands, self.commands = os.pipe()
        self.events, events = os.pipe()

        def place():
            # Chromium reads commands from descriptor 3 and writes events to descriptor 4. Copy first, because the pipes
            # may have these numbers themselves.
            copies = os.dup(commands), os.dup(events)
            os.dup2(copies[0], 3)
            os.dup2(copies[1], 4)

        self.process = subprocess.Popen(
            [EXECUTABLE, *ARGUMENTS, *arguments, f"--user-data-dir={self.home.name}", "about:blank"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env={"PATH": os.environ["PATH"], "HOME": self.home.name}, preexec_fn=place, close_fds=False,
        )
        os.close(commands)
        os.close(events)
        self.ids = itertools.count(1)
        self.buffer = b""
        self.session = None
        self.problems, self.requests, self.loaded = [], [], False
        targets = self.call("Target.getTargets")["targetInfos"]
        page = next(target["targetId"] for target in targets if target["type"] == "page")
        self.session = self.call("Target.attachToTarget", targetId=page, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def close(self):
        try:
            self.session = None
            self.call("Browser.close")
            self.process.wait(timeout=at_most(10))
        finally:
            self.process.kill()
            self.process.wait()
            os.close(self.commands)
            os.close(self.events)
            self.home.cleanup()

    def call(self, method, **parameters):
        """Runs a DevTools command and returns its result."""
        message = {"id": next(self.ids), "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.commands, json.dumps(message).encode() + b"\0")
        while True:
            reply = self.receive()
            if reply.get("id") == message["id"]:
                assert "error" not in reply, f"{method}: {reply['error']}"
                return reply["result"]

    def receive(self, timeout=at_most(30)):
        """Returns the next message, and records it if it is an event."""
        deadline = time.monotonic() + timeout
        while b"\0" not in self.buffer:
            ready, _, _ = select.select([self.events], [], [], max(0, deadline - time.monotonic()))
            assert ready, f"Chromium sent nothing for {timeout} s"
            chunk = os.read(self.events, 1 << 20)
            assert chunk, "Chromium exited. Run: chromium --headless --no-sandbox --dump-dom about:blank"
            self.buffer += chunk
        line, _, self.buffer = self.buffer.partition(b"\0")
        message = json.loads(line)
        self.note(message.get("method"), message.get("params", {}))
        return message

    def note(self, event, about):
        if event == "Page.loadEventFired":
            self.loaded = True
        elif event == "Network.requestWillBeSent":
            self.requests.append(about["request"]["url"])
        elif event == "Runtime.exceptionThrown":
            self.problems.append(about["exceptionDetails"]["text"])
        elif event == "Runtime.consoleAPICalled":
            self.problems.append(f"console.{about['type']}")
        elif event == "Log.entryAdded":
            self.problems.append(about["entry"]["text"])

    def open(self, page: pathlib.Path, width=1280, height=900, scheme="light", media=""):
        """Opens a page in a window of this size, and clears the records of the previous one."""
        self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600)
        self.call(
            "Emulation.setEmulatedMedia", media=media, features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.visit(page.as_uri())

    def visit(self, url):
        """Opens a URL, and clears the records of the previous page."""
        self.problems, self.requests, self.loaded = [], [], False
        self.call("Page.navigate", url=url)
        while not self.loaded:
            self.receive()

    def evaluate(self, expression):
        """Evaluates a JavaScript expression in the page. A promise is awaited."""
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in result, result["exceptionDetails"]
        return result["result"].get("value")

    def pdf(self):
        """Returns the page printed to a PDF."""
        document = self.call("Page.printToPDF", preferCSSPageSize=True, printBackground=False)
        return base64.b64decode(document["data"])
