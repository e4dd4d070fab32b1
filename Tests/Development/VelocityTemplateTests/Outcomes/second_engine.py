"""Evaluates a template with airspeed-ext, a second engine of the Velocity language, and explains differences.

LocalStack uses this Python engine for mapping templates. A reason is found in one of three ways:
- if it rejects a template that Velocity accepts: from its error,
- if it accepts a template that Velocity rejects: that is the reason,
- if the texts differ: from the smallest set of its traits whose fixes lead to Velocity's text, or else from parts of
  the template that it is known to handle differently.
"""

import contextlib
import itertools
import re

import airspeed
from fixes import FIXES

# The reasons by their names in outcomes.json.
REASONS = {
    "white space": "keeps the white space around directives",
    "undefined": "prints nothing for a reference without a value, quiet or not",
    "values": "prints lists, maps and numbers as Python does",
    "escapes": "handles backslashes differently",
    "truth": "treats empty strings, lists and maps, the number 0 and `not` of nothing as false",
    "loops": "runs over a map's keys and a string's characters",
    "assignments": "sets a variable to nothing, where Velocity leaves it; can't set a member of a missing value",
    "operators": "calculates and compares as Python does, or fails with operands for which Velocity yields no value",
    "numbers": "doesn't support numbers such as `1e3`, `.5` and `3.`",
    "quotes": "doesn't support a doubled quote, or `\\u0041`, in a string",
    "methods": "lacks methods of Java's values, or has Python's of the same name",
    "directives": "lacks `#break`, `#[[text]]#`, `#{set}`, `$foreach.parent`; treats any `#name(…)` as a macro, and a "
                  "`#define` block as one that is called",
    "lone signs": "handles a lone `$`, `#` or brace, and names such as `$_x` and `$a-b`, differently",
    "syntax": "accepts what Velocity rejects: a template that doesn't parse, or a call that fails",
}

# The reasons by error message.
ERRORS = [
    ("numbers", r"got: (e[-\d]|\.[^\w.])"),
    ("quotes", r"got: '"),
    ("directives", r"no such macro|expected #else, #elseif or #end in if directive|in define definition|RecursionError"),
    ("operators", r"ZeroDivisionError|TypeError: .*(operand|supported between|concatenate|multiply|string formatting)"),
    ("assignments", r"KeyError: '(foo|nope)'"),
    ("methods", r"ValueError: (list\.remove|substring|empty separator)|expected \) in parameter list"),
    ("loops", r"is not iterable"),
    ("lone signs", r"expected (assignment in set directive|= in assignment|block element|} in formal reference)"),
]

# The reasons by a template's content, where no fix leads to Velocity's text.
SIGNS = [
    ("directives", r"#break|#\[\[|#\{set|foreach\.parent|#\*(?!.*\*#)|#foo\(|#define"),
    ("methods", r"(hashCode|iterator)\("),
    ("undefined", r"\$map\[\"?\$nope"),
    # A condition that is just a literal is false.
    ("truth", r"#(else)?if\s*\(\s*(!|not)?\s*[(\"'\d\[{-]"),
    ("quotes", r'"[^"]*\\u\w{4}|""'),
    ("lone signs", r"\$\$|#\$|\$!\d|\$!\s|\$\\|\.\w+( ?#set\([^)]*\)\w*)*##|\$!?\w[\w.()\[\]]*\{"),
]

# What is removed from both texts before they're compared.
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
    """Returns the text, or None, and the error message, or None."""
    try:
        text = airspeed.Template(template).merge(variables())
    except Exception as error:
        return None, f"{type(error).__name__}: {error}"
    return re.sub(r" at 0x[0-9a-f]+", "", text), None


def fixed(template, traits):
    with contextlib.ExitStack() as stack:
        for trait in traits:
            if trait in FIXES:
                stack.enter_context(FIXES[trait]())
        return evaluate(template)[0]


def reasons(template, text, airspeed_text, error):
    """Returns why airspeed's text differs from the given one; None stands for an error in either."""
    if text is None:
        return ["syntax"]
    if airspeed_text is None:
        return [next(reason for reason, pattern in ERRORS if re.search(pattern, error))]
    traits = [*OMISSIONS, *FIXES]
    for count in range(1, len(traits) + 1):
        for chosen in itertools.combinations(traits, count):
            texts = {text, fixed(template, chosen)}
            for trait in set(chosen) & set(OMISSIONS):
                texts = {each and re.sub(OMISSIONS[trait], "", each) for each in texts}
            if len(texts) == 1:
                return list(chosen)
    found = [reason for reason, pattern in SIGNS if re.search(pattern, template, re.S)]
    assert found, f"nothing explains {template!r}: {text!r} and {airspeed_text!r}"
    return found
