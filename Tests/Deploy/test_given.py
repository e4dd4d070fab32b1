"""Values that a user gives to make are text: neither make nor a shell runs them, and invalid ones are rejected."""

import os
import re
import shutil
import subprocess

import botocore.session
import pytest

import checksum
from cloud import ROOT, yaml_parse
from conftest import ARCH
from deploy import other_parameters, with_package, yaml_text
from members import OF_PATH, every_member, faults, members
from stack import Failure
from template import parameters
from time_limits import at_most

# Every target that takes a variable. `run` takes none, but is affected by those of others.
TARGETS = [
    "help", "run", "invoke", "serve", "compare", "package", "deploy", "destroy", "install", "release", "build-SubmitJobFunction",
    "fuzz", "fuzz-wire", "fuzz-owners", "campaign", "bench"]
GIVEN = [
    "ARCH", "ARGS", "ARTIFACTS_DIR", "BUCKET", "DESTDIR", "EVENT", "EVENTS", "FUNCTION", "JOB_DEFINITIONS", "JOB_QUEUES", "KEYS",
    "ONLY", "PACKAGE", "PARAMETERS", "PREFIX", "RESPONSES", "SECONDS", "SEED", "SHA256", "STACK", "TABLE", "TLS", "TRIES", "VERSION",
    "YES"]
# Make's own variables and the Makefile's, which a user may also set.
OWN = [
    "BUILT", "COMMAND", "GIVEN", "MAKEFILE_LIST", "MAKEOVERRIDES", "OTHER", "SOURCES", "TO_RUN", "VPATH", "WITH", "each",
    "given_STACK"]
VARIABLES = GIVEN + OWN
# Variables that are set at once, each with a text of its own. The first three decide what becomes of others.
TOGETHER = [["ARGS"], ["EVENT"], ["FUNCTION"], [each for each in GIVEN if each not in ("ARGS", "EVENT", "FUNCTION")], OWN]
# Text that would run a command in make, or in a shell without quotes or with either kind of quotes.
HOSTILE = [
    "$(shell touch {0})a", "$(eval $(shell touch {0}))", "${{shell touch {0}}}", "`touch {0}`", "$$(touch {0})", ";touch {0};",
    "a; touch {0} #", "' ; touch {0} ; '", '" ; touch {0} ; "', "a\ntouch {0}\n", "a\n\ttouch {0}", "|touch {0}", "a & touch {0} &",
    "\\'; touch {0}; \\'", '"$(touch {0})"', "\\\n; touch {0}"]


@pytest.fixture
def canary(tmp_path):
    return tmp_path / "canary"


@pytest.fixture(scope="session")
def stand_ins(tmp_path_factory):
    """A copy of the checkout whose scripts and commands only record their arguments."""
    copy = tmp_path_factory.mktemp("copy of the checkout")
    shutil.copy(ROOT / "Makefile", copy)
    shutil.copytree(ROOT / "Benchmarks", copy / "Benchmarks", ignore=shutil.ignore_patterns("*.json"))
    for folder in ("Sources", "Linker", "Tests/JSONCheck", "Tests/ReportPage", "scripts", ".build/release", ".build/debug", "bin"):
        (copy / folder).mkdir(parents=True)
    (copy / "Package.swift").touch()
    for name in ("Tests/Conformance/requirements.txt", ".venv/ready"):
        (copy / name).parent.mkdir(parents=True)
        (copy / name).touch()
    names = [".venv/bin/python", "scripts/package.sh", "scripts/deploy.py", "scripts/destroy.py", "scripts/fuzz.sh", "scripts/install-libraries.sh",
             "scripts/install.sh", "scripts/release.py", "scripts/with_function.py", ".build/release/SubmitJobFunction", ".build/release/apigw-batch", ".build/debug/apigw-batch", "bin/swift", "bin/python3"]
    for name in names:
        (copy / name).parent.mkdir(exist_ok=True)
        given = '"$given_FUNCTION" "$given_SHA256" ' if name == "scripts/with_function.py" else ""
        (copy / name).write_text(f'#!/bin/sh\nfor each in {given}"$@"; do printf "%s\\0" "$each"; done >>"$GIVEN_TO"\n')
        (copy / name).chmod(0o755)
    shutil.copy(ROOT / "scripts/with-args.sh", copy / "scripts")
    return copy


