"""`apigw-batch compare` as a command: a whole comparison under a small load, and incomplete ones."""

import http.server
import json
import os
import re
import signal
import socket
import socketserver
import subprocess
import threading

import pytest

from comparison import (  # noqa: F401
    BATCH_DELAY, OTHER_ARCHITECTURE, RATE, SMALL, UNSET, check, checkout, comparison, others, run, shared)
from function import ROOT
from gateway import COMMAND
from time_limits import at_most

VARIANTS = ["lambda-rest", "lambda-http", "direct", "direct-minimal"]
FUNCTION = ["--billed-duration", "60", "--memory", "128", "--architecture", "arm64"]


class Stage:
    """A deployed stage with the same response to each POST, and headers that show its kind of API."""

    def __init__(self, status, *headers, body=None):
        if body is None:
            body = '{"jobId":"1","jobArn":"a","jobName":"n"}' if status == 200 else "{}"

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1

            def do_GET(self):
                self.respond(403, b"{}")

            def do_POST(self):
                self.rfile.read(int(self.headers["Content-Length"]))
                self.respond(status, body.encode())

            def respond(self, status, body):
                self.send_response(status)
                for name, value in (("Content-Length", len(body)), ("Content-Type", "application/json"), *headers):
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever).start()

    def __enter__(self):
        return self.url

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


def excluded(report, variant):
    """Checks that a stage was not judged: it has no cells and no cost. Returns why the run is incomplete."""
    assert [cell for cell in report["behaviour"] if cell["variant"] == variant] == []
    assert [cost for cost in report["cost"] if cost["variant"] == variant] == []
    assert not any(variant in row["variants"] for row in report["breakEven"])
    return report["run"]["incomplete"]


@pytest.fixture
def report(comparison):
    return comparison.report


def marks(report, variant):
    return {mark for cell in report["behaviour"] if cell["variant"] == variant for mark in cell["marks"]}


def test_only_integrations_without_a_function_are_marked(report):
    assert [variant["id"] for variant in report["variants"]] == VARIANTS
    assert {variant: marks(report, variant) for variant in VARIANTS} == {
        "lambda-rest": set(), "lambda-http": set(), "direct": {"duplicate", "leaked", "masked-failure"},
        "direct-minimal": {"masked-failure", "duplicate", "injected", "lost", "ignored"}}


def test_only_the_direct_integration_shows_and_ends_the_jobs_of_others(report):
    leaks = [cell["case"] for cell in report["behaviour"] if "leaked" in cell["marks"]]
    assert leaks == ["another submitter's job is read", "one's own jobs are listed, next to another submitter's",
                     "another queue's job is cancelled", "another submitter's job is cancelled"]
    assert {cell["variant"] for cell in report["behaviour"] if "leaked" in cell["marks"]} == {"direct"}
    jobs = {cell["case"]: cell for cell in report["behaviour"] if cell["variant"] == "lambda-http"}
    assert all(jobs[case]["status"] == 404 and jobs[case]["body"] == "problem" for case in leaks if "listed" not in case)
    assert jobs["jobs in every state are listed"]["body"] == "jobs"
    # The article has no routes for jobs, which leaks nothing, and answers nothing.
    lost = [cell for cell in report["behaviour"] if "lost" in cell["marks"]]
    assert {(cell["variant"], cell["status"], cell["body"]) for cell in lost} == {("direct-minimal", 403, "message")}
    assert any("two IAM users" in note for note in report["run"]["notes"])


def test_every_case_is_run_against_every_variant(report):
    cells = [(cell["case"], cell["variant"]) for cell in report["behaviour"]]
    # Only a function can die.
    assert [variant for case, variant in cells if "function dies" in case] == ["lambda-rest", "lambda-http"]
    assert len(cells) == len(set(cells)) == len(VARIANTS) * len({case for case, _ in cells}) - 2 > 100


def test_both_loops_measure_what_was_asked_for(report):
    for loop, rate in (("closed", None), ("open", RATE)):
        rows = [row for row in report["latency"] if row["loop"] == loop]
        assert [row["variant"] for row in rows] == VARIANTS
        for row in rows:
            assert (row["requests"], row["errors"], row["warmUpRequests"], row.get("rate")) == (40, 0, 8, rate)
            # Every time includes Batch's delay.
            assert BATCH_DELAY < row["p50"] <= row["p90"] <= row["p99"] <= row["max"]


