"""The two APIs after SAM's transform: routes, integrations, authorization, throttling and logs."""

import itertools
import json
import re

import pytest

FUNCTION = (
    "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/SubmitJobFunction.Arn/invocations")
PARAMETERS = "{jobQueue}/{jobDefinition}"


def integration(operation):
    return operation["x-amazon-apigateway-integration"]


# The parameters that disable each integration's routes, and each one's API and the beginning of its paths.
OFF = {"RestLambdaRoute": "Disabled", "RestDirectRoute": "Disabled", "HttpApiRoute": "Disabled"}
ROUTES = {"RestLambdaRoute": ("RestApi", "/lambda"), "RestDirectRoute": ("RestApi", "/direct"), "HttpApiRoute": ("HttpApi", "")}
# The operations: method and the rest of the path.
OPERATIONS = {
    "submit": ("POST", f"/jobs/{PARAMETERS}"), "read": ("GET", "/queues/{jobQueue}/jobs/{jobId}"),
    "list": ("GET", "/queues/{jobQueue}/jobs"), "cancel": ("DELETE", "/queues/{jobQueue}/jobs/{jobId}"),
}


def routes(stack):
    """The routes that are deployed: API, method and path."""
    apis = [*stack.of_type("AWS::ApiGateway::RestApi"), *stack.of_type("AWS::ApiGatewayV2::Api")]
    return {(api, method, path) for api in apis for method, path in stack.operations(api)}


def expected_routes(on, origin="", direct=OPERATIONS):
    """The routes of some integrations, with preflight requests if there is an origin; `direct` are the direct ones."""
    found = set()
    for name in on:
        api, prefix = ROUTES[name]
        for operation in direct if name == "RestDirectRoute" else OPERATIONS:
            method, path = OPERATIONS[operation]
            found |= {(api, each, prefix + path) for each in ([method, "OPTIONS"] if origin else [method])}
    return found


def called_operations(stack):
    return [
        operation for api in ("RestApi", "HttpApi") for (method, _), operation in stack.operations(api).items()
        if method != "OPTIONS"
    ]


@pytest.mark.parametrize("origin", ["", "*", "https://www.example.com"])
def test_all_routes_are_deployed_and_accept_preflight_requests_only_with_cors(deploy, origin):
    assert routes(deploy(CorsAllowOrigin=origin)) == expected_routes(ROUTES, origin)


@pytest.mark.parametrize("allowed", [
    each for count in (1, 3, 4) for each in itertools.combinations(reversed(OPERATIONS), count)], ids="-".join)
def test_the_direct_integration_has_routes_only_for_what_is_allowed(deploy, allowed):
    stack = deploy(AllowedOperations=",".join(allowed), CorsAllowOrigin="*")
    # The function has all routes, and refuses the rest itself.
    assert routes(stack) == expected_routes(ROUTES, "*", direct=allowed)
    (function,) = stack.of_type("AWS::Lambda::Function").values()
    assert function["Environment"]["Variables"]["ALLOWED_OPERATIONS"] == ",".join(allowed)
    assert ("DirectUrl" in stack.outputs) == ("submit" in allowed)
    assert ("DirectJobsUrl" in stack.outputs) == (allowed != ("submit",))
    # A submit refers to the job only if there is a route for it.
    if "submit" in allowed:
        submit = stack.operations("RestApi")["POST", f"/direct/jobs/{PARAMETERS}"]
        template = integration(submit)["responses"]["200"]["responseTemplates"]["application/json"]
        assert ("Location" in template) == bool({"read", "cancel"} & set(allowed))
        assert template.splitlines()[-1] == "$input.body"


@pytest.mark.parametrize("origin", ["", "*"])
@pytest.mark.parametrize("on", [
    each for count in (1, 2, 3) for each in itertools.combinations(ROUTES, count)], ids="-".join)
