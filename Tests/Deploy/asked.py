"""What was asked of the cloud, what is there afterwards and what was printed, as the tests look at it."""

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
# What reads, and changes nothing.
READS = re.compile(r"Get|Describe|List|HEAD |POST /v1/describe|GET /2015-03-31")


def changes(cloud):
    """What was asked for that changes the account; of an object, only the bucket."""
    return [
        (service, re.sub(r"^((?:PUT|DELETE) /[^/]+).*", r"\1", call)) for service, call in cloud.calls
        if not READS.match(call)]


def entries(archive):
    """What a package holds, with the modes."""
    with zipfile.ZipFile(archive) as package:
        return {entry.filename: (entry.external_attr >> 16 & 0o777, package.read(entry)) for entry in package.infolist()}


def uploaded(cloud, stack):
    """The objects that were put for a stack: their bytes by key."""
    s3 = cloud.client("s3")
    found = {}
    for bucket in s3.list_buckets()["Buckets"]:
        listed = s3.list_objects_v2(Bucket=bucket["Name"], Prefix=f"apigw-batch-packages/{stack}/")
        for each in listed.get("Contents", []):
            found[each["Key"]] = s3.get_object(Bucket=bucket["Name"], Key=each["Key"])["Body"].read()
    return found


def granted(output):
    """The resources that each role is allowed to submit jobs to, as they were printed."""
    found = {}
    for line in output.splitlines():
        if match := re.match(r"  (\S+), a role for (\S+):", line):
            role = found.setdefault(match[2], {})
        elif match := re.match(r"    Allow (.+) on$", line):
            resources = role.setdefault(match[1], [])
        elif match := re.match(r"      (arn:\S+|\*)$", line):
            resources.append(match[1])
    return found


def commands(output):
    """The lines to paste, each by the URL it goes to."""
    found = re.findall(r"^  (curl (?:.*\\\n)*.*)$", output, re.MULTILINE)
    return {re.search(r"https://\S+?(?=')", command)[0]: command for command in found}


def answer(command, environment, *answers):
    """Runs a command on a terminal, and gives each answer when it's asked."""
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
