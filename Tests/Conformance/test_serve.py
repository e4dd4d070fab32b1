"""`apigw-batch serve` with this package's template.yaml and with the article's, from the view of plain HTTP clients."""

import concurrent.futures
import contextlib
import json
import os
import pathlib
import re
import resource
import shlex
import socket
import subprocess
import sys
import time

import pytest
import requests

from function import ROOT
from gateway import COMMAND, Gateway
from time_limits import at_most

SUBMIT = ["/lambda", "/direct", ""]
JOB = {"jobName": "demo-1", "parameters": {"input": "s3://bucket/\"k\\ey\" ü\n"}, "tags": {"team": "a"},
       "timeout": {"attemptDurationSeconds": 600}, "retryStrategy": {"attempts": 2}}


@pytest.fixture(scope="module")
def gateway():
    # Jobs that don't advance can be compared.
    served = Gateway("--run-for", "never")
    yield served
    children = served.children()
    assert children, "no function was started"
    assert served.close() == 0
    assert not [pid for pid in children if pathlib.Path(f"/proc/{pid}").exists()], "a function outlived the gateway"


@pytest.fixture(scope="module")
def article():
    served = Gateway("--template", "examples/direct-minimal.yaml")
    yield served
    assert served.close() == 0


def path(integration, queue="sample-queue", definition="sample-job"):
    return f"{integration}/jobs/{queue}/{definition}"


def test_every_integration_submits_the_same_job_and_responds_alike(gateway):
    jobs = []
    for integration in SUBMIT:
        answer = gateway.post(path(integration, definition="sample-job:2"), json.dumps(JOB))
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/json"), answer.text
        assert answer.json().keys() == {"jobArn", "jobId", "jobName"}
        job = gateway.describe(answer.json()["jobId"])
        assert job["jobDefinition"].endswith(":job-definition/sample-job:2")
        jobs.append({name: value for name, value in job.items() if name not in ("jobArn", "jobId", "createdAt")})
        assert {name: job[name] for name in JOB if name != "retryStrategy"} == {
            name: value for name, value in JOB.items() if name != "retryStrategy"}
    assert jobs[0] == jobs[1] == jobs[2]


@pytest.mark.parametrize(("integration", "body"), [("/lambda", ""), ("/lambda", "{}"), ("/direct", "{}"), ("", ""),
                                                   ("", "{}")])
def test_a_job_without_a_name_is_named_after_its_definition(gateway, integration, body):
    answer = gateway.post(path(integration, definition="sample-job%3A3"), body)
    assert answer.status_code == 200, answer.text
    assert re.fullmatch(r"sample-job-[0-9A-Za-z]{8}", answer.json()["jobName"])
    assert gateway.describe(answer.json()["jobId"])["jobDefinition"].endswith("sample-job:3")


def test_the_direct_integrations_validator_rejects_an_empty_body(gateway):
    answer = gateway.post(path("/direct"), "")
    assert (answer.status_code, answer.json()["type"]) == (400, "bad-body")


REJECTED = {
    "an unknown queue": (path("", queue="no-such-queue"), "{}", {400}),
    "an unknown definition": (path("", definition="no-such-job"), "{}", {400}),
    "a quote in the job's name": (
        path(""), json.dumps({"jobName": 'a","containerOverrides":{"command":["x"]},"x":"'}), {400}),
    "a quote in the path": (path("", queue='a%22,%22containerOverrides%22:%7B%7D,%22x%22:%22'), "{}", {400}),
    "a bad escape in the path": (path("", definition="sample%job"), "{}", {400}),
    "container overrides": (path(""), json.dumps({"containerOverrides": {"command": ["x"]}}), {400, 403}),
    "a queue in the body": (path(""), json.dumps({"jobQueue": "sample-queue"}), {400}),
    "something that is not JSON": (path(""), "{", {400}),
    "an array": (path(""), "[]", {400}),
}


@pytest.mark.parametrize("integration", SUBMIT)
@pytest.mark.parametrize("case", REJECTED)
def test_every_integration_rejects(gateway, integration, case):
    target, body, statuses = REJECTED[case]
    before = gateway.jobs()
    answer = gateway.post(integration + target, body)
    assert answer.status_code in statuses, answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == answer.status_code and problem["submitted"] == "no"
    assert {"type", "title", "detail", "requestId"} <= problem.keys()
    assert gateway.jobs() == before


@pytest.mark.parametrize("integration", SUBMIT)
def test_every_integration_rejects_another_content_type(gateway, integration):
    answer = gateway.post(path(integration), "{}", "text/plain")
    assert (answer.status_code, answer.json()["submitted"]) == (415, "no")


