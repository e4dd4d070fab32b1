"""The direct routes of jobs in `apigw-batch serve`: read, list and cancel over mapping templates alone."""

import json
from urllib.parse import urljoin

import pytest
import requests

from gateway import Gateway
from time_limits import at_most

PROBLEM = "application/problem+json"
UNKNOWN = "00000000-0000-4000-8000-000000000000"
HOSTILE = 'q"u\'o`te\r\nnew\\ /Zürich 🚲\u2028 $a ${b} #set($x=1) ","x":"y'
ENDED = {"SUCCEEDED", "FAILED"}


@pytest.fixture(scope="module")
def gateway():
    served = Gateway()
    yield served
    assert served.close() == 0


def call(gateway, method, path, **query):
    url = path if path.startswith("http") else gateway.url + path
    answer = requests.request(method, url, params=query, timeout=at_most(60))
    # Whatever Batch says, no failure is reported as a success, and each body is JSON.
    body = answer.json()
    assert (answer.headers["Content-Type"] == PROBLEM) == (answer.status_code >= 400) == ("type" in body)
    if answer.status_code >= 400:
        assert body["status"] == answer.status_code and body["submitted"] == "no"
    return answer, body


def submit(gateway, **members):
    """Submits a job, and returns its URL and its id."""
    url = gateway.url + "/direct/jobs/sample-queue/sample-job:2"
    answer = requests.post(url, json=members, timeout=at_most(60))
    assert answer.status_code == 200, answer.text
    return urljoin(url, answer.headers["Location"]), answer.json()["jobId"]


def test_a_submitted_job_is_at_its_location(gateway):
    url, id = submit(
        gateway, jobName="demo-1", parameters={"input": HOSTILE}, tags={HOSTILE: HOSTILE},
        timeout={"attemptDurationSeconds": 600})
    assert url == f"{gateway.url}/direct/queues/sample-queue/jobs/{id}"
    answer, job = call(gateway, "GET", url)
    assert answer.status_code == 200
    assert list(job)[:5] == ["jobId", "jobName", "jobQueue", "jobDefinition", "status"]
    assert (job["jobId"], job["jobName"], job["jobQueue"]) == (id, "demo-1", "sample-queue")
    assert (job["jobDefinition"], job["timeout"]) == ("sample-job:2", {"attemptDurationSeconds": 600})
    assert job["tags"] == gateway.describe(id)["tags"] == {HOSTILE: HOSTILE}
    assert answer.headers.get("Retry-After") == (None if job["status"] in ENDED else "10")
    # Nothing else of Batch's.
    assert not {"jobArn", "parameters", "retryStrategy", "platformCapabilities", "image", "command"} & (
        job.keys() | job["container"].keys())


def test_the_location_holds_behind_a_trailing_slash(gateway):
    url = gateway.url + "/direct/jobs/sample-queue/sample-job/"
    answer = requests.post(url, json={}, timeout=at_most(60))
    location = urljoin(url, answer.headers["Location"])
    assert call(gateway, "GET", location)[1]["jobId"] == answer.json()["jobId"]


@pytest.mark.parametrize("queue, id", [("another-queue", None), ("sample-queue", UNKNOWN), ("sample-queue", f"{UNKNOWN}:0")])
def test_what_is_not_in_the_queue_does_not_exist_there(gateway, queue, id):
    answer, problem = call(gateway, "GET", f"/direct/queues/{queue}/jobs/{id or submit(gateway)[1]}")
    assert (answer.status_code, problem["type"]) == (404, "job-not-found")
    assert "Batch forgets a job some days after it has ended" in problem["detail"]


def test_a_list_has_every_state_newest_first_in_pages(gateway):
    ids = [submit(gateway, jobName=f"paged-{number}")[1] for number in range(3)]
    call(gateway, "DELETE", f"/direct/queues/sample-queue/jobs/{ids[0]}")
    found, path = [], "/direct/queues/sample-queue/jobs?limit=2"
    for _ in range(1000):
        answer, page = call(gateway, "GET", path)
        assert answer.status_code == 200 and len(page["jobs"]) <= 2
        found += [each["jobId"] for each in page["jobs"]]
        assert ("next" in answer.links) == ("nextToken" in page)
        if "next" not in answer.links:
            break
        path = urljoin(answer.url, answer.links["next"]["url"])
    assert [each for each in found if each in ids] == ids[::-1]
    assert len(found) == len(set(found))


