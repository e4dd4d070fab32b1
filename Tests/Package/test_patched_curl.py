"""The package's libcurl, which has a patch, sends the bytes that this system's libcurl sends."""

import shutil
import socket
import subprocess
import threading

import pytest

import conftest
from time_limits import at_most

HEADERS = [
    "Authorization: AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261129/us-east-1/batch/aws4_request, Signature=0f",
    f"X-Amz-Security-Token: {'IQoJb3JpZ2luX2VjEXAMPLE/+=' * 80}", f"X-Long: {'0123456789abcdef' * 4000}",
    "X-Percent: 100% %s %n %d %%", "Content-Type: application/x-amz-json-1.0", "Host: example.com:8443",
    # Without a value; to send without one; to leave one of libcurl's own out; to repeat one.
    "X-Removed:", "X-Blank:   ", "X-Empty;", "Accept:", "X-Twice: 1", "X-Twice: 2",
    "X-Spaces:  a  b  ", "X-Tab:\tvalue\t", "X-Nothing-Before-The-Value:value", "X-Colons: a:b;c:d;", "no colon",
    "X-Byte: \u00e9\u007f", "Expect:", "Content-Length: 2",
]


@pytest.fixture(scope="module")
def programs(tmp_path_factory):
    """The same program on the package's libcurl and on this system's."""
    if conftest.EMULATOR:
        pytest.skip("this system's libcurl is for another architecture")
    folder = tmp_path_factory.mktemp("programs")
    libraries = subprocess.run(
        [conftest.ROOT / "scripts/build-static-libraries.sh", conftest.ARCH,
         conftest.ROOT / ".build/package" / conftest.ARCH], check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
    patched, system = folder / "patched", folder / "system"
    source = conftest.ROOT / "Tests/Package/headers.c"
    compiler = shutil.which("clang")
    subprocess.run([
        compiler, source, "-o", patched, f"-I{libraries}/include", f"-L{libraries}/lib", "-static", "-lcurl", "-lssl",
        "-lcrypto"], check=True)
    subprocess.run([compiler, source, "-o", system, "-lcurl"], check=True)
    return patched, system


def sent(program, headers):
    """The bytes that a program sends with these headers, with PORT for the server's port."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        received = bytearray()

        def answer():
            connection, _ = server.accept()
            with connection:
                # The body is `{}`.
                while not received.endswith(b"\r\n\r\n{}") and (data := connection.recv(65536)):
                    received.extend(data)
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        done = subprocess.run([program, f"http://127.0.0.1:{port}/v1/submitjob?a=%25b", *headers], timeout=at_most(20))
        thread.join(at_most(20))
    assert done.returncode == 0
    return bytes(received).replace(b"\r\nHost: 127.0.0.1:%d\r\n" % port, b"\r\nHost: 127.0.0.1:PORT\r\n")


@pytest.mark.parametrize("headers", [[], HEADERS, *([each] for each in HEADERS)], ids=lambda headers: str(headers)[:40])
def test_the_same_bytes_are_sent(programs, headers):
    patched, system = programs
    assert sent(patched, headers) == sent(system, headers)


def test_the_bytes_are_those_of_the_headers(programs):
    head = sent(programs[0], HEADERS)
    for header in HEADERS[:5]:
        assert f"\r\n{header}\r\n".encode() in head
    assert b"\r\nX-Empty:\r\n" in head and b"X-Removed" not in head and b"Accept" not in head
