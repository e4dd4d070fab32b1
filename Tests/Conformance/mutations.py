"""Documents made wrong at random, in bytes and in structure, always the same way for a seed."""

import json
import os
import pathlib

# What every random choice of these tests begins with. To try others: APIGW_BATCH_SEED=7 make test
SEED = int(os.environ.get("APIGW_BATCH_SEED", "20261123"))
EVENTS = sorted((pathlib.Path(__file__).resolve().parents[2] / "events").glob("*.json"))

# What a JSON reader has to decide about.
TOKENS = [
    b"{", b"}", b"[", b"]", b":", b",", b'"', b"\\", b" ", b"\t", b"\r", b"\n", b"\x0c", b"\xa0", b"\x00", b"\x1f", b"\x7f",
    b"true", b"false", b"null", b"True", b"nul", b"NaN", b"Infinity", b"-Infinity", b"-", b"+", b".", b"e", b"E", b"0",
    b"-0", b"01", b"1.", b".5", b"1.5e+07", b"1e", b"2E-", b"0x1F", b"9" * 40, b"1e999", b"-1e-999", b'""', b'"a"',
    b"\\u", b"\\u0000", b"\\u00e9", b"\\ud83d\\ude00", b"\\ud83d", b"\\ude00", b"\\uD83D\\n", b"\\u00E", b"\\x41", b"\\/",
    b"\\b\\f\\n\\r\\t", b"\\'", b"//", b"/**/", b"#", b"'", b"\xef\xbb\xbf", b"\xe2\x80\xa8", b"\xc3\xa9", b"\xc3", b"\xa9",
    b"\xc0\x80", b"\xed\xa0\x80", b"\xf0\x9f\x98\x80", b"\xf4\x90\x80\x80", b"\xff", b"\xfe\xff", b",,", b"[]", b"{}",
    b'{"a":1}', b'"a":', b'{"":', b"[[", b"]]", b"{{", b"}}", b'"jobQueue"', b'"body"', b'"\\u006aobName"',
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
    """A document that is JSON, of every kind of value."""
    match random.randrange(9 if depth < 4 else 6):
        case 0:
            return random.choice(["true", "false", "null"])
        case 1 | 2:
            return random.choice(["0", "-0", "7", "-12.50", "1e5", "6.02E+23", "1E-2", str(random.getrandbits(80))])
        case 3 | 4 | 5:
            text = "".join(random.choices('ab/{}[],: \\"\n\x00\x7fé\u2028日😀', k=random.randint(0, 20)))
            return json.dumps(text, ensure_ascii=random.random() < 0.5)
        case 6 | 7:
            members = (f'"{random.choice("abc")}":{small_document(random, depth + 1)}' for _ in range(random.randint(0, 4)))
            return "{" + random.choice([",", ", ", ",\n  "]).join(members) + "}"
        case _:
            return "[" + ",".join(small_document(random, depth + 1) for _ in range(random.randint(0, 4))) + "]"
