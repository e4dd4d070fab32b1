"""What airspeed-ext, a second engine of the Velocity language, makes of a template, and why that isn't Velocity's.

It's a Python program that LocalStack runs mapping templates with. A reason is found in one of three ways:
- where it refuses a template that Velocity takes: by its error,
- where it takes a template that Velocity refuses: that is the reason,
- where the texts differ: by the smallest set of its traits that, mended, give Velocity's text; or else by what in the
  template it's known to do otherwise.
"""

import contextlib
import itertools
import re

import airspeed
from mendings import MENDINGS

# The reasons by their names in outcomes.json.
REASONS = {
    "white space": "leaves the white space around directives as it stands",
    "undefined": "prints nothing for a reference without a value, quiet or not",
    "values": "prints lists, maps and numbers as Python does",
    "escapes": "takes backslashes otherwise",
    "truth": "takes empty texts, lists and maps and the number 0 for false, and `not` of nothing for false",
    "loops": "runs over a map's keys and a text's characters",
    "assignments": "sets a variable to nothing, where Velocity leaves it; fails to set a member of what has no value",
    "operators": "calculates and compares as Python does, or fails at operands that Velocity gives no value for",
    "numbers": "doesn't know numbers such as `1e3`, `.5` and `3.`",
    "quotes": "doesn't know a doubled quote, or `\\u0041`, in a text",
    "methods": "lacks methods of Java's values, or has Python's of the same name",
    "directives": "doesn't know `#break`, `#[[text]]#`, `#{set}`, `$foreach.parent`; takes any `#name(…)` for a macro",
    "lone signs": "takes a `$` or `#` that begins nothing, and names such as `$_x` and `$a-b`, otherwise",
    "syntax": "takes what Velocity refuses: a template that doesn't parse, or a call that fails",
}

# The reasons by what an error says.
ERRORS = [
    ("numbers", r"got: (e[-\d]|\.[^\w.])"),
    ("quotes", r"got: '"),
    ("directives", r"no such macro|expected #else, #elseif or #end in if directive"),
    ("operators", r"TypeError: .*(operand|supported between|concatenate|multiply|string formatting)"),
    ("assignments", r"KeyError: 'foo'"),
    ("methods", r"ValueError: (list\.remove|substring|empty separator)|expected \) in parameter list"),
    ("loops", r"is not iterable"),
    ("lone signs", r"expected (assignment in set directive|= in assignment|block element|} in formal reference)"),
]

# The reasons by what stands in a template, where no mending gives Velocity's text.
SIGNS = [
    ("directives", r"#break|#\[\[|#\{set|foreach\.parent|#\*(?!.*\*#)|#foo\("),
    ("methods", r"hashCode\("),
    # A literal alone is no condition that holds.
    ("truth", r"#(else)?if\s*\(\s*(!|not)?\s*[(\"'\d\[{-]"),
    ("quotes", r'"[^"]*\\u\w{4}|""'),
    ("lone signs", r"\$\$|#\$|\$!\d|\$!\s|\$\\|\.\w+##"),
]

# What is left out of both texts before they're compared.
OMISSIONS = {"white space": r"\s+", "escapes": r"\\"}


class Host:
    """The object that the tests call $host."""

    name = "host"

    def getName(self):
        return "host"

    def say(self, what):
        return "said " + what

    def nothing(self):
        return None

    def __str__(self):
        return "a host"


def variables():
    """The variables of Outcomes.java."""
    return {
        "name": "World", "quote": "a \"quoted\" 'text' \\ back", "empty": "", "n": 7, "zero": 0, "half": 0.5,
        "yes": True, "no": False, "list": ["a", "b", "c"], "numbers": [3, 1, 2], "nested": [[1, 2], []],
        "map": {"foo": "bar", "count": 3, "inner": {"deep": "value"}, "nothing": None}, "host": Host(),
    }


def evaluate(template):
    """The text, or None, and the error's message or None."""
    try:
        text = airspeed.Template(template).merge(variables())
    except Exception as error:
        return None, f"{type(error).__name__}: {error}"
    return re.sub(r" at 0x[0-9a-f]+", "", text), None


def mended(template, traits):
    with contextlib.ExitStack() as stack:
        for trait in traits:
            if trait in MENDINGS:
                stack.enter_context(MENDINGS[trait]())
        return evaluate(template)[0]


def reasons(template, text, airspeed_text, error):
    """Why airspeed's text isn't the one given; an error of either is None."""
    if text is None:
        return ["syntax"]
    if airspeed_text is None:
        return [next(reason for reason, pattern in ERRORS if re.search(pattern, error))]
    traits = [*OMISSIONS, *MENDINGS]
    for count in range(1, len(traits) + 1):
        for chosen in itertools.combinations(traits, count):
            texts = {text, mended(template, chosen)}
            for trait in set(chosen) & set(OMISSIONS):
                texts = {each and re.sub(OMISSIONS[trait], "", each) for each in texts}
            if len(texts) == 1:
                return list(chosen)
    found = [reason for reason, pattern in SIGNS if re.search(pattern, template, re.S)]
    assert found, f"nothing explains {template!r}: {text!r} and {airspeed_text!r}"
    return found
