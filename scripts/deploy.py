#!/usr/bin/env python3
"""Deploys template.yaml to the user's account, and takes it away: deploy.py deploy|destroy, which --help explains.

SAM builds and deploys where it is installed, the AWS CLI otherwise; what was deployed is read back with the AWS CLI. On
standard output is what came of it, and on standard error how.
"""

import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import zipfile

import check_zip
import deployed
from stack import Account, Failure, Stack, default_region

ROOT = pathlib.Path(__file__).resolve().parents[1]
TEMPLATE = ROOT / "template.yaml"
# Where SAM and the AWS CLI put the package, so that `destroy` finds it: a folder of the bucket for each stack.
PREFIX = "apigw-batch-packages"
NAMES = {
    "JobQueues": ("job queues", "JOB_QUEUES", ["describe-job-queues"], "jobQueues", "jobQueueName"),
    "JobDefinitions": (
        "job definitions", "JOB_DEFINITIONS", ["describe-job-definitions", "--status", "ACTIVE"], "jobDefinitions",
        "jobDefinitionName"),
}


def say(*words):
    print("deploy:", *words, file=sys.stderr, flush=True)


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


def must(succeeded, what):
    if not succeeded:
        raise Failure(what)


def with_package(package):
    """A copy of the template whose function is this package."""
    code = "CodeUri: .\n"
    template = TEMPLATE.read_text()
    must(template.count(code) == 1, f"template.yaml must have one line '{code.strip()}', as the package takes its place")
    copy = ROOT / ".aws-sam/deploy/template.yaml"
    copy.parent.mkdir(parents=True, exist_ok=True)
    copy.write_text(template.replace(code, f"CodeUri: '{package}'\n"))
    return copy


def deploy_with_sam(stack, options, parameters):
    """Builds by the Makefile's target, and deploys. SAM has a bucket of its own for packages, unless one is given."""
    # SAM's make is not a part of the one that may have started this.
    environment = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKELEVEL")}
    environment["ARCH"] = options.arch

    def sam(*arguments):
        done = subprocess.run(
            ["sam", *arguments, "--region", stack.account.region, "--parameter-overrides", *parameters],
            stdout=sys.stderr, cwd=ROOT, env=environment)
        return done.returncode == 0

    if options.package:
        template = ["--template-file", str(with_package(options.package))]
    else:
        template = []
        must(sam("build"), f"SAM could not build the function. To see why, type: make package ARCH={options.arch}")
    where = ["--s3-bucket", options.bucket, "--no-resolve-s3"] if options.bucket else ["--resolve-s3"]
    must(sam(
        "deploy", *template, "--stack-name", stack.name, *where, "--s3-prefix", f"{PREFIX}/{stack.name}",
        "--capabilities", "CAPABILITY_IAM", "--no-confirm-changeset", "--no-fail-on-empty-changeset",
    ), why_it_failed(stack))


def deploy_with_aws(stack, options, parameters):
    """The same by the AWS CLI, which takes the package as it is."""
    package = options.package or ROOT / f"dist/apigw-batch-{options.arch}.zip"
    if not options.package:
        built = subprocess.run(
            ["make", "--no-print-directory", "package", f"ARCH={options.arch}"], cwd=ROOT, stdout=sys.stderr)
        must(built.returncode == 0, f"the function could not be built. To see why, type: make package ARCH={options.arch}")
    bucket = options.bucket or own_bucket(stack.account)
    template = with_package(package)
    packaged = template.with_name("packaged.yaml")
    must(stack.account.run(
        "cloudformation", "package", "--template-file", str(template), "--s3-bucket", bucket,
        "--s3-prefix", f"{PREFIX}/{stack.name}", "--output-template-file", str(packaged), stdout=subprocess.DEVNULL,
    ), f"the package could not be put into the bucket {bucket}. Type: make deploy BUCKET=NAME, with a bucket of yours")
    must(stack.account.run(
        "cloudformation", "deploy", "--template-file", str(packaged), "--stack-name", stack.name,
        "--capabilities", "CAPABILITY_IAM", "--no-fail-on-empty-changeset", "--parameter-overrides", *parameters,
        stdout=sys.stderr,
    ), why_it_failed(stack))


def why_it_failed(stack):
    return (
        f"the stack {stack.name} was not deployed. For the reason, type: {' '.join(stack.account.command())} cloudformation "
        f"describe-stack-events --stack-name {stack.name} --query "
        "\"StackEvents[?contains(ResourceStatus, 'FAILED')].[LogicalResourceId,ResourceStatusReason]\" --output text")


def own_bucket(account):
    """A bucket of this account in this Region for packages, made where there is none yet."""
    name = f"apigw-batch-{account.id}-{account.region}"
    try:
        # Its name can be guessed, so anybody may have made it: it must be this account's.
        account.ask("s3api", "head-bucket", "--bucket", name, "--expected-bucket-owner", account.id)
    except Failure as error:
        if "404" not in error.reason:
            raise Failure(f"the bucket {name} can't be used: {error.reason}. Type: make deploy BUCKET=NAME, with another") from None
        place = [] if account.region == "us-east-1" else [
            "--create-bucket-configuration", f"LocationConstraint={account.region}"]
        account.ask("s3api", "create-bucket", "--bucket", name, *place)
        say(f"made the bucket {name} for the package")
    return name


