"""The package names its third-party code and licenses, in THIRD-PARTY-NOTICES and in a bill of materials."""

import hashlib
import json
import pathlib
import re
import subprocess
import zipfile

import pytest
from spdx_tools.spdx.parser.parse_anything import parse_file
from spdx_tools.spdx.validation.document_validator import validate_full_spdx_document

import components
import conftest
import cross_toolchain
import make_notices
import make_sbom
import make_zip
import pinned

SECTION = re.compile(rf"\n{make_notices.LINE}\n(.+)\nVersion: (.+)\nLicense: (.+)\nSource: (.+)\n{make_notices.LINE}\n\n")
NAMES = {
    "curl", "openssl", "glibc", "GCC runtime (libgcc, libstdc++)", "ca-certificates (amazon-roots)",
    "Swift runtime and standard library", "LLVM (in Swift's runtime)",
    "Unicode Character Database (in Swift's standard library)"}


def notices(text):
    """Returns the head without versions, and each component's version, license and text."""
    head, *parts = SECTION.split(text)
    found = {}
    for name, version, license, url, body in zip(*[iter(parts)] * 5):
        head = head.replace(url, "URL").replace(version, "VERSION")
        found[name] = (version, license, body)
    return re.sub(r"  +", "  ", head), found


@pytest.fixture(scope="session")
def packaged(package):
    with zipfile.ZipFile(package) as archive:
        return archive.read(make_notices.FILE).decode()


@pytest.fixture(scope="session")
def bill(package):
    path = package.with_suffix(".spdx.json")
    assert path.exists(), f"{path} is missing. Run: make package"
    return path


def test_the_repositorys_notices_equal_the_packages(packaged):
    # Versions differ between systems, and the text may differ between upstream versions.
    advice = f"run: unzip -p dist/apigw-batch-{conftest.ARCH}.zip {make_notices.FILE} >{make_notices.FILE}"
    head, found = notices(packaged)
    own_head, own = notices((conftest.ROOT / make_notices.FILE).read_text())
    assert list(own) == list(found), advice
    assert own_head == head, advice
    for name, (version, license, text) in found.items():
        own_version, own_license, own_text = own[name]
        assert own_license == license, f"{name}: {advice}"
        if own_version.partition("-")[0] == version.partition("-")[0]:
            assert own_text == text, f"{name}: {advice}"


@pytest.mark.parametrize("name, words", [
    ("curl", ["COPYRIGHT AND PERMISSION NOTICE", "Daniel Stenberg", "Internet Software Consortium"]),
    ("openssl", ["Apache License", "TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION"]),
    ("glibc", ["GNU LESSER GENERAL PUBLIC LICENSE", "END OF TERMS AND CONDITIONS", "Regents of the University of California"]),
    ("GCC runtime (libgcc, libstdc++)", ["GCC RUNTIME LIBRARY EXCEPTION", "Version 3.1, 31 March 2009", "GNU GENERAL PUBLIC LICENSE"]),
    ("ca-certificates (amazon-roots)", ["Mozilla Public License"]),
    ("Swift runtime and standard library", ["Apache License", "Runtime Library Exception to the Apache 2.0 License"]),
    ("LLVM (in Swift's runtime)", ["LLVM Exceptions to the Apache 2.0 License"]),
    ("Unicode Character Database (in Swift's standard library)", ["UNICODE LICENSE V3"]),
])
def test_each_component_has_its_whole_text(packaged, name, words):
    _, found = notices(packaged)
    assert found.keys() == NAMES
    _, _, text = found[name]
    assert all(each in text for each in words)


def test_the_notices_explain_how_to_link_with_another_glibc(packaged):
    head = packaged.partition(make_notices.LINE)[0]
    version = notices(packaged)[1]["glibc"][0]
    assert f"apt-get source glibc={version}" in head and "make package" in head and "libc6-dev" in head
    assert "DEB_BUILD_OPTIONS=nocheck dpkg-buildpackage" in head and "container" in head and "this source tree" in head
    assert "repository" not in head


def test_the_notices_say_where_the_texts_are_from(packaged):
    head = packaged.partition(make_notices.LINE)[0]
    copies = {path.name for path in components.TEXTS.iterdir()}
    assert copies == {file for _, file, _ in components.EMBEDDED.values()}
    assert "those of LLVM and of the Unicode data are copies in scripts/licenses" in " ".join(head.split())


