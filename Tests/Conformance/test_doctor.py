"""`apigw-batch doctor` against moto's Batch and CloudFormation, with deliberate faults."""

import http.server
import json
import os
import platform
import re
import struct
import subprocess
import sys
import threading
import zipfile

import botocore.configloader
import pytest

from conftest import COMMAND, ROOT
from function import REGION
from moto_process import client, moto, post  # noqa: F401
from time_limits import at_most

LINE = re.compile(r"(ok|fail|warn|skip) {2,4}(\S.*)")
DOWN = "http://127.0.0.1:9"
# Lambda's name for this machine's architecture, which a first deployment uses, and for the other one.
MACHINE, OTHER = ("arm64", "x86_64") if platform.machine() in ("aarch64", "arm64") else ("x86_64", "arm64")


@pytest.fixture(scope="module")
def account(moto):
    """Queues, definitions and stacks, healthy and faulty ones."""
    iam, batch, formation = (client(moto, service) for service in ("iam", "batch", "cloudformation"))
    role = iam.create_role(RoleName="service", AssumeRolePolicyDocument="{}")["Role"]["Arn"]
    machines = batch.create_compute_environment(
        computeEnvironmentName="machines", type="UNMANAGED", serviceRole=role)["computeEnvironmentArn"]
    for name, state in {"reports": "ENABLED", "closed": "DISABLED"}.items():
        batch.create_job_queue(
            jobQueueName=name, state=state, priority=1,
            computeEnvironmentOrder=[{"order": 1, "computeEnvironment": machines}])
    for name in ("resize", "resize", "resize", "gone"):
        batch.register_job_definition(
            jobDefinitionName=name, type="container",
            containerProperties={"image": "busybox", "vcpus": 1, "memory": 128, "command": ["true"]})
    for revision in ("resize:2", "gone:1"):
        batch.deregister_job_definition(jobDefinition=revision)
    for name, values in {
        "good": {"JobQueues": "reports,team-*", "JobDefinitions": "resize", "Architecture": MACHINE},
        "bad": {"JobQueues": "closed", "JobDefinitions": "resize:2", "Architecture": OTHER, "Colour": "red"},
    }.items():
        formation.create_stack(
            StackName=name,
            TemplateBody=json.dumps({
                "Parameters": {key: {"Type": "String"} for key in values},
                "Resources": {"Topic": {"Type": "AWS::SNS::Topic"}},
                "Outputs": {"HttpApiUrl": {"Value": f"https://{name}.example.com/jobs"}},
            }),
            Parameters=[{"ParameterKey": key, "ParameterValue": value} for key, value in values.items()])
    return {"iam": iam, "batch": batch, "cloudformation": formation}


def contents(account):
    """Everything that the doctor could change."""
    batch, formation = account["batch"], account["cloudformation"]
    queues = batch.describe_job_queues()["jobQueues"]
    found = [
        queues, batch.describe_job_definitions()["jobDefinitions"],
        batch.describe_compute_environments()["computeEnvironments"], formation.describe_stacks()["Stacks"],
        account["iam"].list_roles()["Roles"],
        *(batch.list_jobs(jobQueue=queue["jobQueueName"])["jobSummaryList"] for queue in queues),
    ]
    return json.dumps(found, default=str, sort_keys=True)


class Report:
    """The output of a run. All findings have the same format."""

    def __init__(self, run):
        assert run.stderr == "", run.stderr
        self.findings = []
        for line in run.stdout.splitlines():
            match = LINE.fullmatch(line)
            assert match, line
            verdict, text = match.groups()
            # Every problem comes with the command that fixes it.
            assert bool(re.search(r"; run: \S.*$", text)) == (verdict != "ok"), line
            self.findings.append((verdict, text))
        failed = any(verdict == "fail" for verdict, _ in self.findings)
        assert run.returncode == (1 if failed else 0), run.stdout

    def about(self, *starts):
        """The findings whose texts begin with one of `starts`, each as a line."""
        return [f"{verdict} {text}" for verdict, text in self.findings if text.startswith(starts)]


def environment(tmp_path, **variables):
    path = os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]])
    keys = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_REGION": REGION,
            # No host outside this machine is asked.
            "APIGW_BATCH_OSV_URL": DOWN}
    given = {"PATH": path, "HOME": str(tmp_path), **keys, **variables}
    return {name: value for name, value in given.items() if value is not None}


