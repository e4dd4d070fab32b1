"""Fixes airspeed-ext's traits one by one, so that it behaves as Velocity does."""

import contextlib
import re
from decimal import Decimal
from unittest import mock

from airspeed import operators


def java_text(value):
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, float) and value and not 1e-3 <= abs(value) < 1e7:
        sign, digits, exponent = Decimal(repr(value)).normalize().as_tuple()
        digits = "".join(map(str, digits))
        return f"{'-' * sign}{digits[0]}.{digits[1:] or '0'}E{len(digits) - 1 + exponent}"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}={java_text(member)}" for name, member in value.items()) + "}"
    if isinstance(value, (list, range, type({}.keys()), type({}.values()))):
        return "[" + ", ".join(map(java_text, value)) + "]"
    return str(value)


def is_true(value):
    return value is not None and value is not False


def print_undefined(self, stream, namespace, loader):
    value = self.expression and self.expression.calculate(namespace, loader)
    if value is None:
        stream.write("" if self.my_text().startswith("$!") else self.my_text())
    else:
        stream.write(operators.value_to_string(value))


def run_loop(self, stream, namespace, loader, run=operators.ForeachDirective.evaluate_raw):
    elements = self.value.calculate(namespace, loader)
    if isinstance(elements, dict):
        elements = list(elements.values())
    elif isinstance(elements, str) or not hasattr(elements, "__iter__"):
        elements = None
    with mock.patch.object(self, "value", mock.Mock(calculate=lambda *_: elements)):
        run(self, stream, namespace, loader)


def assign(self, stream, namespace, loader, run=operators.Assignment.evaluate_raw):
    value = self.value.calculate(namespace, loader)
    if value is not None:
        with mock.patch.object(self, "value", mock.Mock(calculate=lambda *_: value)), contextlib.suppress(KeyError):
            run(self, stream, namespace, loader)


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def calculation(operation):
    def calculate(one, other):
        if operation == "+" and (isinstance(one, str) or isinstance(other, str)):
            return java_text(one) + java_text(other)
        if not is_number(one) or not is_number(other) or operation in "/%" and other == 0:
            return None
        if operation in "+-*":
            return {"+": one + other, "-": one - other, "*": one * other}[operation]
        # Java truncates a quotient, Python rounds it down.
        quotient = one / other if isinstance(one + other, float) else int(one / other)
        return quotient if operation == "/" else one - other * int(quotient)
    return calculate


def comparison(compare, is_equality):
    def calculate(one, other):
        if is_number(one) and is_number(other):
            return compare(one, other)
        if is_equality and one is not None and other is not None:
            return compare(java_text(one), java_text(other))
        return False
    return calculate


def velocity_operators():
    fixed = {name: calculation(name) for name in "+-*/%"}
    for name, operation in operators.BinaryOperator.OPERATORS.items():
        if name in "< <= > >= lt le gt ge".split():
            fixed[name] = comparison(operation, is_equality=False)
        elif name in "== != eq ne".split():
            fixed[name] = comparison(operation, is_equality=True)
    return fixed


def java_split(text, separator, limit=0):
    parts = re.split(separator, text, maxsplit=max(limit - 1, 0)) if separator else list(text)
    while limit == 0 and len(parts) > 1 and not parts[-1]:
        parts.pop()
    return parts


def replaced(text, pattern, replacement, count=0):
    return re.sub(pattern, re.sub(r"\$(\d)", r"\\g<\1>", replacement), text, count=count)


def removed(elements, key):
    return elements.pop(key) if isinstance(elements, list) or key in elements else None


# The methods of Java's values.
METHODS = {
    str: {
        "length": lambda text: len(text.encode("utf-16-le")) // 2, "toUpperCase": str.upper, "toLowerCase": str.lower,
        "replaceAll": replaced, "replaceFirst": lambda text, *rest: replaced(text, *rest, count=1),
        "replace": str.replace, "indexOf": str.find, "lastIndexOf": str.rfind, "contains": str.__contains__,
        "isEmpty": operators.operator.not_,
        "startsWith": str.startswith, "endsWith": str.endswith, "split": java_split, "trim": str.strip,
        "concat": str.__add__, "equalsIgnoreCase": lambda text, other: text.lower() == other.lower(),
        "matches": lambda text, pattern: bool(re.fullmatch(pattern, text)),
    },
    list: {
        "size": len, "get": list.__getitem__, "add": lambda elements, element: elements.append(element) or True,
        "addAll": lambda elements, others: elements.extend(others) or True, "remove": removed,
        "set": operators.array_set, "contains": list.__contains__, "isEmpty": operators.operator.not_,
        "subList": lambda elements, *ends: elements[slice(*ends)],
        "indexOf": lambda elements, element: elements.index(element) if element in elements else -1,
        "lastIndexOf": lambda elements, element: max((i for i, e in enumerate(elements) if e == element), default=-1),
    },
    dict: {
        "size": len, "isEmpty": operators.operator.not_, "get": dict.get, "getOrDefault": dict.get, "remove": removed,
        "containsKey": dict.__contains__, "containsValue": lambda members, value: value in members.values(),
        "put": operators.dict_put, "putAll": dict.update, "keySet": dict.keys, "values": dict.values,
        "entrySet": lambda members: [Entry(*member) for member in members.items()],
    },
    object: {
        "intValue": int, "toString": java_text, "equals": operators.operator.eq,
        "compareTo": lambda one, other: (one > other) - (one < other),
    },
}


class Entry:
    def __init__(self, key, value):
        self.key, self.value = key, value

    def getKey(self):
        return self.key

    def getValue(self):
        return self.value

    def __str__(self):
        return f"{self.key}={java_text(self.value)}"


def call_java(self, current, loader, namespace, run=operators.NameOrCall.calculate):
    kind = next((kind for kind in (str, list, dict) if isinstance(current, kind)), object)
    method = {**METHODS[object], **METHODS[kind]}.get("isEmpty" if self.name == "empty" else self.name)
    if isinstance(current, operators.LocalNamespace) or method is None:
        return run(self, current, loader, namespace)
    if self.parameters is None:
        # A map's properties are its members; other values only have `empty`.
        if kind is dict:
            return current.get(self.name)
        return method(current) if self.name == "empty" and kind is not object else None
    return method(current, *self.parameters.calculate(namespace, loader))


@contextlib.contextmanager
def fix_truth():
    def negate(self, namespace, loader):
        return not is_true(self.value.calculate(namespace, loader))

    def decide(self, namespace, loader):
        return is_true(self.expression.calculate(namespace, loader))

    with mock.patch.object(operators, "boolean_value", is_true), \
            mock.patch.object(operators.UnaryOperatorValue, "calculate", negate), \
            mock.patch.object(operators.Condition, "calculate", decide):
        yield


# The fixes by trait.
FIXES = {
    "undefined": lambda: mock.patch.object(operators.FormalReference, "evaluate_raw", print_undefined),
    "values": lambda: mock.patch.object(operators, "value_to_string", java_text),
    "truth": fix_truth,
    "loops": lambda: mock.patch.object(operators.ForeachDirective, "evaluate_raw", run_loop),
    "assignments": lambda: mock.patch.object(operators.Assignment, "evaluate_raw", assign),
    "operators": lambda: mock.patch.dict(operators.BinaryOperator.OPERATORS, velocity_operators()),
    "methods": lambda: mock.patch.object(operators.NameOrCall, "calculate", call_java),
}
