"""`make deploy`, with and without SAM: its calls to AWS, the resulting account, and its output."""

import io
import re
import shutil
import subprocess

import pytest

from asked import BATCH, NAMES, PACKAGE, PARAMETERS, answer, changes, entries, granted, lines_to_paste, uploaded
from cloud import REGION, ROOT, parameters
from conftest import ARCH
from deploy import own_bucket
from signed import Stage
from stack import Account, Failure, Stack
from time_limits import at_most

@pytest.mark.parametrize("installed", [("aws",), ("aws", "sam")], ids=["aws", "sam"])
def test_a_deployment(make, cloud, path, installed):
    stack, before = f"with-{installed[-1]}", set(cloud.change_sets)
    done = make("deploy", f"STACK={stack}", *NAMES, PATH=path(*installed, own_start=True))
    assert done.returncode == 0, done.stderr

    # If needed a bucket, for which SAM has its own stack; the package; then the stack, and nothing else.
    asked = changes(cloud)
    assert {service for service, _ in asked[:-2]} <= ({"s3", "cloudformation"} if "sam" in installed else {"s3"})
    assert asked[-2:] == [("cloudformation", "CreateChangeSet"), ("cloudformation", "ExecuteChangeSet")]
    assert cloud.change_sets.keys() - before <= {stack, "aws-sam-cli-managed-default"}
    assert parameters(cloud.change_sets[stack]) == {**PARAMETERS, "Architecture": ARCH}
    assert cloud.change_sets[stack]["Capabilities.member.1"] == "CAPABILITY_IAM"

    # The uploaded package is the one that was tested.
    (archive,) = [data for key, data in uploaded(cloud, stack).items() if not key.endswith(".template")]
    assert entries(io.BytesIO(archive)) == entries(PACKAGE)

    # IAM has the SAM template's permissions, and all of them are printed.
    batch = {
        "batch:SubmitJob": [
            f"{BATCH}:job-queue/reports", f"{BATCH}:job-queue/nightly-*",
            f"{BATCH}:job-definition/resize", f"{BATCH}:job-definition/resize:*",
            f"{BATCH}:job-definition/convert:7", f"{BATCH}:job-definition/convert:7:*"],
        "batch:TagResource": [f"{BATCH}:job/*"],
        "batch:DescribeJobs": ["*"], "batch:ListJobs": ["*"], "batch:TerminateJob": [f"{BATCH}:job/*"],
    }
    roles = granted(done.stdout)
    assert roles["apigateway.amazonaws.com"] == batch
    assert roles["lambda.amazonaws.com"].items() >= batch.items()
    others = sorted(action for each in roles["lambda.amazonaws.com"].keys() - batch.keys() for action in each.split(", "))
    assert others[:3] == ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]
    assert all(action.startswith("xray:") for action in others[3:])
    invokers = re.findall(r"    by apigateway.amazonaws.com for arn:aws:execute-api:\S+?:\w+/(\S+)", done.stdout)
    assert sorted(invokers) == sorted(f"*/{method}/{prefix}{path}" for prefix in ("", "lambda/") for method, path in (
        ("POST", "jobs/*/*"), ("GET", "queues/*/jobs/*"), ("GET", "queues/*/jobs"), ("DELETE", "queues/*/jobs/*")))


@pytest.mark.parametrize("token", [None, "a/session+token=="], ids=["user", "role"])
def test_the_lines_to_paste_are_signed(deployed, token):
    keys = {"AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"}
    if token:
        keys["AWS_SESSION_TOKEN"] = token
    paths = []
    for url, line in lines_to_paste(deployed).items():
        host, _, path = url.removeprefix("https://").partition("/")
        paths.append(path)
        stage = Stage(host, keys.values())
        try:
            # The request for AWS, sent to this machine instead.
            here = line.replace("curl ", f"curl -s -o /dev/null -w '%{{http_code}}' --connect-to {host}:80:127.0.0.1:"
                                            f"{stage.server_port} ").replace("https://", "http://")
            for secret, status in ((keys["AWS_SECRET_ACCESS_KEY"], "200"), ("wrong", "403")):
                done = subprocess.run(
                    ["sh", "-c", here], env={"PATH": "/usr/bin:/bin", **keys, "AWS_SECRET_ACCESS_KEY": secret},
                    capture_output=True, text=True, timeout=at_most(20))
                assert done.stdout == status, done.stderr
        finally:
            stage.end()
    assert sorted(paths) == ["jobs/reports/resize", "v1/direct/jobs/reports/resize", "v1/lambda/jobs/reports/resize"]