def run(tmp_path, *arguments, **variables):
    return subprocess.run(
        [COMMAND, "doctor", *arguments], cwd=ROOT, env=environment(tmp_path, **variables),
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=at_most(120))


@pytest.fixture
def doctor(moto, account, tmp_path):
    """Examines moto's account, which must be unchanged afterwards."""

    def examine(*arguments, **variables):
        before = contents(account)
        report = Report(run(tmp_path, *arguments, **{"AWS_ENDPOINT_URL": moto, **variables}))
        assert contents(account) == before
        return report

    return examine


def test_an_account_without_problems(doctor, moto):
    report = doctor("--parameter-overrides", "JobQueues=reports", "JobDefinitions=resize")
    assert report.about("region", "credentials", "job ", "policy", "ALLOWED") == [
        "ok region us-east-1, partition aws",
        f"ok credentials: accepted by Batch at {moto}, account 123456789012",
        "ok job queue reports: ENABLED, VALID",
        "ok job definition resize: 3 is the latest revision that is ACTIVE",
        "ok policy: DirectRole and SubmitJobFunction may submit to job queue reports",
        "ok policy: DirectRole and SubmitJobFunction may submit job definition resize without a revision "
        "and with revision 3",
        "ok ALLOWED_JOB_QUEUES of SubmitJobFunction allows reports",
        "ok ALLOWED_JOB_DEFINITIONS of SubmitJobFunction allows resize",
    ]


def test_a_machine_that_builds_this_project_has_everything(doctor):
    report = doctor()
    assert [line.split()[:2] for line in report.about("Swift", "lib", "deployment")] == [
        ["ok", "Swift"], ["ok", "libcurl"], ["ok", "libcrypto"], ["ok", "deployment:"]]
    # Without names, no check can fail.
    assert "fail" not in {verdict for verdict, _ in report.findings}
    assert report.about("job ") == [
        "skip job queues: not checked, because none is named; run: swift run apigw-batch doctor --queue NAME",
        "skip job definitions: not checked, because none is named; run: swift run apigw-batch doctor --definition NAME",
    ]


def test_disabled_deregistered_and_missing_names(doctor):
    names = ["--queue", "closed", "--queue", "nowhere"]
    for definition in ("resize:2", "resize:4", "resize:1", "gone", "nothing"):
        names += ["--definition", definition]
    aws = f"--region {REGION}"
    look = f"run: aws batch describe-job-definitions --job-definition-name resize --status ACTIVE {aws}"
    assert doctor(*names).about("job ") == [
        f"fail job queue closed is DISABLED; run: aws batch update-job-queue --job-queue closed --state ENABLED {aws}",
        f"fail job queue nowhere does not exist in {REGION}; "
        f"run: aws batch describe-job-queues --query 'jobQueues[].jobQueueName' {aws}",
        f"fail job definition resize:2 is INACTIVE; the latest ACTIVE revision is 3; {look}",
        f"fail job definition resize:4 does not exist; the latest ACTIVE revision is 3; {look}",
        "ok job definition resize:1: ACTIVE, and 3 is the latest",
        "fail job definition gone has no ACTIVE revision; "
        f"run: aws batch register-job-definition --cli-input-json file://gone.json {aws}",
        f"fail job definition nothing does not exist in {REGION}; "
        f"run: aws batch describe-job-definitions --status ACTIVE --query 'jobDefinitions[].jobDefinitionName' {aws}",
    ]


def test_the_command_for_a_disabled_queue_fixes_it(doctor, moto, account, tmp_path):
    (line,) = doctor("--queue", "closed").about("job queue")
    try:
        # Run the AWS CLI as a user would.
        subprocess.run(
            line.split("; run: ")[1], shell=True, check=True, capture_output=True, timeout=at_most(60),
            env=environment(tmp_path, AWS_ENDPOINT_URL=moto))
        assert doctor("--queue", "closed").about("job queue") == ["ok job queue closed: ENABLED, VALID"]
    finally:
        account["batch"].update_job_queue(jobQueue="closed", state="DISABLED")


