"""The direct route's responses for each of Batch's statuses, and API Gateway's own responses."""

import json
import re

import pytest

from cloudformation import ROOT
from velocity import REQUEST_ID, evaluate, members

KINDS = (ROOT / "Sources/Function/JobAPI/Problem+Kind.swift").read_text()
TYPES = {case: name or case for case, name in re.findall(r'^    case (\w+)(?: = "(.+)")?$', KINDS, re.MULTILINE)}
# The function's problems: the status and the title of each type.
FUNCTION_PROBLEMS = {
    TYPES[case]: (int(status), title) for case, status, title in re.findall(r'case \.(\w+): \((\d+), "(.+)"\)', KINDS)}
MEMBERS = ["type", "title", "status", "detail", "submitted", "requestId"]
PROBLEM = "application/problem+json"
NOT_AUTHORIZED = (
    "User: arn:aws:sts::123456789012:assumed-role/DirectRole/BackplaneAssumeRoleSession is not authorized to perform: "
    "batch:SubmitJob on resource: arn:aws:batch:us-east-1:123456789012:job-queue/a-queue because no identity-based "
    "policy allows the batch:SubmitJob action")
HOSTILE = [
    'JobQueue "a" not found.', "it's", "\\", "a\nb", "Zürich", "🚲", '","submitted":"unknown', "$context", "#set($a = 1)",
    "{}", "\x00", "\u2028",
]


@pytest.fixture(scope="session")
def respond(integration):
    """Returns the status and the problem that a response from Batch becomes."""

    def run(status, body=""):
        response = integration["responses"].get(str(status), integration["responses"]["default"])
        text, context = evaluate(response["responseTemplates"]["application/json"], body)
        problem = members(text)
        assert list(problem) == MEMBERS
        assert problem["requestId"] == REQUEST_ID
        final = context["responseOverride"].get("status", int(response["statusCode"]))
        assert problem["status"] == final
        return final, problem

    return run


def message(text, name="message"):
    return json.dumps({name: text})


def test_each_meaningful_status_has_a_response(integration):
    assert set(integration["responses"]) == {"200", "400", "403", "413", "429", "default"}


@pytest.mark.parametrize("status, body, expected", [
    (400, message("no"), (400, "refused-by-batch", "no")),
    (403, message(NOT_AUTHORIZED), (403, "access-denied", "no")),
    (403, message("The security token included in the request is invalid."), (502, "function-fault", "no")),
    (403, "{}", (502, "function-fault", "no")),
    (413, message("Request Entity Too Large"), (413, "too-large", "no")),
    (429, message("Too Many Requests"), (429, "throttled", "no")),
    (201, "{}", (502, "unexpected-answer", "unknown")),
    (404, "{}", (502, "unexpected-answer", "unknown")),
    (500, "{}", (502, "unexpected-answer", "unknown")),
    (503, "{}", (502, "unexpected-answer", "unknown")),
])
def test_a_failure_stays_a_failure(respond, status, body, expected):
    final, problem = respond(status, body)
    assert (final, problem["type"], problem["submitted"]) == expected


@pytest.mark.parametrize("status", [400, 413, 429, 500])
def test_a_problem_has_the_functions_wording(respond, status):
    final, problem = respond(status, message("no") if status == 400 else "")
    assert (final, problem["title"]) == FUNCTION_PROBLEMS[problem["type"]]


def test_every_type_of_the_direct_route_is_one_of_the_functions(respond):
    for status in (400, 403, 413, 429, 500):
        for body in (message("no"), message(NOT_AUTHORIZED)):
            assert respond(status, body)[1]["type"] in FUNCTION_PROBLEMS


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_batchs_message_is_passed_on_unchanged(respond, text):
    assert respond(400, message(text))[1]["detail"] == f"Batch says: {text}"
    assert respond(403, message(f"not authorized to perform {text}"))[1]["detail"].endswith(f"perform {text}")


def test_a_message_may_have_either_of_two_names_or_be_missing(respond):
    assert respond(400, message("no", "Message"))[1]["detail"] == "Batch says: no"
    assert respond(400, "{}")[1]["detail"] == "Batch gives no reason."


@pytest.mark.parametrize("text, redacted", [
    ("User: arn:aws:iam::123456789012:user/path/a.b@c is not", "User: [redacted] is not"),
    ("arn:aws-us-gov:sts::123456789012:assumed-role/r/s+=,.@_-, and", "[redacted] and"),
    ("arn:aws:sts::1:a arn:aws-cn:iam::2:b", "[redacted] [redacted]"),
    ('"arn:aws:iam::123456789012:role/r"', '"[redacted]"'),
    ("arn:aws:batch:us-east-1:123456789012:job-queue/a", "arn:aws:batch:us-east-1:123456789012:job-queue/a"),
    ("arn:aws:iamx::1", "arn:aws:iamx::1"),
])
def test_no_identity_reaches_a_caller(respond, text, redacted):
    assert respond(400, message(text))[1]["detail"] == f"Batch says: {redacted}"
    assert "assumed-role" not in respond(403, message(NOT_AUTHORIZED))[1]["detail"]


def test_a_throttled_caller_gets_retry_after(integration):
    parameters = integration["responses"]["429"]["responseParameters"]
    assert parameters["method.response.header.Retry-After"] == "'1'"


def test_a_problem_has_its_content_type(integration):
    for status, response in integration["responses"].items():
        if status != "200":
            assert response["responseParameters"]["method.response.header.Content-Type"] == f"'{PROBLEM}'"