def test_a_list_by_name_has_that_name_alone(gateway):
    ids = {name: submit(gateway, jobName=name)[1] for name in ("Named-a", "named-a", "named-b")}
    path = "/direct/queues/sample-queue/jobs"
    assert [each["jobId"] for each in call(gateway, "GET", path, name="named-a")[1]["jobs"]] == [ids["named-a"]]
    assert {each["jobName"] for each in call(gateway, "GET", path, name="named-*")[1]["jobs"]} == {"named-a", "named-b"}


@pytest.mark.parametrize("query, words", [
    ({"status": "RUNNING,FAILED"}, "status is"), ({"status": HOSTILE}, "status is"), ({"limit": "0"}, "limit is"),
    ({"createdAfter": "2026-11-23T08:25:29Z"}, "createdAfter is"), ({HOSTILE: "1"}, "is not a parameter of this route"),
    ({"status": "FAILED", "name": "a"}, "status and name can't be combined"),
])
def test_what_a_list_can_not_do_is_refused_by_name(gateway, query, words):
    answer, problem = call(gateway, "GET", "/direct/queues/sample-queue/jobs", **query)
    assert (answer.status_code, problem["type"]) == (400, "bad-query")
    assert words in problem["detail"]


def test_an_unknown_queue_and_a_bad_token_are_batchs_refusals(gateway):
    for path in ("/direct/queues/no-such-queue/jobs", "/direct/queues/sample-queue/jobs?nextToken=%22%7D"):
        answer, problem = call(gateway, "GET", path)
        assert (answer.status_code, problem["type"]) == (400, "refused-by-batch")


@pytest.mark.parametrize("method", ["GET", "DELETE"])
@pytest.mark.parametrize("path", ["/queues/sample-queue/jobs/x%22%2C%22y", "/queues/a%22b/jobs/" + UNKNOWN])
def test_a_bad_path_is_refused_by_name(gateway, method, path):
    answer, problem = call(gateway, method, "/direct" + path)
    assert (answer.status_code, problem["type"]) == (400, "bad-path")


def test_a_job_is_cancelled_with_the_callers_reason_and_again(gateway):
    # It waits for the other, so that it hasn't ended.
    _, first = submit(gateway)
    url, id = submit(gateway, dependsOn=[{"jobId": first}])
    for reason in (HOSTILE, "again"):
        answer, body = call(gateway, "DELETE", url, reason=reason)
        assert (answer.status_code, body) == (202, {"jobId": id})
    answer, job = call(gateway, "GET", url)
    assert (job["status"], job["statusReason"], job["dependsOn"]) == ("FAILED", HOSTILE, [{"jobId": first}])
    assert "Retry-After" not in answer.headers


def test_a_cancel_can_not_check_the_queue_or_the_job(gateway):
    """What the README says of the direct integration: TerminateJob takes nothing but an id."""
    _, first = submit(gateway)
    url, id = submit(gateway, dependsOn=[{"jobId": first}])
    answer, _ = call(gateway, "DELETE", f"/direct/queues/another-queue/jobs/{id}")
    assert answer.status_code == 202
    assert call(gateway, "GET", url)[1]["status"] == "FAILED"
    assert call(gateway, "DELETE", f"/direct/queues/sample-queue/jobs/{UNKNOWN}")[0].status_code == 202


def test_a_body_of_another_type_never_reaches_batch(gateway):
    answer = requests.delete(
        gateway.url + f"/direct/queues/sample-queue/jobs/{submit(gateway)[1]}", timeout=at_most(60),
        data=json.dumps({"jobId": UNKNOWN}), headers={"Content-Type": "text/plain"})
    assert (answer.status_code, answer.json()["type"]) == (415, "unsupported-media-type")
