"""RawJSON and Python's json on mutated documents: both accept a document with the same content, or both reject it."""

import json
import os
import random
import struct
import subprocess

import mutations
from function import ROOT
from mutations import SEED
from time_limits import at_most

CHECK = os.environ.get("APIGW_BATCH_JSON_CHECK", str(ROOT / ".build/release/JSONCheck"))
COUNT = 120_000
# RawJSON's limit; Python's is the depth of its stack.
MAXIMUM_DEPTH = 512


def documents(its):
    """Mutations of the sample events, of their bodies and of small documents; and deeply nested documents."""
    events = [path.read_bytes() for path in mutations.EVENTS]
    seeds = [event for event in events if len(event) < 4000]
    for event in events:
        body = json.loads(event).get("body")
        if isinstance(body, str) and 0 < len(body) < 4000:
            seeds.append(body.encode())
    for number in range(COUNT):
        if number % 20 == 0:
            document = its.choice(seeds)
        elif number % 5 == 0:
            # A piece of an event, which may begin or end within a token.
            event = its.choice(seeds)
            at = its.randrange(len(event))
            document = event[at:at + its.randint(1, 200)]
        else:
            document = mutations.small_document(its).encode()
        yield mutations.of_bytes(its, document) if its.random() < 0.9 else document
    for depth in (100, 511, 512, 513, 600):
        yield b"[" * depth + b"]" * depth
        yield b'{"a":' * depth + b"1" + b"}" * depth
        yield b"[" * depth
    yield b"[" * 200_000


class Refused(Exception):
    pass


def refuse(constant):
    raise Refused(f"{constant} is not JSON")


class Number(str):
    """A number as written."""


class Object(list):
    """An object's members as written, including duplicates."""


def of_python(document):
    """The document as Python's json parses it, in JSONCheck's format; None if it rejects the document.

    Python is made as strict as RFC 8259: NaN and the infinities are rejected, and the text is decoded as UTF-8 instead
    of a guessed encoding. Numbers stay as written, because Python limits their size. Objects stay lists of pairs, so
    that names may be duplicated.
    """
    try:
        text = document.decode("utf-8")
        value = json.loads(
            text, parse_constant=refuse, parse_int=Number, parse_float=Number, object_pairs_hook=Object)
    except (Refused, ValueError):
        return None
    parts = ["+"]
    describe(value, parts)
    return "".join(parts)


def describe(value, parts):
    match value:
        case Object():
            parts.append("{")
            for name, each in value:
                describe(name, parts)
                describe(each, parts)
            parts.append("}")
        case list():
            parts.append("[")
            for each in value:
                describe(each, parts)
            parts.append("]")
        case Number():
            parts.append(f"{value},")
        case str():
            # A lone surrogate is grammatical but isn't text: RawJSON rejects it when the string is decoded.
            parts.append("?," if any("\ud800" <= each <= "\udfff" for each in value) else value.encode().hex() + ";")
        case True | False | None:
            parts.append(json.dumps(value) + ",")


def is_too_deep(document):
    """Whether brackets outside strings are nested deeper than RawJSON's limit."""
    depth = deepest = 0
    in_string = escaped = False
    for byte in document:
        if in_string:
            in_string = escaped or byte != 0x22
            escaped = not escaped and byte == 0x5c
        elif byte == 0x22:
            in_string = True
        elif byte in b"[{":
            depth += 1
            deepest = max(deepest, depth)
        elif byte in b"]}":
            depth -= 1
    return deepest > MAXIMUM_DEPTH


def test_mutated_documents(tmp_path):
    assert os.access(CHECK, os.X_OK), f"{CHECK} is missing. Run: swift build -c release --product JSONCheck"
    print(f"seed {SEED}")
    all_documents = list(documents(random.Random(SEED)))
    with open(tmp_path / "documents", "w+b") as file:
        for document in all_documents:
            file.write(struct.pack("<I", len(document)) + document)
        file.seek(0)
        run = subprocess.run([CHECK], stdin=file, capture_output=True, timeout=at_most(60))
    assert run.returncode == 0, run.stderr[-2000:]
    lines = run.stdout.decode().splitlines()
    assert len(lines) == len(all_documents)

    taken = 0
    for document, line in zip(all_documents, lines, strict=True):
        if "nested deeper" in line:
            assert is_too_deep(document), document
            continue
        expected = of_python(document)
        if expected is None:
            assert line.startswith("-") and " at byte " in line, (document, line)
        else:
            assert line == expected, document
            taken += 1
    # Both outcomes must occur in significant numbers.
    assert COUNT * 0.1 < taken < COUNT * 0.9, taken