def test_a_suggested_doctor_command_repeats_the_options(doctor):
    report = doctor(
        "--queue", "reports", "--parameter-overrides", "JobQueues=rep*", "--zip", "a package.zip",
        AWS_ENDPOINT_URL_BATCH=DOWN)
    (line,) = report.about("job queue")
    assert line.endswith(
        "run: swift run apigw-batch doctor --queue reports --parameter-overrides 'JobQueues=rep*' --zip 'a package.zip'")
    (line,) = report.about("job definitions")
    assert line.endswith("--zip 'a package.zip' --definition NAME")


@pytest.mark.parametrize("settings, region", [
    ("  region = eu-west-1\n  output = json\n", "eu-west-1"),
    ("\toutput = json\n\tregion = eu-west-1\n", "eu-west-1"),
    ("s3 =\n  region = eu-west-1\nregion = eu-west-2\n", "eu-west-2"),
    ("  region = eu-west-2\n  s3 =\n    region = eu-west-1\n", "eu-west-2"),
])
def test_the_region_of_the_config_file_is_read_as_botocore_reads_it(tmp_path, settings, region):
    folder = tmp_path / ".aws"
    folder.mkdir()
    (folder / "config").write_text(f"[default]\n{settings}")
    assert botocore.configloader.load_config(str(folder / "config"))["profiles"]["default"]["region"] == region
    report = Report(run(tmp_path, AWS_REGION=None, AWS_ENDPOINT_URL=DOWN))
    assert report.about("region") == [f"ok region {region}, partition aws"]


def test_names_that_the_sam_template_does_not_allow(doctor):
    report = doctor(
        "--queue", "reports", "--definition", "resize",
        "--parameter-overrides", "JobQueues=other", "JobDefinitions=resize:3")
    both = "fail policy: DirectRole and SubmitJobFunction may not"
    queues = "run: make deploy JOB_QUEUES=other,reports JOB_DEFINITIONS=resize:3"
    definitions = "run: make deploy JOB_QUEUES=other JOB_DEFINITIONS=resize"
    assert report.about("policy", "ALLOWED") == [
        f"{both} submit to job queue reports: no statement allows it; {queues}",
        f"{both} submit job definition resize without a revision, only with revision 3: no statement allows it; "
        f"{definitions}",
        f'fail ALLOWED_JOB_QUEUES of SubmitJobFunction is "other", which does not allow reports; {queues}',
        f'fail ALLOWED_JOB_DEFINITIONS of SubmitJobFunction is "resize:3", which does not allow resize; {definitions}',
    ]


def test_the_parameters_of_a_stack_are_used(doctor):
    report = doctor("--stack", "good")
    assert report.about("stack", "job ") == [
        "ok stack good: CREATE_COMPLETE", "ok stack good: HttpApiUrl https://good.example.com/jobs",
        "ok job queue reports: ENABLED, VALID", "ok job definition resize: 3 is the latest revision that is ACTIVE",
    ]
    assert not [line for line in report.about("policy", "ALLOWED") if not line.startswith("ok")]


def test_a_stack_of_another_template_and_with_bad_names(doctor):
    report = doctor("--stack", "bad")
    (warning,) = report.about("template")
    assert re.fullmatch(
        r"warn template .*template\.yaml does not declare Colour, which the stack sets: "
        r"the stack was deployed from another template; "
        r"run: make deploy STACK=bad JOB_QUEUES=closed JOB_DEFINITIONS=resize:2 ARCH=" + OTHER, warning)
    assert [line.split(";")[0] for line in report.about("job ")] == [
        "fail job queue closed is DISABLED", "fail job definition resize:2 is INACTIVE"]
    (package,) = report.about("package")
    assert f"dist/apigw-batch-{OTHER}.zip" in package


def test_a_missing_stack(doctor):
    assert doctor("--stack", "missing").about("stack") == [
        f"fail stack missing does not exist in {REGION}; "
        "run: make deploy STACK=missing JOB_QUEUES=NAME JOB_DEFINITIONS=NAME"]


