"""Random mutations of documents, in bytes and in structure, always the same for a seed."""

import base64
import copy
import json
import os
import pathlib
import zlib

# The seed of every random choice in these tests. To try another: APIGW_BATCH_SEED=7 make test
SEED = int(os.environ.get("APIGW_BATCH_SEED", "20261123"))
EVENTS = sorted((pathlib.Path(__file__).resolve().parents[2] / "events").glob("*.json"))

# Tokens that JSON parsers have to decide about.
TOKENS = [
    b"{", b"}", b"[", b"]", b":", b",", b'"', b"\\", b" ", b"\t", b"\r", b"\n", b"\x0c", b"\xa0", b"\x00", b"\x1f",
    b"\x7f", b"true", b"false", b"null", b"True", b"nul", b"NaN", b"Infinity", b"-Infinity", b"-", b"+", b".", b"e",
    b"E", b"0", b"-0", b"01", b"1.", b".5", b"1.5e+07", b"1e", b"2E-", b"0x1F", b"9" * 40, b"1e999", b"-1e-999", b'""',
    b'"a"', b"\\u", b"\\u0000", b"\\u00e9", b"\\ud83d\\ude00", b"\\ud83d", b"\\ude00", b"\\uD83D\\n", b"\\u00E",
    b"\\x41", b"\\/", b"\\b\\f\\n\\r\\t", b"\\'", b"//", b"/**/", b"#", b"'", b"\xef\xbb\xbf", b"\xe2\x80\xa8",
    b"\xc3\xa9", b"\xc3", b"\xa9", b"\xc0\x80", b"\xed\xa0\x80", b"\xf0\x9f\x98\x80", b"\xf4\x90\x80\x80", b"\xff",
    b"\xfe\xff", b",,", b"[]", b"{}", b'{"a":1}', b'"a":', b'{"":', b"[[", b"]]", b"{{", b"}}", b'"jobQueue"',
    b'"body"', b'"\\u006aobName"',
]


def of_bytes(random, document):
    """A document with one to four changes to its bytes."""
    changed = bytearray(document)
    for _ in range(random.choice([1, 1, 1, 2, 4])):
        at = random.randint(0, len(changed))
        end = min(len(changed), at + random.choice([1, 1, 2, 8, 40]))
        match random.randrange(9):
            case 0 if at < len(changed):
                changed[at] = random.randrange(256)
            case 1 if at < len(changed):
                changed[at] ^= 1 << random.randrange(8)
            case 2:
                del changed[at:end]
            case 3:
                changed[at:at] = changed[at:end]
            case 4:
                del changed[at:]
            case 5:
                other = random.randint(0, len(changed))
                changed[at:at] = changed[other:other + random.randint(0, 40)]
            case 6:
                changed[at:end] = random.choice(TOKENS)
            case _:
                changed[at:at] = random.choice(TOKENS)
    return bytes(changed)


def small_document(random, depth=0):
    """A small JSON document with any kind of value."""
    match random.randrange(9 if depth < 4 else 6):
        case 0:
            return random.choice(["true", "false", "null"])
        case 1 | 2:
            return random.choice(["0", "-0", "7", "-12.50", "1e5", "6.02E+23", "1E-2", str(random.getrandbits(80))])
        case 3 | 4 | 5:
            text = "".join(random.choices('ab/{}[],: \\"\n\x00\x7fé\u2028日😀', k=random.randint(0, 20)))
            return json.dumps(text, ensure_ascii=random.random() < 0.5)
        case 6 | 7:
            members = (
                f'"{random.choice("abc")}":{small_document(random, depth + 1)}' for _ in range(random.randint(0, 4)))
            return "{" + random.choice([",", ", ", ",\n  "]).join(members) + "}"
        case _:
            return "[" + ",".join(small_document(random, depth + 1) for _ in range(random.randint(0, 4))) + "]"


# Values that replace a member's own.
ODD_VALUES = [
    None, True, False, 0, -1, 1.5, 10**30, "", "a", "true", [], {}, [None], {"": None}, ["POST"], "POST", "GET",
    "OPTIONS", "application/json", "APPLICATION/JSON ; charset=utf-8", "text/plain", "1.0", "2.0", "\ud800", "\u0000",
    "é", "😀", "sample-queue", "sample%2Djob%3A3", "sample-job%253A3", "%", "%zz", "%00", "%2F", "%C3%A9", "%C3", "..",
    "a" * 128, "b" * 129, "_x", "-", "name:1", "name:0", "name:01", "name:4294967296", "name:99999999999", "name:",
    ":1", "a:1:2", "/jobs/q/d", "/prod/jobs/q/d:7", "/jobs/q", "/jobs/q/d/", "//jobs//q//d", "jobs/q/d",
    "/jobs/q%2Fr/d", "/jobs/../d", "/jobs/q/d\u0600/", "/jobs/q\u0301/d", "/jobs/q/d:2\u200d", "application/json\u037e", "{}", "{", '{"jobName":"x"}', '{"jobQueue":"x"}', '{"jobname":"x"}',
    '{"jobName":null}', '{"jobName":" "}', '{"tags":{},"tags":{}}', '{"tags":1,"t\\u0061gs":2}', '{"\ud800":1}',
    '{"timeout":1e999}', '[]', 'null', '""', '\ufeff{}', ' {"parameters" : {} }\n', '{"containerOverrides":{}}',
    "e30=", "e30", "e31=", "eyJqb2JOYW1lIjoieCJ9", "====",
]


def of_structure(random, event):
    """An event with changed members: removed, duplicated, renamed, of another type, or from another event format."""
    tree = json.loads(event)
    for _ in range(random.choice([1, 1, 2, 3])):
        parent = random.choice(objects(tree))
        if not parent:
            continue
        name = random.choice(list(parent))
        match random.randrange(7):
            case 0:
                del parent[name]
            case 1 | 2 | 3:
                parent[name] = copy.deepcopy(random.choice(ODD_VALUES))
            case 4:
                parent[random.choice([name.upper(), name.swapcase(), name + " ", "x" + name])] = parent.pop(name)
            case 5 if isinstance(parent[name], str):
                changed = of_bytes(random, parent[name].encode("utf-8", "surrogatepass"))
                parent[name] = changed.decode("utf-8", "surrogateescape")
            case _:
                other = json.loads(random.choice(EVENTS).read_bytes())
                for its in random.sample(list(other), random.randint(1, len(other))):
                    tree[its] = other[its]
    written = json.dumps(tree, ensure_ascii=True)
    if random.random() < 0.1:
        # Duplicate a member, with another value.
        name = random.choice([name for name in tree] or ["body"])
        written = f'{written[:-1]}{"," if tree else ""}{json.dumps(name)}:{json.dumps(random.choice(ODD_VALUES))}}}'
    return written.encode()


def objects(tree):
    """All non-empty objects in a document."""
    found = [tree]
    for each in tree.values():
        if isinstance(each, dict) and each:
            found += objects(each)
    return found


def of_encoding(random, event):
    """The same text in another encoding, or wrapped in another format."""
    text = event.decode("utf-8", "surrogateescape")
    match random.randrange(6):
        case 0:
            return text.encode(random.choice(["utf-16", "utf-16-le", "utf-32", "utf-7"]), "replace")
        case 1:
            return b"\xef\xbb\xbf" + event
        case 2:
            return base64.b64encode(event)
        case 3:
            return zlib.compress(event)
        case 4:
            return json.dumps(text).encode()
        case _:
            return json.dumps(json.loads(event), indent=random.choice([1, "\t"]), ensure_ascii=False).encode(
                random.choice(["latin-1", "cp1252", "utf-8"]), "replace")