def test_costs_are_those_of_the_prices(report):
    costs = {cost["variant"]: cost for cost in report["cost"]}
    assert costs.keys() == set(VARIANTS)
    prices = json.loads((ROOT / "docs/prices.json").read_text())
    assert costs["direct"]["perMillion"] == prices["restAPI"][0]["perMillion"]
    for variant, api in (("lambda-rest", "restAPI"), ("lambda-http", "httpAPI")):
        cost = costs[variant]
        seconds = cost["billedMilliseconds"] / 1000 * cost["memorySize"] / 1024 * 1e6
        expected = (prices[api][0]["perMillion"] + prices["lambda"]["requestsPerMillion"]
                    + seconds * prices["lambda"]["gigabyteSecond"][cost["architecture"]])
        assert cost["perMillion"] == pytest.approx(expected, abs=1e-6)
    assert report["breakEven"]


def test_the_run_is_described(report):
    run = report["run"]
    assert run["build"] == "debug" and any("debug build" in warning for warning in run["warnings"])
    assert "make compare ARGS='--requests 40" in run["command"]
    assert any(note.startswith("This package's function is the executable ") for note in run["notes"])
    load = run["load"]
    assert load["cores"] == len(os.sched_getaffinity(0)) and 0 <= load["before"]["busy"] <= 1 and 0 < load["during"]["busy"] <= 1
    assert {page["date"] for page in run["pricePages"]} == {run["prices"][:10]}
    assert re.fullmatch(r"\d+\.\d+\.\d+", run["versions"]["libcurl"])
    assert re.fullmatch(r"6\.\d+(\.x| or later)", run["versions"]["swift"])
    assert "incomplete" not in run


def test_files_end_with_one_newline(comparison):
    for name in ("report.json", "report.md", "report.html"):
        text = comparison.text(name)
        assert text.endswith("\n") and not text.endswith("\n\n"), name


def test_the_other_formats_say_the_same(comparison):
    assert all(row["p50Interval"]["low"] <= row["p50"] <= row["p50Interval"]["high"]
               for row in comparison.report["latency"])
    for text in map(comparison.text, ("stdout", "report.md", "report.html")):
        for word in [*VARIANTS, "ignored", "https://aws.amazon.com/lambda/pricing/", "load average", "Recommendation", "masked-failure", "injected", "leaked", "an unknown queue"]:
            assert word in text
    assert str(ROOT) not in comparison.text("report.json")


def test_progress_is_shown(comparison):
    assert re.search(r"^direct, warm-up of the closed loop: 8 of 8, p50 [\d.]+ ms$", comparison.text("stderr"), re.M)
    assert re.search(r"^direct, closed loop: 40 of 40, p50 [\d.]+ ms$", comparison.text("stderr"), re.M)
    assert re.search(r"^behaviour: (\d+) of \1 cells$", comparison.text("stderr"), re.M)


def test_a_dead_url_ends_with_a_report_of_the_attempt(tmp_path):
    ended = run(*SMALL, "--direct-url", "http://127.0.0.1:9/v1/direct/jobs/queue/job", "--json", str(tmp_path / "r"))
    assert ended.returncode == 1, ended.stderr
    report = check(json.loads((tmp_path / "r").read_text()))
    assert "nothing was measured" in excluded(report, "direct")
    assert report["run"]["incomplete"].endswith(
        "(127.0.0.1:9: can't connect); check the URL of direct: "
        "curl -i http://127.0.0.1:9/v1/direct/jobs/queue/job")
    assert "Incomplete" in ended.stdout
    assert "No case was run." in ended.stdout


