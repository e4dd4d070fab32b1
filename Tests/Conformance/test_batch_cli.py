"""The AWS CLI against the embedded Batch."""

import json

NAMES = ["--job-queue", "sample-queue", "--job-definition", "sample-job"]


def answer(run):
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout) if run.stdout else None


def test_a_job_from_submission_to_its_end(aws):
    job = answer(aws("submit-job", "--job-name", "demo", *NAMES, "--parameters", "n=1.10"))
    described = answer(aws("describe-jobs", "--jobs", job["jobId"], "unknown"))["jobs"]
    assert [(each["status"], each["parameters"]) for each in described] == [("RUNNABLE", {"n": "1.10"})]
    listed = answer(aws("list-jobs", "--job-queue", "sample-queue", "--job-status", "RUNNABLE"))["jobSummaryList"]
    assert job["jobId"] in [each["jobId"] for each in listed]
    answer(aws("cancel-job", "--job-id", job["jobId"], "--reason", "no need"))
    described = answer(aws("describe-jobs", "--jobs", job["jobId"]))["jobs"]
    assert [(each["status"], each["statusReason"]) for each in described] == [("FAILED", "no need")]


def test_terminating_a_job(aws):
    job = answer(aws("submit-job", "--job-name", "demo", *NAMES))
    answer(aws("terminate-job", "--job-id", job["jobId"], "--reason", "enough"))
    (described,) = answer(aws("describe-jobs", "--jobs", job["jobId"]))["jobs"]
    assert (described["status"], described["isTerminated"]) == ("FAILED", True)


def test_queues_and_definitions(aws):
    queues = answer(aws("describe-job-queues"))["jobQueues"]
    assert [queue["jobQueueName"] for queue in queues] == ["other-queue", "sample-queue"]
    definitions = answer(aws("describe-job-definitions", "--job-definition-name", "sample-job", "--status", "ACTIVE"))
    assert [each["revision"] for each in definitions["jobDefinitions"]] == [1, 2, 3]


def test_an_unknown_queue_is_named(aws):
    run = aws("submit-job", "--job-name", "demo", "--job-queue", "nowhere", "--job-definition", "sample-job")
    assert run.returncode != 0
    assert "(ClientException) when calling the SubmitJob operation: JobQueue nowhere not found." in run.stderr


def test_other_keys_are_rejected(aws):
    assert "(UnrecognizedClientException)" in aws("describe-job-queues", key_id="AKIAI44QH8DHBEXAMPLE").stderr
    assert "(InvalidSignatureException)" in aws("describe-job-queues", secret="wrong").stderr