def test_the_templates_defaults_are_not_assumed_for_a_stack_that_can_not_be_read(doctor):
    """Deploying the defaults would remove a live stack's names."""
    report = doctor("--stack", "good", "--queue", "reports", "--definition", "resize", AWS_ENDPOINT_URL_CLOUDFORMATION=DOWN)
    (stack,) = report.about("stack")
    assert stack.startswith("fail stack good: ")
    assert report.about("policy", "policies", "ALLOWED") == [
        "skip policies and function variables: not checked, because stack good was not read; "
        "fix the failure above first; "
        "run: swift run apigw-batch doctor --stack good --queue reports --definition resize"]
    assert not [line for _, line in report.findings if "make deploy" in line and not line.startswith("package")]


@pytest.fixture
def new_cli(tmp_path):
    """An AWS CLI that fails as version 2 does, whose errors follow `cli_error_format`, which is JSON here."""
    folder = tmp_path / "cli"
    folder.mkdir()
    path = folder / "aws"
    path.write_text("""#!/bin/sh
case "$AWS_CLI_ERROR_FORMAT $*" in
  *--version*) echo aws-cli/2.34.0 ;;
  legacy*) printf '\\nError loading SSO Token: Token for corp does not exist\\n' >&2; exit 255 ;;
  *) printf '{\\n  "Message": "Token for corp does not exist"\\n}\\n' >&2; exit 255 ;;
esac
""")
    path.chmod(0o755)
    return os.pathsep.join([str(folder), os.environ["PATH"]])


def test_errors_of_the_cli_are_one_line_whatever_its_settings(doctor, new_cli):
    keys = {"AWS_ACCESS_KEY_ID": None, "AWS_SECRET_ACCESS_KEY": None}
    report = doctor("--stack", "good", PATH=new_cli, AWS_CLI_ERROR_FORMAT="json", **keys)
    reason = "Error loading SSO Token: Token for corp does not exist"
    assert report.about("stack", "no AWS keys") == [
        f"fail stack good: {reason}; "
        f"run: aws cloudformation describe-stacks --stack-name good --region {REGION}",
        f"fail no AWS keys for profile 'default' ({reason}), nor in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; "
        "run: aws sso login"]


@pytest.mark.parametrize(("machine", "number"), [("x86_64", 62), ("arm64", 183)])
def test_a_package_and_the_templates_architecture(doctor, tmp_path, machine, number):
    package = tmp_path / "package.zip"
    elf = tmp_path / "elf"
    # An executable at a fixed address, without segments or sections.
    elf.write_bytes(b"\x7fELF\x02\x01\x01" + bytes(9) + struct.pack("<HH", 2, number) + bytes(100_000))
    subprocess.run([sys.executable, ROOT / "scripts/make_zip.py", elf, package], check=True)
    by = {each: "make deploy" + ("" if each == MACHINE else f" ARCH={each}") for each in (MACHINE, OTHER)}
    for architecture in ("x86_64", "arm64"):
        (line,) = doctor(
            "--zip", str(package), "--parameter-overrides", f"Architecture={architecture}").about("package")
        if architecture != machine:
            wanted = {"x86_64": 62, "arm64": 183}[architecture]
            assert line == (
                f"fail package {package} for SubmitJobFunction on {architecture}: bootstrap is for ELF machine {number}, "
                f"not {wanted} ({architecture}); run: make package ARCH={architecture}")
        elif architecture == "x86_64":
            assert line == f"ok package {package}: fits SubmitJobFunction on x86_64; deployed by {by[machine]}"
        else:
            # This differs from the SAM template's default.
            assert line == (
                f"ok package {package}: fits SubmitJobFunction on arm64; deployed by {by[machine]}; "
                "sam deploy needs --parameter-overrides Architecture=arm64")


def test_a_package_with_other_contents(doctor, tmp_path):
    package = tmp_path / "package.zip"
    with zipfile.ZipFile(package, "w") as file:
        file.writestr("bootstrap", "#!/bin/sh\n")
    (line,) = doctor("--zip", str(package)).about("package")
    assert line.startswith(f"fail package {package} for SubmitJobFunction on {MACHINE}: it holds bootstrap, not ")
    assert "bootstrap is not an ELF executable" in line
    missing = doctor("--zip", "nowhere.zip").about("package")
    assert missing == [f"fail package nowhere.zip does not exist; run: make package ARCH={MACHINE}"]


