"""`apigw-batch serve` as a process, and the embedded Batch inside it."""

import os
import re
import signal
import subprocess
import threading

import boto3
import requests
from botocore.config import Config

from function import KEY_ID, REGION, ROOT, SECRET

COMMAND = os.environ.get("APIGW_BATCH_COMMAND", str(ROOT / ".build/debug/apigw-batch"))


class Gateway:
    """Serves a template until it is closed; has to end cleanly, and leave no process behind."""

    def __init__(self, *arguments, **environment):
        self.process = subprocess.Popen(
            [COMMAND, "serve", "--port", "0", *arguments], cwd=ROOT, env={**os.environ, **environment},
            stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        self.lines = []
        self.ready = threading.Event()
        self.reader = threading.Thread(target=self.read)
        self.reader.start()
        assert self.ready.wait(60) and self.url, f"it did not start: {''.join(self.lines)}"

    def read(self):
        self.url = self.batch_url = None
        for line in self.process.stderr:
            self.lines.append(line)
            if found := re.match(r"Gateway on (http://127\.0\.0\.1:\d+)", line):
                self.url = found[1]
            if found := re.match(r"Batch on (http://127\.0\.0\.1:\d+)", line):
                self.batch_url = found[1]
            if "Ctrl-C" in line:
                self.ready.set()
        self.ready.set()

    def post(self, path, body="", content_type="application/json", **headers):
        """POSTs a body as it is; a `content_type` of None sends none."""
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        if content_type:
            headers["Content-Type"] = content_type
        return requests.post(self.url + path, data=body.encode(), headers=headers, timeout=60)

    @property
    def batch(self):
        """A client of the embedded Batch."""
        return boto3.session.Session().client(
            "batch", region_name=REGION, endpoint_url=self.batch_url, aws_access_key_id=KEY_ID,
            aws_secret_access_key=SECRET, config=Config(proxies={}))

    def jobs(self):
        """The ids of all jobs in the sample queue."""
        pages = self.batch.get_paginator("list_jobs").paginate(jobQueue="sample-queue", jobStatus="RUNNABLE")
        return {job["jobId"] for page in pages for job in page["jobSummaryList"]}

    def describe(self, job_id):
        """A job as Batch has it."""
        return self.batch.describe_jobs(jobs=[job_id])["jobs"][0]

    def children(self):
        """The processes of functions that it has started and that live."""
        listed = subprocess.run(["ps", "-o", "pid=,comm=", "--ppid", str(self.process.pid)], capture_output=True, text=True)
        return [line.split()[0] for line in listed.stdout.splitlines()]

    def close(self):
        self.process.send_signal(signal.SIGINT)
        status = self.process.wait(timeout=20)
        self.reader.join(timeout=20)
        return status