def test_fifty_callers_at_once_get_fifty_jobs(gateway):
    before = gateway.jobs()
    with concurrent.futures.ThreadPoolExecutor(50) as pool:
        for integration in ("/lambda", "/direct"):
            answers = list(pool.map(lambda _: gateway.post(path(integration), "{}"), range(50)))
            assert {answer.status_code for answer in answers} == {200}
            submitted = {answer.json()["jobId"] for answer in answers}
            assert len(submitted) == 50
            assert submitted <= gateway.jobs() - before


def test_each_request_is_logged_in_one_line(gateway):
    gateway.post("/nowhere?secret=1")
    assert gateway.line(r"POST /nowhere no route 403 [\d.]+ ms: Missing Authentication Token\n")
    gateway.post(path("/direct", definition="sample-job:1"), "{}")
    assert gateway.line(r"POST /direct/jobs/sample-queue/sample-job:1 aws 200 \(Batch 200\) [\d.]+ ms, integration [\d.]+ ms\n")
    assert gateway.line(r"Batch POST /v1/submitjob 200 jobId=[0-9a-f-]{36}\n")


def test_submitted_jobs_run_to_their_end():
    with contextlib.closing(Gateway("--run-for", "200ms", "--fail", "sample-job:1")) as gateway:
        assert gateway.line(r"Jobs run for 200ms, and fail if their definition is sample-job:1\.\n")
        jobs = [gateway.post(path("", definition=name), "{}").json()["jobId"] for name in ("sample-job", "sample-job:1")]
        deadline = time.monotonic() + at_most(30)
        while (ended := [gateway.describe(job)["status"] for job in jobs]) != ["SUCCEEDED", "FAILED"]:
            assert time.monotonic() < deadline, ended
            time.sleep(0.05)


def test_the_log_shows_the_status_that_the_articles_integration_hides(article):
    assert article.post(path("", queue="hidden"), "{}").status_code == 200
    assert article.line(r"POST /jobs/hidden/sample-job aws 200 \(Batch 400\) [\d.]+ ms, integration [\d.]+ ms\n")


