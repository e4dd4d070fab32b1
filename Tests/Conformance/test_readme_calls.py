"""The README's signed calls, against a server that verifies their signatures as API Gateway does."""

import http.server
import json
import os
import re
import subprocess
import sys
import threading
import urllib.parse

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from conftest import KEY_ID, REGION, ROOT, SECRET
from time_limits import at_most

README = (ROOT / "README.md").read_text()
SECTION = README.partition("### Call it from a program\n")[2].partition("\n## ")[0]
AUTHORIZATION = re.compile(r"AWS4-HMAC-SHA256 Credential=(.*), ?SignedHeaders=(.*), ?Signature=([0-9a-f]{64})")


def block(language):
    """The section's only block in a language."""
    (found,) = re.findall(rf"```{language}\n(.*?)```", SECTION, re.S)
    return found


def is_signed(method, target, headers, body):
    """Whether the signature is botocore's own of the same request for API Gateway."""
    credential, signed, signature = AUTHORIZATION.fullmatch(headers["Authorization"]).groups()
    date = headers["X-Amz-Date"]
    assert credential == f"{KEY_ID}/{date[:8]}/{REGION}/execute-api/aws4_request"
    # AWS decodes the query, and encodes it again by its own rules.
    path, _, query = target.partition("?")
    pairs = urllib.parse.parse_qsl(query, keep_blank_values=True)
    query = urllib.parse.urlencode(pairs, quote_via=urllib.parse.quote, safe="-_.~")
    request = AWSRequest(
        method, f"http://{headers['Host']}{path}?{query}", {name: headers[name] for name in signed.split(";")}, body)
    request.context["timestamp"] = date
    auth = SigV4Auth(Credentials(KEY_ID, SECRET), "execute-api", REGION)
    return auth.signature(auth.string_to_sign(request, auth.canonical_request(request)), request) == signature


@pytest.fixture
def api():
    """A server's URL, and what it received: the target, the body, the token, and whether the signature was right."""
    received = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            right = is_signed(self.command, self.path, self.headers, body)
            received.append((self.path, json.loads(body), self.headers["X-Amz-Security-Token"], right))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b'{"jobId": "it"}')

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/v1/lambda", received
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("query", ["", "?limit=20&status=RUNNING%2CFAILED", "?reason=no%20longer%20needed"])
@pytest.mark.parametrize("token", [None, "temporary/token+="])
@pytest.mark.parametrize("shell, language", [(["bash", "-ec"], "sh"), ([sys.executable, "-c"], "python")])
def test_a_signed_call_is_accepted(api, shell, language, token, query):
    url, received = api
    command = [*shell, block(language).replace("sample-queue/sample-job", "sample-queue/sample-job" + query)]
    environment = {"PATH": os.environ["PATH"], "API": url, "AWS_REGION": REGION, "AWS_ACCESS_KEY_ID": KEY_ID,
                   "AWS_SECRET_ACCESS_KEY": SECRET, "AWS_CONFIG_FILE": os.devnull}
    if token:
        environment["AWS_SESSION_TOKEN"] = token
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=at_most(60))
    assert ended.returncode == 0, ended.stderr
    assert "it" in ended.stdout
    assert received == [("/v1/lambda/jobs/sample-queue/sample-job" + query, {}, token, True)]


def test_the_policy_names_each_route_of_one_queue():
    (statement,) = json.loads(block("json"))["Statement"]
    assert [resource.partition("/")[2] for resource in statement["Resource"]] == [
        "v1/POST/lambda/jobs/reports/*", "v1/GET/lambda/queues/reports/jobs", "v1/GET/lambda/queues/reports/jobs/*",
        "v1/DELETE/lambda/queues/reports/jobs/*"]
