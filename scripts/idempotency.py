"""The tables with the Idempotency-Keys: what a change of the stack does to them, and which are left behind."""

from stack import Failure, must, say

TYPE = "AWS::DynamoDB::Table"
# The parameters that decide whether the stack has its own table, and which.
ENABLED, EXISTING, ON_DELETE = "Idempotency", "IdempotencyTable", "IdempotencyTableOnDelete"


def own_table(stack):
    """The table that the stack created; None if it has another, or none."""
    return has_own_table(stack["parameters"]) and stack.get("outputs", {}).get("IdempotencyTableName") or None


def has_own_table(values):
    """Whether parameters ask for a table of the stack's own."""
    return values.get(ENABLED, "Disabled") != "Disabled" and not values.get(EXISTING)


def check_change(stack, now, values):
    """Rejects a change that would replace the table, because the keys in it would be forgotten, or delete one in use."""
    table, old, new = own_table(now), now["parameters"].get(ON_DELETE), values.get(ON_DELETE)
    if not table:
        return
    remedy = f"run: make deploy STACK={stack.name} PARAMETERS='{ENABLED}=Disabled'"
    must(old == new or not has_own_table(values),
         f"{ON_DELETE} can't be changed from {old} to {new} while the table {table} is in use: a new table would replace "
         f"it, and a request that is repeated could make a second job. To give up the keys in it, first {remedy}")
    must(old != "Delete" or values.get(EXISTING) != table,
         f"{EXISTING} can't be {table}, which is the stack's own table: it would be deleted when it leaves the stack. To "
         f"give up the keys in it, {remedy}")


def replaced(before, after):
    """The stack's own table that a deployment took out of use, if any."""
    table = own_table(before)
    return [table] if table and table != after["outputs"].get("IdempotencyTableName") else []


def left(account, tables):
    """Those of the tables that still exist."""
    for table in tables:
        try:
            status = account.ask("dynamodb", "describe-table", "--table-name", table)["Table"]["TableStatus"]
        except Failure as error:
            if "ResourceNotFoundException" not in error.reason:
                say(f"can't check whether there is still a table {table}: {error}")
            continue
        if status != "DELETING":
            yield table


def farewell(account, tables):
    """A line for each table that still exists, with the command that deletes it."""
    for table in left(account, tables):
        yield (f"The table {table} stays, with its Idempotency-Keys. To use it again, deploy with PARAMETERS="
               f"'{EXISTING}={table}'. To delete it, run: aws dynamodb delete-table --table-name {table} "
               f"--region {account.region}")
