"""`make deploy` and `make destroy` of a stack with idempotency: the table, the function's variables, and what stays."""

import re

import pytest

from asked import NAMES, changes, granted, lines_to_paste
from cloud import REGION
from idempotency import check_change
from stack import Failure, Stack

KEY = r" -H 'Idempotency-Key: [0-9a-f-]{36}'"


def table_names(cloud):
    return set(cloud.client("dynamodb").list_tables()["TableNames"])


def created(cloud, stack):
    """The stack's own table, as DynamoDB describes it."""
    (name,) = [
        each["PhysicalResourceId"]
        for each in cloud.client("cloudformation").describe_stack_resources(StackName=stack)["StackResources"]
        if each.get("ResourceType") == "AWS::DynamoDB::Table"]
    return cloud.client("dynamodb").describe_table(TableName=name)["Table"]


def variables(cloud, stack):
    function = cloud.client("lambda").get_function_configuration(FunctionName=f"{stack}-SubmitJobFunction")
    found = function["Environment"]["Variables"]
    return {name: value for name, value in found.items() if name.startswith("IDEMPOTENCY")}


@pytest.mark.parametrize("installed", [("aws",), ("aws", "sam")], ids=["aws", "sam"])
def test_a_deployment_with_a_table(deploy, make, cloud, path, installed):
    stack = f"keys-with-{installed[-1]}"
    given = "PARAMETERS=Idempotency=Optional IdempotencyTableRecovery=Enabled"
    done = deploy(stack, *NAMES, given, PATH=path(*installed))
    assert done.returncode == 0, done.stderr

    table, dynamodb = created(cloud, stack), cloud.client("dynamodb")
    name = table["TableName"]
    assert table["KeySchema"] == [{"AttributeName": "id", "KeyType": "HASH"}]
    assert table["BillingModeSummary"]["BillingMode"] == "PAY_PER_REQUEST"
    assert table["SSEDescription"]["Status"] == "ENABLED"
    assert dynamodb.describe_time_to_live(TableName=name)["TimeToLiveDescription"] == {
        "AttributeName": "expiration", "TimeToLiveStatus": "ENABLED"}
    backups = dynamodb.describe_continuous_backups(TableName=name)["ContinuousBackupsDescription"]
    assert backups["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"] == "ENABLED"
    assert variables(cloud, stack) == {"IDEMPOTENCY_TABLE": name, "IDEMPOTENCY_KEY": "optional"}

    # IAM has the function's permissions for it, and they are printed.
    roles = granted(done.stdout)
    assert roles["lambda.amazonaws.com"]["dynamodb:PutItem, dynamodb:UpdateItem, dynamodb:DeleteItem"] == [table["TableArn"]]
    assert roles["lambda.amazonaws.com"]["batch:ListJobs"] == roles["lambda.amazonaws.com"]["batch:DescribeJobs"] == ["*"]
    assert not any("dynamodb" in action for action in roles["apigateway.amazonaws.com"])
    assert f"may have an Idempotency-Key, and make one job then, however often they are repeated. The keys are in the table {name}." in done.stdout
    # Each of the function's routes has a key of its own.
    keys = {url.split("/")[-4]: re.findall(KEY, line) for url, line in lines_to_paste(done.stdout).items()}
    assert keys.pop("direct") == [] and "The direct integration ignores it" in done.stdout
    assert len({key for each in keys.values() for key in each}) == len(keys) == 2

    done = make("destroy", f"STACK={stack}", "YES=1")
    assert done.returncode == 0, done.stderr
    assert f"The table {name} stays, with its Idempotency-Keys." in done.stdout
    assert f"PARAMETERS='IdempotencyTable={name}'" in done.stdout
    assert f"run: aws dynamodb delete-table --table-name {name} --region {REGION}\n" in done.stdout
    assert name in table_names(cloud)


def test_a_table_that_is_deleted_with_the_stack(deploy, make, cloud):
    done = deploy("no-keys", *NAMES, "PARAMETERS=Idempotency=Required IdempotencyTableOnDelete=Delete HttpApiRoute=Disabled")
    assert done.returncode == 0, done.stderr
    name = created(cloud, "no-keys")["TableName"]
    assert variables(cloud, "no-keys") == {"IDEMPOTENCY_TABLE": name, "IDEMPOTENCY_KEY": "required"}
    assert "must have an Idempotency-Key" in done.stdout
    done = make("destroy", "STACK=no-keys", "YES=1")
    assert done.returncode == 0, done.stderr
    assert name not in table_names(cloud) and "table" not in done.stdout