def test_the_permissions_that_callers_need_are_printed(deployed):
    allowed = re.findall(r"execute-api:Invoke on (\S+)", deployed)
    assert [re.sub(r":\w+/", ":API/", arn) for arn in allowed] == [
        f"arn:aws:execute-api:{REGION}:123456789012:API/{stage}/{method}/{prefix}{path}"
        for stage, prefix in (("v1", "lambda/"), ("$default", ""), ("v1", "direct/"))
        for method, path in (
            ("POST", "jobs/*/*"), ("GET", "queues/*/jobs/*"), ("GET", "queues/*/jobs"), ("DELETE", "queues/*/jobs/*"))]


def test_where_the_jobs_are_is_printed(deployed):
    lines = [line.partition(", for callers")[0] for line in deployed.splitlines()]
    for prefix in ("/v1/lambda", "", "/v1/direct"):
        for name, method, rest in (("read", "GET", "/{jobId}"), ("list", "GET", ""), ("cancel", "DELETE", "/{jobId}")):
            url = rf"https://\w+\.execute-api\.{REGION}\.amazonaws\.com{prefix}/queues/{{jobQueue}}/jobs{rest}"
            assert len([line for line in lines if re.fullmatch(f"  {name}: {method} {url}", line)]) == 1
    # What the direct integration can't check.
    assert lines.count("  Here, cancel ends any job of the account in this Region, of any queue and submitter.") == 1


@pytest.mark.parametrize("operations, words", [
    ("read,list", ["read", "list"]), ("submit,cancel", ["cancel"]), ("submit", [])])
def test_only_what_is_allowed_is_printed_and_granted(deploy, operations, words):
    done = deploy(
        f"allowed-{operations.replace(',', '-')}", *NAMES, f"PARAMETERS=AllowedOperations={operations} Authorization=NONE")
    assert done.returncode == 0, done.stderr
    assert re.findall(r"^  (\w+): (?:GET|DELETE) http", done.stdout, re.M) == words * 3
    assert len(lines_to_paste(done.stdout)) == (3 if "submit" in operations else 0)
    assert ("cancel ends any job" in done.stdout) == ("cancel" in operations)
    assert f"Anyone may {operations.replace(',', ', ')} jobs here" in done.stdout
    direct = granted(done.stdout)["apigateway.amazonaws.com"]
    actions = {"submit": "SubmitJob", "read": "DescribeJobs", "list": "ListJobs", "cancel": "TerminateJob"}
    assert set(direct) - {"batch:TagResource"} == {f"batch:{actions[name]}" for name in operations.split(",")}


def test_jobs_that_only_their_submitters_see(deploy, cloud):
    given = "JobsSeenBy=submitter SubmitterTag=submitted-by RestDirectRoute=Disabled"
    done = deploy("own", *NAMES, f"PARAMETERS={given}")
    assert done.returncode == 0, done.stderr
    assert parameters(cloud.change_sets["own"]).items() >= dict(each.split("=") for each in given.split()).items()
    function = cloud.client("lambda").get_function_configuration(FunctionName="own-SubmitJobFunction")
    assert function["Environment"]["Variables"].items() >= {
        "JOBS_SEEN_BY": "submitter", "SUBMITTER_TAG": "submitted-by"}.items()
    # The other parameters are those that the stack has.
    cloud.calls.clear()
    done = deploy("own", "PARAMETERS=RestDirectRoute=Enabled")
    assert done.returncode != 0
    assert "run: make deploy PARAMETERS='JobsSeenBy=submitter RestDirectRoute=Disabled'" in done.stderr
    assert changes(cloud) == []


@pytest.mark.parametrize("given, needed", [
    ("", "SubmitterTag=submitted-by RestDirectRoute=Disabled"), (" SubmitterTag=who", "RestDirectRoute=Disabled"),
    (" RestDirectRoute=Disabled", "SubmitterTag=submitted-by")])
def test_jobs_whose_submitters_can_not_be_told_are_not_deployed(deploy, cloud, given, needed):
    done = deploy("none", *NAMES, f"PARAMETERS=JobsSeenBy=submitter{given}")
    assert done.returncode != 0
    assert "JobsSeenBy=submitter needs a tag that names each job's submitter, and no direct routes" in done.stderr
    assert f"run: make deploy PARAMETERS='JobsSeenBy=submitter {needed}'" in done.stderr
    assert changes(cloud) == []


