"""Who may do what, after SAM: the roles, what they trust, and what they allow."""

import pytest

BATCH = "arn:aws:batch:us-east-1:123456789012"
RESOURCES = {
    "AWS::ApiGateway::Deployment", "AWS::ApiGateway::RestApi", "AWS::ApiGateway::Stage", "AWS::ApiGatewayV2::Api",
    "AWS::ApiGatewayV2::Stage", "AWS::IAM::ManagedPolicy", "AWS::IAM::Role", "AWS::Lambda::Function",
    "AWS::Lambda::Permission",
}


def trusted(role):
    (statement,) = role["AssumeRolePolicyDocument"]["Statement"]
    assert statement["Effect"] == "Allow"
    assert statement["Action"] in ("sts:AssumeRole", ["sts:AssumeRole"])
    service = statement["Principal"]["Service"]
    assert set(statement) == {"Effect", "Action", "Principal"} and set(statement["Principal"]) == {"Service"}
    return service if isinstance(service, str) else service[0] if len(service) == 1 else service


def allowed(stack):
    """What the stack's one policy allows: resources by action."""
    (policy,) = stack.of_type("AWS::IAM::ManagedPolicy").values()
    assert set(policy) == {"Description", "PolicyDocument"}
    actions = {}
    for statement in policy["PolicyDocument"]["Statement"]:
        assert set(statement) == {"Effect", "Action", "Resource"} and statement["Effect"] == "Allow"
        resource = statement["Resource"]
        actions[statement["Action"]] = set(resource if isinstance(resource, list) else [resource])
    return actions


def test_the_stack_has_nothing_else(deploy):
    assert {each["Type"] for each in deploy().resources.values()} == RESOURCES
    every = deploy(AccessLogs="Enabled", CorsAllowOrigin="*", Authorization="NONE")
    assert {each["Type"] for each in every.resources.values()} == RESOURCES | {"AWS::Logs::LogGroup"}


def test_api_gateway_has_one_role_and_lambda_the_other(stack):
    roles = stack.of_type("AWS::IAM::Role")
    assert {name: trusted(role) for name, role in roles.items()} == {
        "DirectRole": "apigateway.amazonaws.com", "SubmitJobFunctionRole": "lambda.amazonaws.com"}
    (function,) = stack.of_type("AWS::Lambda::Function").values()
    assert function["Role"] == "SubmitJobFunctionRole.Arn"


def test_both_roles_allow_the_same_and_the_function_its_logs_and_traces(stack):
    roles = stack.of_type("AWS::IAM::Role")
    assert roles["DirectRole"]["ManagedPolicyArns"] == ["SubmitJobPolicy"]
    # X-Ray's policy has the one wildcard that can't be had narrower.
    assert roles["SubmitJobFunctionRole"]["ManagedPolicyArns"] == [
        "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
        "arn:aws:iam::aws:policy/AWSXrayWriteOnlyAccess",
        "SubmitJobPolicy",
    ]
    for role in roles.values():
        assert "Policies" not in role


@pytest.mark.parametrize("count", range(1, 6))
def test_each_name_is_allowed_and_no_other(deploy, count):
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


def test_the_function_is_told_the_same_names(deploy):
    stack = deploy(JobQueues="a,b-*", JobDefinitions="c:3,d")
    (function,) = stack.of_type("AWS::Lambda::Function").values()
    variables = function["Environment"]["Variables"]
    assert variables == {"ALLOWED_JOB_QUEUES": "a,b-*", "ALLOWED_JOB_DEFINITIONS": "c:3,d"}
    assert f"{BATCH}:job-queue/b-*" in allowed(stack)["batch:SubmitJob"]
    assert f"{BATCH}:job-definition/c:3" in allowed(stack)["batch:SubmitJob"]


def test_the_function_is_as_small_as_it_can_be(deploy):
    (function,) = deploy(LogLevel="DEBUG", Architecture="arm64").of_type("AWS::Lambda::Function").values()
    assert (function["Runtime"], function["Handler"]) == ("provided.al2023", "bootstrap")
    assert (function["MemorySize"], function["Timeout"]) == (128, 10)
    assert function["Architectures"] == ["arm64"]
    assert function["LoggingConfig"] == {"LogFormat": "JSON", "ApplicationLogLevel": "DEBUG"}
    assert function["TracingConfig"] == {"Mode": "Active"}


def test_the_function_is_sams_to_build_with_the_makefile_builder():
    from cloudformation import read

    function = read("template.yaml")["Resources"]["SubmitJobFunction"]
    assert function["Metadata"] == {"BuildMethod": "makefile"}
    assert function["Properties"]["CodeUri"] == "."
