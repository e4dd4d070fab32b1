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


def request(shape, method, path, query=(), caller=None, prefix="", headers=(), body=None, routed=True):
    """An event for any path. `query` is pairs of texts; `caller` a pair of the kind of authorizer and the name;
    `prefix` what precedes the path, such as a base path. `routed`: an API has a route for it, with path parameters."""
    segments = path.strip("/").split("/")
    names = dict(zip(("jobQueue", "jobId"), segments[1::2])) if segments[0] == "queues" else (
        dict(zip(("jobQueue", "jobDefinition"), segments[1:])))
    lists = {}
    for name, value in query:
        lists.setdefault(name, []).append(value)
    encoded_lists = {urllib.parse.quote(name): [urllib.parse.quote(value) for value in values]
                     for name, values in lists.items()}
    full = prefix + path
    encoded = "/".join(urllib.parse.quote(part, safe="") for part in full.split("/"))
    host = "a1b2c3.execute-api.us-east-1.amazonaws.com"
    headers = {"Content-Type": "application/json", "Host": host, **dict(headers)}
    context = context_of(shape, caller)
    rest = {"body": body, "isBase64Encoded": False, "headers": headers}
    match shape:
        case "rest":
            value = {
                "resource": "/", "httpMethod": method, "path": encoded, "requestContext": {"stage": "prod", **context},
                "pathParameters": {name: urllib.parse.quote(value, safe="") for name, value in names.items()}
                if routed else None,
                "multiValueHeaders": {name: [text] for name, text in headers.items()},
                "queryStringParameters": {name: values[-1] for name, values in lists.items()} or None,
                "multiValueQueryStringParameters": lists or None, **rest}
        case "http" | "url":
            domain = host if shape == "http" else "k3l4m5.lambda-url.us-east-1.on.aws"
            value = {
                "version": "2.0", "routeKey": "$default", "rawPath": full if shape == "http" else encoded,
                "rawQueryString": urllib.parse.urlencode(list(query)),
                "queryStringParameters": {name: ",".join(values) for name, values in lists.items()},
                "requestContext": {"domainName": domain, "http": {"method": method, "path": full}, **context}, **rest}
            if shape == "http" and routed:
                value["pathParameters"] = names
        case "alb":
            value = {
                "requestContext": {"elb": {"targetGroupArn": "arn:aws:elasticloadbalancing:us-east-1:1:x"}, **context},
                "httpMethod": method, "path": encoded,
                "queryStringParameters": {name: values[-1] for name, values in encoded_lists.items()}, **rest}
            if any(len(values) > 1 for values in lists.values()):
                del value["queryStringParameters"], value["headers"]
                value["multiValueQueryStringParameters"] = encoded_lists
                value["multiValueHeaders"] = {name: [text] for name, text in headers.items()}
    return json.dumps(value).encode()


def context_of(shape, caller):
    """What an authorizer adds to a request's context. A load balancer has none."""
    if caller is None or shape == "alb":
        return {}
    kind, name = caller
    if shape == "rest":
        return {
            "jwt": {"authorizer": {"claims": {"sub": name}}}, "issuer": {"authorizer": {"claims": dict(zip(("iss", "sub"), name))}}
            if kind == "issuer" else {},
            "lambda": {"authorizer": {"principalId": name}}, "iam": {"identity": {"userArn": name}},
            "cognito": {"identity": {"cognitoIdentityId": name}}, "key": {"identity": {"apiKeyId": name}},
        }[kind]
    return {
        "jwt": {"authorizer": {"jwt": {"claims": {"sub": name}}}},
        "issuer": {"authorizer": {"jwt": {"claims": dict(zip(("iss", "sub"), name))}}} if kind == "issuer" else {},
        "lambda": {"authorizer": {"lambda": {"principalId": name}}}, "iam": {"authorizer": {"iam": {"userArn": name}}},
        "cognito": {"authorizer": {"iam": {"cognitoIdentity": {"identityId": name}}}},
        # An HTTP API has no API keys.
        "key": {},
    }[kind]
