"""The parameters of template.yaml, enough of them to check a value before a deployment, without a YAML parser."""

import functools
import pathlib
import re
import typing

TEMPLATE = pathlib.Path(__file__).resolve().parents[1] / "template.yaml"


class Parameter(typing.NamedTuple):
    """The values that a parameter may have: a pattern, and the advice when one doesn't match."""

    pattern: str
    advice: str

    def allows(self, value):
        return re.fullmatch(self.pattern, value) is not None


@functools.cache
def parameters():
    """The template's parameters by name, in its order."""
    section = TEMPLATE.read_text().partition("\nParameters:\n")[2].partition("\n\n")[0]
    blocks = re.findall(r"^  (\w+):\n((?:    .*\n?)+)", section, re.M)
    return {name: _parameter(block) for name, block in blocks}


def _parameter(block):
    def written(key):
        found = re.search(rf"^    {key}: (.+)$", block, re.M)
        return found and found[1].strip("'")

    if values := written("AllowedValues"):
        allowed = values.strip("[]").split(", ")
        return Parameter("|".join(map(re.escape, allowed)), f"write one of {', '.join(allowed)}")
    if written("Type") == "Number":
        low, high = int(written("MinValue")), int(written("MaxValue"))
        return Parameter("|".join(map(str, range(low, high + 1))), f"write a number from {low} to {high}")
    return Parameter(written("AllowedPattern"), f"write {written('ConstraintDescription')}")
