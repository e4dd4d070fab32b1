"""Idempotency after SAM's transform: the table, the function's variables, and what its role may do with both."""

import pytest

from test_permissions import allowed

TABLE = "arn:aws:dynamodb:us-east-1:123456789012:table"
ENABLED = ["Optional", "Required"]
# What each value of IdempotencyTableOnDelete makes of the table, and of one whose creation failed.
POLICIES = {
    "Retain": ("RetainedTable", "RetainExceptOnCreate", "Retain"), "Delete": ("DisposableTable", "Delete", "Delete")}


def tables(stack):
    return {name: each for name, each in stack.resources.items() if each["Type"] == "AWS::DynamoDB::Table"}


def variables(stack):
    (function,) = stack.of_type("AWS::Lambda::Function").values()
    found = function["Environment"]["Variables"]
    return {name: value for name, value in found.items() if name.startswith("IDEMPOTENCY")}


def statements(stack):
    """The statements of the policy that only idempotency adds."""
    document = stack.of_type("AWS::IAM::ManagedPolicy")["IdempotencyPolicy"]["PolicyDocument"]
    assert document["Version"] == "2012-10-17"
    return document["Statement"]


def test_it_is_disabled_by_default(deploy, stack):
    for each in (stack, deploy(Idempotency="Disabled", IdempotencyTable="mine", IdempotencyTableRecovery="Enabled")):
        assert tables(each) == {} and variables(each) == {}
        assert "IdempotencyPolicy" not in each.resources and "IdempotencyTableName" not in each.outputs
        assert "IdempotencyPolicy" not in each.of_type("AWS::IAM::Role")["SubmitJobFunctionRole"]["ManagedPolicyArns"]


@pytest.mark.parametrize("value", ENABLED)
@pytest.mark.parametrize("on_delete", POLICIES)
def test_the_table_is_as_the_function_uses_it(deploy, value, on_delete):
    stack = deploy(Idempotency=value, IdempotencyTableOnDelete=on_delete)
    name, on_delete, on_replace = POLICIES[on_delete]
    assert list(tables(stack)) == [name]
    table = stack.resources[name]
    assert (table["DeletionPolicy"], table["UpdateReplacePolicy"]) == (on_delete, on_replace)
    assert table["Properties"] == {
        "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
        "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
        "TimeToLiveSpecification": {"AttributeName": "expiration", "Enabled": True},
        "SSESpecification": {"SSEEnabled": True},
        "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": False},
    }
    assert variables(stack) == {"IDEMPOTENCY_TABLE": name, "IDEMPOTENCY_KEY": value.lower()}
    assert stack.outputs["IdempotencyTableName"] == name


def test_the_table_is_retained_unless_it_is_to_be_deleted(deploy):
    assert list(tables(deploy(Idempotency="Optional"))) == ["RetainedTable"]


@pytest.mark.parametrize("on_delete", POLICIES)
def test_recovery_is_a_parameter(deploy, on_delete):
    stack = deploy(Idempotency="Optional", IdempotencyTableOnDelete=on_delete, IdempotencyTableRecovery="Enabled")
    (table,) = tables(stack).values()
    assert table["Properties"]["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}


@pytest.mark.parametrize("given, arn", [
    ({}, "RetainedTable.Arn"), ({"IdempotencyTableOnDelete": "Delete"}, "DisposableTable.Arn"),
    ({"IdempotencyTable": "mine.of_Powertools-1"}, f"{TABLE}/mine.of_Powertools-1")], ids=["own", "disposable", "existing"])
@pytest.mark.parametrize("value", ENABLED)
def test_the_functions_role_may_write_to_this_table_and_look_for_jobs(deploy, value, given, arn):
    # Also where callers may neither read nor list jobs, and nothing is allowed twice.
    for operations in ("submit", "submit,read", "submit,list", "submit,read,list,cancel"):
        stack = deploy(Idempotency=value, AllowedOperations=operations, **given)
        assert statements(stack) == [
            {"Effect": "Allow", "Action": ["dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"], "Resource": arn}]
        permissions = allowed(stack)
        # Batch's List and Describe operations take no resource.
        assert permissions["batch:ListJobs"] == permissions["batch:DescribeJobs"] == {"*"}
        assert ("batch:TerminateJob" in permissions) == ("cancel" in operations)


def test_only_the_functions_role_has_these_permissions(deploy, stack):
    enabled = deploy(Idempotency="Required", JobQueues="a-queue", JobDefinitions="a-job")
    roles = enabled.of_type("AWS::IAM::Role")
    assert roles["DirectRole"] == stack.of_type("AWS::IAM::Role")["DirectRole"]
    before = stack.of_type("AWS::IAM::Role")["SubmitJobFunctionRole"]["ManagedPolicyArns"]
    assert roles["SubmitJobFunctionRole"]["ManagedPolicyArns"] == [*before, "IdempotencyPolicy"]
    assert all("Policies" not in role for role in roles.values())
    # The policy of both roles is unchanged: it allows batch:TagResource for each job's tag.
    name = "SubmitJobPolicy"
    assert enabled.resources[name] == stack.resources[name]
    tagging = enabled.resources[name]["Properties"]["PolicyDocument"]["Statement"][1]
    assert tagging == {
        "Effect": "Allow", "Action": "batch:TagResource", "Resource": "arn:aws:batch:us-east-1:123456789012:job/*"}


def test_an_existing_table_takes_the_place_of_the_stacks_own(deploy):
    stack = deploy(Idempotency="Optional", IdempotencyTable="mine")
    assert tables(stack) == {}
    assert variables(stack) == {"IDEMPOTENCY_TABLE": "mine", "IDEMPOTENCY_KEY": "optional"}
    assert stack.outputs["IdempotencyTableName"] == "mine"


def test_it_adds_nothing_else(deploy, stack):
    enabled = deploy(Idempotency="Required", JobQueues="a-queue", JobDefinitions="a-job")

    def others(stack):
        """The resources that idempotency must not touch. SAM makes a new deployment for each change of a parameter."""
        changed = {"RetainedTable", "IdempotencyPolicy", "SubmitJobFunction", "SubmitJobFunctionRole", "RestApiv1Stage"}
        return {name: each for name, each in stack.resources.items()
                if name not in changed and not name.startswith("RestApiDeployment")}

    assert others(enabled) == others(stack)


def test_without_a_route_to_the_function_there_is_no_table(deploy):
    stack = deploy(Idempotency="Required", RestLambdaRoute="Disabled", HttpApiRoute="Disabled")
    assert tables(stack) == {} and "IdempotencyPolicy" not in stack.resources
    assert set(stack.outputs) == {"DirectUrl", "DirectJobsUrl"}


@pytest.mark.parametrize("given", [
    {"Idempotency": "optional"}, {"Idempotency": ""}, {"IdempotencyTable": "a"}, {"IdempotencyTable": "a b c"},
    {"IdempotencyTable": "arn:aws:dynamodb:us-east-1:123456789012:table/mine"}, {"IdempotencyTable": "a" * 256},
    {"IdempotencyTableOnDelete": "Snapshot"}, {"IdempotencyTableRecovery": "true"}], ids=str)
def test_an_invalid_parameter_is_rejected(deploy, given):
    with pytest.raises(ValueError):
        deploy(**given)
