"""docs/openapi.yaml as the contract that responses are held to."""

import json
import pathlib
import re

import yaml
from openapi_schema_validator import OAS31Validator

ROOT = pathlib.Path(__file__).resolve().parents[2]
DOCUMENT = yaml.safe_load((ROOT / "docs/openapi.yaml").read_text())
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
# A response has these headers only where the document says so.
WATCHED = ("Allow", "ETag", "Idempotent-Replayed", "Link", "Location", "Retry-After")


def resolved(node):
    """What a node refers to, or the node itself."""
    while isinstance(node, dict) and isinstance(node.get("$ref"), str):
        target = DOCUMENT
        for name in node["$ref"].removeprefix("#/").split("/"):
            target = target[name]
        node = target
    return node


def operations():
    """Each operation with its method and its path."""
    for path, item in DOCUMENT["paths"].items():
        for method in METHODS:
            if method in item:
                yield method.upper(), path, item[method]


def responses(tag):
    """Each status and response of the operations with a tag."""
    for _, _, operation in operations():
        if tag in operation["tags"]:
            for status, response in operation["responses"].items():
                yield status, resolved(response)


def faults(value, schema):
    """What a schema has against a value; empty if it is valid."""
    validator = OAS31Validator({**schema, "components": DOCUMENT["components"]})
    return [f"{fault.json_path}: {fault.message}" for fault in validator.iter_errors(value)]


def problem_types(response):
    """The problem types of a response."""
    found = set()

    def collect(schema):
        schema = resolved(schema)
        for part in schema.get("allOf", []) + schema.get("anyOf", []):
            collect(part)
        found.update(schema.get("properties", {}).get("type", {}).get("enum", []))

    collect(response.get("content", {}).get("application/problem+json", {}).get("schema", {}))
    return found


def path_item(path):
    """The item of the path that a request's path, without a server's base path, belongs to."""
    for template, item in DOCUMENT["paths"].items():
        if re.fullmatch(re.sub(r"\{[a-zA-Z]+\}", "[^/]*", template), path):
            return item
    raise AssertionError(f"the document has no path for {path}")


def operation_ids(method, path):
    """The operation of a method, or all of the path's if it doesn't have the method."""
    item = path_item(path)
    found = [item[method.lower()]] if method.lower() in item else [item[each] for each in METHODS if each in item]
    return [each["operationId"] for each in found]


def documented(method, path, status):
    """The response for a status. Where a path doesn't have a method, that of any other method."""
    item = path_item(path)
    operation = item.get(method.lower()) or next(item[each] for each in METHODS if each in item)
    found = operation["responses"].get(str(status)) or operation["responses"].get(f"{status // 100}XX")
    assert found, f"the document has no {status} for {method} {path}"
    return resolved(found)


def check_headers(response, expected):
    headers = {name: resolved(header) for name, header in expected.get("headers", {}).items()}
    for name, header in headers.items():
        value = response.headers.get(name)
        if value is None:
            assert not header.get("required"), f"{name} is missing"
            continue
        is_number = header["schema"]["type"] == "integer"
        assert not faults(int(value) if is_number else value, header["schema"]), f"{name}: {value}"
    undocumented = [name for name in WATCHED if name in response.headers and name not in headers]
    assert not undocumented, f"{undocumented} are not documented"


def check(response, path):
    """Holds a response to the document. The path is the request's, without the query and a server's base path."""
    expected = documented(response.request.method, path, response.status_code)
    check_headers(response, expected)
    content = expected.get("content", {})
    if not content or response.request.method == "HEAD":
        assert response.content == b""
        return
    media_type = response.headers["Content-Type"]
    assert media_type in content, f"{media_type} is not documented"
    found = faults(json.loads(response.content), content[media_type]["schema"])
    assert not found, f"{response.text}: {found}"
