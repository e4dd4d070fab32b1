"""The model of the direct route's body accepts exactly what the function accepts by default."""

import re

import jsonschema
import pytest

from cloudformation import ROOT

POLICY = (ROOT / "Sources/Function/JobAPI/Policy.swift").read_text()


@pytest.fixture(scope="session")
def model(stack):
    body = stack.resources["RestApi"]["Properties"]["Body"]
    return body["components"]["schemas"]["SubmitJob"]


@pytest.fixture(scope="session")
def accepts(model):
    jsonschema.Draft4Validator.check_schema(model)
    return jsonschema.Draft4Validator(model).is_valid


def function_members():
    (text,) = re.findall(r"defaultMembers = \[(.*?)\]", POLICY, re.S)
    return re.findall(r'"(\w+)"', text)


def test_the_model_and_the_texts_have_the_functions_default_members(stack, model, integration):
    members = function_members()
    assert len(members) == 7
    assert set(model["properties"]) == set(members)
    template = integration["requestTemplates"]["application/json"]
    (passed_on,) = re.findall(r"#foreach\(\$name in \[(.*?)\]\)", template)
    assert ["jobName"] + re.findall(r"'(\w+)'", passed_on) == members
    body = stack.resources["RestApi"]["Properties"]["Body"]
    problem = body["x-amazon-apigateway-gateway-responses"]["BAD_REQUEST_BODY"]["responseTemplates"]["application/json"]
    listed = re.search(r"may be (.*?), with", problem)[1]
    assert re.split(", | and ", listed) == members


@pytest.mark.parametrize("body", [
    {},
    {"jobName": "a"}, {"jobName": "9_a-" + "b" * 124},
    {"parameters": {"a": "b", "": ""}},
    {"dependsOn": []}, {"dependsOn": [{"jobId": "a", "type": "N_TO_N"}, {"type": "SEQUENTIAL"}]},
    {"retryStrategy": {"attempts": 10, "evaluateOnExit": [{"onExitCode": "1*", "action": "exit"}]}},
    {"timeout": {"attemptDurationSeconds": 60}},
    {"tags": {"a": "b" * 256}}, {"propagateTags": False},
], ids=str)
def test_valid_bodies_are_accepted(accepts, body):
    assert accepts(body)


@pytest.mark.parametrize("body", [
    [], None, "a", 1,
    {"jobQueue": "a"}, {"jobDefinition": "a"}, {"containerOverrides": {}}, {"arrayProperties": {"size": 2}},
    {"nodeOverrides": {}}, {"JobName": "a"}, {"": 1}, {"shareIdentifier": "a"},
    {"jobName": ""}, {"jobName": "-a"}, {"jobName": "a b"}, {"jobName": "a" * 129}, {"jobName": None}, {"jobName": 1},
    {"jobName": 'a"'}, {"jobName": {}},
    {"parameters": {"a": 1}}, {"parameters": []}, {"parameters": None},
    {"dependsOn": {}}, {"dependsOn": ["a"]}, {"dependsOn": [{"type": "ANY"}]},
    {"retryStrategy": {"attempts": 0}}, {"retryStrategy": {"attempts": 11}}, {"retryStrategy": {"attempts": "1"}},
    {"timeout": {"attemptDurationSeconds": 59}}, {"timeout": 60},
    {"tags": {"a": "b" * 257}}, {"tags": {"a": None}}, {"tags": {"apigw-batch:request": "a"}}, {"propagateTags": "true"},
], ids=str)
def test_other_bodies_are_rejected(accepts, body):
    assert not accepts(body)


def test_a_caller_can_not_say_who_submitted_a_job(deploy, accepts):
    stack = deploy(SubmitterTag="submitted-by")
    model = stack.resources["RestApi"]["Properties"]["Body"]["components"]["schemas"]["SubmitJob"]
    jsonschema.Draft4Validator.check_schema(model)
    validator = jsonschema.Draft4Validator(model)
    for tags in ({"submitted-by": "ann"}, {"team": "a", "submitted-by": ""}):
        assert not validator.is_valid({"tags": tags})
        assert accepts({"tags": tags})
    for tags in ({}, {"team": "a"}):
        assert validator.is_valid({"tags": tags})
    assert not validator.is_valid({"tags": {"a": 1}})


def test_the_model_has_no_keywords_that_api_gateway_ignores(model):
    def keys(value):
        if isinstance(value, dict):
            for name, each in value.items():
                yield name
                yield from keys(each)

    assert not {"minProperties", "maxProperties", "minItems", "maxItems", "exclusiveMinimum", "oneOf"} & set(keys(model))