def test_signatures_and_keys(moto, account, tmp_path):
    """moto checks them, as an independent verifier."""
    iam = account["iam"]
    iam.create_user(UserName="reader")
    # moto derives the action's name from the URL's path, so it is in lower case.
    actions = ["batch:describejobqueues", "batch:describejobdefinitions"]
    statement = {"Effect": "Allow", "Action": actions, "Resource": "*"}
    iam.put_user_policy(
        UserName="reader", PolicyName="only",
        PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [statement]}))
    keys = iam.create_access_key(UserName="reader")["AccessKey"]
    names = ["--queue", "reports", "--definition", "resize"]
    right = {"AWS_ACCESS_KEY_ID": keys["AccessKeyId"], "AWS_SECRET_ACCESS_KEY": keys["SecretAccessKey"]}
    reports = []
    # The account can't be read while signatures are checked, so compare it before and after.
    before = contents(account)
    post(moto, "/moto-api/reset-auth", b"0")
    try:
        for changes in ({}, {"AWS_SECRET_ACCESS_KEY": "wrong"}, {"AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE"}):
            variables = {"AWS_ENDPOINT_URL": moto, **right, **changes}
            reports.append(Report(run(tmp_path, *names, **variables)))
    finally:
        post(moto, "/moto-api/reset-auth", b"1000000")
    assert contents(account) == before
    assert [line.split(":")[0] for line in reports[0].about("credentials", "job ")] == [
        "ok credentials", "ok job queue reports", "ok job definition resize"]
    for report in reports[1:]:
        (line,) = report.about("credentials")
        assert line.startswith("fail credentials: rejected (403)")
        assert line.endswith("run: unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN")
        assert [line.split(":")[0] for line in report.about("job ")] == [
            "skip job queue reports", "skip job definition resize"]
    for report in reports:
        assert keys["SecretAccessKey"] not in str(report.findings)


def test_an_unreachable_batch(doctor):
    report = doctor("--queue", "reports", AWS_ENDPOINT_URL_BATCH=DOWN)
    (line,) = report.about("Batch")
    assert line.startswith(f"fail Batch at {DOWN}: can't connect")
    assert line.endswith("run: unset AWS_ENDPOINT_URL_BATCH")
    report = doctor("--queue", "reports", "--batch-endpoint", DOWN)
    (line,) = report.about("Batch")
    assert line.endswith("run: swift run apigw-batch batch --port 9")


@pytest.mark.parametrize(("changes", "line"), [
    ({"AWS_REGION": None}, "fail no AWS region is set; run: export AWS_REGION=us-east-1"),
    ({"AWS_REGION": "US East"}, 'fail region: "US East" is not a valid region: set one such as us-east-1; '
     "run: export AWS_REGION=us-east-1"),
    ({"AWS_ACCESS_KEY_ID": None},
     "fail AWS_SECRET_ACCESS_KEY is set without AWS_ACCESS_KEY_ID; run: export AWS_ACCESS_KEY_ID=..."),
    ({"AWS_ACCESS_KEY_ID": None, "AWS_SECRET_ACCESS_KEY": None, "PATH": "/usr/bin:/bin"},
     "fail no AWS keys for profile 'default', nor in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; run: aws configure"),
    ({"AWS_PROFILE": "other", "AWS_REGION": None},
     "fail profile 'other' does not exist; run: aws configure list-profiles"),
    ({"AWS_CA_BUNDLE": "/nowhere", "AWS_ENDPOINT_URL_BATCH": "https://127.0.0.1:9"},
     'fail AWS_CA_BUNDLE: can\'t read "/nowhere": set it to a PEM file of CA certificates; run: unset AWS_CA_BUNDLE'),
    ({"AWS_ENDPOINT_URL_BATCH": "nonsense"},
     "fail AWS_ENDPOINT_URL_BATCH: is not a valid endpoint: use http(s)://host[:port][/path]; "
     "run: unset AWS_ENDPOINT_URL_BATCH"),
])
def test_missing_or_invalid_settings(doctor, changes, line):
    report = doctor("--queue", "reports", **changes)
    assert report.about(line.split(" ", 1)[1].split(";")[0]) == [line]
    (queue,) = report.about("job queue")
    assert queue.startswith("skip")


