"""Every check that ends `make package` finds what it is there for."""

import zipfile

import pytest

import amazon_roots
import check_zip
import conftest

OTHER = next(arch for arch in check_zip.MACHINES if arch != conftest.ARCH)


def faults(package, tmp_path, change, arch=conftest.ARCH):
    """The faults of this package once `change` has had its way with its entries: names, and pairs of info and bytes."""
    with zipfile.ZipFile(package) as archive:
        entries = [(entry, archive.read(entry)) for entry in archive.infolist()]
    copy = tmp_path / "package.zip"
    with zipfile.ZipFile(copy, "w") as archive:
        for entry, data in change(entries):
            archive.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return check_zip.faults(arch, copy)


def test_the_package_has_no_fault(package):
    assert check_zip.faults(conftest.ARCH, package) == []
    assert check_zip.overweight(package) is None


def test_sam_builds_what_is_in_the_package(package):
    with zipfile.ZipFile(package) as archive:
        packaged = {each.filename: (each.external_attr >> 16, archive.read(each)) for each in archive.infolist()}
    assert {each.name: (each.stat().st_mode, each.read_bytes()) for each in conftest.BUILT.iterdir()} == packaged


def test_another_architecture(package, tmp_path):
    (fault,) = faults(package, tmp_path, lambda entries: entries, arch=OTHER)
    assert "ELF machine" in fault


def edited(change):
    """A change of the executable alone."""
    def apply(entries):
        return [(entry, change(bytearray(data)) if entry.filename == "bootstrap" else data) for entry, data in entries]
    return apply


def patched(offset, value):
    def apply(elf):
        elf[offset:offset + len(value)] = value
        return bytes(elf)
    return edited(apply)


def first_of(table, index, kind):
    """Gives the first entry of one of the two tables of an executable another type."""
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
    (edited(lambda elf: b"#!/bin/sh\n"), "no ELF executable"),
    (patched(4, b"\x01"), "not of 64 bits"),
    (patched(16, b"\x03"), "not an executable at a fixed address"),
    (first_of(32, 0, 3), "an interpreter"),
    (first_of(32, 0, 2), "a dynamic section"),
    (first_of(40, 4, 6), "a dynamic section"),
    (first_of(40, 4, 11), "a dynamic symbol table"),
    (edited(lambda elf: bytes(elf) + str(conftest.ROOT).encode() + b"/Sources"), "names this folder"),
    (moded(0o100644), "mode 100644"),
    (dated, "has a date"),
    (lambda entries: entries[1:], "it holds amazon-roots.pem, bootstrap, not THIRD-PARTY-NOTICES, amazon-roots.pem, bootstrap"),
    (lambda entries: entries[::-1], "it holds bootstrap, amazon-roots.pem, THIRD-PARTY-NOTICES, not"),
    (lambda entries: [(entries[0][0], entries[0][1].replace(b"\nglibc\n", b"\n"))] + entries[1:],
     "THIRD-PARTY-NOTICES has nothing about glibc"),
    (lambda entries: [(entries[0][0], b"")] + entries[1:], "THIRD-PARTY-NOTICES has nothing about curl"),
    (lambda entries: entries + [("libcurl.so.4", b"")], "libcurl.so.4"),
    (lambda entries: [entries[0], (entries[1][0], entries[1][1].rpartition(b"# ")[0]), entries[2]], "other certificates"),
], ids=lambda value: value.replace(" ", "-") if isinstance(value, str) else "")
def test_a_fault(package, tmp_path, monkeypatch, change, words):
    monkeypatch.chdir(conftest.ROOT)
    found = faults(package, tmp_path, change)
    assert any(words in fault for fault in found), found


def test_more_than_the_budget_is_said_and_works(tmp_path, capsys, package, monkeypatch):
    monkeypatch.setattr(check_zip, "BUDGET", package.stat().st_size - 1)
    assert check_zip.main(conftest.ARCH, package) == 0
    assert f"more than the {check_zip.BUDGET:,} that it should have" in capsys.readouterr().err


def test_a_bundle_that_lacks_one_of_the_roots(package):
    with zipfile.ZipFile(package) as archive:
        roots = archive.read(amazon_roots.FILE).decode()
    assert amazon_roots.extract(roots) == roots
    with pytest.raises(SystemExit, match="lacks Amazon Root CA 3. Run: apt-get"):
        amazon_roots.extract(roots.replace(roots.split("# ")[3], "\n"))
