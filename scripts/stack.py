"""A stack in the user's account, seen through the AWS CLI, which finds keys and profiles in every supported way."""

import functools
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys


# The bucket's folder for packages: one folder in it per stack, so that they are found again.
PREFIX = "apigw-batch-packages"


class Failure(Exception):
    """What went wrong, ending with the next command. `reason` is the CLI's own line, if it was asked."""

    def __init__(self, message, reason=""):
        super().__init__(message)
        self.reason = reason


# `deploy` or `destroy`: what its lines begin with.
PROGRAM = pathlib.Path(sys.argv[0]).stem


def say(*words):
    print(f"{PROGRAM}:", *words, file=sys.stderr, flush=True)


def must(succeeded, what):
    if not succeeded:
        raise Failure(what)


def answer_for(work, check):
    """Checks what the user gave, then does the work in the account. Returns the exit status; a failure is printed."""
    try:
        check()
        if shutil.which("aws") is None:
            raise Failure("the AWS CLI is not installed. Run: apt-get install awscli, or see https://aws.amazon.com/cli/")
        work(Account(default_region()))
    except Failure as error:
        say(error)
        return 1
    except (KeyboardInterrupt, EOFError):
        say("interrupted. What was started continues in AWS; to follow it, run the same command again")
        return 130
    return 0


def bucket_name(account):
    """The bucket for packages, if neither SAM nor the user provides one."""
    return f"apigw-batch-{account.id}-{account.region}"


def default_region():
    """The Region as the SDKs find it; version 1 of the CLI ignores AWS_REGION."""
    region = os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION")
    if not region:
        asked = subprocess.run(["aws", "configure", "get", "region"], capture_output=True, text=True)
        region = asked.stdout.strip()
    if not region:
        raise Failure("no Region is set. Run: export AWS_REGION=us-east-1, or another")
    return region


def listed(value):
    """The values of a policy's element, which may be a single one."""
    return value if isinstance(value, list) else [value]


class Account:
    """The account that the keys belong to, in one Region."""

    def __init__(self, region):
        self.region = region
        identity = self.ask("sts", "get-caller-identity")
        self.id = identity["Account"]
        self.partition = identity["Arn"].split(":")[1]

    def command(self, *arguments):
        return ["aws", *arguments, "--region", self.region]

    def ask(self, *arguments):
        """What a command of the CLI prints, as JSON; None when it prints nothing."""
        command = self.command(*arguments)
        asked = subprocess.run(
            command + ["--output", "json"], capture_output=True, text=True,
            env={**os.environ, "AWS_PAGER": "", "AWS_CLI_ERROR_FORMAT": "legacy"})
        if asked.returncode != 0:
            # More may follow the error; a trace ends with it.
            lines = [line for line in asked.stderr.splitlines() if line.strip()] or ["it does not say why"]
            reason = next((line for line in lines if "An error occurred" in line), lines[-1])
            raise Failure(
                f"'{' '.join(arguments[:2])}' failed: {reason}. To see it again, run: {shlex.join(command)}", reason)
        return json.loads(asked.stdout) if asked.stdout.strip() else None

    def run(self, *arguments, **options):
        """Runs a command of the CLI that shows its own progress; returns whether it succeeded."""
        return subprocess.run(self.command(*arguments), **options).returncode == 0

    @functools.cache
    def policy_document(self, arn):
        """What a managed policy allows now."""
        version = self.ask("iam", "get-policy", "--policy-arn", arn)["Policy"]["DefaultVersionId"]
        policy = self.ask("iam", "get-policy-version", "--policy-arn", arn, "--version-id", version)
        return policy["PolicyVersion"]["Document"]


class Stack:
    """One stack, which may not exist. Nothing about it is cached."""

    def __init__(self, account, name):
        self.account = account
        self.name = name

    def describe(self):
        """Its status, parameters and outputs; None if there is no such stack."""
        try:
            (stack,) = self.account.ask("cloudformation", "describe-stacks", "--stack-name", self.name)["Stacks"]
        except Failure as error:
            if "Stack with id" in error.reason:
                return None
            raise
        # A first change set that was never executed leaves only a name.
        if stack["StackStatus"] == "REVIEW_IN_PROGRESS":
            return None
        return {
            "status": stack["StackStatus"],
            "parameters": {each["ParameterKey"]: each["ParameterValue"] for each in stack.get("Parameters", [])},
            "outputs": {each["OutputKey"]: each["OutputValue"] for each in stack.get("Outputs", [])},
        }

    def must_be_ours(self):
        """Rejects a stack that doesn't exist, or has another template, which ours would replace."""
        now = self.describe()
        where = f"{self.account.region}, account {self.account.id}"
        if now is None:
            raise Failure(
                f"there is no stack {self.name} in {where}. Run: make destroy STACK=NAME, and AWS_REGION=… before it for "
                "another Region")
        if not {"JobQueues", "JobDefinitions"} <= now["parameters"].keys():
            raise Failure(
                f"the stack {self.name} in {where} has another template. Run the same command with STACK=NAME, another name")

    def packages(self):
        """The bucket's folder with the function's code; None if `make deploy` didn't upload it."""
        template = self.account.ask(
            "cloudformation", "get-template", "--stack-name", self.name, "--template-stage", "Original")
        found = re.search(rf"s3://[^\s\"']+/{PREFIX}/{re.escape(self.name)}/", str(template["TemplateBody"]))
        return found and found[0]

    def failure(self):
        """The command that shows why its last change failed."""
        return (
            f"the last change of the stack {self.name} failed. For the reason, run: {' '.join(self.account.command())} "
            f"cloudformation describe-stack-events --stack-name {self.name} --query "
            "\"StackEvents[?contains(ResourceStatus, 'FAILED')].[LogicalResourceId,ResourceStatusReason]\" --output text")

    def resources(self):
        """The physical ids of its resources, by their type."""
        found = self.account.ask("cloudformation", "describe-stack-resources", "--stack-name", self.name)
        resources = {}
        for each in found["StackResources"]:
            # A resource that could not be created has no id.
            if "PhysicalResourceId" in each:
                resources.setdefault(each["ResourceType"], []).append(each["PhysicalResourceId"])
        return resources

    def roles(self, resources):
        """The documents of the policies that each of its roles has, by the role's name and the service it trusts."""
        roles = {}
        for name in resources.get("AWS::IAM::Role", []):
            role = self.account.ask("iam", "get-role", "--role-name", name)["Role"]
            (trust,) = role["AssumeRolePolicyDocument"]["Statement"]
            attached = self.account.ask("iam", "list-attached-role-policies", "--role-name", name)["AttachedPolicies"]
            documents = [self.account.policy_document(each["PolicyArn"]) for each in attached]
            for inline in self.account.ask("iam", "list-role-policies", "--role-name", name)["PolicyNames"]:
                policy = self.account.ask("iam", "get-role-policy", "--role-name", name, "--policy-name", inline)
                documents.append(policy["PolicyDocument"])
            roles[name, listed(trust["Principal"]["Service"])[0]] = documents
        return roles

    def invokers(self, resources):
        """Who may invoke each of its functions: the statements of its resource policy."""
        return {
            name: json.loads(self.account.ask("lambda", "get-policy", "--function-name", name)["Policy"])["Statement"]
            for name in resources.get("AWS::Lambda::Function", [])
        }
