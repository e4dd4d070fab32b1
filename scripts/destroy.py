#!/usr/bin/env python3
"""Deletes what `make deploy` deployed: destroy.py, which --help explains."""

import argparse
import sys

import given
import idempotency
from stack import Failure, Stack, answer_for, bucket_name, must, say


def destroy(stack, options):
    """Deletes the stack, after a question, and the packages that were uploaded for it."""
    stack.must_be_ours()
    where = f"the stack {stack.name} in {stack.account.region}, account {stack.account.id}"
    if not options.yes:
        if not sys.stdin.isatty():
            raise Failure(f"this deletes {where}. To skip the question, run: make destroy STACK={stack.name} YES=1")
        if input(f"Delete {where}? [y/N] ").strip().lower() not in ("y", "yes"):
            raise Failure(f"nothing was deleted. To delete it, run: make destroy STACK={stack.name}")
    resources = stack.resources()
    folder = stack.packages()
    stack.account.ask("cloudformation", "delete-stack", "--stack-name", stack.name)
    say(f"waiting until {where} is gone ...")
    must(stack.account.run("cloudformation", "wait", "stack-delete-complete", "--stack-name", stack.name), stack.failure())
    region = f"--region {stack.account.region}"
    print(f"The stack {stack.name} is gone.")
    if folder:
        must(stack.account.run("s3", "rm", "--recursive", "--only-show-errors", folder),
             f"the package is still there. Run: aws s3 rm --recursive {folder} {region}")
        bucket = folder.split("/")[2]
        if bucket == bucket_name(stack.account):
            print(f"Its bucket stays. If no other stack uses it, run: aws s3 rb s3://{bucket} {region}")
        else:
            print(f"The bucket {bucket} stays, and may keep versions of the packages that were deleted from it.")
    for line in idempotency.farewell(stack.account, resources.get(idempotency.TYPE, [])):
        print(line)
    for group in own_logs(stack.account, resources.get("AWS::Lambda::Function", [])):
        print(f"An earlier version's log stays. To delete it, run: aws logs delete-log-group --log-group-name {group} {region}")


def own_logs(account, functions):
    """The log groups that Lambda created, before the template had one that is deleted with the stack."""
    for function in functions:
        name = f"/aws/lambda/{function}"
        try:
            groups = account.ask("logs", "describe-log-groups", "--log-group-name-prefix", name)["logGroups"]
        except Failure as error:
            say(f"can't check whether there is a log {name}: {error}")
            continue
        yield from (each["logGroupName"] for each in groups if each["logGroupName"] == name)


def main():
    parser = argparse.ArgumentParser(prog="destroy.py", description=__doc__.splitlines()[0])
    parser.add_argument("--stack", default="apigw-batch", help="the stack's name")
    parser.add_argument("--yes", metavar="1", help="skip the question")
    options = parser.parse_args()
    return answer_for(
        lambda account: destroy(Stack(account, options.stack), options),
        lambda: given.check("destroy", STACK=options.stack, YES=options.yes))


if __name__ == "__main__":
    sys.exit(main())