@pytest.fixture
def told(stand_ins, tmp_path):
    """Runs make in that copy. Returns the process and the command's arguments, or None if it wasn't started."""
    def run(*arguments, **variables):
        file = tmp_path / "given"
        file.unlink(missing_ok=True)
        done = subprocess.run(
            ["make", "--no-print-directory", *arguments], cwd=stand_ins, capture_output=True, timeout=at_most(60),
            env={"PATH": f"{stand_ins}/bin:/usr/bin:/bin", "GIVEN_TO": str(file), **variables})
        given = file.read_bytes().split(b"\0")[:-1] if file.exists() else None
        return done, given and [each.decode() for each in given]
    return run


def test_every_variable_that_a_recipe_uses_is_protected():
    text = (ROOT / "Makefile").read_text()
    given = set(re.search(r"override GIVEN := ((?:.*\\\n)*.*)", text)[1].replace("\\\n", " ").split())
    used = set(re.findall(r"\$\(call option,[\w-]+,(\w+)\)", text)) | set(re.findall(r"given_([A-Z]\w*)", text))
    # MAKEFILE is the path of the Makefile itself.
    assert used - {"MAKEFILE"} == given
    # Each is tried below.
    assert given == set(GIVEN) and {each for group in TOGETHER for each in group} == set(VARIABLES)
    assert not re.findall(rf"\$[({{](?:{'|'.join(given)})[)}}]", text)


@pytest.mark.parametrize("variables", TOGETHER, ids=lambda variables: variables[0])
def test_no_given_value_is_run(told, tmp_path, variables):
    canaries = tmp_path / "canaries"
    canaries.mkdir()
    for text in HOSTILE:
        values = {each: text.format(canaries / each) for each in variables}
        for arguments, environment in (([f"{name}={value}" for name, value in values.items()], {}), ([], values)):
            # -i: make continues after a failed line, so the second line of a value would be run as well.
            done, given = told("-i", *TARGETS, *arguments, **environment)
            assert not list(canaries.iterdir()), f"{text!r}, {'set by make' if arguments else 'in the environment'}"
            # Make came to the last target, whose program was started.
            assert given[-1] == "Benchmarks/bench.py", done.stderr


@pytest.mark.parametrize("variable", VARIABLES)
def test_make_itself_expands_no_given_value(told, canary, variable):
    """`make -n` also runs `$(shell …)`."""
    told("-n", *TARGETS, f"{variable}=$(shell touch {canary})")
    told("-n", *TARGETS, **{variable: f"$(shell touch {canary})"})
    assert not canary.exists()


@pytest.mark.parametrize("variable, target, option", [
    ("STACK", "deploy", "--stack="), ("BUCKET", "deploy", "--bucket="), ("PACKAGE", "deploy", "--package="),
    ("SHA256", "deploy", "--sha256="), ("FUNCTION", "run", ""), ("FUNCTION", "serve", ""),
    ("PARAMETERS", "deploy", "--parameters="), ("JOB_QUEUES", "deploy", "--job-queues="),
    ("JOB_DEFINITIONS", "deploy", "--job-definitions="), ("ARCH", "deploy", "--arch="), ("STACK", "destroy", "--stack="),
    ("YES", "destroy", "--yes="), ("ARCH", "package", ""), ("SECONDS", "fuzz", ""),
    ("EVENTS", "fuzz-wire", "--events="), ("RESPONSES", "fuzz-wire", "--responses="), ("SEED", "fuzz-wire", "--seed="),
    ("ONLY", "fuzz-wire", "--only="), ("TLS", "fuzz-wire", "--tls="), ("KEYS", "campaign", "--keys="),
    ("TRIES", "fuzz-owners", "--tries="), ("SEED", "fuzz-owners", "--seed="),
    ("SEED", "campaign", "--seed="), ("TABLE", "campaign", "--table="), ("ONLY", "campaign", "--only="), ("PREFIX", "install", "--prefix="),
    ("DESTDIR", "install", "--destdir="), ("VERSION", "release", "--version="),
])
@pytest.mark.parametrize("value", [
    "it's", 'a "b" c', " a  b ", "a\nb", "$HOME $(HOME) $$ ${x}", "`a`", "#a", "a;b", "\\", "*", "-x", "ü"], ids=repr)
