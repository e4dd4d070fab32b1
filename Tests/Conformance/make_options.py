"""The options of a campaign as make passes them: an error names the variable, and ends with the command to run."""

import sys


class Target:
    """A target of the Makefile."""

    def __init__(self, name):
        self.name = name

    def refuse(self, what, advice):
        sys.exit(f"{self.name}: {what}; run: make {self.name} {advice}")

    def natural(self, variable, example, least=0):
        """Makes a parser for a number."""
        def number(text):
            if not is_natural(text) or int(text) < least:
                self.refuse(f"{variable} must be a whole number from {least} to 999999999, not {text!r}",
                            f"{variable}={example}")
            return int(text)
        return number

    def span(self, variable, what, example):
        """Makes a parser for one number, or two with a hyphen between them."""
        def numbers(text):
            first, dash, last = text.partition("-")
            last = last if dash else first
            if not (is_natural(first) and is_natural(last) and 1 <= int(first) <= int(last)):
                self.refuse(
                    f"{variable} must be the number of a {what}, from 1, or two with a hyphen between them, not {text!r}",
                    f"{variable}={example}")
            return range(int(first), int(last) + 1)
        return numbers


def is_natural(text):
    return text.isascii() and text.isdigit() and len(text) < 10
