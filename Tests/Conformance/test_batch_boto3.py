"""boto3 against the embedded Batch: its requests are understood, and the responses conform to botocore's model."""

import re

import pytest
from botocore.exceptions import ClientError

import model
import wire

MEMBERS = model.operation("SubmitJob").input_shape.members
REQUIRED = {"jobName": "demo", "jobQueue": "sample-queue", "jobDefinition": "sample-job"}


def code(refused):
    return refused.value.response["Error"]["Code"], refused.value.response["ResponseMetadata"]["HTTPStatusCode"]


def test_a_job_from_submission_to_its_end(batch):
    answer = batch.submit_job(**REQUIRED, parameters={"n": "1.10"}, tags={"team": "é"})
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", answer["jobId"])
    assert answer["jobArn"] == f"arn:aws:batch:us-east-1:123456789012:job/{answer['jobId']}"
    assert answer["jobName"] == "demo"

    (job,) = batch.describe_jobs(jobs=[answer["jobId"], "unknown"])["jobs"]
    assert job["status"] == "RUNNABLE"
    assert (job["parameters"], job["tags"]) == ({"n": "1.10"}, {"team": "é"})
    listed = batch.list_jobs(jobQueue="sample-queue", jobStatus="RUNNABLE")["jobSummaryList"]
    assert listed[0]["jobId"] == answer["jobId"]

    batch.cancel_job(jobId=answer["jobId"], reason="no need")
    (job,) = batch.describe_jobs(jobs=[answer["jobId"]])["jobs"]
    assert (job["status"], job["statusReason"], job["isCancelled"]) == ("FAILED", "no need", True)


def test_terminating_a_job(batch, submit):
    job_id = submit()
    batch.terminate_job(jobId=job_id, reason="enough")
    (job,) = batch.describe_jobs(jobs=[job_id])["jobs"]
    assert (job["status"], job["statusReason"], job["isTerminated"]) == ("FAILED", "enough", True)


@pytest.mark.parametrize(("member", "value"), [
    ("jobQueue", "nowhere"), ("jobDefinition", "nothing"), ("jobDefinition", "sample-job:4"), ("jobName", "a b"),
])
def test_an_unknown_name_is_a_client_exception(batch, member, value):
    with pytest.raises(batch.exceptions.ClientException) as refused:
        batch.submit_job(**{**REQUIRED, member: value})
    assert code(refused) == ("ClientException", 400)


@pytest.mark.parametrize(("change", "expected"), [
    ({"key_id": "AKIAI44QH8DHBEXAMPLE"}, "UnrecognizedClientException"),
    ({"token": "a session's"}, "UnrecognizedClientException"),
    ({"secret": "wrong"}, "InvalidSignatureException"),
    ({"region": "us-east-2"}, "InvalidSignatureException"),
])
def test_other_keys_are_rejected(connect, change, expected):
    with pytest.raises(ClientError) as refused:
        connect(**change).describe_job_queues()
    assert code(refused) == (expected, 403)


@pytest.mark.parametrize("member", [name for name in MEMBERS if name not in REQUIRED])
def test_every_member_of_submit_job_is_accepted(batch, submit, member):
    value = model.sample(MEMBERS[member], member)
    job_id = submit(**{member: value})
    (job,) = batch.describe_jobs(jobs=[job_id])["jobs"]
    shown = {
        "arrayProperties": lambda: {"size": job["arrayProperties"]["size"]},
        "schedulingPriorityOverride": lambda: job["schedulingPriority"],
        "containerOverrides": lambda: {name: job["container"][name] for name in value},
        "ecsPropertiesOverride": lambda: without_image(job["ecsProperties"]),
        "eksPropertiesOverride": lambda: job["eksProperties"],
        "consumableResourcePropertiesOverride": lambda: job["consumableResourceProperties"],
        "nodeOverrides": lambda: overrides(job["nodeProperties"], value),
    }
    actual = shown.get(member, lambda: job[member])()
    if member == "containerOverrides":
        requirements = {entry["type"]: entry for entry in actual["resourceRequirements"]}
        assert all(requirements[entry["type"]] == entry for entry in value["resourceRequirements"])
        actual = {**actual, "resourceRequirements": value["resourceRequirements"]}
    assert actual == value


