"""What the direct routes of jobs make of Batch's responses: a job cut to what callers get, and failures as problems."""

import json
from urllib.parse import urljoin

import pytest

from direct_jobs import ID, ROUTES
from test_responses import FUNCTION_PROBLEMS, HOSTILE, MEMBERS, PROBLEM
from velocity import REQUEST_ID, evaluate

ARN = "arn:aws:batch:us-east-1:123456789012"
USER = "arn:aws:iam::123456789012:user/a/b.c@d"
# A job as DescribeJobs has it: what callers get, and what they don't.
CONTAINER = {"exitCode": 1, "reason": "OutOfMemoryError", "logStreamName": "a-job/default/0f1e2d3c"}
GIVEN = {
    "jobId": ID, "jobName": "a-name", "jobQueue": "a-queue", "jobDefinition": "a-job:3", "status": "FAILED",
    "statusReason": "Essential container in task exited", "createdAt": 1795949781775, "startedAt": 1795949785000,
    "stoppedAt": 1795949790000, "isCancelled": False, "isTerminated": True,
    "attempts": [
        {"startedAt": 1, "stoppedAt": 2, "statusReason": "Host EC2 terminated", "container": CONTAINER},
        {"container": {"exitCode": 0}}, {}],
    "container": CONTAINER, "arrayProperties": {"size": 2, "index": 1, "statusSummary": {"FAILED": 1, "RUNNABLE": 1}},
    "dependsOn": [{"jobId": "a", "type": "N_TO_N"}, {"jobId": "b"}], "timeout": {"attemptDurationSeconds": 60},
    "tags": {"team": "red", "": ""},
}
SECRET = {
    "jobArn": f"{ARN}:job/{ID}", "parameters": {"a": "secret"}, "retryStrategy": {"attempts": 1}, "propagateTags": True,
    "shareIdentifier": "secret", "schedulingPriority": 1, "platformCapabilities": ["EC2"], "eksProperties": {},
    "nodeProperties": {"numNodes": 2}, "newMember": "secret",
}
SECRET_CONTAINER = {
    "image": "secret", "command": ["secret"], "environment": [{"name": "A", "value": "secret"}],
    "jobRoleArn": "arn:aws:iam::123456789012:role/secret", "taskArn": "arn:aws:ecs:us-east-1:123456789012:task/secret",
    "containerInstanceArn": "secret", "networkInterfaces": [{"attachmentId": "secret"}],
}


def detail(**changes):
    """A job of DescribeJobs'; None leaves a member out."""
    job = {
        **GIVEN, **SECRET, "jobQueue": f"{ARN}:job-queue/a-queue", "jobDefinition": f"{ARN}:job-definition/a-job:3",
        "container": {**CONTAINER, **SECRET_CONTAINER},
        "attempts": [
            {**each, "taskProperties": ["secret"],
             **({"container": {**each["container"], **SECRET_CONTAINER}} if "container" in each else {})}
            for each in GIVEN["attempts"]],
        **changes}
    return {"jobs": [{name: value for name, value in job.items() if value is not None}]}


def test_a_job_is_cut_to_the_functions_members_in_the_functions_order(operations):
    status, headers, job = operations["read"].response(200, detail())
    assert (status, headers, job) == (200, {}, GIVEN)
    assert list(job) == list(GIVEN)
    assert list(job["attempts"][0]) == ["startedAt", "stoppedAt", "statusReason", "container"]
    assert "secret" not in json.dumps(job)


OPTIONAL = [
    "statusReason", "createdAt", "startedAt", "stoppedAt", "isCancelled", "isTerminated", "attempts", "container",
    "arrayProperties", "dependsOn", "timeout", "tags"]


@pytest.mark.parametrize("name", OPTIONAL)
def test_a_member_that_batch_does_not_have_is_left_out(operations, name):
    _, _, job = operations["read"].response(200, detail(**{name: None}))
    assert job == {each: value for each, value in GIVEN.items() if each != name}
    _, _, job = operations["read"].response(200, detail(**{each: None for each in OPTIONAL if each != name}))
    assert job == {each: value for each, value in GIVEN.items() if each == name or each not in OPTIONAL}


@pytest.mark.parametrize("name, value", [
    ("attempts", []), ("container", {}), ("arrayProperties", {}), ("dependsOn", []), ("timeout", {}), ("tags", {})])
