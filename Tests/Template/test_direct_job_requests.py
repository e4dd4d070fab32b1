"""The requests that the direct routes of jobs send to Batch: what callers wrote, or {}, which Batch refuses."""

import pytest

from direct_jobs import ID, ROUTES, Operation
from test_request_template import HOSTILE
from velocity import REQUEST_ID

EVERY_STATE = {"filters": [{"name": "AFTER_CREATED_AT", "values": ["0"]}]}
LIST = {"jobQueue": "a-queue", "maxResults": 100}


@pytest.mark.parametrize("written, id", [
    (ID, ID), (f"{ID}:0", f"{ID}:0"), (f"{ID}%3A9999", f"{ID}:9999"), (f"{ID}%3a12", f"{ID}:12")])
def test_a_job_is_asked_for_by_its_id(operations, written, id):
    assert operations["read"].request(jobId=written) == {"jobs": [id]}
    assert operations["cancel"].request(jobId=written) == {
        "jobId": id, "reason": f"Cancelled through apigw-batch, request {REQUEST_ID}"}


@pytest.mark.parametrize("query, restriction", [
    ({}, EVERY_STATE),
    ({"limit": "1"}, {**EVERY_STATE, "maxResults": 1}),
    ({"limit": "99"}, {**EVERY_STATE, "maxResults": 99}),
    ({"nextToken": "a+/=="}, {**EVERY_STATE, "nextToken": "a+/=="}),
    ({"status": "FAILED"}, {"jobStatus": "FAILED"}),
    ({"status": "RUNNING", "limit": "100", "nextToken": "a"}, {"jobStatus": "RUNNING", "nextToken": "a"}),
    ({"name": "a-job"}, {"filters": [{"name": "JOB_NAME", "values": ["a-job"]}]}),
    ({"name": "a*"}, {"filters": [{"name": "JOB_NAME", "values": ["a*"]}]}),
    ({"createdAfter": "1795949781775"}, {"filters": [{"name": "AFTER_CREATED_AT", "values": ["1795949781775"]}]}),
    ({"createdBefore": "0"}, {"filters": [{"name": "BEFORE_CREATED_AT", "values": ["0"]}]}),
], ids=str)
def test_a_list_is_restricted_as_the_query_says_or_has_every_state(operations, query, restriction):
    assert operations["list"].request(query) == {**LIST, **restriction}
    assert operations["list"].refusal(query=query)["type"] == "refused-by-batch"


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_no_text_adds_a_member(operations, text):
    assert operations["cancel"].request({"reason": text}) == {"jobId": ID, "reason": text}
    assert operations["list"].request({"nextToken": text}) == {**LIST, **EVERY_STATE, "nextToken": text}


def test_an_empty_reason_is_replaced(operations):
    assert operations["cancel"].request({"reason": ""}) == operations["cancel"].request()
    assert operations["cancel"].request({"reason": "x" * 1024})["reason"] == "x" * 1024


@pytest.mark.parametrize("name", ROUTES)
def test_only_the_stacks_queues_are_allowed(deploy, name):
    operation = Operation(deploy(JobQueues="reports,night-*,*_x*", JobDefinitions="a-job"), name)
    for queue in ("reports", "night-", "night-1", "_x", "a_xb"):
        assert operation.request(jobQueue=queue) != {}
        assert operation.refusal(jobQueue=queue)["type"] == "refused-by-batch"
    for queue in ("report", "reports1", "Reports", "night", "a-night-1", "x", "reports-night-"):
        assert operation.request(jobQueue=queue) == {}
        status, headers, problem = operation.response(400, {"message": "A member is missing."}, jobQueue=queue)
        assert (status, headers) == (403, {})
        assert problem == {
            "type": "not-allowed", "title": "Not allowed by the API's policy", "status": 403,
            "detail": f'Job queue "{queue}" is not allowed here. Use another queue, or add it to the stack\'s JobQueues.',
            "submitted": "no", "requestId": REQUEST_ID}
    every = Operation(deploy(JobDefinitions="a-job"), name)
    assert every.request(jobQueue="any-_1") != {}


BAD_IDS = [
    "", "a", ID.upper(), f"{ID}:", f"{ID}:00", f"{ID}:10000", f"{ID}:-1", f"{ID}:0:0", f"{ID}%253A0", f" {ID}", f"{ID}\n",
    ID.replace("-", ""), f"{ID}%22", *HOSTILE]
BAD_QUEUES = ["", "a b", "a%20b", "a.b", "a" * 129, "arn%3Aaws%3Abatch", "%2D", *HOSTILE]


@pytest.mark.parametrize("name", ROUTES)
@pytest.mark.parametrize("queue", BAD_QUEUES, ids=ascii)
def test_what_can_not_be_a_queue_is_refused(operations, name, queue):
    assert operations[name].request(jobQueue=queue) == {}
    problem = operations[name].refusal(jobQueue=queue)
    assert (problem["type"], problem["title"]) == ("bad-path", "Malformed path")
    assert problem["detail"].startswith(f'"{queue}" in the path is not a valid job queue name: use 1 to 128')


