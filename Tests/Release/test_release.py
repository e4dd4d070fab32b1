"""`make release` tags a tree that passes every check, and names what is wrong with any other, with the next command."""

import os
import pathlib
import platform
import re
import shlex
import shutil
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "Tests/Conformance"))

from time_limits import at_most  # noqa: E402

ARCH = {"aarch64": "arm64"}.get(platform.machine(), platform.machine())
OTHER = {"x86_64": "arm64"}.get(ARCH, "x86_64")
CONSTANT = "Sources/Function/Platform/Version.swift"
ASSETS = [
    f"dist/apigw-batch-{arch}{end}" for arch in ("x86_64", "arm64") for end in (".zip", ".zip.sha256", ".spdx.json", ".oci.tar")]
# Stands for the project's own: `check` builds both binaries, `package-test` what a release carries, of the notices in the
# tree; the other architecture has notices of its own.
MAKEFILE = f"""\
check:
	@echo checked && test ! -e fail-check && test -z "$$VERSION$$given_VERSION"
	@case "$$MAKEFLAGS" in k*) exit 1 ;; esac
	@mkdir -p .build/debug .build/release dist
	@printf '#!/bin/sh\\necho %s\\n' "$$(cat says)" >.build/debug/apigw-batch
	@printf '#!/bin/sh\\necho "apigw-batch %s: a function." >&2\\nexit 64\\n' "$$(cat says)" >.build/release/SubmitJobFunction
	@chmod 755 .build/debug/apigw-batch .build/release/SubmitJobFunction
package-test:
	@test ! -e fail-package-test
	@test "$(ARCH)" = all
	@python3 -m zipfile --create dist/apigw-batch-{OTHER}.zip says
	@python3 -m zipfile --create dist/apigw-batch-{ARCH}.zip THIRD-PARTY-NOTICES
	@cd dist && for arch in x86_64 arm64; do sha256sum apigw-batch-$$arch.zip >apigw-batch-$$arch.zip.sha256; done
	@cd dist && touch apigw-batch-x86_64.spdx.json apigw-batch-arm64.spdx.json apigw-batch-x86_64.oci.tar apigw-batch-arm64.oci.tar
	@test ! -e leave-out || rm dist/$$(cat leave-out)
	@test ! -e damage || echo >>dist/apigw-batch-arm64.zip
	@test ! -e move-on || git commit --quiet --allow-empty --message=more
	@test ! -e leave-dirt || echo more >>says
"""
CHANGELOG = """\
# Changelog

## 0.2.0 - 2026-11-29

### Changed
- `make x` does y.

## 0.1.0 - 2026-11-01

- First.
"""


class Tree:
    """A checkout of its own, with what a release is made of."""

    def __init__(self, folder):
        self.folder = folder
        self.environment = {
            "PATH": os.environ["PATH"], "HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": "a",
            "GIT_AUTHOR_EMAIL": "a@example.com", "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.com"}
        (folder / "scripts").mkdir(parents=True)
        for name in ("release.py", "version.py", "checksum.py"):
            shutil.copy(ROOT / "scripts" / name, folder / "scripts")
        self.write("Makefile", MAKEFILE)
        self.write("CHANGELOG.md", CHANGELOG)
        self.write("THIRD-PARTY-NOTICES", "curl\n")
        self.write("says", "0.2.0")
        self.write(".gitignore", "/.build/\n/dist/\n__pycache__/\n/fail-*\n/move-on\n/leave-*\n/damage\n")
        self.write(CONSTANT, 'package enum Version {\n  package static let current = "0.2.0"\n}\n')
        self.git("init", "--quiet", "--initial-branch=main")
        self.commit()

    def write(self, name, text):
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def replace(self, name, old, new):
        text = (self.folder / name).read_text()
        assert old in text
        self.write(name, text.replace(old, new))
        self.commit()

    def git(self, *arguments):
        return subprocess.run(
            ["git", *arguments], cwd=self.folder, env=self.environment, check=True, capture_output=True, text=True).stdout

    def commit(self):
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message=change")

    def release(self, *arguments, **variables):
        return subprocess.run(
            ["scripts/release.py", *arguments], cwd=self.folder, env={**self.environment, **variables},
            capture_output=True, text=True, timeout=at_most(60))

    def refusal(self, version="0.2.0"):
        """What the script says against this version, without having tagged it."""
        tags = self.git("tag")
        done = self.release(f"--version={version}")
        assert done.returncode == 1, done.stderr
        assert (done.stdout, self.git("tag")) == ("", tags)
        assert "Traceback" not in done.stderr
        lines = [line for line in done.stderr.splitlines() if line.startswith("release: ")]
        # Each ends with a command to run.
        assert lines and all("run: " in line for line in lines), done.stderr
        return "\n".join(lines), done.stderr


@pytest.fixture
def tree(tmp_path):
    return Tree(tmp_path / "a checkout")


