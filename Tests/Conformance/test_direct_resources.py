"""`apigw-batch serve` with an API that is made of API Gateway's own resources instead of an OpenAPI document."""

import json

import pytest

from gateway import Gateway

JOB = {"jobName": "demo-1", "parameters": {"input": "s3://bucket/\"k\\ey\" ü\n"}}


@pytest.fixture(scope="module")
def gateway():
    served = Gateway("--template", "examples/direct-resources.yaml")
    yield served
    assert served.close() == 0


def path(queue="sample-queue", definition="sample-job"):
    return f"/jobs/{queue}/{definition}"


def test_a_job_is_submitted(gateway):
    answer = gateway.post(path(definition="sample-job%3A2"), json.dumps(JOB))
    assert answer.status_code == 200, answer.text
    job = gateway.describe(answer.json()["jobId"])
    assert {name: job[name] for name in JOB} == JOB
    assert job["jobDefinition"].endswith(":job-definition/sample-job:2")


def test_a_job_without_a_name_gets_one(gateway):
    answer = gateway.post(path(), "{}")
    assert (answer.status_code, answer.json()["jobName"][:4]) == (200, "job-"), answer.text


REFUSED = {
    "an unknown queue": (path(queue="no-such-queue"), json.dumps(JOB), "application/json", 400, "Batch refused the job"),
    "an unknown definition": (path(definition="no"), json.dumps(JOB), "application/json", 400, "Batch refused the job"),
    "a member beyond the model": (
        path(), json.dumps({**JOB, "containerOverrides": {}}), "application/json", 400, "Send a JSON object"),
    "no object": (path(), "[]", "application/json", 400, "Send a JSON object"),
    "another type": (path(), json.dumps(JOB), "text/plain", 415, "API Gateway refused the request"),
    "another path": ("/jobs/sample-queue", json.dumps(JOB), "application/json", 403, "API Gateway refused the request"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_it_refuses(gateway, case):
    target, body, content_type, status, title = REFUSED[case]
    before = gateway.jobs()
    answer = gateway.post(target, body, content_type)
    assert answer.status_code == status, answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["title"].startswith(title)
    assert gateway.jobs() == before


def test_the_start_lists_the_route_without_a_warning(gateway):
    lines = "".join(gateway.lines)
    assert "POST /jobs/{jobQueue}/{jobDefinition}" in lines
    assert "warning" not in lines.lower()