def test_a_stage_that_never_responds_is_given_up_after_one_timeout(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as silent, Stage(200) as url:
        # The system accepts the connections, but no process reads from them.
        port = silent.getsockname()[1]
        ended = run(*SMALL, "--direct-url", f"http://127.0.0.1:{port}/v1/direct/jobs/queue/job", "--lambda-url",
                    f"{url}/v1/jobs/queue/job", *FUNCTION, "--json", str(tmp_path / "r"), timeout=at_most(120))
    assert ended.returncode == 1, ended.stderr
    report = check(json.loads((tmp_path / "r").read_text()))
    assert "timed out" in excluded(report, "direct")
    assert "No case was run against direct" in " ".join(ended.stdout.split())
    # The other stage is measured and judged all the same.
    assert {cell["variant"] for cell in report["behaviour"]} == {"lambda"}
    assert [cost["variant"] for cost in report["cost"]] == ["lambda"]


@pytest.mark.parametrize(("option", "status", "body", "words"), [
    ("--direct-url", 400, '{"message":"Job queue q not found"}', '400, "Job queue q not found"'),
    ("--direct-url", 404, '{"message":"Not Found"}', '404, "Not Found"'),
    ("--direct-url", 500, "{}", "500"),
    ("--direct-url", 200, "<html>", "200 without a jobId"),
    ("--lambda-url", 403, '{"type":"t","title":"Not allowed","detail":"Job queue q is not allowed here"}',
     '403, "Job queue q is not allowed here"'),
])
def test_a_stage_that_creates_no_job_is_reported_and_not_judged(tmp_path, option, status, body, words):
    with Stage(status, body=body) as url:
        ended = run(*SMALL, option, f"{url}/v1/jobs/queue/job", "--json", str(tmp_path / "r"))
    assert ended.returncode == 1, ended.stderr
    report = check(json.loads((tmp_path / "r").read_text()))
    variant = option[2:].removesuffix("-url")
    reason = excluded(report, variant)
    assert reason == (
        f"{variant} created no job from 48 requests, and its first response was {words}; check the URL, the queue and "
        f"the definition, then run the command again with {option} {url}/v1/jobs/my-queue/my-job")
    assert reason in ended.stderr and "--sign" not in ended.stderr
    if status != 200:
        assert [(row["errors"], row.get("p50")) for row in report["latency"]] == [(40, None)]


def test_a_stage_that_rejects_every_request_ends_with_what_to_do(tmp_path):
    with Stage(403, body='{"message":"Missing Authentication Token"}') as url:
        ended = run(*SMALL, "--rate", "100", "--direct-url", f"{url}/v1/direct/jobs/queue/job",
                    "--json", str(tmp_path / "r"))
    assert ended.returncode == 1, ended.stderr
    report = check(json.loads((tmp_path / "r").read_text()))
    # Nothing is claimed about what was never reached.
    reason = excluded(report, "direct")
    assert reason.startswith('direct responded to each of 48 requests with 403, "Missing Authentication Token"')
    assert reason.endswith("run the command again with --sign")
    assert reason in ended.stderr


def test_the_proxy_from_the_environment_is_used_for_https_in_any_case(tmp_path):
    lines = []

    class Proxy(socketserver.StreamRequestHandler):
        def handle(self):
            lines.append(self.rfile.readline().split()[:2])

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Proxy) as proxy:
        threading.Thread(target=proxy.serve_forever).start()
        url = f"http://127.0.0.1:{proxy.server_address[1]}"
        ended = run("--requests", "1", "--warm-up", "1", "--direct-url", "HTTPS://stage.invalid/v1/jobs/queue/job",
                    env={**os.environ, "https_proxy": url, "no_proxy": ""})
        proxy.shutdown()
    assert ended.returncode == 1, ended.stderr
    # The request for the kind of API, and the warm-up.
    assert lines == [[b"CONNECT", b"stage.invalid:443"]] * 2


@pytest.mark.parametrize(("host", "region"), [("", {"AWS_REGION": "us-east-1"}),
                                              ("a1.execute-api.eu-west-1.localhost", {})])
def test_signing_is_not_suggested_if_requests_are_signed_already(tmp_path, host, region):
    keys = {"AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret", "HOME": str(tmp_path), **region}
    environment = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")} | keys
    with Stage(403) as url:
        # The region is in the URL, or else in the environment.
        url = url.replace("127.0.0.1", host) if host else url
        ended = run(*SMALL, "--direct-url", f"{url}/v1/direct/jobs/queue/job", "--sign", env=environment)
    assert ended.returncode == 1, ended.stderr
    assert "execute-api:Invoke" in ended.stderr and "with --sign" not in ended.stderr


@pytest.mark.parametrize(("header", "api", "cost"), [("x-amz-apigw-id", "REST", 3.8), ("apigw-requestid", "HTTP", 1.3)])
def test_a_deployed_functions_cost_follows_from_its_api_and_the_options(tmp_path, header, api, cost):
    with Stage(200, (header, "WSg1ihmdliAEJXA=")) as url:
        # Its path looks like a REST API's: it has a stage, which HTTP APIs may have as well.
        ended = run(*SMALL, "--lambda-url", f"{url}/v1/jobs/queue/job", *FUNCTION, "--json", str(tmp_path / "r"))
    assert ended.returncode == 0, ended.stderr
    report = check(json.loads((tmp_path / "r").read_text()))
    assert [variant["api"] for variant in report["variants"]] == [api]
    assert [round(row["perMillion"], 2) for row in report["cost"]] == [cost]
    assert any("of lambda were given, not measured" in note for note in report["run"]["notes"])
    assert not any("don't show whether" in warning for warning in report["run"]["warnings"])