def test_a_tree_that_is_ready_is_tagged(tree):
    done = tree.release("--version=0.2.0", VERSION="9.9.9", MAKEFLAGS="-k", given_VERSION="0.2.0")
    assert done.returncode == 0, done.stderr
    assert done.stdout == (
        "Tagged v0.2.0. To publish it, run:\n  git push origin main v0.2.0\n"
        "  gh release create v0.2.0 --verify-tag --notes-from-tag --title v0.2.0 \\\n    " + " \\\n    ".join(ASSETS) + "\n")
    # What is printed are two commands, with files that exist.
    words = shlex.split(done.stdout.partition("\n")[2])
    assert words[5:8] == ["gh", "release", "create"] and [each for each in words if (tree.folder / each).is_file()] == ASSETS
    assert "checked" in done.stderr
    assert tree.git("cat-file", "-t", "v0.2.0") == "tag\n"
    assert tree.git("rev-parse", "v0.2.0^{commit}") == tree.git("rev-parse", "HEAD")
    # The tag's message is what the CHANGELOG says, with its headings.
    assert tree.git("tag", "--list", "--format=%(contents)", "v0.2.0") == "apigw-batch 0.2.0\n\n### Changed\n- `make x` does y.\n\n"


@pytest.mark.parametrize("version, words", [
    (None, "VERSION is not set; run: make release VERSION=0.2.0"),
    *((text, f"VERSION must be three numbers such as 0.2.0, not {text!r}") for text in
      ("v0.2.0", "0.2", "0.2.0-rc1", "00.2.0", "0.2.0\n", "$(id)", "")),
])
def test_a_version_has_three_numbers(tree, version, words):
    done = tree.release(*([] if version is None else [f"--version={version}"]))
    assert done.returncode == 1 and words in done.stderr and "Traceback" not in done.stderr
    assert tree.git("tag") == ""


def test_it_is_made_from_main(tree):
    tree.git("switch", "--quiet", "--create", "topic")
    assert "releases are made from main, and this is topic; run: git switch main" in tree.refusal()[0]


def test_the_tree_is_clean(tree):
    tree.write("new.swift", "")
    words, shown = tree.refusal()
    assert "the working tree has changes in new.swift; run: git status" in words
    assert "checked" not in shown


def test_the_constant_has_the_version(tree):
    tree.replace(CONSTANT, "0.2.0", "0.1.0")
    words, _ = tree.refusal()
    command = f"sed -i 's/\"0.1.0\"/\"0.2.0\"/' {CONSTANT}"
    assert f"{CONSTANT} has version 0.1.0, not 0.2.0; run: {command}" in words
    # What it says to run is right.
    subprocess.run(command, shell=True, cwd=tree.folder, check=True)
    tree.commit()
    assert tree.release("--version=0.2.0").returncode == 0


@pytest.mark.parametrize("source", ["", 'static let version = "0.2.0"\nstatic let current: String = "0.2.0"\n'])
def test_there_is_one_constant(tree, source):
    tree.write(CONSTANT, source)
    tree.commit()
    done = tree.release("--version=0.2.0")
    assert done.returncode != 0 and "must have one version constant" in done.stderr and "run: git grep" in done.stderr


@pytest.mark.parametrize("declaration", [
    "package let version", "package static let current: String", "static let version", "package let productVersion: StaticString"])
def test_the_constant_is_found_however_it_is_declared(tree, declaration):
    tree.write(CONSTANT, f'{declaration} = "0.2.0"\nlet other = "1.2.3"\nlet current = "1.2"\n')
    tree.commit()
    assert tree.release("--version=0.2.0").returncode == 0


def test_this_source_tree_has_one_constant():
    done = subprocess.run(
        ["python3", "-c", "import version; print(*version.version_constant())"], cwd=ROOT / "scripts",
        capture_output=True, text=True, check=True)
    version, file = done.stdout.split()
    assert f'"{version}"' in (ROOT / file).read_text()


@pytest.mark.parametrize("old, new, words", [
    ("## 0.2.0 - 2026-11-29", "## 0.3.0 - 2026-11-29", "CHANGELOG.md has no section '## 0.2.0 - "),
    ("## 0.2.0 - 2026-11-29", "## 0.2.0 - unreleased", "CHANGELOG.md dates 0.2.0 'unreleased'; run: sed -i"),
    ("## 0.2.0 - 2026-11-29", "## 0.2.0 - 2026-02-30", "CHANGELOG.md dates 0.2.0 '2026-02-30'"),
    ("\n### Changed\n- `make x` does y.\n", "", "CHANGELOG.md has nothing under '## 0.2.0'. To see what has changed, run: git log"),
    ("## 0.2.0", "## 0.3.0 - unreleased\n\n- z\n\n## 0.2.0", "CHANGELOG.md has 0.3.0 above 0.2.0; run: make release VERSION=0.3.0"),
])
def test_the_changelog_has_the_version_first_with_a_date(tree, old, new, words):
    tree.replace("CHANGELOG.md", old, new)
    assert words in tree.refusal()[0]


