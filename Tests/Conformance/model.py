"""Generates values from the shapes of botocore's model of Batch, and checks values against them."""

import botocore.session

SERVICE = botocore.session.get_session().get_service_model("batch")

# Values that satisfy Batch's limits, where the type's sample value doesn't.
LIMITED = {"size": 2, "attemptDurationSeconds": 60, "onExitCode": "1*", "action": "RETRY", "targetNodes": "0:1"}


def operation(name):
    return SERVICE.operation_model(name)


def sample(shape, name=""):
    """A value of a shape with every member."""
    if name in LIMITED:
        return LIMITED[name]
    match shape.type_name:
        case "structure":
            return {member: sample(its, member) for member, its in shape.members.items()}
        case "list":
            return [sample(shape.member)]
        case "map":
            return {"key": sample(shape.value)}
        case "string":
            return shape.enum[-1] if shape.enum else "text"
        case "boolean":
            return True
        case _:
            return 3


def mistyped(shape, name=""):
    """Every way to give one member a value of the wrong type: pairs of the member's path and the whole value."""
    yield name, {"text": 1} if shape.type_name not in ("structure", "map") else "text"
    match shape.type_name:
        case "structure":
            for member, its in shape.members.items():
                for path, wrong in mistyped(its, member):
                    yield f"{name}.{path}", {**sample(shape), member: wrong}
        case "list":
            for path, wrong in mistyped(shape.member, "0"):
                yield f"{name}.{path}", [wrong]
        case "map":
            for path, wrong in mistyped(shape.value, "key"):
                yield f"{name}.{path}", {"key": wrong}


def faults(shape, value, path=""):
    """How a value from the wire violates a shape: unknown or missing members, wrong types, unknown constants."""
    match shape.type_name:
        case "structure" if isinstance(value, dict):
            for member in value.keys() - shape.members.keys():
                yield f"{path}.{member} is not in the model"
            for member in set(shape.required_members) - value.keys():
                yield f"{path}.{member} is missing"
            for member in value.keys() & shape.members.keys():
                yield from faults(shape.members[member], value[member], f"{path}.{member}")
        case "list" if isinstance(value, list):
            for index, entry in enumerate(value):
                yield from faults(shape.member, entry, f"{path}[{index}]")
        case "map" if isinstance(value, dict):
            for key, entry in value.items():
                yield from faults(shape.value, entry, f"{path}.{key}")
        case "string" if isinstance(value, str):
            if shape.enum and value not in shape.enum:
                yield f"{path} is {value}, none of {shape.enum}"
        case "boolean" if isinstance(value, bool):
            pass
        case "integer" | "long" if isinstance(value, int) and not isinstance(value, bool):
            pass
        case _:
            yield f"{path} is {value!r}, not a {shape.type_name}"
