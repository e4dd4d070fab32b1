"""`apigw-batch doctor` asks a database of vulnerabilities, here a stand-in for OSV, about what is linked into the package."""

import http.server
import json
import re
import socket
import sys
import threading
import time
import zipfile

import pytest

from conftest import ROOT
from test_doctor import DOWN, MACHINE, OTHER, Report, run
from time_limits import at_most

sys.path.append(str(ROOT / "scripts"))

import make_sbom  # noqa: E402

AGAIN = "run: swift run apigw-batch doctor "
# As a build on Debian 13 has them: version and package URL.
COMPONENTS = {
    "curl": ("8.14.1-2+deb13u7", "pkg:deb/debian/curl@8.14.1-2%2Bdeb13u7?arch=source&distro=trixie"),
    "openssl": ("3.5.7-1~deb13u2", "pkg:deb/debian/openssl@3.5.7-1%7Edeb13u2?arch=source&distro=trixie"),
    "GCC runtime (libgcc, libstdc++)": ("12.2.0-14", "pkg:deb/debian/gcc-12@12.2.0-14?arch=source&distro=bookworm"),
    "Swift runtime": ("6.3.1", "pkg:github/swiftlang/swift@swift-6.3.1-RELEASE"),
    "LLVM": (None, "pkg:github/swiftlang/swift@swift-6.3.1-RELEASE#stdlib/include/llvm"),
}
ALL = "curl 8.14.1-2+deb13u7, gcc-12 12.2.0-14, openssl 3.5.7-1~deb13u2"


def vulnerability(name, *fixes, **more):
    """A record of OSV with fixes, each a release, a package and a version; None for a release without one."""
    affected = [
        {"package": {"ecosystem": ecosystem, "name": package, "purl": "pkg:deb/x"}, "versions": ["1", "2"],
         "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, *([{"fixed": version}] if version else [])]}]}
        for ecosystem, package, version in fixes]
    return {"id": name, "modified": "2026-11-01T00:00:00Z", "affected": affected, **more}


class Database:
    """Stands for OSV: answers by the package's name, and records what it is told."""

    def __init__(self):
        self.answers, self.asked, database = {}, [], self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                query = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                database.asked.append((self.path, query, dict(self.headers)))
                status, answer = database.answers.get(query["package"]["name"], (200, {}))
                answer = answer(query) if callable(answer) else answer
                answer = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *arguments):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def database():
    database = Database()
    yield database
    database.server.shutdown()
    database.server.server_close()


@pytest.fixture
def package(tmp_path):
    """A package with its bill of materials, as the scripts write it."""
    package = tmp_path / "x.zip"
    make_zip(package)
    describe(package, COMPONENTS)
    return package


def make_zip(package, more=b""):
    with zipfile.ZipFile(package, "w") as archive:
        archive.writestr("bootstrap", b"#!/bin/sh\n" + more)


def describe(package, components):
    described = {"version": "0.1.0", "components": [
        {"name": name, "version": version, "purl": purl, "license": "curl", "url": "https://example.com", "checksums": {},
         "relationship": "STATIC_LINK", "part_of": None, "patches": []} for name, (version, purl) in components.items()]}
    package.with_suffix(".spdx.json").write_text(json.dumps(make_sbom.document(described, package, 0)))


@pytest.fixture
def doctor(database, package, tmp_path):
    """What the doctor says about security releases."""
    def examine(*arguments, **variables):
        # Without the machine's tools, which take seconds to say their versions.
        given = {"PATH": str(tmp_path), "AWS_ENDPOINT_URL": DOWN, "APIGW_BATCH_OSV_URL": database.url, **variables}
        return Report(run(tmp_path, "--zip", str(package), *arguments, **given)).about("security releases")
    return examine


