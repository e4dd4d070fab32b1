"""Jobs that run in the embedded Batch, as boto3 scripts use them: set up, submit, wait, clean up."""

import re
import time

import pytest

import model
import wire
from conftest import batch_client, serving_batch
from time_limits import at_most

QUEUE = "sample-queue"
CONTAINER = {
    "image": "busybox", "command": ["echo", "Ref::text"],
    "resourceRequirements": [{"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "512"}],
    "logConfiguration": {"logDriver": "awslogs"}, "ulimits": [{"name": "nofile", "softLimit": 1, "hardLimit": 2}],
}
ORDER = ["SUBMITTED", "PENDING", "RUNNABLE", "STARTING", "RUNNING", "SUCCEEDED"]


@pytest.fixture(scope="module")
def server():
    """A Batch whose jobs run for 300 ms, and those of `broken-job` fail. Gives its URL and its log."""
    with serving_batch("--definition", "broken-job", "--run-for", "300ms", "--fail", "broken-job") as served:
        yield served


@pytest.fixture
def client(server):
    return batch_client(server[0])


@pytest.fixture(scope="module")
def long_runs():
    """A client of a Batch whose jobs run for an hour."""
    with serving_batch("--run-for", "1h") as (url, _):
        yield batch_client(url)


def submit(client, definition="sample-job", **members):
    return client.submit_job(jobName="demo", jobQueue=QUEUE, jobDefinition=definition, **members)["jobId"]


def describe(client, job):
    return client.describe_jobs(jobs=[job])["jobs"][0]


def wait(client, job, *statuses):
    """Polls a job until it has one of these states, by default until it has ended. Returns its description."""
    deadline = time.monotonic() + at_most(30)
    while (its := describe(client, job))["status"] not in (statuses or ("SUCCEEDED", "FAILED")):
        assert time.monotonic() < deadline, its
        time.sleep(0.02)
    return its


def test_a_script_sets_up_submits_waits_and_cleans_up(client):
    registered = client.register_job_definition(
        jobDefinitionName="nightly", type="container", containerProperties=CONTAINER, parameters={"text": "hello"},
        retryStrategy={"attempts": 2}, timeout={"attemptDurationSeconds": 600}, tags={"team": "a"})
    name = f"nightly:{registered['revision']}"
    assert registered["jobDefinitionArn"] == f"arn:aws:batch:us-east-1:123456789012:job-definition/{name}"
    client.update_job_queue(jobQueue=QUEUE, state="ENABLED", priority=10)

    answer = client.submit_job(jobName="demo", jobQueue=QUEUE, jobDefinition=name, tags={"run": "1"})
    client.tag_resource(resourceArn=answer["jobArn"], tags={"owner": "é b"})
    job = wait(client, answer["jobId"])
    assert (job["status"], job["statusReason"]) == ("SUCCEEDED", "Essential container in task exited")
    assert (job["parameters"], job["timeout"]) == ({"text": "hello"}, {"attemptDurationSeconds": 600})
    assert job["container"]["exitCode"] == 0
    assert re.fullmatch(r"nightly/default/[0-9a-f]{32}", job["container"]["logStreamName"])
    assert job["createdAt"] < job["startedAt"] < job["stoppedAt"]
    assert job["stoppedAt"] - job["startedAt"] == 300
    assert client.list_tags_for_resource(resourceArn=answer["jobArn"])["tags"] == {"run": "1", "owner": "é b"}
    client.untag_resource(resourceArn=answer["jobArn"], tagKeys=["run", "owner"])
    assert describe(client, answer["jobId"])["tags"] == {}

    client.deregister_job_definition(jobDefinition=registered["jobDefinitionArn"])
    (definition,) = client.describe_job_definitions(jobDefinitionName="nightly")["jobDefinitions"]
    assert definition["status"] == "INACTIVE"
    with pytest.raises(client.exceptions.ClientException):
        submit(client, name)


def test_a_job_goes_through_the_states_in_their_order(client):
    first = submit(client)
    job = submit(client, dependsOn=[{"jobId": first}])
    seen = []
    while not seen or seen[-1] != "SUCCEEDED":
        status = describe(client, job)["status"]
        if not seen or seen[-1] != status:
            seen.append(status)
        assert status in ORDER
    # A machine may be too busy to see each of them.
    assert seen == sorted(seen, key=ORDER.index)
    assert describe(client, first)["stoppedAt"] <= describe(client, job)["startedAt"]


def test_a_failing_definition_uses_up_its_attempts(client):
    job = wait(client, submit(client, "broken-job", retryStrategy={"attempts": 2}))
    assert (job["status"], job["container"]["exitCode"]) == ("FAILED", 1)
    assert [attempt["container"]["exitCode"] for attempt in job["attempts"]] == [1, 1]
    assert wait(client, submit(client, dependsOn=[{"jobId": job["jobId"]}]))["statusReason"] == "Dependent Job failed"


def test_an_array_succeeds_with_its_children(client):
    job = submit(client, arrayProperties={"size": 3})
    summary = wait(client, job)["arrayProperties"]["statusSummary"]
    assert summary == {**dict.fromkeys([*ORDER, "FAILED"], 0), "SUCCEEDED": 3}
    children = client.list_jobs(arrayJobId=job, jobStatus="SUCCEEDED")["jobSummaryList"]
    assert [(child["arrayProperties"]["index"], child["container"]["exitCode"]) for child in children] == [
        (0, 0), (1, 0), (2, 0)]


def test_a_running_job_can_be_terminated_but_not_cancelled(long_runs):
    job = submit(long_runs)
    waiting = submit(long_runs, dependsOn=[{"jobId": job}])
    wait(long_runs, job, "RUNNING")
    for each in (job, waiting):
        long_runs.cancel_job(jobId=each, reason="no need")
    assert describe(long_runs, job)["status"] == "RUNNING"
    cancelled = describe(long_runs, waiting)
    assert (cancelled["status"], cancelled["statusReason"], cancelled["isCancelled"]) == ("FAILED", "no need", True)
    long_runs.terminate_job(jobId=job, reason="enough")
    ended = describe(long_runs, job)
    assert (ended["status"], ended["statusReason"], ended["isTerminated"]) == ("FAILED", "enough", True)
    assert ended["attempts"][0]["container"]["exitCode"] == 137


def test_a_disabled_queue_refuses_jobs(long_runs):
    long_runs.update_job_queue(jobQueue=QUEUE, state="DISABLED")
    try:
        with pytest.raises(long_runs.exceptions.ClientException):
            submit(long_runs)
    finally:
        long_runs.update_job_queue(jobQueue=QUEUE, state="ENABLED")


def test_the_log_has_a_line_for_each_request(server, client):
    job = submit(client)
    with pytest.raises(client.exceptions.ClientException):
        client.submit_job(jobName="demo", jobQueue="nowhere", jobDefinition="sample-job")
    describe(client, job)
    expected = {
        f"Batch POST /v1/submitjob 200 jobId={job}\n", "Batch POST /v1/describejobs 200\n",
        "Batch POST /v1/submitjob 400: ClientException: JobQueue nowhere not found.\n",
    }
    deadline = time.monotonic() + at_most(30)
    while not expected <= set(server[1]):
        assert time.monotonic() < deadline, expected - set(server[1])
        time.sleep(0.02)


def test_responses_conform_to_the_model(server, client):
    url = server[0]
    jobs = [submit(client), submit(client, "broken-job"), submit(client, arrayProperties={"size": 2})]
    for job in jobs:
        wait(client, job)
    queue = "arn:aws:batch:us-east-1:123456789012:job-queue/sample-queue"
    shape = model.operation("RegisterJobDefinition").input_shape.members
    kept = {name: model.sample(member, name) for name, member in shape.items() if name not in (
        "nodeProperties", "eksProperties", "ecsProperties", "consumableResourceProperties")}
    requests = {
        "RegisterJobDefinition": {**kept, "jobDefinitionName": "everything", "type": "container"},
        "DescribeJobDefinitions": {"jobDefinitionName": "everything"},
        "DescribeJobs": {"jobs": [*jobs, f"{jobs[2]}:1"]},
        "ListJobs": {"jobQueue": QUEUE, "filters": [{"name": "AFTER_CREATED_AT", "values": ["0"]}]},
        "UpdateJobQueue": {"jobQueue": QUEUE, "priority": 3}, "DescribeJobQueues": {},
        "DeregisterJobDefinition": {"jobDefinition": "everything:1"},
        "TagResource": {"tags": {"k": "v"}}, "ListTagsForResource": {}, "UntagResource": {},
    }
    for name, request in requests.items():
        operation = model.operation(name)
        path = operation.http["requestUri"].replace("{resourceArn}", queue.replace(":", "%3A").replace("/", "%2F"))
        if name == "UntagResource":
            path += "?tagKeys=k"
        status, _, answer = wire.send(
            url, path, b"" if operation.http["method"] != "POST" else request, method=operation.http["method"])
        assert status == 200, answer
        wrong = list(model.faults(operation.output_shape, answer)) if operation.output_shape else []
        # An array job doesn't start, and so has no `startedAt`.
        assert [fault for fault in wrong if fault != ".jobs[2].startedAt is missing"] == [], name
        if name == "DescribeJobDefinitions":
            (described,) = answer["jobDefinitions"]
            assert described["containerProperties"] == kept["containerProperties"]


# The pinned botocore is older than these two operations. This is their shape in botocore 1.44.
@pytest.mark.parametrize("name", ["canceljobs", "terminatejobs"])
def test_several_jobs_are_stopped_at_once(server, client, name):
    job = submit(client)
    status, _, answer = wire.send(server[0], f"/v1/{name}", {"jobs": [job, "unknown", ""], "reason": "r"})
    assert status == 200
    assert answer.keys() == {"successful", "errors"}
    assert answer["successful"] == [job, "unknown"]
    assert [(error.keys(), error["job"]) for error in answer["errors"]] == [({"job", "code", "message"}, "")]