def test_a_retained_table_is_used_again(deploy, make, cloud):
    deploy("first", *NAMES, "PARAMETERS=Idempotency=Optional")
    name = created(cloud, "first")["TableName"]
    # The table leaves the stack, and stays in use.
    done = deploy("first", f"PARAMETERS=IdempotencyTable={name}")
    assert done.returncode == 0, done.stderr
    assert variables(cloud, "first") == {"IDEMPOTENCY_TABLE": name, "IDEMPOTENCY_KEY": "optional"}
    assert "stays" not in done.stdout
    # A stack's end says nothing about a table that it didn't create.
    done = make("destroy", "STACK=first", "YES=1")
    assert done.returncode == 0 and "table" not in done.stdout, done.stdout
    assert name in table_names(cloud)
    tables = table_names(cloud)
    done = deploy("second", *NAMES, f"PARAMETERS=Idempotency=Required IdempotencyTable={name}")
    assert done.returncode == 0, done.stderr
    assert variables(cloud, "second") == {"IDEMPOTENCY_TABLE": name, "IDEMPOTENCY_KEY": "required"}
    assert table_names(cloud) == tables


def test_what_happens_to_the_table_can_not_be_changed_while_it_is_in_use(deploy, cloud):
    deploy("settled", *NAMES, "PARAMETERS=Idempotency=Optional")
    name = created(cloud, "settled")["TableName"]
    cloud.calls.clear()
    done = deploy("settled", "PARAMETERS=IdempotencyTableOnDelete=Delete")
    assert done.returncode != 0 and changes(cloud) == []
    assert f"IdempotencyTableOnDelete can't be changed from Retain to Delete while the table {name} is in use" in done.stderr
    remedy = re.search(r"run: make (deploy) (STACK=settled) '?(PARAMETERS=)'?([^']+)'", done.stderr)
    # The command in the message is what takes the table out of use, and the earlier one is named.
    done = deploy("settled", "".join(remedy.groups()[2:]))
    assert done.returncode == 0, done.stderr
    assert f"run: aws dynamodb delete-table --table-name {name} --region {REGION}\n" in done.stdout
    assert variables(cloud, "settled") == {} and name in table_names(cloud)
    done = deploy("settled", "PARAMETERS=Idempotency=Optional IdempotencyTableOnDelete=Delete")
    assert done.returncode == 0, done.stderr
    assert created(cloud, "settled")["TableName"] != name


def test_a_table_that_would_be_deleted_can_not_be_used_as_an_existing_one():
    before = {"Idempotency": "Optional", "IdempotencyTable": "", "IdempotencyTableOnDelete": "Delete"}
    now = {"parameters": before, "outputs": {"IdempotencyTableName": "own"}}
    stack = Stack(None, "s")
    with pytest.raises(Failure, match="IdempotencyTable can't be own, which is the stack's own table: it would be deleted"):
        check_change(stack, now, {**before, "IdempotencyTable": "own"})
    # What leaves the keys where they are, or gives them up on purpose, is allowed.
    for change in ({"IdempotencyTable": "other"}, {"Idempotency": "Required"}, {"Idempotency": "Disabled"},
                   {"Idempotency": "Disabled", "IdempotencyTableOnDelete": "Retain"}):
        check_change(stack, now, {**before, **change})
    retained = {**before, "IdempotencyTableOnDelete": "Retain"}
    check_change(stack, {**now, "parameters": retained}, {**retained, "IdempotencyTable": "own"})


def test_a_table_that_can_not_be_read_does_not_stop_destroy(deploy, make, cloud):
    deploy("unseen", *NAMES, "PARAMETERS=Idempotency=Optional")
    name = created(cloud, "unseen")["TableName"]
    cloud.refused = {"DescribeTable"}
    done = make("destroy", "STACK=unseen", "YES=1")
    assert done.returncode == 0, done.stderr
    assert f"destroy: can't check whether there is still a table {name}: 'dynamodb describe-table' failed" in done.stderr


@pytest.mark.parametrize("given, words", [
    ("Idempotency=on", "PARAMETERS can't set Idempotency to 'on': write one of Disabled, Optional, Required; run: make"),
    ("IdempotencyTable=a/b", "PARAMETERS can't set IdempotencyTable to 'a/b': write the name of a DynamoDB table in this account"),
])
def test_an_invalid_parameter(deploy, cloud, given, words):
    done = deploy("none", *NAMES, f"PARAMETERS={given}")
    assert done.returncode != 0 and words in done.stderr
    assert changes(cloud) == []