def test_a_value_reaches_its_script_unchanged(told, variable, target, option, value):
    for done, given in (told(target, f"{variable}={value}"), told(target, **{variable: value})):
        # In make's syntax, a space after = is ignored.
        assert f"{option}{value}" in given or f"{option}{value.lstrip()}" in given, done.stderr


@pytest.mark.parametrize("args, words", [
    ("--rate 30 --html x", ["--rate", "30", "--html", "x"]),
    ("--html 'my report.html'", ["--html", "my report.html"]), ('--html "my report.html"', ["--html", "my report.html"]),
    ("a\\ b 'it'\\''s'", ["a b", "it's"]), ("  a\n  b\t", ["a", "b"]), ("''", [""]),
    # Unlike in a shell, a backslash between quotes is literal.
    ('"a\\b" \'c\\d\' e\\"f', ["a\\b", "c\\d", 'e"f']), ("'a\nb'", ["a b"]),
    # Nothing is expanded, but make's escape for a $ is supported.
    ("$HOME $$HOME `a` $(a) * ~ ; | & # > <", ["$HOME", "$HOME", "`a`", "$(a)", "*", "~", ";", "|", "&", "#", ">", "<"]),
])
def test_args_are_only_split_into_words(told, args, words):
    for target in ("serve", "compare", "invoke"):
        for done, given in (told(target, f"ARGS={args}"), told(target, ARGS=args)):
            assert given[given.index(target):] == [target, *words], done.stderr


@pytest.mark.parametrize("target", ["run", "invoke", "serve", "compare"])
def test_a_given_function_is_not_built(told, stand_ins, target):
    command = f".build/{'release' if target == 'compare' else 'debug'}/apigw-batch"
    # All of it is older than the sources.
    for name in (".build/release/SubmitJobFunction", command):
        os.utime(stand_ins / name, (0, 0))
    _, given = told(target, "ARGS=--x", "FUNCTION=a b.zip", "SHA256=c")
    start = given.index("a b.zip")
    assert "apigw-batch" in given[:start] and "SubmitJobFunction" not in given
    subcommand = {"run": "invoke"}.get(target, target)
    assert given[start + 1] == "c" and command in given[start + 2:] and subcommand in given[start + 2:]
    # Without one, it is.
    _, given = told(target, "ARGS=--x")
    assert "SubmitJobFunction" in given and "a b.zip" not in given and subcommand in given


def test_files_are_looked_up_only_in_this_folder(stand_ins, tmp_path):
    for arguments, variables in ((["VPATH=/elsewhere"], {}), ([], {"VPATH": "/elsewhere"})):
        done = subprocess.run(
            ["make", "-n", "-p", "help", *arguments], cwd=stand_ins, capture_output=True, text=True, timeout=at_most(60),
            env={"PATH": f"{stand_ins}/bin:/usr/bin:/bin", "GIVEN_TO": str(tmp_path / "given"), **variables})
        assert "# No general ('VPATH' variable) search path." in done.stdout


