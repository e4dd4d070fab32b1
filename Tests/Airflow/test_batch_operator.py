"""Airflow's own operator and sensor for Batch, unchanged, against `apigw-batch batch`: AWS_ENDPOINT_URL_BATCH is enough.

`make airflow-test` runs this with `.venv-airflow`. It isn't part of `make check`: Airflow has 150 packages.
"""

import atexit
import contextlib
import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile
import threading
from unittest import mock

HOME = tempfile.mkdtemp(prefix="apigw-batch-airflow-")
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
# Airflow reads these when it is imported.
os.environ.update({
    "AIRFLOW_HOME": HOME, "AIRFLOW__CORE__LOAD_EXAMPLES": "False", "AIRFLOW__LOGGING__LOGGING_LEVEL": "WARNING",
    "AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE", "AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    "AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull, "AWS_DEFAULT_REGION": "us-east-1",
})
os.environ.pop("AWS_SESSION_TOKEN", None)

import pytest  # noqa: E402
from airflow.exceptions import AirflowException  # noqa: E402
from airflow.providers.amazon.aws.hooks.batch_client import BatchClientHook  # noqa: E402
from airflow.providers.amazon.aws.operators.batch import BatchOperator  # noqa: E402
from airflow.providers.amazon.aws.sensors.batch import BatchSensor  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
COMMAND = os.environ.get("APIGW_BATCH_COMMAND", str(ROOT / ".build/debug/apigw-batch"))


@contextlib.contextmanager
def serving_batch(*options):
    process = subprocess.Popen(
        [COMMAND, "batch", *options], stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    reader = threading.Thread(target=lambda: process.stderr.read())
    try:
        for line in iter(process.stderr.readline, ""):
            if address := re.search(r"--endpoint-url (http://127\.0\.0\.1:\d+)$", line.rstrip()):
                break
        else:
            pytest.fail("it exited without an address")
        reader.start()
        with mock.patch.dict(os.environ, {"AWS_ENDPOINT_URL_BATCH": address[1]}):
            yield
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) == 0


@pytest.fixture(autouse=True)
def short_delays(monkeypatch):
    """Polls at once: the hook's documentation names these two as what to change."""
    monkeypatch.setattr(BatchClientHook, "DEFAULT_DELAY_MIN", 0)
    monkeypatch.setattr(BatchClientHook, "DEFAULT_DELAY_MAX", 0.2)


def operator(definition="sample-job", **arguments):
    return BatchOperator(
        task_id="demo", job_name="demo", job_queue="sample-queue", job_definition=definition, aws_conn_id=None,
        region_name="us-east-1", **arguments)


def execute(task):
    return task.execute({"ti": mock.MagicMock(), "task_instance": mock.MagicMock()})


def describe(job):
    return BatchClientHook(aws_conn_id=None, region_name="us-east-1").get_job_description(job)


def test_a_job_is_submitted_polled_and_succeeds():
    with serving_batch("--run-for", "1s"):
        task = operator(parameters={"n": "1"}, tags={"team": "a"})
        job = execute(task)
        assert (describe(job)["status"], describe(job)["tags"]) == ("SUCCEEDED", {"team": "a"})
        (log,) = task.hook.get_job_all_awslogs_info(job)
        assert log["awslogs_group"] == "/aws/batch/job"
        assert re.fullmatch(r"sample-job/default/[0-9a-f]{32}", log["awslogs_stream_name"])
        assert BatchSensor(task_id="sensor", job_id=job, aws_conn_id=None, region_name="us-east-1").poke({})


def test_an_array_job_succeeds():
    with serving_batch("--run-for", "1s"):
        job = execute(operator(array_properties={"size": 3}))
        assert describe(job)["arrayProperties"]["statusSummary"]["SUCCEEDED"] == 3


def test_a_job_fails_after_its_retries():
    with serving_batch("--run-for", "500ms", "--fail", "sample-job"):
        task = operator(retry_strategy={"attempts": 2})
        with pytest.raises(AirflowException, match="failed"):
            execute(task)
        assert len(describe(task.job_id)["attempts"]) == 2


def test_a_job_times_out():
    # Batch accepts no timeout below 60 s.
    with serving_batch("--run-for", "70s"):
        task = operator(submit_job_timeout=60)
        with pytest.raises(AirflowException, match="Job attempt duration exceeded timeout"):
            execute(task)
        assert describe(task.job_id)["container"]["exitCode"] == 137


def test_a_killed_task_terminates_its_job():
    with serving_batch("--run-for", "1h"):
        task = operator(wait_for_completion=False)
        job = execute(task)
        task.on_kill()
        assert (describe(job)["status"], describe(job)["isTerminated"]) == ("FAILED", True)
        assert describe(job)["statusReason"] == "Task killed by the user"


def test_an_unknown_queue_is_reported():
    with serving_batch():
        task = operator()
        task.job_queue = "nowhere"
        with pytest.raises(AirflowException, match="JobQueue nowhere not found"):
            execute(task)