@pytest.mark.parametrize("name", ["read", "cancel"])
@pytest.mark.parametrize("id", BAD_IDS, ids=ascii)
def test_what_can_not_be_a_jobs_id_is_refused(operations, name, id):
    assert operations[name].request(jobId=id) == {}
    problem = operations[name].refusal(jobId=id)
    assert (problem["type"], problem["title"]) == ("bad-path", "Malformed path")
    assert problem["detail"].startswith(f'"{id}" in the path is not a job\'s id: use the jobId of a submit\'s response, ')


@pytest.mark.parametrize("query, detail", [
    *[({"status": text}, f'status is "{text}", but must be one of the seven states, such as RUNNING.')
      for text in ("", "running", "RUNNING,FAILED", "RUNNING ", *HOSTILE)],
    *[({"name": text}, f'name is "{text}", but must be the name of a job, or its beginning and *.')
      for text in ("", "*", "a**", "-a", "a b", "a*b", "a" * 129, "Zürich", '"', "a\n")],
    *[({name: text}, f'{name} is "{text}", but must be milliseconds since 1970, as in createdAt.')
      for name in ("createdAfter", "createdBefore") for text in ("", "-1", "1.5", "2026-11-23T08:25:29Z", "1" * 15, "٣", '"')],
    *[({"limit": text}, f'limit is "{text}", but must be a number from 1 to 100.')
      for text in ("", "0", "101", "-1", "1.0", "1e1", "01", " 1", "٣", '1,"jobStatus":"FAILED"')],
    ({"nextToken": ""}, 'nextToken is "", but must be the nextToken of the page before.'),
    *[({text: "1"}, f'"{text}" is not a parameter of this route. It has: status, name, createdAfter, createdBefore, limit, '
                    "nextToken.") for text in ("Status", "jobStatus", "filters", "reason", "maxResults", "amz-x", *HOSTILE)],
    *[(dict.fromkeys(names, value), f"{names[0]} and {names[1]} can't be combined here, because Batch lists jobs by one of "
                                    "them. Send one of them, or use a route of the function.")
      for names, value in ((("createdAfter", "createdBefore"), "1"), (("name", "createdAfter"), "1"))],
    ({"createdBefore": "1", "status": "FAILED"}, "status and createdBefore can't be combined here, because Batch lists jobs "
                                                 "by one of them. Send one of them, or use a route of the function."),
], ids=ascii)
def test_what_a_list_can_not_do_is_refused_by_name(operations, query, detail):
    assert operations["list"].request(query) == {}
    problem = operations["list"].refusal(query=query)
    assert (problem["type"], problem["title"], problem["detail"]) == ("bad-query", "Malformed query", detail)


@pytest.mark.parametrize("name, known", [("read", "Send it without a query."), ("cancel", "It has: reason.")])
@pytest.mark.parametrize("text", ["", "Reason", "status", *HOSTILE], ids=ascii)
def test_a_parameter_that_a_route_does_not_have_is_refused(operations, name, known, text):
    assert operations[name].request({text: "1"}) == {}
    problem = operations[name].refusal(query={text: "1"})
    assert problem["type"] == "bad-query"
    assert problem["detail"] == f'"{text}" is not a parameter of this route. {known}'


@pytest.mark.parametrize("character", ["x", "\u00fc", "\u65e5", "\U0001f6b2"], ids=ascii)
def test_a_reason_has_at_most_1024_unicode_characters(operations, character):
    assert operations["cancel"].request({"reason": character * 1024})["reason"] == character * 1024
    assert operations["cancel"].request({"reason": character * 1025}) == {}
    detail = operations["cancel"].refusal(query={"reason": character * 1025})["detail"]
    assert detail.endswith("but must be a text of at most 1024 characters.")


@pytest.mark.parametrize("name", ROUTES)
def test_a_signature_in_the_query_is_api_gateways_business(operations, name):
    query = {"X-Amz-Signature": "a", "x-amz-date": "b"}
    assert operations[name].request(query) == operations[name].request() != {}
    assert operations[name].refusal(query=query)["type"] == "refused-by-batch"


@pytest.mark.parametrize("name, path", [("read", "describejobs"), ("cancel", "terminatejob"), ("list", "listjobs")])
def test_each_route_calls_one_operation_with_the_role(operations, name, path):
    integration = operations[name].integration
    assert integration["uri"] == f"arn:aws:apigateway:us-east-1:batch:path/v1/{path}"
    assert (integration["type"], integration["httpMethod"], integration["credentials"]) == ("aws", "POST", "DirectRole.Arn")
    # With any other value, a body of another content type would bypass the mapping template.
    assert integration["passthroughBehavior"] == "never"
    assert list(integration["requestTemplates"]) == ["application/json"]
    assert "requestParameters" not in integration
