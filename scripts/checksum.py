"""The SHA-256 sum of a file that was built elsewhere, such as a release's zip: checked before the file is used."""

import hashlib
import pathlib
import re

SUFFIX = ".sha256"
# A line of sha256sum: the sum and a name, whose special characters it marks with a backslash in front.
LINE = re.compile(r"\\?([0-9a-f]{64}) [ *][^\n]+\n?")


def sha256(path):
    return hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()


def stated(path):
    """The sum that the file next to `path` states, whatever name it has there; None if there is no such file."""
    beside = pathlib.Path(f"{path}{SUFFIX}")
    if not beside.is_file():
        return None
    # More than one line isn't about this file alone.
    line = LINE.fullmatch(beside.read_bytes()[:10_000].decode("utf-8", "surrogateescape"))
    return line[1] if line else ""


def fault(path, wanted, variable, target):
    """Why a file must not be used, ending with the next command; None if its sum is the given or else the stated one.

    `variable` names the file in a command line of `make TARGET`.
    """
    name, beside = str(path), f"{path}{SUFFIX}"
    given, origin = wanted and wanted.lower(), "SHA256 says"
    if given is None:
        given, origin = stated(path), f"{beside!r} says"
    again = f"make {target} {variable}=…"
    if given is None:
        return (f"{variable} {name!r} can't be checked: there is no {beside!r}. Download it from where the zip comes from, "
                f"or run: {again} SHA256=SUM, with the sum that is published there")
    if not given:
        return (f"{variable} {name!r} can't be checked: {beside!r} is not one line of sha256sum. Download it again, "
                f"or run: {again} SHA256=SUM, with the published sum")
    found = sha256(path)
    if found != given:
        return (f"{variable} {name!r} is not what was published: its SHA-256 is {found}, and {origin} {given}. "
                f"Download both again, then run: {again}")
    return None
