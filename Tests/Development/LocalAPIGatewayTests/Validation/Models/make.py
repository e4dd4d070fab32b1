#!/usr/bin/env python3
"""Regenerates models.json: random schemas, with values that Python's jsonschema finds valid and invalid.

    pip install jsonschema==4.26.0
    python3 Tests/Development/LocalAPIGatewayTests/Validation/Models/make.py

Every line of the file is a schema with at least one value that it allows and one that it doesn't.
"""

import decimal
import json
import os
import random

from jsonschema import Draft4Validator, SchemaError

HERE = os.path.dirname(os.path.abspath(__file__))
GROUPS = 150

NAMES = ["a", "b", "ab", "c", "\\u00e9"]
TEXTS = ["", "a", "ab", "abc", "b", "7", "\\u00e9", "e\\u0301", "\\ud83d\\ude00", "a b", "K", "\\u212a"]
NUMBERS = "0 -0 1 1.0 1.00 2 2.5 -3 1e2 100 100.0 0.1 0.3 1e-1 12345678901234567890 7 14 3.5 10".split()
# Patterns that mean the same in Python's re.
PATTERNS = ["^a", "b$", "^[a-c]+$", "a.c", "^(a|b)*$", "^.{2}$", "^[^a]", "\\\\d", "^\\\\w*$", "\\u00e9", "^$", "a{1,2}b?c", "(?=ab)a"]
# One is recursive through its members.
DEFINITIONS = (', "definitions": {"one": {"type": "string"}, "t~hree": {"maxItems": 1}, '
               '"tw/o": {"additionalProperties": {"$ref": "#/definitions/tw~1o"}, "maxProperties": 1}}')
TYPES = "array boolean integer null number object string".split()


class Generator:
    """Generates JSON as text, so that numbers have several spellings."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.choice = self.random.choice

    def some(self, most, make, least=0):
        return [make() for _ in range(self.random.randint(least, most))]

    def value(self, depth=0):
        kind = self.random.randrange(9 if depth < 2 else 5)
        if kind < 2:
            return f'"{self.choice(TEXTS)}"'
        if kind < 4:
            return self.choice(NUMBERS)
        if kind == 4:
            return self.choice(["null", "true", "false"])
        if kind < 7:
            return "[" + ", ".join(self.some(3, lambda: self.value(depth + 1))) + "]"
        return self.object(lambda: self.value(depth + 1))

    def object(self, make, names=NAMES, most=3):
        chosen = self.random.sample(names, self.random.randint(0, min(most, len(names))))
        return "{" + ", ".join(f'"{name}": {make()}' for name in chosen) + "}"

    def names(self):
        return "[" + ", ".join(f'"{name}"' for name in self.random.sample(NAMES, self.random.randint(1, 2))) + "]"

    def schemas(self, depth):
        return "[" + ", ".join(self.some(3, lambda: self.schema(depth + 1), least=1)) + "]"

    def keyword(self, depth):
        choice, count = self.choice, str(self.random.randint(0, 3))
        number = choice(NUMBERS)
        simple = [
            lambda: ("type", choice([f'"{choice(TYPES)}"', f'["{choice(TYPES[:3])}", "{choice(TYPES[3:])}"]'])),
            lambda: ("enum", "[" + ", ".join(self.some(4, self.value, least=1)) + "]"),
            lambda: ("maximum", number), lambda: ("minimum", number),
            lambda: ("exclusiveMaximum", choice(["true", "false"])), lambda: ("exclusiveMinimum", "true"),
            lambda: ("multipleOf", choice("1 2 0.1 0.5 7 2.5 1e1 1e-2".split())),
            lambda: ("maxLength", count), lambda: ("minLength", count),
            lambda: ("pattern", f'"{choice(PATTERNS)}"'),
            lambda: ("maxItems", count), lambda: ("minItems", count), lambda: ("uniqueItems", choice(["true", "false"])),
            lambda: ("maxProperties", count), lambda: ("minProperties", count), lambda: ("required", self.names()),
            lambda: ("additionalProperties", choice(["false", "true"])), lambda: ("additionalItems", "false"),
            lambda: ("format", '"no-such-format"'), lambda: ("nullable", "true"),
        ]
        if depth > 2:
            return choice(simple)()
        nested = [
            lambda: ("properties", self.object(lambda: self.schema(depth + 1))),
            lambda: ("properties", self.object(lambda: self.schema(depth + 1))),
            lambda: ("patternProperties", self.object(lambda: self.schema(depth + 1), PATTERNS, 2)),
            lambda: ("additionalProperties", self.schema(depth + 1)),
            lambda: ("items", choice([self.schema, self.schemas])(depth + 1)),
            lambda: ("additionalItems", self.schema(depth + 1)),
            lambda: ("allOf", self.schemas(depth)), lambda: ("anyOf", self.schemas(depth)),
            lambda: ("oneOf", self.schemas(depth)), lambda: ("not", self.schema(depth + 1)),
            lambda: ("dependencies", self.object(lambda: choice([self.names, lambda: self.schema(depth + 1)])())),
        ]
        return choice(simple + nested + nested)()

    def schema(self, depth=0):
        if depth > 0 and self.random.random() < 0.05:
            return '{"$ref": "#/definitions/' + self.choice(["one", "tw~1o", "t%7E0hree"]) + '"}'
        keywords = dict(self.some(3, lambda: self.keyword(depth), least=1))
        for bound in ("Maximum", "Minimum"):
            if f"exclusive{bound}" in keywords:
                keywords.setdefault(bound.lower(), self.choice(NUMBERS))
        text = ", ".join(f'"{name}": {value}' for name, value in keywords.items())
        return "{" + text + (DEFINITIONS if depth == 0 and "$ref" in text else "") + "}"


def read(text):
    return json.loads(text, parse_float=decimal.Decimal)


def group(seed):
    generator = Generator(seed)
    schema = generator.schema()
    try:
        Draft4Validator.check_schema(read(schema))
    except SchemaError:  # An enum with a repeated value.
        return None
    validator = Draft4Validator(read(schema))
    outcomes = {True: [], False: []}
    for value in dict.fromkeys(generator.value() for _ in range(24)):
        outcomes[validator.is_valid(read(value))].append(value)
    if not outcomes[True] or not outcomes[False]:
        return None
    valid, invalid = (", ".join(outcomes[key][:4]) for key in (True, False))
    return f'{{"schema": {schema}, "valid": [{valid}], "invalid": [{invalid}]}}'


def main():
    decimal.getcontext().prec = 100
    groups = []
    seed = 0
    while len(groups) < GROUPS:
        if line := group(seed):
            groups.append(line)
        seed += 1
    with open(f"{HERE}/models.json", "w") as file:
        file.write("[\n" + ",\n".join(groups) + "\n]\n")


if __name__ == "__main__":
    main()
