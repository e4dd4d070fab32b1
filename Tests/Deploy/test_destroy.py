"""`make destroy`: what it deletes, and which leftovers it names."""

import re

from asked import NAMES, answer, changes, uploaded
from cloud import REGION, ROOT


def test_destroy(deploy, make, cloud):
    deployed = deploy("doomed", *NAMES)
    assert uploaded(cloud, "doomed"), deployed.stderr
    cloud.calls.clear()
    done = make("destroy", "STACK=doomed", "YES=1")
    assert done.returncode == 0, done.stderr
    assert changes(cloud)[0] == ("cloudformation", "DeleteStack")
    assert uploaded(cloud, "doomed") == {}
    # The log group is deleted with the stack.
    assert "log" not in done.stdout
    assert f"run: aws s3 rb s3://apigw-batch-123456789012-{REGION}" in done.stdout
    again = make("destroy", "STACK=doomed", "YES=1")
    assert again.returncode != 0
    # By its own name, not by that of the script it shares code with.
    assert "\ndestroy: " in f"\n{again.stderr}" and "deploy: " not in again.stderr


def test_destroy_names_the_log_of_an_earlier_version(deploy, make, cloud):
    deploy("old", *NAMES)
    cloud.client("logs").create_log_group(logGroupName="/aws/lambda/old-SubmitJobFunction")
    cloud.client("logs").create_log_group(logGroupName="/aws/lambda/old-SubmitJobFunction2")
    done = make("destroy", "STACK=old", "YES=1")
    assert done.returncode == 0, done.stderr
    assert re.findall("log-group-name (.+) --region", done.stdout) == ["/aws/lambda/old-SubmitJobFunction"]


def test_destroy_asks_first(deployed, cloud, environment, make):
    unasked = make("destroy", "STACK=shared")
    assert unasked.returncode != 0 and "run: make destroy STACK=shared YES=1" in unasked.stderr
    status, shown = answer(["make", "-C", str(ROOT), "destroy", "STACK=shared"], environment, "n")
    assert status != 0 and "nothing was deleted" in shown
    assert changes(cloud) == []


def test_destroy_of_a_missing_stack(make, cloud):
    done = make("destroy", "YES=1", "STACK=other")
    assert done.returncode != 0
    assert f"there is no stack other in {REGION}, account 123456789012" in done.stderr
    assert changes(cloud) == []
