"""The version of this source tree. It is written once, for both binaries, their User-Agent, the notices and the tag."""

import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[1]
CONSTANT = re.compile(r'\blet (?:current|\w*[vV]ersion)(?:: \w+)? = "(\d+\.\d+\.\d+)"')


def version_constant(root=ROOT):
    """The version and the file that holds it, as a path from the root; SystemExit unless there is exactly one."""
    found = [
        (match[1], file.relative_to(root).as_posix())
        for file in sorted((root / "Sources/Function").rglob("*.swift"))
        for match in CONSTANT.finditer(file.read_text())]
    if len(found) != 1:
        places = ", ".join(place for _, place in found) or "none"
        raise SystemExit(
            f"version: Sources/Function must have one version constant, not {len(found)} ({places}). To see them, run: "
            "git grep -nE 'let .* = \"[0-9.]+\"' Sources/Function")
    return found[0]
