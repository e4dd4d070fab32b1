"""The direct route's mapping template turns any request into SubmitJob's body, without forbidden members."""

import json
import urllib.parse

import airspeed
import pytest

from cloudformation import read
from velocity import evaluate, members

HOSTILE = [
    'a"', '"', "'", "\\", '\\"', "\\'", "\\\\'", "''", "a\nb", "a\r\tb", "\b\f\x00\x1f\x7f", "a/b", "Zürich", "日本語", "🚲",
    "\u2028", "a b", "a+b", "%", "%22", "%2522", "$a", "${a}", "$input.body", "#set($a = 1)", "#if(true)", "##", "#*",
    '","containerOverrides":{"command":["sh"]},"x":"', '"}', "'}", "\\u0022", "]", "}", ",", ":", "{}", "x" * 300,
]


@pytest.fixture(scope="session")
def submit(integration):
    """Evaluates the mapping template, and parses its output."""
    template = integration["requestTemplates"]["application/json"]

    def run(body="", jobQueue="a-queue", jobDefinition="a-job"):
        text, _ = evaluate(template, body, jobQueue=jobQueue, jobDefinition=jobDefinition)
        return members(text)

    return run


def encoded(text, safe=""):
    return urllib.parse.quote(text, safe=safe)


def test_a_request_without_a_body_submits_a_job_with_a_generated_name(submit):
    expected = {"jobName": "a-job-c6af9ac6", "jobQueue": "a-queue", "jobDefinition": "a-job"}
    assert submit("") == submit("{}") == expected


@pytest.mark.parametrize("written, decoded", [
    ("a-job:3", "a-job:3"), ("a-job%3A3", "a-job:3"), ("a+b", "a+b"), ("a%2Bb", "a+b"), ("a%20b", "a b"),
    ("%22", '"'), ("%2522", "%22"), ("%252522", "%2522"), ("%25", "%"), ("Z%C3%BCrich", "Zürich"),
    ("%F0%9F%9A%B2", "🚲"), ("a%2Fb", "a/b"), ("a'b", "a'b"), ('a"b', 'a"b'),
])
def test_a_parameter_is_decoded_once(submit, written, decoded):
    job = submit(jobQueue=written, jobDefinition=written)
    assert (job["jobQueue"], job["jobDefinition"]) == (decoded, decoded)


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_no_parameter_adds_a_member(submit, text):
    for written in {encoded(text), encoded(text, safe="!\"#$&'()*,/:;<=>?@[\\]^`{|}~ ")}:
        job = submit(jobQueue=written, jobDefinition=written)
        assert set(job) == {"jobName", "jobQueue", "jobDefinition"}
        # A raw percent sign starts an escape, as it does in any path.
        assert job["jobQueue"] == job["jobDefinition"] == urllib.parse.unquote(written)


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_no_value_adds_a_member(submit, text):
    body = {
        "jobName": text, "parameters": {text: text}, "tags": {text: text}, "dependsOn": [{"jobId": text}],
        "retryStrategy": {"attempts": 2, "evaluateOnExit": [{"onReason": text, "action": "EXIT"}]},
        "timeout": {"attemptDurationSeconds": 60}, "propagateTags": False,
    }
    for written in (json.dumps(body), json.dumps(body, ensure_ascii=False)):
        assert submit(written) == {**body, "jobQueue": "a-queue", "jobDefinition": "a-job"}


@pytest.mark.parametrize("value", [False, True, None, 0, "", [], {}, "null", [None], {"a": {"b": [1, 2.5]}}], ids=repr)
def test_a_member_is_passed_on_unchanged(submit, value):
    for name in ("jobName", "parameters", "dependsOn", "retryStrategy", "timeout", "tags", "propagateTags"):
        assert submit(json.dumps({name: value}))[name] == value


def test_other_members_are_dropped_even_if_the_validator_accepts_them(submit):
    body = {
        "jobQueue": "another", "jobDefinition": "another", "containerOverrides": {"command": ["sh"]}, "JobQueue": "x",
        "arrayProperties": {"size": 10000}, "parameters": {"a": "b"},
    }
    assert submit(json.dumps(body)) == {
        "jobName": "a-job-c6af9ac6", "jobQueue": "a-queue", "jobDefinition": "a-job", "parameters": {"a": "b"}}


@pytest.mark.parametrize("definition, name", [
    ("a-job", "a-job-c6af9ac6"), ("a-job:3", "a-job-c6af9ac6"), ("_a", "job_a-c6af9ac6"), ("-a:1", "job-a-c6af9ac6"),
    ("9", "9-c6af9ac6"), ("a" * 119, "a" * 119 + "-c6af9ac6"), ("a" * 128, "a" * 119 + "-c6af9ac6"),
    ("_" * 128 + ":7", "job" + "_" * 116 + "-c6af9ac6"),
])
def test_a_name_is_generated_as_in_the_function(submit, definition, name):
    assert len(name) <= 128
    assert submit(jobDefinition=encoded(definition))["jobName"] == name


@pytest.mark.parametrize("template", ["#if($input.path('$.nope'))a#end", "#if(!$nope)a#end", "#if($input.body)a#end"])
def test_a_condition_on_a_value_that_may_be_missing_fails(template):
    """Shows that no template has one: API Gateway would take it for true."""
    with pytest.raises(airspeed.TemplateError):
        evaluate(template)


def test_the_same_inputs_add_members_if_nothing_is_escaped():
    """Shows that these tests can fail, with the example that is deliberately unsafe."""
    paths = read("examples/direct-minimal.yaml")["Resources"]["Api"]["Properties"]["DefinitionBody"]["paths"]
    operation = paths["/jobs/{jobQueue}/{jobDefinition}"]["post"]
    template = operation["x-amazon-apigateway-integration"]["requestTemplates"]["application/json"]
    text, _ = evaluate(
        template, jobQueue="a-queue", jobDefinition=encoded('a","containerOverrides":{"command":["sh"]},"x":"'))
    assert members(text)["containerOverrides"] == {"command": ["sh"]}
    text, _ = evaluate(template, jobQueue=encoded('"'), jobDefinition="a-job")
    with pytest.raises(ValueError):
        members(text)
