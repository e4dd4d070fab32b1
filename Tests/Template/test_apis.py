"""The two APIs after SAM: routes, integrations, who may call, how often, and what is logged."""

import re

import pytest

FUNCTION = (
    "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/SubmitJobFunction.Arn/invocations")
PARAMETERS = "{jobQueue}/{jobDefinition}"


def integration(operation):
    return operation["x-amazon-apigateway-integration"]


def submit_operations(stack):
    return [
        operation for api in ("RestApi", "HttpApi") for (method, _), operation in stack.operations(api).items()
        if method != "OPTIONS"
    ]


def test_the_routes_are_these(stack):
    assert set(stack.operations("RestApi")) == {
        ("POST", f"/lambda/jobs/{PARAMETERS}"), ("OPTIONS", f"/lambda/jobs/{PARAMETERS}"),
        ("POST", f"/direct/jobs/{PARAMETERS}"), ("OPTIONS", f"/direct/jobs/{PARAMETERS}"),
    }
    assert set(stack.operations("HttpApi")) == {("POST", f"/jobs/{PARAMETERS}"), ("OPTIONS", f"/jobs/{PARAMETERS}")}


def test_the_rest_api_calls_the_function(stack):
    lambda_ = integration(stack.operations("RestApi")["POST", f"/lambda/jobs/{PARAMETERS}"])
    assert lambda_ == {"type": "aws_proxy", "httpMethod": "POST", "uri": FUNCTION}


def test_the_rest_api_calls_batch_with_a_role_and_never_without_the_template(integration):
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


def test_the_rest_api_answers_preflight_requests_itself(stack):
    for (method, _), operation in stack.operations("RestApi").items():
        if method == "OPTIONS":
            assert integration(operation)["type"] == "mock"
            assert integration(operation)["responses"] == {"default": {"statusCode": "204"}}


def test_the_function_may_be_invoked_by_its_routes_and_by_no_other(stack):
    expected = set()
    for api in ("RestApi", "HttpApi"):
        for (method, path), operation in stack.operations(api).items():
            if integration(operation)["type"] == "aws_proxy":
                route = re.sub(r"{\w+}", "*", path)
                expected.add(f"arn:aws:execute-api:us-east-1:123456789012:{api}/*/{method}{route}")
    permissions = stack.of_type("AWS::Lambda::Permission").values()
    assert len(permissions) == 3
    assert {each["SourceArn"] for each in permissions} == expected
    for each in permissions:
        assert each["Action"] == "lambda:InvokeFunction"
        assert each["Principal"] == "apigateway.amazonaws.com"
        assert each["FunctionName"] == "SubmitJobFunction"


def test_callers_sign_unless_the_template_is_told_otherwise(deploy):
    for stack in (deploy(), deploy(Authorization="AWS_IAM")):
        assert len(submit_operations(stack)) == 3
        for operation in submit_operations(stack):
            (scheme, scopes), = operation["security"][0].items()
            assert len(operation["security"]) == 1 and scopes == []
            for api in ("RestApi", "HttpApi"):
                schemes = stack.resources[api]["Properties"]["Body"]["components"]["securitySchemes"]
                assert schemes[scheme] == {
                    "type": "apiKey", "name": "Authorization", "in": "header",
                    "x-amazon-apigateway-authtype": "awsSigv4"}


def test_nobody_signs_where_the_template_says_so(deploy):
    assert [each["security"] for each in submit_operations(deploy(Authorization="NONE"))] == [[], [], []]


def test_a_preflight_request_is_not_signed(stack):
    for api in ("RestApi", "HttpApi"):
        for (method, _), operation in stack.operations(api).items():
            if method == "OPTIONS":
                assert operation["security"] == []


def test_a_changed_parameter_reaches_the_stage(deploy):
    """A deployment is a copy of the API: its logical id must not be the same for another value of a parameter."""
    from cloudformation import read

    assert read("template.yaml")["Resources"]["RestApi"]["Properties"]["AlwaysDeploy"] is True
    (stage,) = deploy().of_type("AWS::ApiGatewayV2::Stage").values()
    assert stage["AutoDeploy"] is True


def test_both_stages_let_through_less_than_batch_takes(stack):
    (rest,) = stack.of_type("AWS::ApiGateway::Stage").values()
    (settings,) = rest["MethodSettings"]
    assert (settings["HttpMethod"], settings["ResourcePath"]) == ("*", "/*")
    (http,) = stack.of_type("AWS::ApiGatewayV2::Stage").values()
    for limits in (settings, http["DefaultRouteSettings"]):
        assert 0 < limits["ThrottlingRateLimit"] < 50
        assert 0 < limits["ThrottlingBurstLimit"] < 50


def test_there_are_no_access_logs_unless_asked_for(deploy):
    def logs(stack):
        (rest,) = stack.of_type("AWS::ApiGateway::Stage").values()
        (http,) = stack.of_type("AWS::ApiGatewayV2::Stage").values()
        return rest.get("AccessLogSetting"), http.get("AccessLogSettings"), stack.of_type("AWS::Logs::LogGroup")

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
        "FunctionName": "SubmitJobFunction",
        "FunctionArn": "SubmitJobFunction.Arn",
    }


def test_a_parameter_that_is_refused_is_refused_before_anything_is_made(deploy):
    for wrong in (
        {"Authorization": "None"}, {"AccessLogs": "true"}, {"CorsAllowOrigin": "https://a'b"},
        {"CorsAllowOrigin": "www.example.com"}, {"JobQueues": ""}, {"JobQueues": "a, b"}, {"JobQueues": "a,,b"},
        {"JobQueues": "a,b,c,d,e,f"}, {"JobDefinitions": "a,b,c,d,e,f"}, {"JobDefinitions": "a:b"},
    ):
        with pytest.raises(ValueError):
            deploy(**wrong)
