"""Checks a list of SubmitJob's members as the function does, in the same words, before anything is built."""

import functools
import pathlib
import re

SOURCE = pathlib.Path(__file__).resolve().parents[1] / "Sources/Function/Batch/SubmitJobMember.swift"
# The members that the path sets; a body must not have them.
OF_PATH = ["jobQueue", "jobDefinition"]


@functools.cache
def every_member():
    """SubmitJob's members in the function's order, which decides between two that are equally close."""
    return re.findall(r'"(\w+)"', re.search(r"static let all = \[(.+?)\]", SOURCE.read_text(), re.S)[1])


def members():
    """The members that a list may name."""
    return [each for each in every_member() if each not in OF_PATH]


def distance(one, other):
    """How many characters have to be inserted, removed, replaced or swapped to make one text of the other."""
    before_last, last = [], list(range(len(other) + 1))
    for row, character in enumerate(one):
        current = [row + 1]
        for column, other_character in enumerate(other):
            least = min(last[column + 1] + 1, current[column] + 1, last[column] + (character != other_character))
            if row and column and character == other[column - 1] and one[row - 1] == other_character:
                least = min(least, before_last[column - 1] + 1)
            current.append(least)
        before_last, last = last, current
    return last[-1]


def closest(text):
    """The member whose name is closest to a text, as the function finds it; None when nothing is near."""
    given = text.encode("utf-8", "surrogateescape").lower()
    if len(given) > 64:
        return None
    names = {name: name.lower().encode() for name in every_member()}
    completions = [name for name, lower in names.items() if len(given) >= 4 and lower.startswith(given)]
    if len(completions) == 1:
        return completions[0]
    near = {name: distance(given, lower) for name, lower in names.items()}
    near = {name: steps for name, steps in near.items() if steps <= max(len(given), len(name)) // 3}
    return min(near, key=near.get, default=None)


def fault(item):
    """What is wrong with an item of AllowedMembers, and what to have in its place: '' for nothing. None if it's right."""
    if item == "":
        return "it has an empty item: leave out the extra comma", ""
    name = item.removeprefix("+")
    if name.lower() in map(str.lower, OF_PATH):
        return f"{item} can't be allowed, as the path decides it: remove it", ""
    if item == "*" or item in members() or re.fullmatch(r"\+[A-Za-z][A-Za-z0-9]*", item):
        return None
    if item.startswith("+"):
        return f"{item!r} can't be the name of a member: remove it", ""
    near = closest(name)
    if near in OF_PATH:
        remedy, instead = f"the path names {near}; remove it", ""
    else:
        remedy, instead = (f"write {near}", near) if near else ("remove it", "")
    # Only letters and digits make a name that AWS could have added.
    addition = f", or +{name} if AWS has added it" if re.fullmatch(r"[A-Za-z][A-Za-z0-9]{0,63}", name) else ""
    return f"{item!r} is not a member of SubmitJob: {remedy}{addition}", instead


def faults(value):
    """The first fault of a list, and the list without any; None for a list that is right."""
    found = [(item, fault(item)) for item in value.split(",")]
    first = next((each for _, each in found if each), None)
    if first is None:
        return None
    right = ",".join(filter(None, (each[1] if each else item for item, each in found)))
    return first[0], right or "MEMBER,MEMBER"
