"""A function with the faults that the wire campaign must find: it submits every delivery, whatever it is."""

import http.client
import json
import os
import urllib.parse

from function import NEXT

runtime = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
batch = http.client.HTTPConnection(urllib.parse.urlsplit(os.environ["AWS_ENDPOINT_URL_BATCH"]).netloc, timeout=1)
while True:
    runtime.request("GET", NEXT)
    delivered = runtime.getresponse()
    delivered.read()
    batch.request("POST", "/v1/submitjob", "{}")
    said = batch.getresponse().read().decode("latin-1")
    payload = json.dumps({"statusCode": 200, "headers": {"Content-Type": "application/json"}, "body": said})
    identifier = urllib.parse.quote(delivered.headers["Lambda-Runtime-Aws-Request-Id"], safe="")
    runtime.request("POST", f"{NEXT.removesuffix('/next')}/{identifier}/response", payload)
    runtime.getresponse().read()
