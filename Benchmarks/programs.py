"""The measured programs, and the environment of all of them."""

import json
import os
import platform
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
BUILD = FOLDER.parent / ".build" / "benchmarks"
RELEASE = FOLDER.parent / ".build" / "release"
PEER_PYTHON = BUILD / "peer" / "bin" / "python"


@dataclass(frozen=True)
class Program:
    name: str
    command: tuple[str, ...]
    # Two run lengths whose difference is the cost of warm invocations. Fewer are enough for an interpreter.
    lengths: tuple[int, int]
    # The files that must be installed for it.
    files: Path
    # Whether every event has an Idempotency-Key, each another.
    keyed: bool = False
    # Whether it trusts the packaged roots alone, not the system's whole bundle.
    few_roots: bool = False


FUNCTION = Program(
    "function", (str(RELEASE / "SubmitJobFunction"),), (200, 1200), RELEASE / "SubmitJobFunction"
)
FLOOR = Program("floor", (str(BUILD / "floor"),), (200, 1200), BUILD / "floor")
PEER = Program(
    "peer",
    (str(PEER_PYTHON), "-m", "awslambdaric", "handler.handler"),
    (20, 120),
    BUILD / "peer" / "lib",
)
PROGRAMS = [FUNCTION, FLOOR, PEER]

ARCH = {"aarch64": "arm64"}.get(platform.machine(), platform.machine())
ZIP = FOLDER.parent / "dist" / f"apigw-batch-{ARCH}.zip"
UNPACKED = BUILD / "package"
# The function as built by `make package`, and the peers that it is compared with.
PACKAGE = Program("package", (str(UNPACKED / "bootstrap"),), (200, 1200), UNPACKED, few_roots=True)
STATIC_C = Program("static C", (str(BUILD / "static-c"),), (200, 1200), BUILD / "static-c", few_roots=True)
AWS_LAMBDA_CPP = Program(
    "aws-lambda-cpp", (str(BUILD / "aws-lambda-cpp"),), (200, 1200), BUILD / "aws-lambda-cpp", few_roots=True
)
GO = Program("Go", (str(BUILD / "go"),), (200, 1200), BUILD / "go")
GO_FEW_ROOTS = replace(GO, name="Go, five roots", few_roots=True)
PACKAGE_PEERS = [STATIC_C, AWS_LAMBDA_CPP, GO, GO_FEW_ROOTS]
KEYED = replace(FUNCTION, name="function-keyed", keyed=True)
KEYED_PACKAGE = replace(PACKAGE, name="package-keyed", keyed=True)


def unpack() -> None:
    """Unpacks the package as Lambda does."""
    with zipfile.ZipFile(ZIP) as archive:
        archive.extractall(UNPACKED)
    (UNPACKED / "bootstrap").chmod(0o755)


def event(program: Program) -> Path:
    """Writes the event as API Gateway delivers it, without white space between members, and returns the path."""
    path = BUILD / f"event.{program.name}.json"
    with open(FOLDER / "event.json") as file:
        members = json.load(file)
    if program.keyed:
        # The harness replaces the last group by the invocation's number.
        key = '"8e03978e-40d5-43dd-bc93-############"'
        members["headers"]["Idempotency-Key"] = key
        members["multiValueHeaders"]["Idempotency-Key"] = [key]
    path.write_text(json.dumps(members, separators=(",", ":")))
    return path


def environment(program: Program) -> dict[str, str]:
    """Lambda's variables and nothing else, so that the user's settings have no influence."""
    table = {"IDEMPOTENCY_TABLE": "keys"} if program.keyed else {}
    return table | {
        "PATH": os.environ["PATH"],
        "LANG": "en_US.UTF-8",
        "TZ": ":UTC",
        "PYTHONPATH": str(FOLDER / "peer"),
        "_HANDLER": "handler.handler",
        "AWS_REGION": "us-east-1",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "ASIAIOSFODNN7EXAMPLE",
        "AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        # A role's session token is about this long, and every request carries it.
        "AWS_SESSION_TOKEN": ("IQoJb3JpZ2luX2VjEXAMPLE" + "a1B2c3D4e5F6g7H8/i9J0+" * 40)[:800],
        "AWS_LAMBDA_FUNCTION_NAME": "submit-job",
        "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "128",
        "AWS_LAMBDA_LOG_GROUP_NAME": "/aws/lambda/submit-job",
        "AWS_LAMBDA_LOG_STREAM_NAME": "2026/11/23/[$LATEST]0a1b2c3d4e5f60718293a4b5c6d7e8f9",
        "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
    }