def test_only_the_enabled_routes_are_deployed_with_the_resources_they_need(deploy, on, origin):
    stack = deploy(**{name: value for name, value in OFF.items() if name not in on}, CorsAllowOrigin=origin)
    assert routes(stack) == expected_routes(on, origin)
    rest, http, direct = "RestLambdaRoute" in on, "HttpApiRoute" in on, "RestDirectRoute" in on
    assert len(stack.of_type("AWS::ApiGateway::RestApi")) == len(stack.of_type("AWS::ApiGateway::Stage")) == (rest or direct)
    assert len(stack.of_type("AWS::ApiGatewayV2::Api")) == len(stack.of_type("AWS::ApiGatewayV2::Stage")) == http
    functions = rest or http
    assert len(stack.of_type("AWS::Lambda::Function")) == len(stack.of_type("AWS::Logs::LogGroup")) == functions
    assert len(stack.of_type("AWS::Lambda::EventInvokeConfig")) == functions
    assert set(stack.of_type("AWS::IAM::Role")) == {
        name for name, there in (("DirectRole", direct), ("SubmitJobFunctionRole", functions)) if there}
    permitted = {each["SourceArn"].partition("/*/")[2] for each in stack.of_type("AWS::Lambda::Permission").values()}
    jobs = ["POST/{}jobs/*/*", "GET/{}queues/*/jobs/*", "GET/{}queues/*/jobs", "DELETE/{}queues/*/jobs/*"]
    preflights = ["OPTIONS/jobs/*/*", "OPTIONS/queues/*/jobs/*", "OPTIONS/queues/*/jobs"]
    assert permitted == {
        *(each.format("lambda/") for each in jobs if rest), *(each.format("") for each in jobs if http),
        *(each for each in preflights if http and origin)}
    assert set(stack.outputs) == {name for name, there in (
        ("LambdaUrl", rest), ("DirectUrl", direct), ("HttpApiUrl", http), ("LambdaJobsUrl", rest),
        ("DirectJobsUrl", direct), ("HttpApiJobsUrl", http), ("FunctionName", functions),
        ("FunctionArn", functions), ("FunctionLogGroupName", functions)) if there}
    assert all(stack.rules.values())
    # API Gateway's response for an unknown route names the existing routes.
    if rest or direct:
        responses = stack.resources["RestApi"]["Properties"]["Body"]["x-amazon-apigateway-gateway-responses"]
        text = json.loads(responses["MISSING_AUTHENTICATION_TOKEN"]["responseTemplates"]["application/json"])["detail"]
        named = re.findall(r"([A-Z]+) (?:or ([A-Z]+) )?(/[^ ,.]+)", text)
        assert {("RestApi", method, path) for *methods, path in named for method in methods if method} == {
            each for each in expected_routes(on) if each[0] == "RestApi"}


def test_a_stack_without_a_route_is_rejected(deploy):
    assert deploy(**OFF).rules["AtLeastOneRoute"] is False


def test_the_rest_api_calls_the_function(stack):
    lambda_ = integration(stack.operations("RestApi")["POST", f"/lambda/jobs/{PARAMETERS}"])
    assert lambda_ == {"type": "aws_proxy", "httpMethod": "POST", "uri": FUNCTION}


def test_the_rest_api_calls_batch_with_a_role_and_never_without_the_mapping_template(integration):
    assert integration["type"] == "aws"
    assert integration["httpMethod"] == "POST"
    assert integration["uri"] == "arn:aws:apigateway:us-east-1:batch:path/v1/submitjob"
    assert integration["credentials"] == "DirectRole.Arn"
    assert integration["passthroughBehavior"] == "never"
    assert list(integration["requestTemplates"]) == ["application/json"]
    assert "requestParameters" not in integration


