"""Permissions after SAM's transform: the roles, whom they trust, and what they allow."""

import itertools
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


def allowed(stack, role="SubmitJobFunctionRole"):
    """The permissions of a role in the stack's own policies: resources by action. No action is allowed twice."""
    policies = stack.of_type("AWS::IAM::ManagedPolicy")
    actions = {}
    for name in stack.of_type("AWS::IAM::Role")[role]["ManagedPolicyArns"]:
        if name.startswith("arn:"):
            continue
        assert set(policies[name]) == {"Description", "PolicyDocument"}
        assert policies[name]["PolicyDocument"]["Version"] == "2012-10-17"
        for statement in policies[name]["PolicyDocument"]["Statement"]:
            assert set(statement) == {"Effect", "Action", "Resource"} and statement["Effect"] == "Allow"
            resource, action = statement["Resource"], statement["Action"]
            for each in action if isinstance(action, list) else [action]:
                assert each not in actions
                actions[each] = set(resource if isinstance(resource, list) else [resource])
    return actions


# What Batch's operations on jobs that exist can be restricted to. `*` is only for those that take no resource.
SUBMIT = {
    "batch:SubmitJob": {f"{BATCH}:job-queue/a-queue", f"{BATCH}:job-definition/a-job", f"{BATCH}:job-definition/a-job:*"},
    "batch:TagResource": {f"{BATCH}:job/*"}}
DESCRIBE, LIST = {"batch:DescribeJobs": {"*"}}, {"batch:ListJobs": {"*"}}
TERMINATE = {"batch:TerminateJob": {f"{BATCH}:job/*"}}
# What each operation needs. The function looks at a job before it cancels it.
FUNCTION = {"submit": SUBMIT, "read": DESCRIBE, "list": LIST, "cancel": DESCRIBE | TERMINATE}
DIRECT = {"submit": SUBMIT, "read": DESCRIBE, "list": LIST, "cancel": TERMINATE}


def needed(needs, operations):
    found = {}
    for each in operations:
        found |= needs[each]
    return found


@pytest.mark.parametrize("operations", [
    each for count in (1, 3, 4) for each in itertools.combinations(FUNCTION, count)], ids="-".join)
def test_each_role_may_do_what_its_operations_need_and_nothing_else(deploy, operations):
    given = {"JobQueues": "a-queue", "JobDefinitions": "a-job", "AllowedOperations": ",".join(operations)}
    stack = deploy(**given)
    assert allowed(stack) == needed(FUNCTION, operations)
    assert allowed(stack, "DirectRole") == needed(DIRECT, operations)
    # Without one of the integrations, nothing is left of what only it needs.
    alone = deploy(**given, RestDirectRoute="Disabled")
    assert allowed(alone) == allowed(stack)
    direct = deploy(**given, RestLambdaRoute="Disabled", HttpApiRoute="Disabled")
    assert allowed(direct, "DirectRole") == allowed(stack, "DirectRole")
    for each, role in ((alone, "SubmitJobFunctionRole"), (direct, "DirectRole")):
        attached = [name for name in each.of_type("AWS::IAM::Role")[role]["ManagedPolicyArns"] if name[:4] != "arn:"]
        assert set(each.of_type("AWS::IAM::ManagedPolicy")) == set(attached)


@pytest.mark.parametrize("operations", ["list", "submit,list", "submit,read,list,cancel", "submit"])
def test_a_list_of_ones_own_jobs_needs_their_tags(deploy, operations):
    stack = deploy(
        JobQueues="a-queue", JobDefinitions="a-job", AllowedOperations=operations, JobsSeenBy="submitter",
        SubmitterTag="submitted-by", RestDirectRoute="Disabled")
    operations = operations.split(",")
    assert allowed(stack) == needed({**FUNCTION, "list": LIST | DESCRIBE}, operations)


def test_the_function_knows_whose_job_it_is_and_who_may_see_it(deploy):
    def variables(**given):
        (function,) = deploy(**given).of_type("AWS::Lambda::Function").values()
        found = function["Environment"]["Variables"]
        return found.get("SUBMITTER_TAG"), found["JOBS_SEEN_BY"]

    assert variables() == (None, "everyone")
    assert variables(SubmitterTag="submitted-by") == ("submitted-by", "everyone")
    assert variables(SubmitterTag="cost:by/who", JobsSeenBy="submitter") == ("cost:by/who", "submitter")


@pytest.mark.parametrize("given, holds", [
    ({}, True), ({"SubmitterTag": "submitted-by"}, True),
    ({"JobsSeenBy": "submitter", "SubmitterTag": "submitted-by", "RestDirectRoute": "Disabled"}, True),
    # Nobody's job could be told from another's.
    ({"JobsSeenBy": "submitter", "RestDirectRoute": "Disabled"}, False),
    # The direct routes can't tell it.
    ({"JobsSeenBy": "submitter", "SubmitterTag": "submitted-by"}, False),
], ids=str)
def test_jobs_are_seen_by_their_submitter_only_if_every_route_can_tell_who_that_is(deploy, given, holds):
    assert deploy(**given).rules == {"AtLeastOneRoute": True, "JobsHaveSubmitters": holds}


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


def test_both_roles_have_the_same_policies_and_the_function_its_logs_and_traces(stack):
    roles = stack.of_type("AWS::IAM::Role")
    own = ["SubmitJobPolicy", "DescribeJobsPolicy", "ListJobsPolicy", "TerminateJobPolicy"]
    assert roles["DirectRole"]["ManagedPolicyArns"] == own
    # X-Ray's policy has the one wildcard that can't be narrowed.
    assert roles["SubmitJobFunctionRole"]["ManagedPolicyArns"] == [
        "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
        "arn:aws:iam::aws:policy/AWSXrayWriteOnlyAccess",
        *own,
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
    for role in ("SubmitJobFunctionRole", "DirectRole"):
        assert allowed(stack, role) == {**FUNCTION["submit"], **DESCRIBE, **LIST, **TERMINATE, "batch:SubmitJob": expected}


@pytest.mark.parametrize("role", ["SubmitJobFunctionRole", "DirectRole"])
def test_the_only_wildcards_are_revisions_the_ids_of_jobs_and_what_takes_no_resource(stack, role):
    wild = {(action, each) for action, resources in allowed(stack, role).items() for each in resources if "*" in each}
    assert wild == {
        ("batch:SubmitJob", f"{BATCH}:job-definition/a-job:*"), ("batch:TagResource", f"{BATCH}:job/*"),
        ("batch:TerminateJob", f"{BATCH}:job/*"), ("batch:DescribeJobs", "*"), ("batch:ListJobs", "*")}


def test_the_function_gets_the_same_names(deploy):
    stack = deploy(JobQueues="a,b-*", JobDefinitions="c:3,d")
    (function,) = stack.of_type("AWS::Lambda::Function").values()
    variables = function["Environment"]["Variables"]
    assert variables == {
        "ALLOWED_JOB_QUEUES": "a,b-*", "ALLOWED_JOB_DEFINITIONS": "c:3,d", "ALLOWED_MEMBERS": ",".join(function_members()),
        "ALLOWED_OPERATIONS": "submit,read,list,cancel", "JOBS_SEEN_BY": "everyone"}
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
