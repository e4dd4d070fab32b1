"""Permissions after SAM's transform: the roles, whom they trust, and what they allow."""

import re

import botocore.session
import pytest

from cloudformation import read
from test_model import function_members

BATCH = "arn:aws:batch:us-east-1:123456789012"
RESOURCES = {
    "AWS::ApiGateway::Deployment", "AWS::ApiGateway::RestApi", "AWS::ApiGateway::Stage", "AWS::ApiGatewayV2::Api",
    "AWS::ApiGatewayV2::Stage", "AWS::IAM::ManagedPolicy", "AWS::IAM::Role", "AWS::Lambda::Function",
    "AWS::Lambda::EventInvokeConfig", "AWS::Lambda::Permission", "AWS::Logs::LogGroup",
}


def trusted(role):
    (statement,) = role["AssumeRolePolicyDocument"]["Statement"]
    assert statement["Effect"] == "Allow"
    assert statement["Action"] in ("sts:AssumeRole", ["sts:AssumeRole"])
    service = statement["Principal"]["Service"]
    assert {"Effect", "Action", "Principal"} <= set(statement) <= {"Effect", "Action", "Principal", "Condition"}
    assert set(statement["Principal"]) == {"Service"}
    return service if isinstance(service, str) else service[0] if len(service) == 1 else service


def allowed(stack):
    """The permissions in the stack's single policy: resources by action."""
    (policy,) = stack.of_type("AWS::IAM::ManagedPolicy").values()
    assert set(policy) == {"Description", "PolicyDocument"}
    actions = {}
    for statement in policy["PolicyDocument"]["Statement"]:
        assert set(statement) == {"Effect", "Action", "Resource"} and statement["Effect"] == "Allow"
        resource = statement["Resource"]
        actions[statement["Action"]] = set(resource if isinstance(resource, list) else [resource])
    return actions


def test_the_stack_has_no_other_resources(deploy):
    assert {each["Type"] for each in deploy().resources.values()} == RESOURCES
    every = deploy(AccessLogs="Enabled", CorsAllowOrigin="*", Authorization="NONE")
    assert {each["Type"] for each in every.resources.values()} == RESOURCES


def test_api_gateway_has_one_role_and_lambda_the_other(stack):
    roles = stack.of_type("AWS::IAM::Role")
    assert {name: trusted(role) for name, role in roles.items()} == {
        "DirectRole": "apigateway.amazonaws.com", "SubmitJobFunctionRole": "lambda.amazonaws.com"}
    (function,) = stack.of_type("AWS::Lambda::Function").values()
    assert function["Role"] == "SubmitJobFunctionRole.Arn"


def test_only_apis_of_this_account_may_use_api_gateways_role(stack):
    (statement,) = stack.resources["DirectRole"]["Properties"]["AssumeRolePolicyDocument"]["Statement"]
    assert statement["Condition"] == {"StringEquals": {"aws:SourceAccount": "123456789012"}}


def test_both_roles_allow_the_same_and_the_function_its_logs_and_traces(stack):
    roles = stack.of_type("AWS::IAM::Role")
    assert roles["DirectRole"]["ManagedPolicyArns"] == ["SubmitJobPolicy"]
    # X-Ray's policy has the one wildcard that can't be narrowed.
    assert roles["SubmitJobFunctionRole"]["ManagedPolicyArns"] == [
        "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
        "arn:aws:iam::aws:policy/AWSXrayWriteOnlyAccess",
        "SubmitJobPolicy",
    ]
    for role in roles.values():
        assert "Policies" not in role


@pytest.mark.parametrize("count", range(1, 6))
def test_only_the_given_names_are_allowed(deploy, count):
    queues = [f"queue-{number}" for number in range(count)]
    jobs = [f"job-{number}" for number in range(count)]
    stack = deploy(JobQueues=",".join(queues), JobDefinitions=",".join(jobs))
    expected = {f"{BATCH}:job-queue/{name}" for name in queues}
    for name in jobs:
        expected |= {f"{BATCH}:job-definition/{name}", f"{BATCH}:job-definition/{name}:*"}
    assert allowed(stack) == {"batch:SubmitJob": expected, "batch:TagResource": {f"{BATCH}:job/*"}}


