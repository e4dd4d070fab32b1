"""examples/direct-minimal.yaml: the integration as in the tutorial, with everything left at its default."""

import json

import pytest

from cloudformation import Stack
from velocity import evaluate


@pytest.fixture(scope="session")
def example():
    return Stack("examples/direct-minimal.yaml", {})


def test_each_path_has_get_and_post(example):
    assert set(example.operations("Api")) == {
        (method, path) for method in ("GET", "POST") for path in ("/job", "/jobs/{jobQueue}/{jobDefinition}")}


def test_the_integration_is_left_at_its_defaults(example):
    for operation in example.operations("Api").values():
        integration = operation["x-amazon-apigateway-integration"]
        assert set(integration) == {"type", "httpMethod", "uri", "credentials", "requestTemplates", "responses"}
        assert integration["type"] == "aws"
        assert integration["httpMethod"] == "POST"
        assert integration["uri"] == "arn:aws:apigateway:us-east-1:batch:path//v1/submitjob"
        assert integration["credentials"] == "BatchFromAPIGWRole.Arn"
        assert list(integration["requestTemplates"]) == ["application/json"]
        assert integration["responses"] == {"default": {"statusCode": "200"}}
        assert not {"security", "x-amazon-apigateway-request-validator"} & set(operation)


def test_the_mapping_templates_submit_a_job_that_the_embedded_batch_knows(example):
    for (_, path), operation in example.operations("Api").items():
        template = operation["x-amazon-apigateway-integration"]["requestTemplates"]["application/json"]
        text, _ = evaluate(template, jobQueue="sample-queue", jobDefinition="sample-job")
        assert json.loads(text) == {
            "jobName": "from-api-gateway", "jobQueue": "sample-queue", "jobDefinition": "sample-job"}
        assert ("$" in template) == (path != "/job")
