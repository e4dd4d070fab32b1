"""Which job queues and job definitions a stack allows: given, asked for, or kept."""

import sys
import typing

from stack import Failure, must, say
from template import parameters


class Kind(typing.NamedTuple):
    """The kind of name in a parameter, make's variable for it, and how Batch lists them."""

    what: str
    variable: str
    operation: list
    list_name: str
    name: str

    @property
    def example(self):
        return f"make deploy {self.variable}=NAME,NAME, with * for any characters"


NAMES = {
    "JobQueues": Kind("job queues", "JOB_QUEUES", ["describe-job-queues"], "jobQueues", "jobQueueName"),
    "JobDefinitions": Kind(
        "job definitions", "JOB_DEFINITIONS", ["describe-job-definitions", "--status", "ACTIVE"], "jobDefinitions",
        "jobDefinitionName"),
}


def ask_for(parameter, account, given, current):
    """The names that the stack allows: given, or asked for, with those that it has as the default."""
    what, _, operation, list_name, name = kind = NAMES[parameter]
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
        raise Failure(f"which {what} may be submitted to? Nothing was deployed. Run: {kind.example}")
    check_names(parameter, names)
    return names


def check_names(parameter, names):
    """Rejects names that the template does not allow. CloudFormation would too, but only after the build."""
    kind, form = NAMES[parameter], parameters()[parameter]
    must(form.allows(names), f"{kind.variable} can't be {names!r}: {form.advice}; run: {kind.example}")
