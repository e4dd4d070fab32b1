"""`apigw-batch serve` as a process, with the embedded Batch inside it."""

import os
import pathlib
import re
import signal
import subprocess
import threading

import boto3
import requests
from botocore.config import Config

from function import KEY_ID, REGION, ROOT, SECRET
from time_limits import at_most

COMMAND = os.environ.get("APIGW_BATCH_COMMAND", str(ROOT / ".build/debug/apigw-batch"))


class Gateway:
    """Serves a SAM template until it is closed. It must exit cleanly and leave no process behind."""

    def __init__(self, *arguments, **environment):
        self.process = subprocess.Popen(
            [COMMAND, "serve", "--port", "0", *arguments], cwd=ROOT, env={**os.environ, **environment},
            stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        self.lines = []
        self.written = threading.Condition()
        self.reader = threading.Thread(target=self.read)
        self.reader.start()
        self.url = self.line(r"Gateway on (http://127\.0\.0\.1:\d+)")[1]
        self.batch_url = self.line(r"Batch on (http://127\.0\.0\.1:\d+)")[1]

    def read(self):
        for line in self.process.stderr:
            with self.written:
                self.lines.append(line)
                self.written.notify_all()

    def line(self, pattern):
        """Waits for the first line of standard error that begins with a pattern."""
        with self.written:
            return self.written.wait_for(
                lambda: next((found for line in self.lines if (found := re.match(pattern, line))), None),
                timeout=at_most(60))

    def post(self, path, body="", content_type="application/json", **headers):
        """Posts a body. A `content_type` of None omits the header."""
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        if content_type:
            headers["Content-Type"] = content_type
        return requests.post(self.url + path, data=body.encode(), headers=headers, timeout=at_most(60))

    @property
    def batch(self):
        """A client of the embedded Batch."""
        return boto3.session.Session().client(
            "batch", region_name=REGION, endpoint_url=self.batch_url, aws_access_key_id=KEY_ID,
            aws_secret_access_key=SECRET, config=Config(proxies={}))

    def jobs(self):
        """The ids of all jobs in the sample queue."""
        pages = self.batch.get_paginator("list_jobs").paginate(
            jobQueue="sample-queue", filters=[{"name": "AFTER_CREATED_AT", "values": ["0"]}])
        return {job["jobId"] for page in pages for job in page["jobSummaryList"]}

    def describe(self, job_id):
        """A job as Batch describes it."""
        return self.batch.describe_jobs(jobs=[job_id])["jobs"][0]

    def children(self):
        """The running function processes that it started."""
        children = []
        for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text()
            except OSError:
                continue  # The process has just ended.
            # The fourth field is the parent's id; the second, in parentheses, may contain anything.
            if fields.rpartition(")")[2].split()[1] == str(self.process.pid):
                children.append(stat.parent.name)
        return children

    def close(self):
        self.process.send_signal(signal.SIGINT)
        status = self.process.wait(timeout=at_most(20))
        self.reader.join(timeout=at_most(20))
        return status