def deploy(stack, options):
    now = stack.describe() or {"status": "", "parameters": {}}
    if now["status"] in ("ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "CREATE_FAILED", "DELETE_FAILED"):
        raise Failure(f"the stack {stack.name} is {now['status']}, and can't be updated. Type: make destroy STACK={stack.name}")
    given = {"JobQueues": options.job_queues, "JobDefinitions": options.job_definitions}
    parameters = [
        f"{name}={ask_for(name, stack.account, given[name], now['parameters'].get(name))}" for name in NAMES]
    parameters += [f"Architecture={options.arch}", *options.parameters.split()]
    say(f"the stack {stack.name} in {stack.account.region}, account {stack.account.id}: {' '.join(parameters)}")
    (deploy_with_sam if shutil.which("sam") else deploy_with_aws)(stack, options, parameters)
    for line in deployed.calls(stack.describe(), stack.account):
        print(line)
    resources = stack.resources()
    for line in deployed.permissions(stack.roles(resources), stack.invokers(resources)):
        print(line)
    print(f"\nSomething doesn't work? Type: swift run apigw-batch doctor --stack {stack.name}")


def destroy(stack, options):
    if stack.describe() is None:
        raise Failure(
            f"there is no stack {stack.name} in {stack.account.region}, account {stack.account.id}. "
            "Type: make destroy STACK=NAME, and AWS_REGION=… before it for another Region")
    where = f"the stack {stack.name} in {stack.account.region}, account {stack.account.id}"
    if not options.yes:
        if not sys.stdin.isatty():
            raise Failure(f"this takes away {where}. To do it without a question, type: make destroy STACK={stack.name} YES=1")
        if input(f"Take away {where}? [y/N] ").strip().lower() not in ("y", "yes"):
            raise Failure("nothing taken away. When you want it, type: make destroy")
    functions = stack.resources().get("AWS::Lambda::Function", [])
    package = stack.package()
    stack.account.ask("cloudformation", "delete-stack", "--stack-name", stack.name)
    say(f"waiting until {where} is gone ...")
    must(stack.account.run("cloudformation", "wait", "stack-delete-complete", "--stack-name", stack.name), why_it_failed(stack))
    if package and f"/{PREFIX}/{stack.name}/" in package:
        folder = package.rpartition("/")[0]
        must(stack.account.run("s3", "rm", "--recursive", "--only-show-errors", f"{folder}/"),
             f"the package is still there. Type: aws s3 rm --recursive {folder}/")
    print(f"The stack {stack.name} and its packages are gone.")
    for function in functions:
        print(f"Its log stays. To delete it, type: aws logs delete-log-group --log-group-name /aws/lambda/{function} "
              f"--region {stack.account.region}")


def main():
    parser = argparse.ArgumentParser(prog="deploy.py", description=__doc__.split("\n\n")[0])
    parser.add_argument("action", choices=["deploy", "destroy"])
    parser.add_argument("--stack", default="apigw-batch", help="the stack's name")
    parser.add_argument("--job-queues", help="up to five names, comma-separated; * matches any run of characters")
    parser.add_argument("--job-definitions", help="the same, each with :REVISION or without")
    parser.add_argument("--parameters", default="", help="other parameters of template.yaml, as 'NAME=VALUE NAME=VALUE'")
    parser.add_argument("--arch", choices=["x86_64", "arm64"], default="x86_64", help="what the function runs on")
    parser.add_argument("--package", type=pathlib.Path, help="a package that was built elsewhere, to deploy instead of building one")
    parser.add_argument("--bucket", help="the S3 bucket that takes the package; by default one that is made for it")
    parser.add_argument("--yes", action="store_true", help="destroy without a question")
    options = parser.parse_args()
    try:
        if options.package:
            must(options.package.is_file(), f"{options.package} is not there. Type: make package ARCH={options.arch}")
            options.package = options.package.resolve()
            must(zipfile.is_zipfile(options.package), f"{options.package} is no package. Type: make package ARCH={options.arch}")
            faults = check_zip.faults(options.arch, options.package)
            must(not faults, f"{options.package}: {'; '.join(faults)}. Type: make deploy PACKAGE=… ARCH=…, or leave PACKAGE out")
        if shutil.which("aws") is None:
            raise Failure("the AWS CLI is not installed. Type: python3 -m pip install awscli, or see https://aws.amazon.com/cli/")
        stack = Stack(Account(default_region()), options.stack)
        {"deploy": deploy, "destroy": destroy}[options.action](stack, options)
    except Failure as error:
        say(error)
        return 1
    except (KeyboardInterrupt, EOFError):
        say("interrupted. What was begun goes on in AWS: type the same again")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
