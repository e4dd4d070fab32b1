"""The events of the campaign: one request, in the shapes of everything that its caller may send it through."""

import json

import proxy_events
from function import REGION

DEFINITION = "sample-job"


def principal(turn):
    return {"rest": {"authorizer": {"principalId": "ann"}}, "http": {"authorizer": {"lambda": {"principalId": "ann"}}}}


def subject(turn):
    claims = {"iss": "https://example.com", "sub": "ann"}
    return {"rest": {"authorizer": {"claims": claims}}, "http": {"authorizer": {"jwt": {"claims": claims}}}}


def role(turn):
    # Another session of a role is the same caller.
    arn = f"arn:aws:sts::123456789012:assumed-role/ann/{REGION}-{turn}"
    return {"rest": {"identity": {"userArn": arn}}, "url": {"authorizer": {"iam": {"userArn": arn}}}}


def everybody(turn):
    return {"alb": {}, "rest": {}, "http": {}, "url": {}}


# The parts of `requestContext` that name a caller, in each shape that can.
CONTEXTS = {"principal": principal, "subject": subject, "role": role, "everybody": everybody}


def event(plan, variant, fate):
    """A key's request as an event. Its shape and its spelling differ from one invocation to the next."""
    contexts = CONTEXTS[plan.caller](fate.shape)
    shape = list(contexts)[fate.shape % len(contexts)]
    written = proxy_events.event(
        shape, variant.body, queue=variant.queue, definition=DEFINITION, base64_encoded=fate.base64,
        key=f'"{plan.text}"' if fate.quoted else plan.text)
    value = json.loads(written)
    value["requestContext"].update(contexts[shape])
    return json.dumps(value).encode()
