"""Writes signatures.json: botocore's signatures of requests to execute-api. Generated with botocore 1.43.11."""

import datetime
import json
import pathlib
from unittest import mock

from botocore import auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

HOST = "https://abc123.execute-api.us-east-1.amazonaws.com"
TIME = datetime.datetime(2026, 11, 23, 8, 25, 29, tzinfo=datetime.timezone.utc)
BODY = '{"jobName":"render-3f2b"}'
CASES = [
    ("/prod/jobs/reports/render", None),
    ("/prod/jobs/reports/render%3A3", None),
    ("/prod/jobs/reports/render:3", None),
    ("/prod/jobs/reports/render%3a3", "FQoGZXIvYXdzEXAMPLETOKEN=="),
    ("/prod/jobs/a%2Fb/r%C3%A9~", None),
    ("/prod/jobs/reports/render?b=2&a=1&a=%2F&flag", None),
    ("/prod/", None),
    ("/", None),
    ("", None),
]


def sign(path, token):
    credentials = Credentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", token)
    headers = {"Content-Type": "application/json", "Host": HOST.removeprefix("https://")}
    request = AWSRequest(method="POST", url=HOST + path, data=BODY, headers=headers)
    with mock.patch.object(auth, "get_current_datetime", return_value=TIME.replace(tzinfo=None)):
        auth.SigV4Auth(credentials, "execute-api", "us-east-1").add_auth(request)
    return request.headers["Authorization"]


fixtures = [
    {"url": HOST + path, "token": token, "body": BODY, "authorization": sign(path, token)} for path, token in CASES
]
pathlib.Path(__file__).with_name("signatures.json").write_text(json.dumps(fixtures, indent=1) + "\n")
