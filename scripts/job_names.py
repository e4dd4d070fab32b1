"""Which job queues and job definitions a stack allows: given, asked for, or kept."""

import pathlib
import re
import sys
import typing

from stack import Failure, say

TEMPLATE = pathlib.Path(__file__).resolve().parents[1] / "template.yaml"


class Kind(typing.NamedTuple):
    """What a parameter has names of, make's variable for it, and how Batch lists them."""

    what: str
    variable: str
    operation: list
    list_name: str
    name: str


NAMES = {
    "JobQueues": Kind("job queues", "JOB_QUEUES", ["describe-job-queues"], "jobQueues", "jobQueueName"),
    "JobDefinitions": Kind(
        "job definitions", "JOB_DEFINITIONS", ["describe-job-definitions", "--status", "ACTIVE"], "jobDefinitions",
        "jobDefinitionName"),
}


def ask_for(parameter, account, given, current):
    """The names that the stack allows: given, or answered by the user, who may keep those that it has."""
    what, variable, operation, list_name, name = NAMES[parameter]
    advice = f"Type: make deploy {variable}=NAME,NAME, with * for any characters"
    if not given and sys.stdin.isatty():
        try:
            there = sorted({each[name] for each in account.ask("batch", *operation, "--max-items", "100")[list_name]})
            say(f"the {what} of the account are", ", ".join(there) or "none yet")
        except Failure as error:
            say(error)
        kept = f" [{current}]" if current else ""
        given = input(f"The {what} to allow, with commas, and * for any characters{kept}: ").strip()
    names = given or current
    if not names:
        raise Failure(f"which {what} may be submitted to? Nothing was deployed. {advice}")
    # CloudFormation checks it as well, once all is built.
    written = re.search(
        rf"^  {parameter}:\n(?:    .+\n)*?    AllowedPattern: '(.+)'\n    ConstraintDescription: (.+)$", TEMPLATE.read_text(), re.M)
    if written and not re.fullmatch(written[1], names):
        raise Failure(f"{what} can't be {names!r}: {written[2]}. {advice}")
    return names