def test_a_deployed_function_without_options_has_no_cost_and_the_report_says_why(tmp_path):
    with Stage(200) as url:
        ended = run(*SMALL, "--lambda-url", f"{url}/v1/jobs/queue/job", "--json", str(tmp_path / "r"))
    assert ended.returncode == 0, ended.stderr
    report = check(json.loads((tmp_path / "r").read_text()))
    assert report["cost"] == []
    assert any("--billed-duration, --memory and --architecture" in note for note in report["run"]["notes"])
    assert any("don't show whether" in warning for warning in report["run"]["warnings"])


def test_another_architecture_is_priced_and_the_report_says_where_durations_were_measured(others):
    report = others.report
    priced = {row["variant"]: row["architecture"] for row in report["cost"] if "architecture" in row}
    assert priced == dict.fromkeys(["lambda-rest", "lambda-http", "twice"], OTHER_ARCHITECTURE)
    assert any(f"priced for {OTHER_ARCHITECTURE}, with durations that were measured on this" in note
               for note in report["run"]["notes"])


def test_nothing_runs_without_a_function(checkout):
    ended = run(*SMALL, cwd=checkout, env=UNSET)
    assert (ended.returncode, ended.stdout) == (64, ""), ended.stderr
    assert "the function is not built; run: make compare" in ended.stderr


def test_each_file_is_written_even_if_another_is_not(tmp_path):
    with Stage(403) as url:
        ended = run(*SMALL, "--direct-url", f"{url}/v1/direct/jobs/queue/job", "--json", "/dev/full",
                    "--markdown", str(tmp_path / "r.md"))
    assert ended.returncode == 74, ended.stderr
    assert "can't write the report to /dev/full: No space left on device" in ended.stderr
    assert (tmp_path / "r.md").read_text().startswith("# ")
    assert ended.stdout


@pytest.mark.parametrize("closed", ["pipe", "descriptor"])
def test_files_are_written_even_if_standard_output_is_closed(tmp_path, closed):
    with Stage(403) as url:
        command = [COMMAND, "compare", *SMALL, "--direct-url", f"{url}/v1/direct/jobs/queue/job", "--json",
                   str(tmp_path / "r")]
        if closed == "descriptor":
            command = ["sh", "-c", 'exec "$@" >&-', "sh", *command]
        process = subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        process.stdout.close()
        errors = process.stderr.read()
        assert process.wait(timeout=at_most(60)) == 74, errors
        process.stderr.close()
    check(json.loads((tmp_path / "r").read_text()))
    assert "can't write the report to standard output" in errors