def overrides(properties, sent):
    """A multi-node job's properties, converted back to the overrides that were sent."""
    nodes = []
    for node, override in zip(properties["nodeRangeProperties"], sent["nodePropertyOverrides"], strict=True):
        container = {name: node["container"][name] for name in override["containerOverrides"]}
        wanted = override["containerOverrides"]["resourceRequirements"]
        assert all(entry in container["resourceRequirements"] for entry in wanted)
        nodes.append({
            "targetNodes": node["targetNodes"], "instanceTypes": node["instanceTypes"],
            "containerOverrides": {**container, "resourceRequirements": wanted},
            "ecsPropertiesOverride": without_image(node["ecsProperties"]),
            "eksPropertiesOverride": node["eksProperties"],
            "consumableResourcePropertiesOverride": node["consumableResourceProperties"],
        })
    return {"numNodes": properties["numNodes"], "nodePropertyOverrides": nodes}


def without_image(properties):
    """An ECS job's properties as they were sent, without the image, which comes from the definition."""
    for task in properties["taskProperties"]:
        for container in task["containers"]:
            assert container.pop("image")
    return properties


def test_all_members_of_submit_job_at_once(submit):
    submit(**{name: model.sample(shape, name) for name, shape in MEMBERS.items() if name not in REQUIRED})


MISTYPED = [
    (path, member, wrong)
    for member, shape in MEMBERS.items() for path, wrong in model.mistyped(shape, member)
]


@pytest.mark.parametrize(("path", "member", "wrong"), MISTYPED, ids=[path for path, _, _ in MISTYPED])
def test_a_member_of_another_type_is_rejected(batch_url, path, member, wrong):
    status, error, answer = wire.send(batch_url, "/v1/submitjob", {**REQUIRED, member: wrong})
    assert (status, error) == (400, "ClientException")
    assert member in answer["message"]


def test_responses_conform_to_the_model(batch_url, submit):
    jobs = [submit(**{name: model.sample(shape, name) for name, shape in MEMBERS.items() if name not in REQUIRED})]
    jobs += [f"{jobs[0]}:1", submit(), submit()]
    wire.send(batch_url, "/v1/terminatejob", {"jobId": jobs[-1], "reason": "r"})
    requests = {
        "SubmitJob": REQUIRED, "DescribeJobs": {"jobs": jobs},
        "ListJobs": {"jobQueue": "sample-queue", "filters": [{"name": "JOB_NAME", "values": ["*"]}], "maxResults": 3},
        "CancelJob": {"jobId": jobs[-1], "reason": "r"}, "TerminateJob": {"jobId": jobs[-1], "reason": "r"},
        "DescribeJobQueues": {"maxResults": 1}, "DescribeJobDefinitions": {"maxResults": 1},
    }
    for name, request in requests.items():
        operation = model.operation(name)
        assert operation.http["method"] == "POST"
        status, _, answer = wire.send(batch_url, operation.http["requestUri"], request)
        assert status == 200, answer
        if name == "DescribeJobs":
            assert len(answer["jobs"]) == 4
        shape = operation.output_shape
        wrong = list(model.faults(shape, answer)) if shape else []
        # No job has started: `startedAt` is the one required member that Batch itself also omits then.
        assert [fault for fault in wrong if not fault.endswith(".startedAt is missing")] == []


def test_paginators_return_everything_once(batch, submit):
    ids = [submit(jobQueue="other-queue") for _ in range(5)]
    pages = batch.get_paginator("list_jobs").paginate(
        jobQueue="other-queue", jobStatus="RUNNABLE", PaginationConfig={"PageSize": 2})
    assert [job["jobId"] for page in pages for job in page["jobSummaryList"]] == ids[::-1]
    pages = batch.get_paginator("describe_job_definitions").paginate(PaginationConfig={"PageSize": 1})
    definitions = [f"{d['jobDefinitionName']}:{d['revision']}" for page in pages for d in page["jobDefinitions"]]
    assert definitions == ["other-job:7", "sample-job:1", "sample-job:2", "sample-job:3"]
    pages = batch.get_paginator("describe_job_queues").paginate(PaginationConfig={"PageSize": 1})
    assert [q["jobQueueName"] for page in pages for q in page["jobQueues"]] == ["other-queue", "sample-queue"]
