"""A stand-in for AWS: moto, behind a server that records each call and adds what moto lacks.

moto supports neither SAM's transform, which CloudFormation runs, nor OpenAPI bodies. So SAM templates are transformed
on their way to it, and the parts of an API that it would reject without a body are left out.
"""

import http.client
import http.server
import json
import os
import pathlib
import re
import subprocess
import sys
import threading
import urllib.parse
import xml.sax.saxutils

import boto3

REGION = "us-east-1"
# SAM's transform requires a region.
os.environ["AWS_DEFAULT_REGION"] = REGION

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests/Template"))
# Last: scripts/ has a module named members, too.
sys.path.append(str(ROOT / "Tests/Conformance"))

from cloudformation import ManagedPolicies, Stack  # noqa: E402
from samcli.yamlhelper import yaml_parse  # noqa: E402
from samtranslator.translator.transform import transform  # noqa: E402
from time_limits import at_most  # noqa: E402

# moto ignores bodies, so its APIs have no methods and can't be deployed.
LEFT_OUT = {"AWS::ApiGateway::Deployment", "AWS::ApiGateway::Stage", "AWS::ApiGatewayV2::Stage"}
# moto can't create an HTTP API here; a REST API also has an id.
STAND_INS = {"AWS::ApiGatewayV2::Api": "AWS::ApiGateway::RestApi"}
# Properties for which moto has no default.
DEFAULTS = {
    "AWS::ApiGateway::RestApi": {"Name": "rest"},
    "AWS::ApiGatewayV2::Api": {"Name": "http"},
}


def translated(stack, text, parameters):
    """A SAM template after SAM's transform, as far as moto supports it."""
    template = yaml_parse(text)
    if "Transform" not in template:
        return text
    template = transform(template, parameters, ManagedPolicies())
    there = Stack(None, parameters, yaml_parse(text)).resources
    template["Resources"] = {
        name: {
            **each, "Type": STAND_INS.get(each["Type"], each["Type"]),
            "Properties": {**DEFAULTS.get(each["Type"], {}), **each.get("Properties", {})},
        }
        for name, each in template["Resources"].items() if name in there and each["Type"] not in LEFT_OUT}
    for name, each in template["Resources"].items():
        if each["Type"] == "AWS::Lambda::Function":
            each["Properties"]["FunctionName"] = f"{stack}-{name}"
        if each["Type"] == "AWS::DynamoDB::Table":
            # moto knows only one policy that retains, and the API's name for this property.
            if each["DeletionPolicy"] == "RetainExceptOnCreate":
                each["DeletionPolicy"] = "Retain"
            each["Properties"]["SSESpecification"] = {"Enabled": each["Properties"]["SSESpecification"]["SSEEnabled"]}
    return json.dumps(template)


class Moto:
    """moto's server, on its own port."""

    def __init__(self, folder):
        self.log = (folder / "moto.log").open("w+")
        self.process = subprocess.Popen(
            [ROOT / ".venv/bin/moto_server", "-H", "127.0.0.1", "-p", "0"], stdout=self.log, stderr=subprocess.STDOUT,
            env={"MOTO_IAM_LOAD_MANAGED_POLICIES": "true", "PATH": "/usr/bin:/bin", "PYTHONUNBUFFERED": "1"})

    def wait(self):
        """Waits until it listens, and returns the port."""
        with open(self.log.name) as log:
            while self.process.poll() is None:
                found = re.search(r"http://127\.0\.0\.1:(\d+)", log.readline())
                if found:
                    return int(found[1])
        raise AssertionError(f"moto exited: {pathlib.Path(self.log.name).read_text()}")

    def end(self):
        self.process.kill()
        self.process.wait()
        self.log.close()


