"""The function knows the members of SubmitJob in botocore's model, both in a body and in ALLOWED_MEMBERS."""

import json
import pathlib
import re

import members
import model
import proxy_events
from function import ROOT

NAMES = list(model.operation("SubmitJob").input_shape.members)
SOURCE = pathlib.Path(ROOT / "Sources/Function/Batch/SubmitJobMember.swift").read_text()


def test_the_list_equals_the_models():
    (listed,) = re.findall(r"static let all = \[(.*?)\]", SOURCE, re.DOTALL)
    assert sorted(re.findall(r'"(\w+)"', listed)) == sorted(NAMES)


def test_every_member_of_the_model_can_be_allowed(function, batch_stub):
    names = [name for name in NAMES if name not in members.NAMED_BY_PATH]
    running = function(ALLOWED_MEMBERS=",".join(names))
    body = json.dumps({name: "a" if name == "jobName" else {} for name in names})
    (answer,) = running.invoke(proxy_events.event(body=body))
    assert answer.status == 200, answer
    assert json.loads(batch_stub.requests[0].body).keys() == set(NAMES)


def test_no_member_of_the_model_is_unknown(function):
    names = [name for name in NAMES if name not in members.NAMED_BY_PATH and name != "jobName"]
    answers = function().invoke_all([proxy_events.event(body=json.dumps({name: {}})) for name in names], 60)
    assert {answer.status for answer in answers} == {200, 403}


def test_a_member_that_aws_adds_later_can_be_allowed(function, batch_stub):
    running = function(ALLOWED_MEMBERS="tags,+addedLater")
    answers = running.invoke(*(proxy_events.event(body=json.dumps({name: {}})) for name in ("addedLater", "addedlater")))
    assert [answer.status for answer in answers] == [200, 400]


def test_a_name_that_the_model_does_not_have_is_an_init_error(function):
    for name in set(NAMES) - members.NAMED_BY_PATH:
        wrong = name[:-1] + "x"
        running = function(ALLOWED_MEMBERS=f"tags,{wrong}")
        assert running.until_end() != 0
        message = running.runtime.init_error["errorMessage"]
        assert f'"{wrong}"' in message and f"write {name}, or +{wrong}" in message
