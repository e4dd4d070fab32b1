"""Sends requests signed by botocore, and can alter them after signing."""

import datetime
import http.client
import json
import urllib.parse
from unittest import mock

import botocore.auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from conftest import KEY_ID, REGION, SECRET
from time_limits import at_most


def send(url, path, body, *, sent_body=None, offset=0, method="POST", service="batch", change=lambda headers: None):
    """Posts a body, or `sent_body` under the body's signature. `offset` is the clock's, in seconds.

    Returns the status, the error's type and the JSON of the response.
    """
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    request = AWSRequest(method=method, url=url + path, data=data, headers={"Content-Type": "application/json"})
    now = datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None) + datetime.timedelta(seconds=offset)
    with mock.patch("botocore.auth.get_current_datetime", return_value=now):
        botocore.auth.SigV4Auth(Credentials(KEY_ID, SECRET), service, REGION).add_auth(request)
    headers = dict(request.headers.items())
    change(headers)
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(url).netloc, timeout=at_most(30))
    try:
        connection.request(method, path, body=data if sent_body is None else sent_body, headers=headers)
        response = connection.getresponse()
        received = response.read()
        assert response.headers["Content-Type"] == "application/json"
        assert response.headers["x-amzn-RequestId"]
        return response.status, response.headers.get("x-amzn-ErrorType"), json.loads(received)
    finally:
        connection.close()
