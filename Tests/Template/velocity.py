"""Evaluates mapping templates with an independent engine and API Gateway's variables."""

import json
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


class Map(dict):
    """A Java map, as far as the mapping templates use it."""

    def containsKey(self, name):
        return name in self


class Input:
    """`$input`: the body, and the parameters as received: path parameters are percent-encoded."""

    def __init__(self, body, path):
        self.value = json.loads(body or "{}")
        self.parameters = path

    def params(self, name):
        return self.parameters.get(name, "")

    def _find(self, path):
        """Looks up one of the paths that are in use, `$` and `$.name`. Returns the value and whether it exists."""
        if path == "$":
            return self.value, True
        assert path.startswith("$."), path
        name = path.removeprefix("$.")
        if isinstance(self.value, dict) and name in self.value:
            return self.value[name], True
        return None, False

    def path(self, path):
        value, _ = self._find(path)
        return Map(value) if isinstance(value, dict) else value

    def json(self, path):
        value, found = self._find(path)
        return json.dumps(value, ensure_ascii=False) if found else '""'


class Util:
    """`$util`."""

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


def evaluate(template, body="", **path):
    """Returns a mapping template's output, and the context after it."""
    context = Map(requestId=REQUEST_ID, responseOverride=Map(header=Map()))
    variables = {"input": Input(body, path), "util": Util(), "context": context}
    return airspeed.Template(template).merge(variables), context


def members(text):
    """Parses a JSON object without duplicate members."""

    def once(pairs):
        names = [name for name, _ in pairs]
        assert len(names) == len(set(names)), f"duplicate member: {names}"
        return dict(pairs)

    return json.loads(text, object_pairs_hook=once)