def test_an_event_is_one_word_and_never_an_option(told):
    for event in ("it's $(HOME) `a`;b.json", "--help", "a\nb"):
        _, given = told("invoke", f"EVENT={event}", "ARGS=--timeout 5")
        assert given[-5:] == ["invoke", "--timeout", "5", "--", event]


def test_args_without_a_closing_quotation_mark_are_rejected(told):
    assert told("serve", r'ARGS="a\"b"')[0].returncode != 0
    done, given = told("serve", "ARGS=--html 'a")
    assert done.returncode != 0 and "serve" not in (given or [])
    assert b"ARGS has a quotation mark without its counterpart: --html 'a" in done.stderr
    assert b"Close it, as in: make serve ARGS=" in done.stderr


@pytest.mark.parametrize("arguments, words", [
    (["deploy", "STACK=a b"], "STACK must be letters, digits and hyphens, with a letter first, not 'a b'; run: make deploy STACK="),
    (["deploy", "STACK=a\n"], "STACK must be letters"),
    (["destroy", "STACK=1"], "STACK must be letters, digits and hyphens, with a letter first, not '1'; run: make destroy STACK="),
    (["destroy", "YES=no"], "YES must be 1 (to skip the question), not 'no'; run: make destroy YES=1"),
    (["deploy", "BUCKET=s3://mine"], "BUCKET must be the name of an S3 bucket of yours, not 's3://mine'; run: make deploy BUCKET="),
    (["deploy", "ARCH=x86"], "ARCH must be x86_64 or arm64, not 'x86'; run: make deploy ARCH="),
    (["package", "ARCH=x86; id"], "ARCH must be x86_64, arm64 or all, not 'x86; id'; run: make package ARCH="),
    (["deploy", "SHA256=abc"], "SHA256 must be the 64 hexadecimal digits of a SHA-256 sum, not 'abc'; run: make deploy PACKAGE=FILE SHA256=SUM"),
    (["deploy", f"SHA256={'0' * 64}"], "SHA256 is for a PACKAGE that was built elsewhere; run: make deploy PACKAGE=FILE SHA256=SUM"),
    (["build-SubmitJobFunction", "ARTIFACTS_DIR=/no/such"], "ARTIFACTS_DIR must be a folder, not '/no/such'; run: sam build"),
    (["build-SubmitJobFunction"], "ARTIFACTS_DIR must be a folder, not ''; run: sam build"),
    (["build-SubmitJobFunction", "ARCH=all", "ARTIFACTS_DIR=/"], "ARTIFACTS_DIR takes one package, not all; run: make package"),
    (["fuzz", "SECONDS=1m"], "SECONDS must be a whole number of seconds from 1 to 999999, not '1m'; run: make fuzz SECONDS=60"),
    (["fuzz", "SECONDS=99999999"], "SECONDS must be a whole number of seconds"),
    # libFuzzer would run until it's stopped.
    (["fuzz", "SECONDS=0"], "from 1 to 999999, not '0'; run: make fuzz SECONDS=60"),
    (["fuzz", "SECONDS=000"], "from 1 to 999999, not '000'; run: make fuzz SECONDS=60"),
    (["deploy", "JOB_QUEUES=$(shell id)"], "JOB_QUEUES can't be '$(shell id)': write one to five names"),
    (["deploy", "JOB_DEFINITIONS=a b"], "JOB_DEFINITIONS can't be 'a b': write one to five names"),
    (["deploy", "PACKAGE=$(shell id)"], "PACKAGE names '$(shell id)', which doesn't exist"),
    (["deploy", "PACKAGE=scripts"], "PACKAGE names 'scripts', which is a folder; run: make package ARCH="),
])
def test_an_invalid_value_is_rejected_with_the_variables_name(make, cloud, arguments, words):
    done = make(*arguments)
    assert done.returncode != 0
    assert words in done.stderr and "Traceback" not in done.stderr
    # No call was made before.
    assert cloud.calls == []