def test_the_only_wildcards_are_revisions_and_the_ids_of_jobs(stack):
    wild = {each for resources in allowed(stack).values() for each in resources if "*" in each}
    assert wild == {f"{BATCH}:job-definition/a-job:*", f"{BATCH}:job/*"}


def test_the_function_gets_the_same_names(deploy):
    stack = deploy(JobQueues="a,b-*", JobDefinitions="c:3,d")
    (function,) = stack.of_type("AWS::Lambda::Function").values()
    variables = function["Environment"]["Variables"]
    assert variables == {
        "ALLOWED_JOB_QUEUES": "a,b-*", "ALLOWED_JOB_DEFINITIONS": "c:3,d", "ALLOWED_MEMBERS": ",".join(function_members())}
    assert f"{BATCH}:job-queue/b-*" in allowed(stack)["batch:SubmitJob"]
    assert f"{BATCH}:job-definition/c:3" in allowed(stack)["batch:SubmitJob"]


def test_the_function_is_as_small_as_it_can_be(deploy):
    (function,) = deploy(LogLevel="DEBUG", Architecture="arm64").of_type("AWS::Lambda::Function").values()
    assert (function["Runtime"], function["Handler"]) == ("provided.al2023", "bootstrap")
    assert (function["MemorySize"], function["Timeout"]) == (128, 10)
    assert function["Architectures"] == ["arm64"]
    assert function["LoggingConfig"] == {
        "LogFormat": "JSON", "ApplicationLogLevel": "DEBUG", "LogGroup": "FunctionLogGroup"}
    assert function["TracingConfig"] == {"Mode": "Active"}


@pytest.mark.parametrize("members", ["*", "containerOverrides", "jobName,+newMember", "shareIdentifier,*", "+jobQueues,+jobDefinitionX"])
def test_the_members_affect_the_function_but_not_the_direct_routes_model(deploy, stack, members):
    other = deploy(AllowedMembers=members)
    (function,) = other.of_type("AWS::Lambda::Function").values()
    assert function["Environment"]["Variables"]["ALLOWED_MEMBERS"] == members
    models = [each.resources["RestApi"]["Properties"]["Body"]["components"]["schemas"] for each in (stack, other)]
    assert models[0] == models[1]


def test_the_members_that_can_be_allowed_are_submitjobs():
    # The members in AWS's own model, except those that the path decides.
    shape = botocore.session.get_session().get_service_model("batch").operation_model("SubmitJob").input_shape
    pattern = read("template.yaml")["Parameters"]["AllowedMembers"]["AllowedPattern"]
    named = set(re.findall(r"\|(\w+)(?=[|)])", pattern)) - {""}
    assert named == set(shape.members) - {"jobQueue", "jobDefinition"}
    assert set(function_members()) <= named


def test_no_variable_of_the_function_is_empty(deploy):
    """An empty list is an init error."""
    for stack in (deploy(), deploy(CorsAllowOrigin="*", AllowedMembers="*", Idempotency="Optional")):
        (function,) = stack.of_type("AWS::Lambda::Function").values()
        assert all(function["Environment"]["Variables"].values())


@pytest.mark.parametrize("days", [None, "1", "3653"])
def test_logs_are_kept_for_as_long_as_the_parameter_says(deploy, days):
    given = {"AccessLogs": "Enabled", **({"LogRetentionDays": days} if days else {})}
    groups = deploy(**given).of_type("AWS::Logs::LogGroup")
    assert set(groups) == {"FunctionLogGroup", "AccessLogGroup"}
    assert {each["RetentionInDays"] for each in groups.values()} == {days or "30"}


def test_an_asynchronous_event_is_not_retried(stack):
    (config,) = stack.of_type("AWS::Lambda::EventInvokeConfig").values()
    assert (config["FunctionName"], config["Qualifier"]) == ("SubmitJobFunction", "$LATEST")
    assert config["MaximumRetryAttempts"] == 0


def test_sam_builds_the_function_with_the_makefile_builder():
    function = read("template.yaml")["Resources"]["SubmitJobFunction"]
    assert function["Metadata"] == {"BuildMethod": "makefile"}
    assert function["Properties"]["CodeUri"] == "."