def test_an_empty_member_stays(operations, name, value):
    assert operations["read"].response(200, detail(**{name: value}))[2][name] == value


@pytest.mark.parametrize("name", ["attempts", "container", "arrayProperties", "dependsOn", "timeout", "tags"])
def test_a_null_instead_of_an_object_is_left_out(operations, name):
    body = json.dumps(detail(**{name: "NULL"})).replace('"NULL"', "null")
    assert operations["read"].response(200, body)[2] == {each: value for each, value in GIVEN.items() if each != name}


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_no_value_adds_a_member_or_breaks_the_json(operations, text):
    container = {"reason": text, "logStreamName": text}
    given = {
        "jobName": text, "statusReason": text, "tags": {text: text}, "container": container,
        "attempts": [{"statusReason": text, "container": container}], "dependsOn": [{"jobId": text}],
        "arrayProperties": {"statusSummary": {text: 1}}}
    # Only what follows the last slash of an ARN is a definition's name.
    name = {"jobDefinition": f"{ARN}:job-definition/{text}"} if "/" not in text else {}
    expected = {**GIVEN, **given, **({"jobDefinition": text} if name else {})}
    for ascii_only in (True, False):
        body = json.dumps(detail(**given, **name), ensure_ascii=ascii_only)
        assert operations["read"].response(200, body)[2] == expected
    summary = {"jobId": ID, "jobName": text, "status": "FAILED", "statusReason": text, "container": {"reason": text}}
    _, _, body = operations["list"].response(200, {"jobSummaryList": [summary, summary]})
    assert body == {"jobs": [summary, summary]}


@pytest.mark.parametrize("text, redacted", [
    (USER, "[redacted]"), (f'"{USER}" and {USER}', '"[redacted]" and [redacted]'), (f"{USER}\\", "[redacted]\\"),
    (f"{USER}\nx", "[redacted]\nx"), (f"{USER}'", "[redacted]'"), (f"{ARN}:job/a", f"{ARN}:job/a")], ids=ascii)
def test_no_identity_but_a_tags_reaches_a_caller(operations, text, redacted):
    def given(text):
        return {"statusReason": text, "container": {"reason": text}, "tags": {"submitted-by": USER},
                "attempts": [{"statusReason": text, "container": {"reason": text}}]}

    assert operations["read"].response(200, detail(**given(text)))[2] == {**GIVEN, **given(redacted)}
    _, _, body = operations["list"].response(200, {"jobSummaryList": [
        {"jobId": ID, "jobName": "a", "statusReason": text, "container": {"reason": text}}]})
    assert body["jobs"] == [
        {"jobId": ID, "jobName": "a", "statusReason": redacted, "container": {"reason": redacted}}]


@pytest.mark.parametrize("status, pause", [
    *[(each, {"Retry-After": "10"}) for each in ("SUBMITTED", "PENDING", "RUNNABLE", "STARTING", "RUNNING", "NEW")],
    ("SUCCEEDED", {}), ("FAILED", {})])
def test_retry_after_is_there_until_the_job_has_ended(operations, status, pause):
    assert operations["read"].response(200, detail(status=status))[1] == pause


@pytest.mark.parametrize("body", [
    {"jobs": []}, {}, detail(jobQueue=f"{ARN}:job-queue/another"), detail(jobQueue=f"{ARN}:job-queue/not-a-queue"),
    detail(jobQueue=f"{ARN}:job-queue/a-queue-not"), detail(jobQueue="a-queue"), detail(jobId="another")], ids=str)
def test_what_is_not_in_the_queue_does_not_exist_there(operations, body):
    status, headers, problem = operations["read"].response(200, body)
    assert (status, headers) == (404, {"Content-Type": PROBLEM})
    assert problem == {
        "type": "job-not-found", "title": "No such job", "status": 404,
        "detail": f"This job queue has no job {ID}. Batch forgets a job some days after it has ended, and may not know a new "
                  "one for some seconds: if you have just submitted it, ask again.",
        "submitted": "no", "requestId": REQUEST_ID}


def test_a_child_of_an_array_is_read_by_its_own_id(operations):
    _, _, job = operations["read"].response(200, detail(jobId=f"{ID}:3"), jobId=f"{ID}%3A3")
    assert job["jobId"] == f"{ID}:3"