def test_the_versions_are_those_that_are_installed(packaged):
    _, found = notices(packaged)
    expected = {name: components.HOST.query("--show", "--showformat", "${source:Version}", package)
                for package, name in {"libc6-dev": "glibc", "ca-certificates": "ca-certificates (amazon-roots)"}.items()}
    if conftest.EMULATOR:
        packages = (path.rpartition("/")[2].split("_") for _, path in pinned.pinned(cross_toolchain.LIST))
        expected["glibc"] = next(version for name, version, _ in packages if name == "libc6-dev")
    assert {name: found[name][0] for name in expected} == expected


def test_the_bill_of_materials_is_valid_spdx(bill):
    document = parse_file(str(bill))
    assert [each.validation_message for each in validate_full_spdx_document(document, "SPDX-2.3")] == []


def test_the_bill_of_materials_lists_the_same_components(bill, package, packaged):
    listed = {each["name"]: each for each in json.loads(bill.read_text())["packages"]}
    own = listed.pop("apigw-batch")
    assert own["checksums"] == [{"algorithm": "SHA256", "checksumValue": hashlib.sha256(package.read_bytes()).hexdigest()}]
    assert own["versionInfo"] == make_notices.own_version() and own["packageFileName"] == package.name
    # A part of Swift has no separate version.
    swift = listed["Swift runtime and standard library"]["versionInfo"]
    assert {name: (each.get("versionInfo", f"as in Swift {swift}"), each["licenseDeclared"]) for name, each in listed.items()} == {
        name: (version, license) for name, (version, license, _) in notices(packaged)[1].items()}
    assert listed.keys() - {name for name, each in listed.items() if "versionInfo" in each} == components.EMBEDDED.keys()
    for name, archive in {"curl": "libcurl.a", "openssl": "libcrypto.a", "glibc": "libc.a",
                          "GCC runtime (libgcc, libstdc++)": "libstdc++.a"}.items():
        assert re.search(rf"\b{re.escape(archive)} SHA256 [0-9a-f]{{64}}", listed[name]["comment"])
    for source in ("curl", "openssl"):
        assert listed[source]["packageFileName"] == f"{source}_{listed[source]['versionInfo'].split(':')[-1]}.dsc"
        assert listed[source]["checksums"]
    assert listed["curl"]["comment"].startswith("Changed by scripts/patches/curl-headers.patch. Linked: libcurl.a")
    assert str(conftest.ROOT) not in bill.read_text() and "/tmp" not in bill.read_text()


def test_the_bill_of_materials_has_a_checksum_of_every_file(bill, package):
    with zipfile.ZipFile(package) as archive:
        expected = {f"./{name}": hashlib.sha256(archive.read(name)).hexdigest() for name in archive.namelist()}
    assert {"./bootstrap", "./amazon-roots/ce5e74ef.0"} <= expected.keys()
    assert {
        each["fileName"]: value["checksumValue"] for each in json.loads(bill.read_text())["files"]
        for value in each["checksums"] if value["algorithm"] == "SHA256"} == expected


def described():
    def component(name, **more):
        return {"name": name, "version": "6", "license": "MIT", "url": "https://example.com/a", "purl": "pkg:a/b@6", "checksums": {},
                "relationship": "STATIC_LINK", "part_of": None, "patches": [], **more}
    return {"version": "1", "components": [
        component("any whole"), component("a part", version=None, relationship="CONTAINS", part_of="any whole"),
        component("data", relationship="CONTAINS")]}


def a_zip(folder):
    path = folder / "a.zip"
    path.write_bytes(make_zip.archive({"bootstrap": (0o755, b"elf"), "LICENSE": (0o644, b"text")}))
    return path


