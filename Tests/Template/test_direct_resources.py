"""examples/direct-resources.yaml: one job queue and definition, careful mapping, and every part of one REST API."""

import json
import urllib.parse

import pytest

from cloudformation import Stack
from test_request_template import HOSTILE
from velocity import evaluate, members


@pytest.fixture(scope="session")
def example():
    return Stack("examples/direct-resources.yaml", {})


@pytest.fixture(scope="session")
def method(example):
    (method,) = example.of_type("AWS::ApiGateway::Method").values()
    return method


@pytest.fixture(scope="session")
def submit(method):
    """Evaluates the mapping template, and parses its output."""
    template = method["Integration"]["RequestTemplates"]["application/json"]

    def run(body="{}", jobQueue="a-queue", jobDefinition="a-job"):
        text, _ = evaluate(template, body, jobQueue=jobQueue, jobDefinition=jobDefinition)
        return members(text)

    return run


def test_every_part_belongs_to_the_api(example):
    parts = [each for each in example.resources.values() if each["Type"].startswith("AWS::ApiGateway::")]
    assert {each["Properties"]["RestApiId"] for each in parts if "RestApiId" in each["Properties"]} == {"Api"}
    assert len(parts) == 11


def test_the_role_may_submit_only_the_given_job(example):
    (role,) = example.of_type("AWS::IAM::Role").values()
    submit, tag = role["Policies"][0]["PolicyDocument"]["Statement"]
    batch = "arn:aws:batch:us-east-1:123456789012"
    assert tag == {"Effect": "Allow", "Action": "batch:TagResource", "Resource": f"{batch}:job/*"}
    assert submit == {"Effect": "Allow", "Action": "batch:SubmitJob", "Resource": [
        f"{batch}:job-queue/sample-queue", f"{batch}:job-definition/sample-job",
        f"{batch}:job-definition/sample-job:*"]}


def test_the_deployment_waits_for_what_it_deploys(example):
    assert set(example.resources["Deployment"]["DependsOn"]) == {
        name for name, each in example.resources.items()
        if each["Type"] in ("AWS::ApiGateway::Method", "AWS::ApiGateway::GatewayResponse")}


def test_a_body_of_another_type_never_passes_through(method):
    assert method["Integration"]["PassthroughBehavior"] == "NEVER"
    assert list(method["Integration"]["RequestTemplates"]) == ["application/json"]


def test_every_integration_response_is_declared_and_the_default_is_a_failure(method):
    declared = {each["StatusCode"]: each.get("ResponseParameters", {}) for each in method["MethodResponses"]}
    for response in method["Integration"]["IntegrationResponses"]:
        assert set(response.get("ResponseParameters", {})) <= set(declared[response["StatusCode"]])
        assert response.get("SelectionPattern", "502") == response["StatusCode"]


def test_a_job_is_mapped(submit):
    body = {
        "jobName": "a", "parameters": {"b": "c"}, "tags": {}, "dependsOn": [], "retryStrategy": {"attempts": 2},
        "timeout": {"attemptDurationSeconds": 60}, "propagateTags": True}
    assert submit(json.dumps(body)) == {**body, "jobQueue": "a-queue", "jobDefinition": "a-job"}
    assert submit() == {"jobName": "job-c6af9ac6", "jobQueue": "a-queue", "jobDefinition": "a-job"}


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_neither_a_parameter_nor_a_value_adds_a_member(submit, text):
    written = urllib.parse.quote(text, safe="")
    body = {"jobName": text, "parameters": {text: text}}
    job = submit(json.dumps({**body, "containerOverrides": {}}), jobQueue=written, jobDefinition=written)
    assert job == {**body, "jobQueue": text, "jobDefinition": text}
