#!/usr/bin/env python3
"""Tags a release once everything about it has been checked: release.py, which --help explains.

Quick checks run first and report every fault. Then `make check` and `make package-test ARCH=all` run, and what they
built is checked. Nothing is pushed: the printed commands do that, with the files that the release carries.
"""

import argparse
import datetime
import os
import pathlib
import platform
import re
import subprocess
import sys
import zipfile

import checksum
import version

ROOT = version.ROOT
CHANGELOG = "CHANGELOG.md"
NOTICES = "THIRD-PARTY-NOTICES"
BRANCH = "main"
# What the release carries for each architecture: the zip with its checksum and its bill of materials, and the image.
ENDS = (".zip", ".zip.sha256", ".spdx.json", ".oci.tar")
ASSETS = [f"dist/apigw-batch-{arch}{end}" for arch in ("x86_64", "arm64") for end in ENDS]
FORM = r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)"
# `## 0.2.0 - 2026-11-29`, up to the next heading of the same level.
SECTION = r"^## (?P<version>\S+) - (?P<date>.*)\n(?P<text>(?:(?!## ).*\n)*)"


class Fault(Exception):
    """What keeps this tree from being released, ending with the next command."""


def git(*arguments):
    """What git prints, without the last newline; Fault when it fails."""
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True)
    if done.returncode != 0:
        reason = (done.stderr.strip().splitlines() or ["it does not say why"])[-1]
        raise Fault(f"'git {arguments[0]}' failed: {reason}; run: git status")
    return done.stdout.removesuffix("\n")


def numbers(text):
    return tuple(int(each) for each in text.split("."))


def check_form(wanted):
    if wanted is None or not re.fullmatch(FORM, wanted):
        shown = "is not set" if wanted is None else f"must be three numbers such as 0.2.0, not {wanted!r}"
        raise Fault(f"VERSION {shown}; run: make release VERSION={version.version_constant()[0]}")


def check_branch(wanted):
    branch = git("rev-parse", "--abbrev-ref", "HEAD")
    if branch != BRANCH:
        raise Fault(f"releases are made from {BRANCH}, and this is {branch}; run: git switch {BRANCH}")


def check_clean(wanted):
    changed = [line[3:] for line in git("status", "--porcelain").splitlines()]
    if changed:
        more = f" and {len(changed) - 3} more" if len(changed) > 3 else ""
        raise Fault(f"the working tree has changes in {', '.join(changed[:3])}{more}; run: git status")


def check_constant(wanted):
    now, file = version.version_constant()
    if now != wanted:
        raise Fault(f"{file} has version {now}, not {wanted}; run: sed -i 's/\"{now}\"/\"{wanted}\"/' {file}")


def check_changelog(wanted):
    path = ROOT / CHANGELOG
    text = path.read_text() if path.exists() else ""
    sections = list(re.finditer(SECTION, text, re.M))
    section = next((each for each in sections if each["version"] == wanted), None)
    today = datetime.date.today().isoformat()
    if section is None:
        raise Fault(
            f"{CHANGELOG} has no section '## {wanted} - {today}'; write it, then run: "
            f"git commit -m 'Describe {wanted}' {CHANGELOG}")
    try:
        datetime.date.fromisoformat(section["date"])
    except ValueError:
        raise Fault(
            f"{CHANGELOG} dates {wanted} {section['date']!r}; run: "
            f"sed -i 's/^## {wanted} - .*/## {wanted} - {today}/' {CHANGELOG}") from None
    if not section["text"].strip():
        raise Fault(f"{CHANGELOG} has nothing under '## {wanted}'. To see what has changed, run: git log --oneline")
    if section is not sections[0]:
        raise Fault(f"{CHANGELOG} has {sections[0]['version']} above {wanted}; run: make release VERSION={sections[0]['version']}")


def check_tag(wanted):
    tags = [tag[1:] for tag in git("tag", "--list", "v*").splitlines() if re.fullmatch(FORM, tag[1:])]
    if wanted in tags:
        raise Fault(f"v{wanted} is tagged already. To see it, run: git show v{wanted}")
    newest = max(tags, key=numbers, default=None)
    if newest and numbers(newest) > numbers(wanted):
        major, minor, _ = numbers(newest)
        raise Fault(f"v{newest} is tagged, and {wanted} is older; run: make release VERSION={major}.{minor + 1}.0")


