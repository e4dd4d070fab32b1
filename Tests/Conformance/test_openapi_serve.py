"""What `apigw-batch serve` responds on each route, held to docs/openapi.yaml: each problem that can be provoked."""

import contextlib
import time

import pytest
import requests

from contract import ROOT, check, operation_ids, operations, problem_types, resolved
from contract_cases import ALL, CASES, FAULTS, FUNCTION, LIST, OF_KEYS, OF_URL, OPERATIONS, SUBMIT, key
from faulty_batch import FaultyBatch
from gateway import Gateway
from time_limits import at_most

DOWN = "http://127.0.0.1:1"
URL_TEMPLATE = f"""
Transform: AWS::Serverless-2016-10-31
Resources:
  Jobs:
    Type: AWS::Serverless::Function
    Properties: {{Runtime: provided.al2023, Handler: bootstrap, CodeUri: {ROOT}, FunctionUrlConfig: {{AuthType: NONE}}}}
"""


@contextlib.contextmanager
def serving(*arguments, **environment):
    gateway = Gateway(*arguments, **environment)
    yield gateway
    assert gateway.close() == 0


@pytest.fixture(scope="module")
def gateway():
    parameters = ["JobQueues=sample-queue,other-queue,no-such-queue", "CorsAllowOrigin=*"]
    with serving("--run-for", "never", "--queue", "other-queue", "--parameter-overrides", *parameters) as served:
        yield served


@pytest.fixture(scope="module")
def job(gateway):
    """The id of a job that waits."""
    return gateway.post("/lambda" + SUBMIT, "{}").json()["jobId"]


@pytest.fixture(scope="module")
def function_url(tmp_path_factory):
    template = tmp_path_factory.mktemp("function-url") / "template.yaml"
    template.write_text(URL_TEMPLATE)
    with serving("--template", str(template)) as served:
        yield served


@pytest.fixture(scope="module")
def without_table():
    with serving("--parameter-overrides", "Idempotency=Required", AWS_ENDPOINT_URL_DYNAMODB=DOWN) as served:
        yield served


@pytest.fixture(scope="module")
def faulty():
    batch = FaultyBatch()
    with serving("--batch-endpoint", batch.url) as served:
        yield served, batch
    batch.close()


@pytest.fixture(scope="module")
def down():
    with serving("--batch-endpoint", DOWN) as served:
        yield served


def call(gateway, base, method, path, status=None, type=None, documented_as=None, **options):
    """Sends a request, and holds its response to the document."""
    response = requests.request(method, gateway.url + base + path, timeout=at_most(60), **options)
    if status:
        assert response.status_code == status, response.text
    if type and method != "HEAD":
        assert response.json()["type"] == type
    path = documented_as or path.partition("?")[0]
    check(response, path if base in FUNCTION else base + path)
    return response


@pytest.mark.parametrize("base, method, path, options, status, type", CASES)
def test_a_response_is_as_documented(gateway, job, base, method, path, options, status, type):
    call(gateway, base, method, path.replace("{job}", job), status, type, **options)


@pytest.mark.parametrize("base", FUNCTION)
def test_a_key_that_is_sent_again_is_as_documented(gateway, base):
    first, second = (call(gateway, base, "POST", SUBMIT, 200, **key(f'"again{base}"')) for _ in range(2))
    assert "Idempotent-Replayed" not in first.headers and second.headers["Idempotent-Replayed"] == "true"
    assert first.json() == second.json()
    reused = {"json": {"jobName": "another"}, "headers": {"Idempotency-Key": f'"again{base}"'}}
    call(gateway, base, "POST", SUBMIT, 422, "idempotency-key-reused", **reused)


@pytest.mark.parametrize("base", ALL)
def test_a_job_from_its_submit_to_its_end_is_as_documented(gateway, base):
    id = call(gateway, base, "POST", SUBMIT, 200, json={"timeout": {"attemptDurationSeconds": 60}}).json()["jobId"]
    waiting = call(gateway, base, "GET", f"{LIST}/{id}", 200)
    assert "Retry-After" in waiting.headers
    if base in FUNCTION:
        call(gateway, base, "GET", f"{LIST}/{id}", 304, headers={"If-None-Match": waiting.headers["ETag"]})
    call(gateway, base, "DELETE", f"{LIST}/{id}?reason=no+longer+needed", 202)
    call(gateway, base, "DELETE", f"{LIST}/{id}", 200 if base in FUNCTION else 202)
    ended = call(gateway, base, "GET", f"{LIST}/{id}", 200)
    assert "Retry-After" not in ended.headers and ended.json()["statusReason"] == "no longer needed"