def test_ctrl_c_ends_with_a_report_of_the_measurements_so_far(tmp_path):
    process = subprocess.Popen(
        [COMMAND, "compare", "--requests", "100000", "--json", str(tmp_path / "r")], cwd=ROOT, text=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    for line in process.stderr:
        if "warm-up of the closed loop: 50 of 50" in line:
            break
    process.send_signal(signal.SIGINT)
    output, _ = process.communicate(timeout=at_most(60))
    assert process.returncode == 130
    report = check(json.loads((tmp_path / "r").read_text()))
    assert "interrupted after" in report["run"]["incomplete"]
    assert "interrupted after" in " ".join(output.split())
    assert report["latency"][0]["requests"] < 100000
    # Variants that were not measured are named, and have no cost.
    assert "not measured in the closed loop: lambda-http, direct and direct-minimal" in report["run"]["incomplete"]
    assert {cost["variant"] for cost in report["cost"]} <= {"lambda-rest"}


def test_ctrl_c_ends_a_command_whose_report_is_not_read(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with Stage(403) as url:
        process = subprocess.Popen(
            [COMMAND, "compare", *SMALL, "--direct-url", f"{url}/v1/direct/jobs/queue/job", "--json",
             str(tmp_path / "pipe")], cwd=ROOT, text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE)
        giving_up = threading.Timer(at_most(60), process.kill)
        giving_up.start()
        # The report on standard output precedes the files.
        for line in process.stdout:
            if "Prices:" in line:
                break
        process.send_signal(signal.SIGINT)
        process.communicate()
        giving_up.cancel()
    assert process.returncode == -signal.SIGINT


@pytest.mark.parametrize(("arguments", "words"), [
    (["--requests", "0"], "; use --requests 500"),
    (["--requests", str(2**63 - 1)], "requests must be 1 to 1000000, not "),
    (["--warm-up", str(2**63 - 1)], "warm-up must be 0 to 1000000 requests, not "),
    (["--rate", "1e-10", "--requests", "4", "--warm-up", "1"], "would take more than a day"),
    (["--json", "/"], "it is a directory; choose another path"),
    (["--batch-delay", "5", "--direct-url", "http://127.0.0.1:1/jobs/q/d"], "leave it out"),
    (["--json", "/proc/report.json"], "choose another path"),
    (["--json", "/tmp/one-name", "--html", "/tmp/one-name"], "--json and --html both name"),
    (["--rate", "0"], "rate must be above 0"),
    (["--batch-delay", "99999"], "use --batch-delay 60"),
    (["--json", "/no/such/folder/r.json"], "run: mkdir -p /no/such/folder"),
    (["--direct-url", "ftp://x/a/b"], "not the URL of a submit route"),
    (["--direct-url", "http://127.0.0.1:1/jobs/q/d", "template.yaml"], "compare one kind"),
    (["--direct-url", "http://127.0.0.1:1/v1//q/d"], "empty segments"),
    (["--lambda-url", "http://127.0.0.1:1/q/d", "--memory", "128"], "use --billed-duration 20"),
    (["--lambda-url", "http://127.0.0.1:1/q/d", *FUNCTION, "--memory", "1"], "use --memory 128"),
    (["--direct-url", "http://127.0.0.1:1/q/d", *FUNCTION], "use them with --lambda-url"),
    (["--memory", "128"], "use them with --lambda-url"),
    (["--architecture", "mips"], "must be x86_64 or arm64; run: "),
    (["--sign"], "use it with --lambda-url or --direct-url"),
    (["--prices", "template.yaml"], "template.yaml"),
    (["no-such.yaml"], "no-such.yaml: does not exist; choose the path of a template"),
    (["docs"], "docs: is a directory; choose the path of a template"),
])
def test_a_wrong_command_line_is_named(arguments, words):
    ended = run(*arguments)
    assert (ended.returncode, ended.stdout) == (64, ""), ended.stderr
    assert words in ended.stderr


def test_a_sam_template_without_a_route_for_jobs_is_named(tmp_path):
    template = tmp_path / "none.yaml"
    template.write_text("Resources:\n  Topic: {Type: AWS::SNS::Topic}\n")
    ended = run(str(template))
    assert (ended.returncode, ended.stdout) == (64, ""), ended.stderr
    assert f"{template} has no route to compare" in ended.stderr
    assert "add one such as POST /jobs/{jobQueue}/{jobDefinition}" in ended.stderr


def test_no_report_overwrites_its_inputs(tmp_path):
    # Work on copies, in case one is overwritten.
    package = ("Package.swift", "bootstrap", "docs/prices.json", "examples/direct-minimal.yaml", "template.yaml")
    for name in package:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    (tmp_path / "mine.yaml").write_text("Resources: {}\n")
    (tmp_path / "link").symlink_to("mine.yaml")
    (tmp_path / "mine.json").write_bytes((ROOT / "docs/prices.json").read_bytes())
    for path in (*package[1:], "mine.yaml", "link", "mine.json", "docs/../template.yaml"):
        before = (tmp_path / path).read_bytes()
        ended = run("mine.yaml", "--prices", "mine.json", "--html", path, cwd=tmp_path)
        assert (ended.returncode, ended.stdout) == (64, ""), ended.stderr
        assert f"--html {path}: the comparison reads it and would overwrite it; choose another path" in ended.stderr
        assert (tmp_path / path).read_bytes() == before


def test_sam_templates_with_the_same_name_are_distinguished(others):
    assert [variant["id"] for variant in others.report["variants"]] == [*VARIANTS, "unescaped", "twice", "#", "##2"]


@pytest.mark.parametrize(("variant", "case", "mark"), [
    ("unescaped", "a quote in a value", "injected"), ("twice", "a good submit", "duplicate")],
    ids=["escapes nothing", "sends twice"])
def test_a_faulty_variant_is_marked(others, variant, case, mark):
    report = others.report
    assert mark in marks(report, variant)
    assert [mark in cell["marks"] for cell in report["behaviour"]
            if (cell["case"], cell["variant"]) == (case, variant)] == [True]
    # The other variants are not affected.
    assert marks(report, "lambda-rest") | marks(report, "lambda-http") == set()
    assert marks(report, "direct") == {"duplicate", "leaked", "masked-failure"}