def test_without_authorization_nothing_is_signed(deploy, cloud):
    done = deploy("open", *NAMES, "PARAMETERS=Authorization=NONE CorsAllowOrigin=*")
    assert done.returncode == 0, done.stderr
    assert parameters(cloud.change_sets["open"]).items() >= {"Authorization": "NONE", "CorsAllowOrigin": "*"}.items()
    assert "sigv4" not in done.stdout and "execute-api:Invoke" not in done.stdout
    assert len(lines_to_paste(done.stdout)) == 3
    assert "Anyone may submit, read, list, cancel jobs here" in done.stdout


def test_sam_can_unset_a_parameter_too(deploy, cloud, path):
    done = deploy("closed", *NAMES, "PARAMETERS=CorsAllowOrigin= LogLevel=DEBUG", PATH=path("aws", "sam"))
    assert done.returncode == 0, done.stderr
    assert parameters(cloud.change_sets["closed"]).items() >= {"CorsAllowOrigin": "", "LogLevel": "DEBUG"}.items()


@pytest.mark.parametrize("given, words", [
    ("Authorisation=NONE", "PARAMETERS has 'Authorisation=NONE', which is not a parameter of template.yaml; run: make deploy "
                           "PARAMETERS='NAME=VALUE', with one of AllowedMembers, AllowedOperations, SubmitterTag, "
                           "JobsSeenBy, Authorization,"),
    ("bogus", "PARAMETERS has 'bogus', which is not"),
    ("Architecture=arm64", "PARAMETERS can't set Architecture, which has a variable of its own; run: make deploy ARCH="),
    ("JobQueues=a", "PARAMETERS can't set JobQueues, which has a variable of its own; run: make deploy JOB_QUEUES="),
    ("it's", "PARAMETERS has \"it's\", which is not"),
    ("Authorization=none", "PARAMETERS can't set Authorization to 'none': write one of AWS_IAM, NONE; run: make deploy PAR"),
    ("AllowedMembers=", "PARAMETERS can't set AllowedMembers to '': it has an empty item: leave out the extra comma; run: make"),
    ("AllowedMembers=jobName,containerOverride",
     "PARAMETERS can't set AllowedMembers to 'jobName,containerOverride': 'containerOverride' is not a member of SubmitJob: "
     "write containerOverrides, or +containerOverride if AWS has added it; "
     "run: make deploy PARAMETERS='AllowedMembers=jobName,containerOverrides'"),
    ("RestLambdaRoute=Disabled RestDirectRoute=Disabled HttpApiRoute=Disabled",
     "RestLambdaRoute, RestDirectRoute, HttpApiRoute would all be Disabled, so nothing would be deployed; "
     "run: make deploy PARAMETERS='RestLambdaRoute=Enabled'"),
    ("AllowedOperations=submit,delete",
     "PARAMETERS can't set AllowedOperations to 'submit,delete': write some of submit, read, list and cancel, with commas and "
     "no spaces between them; run: make deploy PARAMETERS='AllowedOperations=VALUE'"),
    ("SubmitterTag=aws:user", "PARAMETERS can't set SubmitterTag to 'aws:user': write the key of a tag, such as submitted-by"),
    ("JobsSeenBy=me", "PARAMETERS can't set JobsSeenBy to 'me': write one of everyone, submitter; run: make deploy PAR"),
    ("RequestsPerSecond=50", "PARAMETERS can't set RequestsPerSecond to '50': write a number from 1 to 49"),
])
def test_a_parameter_that_the_template_does_not_allow(deploy, cloud, given, words):
    done = deploy("none", *NAMES, f"PARAMETERS={given}")
    assert done.returncode != 0
    assert words in done.stderr
    assert changes(cloud) == []


@pytest.mark.parametrize("installed", [("aws",), ("aws", "sam")], ids=["aws", "sam"])
def test_the_members_and_the_routes_can_be_chosen(deploy, cloud, path, installed):
    stack = f"chosen-with-{installed[-1]}"
    given = "AllowedMembers=jobName,containerOverrides,+newMember RestLambdaRoute=Disabled HttpApiRoute=Disabled"
    done = deploy(stack, *NAMES, f"PARAMETERS={given}", PATH=path(*installed))
    assert done.returncode == 0, done.stderr
    assert parameters(cloud.change_sets[stack]).items() >= dict(each.split("=") for each in given.split()).items()
    assert [url.partition(".com/")[2] for url in lines_to_paste(done.stdout)] == ["v1/direct/jobs/reports/resize"]
    assert list(granted(done.stdout)) == ["apigateway.amazonaws.com"]
    assert "may be invoked" not in done.stdout


