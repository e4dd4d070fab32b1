"""The package runs in an empty root, over TLS, with the host names that it derives from the region."""

import socket
import subprocess
import threading
import time

import pytest
from cryptography import x509

import proxy_events
from function import Batch
from time_limits import at_most

HOST = "batch.us-east-1.amazonaws.com"
CHINA = "batch.cn-north-1.amazonaws.com.cn"


def batch_at(serve, authority, host=HOST):
    return serve(Batch, tls=authority.server(x509.DNSName(host)), port=443)


def own_authority(root, authority, path="/var/task/ca.pem"):
    with open(authority.bundle) as file:
        root.write(path, file.read())
    return path


def hash_of(path):
    """The hash of a certificate's name, as the names of OpenSSL's files have it."""
    return subprocess.run(
        ["openssl", "x509", "-in", path, "-noout", "-subject_hash"], check=True, capture_output=True, text=True).stdout.strip()


@pytest.mark.parametrize("switch", [
    # glibc's default, with its default name server on this host.
    None,
    # Amazon Linux's and others', with modules that are missing or built for another glibc.
    "files resolve [!UNAVAIL=return] myhostname dns",
    "nis mdns4_minimal [NOTFOUND=return] db",
    # Without DNS.
    "files",
])
def test_a_job_is_submitted_by_name(function, serve, root, authority, names, switch):
    name_server = names(HOST)
    if switch:
        root.write("/etc/nsswitch.conf", f"hosts: {switch}\n")
        root.write("/etc/resolv.conf", "nameserver 127.0.0.53\n")
    batch = batch_at(serve, authority)
    running = function(AWS_CA_BUNDLE=own_authority(root, authority))
    answers = running.invoke(proxy_events.event(), proxy_events.event())
    assert [answer.status for answer in answers] == [200, 200], running.output
    assert len(batch.requests) == 2
    # The connection opened during init carried both.
    assert batch.accepted == 1
    # The name was resolved.
    assert batch.requests[0].headers["host"] == HOST
    assert name_server.was_asked(HOST)


def test_a_job_is_submitted_over_ipv6(function):
    submitted = b'{"jobArn":"a","jobId":"i","jobName":"n"}'
    received = bytearray()

    def answer(server):
        connection, _ = server.accept()
        with connection:
            while b"}" not in received and (data := connection.recv(65536)):
                received.extend(data)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(submitted), submitted))

    with socket.create_server(("::1", 0), family=socket.AF_INET6) as server:
        thread = threading.Thread(target=answer, args=(server,), daemon=True)
        thread.start()
        running = function(AWS_ENDPOINT_URL_BATCH=f"http://[::1]:{server.getsockname()[1]}")
        (answered,) = running.invoke(proxy_events.event())
        thread.join(at_most(10))
    assert answered.status == 200, running.output
    assert received.startswith(b"POST /v1/submitjob HTTP/1.1\r\nHost: [::1]:")


def test_only_the_packaged_roots_are_trusted(function, serve, root, authority, names):
    names(HOST)
    batch = batch_at(serve, authority)
    # The system's bundle has this authority, but isn't used.
    own_authority(root, authority, "/etc/pki/tls/certs/ca-bundle.crt")
    refused = function()
    (answer,) = refused.invoke(proxy_events.event())
    assert (answer.status, answer.body["submitted"]) == (503, "no"), refused.output
    assert "unknown CA" in refused.output and "Set AWS_CA_BUNDLE to" in refused.output
    # With the authority among the packaged roots it is trusted, and so it is in a file that takes their place.
    hashed = own_authority(root, authority, f"/var/task/amazon-roots/{hash_of(authority.bundle)}.0")
    (answer,) = function().invoke(proxy_events.event())
    assert (answer.status, len(batch.requests)) == (200, 1)
    (root.folder / hashed[1:]).unlink()
    own_authority(root, authority, "/var/task/amazon-roots.pem")
    (answer,) = function().invoke(proxy_events.event())
    assert (answer.status, len(batch.requests)) == (200, 2)


