"""Requests signed by botocore, and altered on the way to the embedded Batch."""

import pytest
import wire

JOB = {"jobName": "demo", "jobQueue": "sample-queue", "jobDefinition": "sample-job"}
MISMATCH = "The request signature we calculated does not match the signature you provided."


def test_botocores_signature_is_accepted(batch_url):
    status, error, answer = wire.send(batch_url, "/v1/submitjob", JOB)
    assert (status, error, answer["jobName"]) == (200, None, "demo")


@pytest.mark.parametrize("query", ["?b=2&a=1", "?x=%2F%20%C3%A9~", "?flag", "?a=2&a=1"])
def test_a_query_is_part_of_the_signature(batch_url, query):
    assert wire.send(batch_url, f"/v1/submitjob{query}", JOB)[0] == 200


def test_another_body_under_the_signature_is_rejected(batch_url):
    status, error, answer = wire.send(batch_url, "/v1/submitjob", JOB, sent_body=b'{"jobName":"evil"}')
    assert (status, error) == (403, "InvalidSignatureException")
    assert answer["message"].startswith(MISMATCH)


def test_another_header_under_the_signature_is_rejected(batch_url):
    status, error, answer = wire.send(
        batch_url, "/v1/submitjob", JOB, change=lambda headers: headers.update({"Content-Type": "text/plain"}))
    assert (status, error, answer["message"].startswith(MISMATCH)) == (403, "InvalidSignatureException", True)


@pytest.mark.parametrize(("offset", "words"), [(-360, "Signature expired: "), (360, "Signature not yet current: ")])
def test_a_clock_more_than_five_minutes_off_is_rejected(batch_url, offset, words):
    status, error, answer = wire.send(batch_url, "/v1/submitjob", JOB, offset=offset)
    assert (status, error) == (403, "InvalidSignatureException")
    assert answer["message"].startswith(words)


@pytest.mark.parametrize("offset", [-240, 240])
def test_a_clock_less_than_five_minutes_off_is_accepted(batch_url, offset):
    assert wire.send(batch_url, "/v1/submitjob", JOB, offset=offset)[0] == 200


def test_a_request_without_a_signature_is_rejected(batch_url):
    answer = wire.send(batch_url, "/v1/submitjob", JOB, change=lambda headers: headers.pop("Authorization"))
    assert answer == (403, "MissingAuthenticationTokenException", {"message": "Missing Authentication Token"})


def test_a_signature_for_another_service_is_rejected(batch_url):
    status, error, answer = wire.send(batch_url, "/v1/submitjob", JOB, service="lambda")
    assert (status, error) == (403, "InvalidSignatureException")
    assert "Credential should be scoped to correct service: 'batch'" in answer["message"]


def test_a_body_that_is_not_json(batch_url):
    assert wire.send(batch_url, "/v1/submitjob", b"{'jobName': 1}")[:2] == (400, "SerializationException")


@pytest.mark.parametrize(("method", "path"), [("POST", "/v1/submitjobs"), ("GET", "/v1/submitjob"), ("GET", "/")])
def test_another_path_or_method_is_not_an_operation(batch_url, method, path):
    assert wire.send(batch_url, path, b"", method=method)[:2] == (404, "UnknownOperationException")