def test_the_direct_route_validates_body_and_parameters(stack, direct):
    body = stack.resources["RestApi"]["Properties"]["Body"]
    validator = body["x-amazon-apigateway-request-validators"][direct["x-amazon-apigateway-request-validator"]]
    assert validator == {"validateRequestBody": True, "validateRequestParameters": True}
    assert direct["requestBody"] == {
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/SubmitJob"}}}}
    assert [(each["name"], each["in"], each["required"]) for each in direct["parameters"]] == [
        ("jobQueue", "path", True), ("jobDefinition", "path", True)]


def test_the_http_api_calls_the_function_with_payload_2_0(stack):
    for operation in stack.operations("HttpApi").values():
        assert integration(operation) == {
            "type": "aws_proxy", "httpMethod": "POST", "uri": FUNCTION, "payloadFormatVersion": "2.0"}


def test_the_rest_api_responds_to_preflight_requests_itself(deploy):
    preflights = [
        integration(operation) for (method, _), operation in deploy(CorsAllowOrigin="*").operations("RestApi").items()
        if method == "OPTIONS"]
    assert len(preflights) == 6
    for each in preflights:
        assert each["type"] == "mock"
        assert each["responses"]["default"]["statusCode"] == "204"


@pytest.mark.parametrize("origin, count", [("", 8), ("*", 11)])
def test_only_its_routes_may_invoke_the_function(deploy, origin, count):
    stack = deploy(CorsAllowOrigin=origin)
    expected = set()
    for api in ("RestApi", "HttpApi"):
        for (method, path), operation in stack.operations(api).items():
            if integration(operation)["type"] == "aws_proxy":
                route = re.sub(r"{\w+}", "*", path)
                expected.add(f"arn:aws:execute-api:us-east-1:123456789012:{api}/*/{method}{route}")
    permissions = stack.of_type("AWS::Lambda::Permission").values()
    assert len(permissions) == count
    assert {each["SourceArn"] for each in permissions} == expected
    for each in permissions:
        assert each["Action"] == "lambda:InvokeFunction"
        assert each["Principal"] == "apigateway.amazonaws.com"
        assert each["FunctionName"] == "SubmitJobFunction"


def test_callers_sign_by_default(deploy):
    for stack in (deploy(), deploy(Authorization="AWS_IAM")):
        assert len(called_operations(stack)) == 12
        for operation in called_operations(stack):
            (scheme, scopes), = operation["security"][0].items()
            assert len(operation["security"]) == 1 and scopes == []
            for api in ("RestApi", "HttpApi"):
                schemes = stack.resources[api]["Properties"]["Body"]["components"]["securitySchemes"]
                assert schemes[scheme] == {
                    "type": "apiKey", "name": "Authorization", "in": "header",
                    "x-amazon-apigateway-authtype": "awsSigv4"}


def test_without_authorization_callers_do_not_sign(deploy):
    assert [each["security"] for each in called_operations(deploy(Authorization="NONE"))] == [[]] * 12


def test_a_preflight_request_is_not_signed(deploy):
    stack = deploy(CorsAllowOrigin="*")
    for api in ("RestApi", "HttpApi"):
        for (method, _), operation in stack.operations(api).items():
            if method == "OPTIONS":
                assert operation["security"] == []


def test_a_changed_parameter_reaches_the_stage(deploy):
    """A deployment is a snapshot of the API, so its logical id must change with the value of a parameter."""
    from cloudformation import read

    assert read("template.yaml")["Resources"]["RestApi"]["Properties"]["AlwaysDeploy"] is True
    (stage,) = deploy().of_type("AWS::ApiGatewayV2::Stage").values()
    assert stage["AutoDeploy"] is True


@pytest.mark.parametrize("rate", [None, "1", "49"])
def test_each_route_is_limited_to_its_share_of_batchs_rate(deploy, rate):
    # A stage's settings apply to each of its routes.
    stack = deploy(**({"RequestsPerSecond": rate} if rate else {}))
    (rest,) = stack.of_type("AWS::ApiGateway::Stage").values()
    (settings,) = rest["MethodSettings"]
    assert (settings["HttpMethod"], settings["ResourcePath"]) == ("*", "/*")
    (http,) = stack.of_type("AWS::ApiGatewayV2::Stage").values()
    for limits in (settings, http["DefaultRouteSettings"]):
        assert limits["ThrottlingRateLimit"] == limits["ThrottlingBurstLimit"] == (rate or "16")
    # Batch's rate is that of SubmitJob.
    assert len([each for each in routes(stack) if each[1] == "POST"]) * 16 < 50


def test_there_are_no_access_logs_by_default(deploy):
    def logs(stack):
        (rest,) = stack.of_type("AWS::ApiGateway::Stage").values()
        (http,) = stack.of_type("AWS::ApiGatewayV2::Stage").values()
        groups = stack.of_type("AWS::Logs::LogGroup")
        groups.pop("FunctionLogGroup")
        return rest.get("AccessLogSetting"), http.get("AccessLogSettings"), groups

    assert logs(deploy()) == (None, None, {})
    rest, http, groups = logs(deploy(AccessLogs="Enabled"))
    assert rest["DestinationArn"] == http["DestinationArn"] == "AccessLogGroup.Arn"
    assert list(groups) == ["AccessLogGroup"]
    for settings in (rest, http):
        assert "\n" not in settings["Format"]


def test_the_rest_api_is_regional(stack):
    api = stack.resources["RestApi"]["Properties"]
    assert api["EndpointConfiguration"] == {"Types": ["REGIONAL"]}


def test_the_outputs_have_the_urls(stack):
    rest = "https://RestApi.execute-api.us-east-1.amazonaws.com/v1"
    assert stack.outputs == {
        "LambdaUrl": f"{rest}/lambda/jobs/{PARAMETERS}",
        "DirectUrl": f"{rest}/direct/jobs/{PARAMETERS}",
        "HttpApiUrl": f"https://HttpApi.execute-api.us-east-1.amazonaws.com/jobs/{PARAMETERS}",
        "LambdaJobsUrl": f"{rest}/lambda/queues/{{jobQueue}}/jobs",
        "DirectJobsUrl": f"{rest}/direct/queues/{{jobQueue}}/jobs",
        "HttpApiJobsUrl": "https://HttpApi.execute-api.us-east-1.amazonaws.com/queues/{jobQueue}/jobs",
        "FunctionName": "SubmitJobFunction",
        "FunctionArn": "SubmitJobFunction.Arn",
        "FunctionLogGroupName": "FunctionLogGroup",
    }


def test_an_invalid_parameter_is_rejected(deploy):
    for wrong in (
        {"Authorization": "None"}, {"AccessLogs": "true"}, {"CorsAllowOrigin": "https://a'b"},
        {"CorsAllowOrigin": "www.example.com"}, {"JobQueues": ""}, {"JobQueues": "a, b"}, {"JobQueues": "a,,b"},
        {"JobQueues": "a,b,c,d,e,f"}, {"JobDefinitions": "a,b,c,d,e,f"}, {"JobDefinitions": "a:b"},
        {"AllowedMembers": ""}, {"AllowedMembers": "containerOverride"}, {"AllowedMembers": "jobName,"},
        {"AllowedMembers": ",jobName"}, {"AllowedMembers": "jobName, tags"}, {"AllowedMembers": "jobQueue"},
        {"AllowedMembers": "JobName"}, {"AllowedMembers": "+"}, {"AllowedMembers": "+jobQueue"},
        {"AllowedMembers": "jobName,+JOBDEFINITION"}, {"AllowedMembers": "+jobqueue,tags"}, {"RestLambdaRoute": "no"}, {"HttpApiRoute": ""},
        {"RestDirectRoute": "true"}, {"RequestsPerSecond": "50"}, {"RequestsPerSecond": "0"}, {"LogRetentionDays": "2"},
        {"LogRetentionDays": "0"}, {"AllowedOperations": ""}, {"AllowedOperations": "submit,"},
        {"AllowedOperations": "submit, read"}, {"AllowedOperations": "Submit"}, {"AllowedOperations": "delete"},
        {"AllowedOperations": "submit,read,list,cancel,submit"}, {"JobsSeenBy": ""}, {"JobsSeenBy": "all"},
        {"SubmitterTag": "aws:a"}, {"SubmitterTag": "AWS:a"}, {"SubmitterTag": "apigw-batch:a"}, {"SubmitterTag": "a b"},
        {"SubmitterTag": "a" * 129}, {"SubmitterTag": "Zürich"}, {"SubmitterTag": "a,b"},
    ):
        with pytest.raises(ValueError):
            deploy(**wrong)
