"""Every check at the end of `make package` finds its fault."""

import hashlib
import pathlib
import shutil
import subprocess
import zipfile

import pytest

import amazon_roots
import check_zip
import conftest

OTHER = next(arch for arch in check_zip.MACHINES if arch != conftest.ARCH)


def faults(package, tmp_path, change, arch=conftest.ARCH):
    """The faults of the package after `change` has changed its entries, pairs of info and bytes."""
    with zipfile.ZipFile(package) as archive:
        entries = [(entry, archive.read(entry)) for entry in archive.infolist()]
    copy = tmp_path / "package.zip"
    with zipfile.ZipFile(copy, "w") as archive:
        for entry, data in change(entries):
            archive.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return check_zip.faults(arch, copy)


def test_the_package_has_no_faults(package):
    assert check_zip.faults(conftest.ARCH, package) == []
    assert check_zip.overweight(package) is None


def test_sams_build_equals_the_package(package):
    with zipfile.ZipFile(package) as archive:
        packaged = {each.filename: (each.external_attr >> 16, archive.read(each)) for each in archive.infolist()}
    built = {each.relative_to(conftest.BUILT).as_posix(): each for each in conftest.BUILT.rglob("*") if each.is_file()}
    assert {name: (each.stat().st_mode, each.read_bytes()) for name, each in built.items()} == packaged


def test_another_architecture(package, tmp_path):
    (fault,) = faults(package, tmp_path, lambda entries: entries, arch=OTHER)
    assert "ELF machine" in fault


def edited(change, name="bootstrap"):
    """Changes one entry's data."""
    def apply(entries):
        return [(entry, change(bytearray(data)) if entry.filename == name else data) for entry, data in entries]
    return apply


def without(name):
    return lambda entries: [each for each in entries if each[0].filename != name]


def patched(offset, value):
    def apply(elf):
        elf[offset:offset + len(value)] = value
        return bytes(elf)
    return edited(apply)


def first_of(table, index, kind):
    """Changes the type of the first entry in one of an executable's two tables."""
    def apply(elf):
        start = int.from_bytes(elf[table:table + 8], "little") + index
        elf[start:start + 4] = kind.to_bytes(4, "little")
        return bytes(elf)
    return edited(apply)


def moded(mode):
    def apply(entries):
        for entry, _ in entries:
            if entry.filename == "bootstrap":
                entry.external_attr = mode << 16
        return entries
    return apply


def dated(entries):
    entries[0][0].date_time = (2026, 11, 23, 0, 0, 0)
    return entries


@pytest.mark.parametrize("change, words", [
    (edited(lambda elf: b"#!/bin/sh\n"), "not an ELF executable"),
    (patched(4, b"\x01"), "not 64-bit"),
    (patched(16, b"\x03"), "not an executable at a fixed address"),
    (first_of(32, 0, 3), "an interpreter"),
    (first_of(32, 0, 2), "a dynamic section"),
    (first_of(40, 4, 6), "a dynamic section"),
    (first_of(40, 4, 11), "a dynamic symbol table"),
    (edited(lambda elf: bytes(elf) + str(conftest.ROOT).encode() + b"/Sources"), "names this folder"),
    (moded(0o100644), "mode 100644"),
    (dated, "has a date"),
    (without("LICENSE"), "it holds THIRD-PARTY-NOTICES, amazon-roots/09789157.0, "),
    (without("THIRD-PARTY-NOTICES"), "it holds LICENSE, amazon-roots/09789157.0, "),
    (lambda entries: entries[::-1], "it holds bootstrap, amazon-roots/de6d66f3.0, "),
    (edited(lambda text: bytes(text).replace(b"\nglibc\n", b"\n"), "THIRD-PARTY-NOTICES"),
     "THIRD-PARTY-NOTICES doesn't mention glibc"),
    (edited(lambda text: b"", "THIRD-PARTY-NOTICES"), "THIRD-PARTY-NOTICES doesn't mention curl"),
    (edited(lambda text: b"MIT", "LICENSE"), "LICENSE is not this project's"),
    (lambda entries: entries + [("libcurl.so.4", b"")], "libcurl.so.4"),
    (without("amazon-roots/ce5e74ef.0"), "not LICENSE, THIRD-PARTY-NOTICES, amazon-roots/09789157.0"),
    (edited(lambda text: b"", "amazon-roots/ce5e74ef.0"), "amazon-roots/ce5e74ef.0 doesn't hold exactly the root"),
], ids=lambda value: value.replace(" ", "-") if isinstance(value, str) else "")
def test_a_fault(package, tmp_path, monkeypatch, change, words):
    monkeypatch.chdir(conftest.ROOT)
    found = faults(package, tmp_path, change)
    assert any(words in fault for fault in found), found