def test_the_names_of_the_packaged_roots_are_those_by_which_openssl_finds_them(root):
    folder = root.folder / "var/task/amazon-roots"
    assert folder.is_dir() and all(path.name == f"{hash_of(path)}.0" for path in folder.iterdir())


def test_another_partition_trusts_the_systems_bundle(function, serve, root, authority, names):
    names(CHINA)
    batch = batch_at(serve, authority, CHINA)
    own_authority(root, authority, "/etc/pki/tls/certs/ca-bundle.crt")
    (answer,) = function(AWS_REGION="cn-north-1").invoke(proxy_events.event())
    assert (answer.status, len(batch.requests)) == (200, 1)


def test_another_partition_without_a_bundle_reports_what_to_set(function, serve, authority, names):
    names(CHINA)
    batch = batch_at(serve, authority, CHINA)
    running = function(AWS_REGION="cn-north-1")
    (answer,) = running.invoke(proxy_events.event())
    assert (answer.status, batch.requests) == (503, [])
    assert "Set AWS_CA_BUNDLE to" in running.output


def test_an_unknown_name(function, names):
    names()
    running = function()
    (answer,) = running.invoke(proxy_events.event())
    assert (answer.status, answer.body["submitted"]) == (503, "no")
    assert "no such host" in running.output


def test_a_name_server_that_does_not_respond_delays_init_by_half_a_second(function, root):
    root.write("/etc/resolv.conf", "nameserver 127.0.0.99\n")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
        silent.bind(("127.0.0.99", 53))
        start = time.monotonic()
        running = function()
        running.invoke()
        # Longer than the half second; on a quiet machine, shorter than a resolver's five seconds.
        assert 0.5 <= time.monotonic() - start < at_most(3)
        running.runtime.timeout = 2
        (answer,) = running.invoke(proxy_events.event())
    assert (answer.status, answer.body["submitted"]) == (503, "no")


class FoldingBatch(Batch):
    """Begins the second response's head with a folded line, for which libcurl's headers API frees a header twice."""

    def handle(self, request, connection):
        if len(self.requests) != 1:
            return super().handle(request, connection)
        self.requests.append(request)
        connection.write(b"HTTP/1.1 200 OK\r\n folded: yes\r\nContent-Length: 0\r\n\r\n")
        connection.close()


def test_a_folded_first_header_line_does_not_end_the_process(function, serve):
    batch = serve(FoldingBatch)
    running = function(AWS_ENDPOINT_URL_BATCH=batch.url)
    answers = running.invoke(*[proxy_events.event()] * 3)
    assert running.process.poll() is None, running.output
    assert (answers[0].status, answers[2].status, len(batch.requests)) == (200, 200, 3), answers
    assert answers[1].status >= 500, answers


def test_plain_http_needs_neither_name_nor_certificate(function, serve):
    batch = serve(Batch)
    (answer,) = function(AWS_ENDPOINT_URL_BATCH=batch.url).invoke(proxy_events.event())
    assert (answer.status, len(batch.requests)) == (200, 1)


def test_it_explains_itself_outside_lambda(root):
    ended = subprocess.run(root.command, env={}, capture_output=True, text=True, timeout=at_most(20))
    assert ended.returncode == 64
    assert "make invoke" in ended.stderr


def test_the_keys_of_tls_sessions_are_not_written_to_a_file(function, serve, root, authority, names):
    names(HOST)
    batch = batch_at(serve, authority)
    (root.folder / "tmp").mkdir()
    running = function(AWS_CA_BUNDLE=own_authority(root, authority), SSLKEYLOGFILE="/tmp/keys")
    (answer,) = running.invoke(proxy_events.event())
    assert (answer.status, len(batch.requests)) == (200, 1)
    assert not (root.folder / "tmp/keys").exists()