def test_nothing_is_out(doctor, database, package):
    assert doctor() == [f"ok security releases: none is out for {ALL}, says 127.0.0.1"]
    # What it was told is what the help says: a name, a version and a release, of three components.
    assert sorted((query["package"]["name"], query) for _, query, _ in database.asked) == [
        (name, {"version": version, "package": {"name": name, "ecosystem": ecosystem}}) for name, version, ecosystem in (
            ("curl", "8.14.1-2+deb13u7", "Debian:13"), ("gcc-12", "12.2.0-14", "Debian:12"),
            ("openssl", "3.5.7-1~deb13u2", "Debian:13"))]
    for path, _, headers in database.asked:
        assert path == "/v1/query"
        assert sorted(name.lower() for name in headers) == ["accept", "content-length", "content-type", "host", "user-agent"]
        assert re.fullmatch(r"apigw-batch-doctor/\d+\.\d+\.\d+", headers["User-Agent"])


def test_nothing_is_asked_if_that_is_not_wanted(doctor, database):
    assert doctor("--no-security-releases") == [] and database.asked == []


def test_a_fix_is_named_with_its_version(doctor, database, package):
    database.answers["openssl"] = 200, {"vulns": [
        # The same one twice: by Debian's tracker, and by its advisory.
        vulnerability("DEBIAN-CVE-2026-1111", ("Debian:13", "openssl", "3.5.9-1~deb13u1"), upstream=["CVE-2026-1111"]),
        vulnerability("DSA-6000-1", ("Debian:13", "openssl", "3.5.9-1~deb13u1"), upstream=["CVE-2026-1111", "CVE-2026-2222"]),
        vulnerability("DEBIAN-CVE-2026-3333", ("Debian:12", "openssl", "3.0.21-1"), ("Debian:13", "openssl", "3.5.10-1")),
        vulnerability("OSV-2026-1", ("Debian:13", "openssl", "3.5.9-1~deb13u1")),
    ]}
    assert doctor() == [
        f"warn security releases: openssl 3.5.7-1~deb13u2 in {package} has 4 vulnerabilities with a fix, "
        "in 3.5.9-1~deb13u1 (CVE-2026-1111, CVE-2026-2222, OSV-2026-1) and 3.5.10-1 (CVE-2026-3333); "
        f"update it as SECURITY.md says; run: git pull && make package ARCH={MACHINE} && make deploy",
        "ok security releases: none is out for curl 8.14.1-2+deb13u7, gcc-12 12.2.0-14, says 127.0.0.1"]


def test_many_fixes_are_counted(doctor, database):
    database.answers["curl"] = 200, {"vulns": [
        vulnerability(f"DEBIAN-CVE-2026-100{number}", ("Debian:13", "curl", "8.14.1-2+deb13u8")) for number in range(7)]}
    line = doctor("--parameter-overrides", f"Architecture={OTHER}")[0]
    assert "7 vulnerabilities with a fix, in 8.14.1-2+deb13u8 (CVE-2026-1000, CVE-2026-1001, CVE-2026-1002, CVE-2026-1003, " \
        "CVE-2026-1004 and 2 more)" in line
    assert line.endswith(f"run: git pull && make package ARCH={OTHER} && make deploy ARCH={OTHER}")


def test_what_has_no_fix_here_is_no_release(doctor, database):
    database.answers["openssl"] = 200, {"vulns": [
        vulnerability("DEBIAN-CVE-2026-1", ("Debian:13", "openssl", None), ("Debian:14", "openssl", "3.6.9-1")),
        vulnerability("DEBIAN-CVE-2026-2", ("Debian:13", "nodejs", "20"), ("Ubuntu:24.04:LTS", "openssl", "3.0.13-0ubuntu3.9")),
        vulnerability("DEBIAN-CVE-2026-3", ("Debian:13", "openssl", "3.5.9"), withdrawn="2026-11-02T00:00:00Z"),
        {"id": "CVE-2026-4"},
        {"id": "CVE-2026-5", "affected": [{"package": {"name": "openssl", "ecosystem": "Debian:13"}}, {"ranges": []}]},
    ]}
    assert doctor() == [f"ok security releases: none is out for {ALL}, says 127.0.0.1"]