def test_a_machine_without_tools(doctor, tmp_path):
    report = doctor(PATH=str(tmp_path))
    lines = [line.split(":")[0] for line in report.about("Swift", "lib", "packaging", "deployment")]
    assert lines == [
        "fail Swift was not found", "fail libcurl was not found", "fail libcrypto was not found", "warn packaging",
        "fail deployment"]


def test_the_embedded_batch(doctor, batch_url):
    report = doctor(
        "--batch-endpoint", batch_url, "--queue", "other-queue", "--definition", "other-job:7", AWS_REGION=None)
    assert report.about("credentials", "job ") == [
        f"ok credentials: accepted by Batch at {batch_url}, account 123456789012",
        "ok job queue other-queue: ENABLED, VALID", "ok job definition other-job:7: ACTIVE, the latest"]


@pytest.mark.parametrize(("arguments", "words"), [
    (["--queue", "a*"], "'a*' is invalid for '--queue <name>': a job queue's name has letters, digits, - and _, such as reports"),
    (["--definition", "a:0"], "a job definition is written as its name, or name:revision, such as resize:7"),
    (["--stack", "s", "--batch-endpoint", DOWN], "use --stack alone"),
    (["--batch-endpoint", "nowhere"], "use one such as --batch-endpoint http://127.0.0.1:5000"),
    (["--parameter-overrides", "JobQueues"], "use --parameter-overrides JobQueues=reports"),
    (["--colour"], "run: swift run apigw-batch doctor --help"),
])
def test_a_wrong_command_line(tmp_path, arguments, words):
    process = run(tmp_path, *arguments)
    assert (process.returncode, process.stdout) == (64, "")
    assert len(process.stderr.splitlines()) == 1
    assert words in process.stderr


def test_a_parameter_that_the_template_does_not_have(doctor):
    (line,) = doctor("--parameter-overrides", "Colour=red").about("template")
    assert "Colour" in line


@pytest.fixture
def recorder():
    """Serves responses by path or action, and records the requests."""
    servers = []

    def start(answers):
        actions = []

        class Recorder(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                form = re.search(r"Action=(\w+)", body)
                # DynamoDB's action is in a header.
                target = self.headers.get("X-Amz-Target", "").partition(".")[2]
                action = form[1] if form else target or self.path
                actions.append(action)
                answer = answers.get(action, b"{}")
                self.send_response(200)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *arguments):
                pass

        servers.append(http.server.ThreadingHTTPServer(("127.0.0.1", 0), Recorder))
        threading.Thread(target=servers[-1].serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{servers[-1].server_address[1]}", actions

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def test_only_describe_requests_are_sent(recorder, tmp_path):
    key = '[{"AttributeName":"id","%s":"%s"}]'
    table = f'"KeySchema":{key % ("KeyType", "HASH")},"AttributeDefinitions":{key % ("AttributeType", "S")}'
    url, actions = recorder({
        "/v1/describejobqueues": b'{"jobQueues":[]}', "/v1/describejobdefinitions": b'{"jobDefinitions":[]}',
        "DescribeStacks": b"<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackStatus>CREATE_COMPLETE"
        b"</StackStatus><Parameters><member><ParameterKey>Idempotency</ParameterKey><ParameterValue>Optional"
        b"</ParameterValue></member></Parameters><Outputs><member><OutputKey>IdempotencyTableName</OutputKey><OutputValue>"
        b"keys</OutputValue></member></Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>",
        "DescribeTable": f'{{"Table":{{"TableStatus":"ACTIVE",{table}}}}}'.encode(),
        "DescribeTimeToLive": b'{"TimeToLiveDescription":{"TimeToLiveStatus":"ENABLED","AttributeName":"expiration"}}'})
    report = Report(run(
        tmp_path, "--stack", "s", "--queue", "a", "--definition", "b", "--definition", "c:1", AWS_ENDPOINT_URL=url))
    assert sorted(actions) == [
        "/v1/describejobdefinitions", "/v1/describejobdefinitions", "/v1/describejobqueues", "DescribeStacks",
        "DescribeTable", "DescribeTimeToLive"]
    assert report.about("table keys") == ["ok table keys: ACTIVE, with the key id", "ok table keys: time to live by expiration"]
    assert report.about("job queue a")