def check_tree(wanted):
    """Checks what takes no time, and reports every fault."""
    check_form(wanted)
    faults = []
    for check in (check_branch, check_clean, check_constant, check_changelog, check_tag):
        try:
            check(wanted)
        except Fault as fault:
            faults.append(fault)
    return faults


def make(target, wanted):
    """Runs a target and its variables, which must not see this make's own flags, or the user's VERSION."""
    environment = {
        name: value for name, value in os.environ.items()
        if name not in ("MAKEFLAGS", "MAKELEVEL", "VERSION", "given_VERSION")}
    done = subprocess.run(
        ["make", "--no-print-directory", *target.split()], cwd=ROOT, stdout=sys.stderr, env=environment)
    if done.returncode != 0:
        raise Fault(f"make {target} failed, so {wanted} was not tagged. To see only that, run: make {target}")


def check_notices(wanted):
    arch = {"aarch64": "arm64", "amd64": "x86_64"}.get(platform.machine(), platform.machine())
    package = f"dist/apigw-batch-{arch}.zip"
    with zipfile.ZipFile(ROOT / package) as archive:
        packaged = archive.read(NOTICES)
    if (ROOT / NOTICES).read_bytes() != packaged:
        raise Fault(
            f"{NOTICES} is not the one in {package}; run: unzip -p {package} {NOTICES} >{NOTICES} && "
            f"git commit -m 'Regenerate {NOTICES}' {NOTICES}")


def check_binaries(wanted):
    """Both must say the version: neither may have one of its own."""
    environment = {name: value for name, value in os.environ.items() if name != "AWS_LAMBDA_RUNTIME_API"}
    for command in ([".build/debug/apigw-batch", "--version"], [".build/release/SubmitJobFunction"]):
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=environment)
        if wanted not in re.findall(r"\d+\.\d+\.\d+", (done.stdout + done.stderr).partition("\n")[0]):
            raise Fault(f"{command[0]} doesn't say it is {wanted}; run: make clean && make, then: {' '.join(command)}")


def check_assets(wanted):
    """Every file that the release carries exists, and each zip has the checksum next to it."""
    for asset in ASSETS:
        path = ROOT / asset
        if not path.is_file():
            raise Fault(f"{asset} is missing; run: make image ARCH=all")
        if path.suffix == ".zip" and checksum.stated(path) != checksum.sha256(path):
            raise Fault(f"{asset}{checksum.SUFFIX} doesn't have the checksum of {asset}; run: make image ARCH=all")


def release(wanted):
    faults = check_tree(wanted)
    if faults:
        return faults
    head = git("rev-parse", "HEAD")
    try:
        for target in ("check", "package-test ARCH=all"):
            make(target, wanted)
        check_assets(wanted)
        check_notices(wanted)
        check_binaries(wanted)
        check_clean(wanted)
        if git("rev-parse", "HEAD") != head:
            raise Fault(f"the branch has moved while it was checked; run: make release VERSION={wanted}")
        section = next(
            each for each in re.finditer(SECTION, (ROOT / CHANGELOG).read_text(), re.M) if each["version"] == wanted)
        git("tag", "--annotate", "--cleanup=whitespace", f"--message=apigw-batch {wanted}\n\n{section['text'].strip()}",
            f"v{wanted}")
    except Fault as fault:
        return [fault]
    print(f"Tagged v{wanted}. To publish it, run:\n  git push origin {BRANCH} v{wanted}\n"
          f"  gh release create v{wanted} --verify-tag --notes-from-tag --title v{wanted} \\\n    "
          + " \\\n    ".join(ASSETS))
    return []


def main():
    parser = argparse.ArgumentParser(prog="release.py", description=__doc__.splitlines()[0])
    parser.add_argument("--version", dest="wanted", metavar="x.y.z", help="the version to tag as vx.y.z")
    options = parser.parse_args()
    try:
        faults = release(options.wanted)
    except Fault as fault:
        faults = [fault]
    for fault in faults:
        print("release:", fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