def test_the_printed_commands_show_the_jobs(gateway):
    job = gateway.post(path(""), "{}").json()["jobId"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    # As in a shell where someone uses temporary keys of their own.
    environment["AWS_SESSION_TOKEN"] = "token"
    environment["PATH"] = f"{pathlib.Path(sys.executable).parent}:{environment['PATH']}"
    for name in ("list-jobs", "describe-jobs"):
        command = gateway.line(rf"  (AWS_\S+ .*aws batch {name} .*)\n")[1]
        done = subprocess.run(
            command.replace("JOB-ID", job) + " --output json", shell=True, env=environment, capture_output=True,
            text=True, timeout=at_most(60))
        assert done.returncode == 0, done.stderr
        (shown,) = [each for each in list(json.loads(done.stdout).values())[0] if each["jobId"] == job]
        assert shown["status"] == "RUNNABLE"


def test_there_is_a_command_for_each_queue(tmp_path):
    template = tmp_path / "template.yaml"
    template.write_text(
        "Resources:\n  Nightly:\n    Type: AWS::Batch::JobQueue\n    Properties: {JobQueueName: nightly}\n")
    with contextlib.closing(Gateway("--template", str(template), "--queue", "reports")) as gateway:
        for queue in ("sample-queue", "reports", "nightly"):
            assert gateway.line(rf"  .*aws batch list-jobs --job-queue {queue} ")


def test_the_batch_port_can_be_chosen():
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with contextlib.closing(Gateway("--batch-port", str(port))) as gateway:
        assert gateway.batch_url == f"http://127.0.0.1:{port}"
        assert gateway.line(rf"  .*aws batch describe-jobs .*--endpoint-url http://127\.0\.0\.1:{port}\n")


# What each API responds when the function is not reached, or fails: the README's table.
NOT_FOUND = (404, {"message": "Not Found"})
LARGE = "a" * (10 * 1024 * 1024 + 1)


def test_requests_without_a_route_get_the_response_of_the_nearest_api(gateway):
    for target in ("/jobs/a/b/c", "/jobs/a", "/jobs"):
        answer = gateway.post(target)
        assert (answer.status_code, answer.json()) == NOT_FOUND
    for target in ("/lambda/jobs/a/b/c", "/direct", "/nowhere"):
        answer = gateway.post(target)
        assert (answer.status_code, answer.json()["type"]) == (403, "missing-authentication-token")


def test_each_api_has_an_address_of_its_own(gateway):
    hosts = [gateway.line(rf"  http://({name}\.execute-api\.localhost:\d+)  \({kind} API ")[1]
             for name, kind in [("httpapi", "HTTP"), ("restapi", "REST")]]
    answers = [gateway.post("/nowhere", Host=host) for host in hosts]
    assert (answers[0].status_code, answers[0].json()) == NOT_FOUND
    assert (answers[1].status_code, answers[1].json()["type"]) == (403, "missing-authentication-token")


def test_a_body_that_is_too_large_gets_each_apis_response(gateway):
    answer = gateway.post(path(""), LARGE)
    assert (answer.status_code, answer.json()) == (413, {"message": "Request Entity Too Large"})
    for integration in ("/lambda", "/direct"):
        answer = gateway.post(path(integration), LARGE)
        assert (answer.status_code, answer.json()["type"]) == (413, "too-large")


def test_a_crashing_function_gets_each_apis_response():
    with contextlib.closing(Gateway(APIGW_BATCH_FUNCTION="/bin/false")) as gateway:
        answer = gateway.post(path(""), "{}")
        assert (answer.status_code, answer.json()) == (500, {"message": "Internal Server Error"})
        answer = gateway.post(path("/lambda"), "{}")
        problem = answer.json()
        assert (answer.status_code, problem["type"], problem["submitted"]) == (502, "gateway-fault", "unknown")


@pytest.mark.parametrize("headers", [
    {"Host": "other.example"}, {"Origin": "https://other.example"}, {"Origin": "null"},
    {"Sec-Fetch-Site": "cross-site"},
])
def test_requests_of_other_sites_are_refused(gateway, headers):
    before = gateway.jobs()
    for url in (gateway.url + path("/direct"), gateway.batch_url + "/v1/submitjob"):
        answer = requests.post(url, "{}", headers={**headers, "Content-Type": "application/json"}, timeout=at_most(60))
        assert answer.status_code == 403
        assert answer.text.startswith("apigw-batch: the ")
    assert gateway.jobs() == before


# A template whose route responds with the caller's address.
ADDRESS = """
Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: v1
      DefinitionBody:
        openapi: 3.0.1
        paths:
          /address:
            get:
              responses: {"200": {description: OK}}
              x-amazon-apigateway-integration:
                type: mock
                requestTemplates: {application/json: '{"statusCode": 200}'}
                responses:
                  default: {statusCode: 200, responseTemplates: {application/json: "$context.identity.sourceIp"}}
"""


@pytest.mark.parametrize("address", ["127.0.0.1", "[::1]"])
def test_the_callers_address_is_the_real_one(tmp_path, address):
    if address == "[::1]" and not os.path.exists("/proc/net/if_inet6"):
        pytest.skip("this machine has no IPv6")
    template = tmp_path / "template.yaml"
    template.write_text(ADDRESS)
    with contextlib.closing(Gateway("--template", str(template))) as gateway:
        url = gateway.url.replace("127.0.0.1", address)
        assert requests.get(url + "/address", timeout=at_most(60)).text == address.strip("[]")


@pytest.mark.parametrize("address", ["127.0.0.1", "[::1]", "localhost"])
def test_both_loopback_addresses_are_served(gateway, address):
    if address == "[::1]" and not os.path.exists("/proc/net/if_inet6"):
        pytest.skip("this machine has no IPv6")
    url = gateway.url.replace("127.0.0.1", address)
    assert requests.post(url + path("/direct"), json={}, timeout=at_most(60)).status_code == 200


def test_a_low_limit_of_open_files_does_not_limit_connections():
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    # The gateway inherits it, and takes more than 12 of them by itself.
    resource.setrlimit(resource.RLIMIT_NOFILE, (96, hard))
    try:
        gateway = Gateway()
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    with contextlib.closing(gateway), contextlib.ExitStack() as connections:
        address = ("127.0.0.1", int(gateway.url.rpartition(":")[2]))
        for _ in range(100):
            connections.enter_context(socket.create_connection(address, at_most(60)))
        assert gateway.post(path("/direct"), "{}").status_code == 200


def test_it_says_once_that_iam_is_not_enforced(gateway):
    assert len([line for line in gateway.lines if line.startswith("Not enforced here: IAM")]) == 1


def test_the_articles_template_reports_failures_as_success(article):
    answer = article.post(path("", queue="no-such-queue"), "{}")
    assert answer.status_code == 200
    assert "jobId" not in answer.json() and "no-such-queue" in answer.json()["message"]


def test_the_articles_template_is_bypassed_by_another_content_type(article):
    job = {"jobName": "mine", "jobQueue": "sample-queue", "jobDefinition": "sample-job:2",
           "containerOverrides": {"command": ["anything"]}}
    answer = article.post("/job", json.dumps(job), "text/plain")
    assert answer.status_code == 200
    submitted = article.describe(answer.json()["jobId"])
    assert submitted["jobName"] == "mine"
    assert submitted["container"]["command"] == ["anything"]


def test_the_articles_path_parameters_allow_injection(article):
    queue = "sample-queue%22,%22containerOverrides%22:%7B%22command%22:%5B%22anything%22%5D%7D,%22x%22:%22"
    answer = article.post(path("", queue=queue), "{}")
    assert answer.status_code == 200
    assert article.describe(answer.json()["jobId"])["container"]["command"] == ["anything"]


def test_the_articles_get_submits_a_job(article):
    before = article.jobs()
    assert requests.get(article.url + "/job", timeout=at_most(60)).json()["jobId"] not in before


def examples():
    """The examples in `serve --help`: the options of each gateway, and the curl commands that go to it."""
    shown = subprocess.run(
        [COMMAND, "serve", "--help"], capture_output=True, text=True, check=True, timeout=at_most(60)).stdout
    text = shown.partition("EXAMPLES")[2].partition("EXIT STATUS")[0].replace("\\\n", " ")
    commands = [shlex.split(line) for line in text.splitlines() if re.match(r" +(swift run|curl) ", line)]
    found = []
    for command in commands:
        if command[:4] == ["swift", "run", "apigw-batch", "serve"]:
            found.append((command[4:], []))
        else:
            found[-1][1].append(command)
    return found


def test_the_examples_of_the_help_do_what_it_says():
    statuses = []
    for options, calls in examples():
        with contextlib.closing(Gateway(*options)) as gateway:
            for call in calls:
                here = [word.replace("http://127.0.0.1:3000", gateway.url) for word in call]
                assert here != call
                done = subprocess.run(
                    [*here, "--silent", "--output", os.devnull, "--write-out", "%{http_code}"], capture_output=True,
                    text=True, timeout=at_most(60))
                statuses.append(done.stdout)
    assert statuses == ["200", "200", "200", "200", "403", "200"]


def run(*arguments):
    return subprocess.run([COMMAND, "serve", *arguments], cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True,
                          text=True, timeout=at_most(60))


@pytest.mark.parametrize(("arguments", "words"), [
    (["--template", "no-such.yaml"], "no-such.yaml: does not exist; check the path"),
    (["--parameter-overrides", "JobQueues"], "use --parameter-overrides JobQueues=reports"),
    (["--parameter-overrides", "JobQueues=a b"], "one to five names"),
    (["--parameter-overrides", "Authorization=SOME"], "AWS_IAM"),
    (["--parameter-overrides", "NoSuch=1"], "NoSuch"),
    (["--batch", "aws", "--batch-endpoint", "http://127.0.0.1:1"], "mutually exclusive"),
    (["--port", "65536"], "not 65536; use --port 0 to pick a free one\n"),
    (["--batch-port", "65536"], "not 65536; use --batch-port 0 to pick a free one\n"),
    (["--batch-port", "4000", "--batch-endpoint", "http://127.0.0.1:1"], "use it without --batch and --batch-endpoint"),
    (["--run-for", "1s", "--batch-endpoint", "http://127.0.0.1:1"], "use them without --batch and --batch-endpoint"),
    (["--fail", "a", "--batch", "aws"], "use them without --batch and --batch-endpoint"),
    (["--run-for", "soon"], "use one such as 500ms, 5s or 2m, or never\n"),
    (["--port", "4000", "--batch-port", "4000"], "are both 4000; use --batch-port 0 to pick a free one"),
    (["--allow-host", "http://a"], "--allow-host http://a is not a host name; use a name"),
    (["--allow-origin", "*"], "--allow-origin * is not a single origin; use a scheme, a host"),
    (["--allow-origin", "null"], "--allow-origin null is not a single origin"),
])
def test_a_wrong_command_line_is_named(arguments, words):
    ended = run(*arguments)
    assert (ended.returncode, ended.stdout) == (64, ""), ended.stderr
    assert words in ended.stderr


def test_a_broken_sam_template_is_reported_with_the_line(tmp_path):
    template = tmp_path / "template.yaml"
    template.write_text("Resources:\n  Api:\n    Type: AWS::Serverless::Api\n    Properties:\n      StageName: !Ref Nobody\n")
    ended = run("--template", str(template))
    assert (ended.returncode, ended.stdout) == (64, "")
    assert f"{template}:5: Resources.Api.Properties.StageName" in ended.stderr


def test_a_taken_port_is_reported_in_one_line_with_a_remedy(gateway):
    port = gateway.url.rpartition(":")[2]
    ended = run("--port", port)
    line = f"Error: port {port} on 127.0.0.1 is already in use; use --port 0 to pick a free one\n"
    assert (ended.returncode, ended.stdout, ended.stderr) == (1, "", line)
    ended = run("--port", "0", "--batch-port", port)
    assert (ended.returncode, ended.stdout, ended.stderr) == (1, "", line.replace("--port", "--batch-port"))
