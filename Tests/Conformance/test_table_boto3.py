"""boto3 against the embedded table and against moto's: the same writes have the same outcomes."""

import re
import signal
import subprocess

import pytest
from botocore.exceptions import ClientError

from conftest import COMMAND, KEY_ID, SECRET
from moto_process import client, moto  # noqa: F401
from time_limits import at_most

TABLE = "idempotency"
FREE = {
    "ConditionExpression": "attribute_not_exists(#id) OR #expiration < :now",
    "ExpressionAttributeNames": {"#id": "id", "#expiration": "expiration"},
}
OWNED = {
    "ConditionExpression": "#status = :inprogress AND #owner = :owner",
    "ExpressionAttributeNames": {"#owner": "owner", "#status": "status"},
}


def item(owner, expiration=100, status="INPROGRESS"):
    return {"id": {"S": "k"}, "owner": {"S": owner}, "status": {"S": status}, "expiration": {"N": str(expiration)}}


def put(owner, now, **more):
    return "put_item", {
        "Item": item(owner, **more), **FREE, "ExpressionAttributeValues": {":now": {"N": str(now)}}}


def held(owner):
    return {":inprogress": {"S": "INPROGRESS"}, ":owner": {"S": owner}}


def complete(owner):
    return "update_item", {
        "Key": {"id": {"S": "k"}}, "UpdateExpression": "SET #status = :completed, #data = :data",
        "ConditionExpression": OWNED["ConditionExpression"],
        "ExpressionAttributeNames": {**OWNED["ExpressionAttributeNames"], "#data": "data"},
        "ExpressionAttributeValues": {**held(owner), ":completed": {"S": "COMPLETED"}, ":data": {"S": "é \\ \""}}}


def release(owner):
    return "delete_item", {"Key": {"id": {"S": "k"}}, **OWNED, "ExpressionAttributeValues": held(owner)}


# Writes of one item, one after the other: a claim, a claim by another, completion, expiry, release.
WRITES = [
    release("a"), complete("a"), put("a", 50), put("b", 50), put("b", 100), complete("b"), complete("a"), complete("a"),
    put("b", 99), release("a"), put("b", 101, expiration=9), put("c", 9), put("c", 10), release("b"), release("c"),
    put("d", 0), release("d"), put("d", 0, expiration="1e2"), put("e", "99.5"), put("e", "100.5"),
]

REFUSED = [
    ("an attribute name that isn't defined", "delete_item", {
        "Key": {"id": {"S": "k"}}, "ConditionExpression": "attribute_exists(#id)"}),
    ("a value that isn't used", "delete_item", {
        "Key": {"id": {"S": "k"}}, **FREE, "ExpressionAttributeValues": {":now": {"N": "1"}, ":x": {"N": "1"}}}),
    ("a name that isn't used", "delete_item", {
        "Key": {"id": {"S": "k"}}, "ConditionExpression": "attribute_exists(#id)",
        "ExpressionAttributeNames": {"#id": "id", "#x": "x"}}),
    ("an item without the key", "put_item", {"Item": {"owner": {"S": "a"}}}),
    ("a key of another type", "put_item", {"Item": {"id": {"N": "1"}}}),
    ("an empty key", "put_item", {"Item": {"id": {"S": ""}}}),
    ("more than the key", "delete_item", {"Key": {"id": {"S": "k"}, "owner": {"S": "a"}}}),
    ("an update of the key", "update_item", {
        "Key": {"id": {"S": "k"}}, "UpdateExpression": "SET #id = :id", "ExpressionAttributeNames": {"#id": "id"},
        "ExpressionAttributeValues": {":id": {"S": "x"}}}),
    ("a syntax error", "delete_item", {"Key": {"id": {"S": "k"}}, "ConditionExpression": "AND"}),
    ("an item of more than 400 KiB", "put_item", {"Item": {"id": {"S": "big"}, "data": {"S": "x" * 410_000}}}),
]