def test_every_mapped_header_is_declared(deploy):
    """API Gateway rejects a definition that maps a header that the method's response doesn't declare."""
    for stack in (deploy(), deploy(CorsAllowOrigin="*")):
        for operation in stack.operations("RestApi").values():
            for response in operation["x-amazon-apigateway-integration"].get("responses", {}).values():
                declared = operation["responses"][response["statusCode"]].get("headers", {})
                for name in response.get("responseParameters", {}):
                    assert name.removeprefix("method.response.header.") in declared


# ---- Gateway responses


def gateway_responses(stack):
    body = stack.resources["RestApi"]["Properties"]["Body"]
    return body["x-amazon-apigateway-gateway-responses"]


def substituted(template):
    """Substitutes variables: a gateway response's template isn't Velocity."""
    values = {"$context.error.messageString": json.dumps('It\'s "bad"'), "$context.requestId": REQUEST_ID}
    for name, value in values.items():
        template = template.replace(name, value)
    assert "$" not in template and "#" not in template
    return members(template)


@pytest.mark.parametrize("kind, status, type, submitted", [
    ("BAD_REQUEST_BODY", 400, "bad-body", "no"),
    ("UNSUPPORTED_MEDIA_TYPE", 415, "unsupported-media-type", "no"),
    ("REQUEST_TOO_LARGE", 413, "too-large", "no"),
    ("THROTTLED", 429, "throttled", "no"),
    ("MISSING_AUTHENTICATION_TOKEN", 403, "missing-authentication-token", "no"),
    ("INTEGRATION_TIMEOUT", 504, "outcome-unknown", "unknown"),
    ("INTEGRATION_FAILURE", 502, "function-fault", "unknown"),
    ("DEFAULT_4XX", None, "refused-by-gateway", "no"),
    ("DEFAULT_5XX", None, "gateway-fault", "unknown"),
])
def test_api_gateways_own_responses_are_problems_too(stack, kind, status, type, submitted):
    response = gateway_responses(stack)[kind]
    problem = substituted(response["responseTemplates"]["application/json"])
    assert response.get("statusCode") == status == problem.get("status")
    assert (problem["type"], problem["submitted"]) == (type, submitted)
    assert [name for name in MEMBERS if status or name != "status"] == list(problem)
    assert response["responseParameters"]["gatewayresponse.header.Content-Type"] == f"'{PROBLEM}'"


def test_no_gateway_response_is_untested(stack):
    assert len(gateway_responses(stack)) == 9


# ---- CORS


def every_response_parameters(stack):
    for operation in stack.operations("RestApi").values():
        for response in operation["x-amazon-apigateway-integration"].get("responses", {}).values():
            yield response.get("responseParameters", {})
    for response in gateway_responses(stack).values():
        yield response["responseParameters"]


EXPOSED = {
    ("POST", "/direct/jobs/{jobQueue}/{jobDefinition}"): ["Location"],
    ("GET", "/direct/queues/{jobQueue}/jobs/{jobId}"): ["Retry-After"],
    ("GET", "/direct/queues/{jobQueue}/jobs"): ["Link"],
    ("DELETE", "/direct/queues/{jobQueue}/jobs/{jobId}"): [],
}


def test_no_origin_is_allowed_by_default(deploy):
    stack = deploy()
    assert "CORS_ALLOW_ORIGIN" not in str(stack.resources)
    for parameters in every_response_parameters(stack):
        assert not [name for name in parameters if "Access-Control" in name]


@pytest.mark.parametrize("origin", ["*", "https://www.example.com", "http://localhost:8080"])
def test_a_given_origin_is_allowed_everywhere(deploy, origin):
    stack = deploy(CorsAllowOrigin=origin)
    (function,) = stack.of_type("AWS::Lambda::Function").values()
    assert function["Environment"]["Variables"]["CORS_ALLOW_ORIGIN"] == origin
    count = 0
    for parameters in every_response_parameters(stack):
        (name,) = [name for name in parameters if name.endswith(".header.Access-Control-Allow-Origin")]
        assert parameters[name] == f"'{origin}'"
        retry = [name for name in parameters if name.endswith(".Retry-After")]
        exposed = [value for name, value in parameters.items() if name.endswith(".Access-Control-Expose-Headers")]
        if retry:
            assert exposed == ["'Retry-After'"]
        count += 1
    assert count == 6 + 6 + 3 * 5 + 9
    # What a page may read of a success: the headers that its template sets.
    for (method, path), names in EXPOSED.items():
        response = stack.operations("RestApi")[method, path]["x-amazon-apigateway-integration"]["responses"]["200"]
        template = response["responseTemplates"]["application/json"]
        assert set(re.findall(r"responseOverride\.header\.([\w-]+)", template)) - {"Content-Type"} == set(names)
        exposed = response["responseParameters"].get("method.response.header.Access-Control-Expose-Headers", "''")
        assert exposed == f"'{', '.join(names)}'"


def test_a_preflight_response_equals_the_functions(deploy):
    # A long text is in two parts.
    words = re.sub(r'"\s*\+ "', "", (ROOT / "Sources/Function/JobAPI/CORS.swift").read_text())
    for (method, _), operation in deploy(CorsAllowOrigin="*").operations("RestApi").items():
        if method == "OPTIONS":
            parameters = operation["x-amazon-apigateway-integration"]["responses"]["default"]["responseParameters"]
            header = "method.response.header.Access-Control-"
            for name in ("Allow-Methods", "Allow-Headers", "Max-Age"):
                assert f'"{parameters[header + name][1:-1]}"' in words
