"""Comparisons that many tests read: each is run once, however many processes share the tests."""

import fcntl
import json
import os
import pathlib
import shutil
import subprocess
import sys
import typing

import jsonschema
import pytest

from function import ROOT
from gateway import COMMAND
from time_limits import at_most

SMALL = ["--requests", "40", "--warm-up", "8", "--concurrency", "4"]
RATE, BATCH_DELAY = 50, 20
OTHER_ARCHITECTURE = "x86_64" if os.uname().machine == "aarch64" else "arm64"


def run(*arguments, cwd=ROOT, timeout=at_most(300), **options):
    return subprocess.run([COMMAND, "compare", *arguments], cwd=cwd, stdin=subprocess.DEVNULL, capture_output=True,
                          text=True, timeout=timeout, **options)


def check(report):
    jsonschema.validate(report, json.loads((ROOT / "docs/comparison.schema.json").read_text()))
    return report


class Comparison(typing.NamedTuple):
    """What a comparison wrote."""

    folder: pathlib.Path

    @property
    def report(self):
        return check(json.loads((self.folder / "report.json").read_text()))

    def text(self, name):
        return (self.folder / name).read_text()


UNSET = {name: value for name, value in os.environ.items() if name != "APIGW_BATCH_FUNCTION"}


@pytest.fixture
def checkout(tmp_path):
    """A clone in which nothing has been built."""
    clone = tmp_path / "clone"
    clone.mkdir()
    for name in ("Package.swift", "bootstrap", "docs", "examples", "template.yaml"):
        (clone / name).symlink_to(ROOT / name)
    return clone


@pytest.fixture(scope="session")
def shared(tmp_path_factory, worker_id):
    """Runs a comparison unless this session has done so, with the templates that `prepare` writes into its folder."""
    base = tmp_path_factory.getbasetemp()
    base = base if worker_id == "master" else base.parent

    def share(name, *arguments, prepare=lambda folder: []):
        folder = base / name
        with open(base / f"{name}.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (folder / "stderr").exists():
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir()
                forms = [each for form, file in (("json", "json"), ("markdown", "md"), ("html", "html"))
                         for each in (f"--{form}", str(folder / f"report.{file}"))]
                ended = run(*arguments, *prepare(folder), *forms)
                assert ended.returncode == 0, ended.stderr
                (folder / "stdout").write_text(ended.stdout)
                (folder / "stderr").write_text(ended.stderr)
        return Comparison(folder)

    return share


@pytest.fixture(scope="session")
def comparison(shared):
    """This package's four variants."""
    return shared("comparison", *SMALL, "--rate", str(RATE), "--batch-delay", str(BATCH_DELAY))


@pytest.fixture(scope="session")
def others(shared):
    """This package's variants, and a user's own templates, two of them deliberately wrong."""
    def prepare(folder):
        names = ["unescaped.yaml", "twice/twice.yaml", "x/#.yaml", "y/#.yaml"]
        article = (ROOT / "examples/direct-minimal.yaml").read_text()
        for name, text in zip(names, [UNESCAPED, TWICE, article, article], strict=True):
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(text)
        (folder / "twice/bootstrap").write_text(TWICE_FUNCTION)
        (folder / "twice/bootstrap").chmod(0o755)
        return [str(folder / name) for name in names]

    return shared(
        "others", "--requests", "4", "--warm-up", "2", "--architecture", OTHER_ARCHITECTURE, prepare=prepare)


UNESCAPED = """
Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: v1
      DefinitionBody:
        openapi: 3.0.1
        paths:
          /jobs/{jobQueue}/{jobDefinition}:
            post:
              responses: {'200': {description: ''}, '502': {description: ''}}
              x-amazon-apigateway-integration:
                type: aws
                httpMethod: POST
                uri: arn:aws:apigateway:us-east-1:batch:path/v1/submitjob
                credentials: arn:aws:iam::123456789012:role/submitter
                requestTemplates:
                  application/json: |
                    {"jobName": "unescaped", "jobQueue": "$input.params('jobQueue')",
                     "jobDefinition": "$input.params('jobDefinition')",
                     "parameters": {"input": "$!input.path('$.parameters.input')"}}
                responses: {'200': {statusCode: '200'}, default: {statusCode: '502'}}
"""

TWICE = """
Resources:
  Function:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: .
      Handler: bootstrap
      Runtime: provided.al2023
      Timeout: 10
      Events:
        Submit:
          Type: HttpApi
          Properties: {Method: POST, Path: '/jobs/{jobQueue}/{jobDefinition}'}
"""

# Submits each job twice; botocore signs, and sends nothing again by itself.
TWICE_FUNCTION = f"""#!{sys.executable}
import json, os, urllib.request
import botocore.session
from botocore.config import Config

runtime = "http://" + os.environ["AWS_LAMBDA_RUNTIME_API"] + "/2018-06-01/runtime/invocation/"
config = Config(proxies={{}}, retries={{"total_max_attempts": 1}})
batch = botocore.session.Session().create_client("batch", config=config)
while True:
    with urllib.request.urlopen(runtime + "next") as next:
        event, id = json.load(next), next.headers["Lambda-Runtime-Aws-Request-Id"]
    path = event["pathParameters"]
    answer = {{"statusCode": 502, "body": "{{}}"}}
    try:
        for _ in range(2):
            job = batch.submit_job(jobName="twice", jobQueue=path["jobQueue"], jobDefinition=path["jobDefinition"])
        answer = {{"statusCode": 200, "body": json.dumps({{"jobId": job["jobId"]}})}}
    except Exception:
        pass
    urllib.request.urlopen(runtime + id + "/response", json.dumps(answer).encode()).close()
"""