def test_a_bill_of_materials_says_what_is_part_of_what(tmp_path):
    document = make_sbom.document(described(), a_zip(tmp_path), 0)
    found = {(each["spdxElementId"], each["relationshipType"], each["relatedSpdxElement"]) for each in document["relationships"]}
    assert found == {
        ("SPDXRef-DOCUMENT", "DESCRIBES", "SPDXRef-apigw-batch"), ("SPDXRef-apigw-batch", "STATIC_LINK", "SPDXRef-any-whole"),
        ("SPDXRef-any-whole", "CONTAINS", "SPDXRef-a-part"), ("SPDXRef-apigw-batch", "CONTAINS", "SPDXRef-data"),
        ("SPDXRef-apigw-batch", "CONTAINS", "SPDXRef-File-bootstrap"), ("SPDXRef-apigw-batch", "CONTAINS", "SPDXRef-File-LICENSE")}
    assert [each.get("versionInfo") for each in document["packages"]] == ["1", "6", None, "6"]
    assert [each["fileName"] for each in document["files"]] == ["./LICENSE", "./bootstrap"]
    path = tmp_path / "a.spdx.json"
    path.write_text(json.dumps(document))
    assert [each.validation_message for each in validate_full_spdx_document(parse_file(str(path)), "SPDX-2.3")] == []


def test_a_part_of_swift_has_no_separate_version():
    parts = components.swift_components(components.Toolchain(components.swift_toolchain().root, "6.3", "tag"))
    assert {each.name: (each.version, each.part_of) for each in parts.values()} == {
        components.SWIFT: ("6.3", None), **{name: (None, components.SWIFT) for name in components.EMBEDDED}}
    text = make_notices.table(list(parts.values()))
    assert text.count("as in Swift 6.3") == len(components.EMBEDDED)


def test_the_same_package_has_the_same_bill_of_materials(tmp_path, monkeypatch):
    (tmp_path / "components.json").write_text(json.dumps(described()))
    a_zip(tmp_path)

    def created(epoch):
        monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
        if epoch:
            monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
        make_sbom.main(tmp_path / "components.json", tmp_path / "a.zip")
        return json.loads((tmp_path / "a.spdx.json").read_text())

    assert created(None) == created(None)
    assert created(None)["creationInfo"]["created"] == "1980-01-01T00:00:00Z"
    assert created("1700000000")["creationInfo"]["created"] == "2023-11-14T22:13:20Z"
    with pytest.raises(SystemExit, match="SOURCE_DATE_EPOCH must be a time in seconds since 1970, not 'now'; unset it"):
        created("now")


def test_a_missing_license_text_is_an_error_that_names_it(tmp_path):
    for text in (None, "", " \n"):
        if text is not None:
            (tmp_path / "COPYING").write_text(text)
        with pytest.raises(SystemExit, match=f"the license text of curl is missing: {tmp_path}/COPYING. Do this"):
            components.read(tmp_path / "COPYING", "curl", "Do this")


def test_every_file_that_is_linked_has_a_component(tmp_path):
    log = tmp_path / "log"
    # In the formats of gold, lld and ld.
    log.write_text("/a b/libx.a(y.o)\n/a b/libx.a(z.o)\n/lib/libm.a\n(/c/libd.a)e.o\n/f/crt1.o\n[1/2] Compiling a.o\nnot/absolute.a\n")
    assert components.linked_files(log) == ["/a b/libx.a", "/c/libd.a", "/f/crt1.o", "/lib/libm.a"]


def target_info(root, version="6.3.1 (swift-6.3.1-RELEASE)", **more):
    return json.dumps({
        "compilerVersion": f"Swift version {version}", "paths": {"runtimeResourcePath": f"{root}/lib/swift"}, **more})


def test_a_toolchain_in_usr_does_not_own_the_systems_files(tmp_path):
    # As in the official image, where swift is /usr/bin/swift.
    usr = tmp_path / "usr"
    toolchain = components.Toolchain.described(target_info(usr))
    for file in ("swift_static/linux/libswiftCore.a", "swift/linux/x86_64/swiftrt.o", "clang/21/lib/linux/clang_rt.crtbegin.o"):
        assert toolchain.owns(usr / "lib" / file), file
    for file in ("x86_64-linux-gnu/libc.a", "gcc/x86_64-linux-gnu/12/libstdc++.a", "libc.a", "swift.a", "../share/swift/x.a",
                 "llvm-14/lib/clang/14/x.a"):
        assert not toolchain.owns((usr / "lib" / file).resolve()), file
    assert not toolchain.owns(tmp_path / "lib/swift/x.a")


