"""Evaluates mapping templates with an independent engine and API Gateway's variables."""

import json
import re
import urllib.parse

import airspeed
from airspeed import operators

REQUEST_ID = "c6af9ac6-7b61-11e6-9a41-93e8deadbeef"


def condition(self, namespace, loader):
    """The value of an `#if`, or of what `!` negates. API Gateway takes a missing value for an empty text, and that for
    true, but the engine doesn't. No template depends on it: what decides is a Boolean."""
    value = (self.expression if isinstance(self, operators.Condition) else self.value).calculate(namespace, loader)
    assert isinstance(value, bool), f"{self.my_text()} is {value!r}, not true or false"
    return value if isinstance(self, operators.Condition) else not value


operators.Condition.calculate = operators.UnaryOperatorValue.calculate = condition
# The engine lacks this method for the maps that templates write.
operators.__additional_methods__[dict]["containsKey"] = lambda self, name: name in self


class Map(dict):
    """A Java map, as far as the mapping templates use it."""

    def containsKey(self, name):
        return name in self

    def keySet(self):
        return list(self)


def java(value):
    """A JSON value whose objects are maps, at any depth."""
    if isinstance(value, dict):
        return Map({name: java(each) for name, each in value.items()})
    return [java(each) for each in value] if isinstance(value, list) else value


class Input:
    """`$input`: the body, and the parameters: path parameters are percent-encoded as received, those of the query not."""

    def __init__(self, body, path, query):
        self.body = body or "{}"
        self.value = json.loads(self.body)
        self.parameters, self.query = path, query

    def params(self, name=None):
        if name is None:
            return Map(path=Map(self.parameters), querystring=Map(self.query), header=Map())
        return self.parameters.get(name, self.query.get(name, ""))

    def _find(self, path):
        """Looks up a path such as `$.jobs[0].name`. Returns the value and whether it exists."""
        assert re.fullmatch(r"\$(\.\w+|\[\d+\])*", path), path
        value = self.value
        for name, index in re.findall(r"\.(\w+)|\[(\d+)\]", path):
            try:
                value = value[name or int(index)]
            except (IndexError, KeyError, TypeError):
                return None, False
        return value, True

    def path(self, path):
        return java(self._find(path)[0])

    def json(self, path):
        """JSON with escaped slashes, as Java's library may write it."""
        value, found = self._find(path)
        return json.dumps(value, ensure_ascii=False).replace("/", "\\/") if found else '""'


class Util:
    """`$util`."""

    def urlEncode(self, text):
        return urllib.parse.quote_plus(text, safe="*")

    def urlDecode(self, text):
        return urllib.parse.unquote_plus(text, errors="strict")

    def escapeJavaScript(self, text):
        """Like Commons Lang 2: also escapes slashes, apostrophes and everything that isn't ASCII."""
        named = {8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r"}
        units = memoryview(text.encode("utf-16-le", "surrogatepass")).cast("H")
        return "".join(
            named.get(unit) or (f"\\{chr(unit)}" if chr(unit) in "\"'\\/" else
                                chr(unit) if 0x20 <= unit < 0x7F else f"\\u{unit:04X}")
            for unit in units)


def evaluate(template, body="", query=None, at="/v1", **path):
    """Returns a mapping template's output, and the context after it; `at` is the request's path."""
    context = Map(requestId=REQUEST_ID, path=at, responseOverride=Map(header=Map()))
    variables = {"input": Input(body, path, query or {}), "util": Util(), "context": context}
    return airspeed.Template(template).merge(variables), context


def members(text):
    """Parses a JSON object without duplicate members."""

    def once(pairs):
        names = [name for name, _ in pairs]
        assert len(names) == len(set(names)), f"duplicate member: {names}"
        return dict(pairs)

    return json.loads(text, object_pairs_hook=once)