def test_the_last_route_of_a_stack_can_not_be_disabled(make, deploy, cloud):
    done = deploy("routes", *NAMES, "PARAMETERS=RestLambdaRoute=Disabled HttpApiRoute=Disabled")
    assert done.returncode == 0, done.stderr
    cloud.calls.clear()
    # No package is given, so one would be built.
    done = make("deploy", "STACK=routes", "PARAMETERS=RestDirectRoute=Disabled")
    assert done.returncode != 0
    assert "would all be Disabled, so nothing would be deployed; run: make deploy PARAMETERS=" in done.stderr
    assert "package:" not in done.stderr and changes(cloud) == []


def test_a_stack_whose_roles_may_not_be_read_is_deployed_all_the_same(deploy, cloud):
    cloud.refused = {"GetRole"}
    done = deploy("unread", *NAMES)
    assert done.returncode == 0
    assert len(lines_to_paste(done.stdout)) == 3
    assert "deploy: everything is deployed, but what was granted can't be read: 'iam get-role' failed" in done.stderr


class Asked(Account):
    """An account with given answers, for situations that moto can't simulate."""

    def __init__(self, answers):
        self.region, self.id, self.answers, self.commands = "eu-west-1", "123456789012", answers, []

    def ask(self, *arguments):
        self.commands.append(arguments)
        answer = self.answers.get(arguments[1])
        if isinstance(answer, Exception):
            raise answer
        return answer


def test_a_bucket_is_created_in_the_stacks_region():
    missing = Failure("", "An error occurred (404) when calling the HeadBucket operation: Not Found")
    account = Asked({"head-bucket": missing})
    name = "apigw-batch-123456789012-eu-west-1"
    assert own_bucket(account) == name
    assert account.commands[1:] == [(
        "s3api", "create-bucket", "--bucket", name, "--create-bucket-configuration", "LocationConstraint=eu-west-1")]


@pytest.mark.parametrize("answer", [
    Failure("", "An error occurred (ValidationError) when calling the DescribeStacks operation: Stack with id x does not exist"),
    # What remains of a first change set that was never executed.
    {"Stacks": [{"StackStatus": "REVIEW_IN_PROGRESS"}]},
])
def test_a_missing_stack(answer):
    assert Stack(Asked({"describe-stacks": answer}), "x").describe() is None


def test_a_profile_without_a_token_is_not_a_missing_stack():
    answer = Failure("", "Error loading SSO Token: Token for corp does not exist")
    with pytest.raises(Failure):
        Stack(Asked({"describe-stacks": answer}), "x").describe()


def test_names_are_kept_when_none_are_given(deployed, deploy, cloud):
    deploy("shared", "JOB_QUEUES=other")
    assert parameters(cloud.change_sets["shared"]).items() >= {
        "JobQueues": "other", "JobDefinitions": PARAMETERS["JobDefinitions"]}.items()


def test_without_names_nothing_is_deployed(deploy, cloud):
    done = deploy("none")
    assert done.returncode != 0
    assert "Nothing was deployed. Run: make deploy JOB_QUEUES=NAME,NAME" in done.stderr
    assert changes(cloud) == []


@pytest.mark.parametrize("names, words", [
    (("JOB_QUEUES=two words", "JOB_DEFINITIONS=resize"), "JOB_QUEUES can't be 'two words': write one to five names"),
    (("JOB_QUEUES=reports", "JOB_DEFINITIONS=resize:x"), "JOB_DEFINITIONS can't be 'resize:x': write one to five names"),
])
def test_invalid_names(deploy, cloud, names, words):
    done = deploy("none", *names)
    assert done.returncode != 0
    assert words in done.stderr and "run: make deploy JOB_" in done.stderr
    assert changes(cloud) == []


def test_names_are_asked_for_on_a_terminal(cloud, environment):
    command = ["make", "-C", str(ROOT), "deploy", "STACK=asked", f"PACKAGE={PACKAGE}"]
    status, shown = answer(command, environment, "reports", "resize")
    assert status == 0, shown
    assert "the job queues of the account are none yet" in shown
    assert parameters(cloud.change_sets["asked"]).items() >= {"JobQueues": "reports", "JobDefinitions": "resize"}.items()