def test_the_systems_archives_are_recognized_with_a_toolchain_in_usr(tmp_path, monkeypatch):
    (libc,) = pathlib.Path("/usr/lib").glob("*-linux-gnu/libc.a")
    (tmp_path / "log").write_text(f"/usr/bin/../lib/{libc.parent.name}/libc.a(printf.o)\n")
    (tmp_path / "sources").touch()
    monkeypatch.setattr(components, "swift_toolchain", lambda: components.Toolchain(pathlib.Path("/usr"), "6", "tag"))
    monkeypatch.setattr(components.Toolchain, "license", lambda self: "Apache\n")
    found = {each.name: each.checksums for each in components.components(tmp_path / "log", tmp_path, tmp_path)}
    assert found["glibc"] == {"libc.a": components.sha256(libc)} and found[components.SWIFT] == {}


def test_a_toolchain_behind_a_symbolic_link_is_resolved(tmp_path):
    (tmp_path / "6.3/usr/lib/swift").mkdir(parents=True)
    (tmp_path / "latest").symlink_to("6.3")
    toolchain = components.Toolchain.described(target_info(tmp_path / "latest/usr"))
    assert toolchain.root == (tmp_path / "6.3/usr").resolve()
    assert toolchain.owns(tmp_path.resolve() / "6.3/usr/lib/swift/linux/x.a")


def test_this_machines_toolchain_is_found():
    toolchain = components.swift_toolchain()
    assert (toolchain.root / "lib/swift").is_dir() and "Runtime Library Exception" in toolchain.license()


@pytest.mark.parametrize("version, more, expected", [
    ("6.3.1 (swift-6.3.1-RELEASE)", {}, ("6.3.1", "swift-6.3.1-RELEASE")),
    ("6.3-dev (LLVM 0123abc, Swift 4567def)", {}, ("6.3-dev", "4567def")),
    ("6.3-dev (LLVM 0123abc, Swift 4567def)", {"swiftCompilerTag": "swift-DEVELOPMENT-SNAPSHOT-2026-01-01-a"},
     ("6.3-dev", "swift-DEVELOPMENT-SNAPSHOT-2026-01-01-a")),
])
def test_a_toolchain_has_a_version_and_a_source(version, more, expected):
    toolchain = components.Toolchain.described(target_info("/opt/usr", version, **more))
    assert (toolchain.version, toolchain.source) == expected


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"paths": {}}', target_info("/usr", "unknown")])
def test_a_toolchain_without_valid_information_is_an_error(text):
    with pytest.raises(SystemExit, match="Run: swift -print-target-info"):
        components.Toolchain.described(text)


@pytest.mark.parametrize("place", ["usr/share/swift", "usr/share/doc/swift", "."])
def test_the_toolchains_license_is_found(tmp_path, place):
    toolchain = components.Toolchain(tmp_path / "usr", "6", "tag")
    with pytest.raises(SystemExit, match="the license text of Swift is missing: .*LICENSE.txt. Install the whole toolchain"):
        toolchain.license()
    (tmp_path / place).mkdir(parents=True, exist_ok=True)
    (tmp_path / place / "LICENSE.txt").write_text("Apache\n")
    assert toolchain.license() == "Apache\n"


def test_a_log_without_glibc_is_an_error():
    with pytest.raises(SystemExit, match="glibc is linked statically, and no file of it is in the linker's log. Run: make"):
        make_notices.notices([components.Component("curl", "1", "curl", "https://a", "pkg:a/b", "text")])


@pytest.mark.parametrize("source, words", [
    ("bash", "bash has no license in scripts/components.py. Add it"), ("no-such-package", "no-such-package is not installed"),
])
def test_a_linked_package_without_a_license_is_an_error(source, words):
    with pytest.raises(SystemExit, match=words):
        components.HOST.component(source, "Add it")


def test_a_zip_can_be_read_by_other_programs(tmp_path):
    entries = {"b": (0o755, b"x" * 100_000), "a": (0o644, b""), "c": (0o644, bytes(range(256)))}
    path = tmp_path / "a.zip"
    path.write_bytes(make_zip.archive(entries))
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["a", "b", "c"]
        assert {each.filename: (each.external_attr >> 16 & 0o777, archive.read(each)) for each in archive.infolist()} == entries
    listed = subprocess.run(["python3", "-m", "zipfile", "--test", path], capture_output=True, text=True)
    assert listed.returncode == 0
