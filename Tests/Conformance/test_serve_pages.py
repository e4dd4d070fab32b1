"""Pages in Chromium that call `apigw-batch serve`: those of other sites submit nothing, those that are admitted do."""

import contextlib
import http.server
import json
import threading

import pytest

from browser import EXECUTABLE, Browser
from gateway import Gateway

if EXECUTABLE is None:
    pytest.skip("no Chromium is installed; run: scripts/install-libraries.sh browser", allow_module_level=True)

JOB = {"jobName": "from-a-page", "jobQueue": "sample-queue", "jobDefinition": "sample-job"}
# Names of another machine, as the browser believes: they lead here, as they do after DNS rebinding.
NAMES = ("other.example", "app.example", "rebound.example")
# A browser may send each of these without asking the server first.
ATTEMPTS = """
(async () => {
  const body = JSON.stringify(JOB), url = URL;
  const settled = element => new Promise(done => { element.onload = element.onerror = done; });
  for (const type of ["text/plain", "application/x-www-form-urlencoded"])
    await fetch(url, {method: "POST", mode: "no-cors", body, headers: {"Content-Type": type}}).catch(() => {});
  await fetch(url, {method: "POST", body, headers: {"Content-Type": "application/json"}}).catch(() => {});
  navigator.sendBeacon(url, body);
  // As text/plain, the field's name and value are the job.
  const frame = document.createElement("iframe");
  frame.name = "frame";
  document.body.append(frame);
  const form = document.body.appendChild(document.createElement("form"));
  Object.assign(form, {method: "post", enctype: "text/plain", action: url, target: "frame"});
  const field = form.appendChild(document.createElement("input"));
  [field.name, field.value] = [body.slice(0, -1) + ',"tags":{"a":"', '"}}'];
  let done = settled(frame);
  form.submit();
  await done;
  const sandboxed = document.createElement("iframe");
  sandboxed.sandbox = "allow-scripts";
  sandboxed.srcdoc = `<script>fetch("${url}", {method: "POST", mode: "no-cors", body: ${JSON.stringify(body)}})
    .catch(() => {}).finally(() => parent.postMessage("done", "*"))</script>`;
  done = new Promise(done => { onmessage = done; });
  document.body.append(sandboxed);
  await done;
  const image = new Image();
  done = settled(image);
  image.src = url;
  await done;
  done = settled(frame);
  frame.src = url;
  await done;
})()
"""
# The status and body that a page gets, or the error.
CALL = """
fetch(URL, {method: "POST", body: JSON.stringify(JOB), headers: {"Content-Type": "application/json"}})
  .then(async response => `${response.status} ${await response.text()}`, error => String(error))
"""


class Pages(http.server.BaseHTTPRequestHandler):
    """Serves an empty page."""

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>page</title><body>")

    def log_message(self, *arguments):
        pass


@pytest.fixture(scope="module")
def pages():
    """The port of a server of pages."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def browser():
    started = Browser("--host-resolver-rules=" + ",".join(f"MAP {name} 127.0.0.1" for name in NAMES))
    yield started
    started.close()


@pytest.fixture(scope="module")
def article():
    """The article's integration: it submits any text as a job, and one for any GET."""
    with contextlib.closing(Gateway("--template", "examples/direct-minimal.yaml")) as served:
        yield served


def on(browser, script, url):
    return browser.evaluate(script.replace("JOB", json.dumps(JOB)).replace("URL", json.dumps(url), 1))


def refusals(gateway):
    return [line for line in gateway.lines if " 403 " in line and "the request comes from a page" in line]


def test_a_page_of_another_site_submits_nothing(browser, pages, article):
    before = article.jobs()
    browser.visit(f"http://other.example:{pages}/")
    on(browser, ATTEMPTS, f"{article.url}/job")
    assert article.jobs() == before
    assert article.line(r"POST /job no route 403 [\d.]+ ms: the request comes from a page of the origin \"null\"")
    origin = [line for line in refusals(article) if f'origin "http://other.example:{pages}"' in line]
    # Two simple calls, the question before the third, the beacon and the form.
    assert sorted(line.split()[0] for line in origin) == ["OPTIONS", "POST", "POST", "POST", "POST"]
    cross_site = [line for line in refusals(article) if "Sec-Fetch-Site: cross-site" in line]
    assert [line.split()[0] for line in cross_site] == ["GET", "GET"]


def test_the_attempts_would_submit_jobs_from_this_machines_page(browser, pages, article):
    before = article.jobs()
    browser.visit(f"http://localhost:{pages}/")
    on(browser, ATTEMPTS, f"{article.url}/job")
    # The two simple calls, the beacon and the form. The article's integration has no CORS, and the sandboxed page's
    # origin is null. The image and the frame have no origin, and localhost is another site than 127.0.0.1.
    assert len(article.jobs() - before) == 4


def test_a_page_whose_name_is_rebound_submits_nothing(browser, article):
    before = article.jobs()
    port = article.url.rpartition(":")[2]
    browser.visit(f"http://rebound.example:{port}/")
    reply = on(browser, CALL, f"http://rebound.example:{port}/job")
    assert reply == (
        f'403 apigw-batch: the host "rebound.example:{port}" is not a loopback name; to serve it, start with '
        "--allow-host rebound.example\n")
    assert article.jobs() == before


def test_a_page_of_another_site_does_not_reach_batch(browser, pages, article):
    browser.visit(f"http://other.example:{pages}/")
    on(browser, ATTEMPTS, f"{article.batch_url}/v1/submitjob")
    assert article.line(r"Batch: POST /v1/submitjob 403: the request comes from a page of the origin")


def test_a_page_of_an_allowed_origin_submits_a_job_and_reads_the_response(browser, pages):
    origin = f"http://app.example:{pages}"
    options = ("--allow-origin", origin, "--parameter-overrides", f"CorsAllowOrigin={origin}")
    with contextlib.closing(Gateway(*options)) as gateway:
        path = "/direct/jobs/sample-queue/sample-job"
        script = CALL.replace("JOB", json.dumps({"jobName": "from-a-page"}))
        browser.visit(origin)
        status, _, body = on(browser, script, gateway.url + path).partition(" ")
        assert status == "200", body
        assert gateway.jobs() == {json.loads(body)["jobId"]}
        # The browser asked first.
        assert gateway.line(rf"OPTIONS {path} mock 204 ")
        browser.visit(f"http://other.example:{pages}/")
        assert on(browser, script, gateway.url + path) == "TypeError: Failed to fetch"
        assert len(gateway.jobs()) == 1


def test_a_page_under_an_allowed_host_name_submits_a_job(browser):
    with contextlib.closing(
        Gateway("--template", "examples/direct-minimal.yaml", "--allow-host", "app.example")
    ) as gateway:
        url = f"http://app.example:{gateway.url.rpartition(':')[2]}/job"
        browser.visit(url)
        assert on(browser, CALL, url).startswith("200 ")
        # The page's own, and the one that opening it submitted.
        assert len(gateway.jobs()) == 2