def test_an_empty_answer_deploys_nothing(cloud, environment):
    status, shown = answer(["make", "-C", str(ROOT), "deploy", "STACK=none"], environment, "")
    assert status != 0
    assert "Nothing was deployed. Run: make deploy JOB_QUEUES=NAME,NAME" in shown
    assert changes(cloud) == []


def test_a_bucket_of_another_account_is_not_used(deploy, cloud):
    cloud.refused = {f"HEAD /apigw-batch-123456789012-{REGION}"}
    done = deploy("none", *NAMES)
    assert done.returncode != 0
    assert "can't be used" in done.stderr and "Run: make deploy BUCKET=NAME" in done.stderr
    assert changes(cloud) == []


@pytest.mark.parametrize("installed", [("aws",), ("aws", "sam")], ids=["aws", "sam"])
def test_the_users_own_bucket(deploy, cloud, path, installed):
    stack = f"own-bucket-with-{installed[-1]}"
    cloud.client("s3").create_bucket(Bucket="my-own")
    done = deploy(stack, *NAMES, "BUCKET=my-own", PATH=path(*installed))
    assert done.returncode == 0, done.stderr
    assert {call for service, call in changes(cloud) if service == "s3"} == {"PUT /my-own"}
    # The package itself, or its entries in SAM's archive.
    (archive,) = [data for key, data in uploaded(cloud, stack).items() if not key.endswith(".template")]
    assert entries(io.BytesIO(archive)) == entries(PACKAGE)


@pytest.mark.parametrize("status, remedy", [
    ("ROLLBACK_COMPLETE", "make destroy STACK=shared"), ("DELETE_FAILED", "make destroy STACK=shared"),
    ("UPDATE_ROLLBACK_FAILED", "aws cloudformation continue-update-rollback --stack-name shared"),
])
def test_a_stack_that_can_not_be_updated(deployed, deploy, cloud, status, remedy):
    cloud.status = status
    done = deploy("shared", *NAMES)
    assert done.returncode != 0
    assert f"is {status}, and can't be updated. Run: {remedy}" in done.stderr
    assert changes(cloud) == []


@pytest.mark.parametrize("variables, words", [
    ({"PATH": "/usr/bin:/bin"}, "the AWS CLI is not installed. Run: apt-get install awscli"),
    ({"AWS_REGION": ""}, "no Region is set. Run: export AWS_REGION="),
    ({"AWS_ACCESS_KEY_ID": "", "AWS_EC2_METADATA_DISABLED": "true"}, "run: aws sts get-caller-identity"),
], ids=["no-cli", "no-region", "no-keys"])
def test_what_is_missing_is_named(deploy, cloud, variables, words):
    if shutil.which("aws", path=variables.get("PATH", "")):
        pytest.skip("this system has its own AWS CLI")
    done = deploy("none", *NAMES, **variables)
    assert done.returncode != 0
    assert words in done.stderr
    assert changes(cloud) == []


@pytest.mark.parametrize("package, words", [
    ("no.zip", "PACKAGE names 'no.zip', which doesn't exist; run: make package"),
    ("scripts", "PACKAGE names 'scripts', which is a folder; run: make package"),
    ("README.md", "PACKAGE names 'README.md', which is not a zip archive; run: make package"),
])
def test_an_invalid_package(make, cloud, package, words):
    done = make("deploy", *NAMES, "STACK=none", f"PACKAGE={package}")
    assert done.returncode != 0
    assert words in done.stderr and "Traceback" not in done.stderr
    assert changes(cloud) == []


def test_a_package_for_another_architecture(deploy, cloud):
    done = deploy("none", *NAMES, f"ARCH={'x86_64' if ARCH == 'arm64' else 'arm64'}")
    assert done.returncode != 0
    assert "ELF machine" in done.stderr and "Run: make deploy" in done.stderr
    assert changes(cloud) == []


def test_a_stack_of_another_sam_template_is_not_touched(deploy, make, cloud):
    template = '{"Resources": {"Topic": {"Type": "AWS::SNS::Topic"}}}'
    cloud.client("cloudformation").create_stack(StackName="foreign", TemplateBody=template)
    for done in (deploy("foreign", *NAMES), make("destroy", "STACK=foreign", "YES=1")):
        assert done.returncode != 0
        assert "the stack foreign in us-east-1, account 123456789012 has another template. Run" in done.stderr
    assert changes(cloud) == []
