#!/usr/bin/env python3
"""Deploys template.yaml to the user's account: deploy.py, which --help explains.

SAM builds and deploys if it is installed, the AWS CLI otherwise; what was deployed is read back with the AWS CLI. The
result goes to standard output, progress to standard error.
"""

import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import zipfile

import check_zip
import checksum
import deployed
import given
import idempotency
from job_names import NAMES, ask_for, check_names
from members import faults
from stack import PREFIX, Failure, Stack, answer_for, bucket_name, must, say
from template import TEMPLATE, parameters

ROOT = pathlib.Path(__file__).resolve().parents[1]
# The statuses of a stack that can't be updated, with the command to run, except the stack's name at its end.
STUCK = {
    **dict.fromkeys(
        ("ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "CREATE_FAILED", "DELETE_FAILED"), "make destroy STACK="),
    "UPDATE_ROLLBACK_FAILED": "aws cloudformation continue-update-rollback --stack-name ",
}


def with_package(stack, package):
    """A copy of the template whose function is this package, in a folder of the stack's own: two may be deployed at once."""
    code = "CodeUri: .\n"
    template = TEMPLATE.read_text()
    must(template.count(code) == 1, f"template.yaml must have one line '{code.strip()}', as the package takes its place")
    copy = ROOT / ".aws-sam/deploy" / stack / "template.yaml"
    copy.parent.mkdir(parents=True, exist_ok=True)
    copy.write_text(template.replace(code, f"CodeUri: {yaml_text(str(package.resolve()))}\n"))
    return copy


def yaml_text(text):
    """A text as a YAML scalar, whatever its characters."""
    return '"' + "".join(
        each if each.isascii() and (each.isalnum() or each in "/._-") else f"\\U{ord(each):08x}" for each in text) + '"'


def deploy_with_sam(stack, options, parameters):
    """Builds with the Makefile's target, and deploys. SAM has its own bucket for packages, unless one is given."""
    # SAM's make must not inherit the flags of the make that may have started this.
    environment = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKELEVEL")}
    environment["ARCH"] = options.arch

    # SAM takes an empty value only in quotes.
    overrides = [f'{each}""' if each.endswith("=") else each for each in parameters]

    def sam(*arguments):
        done = subprocess.run(
            ["sam", *arguments, "--region", stack.account.region, "--parameter-overrides", *overrides],
            stdout=sys.stderr, cwd=ROOT, env=environment)
        return done.returncode == 0

    if options.package:
        template = ["--template-file", str(with_package(stack.name, options.package))]
    else:
        template = []
        must(sam("build"), f"SAM could not build the function. To see why, run: make package ARCH={options.arch}")
    where = ["--s3-bucket", options.bucket, "--no-resolve-s3"] if options.bucket else ["--resolve-s3"]
    must(sam(
        "deploy", *template, "--stack-name", stack.name, *where, "--s3-prefix", f"{PREFIX}/{stack.name}",
        "--capabilities", "CAPABILITY_IAM", "--no-confirm-changeset", "--no-fail-on-empty-changeset",
    ), stack.failure())


def deploy_with_aws(stack, options, parameters):
    """The same with the AWS CLI, which takes the package as it is."""
    package = options.package or ROOT / f"dist/apigw-batch-{options.arch}.zip"
    if not options.package:
        built = subprocess.run(
            ["make", "--no-print-directory", "package", f"ARCH={options.arch}"], cwd=ROOT, stdout=sys.stderr)
        must(built.returncode == 0, f"the function could not be built. To see why, run: make package ARCH={options.arch}")
    bucket = options.bucket or own_bucket(stack.account)
    template = with_package(stack.name, package)
    packaged = template.with_name("packaged.yaml")
    must(stack.account.run(
        "cloudformation", "package", "--template-file", str(template), "--s3-bucket", bucket,
        "--s3-prefix", f"{PREFIX}/{stack.name}", "--output-template-file", str(packaged), stdout=subprocess.DEVNULL,
    ), f"the package could not be uploaded to the bucket {bucket}. Run: make deploy BUCKET=NAME, with a bucket of yours")
    must(stack.account.run(
        "cloudformation", "deploy", "--template-file", str(packaged), "--stack-name", stack.name,
        # The template is too large to be sent in the request.
        "--s3-bucket", bucket, "--s3-prefix", f"{PREFIX}/{stack.name}",
        "--capabilities", "CAPABILITY_IAM", "--no-fail-on-empty-changeset", "--parameter-overrides", *parameters,
        stdout=sys.stderr,
    ), stack.failure())


def own_bucket(account):
    """The bucket for packages, created if it doesn't exist."""
    name = bucket_name(account)
    try:
        # Its name is predictable, so anyone may have created it: it must belong to this account.
        account.ask("s3api", "head-bucket", "--bucket", name, "--expected-bucket-owner", account.id)
    except Failure as error:
        if "(404)" not in error.reason:
            raise Failure(
                f"the bucket {name} can't be used: {error.reason}. Run: make deploy BUCKET=NAME, with another") from None
        place = [] if account.region == "us-east-1" else [
            "--create-bucket-configuration", f"LocationConstraint={account.region}"]
        account.ask("s3api", "create-bucket", "--bucket", name, *place)
        say(f"created the bucket {name} for the package")
    return name


def check(package, arch, sha256=None):
    """Rejects what can't be the function's package, or isn't the file that was published."""
    advice = f"run: make package ARCH={arch}"
    must(not package.is_dir(), f"PACKAGE names {str(package)!r}, which is a folder; {advice}")
    must(package.is_file(), f"PACKAGE names {str(package)!r}, which doesn't exist; {advice}")
    must(zipfile.is_zipfile(package), f"PACKAGE names {str(package)!r}, which is not a zip archive; {advice}")
    fault = checksum.fault(package, sha256, "PACKAGE", "deploy")
    must(not fault, fault)
    found = check_zip.faults(arch, package)
    must(not found, f"PACKAGE {str(package)!r}: {'; '.join(found)}. Run: make deploy PACKAGE=… ARCH=…, or leave PACKAGE out")


def other_parameters(text):
    """The parameters other than the names and the architecture, each as NAME=VALUE."""
    known = {name: each for name, each in parameters().items() if name not in (*NAMES, "Architecture")}
    for parameter in text.split():
        name, equals, value = parameter.partition("=")
        if name == "Architecture" or name in NAMES:
            variable = "ARCH" if name == "Architecture" else NAMES[name].variable
            raise Failure(f"PARAMETERS can't set {name}, which has a variable of its own; run: make deploy {variable}=…")
        must(equals and name in known, f"PARAMETERS has {parameter!r}, which is not a parameter of template.yaml; "
                                       f"run: make deploy PARAMETERS='NAME=VALUE', with one of {', '.join(known)}")
        if name == "AllowedMembers" and (wrong := faults(value)):
            fault, right = wrong
            raise Failure(f"PARAMETERS can't set {name} to {value!r}: {fault}; "
                          f"run: make deploy PARAMETERS='{name}={right}'")
        must(known[name].allows(value), f"PARAMETERS can't set {name} to {value!r}: {known[name].advice}; "
                                        f"run: make deploy PARAMETERS='{name}=VALUE'")
    return text.split()


def check_routes(values):
    """Rejects a stack without a route, as CloudFormation would, but before anything is built."""
    routes = [name for name in parameters() if name.endswith("Route")]
    must(any(values.get(name) != "Disabled" for name in routes),
         f"{', '.join(routes)} would all be Disabled, so nothing would be deployed; "
         f"run: make deploy PARAMETERS='{routes[0]}=Enabled'")


def check_submitters(values):
    """Rejects routes that can't tell whose job it is if jobs are seen by their submitters, as CloudFormation would."""
    if values.get("JobsSeenBy") != "submitter":
        return
    needed = [] if values.get("SubmitterTag") else ["SubmitterTag=submitted-by"]
    needed += [] if values.get("RestDirectRoute") == "Disabled" else ["RestDirectRoute=Disabled"]
    must(not needed, "JobsSeenBy=submitter needs a tag that names each job's submitter, and no direct routes, which can't tell "
                     f"whose job it is; run: make deploy PARAMETERS='JobsSeenBy=submitter {' '.join(needed)}'")


def check_given(options):
    """Rejects invalid values of make's variables before the account is asked for anything."""
    given.check("deploy", STACK=options.stack, BUCKET=options.bucket, ARCH=options.arch)
    given.check("deploy PACKAGE=FILE", SHA256=options.sha256)
    must(options.package or not options.sha256,
         "SHA256 is for a PACKAGE that was built elsewhere; run: make deploy PACKAGE=FILE SHA256=SUM")
    for name, names in (("JobQueues", options.job_queues), ("JobDefinitions", options.job_definitions)):
        if names:
            check_names(name, names)
    check_routes(dict(each.split("=", 1) for each in other_parameters(options.parameters)))
    if options.package:
        check(options.package, options.arch, options.sha256)


def deploy(stack, options):
    """Deploys the stack, and prints its URLs and what was granted."""
    others = other_parameters(options.parameters)
    now = stack.describe() or {"status": "", "parameters": {}}
    if now["status"]:
        stack.must_be_ours()
    for status, remedy in STUCK.items():
        must(now["status"] != status, f"the stack {stack.name} is {status}, and can't be updated. Run: {remedy}{stack.name}")
    wanted = now["parameters"] | dict(each.split("=", 1) for each in others)
    check_routes(wanted)
    check_submitters(wanted)
    idempotency.check_change(stack, now, wanted)
    names = {"JobQueues": options.job_queues, "JobDefinitions": options.job_definitions}
    values = [f"{name}={ask_for(name, stack.account, names[name], now['parameters'].get(name))}" for name in NAMES]
    values += [f"Architecture={options.arch}", *others]
    say(f"the stack {stack.name} in {stack.account.region}, account {stack.account.id}: {' '.join(values)}")
    (deploy_with_sam if shutil.which("sam") else deploy_with_aws)(stack, options, values)
    after = stack.describe()
    for line in deployed.calls(after, stack.account):
        print(line)
    try:
        resources = stack.resources()
        for line in deployed.permissions(stack.roles(resources), stack.invokers(resources)):
            print(line)
        for line in idempotency.farewell(stack.account, idempotency.replaced(now, after)):
            print(line)
    except Failure as error:
        say(f"everything is deployed, but what was granted can't be read: {error}")
    print(f"\nSomething doesn't work? Run: swift run apigw-batch doctor --stack {stack.name}")


def main():
    parser = argparse.ArgumentParser(prog="deploy.py", description=__doc__.splitlines()[0])
    parser.add_argument("--stack", default="apigw-batch", help="the stack's name")
    parser.add_argument("--job-queues", help="up to five names, comma-separated; * matches any run of characters")
    parser.add_argument("--job-definitions", help="the same, each with :REVISION or without")
    parser.add_argument("--parameters", default="", help="other parameters of template.yaml, as 'NAME=VALUE NAME=VALUE'")
    parser.add_argument("--arch", default=given.machine(), help="the function's architecture: x86_64 or arm64")
    parser.add_argument(
        "--package", type=pathlib.Path,
        help="a package that was built elsewhere, to deploy as it is; PACKAGE.sha256 next to it has its checksum")
    parser.add_argument("--sha256", help="the package's SHA-256 sum, instead of that file")
    parser.add_argument("--bucket", help="the S3 bucket for the package; by default one is created")
    options = parser.parse_args()
    return answer_for(lambda account: deploy(Stack(account, options.stack), options), lambda: check_given(options))


if __name__ == "__main__":
    sys.exit(main())
