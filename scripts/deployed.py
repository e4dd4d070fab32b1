"""Prints where to POST, with a curl command, where the jobs are, and what was granted."""

import re
import uuid

from stack import listed

ROUTES = {
    "LambdaUrl": "The REST API's Lambda integration",
    "HttpApiUrl": "The HTTP API's Lambda integration",
    "DirectUrl": "The REST API's direct integration with Batch",
}
# The operations on jobs: method, and what follows the URL of a queue's jobs.
OPERATIONS = {"read": ("GET", "/{jobId}"), "list": ("GET", ""), "cancel": ("DELETE", "/{jobId}")}
# Uses the keys that `aws configure export-credentials` or the user has exported. Without a token, there is no header.
SIGNED = """\
curl --aws-sigv4 aws:amz:{region}:execute-api --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" \\
    ${{AWS_SESSION_TOKEN:+"-HX-Amz-Security-Token: $AWS_SESSION_TOKEN"}} \\
    -H 'Content-Type: application/json'{key} -d '{{}}' '{url}'"""
UNSIGNED = "curl -H 'Content-Type: application/json'{key} -d '{{}}' '{url}'"
# Whether the function takes keys, by the parameter Idempotency.
KEYS = {"Optional": "may", "Required": "must"}


def an_example(names, placeholder):
    """The first name without a wildcard, preferably one without a revision."""
    plain = [name for name in names.split(",") if "*" not in name]
    return next(iter(sorted(plain, key=lambda name: ":" in name)), placeholder)


def operation(account, url, method="POST"):
    """What the URL's caller must be allowed to execute-api:Invoke, as an ARN."""
    host, _, path = url.removeprefix("https://").partition("/")
    # The HTTP API's stage does not appear in its URLs.
    stage, _, path = path.partition("/") if path.startswith("v1/") else ("$default", "/", path)
    path = re.sub(r"{\w+}", "*", path)
    return f"arn:{account.partition}:execute-api:{account.region}:{account.id}:{host.split('.')[0]}/{stage}/{method}/{path}"


def operations(url, allowed, signed, account):
    """A line for each allowed operation on the jobs at a URL."""
    for name, (method, rest) in OPERATIONS.items():
        if name in allowed:
            invoke = operation(account, url + rest, method)
            callers = f", for callers who are allowed execute-api:Invoke on {invoke}" if signed else ""
            yield f"  {name}: {method} {url}{rest}{callers}"


def calls(stack, account):
    """The URL of each integration, and a command that submits a job through it."""
    outputs, parameters = stack["outputs"], stack["parameters"]
    signed = parameters.get("Authorization") == "AWS_IAM"
    # A stack of an earlier template doesn't have the parameter.
    allowed = parameters.get("AllowedOperations", "submit").split(",")
    names = {
        "{jobQueue}": an_example(parameters["JobQueues"], "YOUR-QUEUE"),
        "{jobDefinition}": an_example(parameters["JobDefinitions"], "YOUR-DEFINITION"),
    }
    if signed:
        yield "Calls are signed. With version 2 of the AWS CLI, this gives curl your keys:"
        yield '  eval "$(aws configure export-credentials --format env)"'
        if ":" in names["{jobDefinition}"]:
            yield "It takes curl 8.14 or later to sign the colon of a revision as AWS does."
    else:
        yield f"Anyone may {', '.join(allowed)} jobs here: the APIs accept unsigned requests."
    yield ""
    table = outputs.get("IdempotencyTableName")
    if table:
        yield (f"Requests to the function {KEYS[parameters['Idempotency']]} have an Idempotency-Key, and make one job then, "
               f"however often they are repeated. The keys are in the table {table}.")
        if "DirectUrl" in outputs:
            yield "The direct integration ignores it, so each request there makes a job."
        yield ""
    for output, title in ROUTES.items():
        # A route that isn't deployed has no URL.
        url, jobs = outputs.get(output), outputs.get(output.replace("Url", "JobsUrl"))
        if url and "submit" in allowed:
            yield f"{title}: {url}"
            if signed:
                yield f"  for callers who are allowed execute-api:Invoke on {operation(account, url)}"
            for placeholder, name in names.items():
                url = url.replace(placeholder, name)
            key = f" -H 'Idempotency-Key: {uuid.uuid4()}'" if table and output != "DirectUrl" else ""
            yield "  " + (SIGNED if signed else UNSIGNED).format(region=account.region, url=url, key=key)
        if jobs and (lines := list(operations(jobs, allowed, signed, account))):
            yield f"{title}, jobs:"
            yield from lines
            if output == "DirectUrl" and "cancel" in allowed:
                yield "  Here, cancel ends any job of the account in this Region, of any queue and submitter."
        if url or jobs:
            yield ""


def statement_lines(statement):
    """A statement in lines: its actions, then the resources they are allowed on."""
    yield f"    {statement['Effect']} {', '.join(listed(statement['Action']))} on"
    # The template repeats names to fill its five places.
    for resource in dict.fromkeys(listed(statement["Resource"])):
        yield f"      {resource}"
    for name in sorted(statement.keys() - {"Sid", "Effect", "Action", "Resource"}):
        yield f"      {name}: {statement[name]}"


def permissions(roles, invokers):
    """What IAM and Lambda say was granted."""
    yield "Granted, as IAM has it:"
    for (role, service), policies in roles.items():
        yield f"  {role}, a role for {service}:"
        for policy in policies:
            for statement in listed(policy["Statement"]):
                yield from statement_lines(statement)
    for function, statements in invokers.items():
        yield f"  {function} may be invoked:"
        for statement in statements:
            principal = statement["Principal"]
            service = principal["Service"] if isinstance(principal, dict) else principal
            source = statement.get("Condition", {}).get("ArnLike", {}).get("AWS:SourceArn", "anything")
            yield f"    by {service} for {source}"