def test_exceeding_the_budget_is_reported_but_no_error(tmp_path, capsys, package, monkeypatch):
    monkeypatch.setattr(check_zip, "BUDGET", package.stat().st_size - 1)
    assert check_zip.main(conftest.ARCH, package) == 0
    assert f"exceed the limit of {check_zip.BUDGET:,}" in capsys.readouterr().err


def test_a_bundle_without_one_of_the_roots(package):
    with zipfile.ZipFile(package) as archive:
        roots = {path: archive.read(path).decode() for path in amazon_roots.FILES}
    assert amazon_roots.extract("".join(roots.values())) == roots
    roots.pop("amazon-roots/8cb5ee0f.0")
    with pytest.raises(SystemExit, match="lacks Amazon Root CA 3. Run: apt-get"):
        amazon_roots.extract("".join(roots.values()))


@pytest.fixture
def static_libraries(tmp_path):
    """Runs the script that builds them, where nothing can be built, beside a cache that has them."""
    script = tmp_path / "scripts/build-static-libraries.sh"
    for name, text in {
        "scripts/install-libraries.sh": "", "bin/swift": "", "bin/clang": "echo clang 1", "bin/dpkg-query": "",
        "scripts/pinned.py": "echo nothing is fetched >&2; exit 1",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"#!/bin/sh\n{text}\n")
        (tmp_path / name).chmod(0o755)
    for name in ("build-static-libraries.sh", "cache-folder.sh", "static-libraries.sha256"):
        shutil.copy(conftest.ROOT / "scripts" / name, script.parent)
    shutil.copytree(conftest.ROOT / "scripts/patches", script.parent / "patches")
    files = [script, script.with_name("static-libraries.sha256"), *sorted((script.parent / "patches").iterdir())]
    inputs = b"".join(each.read_bytes() for each in [*files, pathlib.Path("/etc/os-release")]) + b"x86_64\nclang 1\n"
    kept = tmp_path / f"cache/libraries-x86_64-{hashlib.sha256(inputs).hexdigest()[:16]}"
    kept.mkdir(parents=True)
    (kept / "versions").touch()

    def run(cache, **variables):
        return subprocess.run(
            [script, "x86_64", tmp_path / "folder"], capture_output=True, text=True,
            env={"PATH": f"{tmp_path}/bin:/usr/bin:/bin", "APIGW_BATCH_CACHE": str(cache), **variables})

    return kept, run


def test_static_libraries_are_built_once_per_machine_or_refused(static_libraries, tmp_path):
    kept, run = static_libraries
    for _ in range(2):
        done = run(kept.parent)
        assert (done.returncode, done.stdout) == (0, f"{kept}\n"), done.stderr
    # By default they are in the user's cache.
    (tmp_path / ".cache").mkdir()
    (tmp_path / ".cache/apigw-batch").symlink_to(kept.parent)
    assert run("", HOME=str(tmp_path)).stdout == f"{kept}\n"
    # Nor are those taken that an earlier build has taken from there.
    done = run("none", HOME=str(tmp_path))
    assert done.returncode != 0 and str(kept) not in done.stdout
    assert "nothing is fetched" in done.stderr
    assert run("/dev/null/cache").stderr.startswith("package: APIGW_BATCH_CACHE: can't write to '/dev/null/cache'")


@pytest.mark.parametrize("check, is_new", [("pass", True), ("raise SystemExit(1)", False)], ids=["passed", "failed"])
def test_the_zip_and_its_bill_of_materials_are_replaced_together(tmp_path, check, is_new):
    scripts = tmp_path / "scripts"
    scripts.mkdir()
    shutil.copy(conftest.ROOT / "scripts/package.sh", scripts)
    (scripts / "build-static-libraries.sh").write_text("#!/bin/sh\necho libraries\n")
    (scripts / "make_notices.py").touch()
    for script, name in (("make_zip", "sys.argv[2]"), ("make_sbom", "sys.argv[2][:-4] + '.spdx.json'")):
        (scripts / f"{script}.py").write_text(f"import sys\nopen({name}, 'w').write('new')\n")
    (scripts / "check_zip.py").write_text(check)
    for name in ("bin/swift", "bin/llvm-objcopy", "bin/apt-get", "libraries/versions"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o755)
    (scripts / "build-static-libraries.sh").chmod(0o755)
    files = [tmp_path / f"dist/apigw-batch-{conftest.MACHINE}{suffix}" for suffix in (".zip", ".spdx.json", ".zip.sha256")]
    files[0].parent.mkdir()
    for each in files:
        each.write_text("old")
    done = subprocess.run(
        [scripts / "package.sh", conftest.MACHINE], env={"PATH": f"{tmp_path}/bin:/usr/bin:/bin"}, capture_output=True, text=True)
    assert (done.returncode == 0) == is_new, done.stderr
    zip, bill, checksum = (each.read_text() for each in files)
    assert [zip, bill, checksum == "old"] == (["new", "new", False] if is_new else ["old", "old", True])
    assert sorted(files[0].parent.iterdir()) == sorted(files)
