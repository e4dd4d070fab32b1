"""The cross compiler is fetched as it is pinned, or not at all."""

import hashlib

import pytest

import cross_toolchain
import pinned

NAME = "pool/main/z/zlib/zlib1g_1_amd64.deb"
TARGET = "package ARCH=arm64"
RIGHT, WRONG = b"right", b"wrong"
PINNED = hashlib.sha256(RIGHT).hexdigest()


@pytest.fixture
def archives(tmp_path, monkeypatch):
    """Two archives without the file, as folders, and a folder to fetch it into."""
    folders = [tmp_path / "archive", tmp_path / "snapshot"]
    for folder in folders:
        (folder / NAME).parent.mkdir(parents=True)
    monkeypatch.setattr(pinned, "ARCHIVES", [folder.as_uri() for folder in folders])
    (tmp_path / "fetched").mkdir()
    return [folder / NAME for folder in folders], tmp_path / "fetched"


def test_a_file_that_the_archive_dropped_comes_from_a_snapshot(archives):
    (_, snapshot), folder = archives
    snapshot.write_bytes(RIGHT)
    file = pinned.fetched(PINNED, NAME, folder, TARGET)
    assert file.read_bytes() == RIGHT and list(folder.iterdir()) == [file]
    # It is not fetched twice.
    snapshot.unlink()
    assert pinned.fetched(PINNED, NAME, folder, TARGET) == file


def test_a_file_with_another_checksum_is_refused(archives):
    (archive, snapshot), folder = archives
    archive.write_bytes(WRONG)
    snapshot.write_bytes(RIGHT)
    # Neither what an archive has, nor what is in the folder.
    (folder / snapshot.name).write_bytes(WRONG)
    assert pinned.fetched(PINNED, NAME, folder, TARGET).read_bytes() == RIGHT


def test_a_file_that_is_nowhere_is_reported_with_what_to_do(archives):
    (archive, _), folder = archives
    archive.write_bytes(WRONG)
    with pytest.raises(SystemExit) as failure:
        pinned.fetched(PINNED, NAME, folder, TARGET)
    text = str(failure.value)
    assert "archive/pool/main/z/zlib/zlib1g_1_amd64.deb: its SHA-256 is" in text and "snapshot/pool/main" in text
    assert "run: make package ARCH=arm64" in text and f"SHA-256 {PINNED} as {folder}/zlib1g_1_amd64.deb" in text
    assert not list(folder.iterdir())


def test_both_compilers_and_the_standard_library_are_the_same_version():
    versions = {path.split("_")[1] for _, path in pinned.pinned(cross_toolchain.LIST) if "/swiftlang/" in path}
    assert len(versions) == 1
