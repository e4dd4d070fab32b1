"""Generated jobs with every member of SubmitJob arrive as their callers wrote them, and botocore accepts them."""

import json
import random

from botocore.validate import ParamValidator

import members
import model
import proxy_events
from mutations import SEED

COUNT = 4000
SHAPE = model.operation("SubmitJob").input_shape


def between_braces(text):
    """The text between the braces of an object."""
    return text.strip(" \t\r\n")[1:-1].strip(" \t\r\n")


def test_generated_jobs(function, batch_stub):
    print(f"seed {SEED}")
    its = random.Random(SEED)
    jobs = []
    while len(jobs) < COUNT:
        job = members.job(its)
        text = members.written(its, job)
        if its.random() < 0.2:
            text = f"\r\n {text}\t"
        # The rest of Batch's 30 KiB is for the names.
        if len(text.encode()) < 30 * 1024 - 500:
            jobs.append((job, text))
    events = [
        proxy_events.event(its.choice(proxy_events.SHAPES), text, base64_encoded=its.random() < 0.3) for _, text in jobs
    ]

    answers = function(ALLOWED_MEMBERS="*").invoke_all(events, 120)

    assert len(batch_stub.requests) == len(answers) == COUNT
    seen = set()
    for (job, text), answer, request in zip(jobs, answers, batch_stub.requests, strict=True):
        assert answer.status == 200, (text, answer)
        sent = json.loads(request.body)
        assert sent == {"jobQueue": "sample-queue", "jobDefinition": "sample-job:3", "jobName": sent["jobName"], **job}
        assert between_braces(request.body.decode()).endswith(between_braces(text)), (text, request.body)
        report = ParamValidator().validate(sent, SHAPE)
        assert not report.has_errors(), report.generate_report()
        seen |= job.keys()
    assert seen == SHAPE.members.keys() - members.NAMED_BY_PATH
