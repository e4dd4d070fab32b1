"""What schemathesis does to the bodies that it generates."""

import schemathesis


def rewritten(value):
    """A JSON value in which a whole number has no fraction: OpenAPI 3.1 takes 8.0 for an integer, but API Gateway's
    models, of an older JSON Schema, don't."""
    if isinstance(value, dict):
        return {name: rewritten(each) for name, each in value.items()}
    if isinstance(value, list):
        return [rewritten(each) for each in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


@schemathesis.hook
def map_body(context, body):
    return rewritten(body)
