"""A server that accepts only requests with a valid AWS signature."""

import http.server
import threading

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from cloud import REGION


class Stage(http.server.ThreadingHTTPServer):
    """An API's stage with IAM authorization, under the host name that callers sign."""

    def __init__(self, host, credentials):
        super().__init__(("127.0.0.1", 0), Handler)
        self.host = host
        self.credentials = Credentials(*credentials)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def end(self):
        self.shutdown()
        self.server_close()


class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *arguments):
        pass

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        status = 200 if self.is_signed(body) else 403
        self.send_response(status)
        self.end_headers()

    def is_signed(self, body):
        """Whether botocore computes the same signature from the signed headers."""
        given = self.headers.get("Authorization", "")
        if "SignedHeaders=" not in given:
            return False
        names = given.partition("SignedHeaders=")[2].partition(",")[0].split(";")
        request = AWSRequest(
            "POST", f"http://{self.server.host}{self.path}", {name: self.headers[name] for name in names}, body)
        request.context["timestamp"] = self.headers["X-Amz-Date"]
        signer = SigV4Auth(self.server.credentials, "execute-api", REGION)
        signature = signer.signature(signer.string_to_sign(request, signer.canonical_request(request)), request)
        token = self.server.credentials.token
        return signature in given and self.headers.get("X-Amz-Security-Token") == token
