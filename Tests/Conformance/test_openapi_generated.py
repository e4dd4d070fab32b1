"""docs/openapi.yaml and `apigw-batch serve` in requests that schemathesis generates, valid and invalid, one by one and
along the document's links. schemathesis.toml explains each check that can't hold."""

import copy
import json
import os
import subprocess
import sys
import tomllib

import pytest

from contract import DOCUMENT, ROOT, operations
from gateway import Gateway
from time_limits import at_most

CONFIGURATION = ROOT / "Tests/Conformance/schemathesis.toml"
URL_TEMPLATE = f"""
Transform: AWS::Serverless-2016-10-31
Resources:
  Jobs:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: provided.al2023
      Handler: bootstrap
      CodeUri: {ROOT}
      FunctionUrlConfig: {{AuthType: NONE}}
      Environment: {{Variables: {{CORS_ALLOW_ORIGIN: '*', IDEMPOTENCY_TABLE: keys, IDEMPOTENCY_KEY: optional}}}}
"""


def served(*arguments):
    gateway = Gateway("--run-for", "200ms", "--queue", "other-queue", *arguments)
    yield gateway
    assert gateway.close() == 0


@pytest.fixture(scope="module")
def gateway():
    yield from served("--parameter-overrides", "CorsAllowOrigin=*")


@pytest.fixture(scope="module")
def function_url(tmp_path_factory):
    template = tmp_path_factory.mktemp("function-url") / "template.yaml"
    template.write_text(URL_TEMPLATE)
    yield from served("--template", str(template))


def known():
    """The document with the names and the members that these gateways know, which a schema of any gateway can't have.
    What only an earlier response has, a page's token, and what only arrays have, a dependency's type, is left out."""
    document = copy.deepcopy(DOCUMENT)
    schemas = document["components"]["schemas"]
    for base in ("", "/direct"):
        submit, jobs = (document["paths"][base + path] for path in (
            "/jobs/{jobQueue}/{jobDefinition}", "/queues/{jobQueue}/jobs"))
        for path, name, values in ((submit, "jobQueue", ["sample-queue", "other-queue"]),
                                   (jobs, "jobQueue", ["sample-queue", "other-queue"]),
                                   (submit, "jobDefinition", ["sample-job", "sample-job:3"])):
            index = path["parameters"].index({"$ref": f"#/components/parameters/{name}"})
            path["parameters"][index] = {"name": name, "in": "path", "required": True, "schema": {"enum": values}}
        jobs["get"]["parameters"].remove({"$ref": "#/components/parameters/nextToken"})
    members = schemas["SubmitJob"]["properties"]
    schemas["SubmitJob"]["properties"] = {name: members[name] for name in schemas["DirectSubmitJob"]["properties"]}
    schemas["Dependency"] = {"type": "object", "required": ["jobId"], "properties": {"jobId": {"type": "string"}}}
    return document


def schemathesis(document, url, folder, *options):
    """Runs schemathesis. Gives its exit status and its report."""
    file = folder / "openapi.json"
    file.write_text(json.dumps(document))
    command = [sys.executable, "-m", "schemathesis.cli", "--config-file", str(CONFIGURATION), "run", str(file),
               "--url", url, *options]
    environment = {**os.environ, "PYTHONPATH": str(CONFIGURATION.parent)}
    result = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=at_most(300))
    return result.returncode, result.stdout + result.stderr


@pytest.mark.parametrize("base, tag", [("/lambda", "function"), ("", "function"), ("", "direct")])
def test_generated_requests_get_documented_responses(gateway, tmp_path, base, tag):
    status, report = schemathesis(known(), gateway.url + base, tmp_path, "--include-tag", tag)
    assert status == 0, report


def test_a_function_url_responds_to_generated_requests_as_documented(function_url, tmp_path):
    host = f"jobs.lambda-url.localhost:{function_url.url.rpartition(':')[2]}"
    status, report = schemathesis(
        known(), function_url.url, tmp_path, "--include-tag", "function", "--header", f"Host: {host}")
    assert status == 0, report


def test_a_response_that_is_not_documented_is_found(gateway, tmp_path):
    document = copy.deepcopy(DOCUMENT)
    responses = document["paths"]["/queues/{jobQueue}/jobs/{jobId}"]["get"]["responses"]
    del responses["404"], responses["4XX"]
    options = ["--include-operation-id", "readJob", "--phases", "examples"]
    status, report = schemathesis(document, gateway.url, tmp_path, *options)
    assert status == 1 and "Undocumented status code" in report, report
    assert schemathesis(DOCUMENT, gateway.url, tmp_path, *options)[0] == 0


def test_each_exception_is_of_operations_that_exist():
    ids = {operation["operationId"] for _, _, operation in operations()}
    for exception in tomllib.loads(CONFIGURATION.read_text()).get("operations", []):
        assert set(exception["include-operation-id"]) <= ids
