"""The sample events, and the outcome that events/README.md promises for each."""

import re

from function import ROOT

EVENTS = ROOT / "events"
ROW = re.compile(r"^\| `(?P<file>[^`]+)` \| (?P<status>\d{3}|error) \| \S.* \|$", re.MULTILINE)
# Pairs of a file's name and a status, or `error`.
PROMISES = [(row["file"], row["status"]) for row in ROW.finditer((EVENTS / "README.md").read_text())]
