"""Helpers that extract the calls to the cloud, the resulting account and the printed output for the tests."""

import os
import pty
import re
import zipfile

from cloud import REGION, ROOT
from conftest import ARCH

NAMES = ("JOB_QUEUES=reports,nightly-*", "JOB_DEFINITIONS=resize,convert:7")
PARAMETERS = {"JobQueues": "reports,nightly-*", "JobDefinitions": "resize,convert:7"}
BATCH = f"arn:aws:batch:{REGION}:123456789012"
PACKAGE = ROOT / f"dist/apigw-batch-{ARCH}.zip"
# Calls that only read.
READS = re.compile(r"Get|Describe|List|HEAD |POST /v1/describe|GET /2015-03-31")


def changes(cloud):
    """The calls that change the account; for S3 objects, only their bucket."""
    return [
        (service, re.sub(r"^((?:PUT|DELETE) /[^/]+).*", r"\1", call)) for service, call in cloud.calls
        if not READS.match(call)]


def entries(archive):
    """The entries of a package: mode and content by name."""
    with zipfile.ZipFile(archive) as package:
        return {entry.filename: (entry.external_attr >> 16 & 0o777, package.read(entry)) for entry in package.infolist()}


def uploaded(cloud, stack):
    """The objects that were uploaded for a stack: their bytes by key."""
    s3 = cloud.client("s3")
    found = {}
    for bucket in s3.list_buckets()["Buckets"]:
        listed = s3.list_objects_v2(Bucket=bucket["Name"], Prefix=f"apigw-batch-packages/{stack}/")
        for each in listed.get("Contents", []):
            found[each["Key"]] = s3.get_object(Bucket=bucket["Name"], Key=each["Key"])["Body"].read()
    return found


def granted(output):
    """The printed permissions of each role: resources by action."""
    found = {}
    for line in output.splitlines():
        if match := re.match(r"  (\S+), a role for (\S+):", line):
            role = found.setdefault(match[2], {})
        elif match := re.match(r"    Allow (.+) on$", line):
            resources = role.setdefault(match[1], [])
        elif match := re.match(r"      (arn:\S+|\*)$", line):
            resources.append(match[1])
    return found


def lines_to_paste(output):
    """The lines to paste, by URL."""
    found = re.findall(r"^  (curl (?:.*\\\n)*.*)$", output, re.MULTILINE)
    return {re.search(r"https://\S+?(?=')", line)[0]: line for line in found}


def answer(command, environment, *answers):
    """Runs a command on a terminal, and types each answer when it is asked for."""
    process, terminal = pty.fork()
    if process == 0:
        os.execvpe(command[0], command, environment)
    shown = b""
    with os.fdopen(terminal, "rb", buffering=0) as output:
        answers = list(answers)
        while True:
            try:
                data = output.read(1024)
            except OSError:
                break
            if not data:
                break
            shown += data
            if answers and shown.endswith((b": ", b"] ")):
                os.write(terminal, answers.pop(0).encode() + b"\n")
    _, status = os.waitpid(process, 0)
    return os.waitstatus_to_exitcode(status), shown.decode()
