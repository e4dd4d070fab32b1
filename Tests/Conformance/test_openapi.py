"""docs/openapi.yaml is valid, and says what the sources say: problems, members, parameters, and its own examples."""

import re

import pytest
from openapi_spec_validator import validate

from contract import DOCUMENT, ROOT, faults, operations, problem_types, resolved, responses

SOURCES = ROOT / "Sources/Function"
TEMPLATE = (ROOT / "template.yaml").read_text()
# A REST API's own.
GATEWAY_TYPES = {"missing-authentication-token", "refused-by-gateway", "gateway-fault"}


def kinds():
    """The status and the title of each problem type of the function."""
    text = (SOURCES / "JobAPI/Problem+Kind.swift").read_text()
    types = {name: value or name for name, value in re.findall(r'^    case (\w+)(?: = "([a-z-]+)")?$', text, re.M)}
    rows = re.findall(r'^    case \.(\w+): \((\d+), "(.*)"\)$', text, re.M)
    assert types.keys() == {name for name, _, _ in rows}
    return {types[name]: (status, title) for name, status, title in rows}


def swift_list(path, declaration):
    """The strings of a list in a Swift file."""
    text = (SOURCES / path).read_text()
    return re.findall(r'"(\w+)"', re.search(re.escape(declaration) + r" = \[(.*?)\]", text, re.S)[1])


def schema(name):
    return DOCUMENT["components"]["schemas"][name]


def examples():
    """Each example with its schema, and where it is."""
    found = []

    def walk(node, where):
        if isinstance(node, list):
            for number, each in enumerate(node):
                walk(each, f"{where}/{number}")
        if not isinstance(node, dict):
            return
        if "schema" in node:
            given = [resolved(each)["value"] for each in node.get("examples", {}).values()]
            given += [node["example"]] if "example" in node else []
            found.extend(pytest.param(value, node["schema"], id=f"{where}/{n}") for n, value in enumerate(given))
        for name, each in node.items():
            if name not in ("example", "examples", "schema"):
                walk(each, f"{where}/{name}")

    walk(DOCUMENT, "")
    return found


def test_the_document_is_valid():
    validate(DOCUMENT)
    ids = [operation["operationId"] for _, _, operation in operations()]
    assert len(ids) == len(set(ids))


def test_it_has_this_packages_version():
    version = (SOURCES / "Platform/Version.swift").read_text()
    assert f'"{DOCUMENT["info"]["version"]}"' in version


def test_the_functions_problems_are_those_of_its_source():
    documented = {}
    for status, response in responses("function"):
        for each in problem_types(response) - GATEWAY_TYPES:
            documented.setdefault(each, set()).add(status)
    assert documented == {each: {status} for each, (status, _) in kinds().items()}


def test_the_direct_integrations_problems_are_those_of_the_template():
    documented = {}
    for status, response in responses("direct"):
        for each in problem_types(response):
            documented.setdefault(each, set()).add(status)
    # The gateway's own responses have no status, or one that is written next to the type.
    written = set(re.findall(r'"type": "([a-z-]+)"', TEMPLATE))
    written |= set(re.findall(r"#set\(\$type = '([a-z-]+)'\)", TEMPLATE))
    assert documented.keys() == written
    for each, status in re.findall(r'"type": "([a-z-]+)", "title": "[^"]*", "status": (\d+)', TEMPLATE):
        assert documented[each] == {status}, each


def test_the_titles_of_the_functions_examples_are_those_of_its_source():
    for _, response in responses("function"):
        for each in response.get("content", {}).get("application/problem+json", {}).get("examples", {}).values():
            problem = resolved(each)["value"]
            assert (str(problem["status"]), problem["title"]) == kinds()[problem["type"]]


@pytest.mark.parametrize("value, against", examples())
def test_an_example_fits_its_schema(value, against):
    assert faults(value, against) == []


def test_every_component_is_used():
    text = (ROOT / "docs/openapi.yaml").read_text()
    for kind, components in DOCUMENT["components"].items():
        if kind != "securitySchemes":
            unused = [name for name in components if f"#/components/{kind}/{name}'" not in text]
            assert not unused, kind


def test_the_members_of_a_submit_are_submitjobs():
    of_path = swift_list("Batch/SubmitJobMember.swift", "ofPath")
    members = set(swift_list("Batch/SubmitJobMember.swift", "all")) - set(of_path)
    assert schema("SubmitJob")["properties"].keys() == members
    default = re.search(r"AllowedMembers:\n    Type: String\n    Default: (.*)", TEMPLATE)[1].split(",")
    assert schema("DirectSubmitJob")["properties"].keys() == set(default)
    assert set(list(schema("SubmitJob")["properties"])[:7]) == set(default)


def test_the_parameters_of_a_list_are_those_of_the_source():
    names = swift_list("JobAPI/ListQuery.swift", "names")
    for path in ("/queues/{jobQueue}/jobs", "/direct/queues/{jobQueue}/jobs"):
        parameters = DOCUMENT["paths"][path]["get"]["parameters"]
        assert [resolved(each)["name"] for each in parameters] == names
    assert schema("Status")["enum"] == swift_list("JobAPI/ListQuery.swift", "statuses")
