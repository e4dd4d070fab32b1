"""Generates random SubmitJob members from botocore's model, and writes them in every form that JSON allows."""

import json

import model

NAMED_BY_PATH = {"jobQueue", "jobDefinition"}
# Strings that are difficult for parsers and writers.
TEXTS = [
    "", " ", "a", "s3://bucket/key", "é", "日本語", "😀", "\u0000", "\u001f\u007f\u2028\ufeff", '"', "\\", "\\u0041", "/",
    "</script>", "{}", "null", "NaN", "1.10", "%2F%", "${jobQueue}", "\t\r\n", "Ref::input", "x" * 300,
]
NUMBERS = [0, 1, -1, 2, 60, 9999, 2**31 - 1, 2**53 + 1, 2**63 - 1, -2**63]


def value(random, shape, depth=0):
    """A random value of a shape, with its required members and some of the others."""
    match shape.type_name:
        case "structure":
            likely = 0.6 if depth < 4 else 0.3
            return {
                name: value(random, its, depth + 1) for name, its in shuffled(random, shape.members)
                if name in shape.required_members or random.random() < likely
            }
        case "list":
            return [value(random, shape.member, depth + 1) for _ in range(random.choice([0, 1, 1, 2, 3]))]
        case "map":
            count = random.choice([0, 1, 3])
            return {value(random, shape.key): value(random, shape.value, depth + 1) for _ in range(count)}
        case "string":
            low, high = shape.metadata.get("min", 0), shape.metadata.get("max", 300)
            return random.choice(shape.enum or [text for text in TEXTS if low <= len(text) <= high])
        case "boolean":
            return random.random() < 0.5
        case "integer" | "long":
            return random.choice(NUMBERS)
    raise NotImplementedError(shape.type_name)


def job(random):
    """The random members of one job, without those that the path names."""
    shape = model.operation("SubmitJob").input_shape
    names = [name for name in shape.members if name not in NAMED_BY_PATH]
    chosen = random.sample(names, random.randint(0, len(names)))
    members = {name: value(random, shape.members[name]) for name in chosen}
    if "jobName" in members:
        members["jobName"] = random.choice(["a", "Nightly_report-1", "0", "z" * 128])
    return members


def shuffled(random, mapping):
    items = list(mapping.items())
    random.shuffle(items)
    return items


def written(random, value):
    """A value as JSON, with white space and escapes wherever the grammar allows them."""
    def space():
        return random.choice(["", "", "", " ", "\n", "\t\r\n  "])

    match value:
        case dict():
            items = (f"{space()}{string(random, name)}{space()}:{space()}{written(random, each)}{space()}"
                     for name, each in value.items())
            return "{" + (",".join(items) or space()) + "}"
        case list():
            return "[" + (",".join(space() + written(random, each) + space() for each in value) or space()) + "]"
        case str():
            return string(random, value)
        case _:
            return json.dumps(value)


def string(random, text):
    """A string as JSON, with some of its characters escaped."""
    quoted = json.dumps(text, ensure_ascii=random.random() < 0.3)
    if text.isascii() and text.isalnum() and random.random() < 0.1:
        at = random.randrange(len(text))
        quoted = f'"{text[:at]}\\u{ord(text[at]):04{random.choice("xX")}}{text[at + 1:]}"'
    return quoted