@pytest.fixture(scope="module")
def embedded():
    process = subprocess.Popen(
        [COMMAND, "table", "--table", TABLE, "--table", "other.table"],
        stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        url = re.search(r"http://127\.0\.0\.1:\d+", process.stderr.readline())[0]
        yield client(url, "dynamodb", {"AccessKeyId": KEY_ID, "SecretAccessKey": SECRET})
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=at_most(10)) == 0


@pytest.fixture(scope="module")
def reference(moto):  # noqa: F811
    table = client(moto, "dynamodb")
    table.create_table(
        TableName=TABLE, BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}])
    return table


def outcome(table, operation, arguments):
    try:
        getattr(table, operation)(
            TableName=TABLE, ReturnValuesOnConditionCheckFailure="ALL_OLD", **arguments)
    except ClientError as error:
        return error.response["Error"]["Code"], error.response.get("Item")
    return "written"


def test_writes_have_the_outcomes_that_they_have_with_moto(embedded, reference):
    for number, (operation, arguments) in enumerate(WRITES):
        found = outcome(embedded, operation, arguments)
        expected = outcome(reference, operation, arguments)
        if found != "written" and expected != "written" and not found[1]:
            # moto returns no Item for an absent one, or an empty one.
            expected = (expected[0], expected[1] or None)
        assert found == expected, f"write {number}: {operation} {arguments}"


@pytest.mark.parametrize(("operation", "arguments"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_what_dynamodb_refuses_is_refused(embedded, operation, arguments):
    code, found = outcome(embedded, operation, arguments)
    assert (code, found) == ("ValidationException", None)


def test_a_table_is_found_by_its_arn_and_another_is_not_found(embedded):
    arguments = {"Item": {"id": {"S": "by ARN"}}}
    embedded.put_item(TableName=f"arn:aws:dynamodb:us-east-1:123456789012:table/other.table", **arguments)
    with pytest.raises(embedded.exceptions.ResourceNotFoundException):
        embedded.put_item(TableName="nowhere", **arguments)


@pytest.mark.parametrize("call", [
    lambda table: table.get_item(TableName=TABLE, Key={"id": {"S": "k"}}),
    lambda table: table.scan(TableName=TABLE),
    lambda table: table.list_tables(),
])
def test_another_operation_is_refused_by_name(embedded, call):
    with pytest.raises(ClientError, match=r"(GetItem|Scan|ListTables) is not supported here; this table supports PutItem"):
        call(embedded)


def test_an_unsupported_member_is_refused_by_name(embedded):
    with pytest.raises(ClientError, match="ReturnValues is not supported here"):
        embedded.put_item(TableName=TABLE, Item={"id": {"S": "k"}}, ReturnValues="ALL_OLD")


def test_a_value_of_an_unsupported_type_is_refused_by_name(embedded):
    with pytest.raises(ClientError, match=r"Item\.flag has an invalid value: must be a string \(S\) or a number \(N\)"):
        embedded.put_item(TableName=TABLE, Item={"id": {"S": "k"}, "flag": {"BOOL": True}})


@pytest.mark.parametrize(("keys", "code"), [
    ({"AccessKeyId": "AKIAI44QH8DHBEXAMPLE", "SecretAccessKey": SECRET}, "UnrecognizedClientException"),
    ({"AccessKeyId": KEY_ID, "SecretAccessKey": "wrong"}, "InvalidSignatureException"),
])
def test_another_key_is_refused(embedded, keys, code):
    with pytest.raises(ClientError) as refused:
        client(embedded.meta.endpoint_url, "dynamodb", keys).delete_item(TableName=TABLE, Key={"id": {"S": "k"}})
    assert refused.value.response["Error"]["Code"] == code
    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400


def test_the_name_of_a_table_is_checked():
    ended = subprocess.run(
        [COMMAND, "table", "--table", "a/b"], stdin=subprocess.DEVNULL, capture_output=True, text=True,
        timeout=at_most(30))
    assert (ended.returncode, ended.stdout) == (64, "")
    assert "'a/b' is not a valid table name" in ended.stderr