class Cloud(http.server.ThreadingHTTPServer):
    """The server to which the deployment's clients send their calls, instead of AWS."""

    def __init__(self, moto):
        super().__init__(("127.0.0.1", 0), Handler)
        self.moto = moto
        # The calls in order: service and operation.
        self.calls = []
        # Each stack's template as received, its parameters, and its last change set, with a template that moto supports.
        self.templates = {}
        self.values = {}
        self.change_sets = {}
        self.executed = set()
        # Operations that are refused, and a status that overrides that of stacks.
        self.refused = set()
        self.status = None
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}"

    def client(self, service):
        """A client for moto itself, whose calls aren't recorded."""
        return boto3.client(
            service, region_name=REGION, endpoint_url=f"http://127.0.0.1:{self.moto}", aws_access_key_id="test",
            aws_secret_access_key="test")

    def ids(self, stack):
        """The physical ids of a stack's resources by logical id, for those that moto knows."""
        described = self.client("cloudformation").describe_stack_resources(StackName=stack)["StackResources"]
        return {
            each["LogicalResourceId"]: each["PhysicalResourceId"] for each in described if "PhysicalResourceId" in each}

    def stack(self, name):
        """A stack's template, transformed and evaluated."""
        return Stack(None, self.values[name], yaml_parse(self.templates[name]))

    def outputs(self, stack):
        """The outputs as XML. moto loses them when a change set is executed."""
        outputs, ids = self.stack(stack).outputs, self.ids(stack)
        members = ""
        for name, value in outputs.items():
            value = ids.get(value) or re.sub(r"(?<=//)\w+", lambda host: ids.get(host[0], host[0]), value)
            members += f"<member><OutputKey>{name}</OutputKey><OutputValue>{value}</OutputValue></member>"
        return f"<Outputs>{members}</Outputs>"

    def attach(self, stack):
        """Attaches the roles' managed policies, which moto ignores."""
        ids = self.ids(stack)
        for name, role in self.stack(stack).of_type("AWS::IAM::Role").items():
            for policy in role["ManagedPolicyArns"]:
                self.client("iam").attach_role_policy(RoleName=ids[name], PolicyArn=ids.get(policy, policy))

    def detach(self, stack):
        """Detaches them, so that moto can delete them."""
        iam = self.client("iam")
        for each in self.client("cloudformation").describe_stack_resources(StackName=stack)["StackResources"]:
            if each.get("ResourceType") == "AWS::IAM::Role" and "PhysicalResourceId" in each:
                role = each["PhysicalResourceId"]
                for policy in iam.list_attached_role_policies(RoleName=role)["AttachedPolicies"]:
                    iam.detach_role_policy(RoleName=role, PolicyArn=policy["PolicyArn"])

    def set_up_tables(self, stack, retained):
        """Gives the tables the properties that moto ignores, and restores those that an update may not delete."""
        ids, dynamodb = self.ids(stack), self.client("dynamodb")
        for name in set(retained) - set(dynamodb.list_tables()["TableNames"]):
            dynamodb.create_table(
                TableName=name, AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
                KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}], BillingMode="PAY_PER_REQUEST")
        for name, table in self.stack(stack).of_type("AWS::DynamoDB::Table").items():
            found = dynamodb.describe_time_to_live(TableName=ids[name])["TimeToLiveDescription"]
            if found["TimeToLiveStatus"] == "DISABLED":
                dynamodb.update_time_to_live(
                    TableName=ids[name], TimeToLiveSpecification=table["TimeToLiveSpecification"])
            dynamodb.update_continuous_backups(
                TableName=ids[name], PointInTimeRecoverySpecification=table["PointInTimeRecoverySpecification"])

    def forward(self, method, path, headers, body):
        connection = http.client.HTTPConnection("127.0.0.1", self.moto, timeout=at_most(60))
        headers = {name: value for name, value in headers.items() if name.lower() != "content-length"}
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.getheaders(), answer.read()

    def end(self):
        self.shutdown()
        self.server_close()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def handle_any(self):
        body = self.body()
        service = re.search(r"Credential=[^/]+/\d+/[^/]+/([^/]+)/", self.headers.get("Authorization", "") + "=//")
        service = service[1] if service else "?"
        form = dict(urllib.parse.parse_qsl(body.decode("latin-1"), keep_blank_values=True)) if service not in ("s3", "lambda", "batch") else {}
        action = form.get("Action")
        # DynamoDB's operation is in a header.
        target = self.headers.get("X-Amz-Target", "").partition(".")[2]
        self.server.calls.append((service, action or target or f"{self.command} {self.path.partition('?')[0]}"))
        if action == "CreateChangeSet":
            body = self.change_set(form)
        retained = []
        if action == "DeleteStack" or action == "ExecuteChangeSet" and form["StackName"] in self.server.executed:
            self.server.detach(form["StackName"])
            retained = [id for name, id in self.server.ids(form["StackName"]).items() if name == "RetainedTable"]
        if self.server.calls[-1][1] in self.server.refused:
            status, headers, answer = 403, [], b""
        elif action == "GetTemplate":
            # The template as received, before the transform.
            body = xml.sax.saxutils.escape(self.server.templates[form["StackName"]])
            answer = f"<GetTemplateResponse><GetTemplateResult><TemplateBody>{body}</TemplateBody></GetTemplateResult></GetTemplateResponse>"
            status, headers, answer = 200, [("Content-Type", "text/xml")], answer.encode()
        else:
            status, headers, answer = self.server.forward(self.command, self.path, self.headers, body)
        if action == "ExecuteChangeSet" and status == 200:
            self.server.executed.add(form["StackName"])
            self.server.attach(form["StackName"])
            self.server.set_up_tables(form["StackName"], retained)
        if action == "DescribeStacks" and b"_COMPLETE" in answer and form["StackName"] in self.server.change_sets:
            answer = answer.replace(
                b"<StackName>", self.server.outputs(form["StackName"]).encode() + b"<StackName>", 1)
            if self.server.status:
                answer = re.sub(rb"(?<=<StackStatus>)\w+", self.server.status.encode(), answer)
        self.send_response(status)
        for name, value in headers:
            if name.lower() not in ("transfer-encoding", "content-length", "connection", "date", "server"):
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer)

    do_GET = do_PUT = do_POST = do_HEAD = do_DELETE = handle_any

    def body(self):
        if self.headers.get("Transfer-Encoding") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = b""
        while size := int(self.rfile.readline(), 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return body

    def change_set(self, form):
        """The request for a change set, with a template that moto supports."""
        if "TemplateURL" in form:
            bucket, _, key = urllib.parse.urlsplit(form.pop("TemplateURL")).path[1:].partition("/")
            template = self.server.client("s3").get_object(Bucket=bucket, Key=key)["Body"]
            form["TemplateBody"] = template.read().decode()
        self.server.templates[form["StackName"]] = form["TemplateBody"]
        # What isn't given keeps its previous value.
        self.server.values[form["StackName"]] = self.server.values.get(form["StackName"], {}) | parameters(form)
        form["TemplateBody"] = translated(
            form["StackName"], form["TemplateBody"], self.server.values[form["StackName"]])
        self.server.change_sets[form["StackName"]] = form
        return urllib.parse.urlencode(form).encode()


def parameters(form):
    """The parameters of a request, except those that keep their previous value."""
    names = {key.removesuffix("Key"): value for key, value in form.items() if key.endswith(".ParameterKey")}
    return {value: form[f"{key}Value"] for key, value in names.items() if f"{key}Value" in form}
