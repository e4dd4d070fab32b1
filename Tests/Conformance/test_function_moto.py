"""moto's Batch, an independent verifier of signatures, accepts jobs from the function."""

import json

import pytest

import proxy_events
from moto_process import client, moto, post  # noqa: F401

ALLOW = {"Effect": "Allow", "Resource": "*"}


def policy(*actions):
    return json.dumps({"Version": "2012-10-17", "Statement": [{**ALLOW, "Action": list(actions)}]})


@pytest.fixture(scope="module")
def roles(moto):
    """Credentials of roles that may and may not submit. While they are in use, moto checks every signature."""
    iam = client(moto, "iam")
    trust = json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}]})
    # moto derives the action's name from the URL's path, so it is in lower case.
    allowed = {
        "submitter": policy("batch:submitjob"),
        "reader": policy("batch:describejobs", "batch:listjobs"),
    }
    issued = {}
    for name, document in allowed.items():
        arn = iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust)["Role"]["Arn"]
        iam.put_role_policy(RoleName=name, PolicyName="only", PolicyDocument=document)
        issued[name] = client(moto, "sts").assume_role(RoleArn=arn, RoleSessionName="submit")["Credentials"]
    batch = client(moto, "batch")
    environment = batch.create_compute_environment(
        computeEnvironmentName="machines", type="UNMANAGED", serviceRole=arn)["computeEnvironmentArn"]
    batch.create_job_queue(
        jobQueueName="sample-queue", state="ENABLED", priority=1,
        computeEnvironmentOrder=[{"order": 1, "computeEnvironment": environment}])
    for _ in range(2):
        batch.register_job_definition(
            jobDefinitionName="sample-job", type="container",
            containerProperties={"image": "busybox", "vcpus": 1, "memory": 128, "command": ["true"]})
    post(moto, "/moto-api/reset-auth", b"0")
    yield issued
    post(moto, "/moto-api/reset-auth", b"1000000")


def start(function, moto, credentials, **changes):
    variables = {
        "AWS_ACCESS_KEY_ID": credentials["AccessKeyId"], "AWS_SECRET_ACCESS_KEY": credentials["SecretAccessKey"],
        "AWS_SESSION_TOKEN": credentials["SessionToken"], **changes}
    return function(batch_url=moto, **variables)


@pytest.mark.parametrize("shape", proxy_events.SHAPES)
@pytest.mark.parametrize("definition", ["sample-job", "sample-job:1", "sample-job:2"])
def test_a_permitted_role_submits(function, moto, roles, shape, definition):
    body = '{"jobName":"Nightly-1","parameters":{"n":"é 1.10"},"timeout":{"attemptDurationSeconds":60}}'
    (answer,) = start(function, moto, roles["submitter"]).invoke(
        proxy_events.event(shape, body, definition=definition))
    assert answer.status == 200, answer

    # Look it up as the reader, because the submitter isn't permitted to.
    (job,) = client(moto, "batch", roles["reader"]).describe_jobs(jobs=[answer.body["jobId"]])["jobs"]
    assert (job["jobName"], job["jobArn"]) == ("Nightly-1", answer.body["jobArn"])
    assert job["jobQueue"].endswith(":job-queue/sample-queue")
    assert job["jobDefinition"].endswith(f":job-definition/{definition if ':' in definition else 'sample-job:2'}")


def test_a_name_that_moto_does_not_know(function, moto, roles):
    event = proxy_events.event(queue="nowhere", definition="sample-job")
    (answer,) = start(function, moto, roles["submitter"]).invoke(event)
    assert (answer.status, answer.body["submitted"]) == (400, "no")
    assert "nowhere does not exist" in answer.body["detail"]


def refused(function, moto, credentials, reader, **changes):
    """Sends a job with insufficient credentials, and returns the log line."""
    batch = client(moto, "batch", reader)
    before = batch.list_jobs(jobQueue="sample-queue")["jobSummaryList"]
    running = start(function, moto, credentials, **changes)
    (answer,) = running.invoke(proxy_events.event(definition="sample-job"))
    assert (answer.status, answer.body["submitted"]) == (502, "no"), answer
    assert batch.list_jobs(jobQueue="sample-queue")["jobSummaryList"] == before
    for secret in (credentials["SecretAccessKey"], credentials["SessionToken"]):
        assert secret not in running.output
    (line,) = running.log
    return line


# moto's 403 is XML, in which the function finds no error code, so it reports its own fault, 502.
def test_a_role_without_permission_is_rejected(function, moto, roles):
    assert "403" in refused(function, moto, roles["reader"], roles["reader"])["message"]


@pytest.mark.parametrize(("variable", "value"), [
    ("AWS_SECRET_ACCESS_KEY", "wrong"), ("AWS_ACCESS_KEY_ID", "ASIAIOSFODNN7EXAMPLE"), ("AWS_SESSION_TOKEN", "another"),
    ("AWS_SESSION_TOKEN", None),
])
def test_wrong_credentials_are_rejected(function, moto, roles, variable, value):
    line = refused(function, moto, roles["submitter"], roles["reader"], **{variable: value})
    assert "403" in line["message"]