def test_every_page_is_read(doctor, database):
    def page(query):
        if "page_token" not in query:
            return {"vulns": [], "next_page_token": "more"}
        assert query["page_token"] == "more"
        return {"vulns": [vulnerability("CVE-2026-9", ("Debian:12", "gcc-12", "12.2.0-15"))]}
    database.answers["gcc-12"] = 200, page
    assert "gcc-12 12.2.0-14" in doctor()[0] and "has a vulnerability with a fix, in 12.2.0-15 (CVE-2026-9);" in doctor()[0]


@pytest.mark.parametrize("status, answer, reason", [
    (200, b"<html>Sign in</html>", "unexpected JSON"), (200, b"", "unexpected JSON"), (200, b"[]", "unexpected JSON"),
    (200, b'{"message": "hello"}', "unexpected JSON"), (200, b'{"vulns": 1}', "unexpected JSON"),
    (200, b'{"vulns": [{"id": 7}]}', "unexpected JSON"), (200, b'{"vulns": [', "unexpected JSON"),
    (400, b'{"code": 3, "message": "Invalid ecosystem."}', "status 400"), (503, b"{}", "status 503"),
    (302, b"{}", "status 302"),
], ids=repr)
def test_a_malformed_answer_is_no_answer(doctor, database, package, status, answer, reason):
    database.answers["openssl"] = status, answer
    assert doctor() == [
        "ok security releases: none is out for curl 8.14.1-2+deb13u7, gcc-12 12.2.0-14, says 127.0.0.1",
        f"skip security releases of openssl: not checked, because {database.url} didn't answer as OSV does: {reason}; "
        f"{AGAIN}--zip {package}"]


def test_a_huge_answer_is_no_answer(doctor, database):
    database.answers["curl"] = 200, b'{"vulns": [' + b" " * (1 << 24) + b"]}"
    assert doctor()[1] == (
        f"skip security releases of curl: not checked, because {database.url}: the response is too large; "
        f"run: curl -I {database.url}")


def test_offline(doctor):
    assert doctor(APIGW_BATCH_OSV_URL=DOWN) == [
        f"skip security releases of curl, gcc-12, openssl: not checked, because {DOWN}: can't connect; run: curl -I {DOWN}"]


def test_a_server_that_never_answers_is_given_up(doctor):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.listen(8)
        started = time.monotonic()
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        assert doctor(APIGW_BATCH_OSV_URL=url) == [
            f"skip security releases of curl, gcc-12, openssl: not checked, because {url}: timed out; run: curl -I {url}"]
        # Four seconds for all of them together.
        assert time.monotonic() - started < at_most(15)


@pytest.mark.parametrize("url", ["http://example.com", "nonsense", "https://example.com/v1", "https://user@example.com"])
def test_an_unusable_address(doctor, url):
    assert doctor(APIGW_BATCH_OSV_URL=url) == [
        "skip security releases: not checked, because APIGW_BATCH_OSV_URL must be https://host[:port], or http:// on this "
        "machine; run: unset APIGW_BATCH_OSV_URL"]


def test_a_package_without_a_bill_of_materials(doctor, database, package):
    listed = package.with_suffix(".spdx.json")
    rebuild = f"run: make package ARCH={MACHINE}"
    make_zip(package, b"changed")
    assert doctor() == [
        f"skip security releases: not checked, because {listed} is not about {package}, but another package; {rebuild}"]
    for text in ("{}", "not JSON", '{"packages": []}', '{"packages": [{"name": "x", "externalRefs": [{"referenceLocator": "pkg:deb/x"}]}]}'):
        listed.write_text(text)
        assert doctor() == [
            f"skip security releases: not checked, because {listed} lists no component of Debian or Ubuntu; {rebuild}"]
    listed.unlink()
    assert doctor() == [
        f"skip security releases: not checked, because the package's bill of materials, {listed}, is missing; {rebuild}"]
    assert database.asked == []


def test_a_release_that_is_not_known(doctor, database, package):
    describe(package, {**COMPONENTS, "glibc": ("2.50-1", "pkg:deb/debian/glibc@2.50-1?arch=source")})
    assert doctor() == [
        f"ok security releases: none is out for {ALL}, says 127.0.0.1",
        "skip security releases of glibc: not checked, because the release that it is from isn't known here; "
        "run: less SECURITY.md"]
    assert "glibc" not in str(database.asked)
