"""Lambda's side of SnapStart: a Runtime API with its calls, and the endpoint that issues credentials after a restore."""

import datetime
import json

from function import RuntimeAPI
from server import Server

RESTORE = "/2018-06-01/runtime/restore/next"
ERROR = "/2018-06-01/runtime/restore/error"


class SnapStartAPI(RuntimeAPI):
    """Holds the call that ends init until `restore` is called, which stands for the snapshot and for the restore of it."""

    def __init__(self, loop):
        super().__init__(loop)
        # Targets, in order.
        self.calls = []
        self.snapshot = loop.create_future()
        self.restore_error = None

    def handle(self, request, connection):
        self.calls.append(request.target)
        if request.target == RESTORE:
            self.asked(connection)
        elif request.target == ERROR:
            self.restore_error = (request.headers["lambda-runtime-function-error-type"], json.loads(request.body))
            connection.answer(202, {"status": "OK"})
        else:
            super().handle(request, connection)

    def asked(self, connection):
        self.snapshot.set_result(connection)

    def until_snapshot(self):
        """Waits until the function is ready for its snapshot."""
        return self.loop.run_until_complete(self.snapshot)

    def restore(self, status=200):
        self.snapshot.result().answer(status)


class CredentialsEndpoint(Server):
    """Issues credentials, valid for an hour."""

    TOKEN = "Basic b25seS1mb3ItdGhlLXJlc3RvcmVk"

    def __init__(self, loop):
        super().__init__(loop)
        self.requests = []

    def handle(self, request, connection):
        self.requests.append(request)
        expiration = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=1)
        connection.answer(200, {
            "AccessKeyId": "ASIAEXAMPLE", "SecretAccessKey": "secret", "Token": "token",
            "Expiration": expiration.strftime("%Y-%m-%dT%H:%M:%SZ")})

    @property
    def environment(self):
        """The variables that Lambda sets under SnapStart, in place of keys."""
        return {
            "AWS_LAMBDA_INITIALIZATION_TYPE": "snap-start", "AWS_ACCESS_KEY_ID": None, "AWS_SECRET_ACCESS_KEY": None,
            "AWS_CONTAINER_CREDENTIALS_FULL_URI": f"{self.url}/2021-04-23/credentials",
            "AWS_CONTAINER_AUTHORIZATION_TOKEN": self.TOKEN}
