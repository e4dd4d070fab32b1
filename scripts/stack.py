"""A stack in the user's account, as the AWS CLI sees it: it finds keys and profiles in every way there is."""

import functools
import json
import os
import re
import subprocess


class Failure(Exception):
    """What went wrong, ending with what to type. `reason` is the CLI's own line, where it was asked."""

    def __init__(self, message, reason=""):
        super().__init__(message)
        self.reason = reason


def default_region():
    """The Region as the SDKs find it; version 1 of the CLI doesn't look at AWS_REGION."""
    region = os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION")
    if not region:
        asked = subprocess.run(["aws", "configure", "get", "region"], capture_output=True, text=True)
        region = asked.stdout.strip()
    if not region:
        raise Failure("no Region is set. Type: export AWS_REGION=us-east-1, or another")
    return region


def listed(value):
    """The values of a policy's element, which may be one alone."""
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
            command + ["--output", "json"], capture_output=True, text=True, env={**os.environ, "AWS_PAGER": ""})
        if asked.returncode != 0:
            reason = asked.stderr.strip().splitlines()[-1:] or ["it does not say why"]
            raise Failure(f"'{' '.join(arguments[:2])}' failed: {reason[0]}. To see it again, type: {' '.join(command)}", reason[0])
        return json.loads(asked.stdout) if asked.stdout.strip() else None

    def run(self, *arguments, **options):
        """Runs a command of the CLI that shows its own progress, and says whether it succeeded."""
        return subprocess.run(self.command(*arguments), **options).returncode == 0

    @functools.cache
    def policy_document(self, arn):
        """What a managed policy allows now."""
        version = self.ask("iam", "get-policy", "--policy-arn", arn)["Policy"]["DefaultVersionId"]
        policy = self.ask("iam", "get-policy-version", "--policy-arn", arn, "--version-id", version)
        return policy["PolicyVersion"]["Document"]


class Stack:
    """One stack, which may not be there; nothing of it is kept here."""

    def __init__(self, account, name):
        self.account = account
        self.name = name

    def describe(self):
        """Its status, parameters and outputs; nothing when there is no such stack."""
        try:
            (stack,) = self.account.ask("cloudformation", "describe-stacks", "--stack-name", self.name)["Stacks"]
        except Failure as error:
            if "does not exist" in error.reason:
                return None
            raise
        return {
            "status": stack["StackStatus"],
            "parameters": {each["ParameterKey"]: each["ParameterValue"] for each in stack.get("Parameters", [])},
            "outputs": {each["OutputKey"]: each["OutputValue"] for each in stack.get("Outputs", [])},
        }

    def package(self):
        """Where the function's code was taken from, as an s3:// URL; nothing when the template doesn't say."""
        template = self.account.ask(
            "cloudformation", "get-template", "--stack-name", self.name, "--template-stage", "Original")
        found = re.search(r"CodeUri\W+(s3://[^\s\"']+)", str(template["TemplateBody"]))
        return found and found[1]

    def resources(self):
        """The physical ids of its resources, by their type."""
        found = self.account.ask("cloudformation", "describe-stack-resources", "--stack-name", self.name)
        resources = {}
        for each in found["StackResources"]:
            # One that could not be made has no id.
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
        """Who may invoke each of its functions: statements of its resource policy."""
        return {
            name: json.loads(self.account.ask("lambda", "get-policy", "--function-name", name)["Policy"])["Statement"]
            for name in resources.get("AWS::Lambda::Function", [])
        }
