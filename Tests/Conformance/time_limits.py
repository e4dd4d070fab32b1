"""How long tests wait before they give up: one factor scales it for all of them, on a busy machine."""

import os

NAME = "APIGW_BATCH_TEST_TIME_FACTOR"


def factor(text):
    try:
        number = float(text)
    except ValueError:
        number = 0
    if not 1 <= number <= 100:
        raise SystemExit(f'{NAME} must be a number from 1 to 100, not "{text}"; fix it or unset it')
    return number


FACTOR = factor(os.environ.get(NAME) or "1")


def at_most(seconds):
    """Seconds of a quiet machine, as many as they may be here."""
    return seconds * FACTOR