def test_a_changelog_is_there(tree):
    (tree.folder / "CHANGELOG.md").unlink()
    tree.commit()
    assert "CHANGELOG.md has no section '## 0.2.0 - " in tree.refusal()[0]


@pytest.mark.parametrize("tag, words", [
    ("v0.2.0", "v0.2.0 is tagged already. To see it, run: git show v0.2.0"),
    ("v0.10.0", "v0.10.0 is tagged, and 0.2.0 is older; run: make release VERSION=0.11.0"),
])
def test_the_tag_is_new(tree, tag, words):
    tree.git("tag", "v0.1.0")
    tree.git("tag", tag)
    assert words in tree.refusal()[0]


def test_every_fault_of_the_tree_is_named_at_once(tree):
    tree.git("switch", "--quiet", "--create", "topic")
    tree.git("tag", "v0.2.0")
    tree.write("says", "0.1.0")
    words, shown = tree.refusal()
    assert words.count("release: ") == 3
    # No build is begun.
    assert "checked" not in shown


@pytest.mark.parametrize("target", ["check", "package-test ARCH=all"])
def test_the_checks_pass(tree, target):
    tree.write(f"fail-{target.partition(' ')[0]}", "")
    assert f"make {target} failed, so 0.2.0 was not tagged. To see only that, run: make {target}" in tree.refusal()[0]


def test_the_notices_are_the_packages(tree):
    tree.replace("Makefile", "@python3 -m zipfile", "@sed s/curl/libcurl/ THIRD-PARTY-NOTICES >dist/THIRD-PARTY-NOTICES; python3 -m zipfile")
    tree.replace("Makefile", ".zip THIRD", ".zip dist/THIRD")
    words, _ = tree.refusal()
    package = f"dist/apigw-batch-{ARCH}.zip"
    assert f"THIRD-PARTY-NOTICES is not the one in {package}; run: unzip -p {package} THIRD-PARTY-NOTICES >THIRD" in words


@pytest.mark.parametrize("asset", ASSETS)
def test_a_release_carries_everything(tree, asset):
    tree.write("leave-out", asset.removeprefix("dist/"))
    words, _ = tree.refusal()
    missing = asset if not asset.endswith(".sha256") else f"{asset} doesn't have the checksum of {asset.removesuffix('.sha256')}"
    assert missing in words and words.endswith("; run: make image ARCH=all")


def test_a_checksum_that_is_not_the_zips(tree):
    tree.write("damage", "")
    assert "dist/apigw-batch-arm64.zip.sha256 doesn't have the checksum of dist/apigw-batch-arm64.zip" in tree.refusal()[0]


@pytest.mark.parametrize("says, binary", [("0.1.0", ".build/debug/apigw-batch"), ("10.2.0", ".build/debug/apigw-batch")])
def test_the_command_says_the_version(tree, says, binary):
    tree.replace("says", "0.2.0", says)
    assert f"{binary} doesn't say it is 0.2.0; run: make clean && make, then: {binary}" in tree.refusal()[0]


def test_the_function_says_the_version(tree):
    tree.replace("Makefile", 'a function." >&2\\nexit 64\\n\' "$$(cat says)"', 'a function." >&2\\nexit 64\\n\' 0.1.0')
    assert ".build/release/SubmitJobFunction doesn't say it is 0.2.0" in tree.refusal()[0]


@pytest.mark.parametrize("file, words", [
    ("move-on", "the branch has moved while it was checked; run: make release VERSION=0.2.0"),
    ("leave-dirt", "the working tree has changes in says; run: git status"),
])
def test_what_was_checked_is_what_is_tagged(tree, file, words):
    tree.write(file, "")
    assert words in tree.refusal()[0]


def test_outside_a_repository_there_is_an_error(tree):
    shutil.rmtree(tree.folder / ".git")
    done = tree.release("--version=0.2.0", GIT_CEILING_DIRECTORIES=str(tree.folder.parent))
    assert done.returncode == 1 and "'git rev-parse' failed: " in done.stderr and "Traceback" not in done.stderr


def test_one_command_makes_both_packages(tmp_path):
    """On a machine that builds in containers, which a stand-in for Docker records."""
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("sh", "dirname", "uname", "id"):
        (tools / name).symlink_to(shutil.which(name))
    (tools / "docker").write_text(f'#!/bin/sh\n[ "$1" = info ] || echo "$*" >>{tmp_path}/asked\n')
    (tools / "docker").chmod(0o755)
    done = subprocess.run(
        ["sh", ROOT / "scripts/package.sh", "all"], env={"PATH": str(tools)}, capture_output=True, text=True,
        timeout=at_most(60))
    assert done.returncode == 0, done.stderr
    asked = (tmp_path / "asked").read_text()
    assert re.findall(r"--platform (\S+) .*scripts/package.sh (\w+);", asked) == [
        ("linux/amd64", "x86_64"), ("linux/arm64", "arm64")]
