"""Proxy events in every format, with the path and the body that a test wants."""

import base64
import json
import urllib.parse

SHAPES = ("rest", "http", "url", "alb")


def event(shape="rest", body=None, queue="sample-queue", definition="sample-job:3", base64_encoded=False, key=None,
          **members):
    """An event as its sender writes it. `body` is text or bytes, `key` an Idempotency-Key. Further members replace the
    event's own."""
    if isinstance(body, str):
        body = body.encode()
    if body is not None:
        body = base64.b64encode(body).decode() if base64_encoded else body.decode()
    names = {"jobQueue": queue, "jobDefinition": definition}
    encoded = {name: urllib.parse.quote(value, safe="") for name, value in names.items()}
    path = f"/jobs/{encoded['jobQueue']}/{encoded['jobDefinition']}"
    headers = {"Content-Type": "application/json", "Host": "a1b2c3.execute-api.us-east-1.amazonaws.com"}
    if key is not None:
        headers["Idempotency-Key"] = key
    rest = {"body": body, "isBase64Encoded": base64_encoded, "headers": headers}
    match shape:
        case "rest":
            value = {
                "resource": "/jobs/{jobQueue}/{jobDefinition}", "httpMethod": "POST", "path": path,
                "pathParameters": encoded, "multiValueHeaders": {name: [text] for name, text in headers.items()},
                "queryStringParameters": None, "requestContext": {"stage": "prod"}, **rest,
            }
        case "http":
            plain = f"/jobs/{queue}/{definition}"
            value = {
                "version": "2.0", "routeKey": "POST /jobs/{jobQueue}/{jobDefinition}", "rawPath": plain,
                "pathParameters": names,
                "requestContext": {
                    "domainName": headers["Host"], "http": {"method": "POST", "path": plain}, "stage": "$default"},
                **rest,
            }
        case "url":
            value = {
                "version": "2.0", "routeKey": "$default", "rawPath": path,
                "requestContext": {
                    "domainName": "k3l4m5.lambda-url.us-east-1.on.aws", "http": {"method": "POST", "path": path}},
                **rest,
            }
        case "alb":
            value = {
                "requestContext": {"elb": {"targetGroupArn": "arn:aws:elasticloadbalancing:us-east-1:1:x"}},
                "httpMethod": "POST", "path": path, "queryStringParameters": {}, **rest,
            }
    return json.dumps(value | members).encode()
