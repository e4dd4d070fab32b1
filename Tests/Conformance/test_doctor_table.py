"""`apigw-batch doctor` and the table with the Idempotency-Keys, against moto's DynamoDB and CloudFormation."""

import json
import subprocess

import pytest

from function import REGION
from moto_process import client, moto  # noqa: F401
from test_doctor import Report, environment, run
from time_limits import at_most

KEYS = "Idempotency-Key: SubmitJobFunction"
USABLE = "ok policy: SubmitJobFunction may use its table of keys, and look for jobs"


@pytest.fixture(scope="module")
def dynamodb(moto):
    """Tables, healthy and faulty ones, and stacks that have them."""
    dynamodb, formation = (client(moto, service) for service in ("dynamodb", "cloudformation"))
    for name, key in {"keys": "id", "odd": "pk", "eternal": "id"}.items():
        dynamodb.create_table(
            TableName=name, AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"}],
            KeySchema=[{"AttributeName": key, "KeyType": "HASH"}], BillingMode="PAY_PER_REQUEST")
    dynamodb.update_time_to_live(
        TableName="keys", TimeToLiveSpecification={"Enabled": True, "AttributeName": "expiration"})
    for stack, table, values in (
        ("none", None, {}), ("keyed", "keys", {"Idempotency": "Optional"}), ("lost", "gone", {"Idempotency": "Required"}),
        ("odd", "odd", {"Idempotency": "Optional", "IdempotencyTable": "odd"}),
    ):
        values = {"JobQueues": "reports", "JobDefinitions": "resize", **values}
        formation.create_stack(
            StackName=stack,
            TemplateBody=json.dumps({
                "Parameters": {key: {"Type": "String"} for key in values},
                "Resources": {"Topic": {"Type": "AWS::SNS::Topic"}},
                "Outputs": {"IdempotencyTableName": {"Value": table}} if table else {},
            }),
            Parameters=[{"ParameterKey": key, "ParameterValue": value} for key, value in values.items()])
    return dynamodb


def tables(dynamodb):
    """Each table, and its time to live."""
    return [
        (dynamodb.describe_table(TableName=name)["Table"], dynamodb.describe_time_to_live(TableName=name)["TimeToLiveDescription"])
        for name in dynamodb.list_tables()["TableNames"]]


@pytest.fixture
def doctor(moto, dynamodb, tmp_path):
    """Examines moto's account, whose tables must be unchanged afterwards."""

    def examine(*arguments):
        before = tables(dynamodb)
        report = Report(run(tmp_path, *arguments, AWS_ENDPOINT_URL=moto))
        assert tables(dynamodb) == before
        return report

    return examine


def test_a_stack_without_a_table_refuses_keys(doctor):
    report = doctor("--stack", "none")
    assert report.about("Idempotency-Key") == [f"ok {KEYS} refuses it, because it has no table for keys"]
    assert report.about("table") == []


def test_the_table_of_a_stack(doctor):
    report = doctor("--stack", "keyed")
    assert report.about("Idempotency-Key", "table") + report.about("policy")[-1:] == [
        f"ok {KEYS} accepts it", "ok table keys: ACTIVE, with the key id", "ok table keys: time to live by expiration", USABLE]


def test_an_existing_table_before_a_deployment(doctor):
    report = doctor("--parameter-overrides", "Idempotency=Required", "IdempotencyTable=eternal")
    assert report.about("Idempotency-Key", "table") == [
        f"ok {KEYS} requires it", "ok table eternal: ACTIVE, with the key id",
        "warn table eternal has no time to live, so expired keys are never deleted; run: aws dynamodb "
        "update-time-to-live --table-name eternal --time-to-live-specification Enabled=true,AttributeName=expiration "
        f"--region {REGION}"]


def test_a_table_that_the_deployment_will_create_is_not_looked_for(doctor):
    report = doctor("--parameter-overrides", "Idempotency=Optional")
    assert report.about("Idempotency-Key", "table") == [f"ok {KEYS} accepts it"]


def test_a_table_with_another_key(doctor):
    assert doctor("--stack", "odd").about("table") == [
        "fail table odd has the key pk (S), not id (S); deploy with another table; "
        "run: make deploy STACK=odd JOB_QUEUES=reports JOB_DEFINITIONS=resize PARAMETERS='IdempotencyTable='"]


def test_the_commands_for_a_missing_table_fix_it(doctor, moto, dynamodb, tmp_path):
    try:
        for words in ("does not exist in us-east-1", "has no time to live"):
            (line,) = [each for each in doctor("--stack", "lost").about("table") if not each.startswith("ok")]
            assert f"table gone {words}" in line
            subprocess.run(
                line.split("; run: ")[1], shell=True, check=True, capture_output=True, timeout=at_most(60),
                env=environment(tmp_path, AWS_ENDPOINT_URL=moto))
        assert doctor("--stack", "lost").about("table") == [
            "ok table gone: ACTIVE, with the key id", "ok table gone: time to live by expiration"]
    finally:
        dynamodb.delete_table(TableName="gone")