@pytest.mark.parametrize("written", [ID, f"{ID}:3", f"{ID}%3A3"])
def test_a_cancelled_job_is_named_and_nothing_is_claimed_about_it(operations, written):
    assert operations["cancel"].response(200, "{}", jobId=written) == (202, {}, {"jobId": written.replace("%3A", ":")})
    assert operations["cancel"].integration["responses"]["200"]["statusCode"] == "202"


# ---- Lists

SUMMARY = {
    "jobId": ID, "jobName": "a-name", "jobDefinition": "a-job:3", "status": "FAILED", "statusReason": "why",
    "createdAt": 1, "startedAt": 2, "stoppedAt": 3, "container": {"exitCode": 1, "reason": "why"},
    "arrayProperties": {"size": 2, "index": 0, "statusSummary": {"FAILED": 2}},
}


def listed(*names, **rest):
    return {"jobSummaryList": [
        {**SUMMARY, **SECRET, "jobName": name, "jobDefinition": f"{ARN}:job-definition/a-job:3"} for name in names], **rest}


def test_a_list_is_cut_to_the_functions_members_in_the_functions_order(operations):
    status, headers, body = operations["list"].response(200, listed("a", "b"))
    assert (status, headers) == (200, {})
    assert body == {"jobs": [{**SUMMARY, "jobName": "a"}, {**SUMMARY, "jobName": "b"}]}
    assert [list(each) for each in body["jobs"]] == [list(SUMMARY)] * 2


@pytest.mark.parametrize("body, expected", [
    (listed(), []), ({"jobSummaryList": [{"jobId": ID, "jobName": "a"}]}, [{"jobId": ID, "jobName": "a"}]),
    ({"jobSummaryList": [{"jobId": ID, "jobName": "a", "container": {}}]}, [{"jobId": ID, "jobName": "a", "container": {}}]),
])
def test_a_list_has_what_batch_has(operations, body, expected):
    assert operations["list"].response(200, body) == (200, {}, {"jobs": expected})


@pytest.mark.parametrize("name, found", [
    ("abc", ["abc"]), ("ABC", ["ABC"]), ("ab*", ["abc", "abd"]), ("AB*", ["ABC"]), ("abx", [])])
def test_names_are_compared_with_their_case_unlike_batchs(operations, name, found):
    _, _, body = operations["list"].response(200, listed("ABC", "abc", "abd"), query={"name": name})
    assert [each["jobName"] for each in body["jobs"]] == found


@pytest.mark.parametrize("query, link", [
    ({}, "?nextToken=a%22%20%2B%2F%3D%3D"),
    ({"limit": "5", "nextToken": "before"}, "?limit=5&nextToken=a%22%20%2B%2F%3D%3D"),
    ({"status": "FAILED", "limit": "5"}, "?limit=5&nextToken=a%22%20%2B%2F%3D%3D&status=FAILED"),
    ({"name": "a*", "X-Amz-Date": "1"}, "?name=a%2A&nextToken=a%22%20%2B%2F%3D%3D"),
    ({"createdAfter": "1"}, "?createdAfter=1&nextToken=a%22%20%2B%2F%3D%3D"),
], ids=str)
def test_a_next_page_is_referred_to_with_the_same_parameters(operations, query, link):
    _, headers, body = operations["list"].response(200, listed("a", nextToken='a" +/=='), query=query)
    assert headers == {"Link": f'<{link}>; rel="next"'}
    assert body["nextToken"] == 'a" +/=='


def test_a_null_is_no_token(operations):
    _, headers, body = operations["list"].response(200, listed("a", nextToken=None))
    assert headers == {} and "nextToken" not in body


# ---- Failures


@pytest.mark.parametrize("name, action", [("read", "DescribeJobs"), ("cancel", "TerminateJob"), ("list", "ListJobs")])
def test_a_failure_stays_a_failure(operations, name, action):
    denied = f"User: {USER} is not authorized to perform: batch:{action} on resource: *"
    for status, message, expected in (
        (400, "no", (400, "refused-by-batch", "Batch says: no")),
        (400, USER, (400, "refused-by-batch", "Batch says: [redacted]")),
        (400, None, (400, "refused-by-batch", "Batch gives no reason.")),
        (403, denied, (403, "access-denied", f"The role must allow batch:{action}. Batch says: User: [redacted] is not "
                                             f"authorized to perform: batch:{action} on resource: *")),
        (403, "The security token is invalid.", (502, "function-fault", "Batch did not accept the integration's credentials.")),
        (429, "Too Many Requests", (429, "throttled", "Batch was too busy. Send the request again after 1 s.")),
        (404, "no", (502, "unexpected-answer", "Batch returned an unexpected status. Send the request again later.")),
        (500, "no", (502, "unexpected-answer", "Batch returned an unexpected status. Send the request again later.")),
    ):
        final, headers, problem = operations[name].response(status, {"message": message} if message else "{}")
        assert headers == {} and list(problem) == MEMBERS
        assert (final, problem["type"], problem["detail"]) == expected
        assert (problem["status"], problem["submitted"], problem["requestId"]) == (final, "no", REQUEST_ID)