@pytest.mark.parametrize("base", ALL)
def test_the_pages_of_a_list_are_as_documented(gateway, job, base):
    call(gateway, base, "POST", SUBMIT, 200, json={})
    first = call(gateway, base, "GET", LIST + "?limit=1", 200)
    assert first.links["next"]["url"].startswith("?")
    call(gateway, base, "GET", LIST + first.links["next"]["url"], 200)


def test_jobs_that_have_run_are_as_documented():
    with serving("--run-for", "1ms", "--definition", "failing", "--fail", "failing") as gateway:
        for base in ALL:
            for definition, status in (("sample-job", "SUCCEEDED"), ("failing", "FAILED")):
                submitted = call(gateway, base, "POST", f"/jobs/sample-queue/{definition}", 200, json={})
                path = f"{LIST}/{submitted.json()['jobId']}"
                deadline = time.monotonic() + at_most(60)
                while "Retry-After" in (response := call(gateway, base, "GET", path, 200)).headers:
                    assert time.monotonic() < deadline, response.text
                    time.sleep(0.05)
                assert response.json()["status"] == status and response.json()["attempts"]
                assert call(gateway, base, "GET", LIST, 200).json()["jobs"]


@pytest.mark.parametrize("method, path, options, status, type", OF_URL)
def test_a_function_urls_response_is_as_documented(function_url, method, path, options, status, type):
    host = f"jobs.lambda-url.localhost:{function_url.url.rpartition(':')[2]}"
    options = {**options, "headers": {**options.get("headers", {}), "Host": host}}
    call(function_url, "", method, path, status, type, **options)
    call(function_url, "", method, "/nowhere", 404, "not-found", documented_as=path, headers={"Host": host})


@pytest.mark.parametrize("method, path, options, status, type", OF_KEYS)
def test_a_response_without_a_key_or_a_table_is_as_documented(without_table, method, path, options, status, type):
    call(without_table, "", method, path, status, type, **options)


@pytest.mark.parametrize("method, path, options", OPERATIONS)
@pytest.mark.parametrize("way", FAULTS)
def test_a_failure_of_batch_is_as_documented(faulty, down, way, method, path, options):
    gateway, batch = (down, None) if way == "down" else faulty
    if batch:
        batch.way = way
    for base, (status, type) in zip(("/lambda", "/direct"), FAULTS[way]):
        call(gateway, base, method, path, status, type, **options)


def test_a_key_whose_request_got_no_response_is_as_documented(faulty):
    gateway, batch = faulty
    batch.way = "silent"
    call(gateway, "", "POST", SUBMIT, 504, "outcome-unknown", **key("silent"))
    assert int(call(gateway, "", "POST", SUBMIT, 409, "in-progress", **key("silent")).headers["Retry-After"]) > 0


def test_each_documented_problem_is_provoked():
    """But for those of malformed events, which no client can send, and of API Gateway's own trouble."""
    provoked = {("", "POST", SUBMIT, "in-progress"), ("", "POST", SUBMIT, "idempotency-key-reused")}
    provoked |= {(base, method, path, type) for base, method, path, _, _, type in CASES}
    provoked |= {("", method, path, type) for method, path, _, _, type in OF_URL + OF_KEYS}
    provoked |= {("", method, path, "not-found") for method, path, *_ in OF_URL}
    provoked |= {(base, method, path, types[base == "/direct"][1]) for base in ("", "/direct")
                 for types in FAULTS.values() for method, path, _ in OPERATIONS}
    found = {}
    for base, method, path, type in provoked:
        path = path.partition("?")[0]
        for each in operation_ids(method, path if base in FUNCTION else base + path):
            found.setdefault(each, set()).add(type)
    others = {"bad-event", "refused-by-gateway", "gateway-fault", "missing-authentication-token", "too-large"}
    for method, path, operation in operations():
        if method == "OPTIONS":
            continue
        documented = set().union(*(problem_types(resolved(each)) for each in operation["responses"].values()))
        excepted = others | ({"outcome-unknown"} if path.startswith("/direct") else set())
        excepted |= {"bad-body"} if method != "POST" else set()
        assert documented - found[operation["operationId"]] - excepted == set(), operation["operationId"]
