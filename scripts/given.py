"""The values that the user gave to make: each is checked before anything is done, and an error names its variable."""

import platform
import re

from stack import must

# A variable, what its value must look like, and how to write it.
FORMS = {
    "STACK": (r"[A-Za-z][A-Za-z0-9-]{0,127}", "letters, digits and hyphens, with a letter first", "apigw-batch"),
    "BUCKET": (r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", "the name of an S3 bucket of yours", "NAME"),
    "ARCH": (r"x86_64|arm64", "x86_64 or arm64", "x86_64"),
    "SHA256": (r"[0-9A-Fa-f]{64}", "the 64 hexadecimal digits of a SHA-256 sum", "SUM"),
    "YES": (r"1|y|yes|true", "1 (to skip the question)", "1"),
}


def check(target, **values):
    """Rejects an invalid value; None means unset."""
    for variable, value in values.items():
        form, words, example = FORMS[variable]
        must(value is None or re.fullmatch(form, value),
             f"{variable} must be {words}, not {value!r}; run: make {target} {variable}={example}")


def machine():
    """This machine's architecture by Lambda's name, or its own name if Lambda has none."""
    return {"aarch64": "arm64", "amd64": "x86_64"}.get(platform.machine(), platform.machine())