@pytest.mark.parametrize("name", ROUTES)
@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_batchs_message_is_passed_on_unchanged(operations, name, text):
    assert operations[name].response(400, {"message": text})[2]["detail"] == f"Batch says: {text}"
    assert operations[name].response(403, {"Message": f"not authorized to perform {text}"})[2]["detail"].endswith(text)


@pytest.mark.parametrize("name", ROUTES)
def test_a_problem_has_the_functions_wording(operations, name):
    for problem in (
        operations[name].response(400, {"message": "no"})[2], operations[name].response(429, "{}")[2],
        operations[name].response(500, "{}")[2], operations[name].refusal(jobQueue="?"),
        operations[name].refusal(query={"?": "?"}), operations["read"].response(200, {"jobs": []})[2],
    ):
        assert FUNCTION_PROBLEMS[problem["type"]] == (problem["status"], problem["title"])


@pytest.mark.parametrize("name", ROUTES)
def test_each_problem_has_its_content_type_and_no_failure_is_a_success(operations, name):
    responses = operations[name].integration["responses"]
    assert set(responses) == {"200", "400", "403", "429", "default"}
    for status, response in responses.items():
        if status != "200":
            parameters = response["responseParameters"]
            assert parameters["method.response.header.Content-Type"] == f"'{PROBLEM}'"
            assert int(response["statusCode"]) >= 400
    assert responses["429"]["responseParameters"]["method.response.header.Retry-After"] == "'1'"


@pytest.mark.parametrize("name, headers", [("read", ["Content-Type", "Retry-After"]), ("cancel", []), ("list", ["Link"])])
def test_every_header_and_status_that_a_template_sets_is_declared(operations, name, headers):
    declared = operations[name].definition["responses"]
    success = declared["202" if name == "cancel" else "200"]["headers"]
    assert set(headers) <= set(success)
    assert set(declared) == {"202" if name == "cancel" else "200", "400", "403", "429", "502"} | (
        {"404"} if name == "read" else set())


# ---- The Location of a submitted job


@pytest.fixture(scope="session")
def submitted(integration):
    """The headers that a submit's response gets, and its body."""
    template = integration["responses"]["200"]["responseTemplates"]["application/json"]

    def run(body, queue="a-queue", at="/v1/direct/jobs/a-queue/a-job"):
        text, context = evaluate(template, body, at=at, jobQueue=queue, jobDefinition="a-job")
        return text.strip("\n"), context["responseOverride"]["header"]

    return run


def test_a_submitted_job_has_a_location_relative_to_its_own_path(submitted):
    body = f'{{"jobArn": "{ARN}:job/{ID}",  "jobId":"{ID}","jobName":"Z\\u00fc/"}}'
    for at in ("/v1/direct/jobs/a-queue/a-job", "/v1/direct/jobs/a-queue/a-job/", "/base/v1/direct/jobs/a-queue/a-job%3A3"):
        text, headers = submitted(body, at=at)
        # Batch's own response, byte for byte.
        assert text == body
        assert list(headers) == ["Location"]
        base = at.partition("/direct/")[0]
        location = urljoin(f"https://api.example{at}", headers["Location"])
        assert location == f"https://api.example{base}/direct/queues/a-queue/jobs/{ID}"


@pytest.mark.parametrize("body, queue", [
    ("{}", "a-queue"), ('{"jobId": "a\\r\\nb"}', "a-queue"), ('{"jobId": null}', "a-queue"),
    (f'{{"jobId": "{ID}"}}', "arn%3Aaws%3Abatch%3Aus-east-1%3A123456789012%3Ajob-queue%2Fa"), (f'{{"jobId": "{ID}"}}', "a%0Ab")])
def test_without_an_id_or_a_queues_name_there_is_no_location(submitted, body, queue):
    assert submitted(body, queue) == (body, {})