@pytest.mark.parametrize("number, name", [*enumerate(["it's.zip", 'a "b" #c: d\n$x.zip', "ü\u2028\x85%41\\.zip"])], ids=repr)
def test_a_package_with_any_name_is_deployed(make, cloud, tmp_path, number, name):
    package = tmp_path / name
    for end in ("", checksum.SUFFIX):
        shutil.copy(ROOT / f"dist/apigw-batch-{ARCH}.zip{end}", f"{package}{end}")
    template = yaml_parse(with_package("named", package).read_text())
    assert template["Resources"]["SubmitJobFunction"]["Properties"]["CodeUri"] == str(package)
    done = make("deploy", f"STACK=named-{number}", "JOB_QUEUES=a", "JOB_DEFINITIONS=b", f"PACKAGE={package}")
    assert done.returncode == 0, done.stderr


def test_every_character_can_be_in_a_path():
    for code in [*range(1, 0x300), 0x2028, 0x2029, 0xfeff, 0x1f600, 0xdc80]:
        assert yaml_parse(f"a: {yaml_text(f'/x{chr(code)}y')}\n") == {"a": f"/x{chr(code)}y"}


def test_each_parameter_of_the_sam_template_is_read_with_its_allowed_values():
    declared = yaml_parse((ROOT / "template.yaml").read_text())["Parameters"]
    assert list(parameters()) == list(declared)
    for name, each in parameters().items():
        assert each.allows(str(declared[name]["Default"])), name
        assert not each.allows("$(id)") and not each.allows(f"{declared[name]['Default']}\n"), name
        for value in declared[name].get("AllowedValues", []):
            assert each.allows(str(value))


@pytest.mark.parametrize("text", ["LogLevel=$(id)", "CorsAllowOrigin='", "AllowedMembers=`id`", "AccessLogs=;"])
def test_a_parameters_value_is_checked(text):
    with pytest.raises(Failure, match="PARAMETERS can't set"):
        other_parameters(text)


@pytest.mark.parametrize("value, words", [
    ("jobName,,tags", "it has an empty item: leave out the extra comma; run: make deploy PARAMETERS='AllowedMembers=jobName,tags'"),
    ("tags,ContainerOverrides", "'ContainerOverrides' is not a member of SubmitJob: write containerOverrides, or +Container"),
    ("+jobQueue", "+jobQueue can't be allowed, as the path decides it: remove it; run: make deploy PARAMETERS='AllowedMembers=MEMBER"),
    ("jobName,+JOBDEFINITION", "+JOBDEFINITION can't be allowed, as the path decides it: remove it"),
    ("jobqueue", "jobqueue can't be allowed, as the path decides it"), ("jobQueu", "'jobQueu' is not a member of SubmitJob: the path"),
    ("container", "'container' is not a member of SubmitJob: write containerOverrides"),
    ("xyz", "'xyz' is not a member of SubmitJob: remove it, or +xyz if AWS has added it"),
    ("+", "'+' can't be the name of a member: remove it"), ("+a-b", "'+a-b' can't be the name of a member"),
    ("tags;id", "'tags;id' is not a member of SubmitJob: remove it; run"), ("ü" * 99, "is not a member of SubmitJob: remove it; run"),
])
def test_a_wrong_member_is_named_with_the_closest(value, words):
    assert not parameters()["AllowedMembers"].allows(value)
    with pytest.raises(Failure) as refused:
        other_parameters(f"LogLevel=DEBUG AllowedMembers={value}")
    assert words in str(refused.value)


def test_a_valid_list_of_members_has_no_fault():
    for value in ("*", "containerOverrides", "jobName,+newMember", "+jobQueues", ",".join(members()), "tags,*"):
        assert faults(value) is None and parameters()["AllowedMembers"].allows(value)
    # AWS's own model has the same members.
    shape = botocore.session.get_session().get_service_model("batch").operation_model("SubmitJob").input_shape
    assert sorted(every_member()) == sorted(shape.members) and set(OF_PATH) <= set(every_member())
