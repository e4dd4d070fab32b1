"""The function against Python's TLS with a private CA: invalid servers are rejected, and the log says why."""

import asyncio
import os
import ssl
import subprocess

import pytest
from cryptography import x509

import proxy_events
from certificates import Authority
from function import Batch, accepted
from server import response

OTHER_NAME = x509.DNSName("batch.us-east-1.amazonaws.com")


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def stranger(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("stranger"), "Another CA")


@pytest.mark.parametrize("version", [None, "TLSv1_2", "TLSv1_3"])
def test_a_server_that_the_bundle_vouches_for(function, serve, authority, version):
    batch = serve(Batch, tls=authority.server(version=version and ssl.TLSVersion[version]))
    answers = function(batch_url=batch.url, AWS_CA_BUNDLE=authority.bundle).invoke_all([proxy_events.event()] * 20, 30)
    assert [answer.status for answer in answers] == [200] * 20
    # All of them used one connection.
    assert (len(batch.requests), batch.accepted) == (20, 1)


STRAY = response(429, {"message": "Too Many Requests"}, [("x-amzn-ErrorType", "TooManyRequestsException")])


class StrayBatch(Batch):
    """Sends a second response right after each: in the last record of the first one, or in a separate record."""

    def __init__(self, loop, tls, in_same_record):
        super().__init__(loop, tls=tls)
        self.in_same_record = in_same_record

    def handle(self, request, connection):
        if request.method == "GET":
            return super().handle(request, connection)
        self.requests.append(request)
        whole = response(200, accepted(len(self.requests)))
        head, end, body = whole.partition(b"\r\n\r\n")
        # Each write is a record. libcurl reads the first one for the head, and no more than the body of the second.
        for record in (head + end, body + STRAY) if self.in_same_record else (whole, STRAY):
            connection.write(record)


@pytest.mark.parametrize("in_same_record", [False, True], ids=["in a separate record", "in the body's record"])
@pytest.mark.parametrize("version", ["TLSv1_2", "TLSv1_3"])
def test_a_stray_response_is_never_used_for_the_next_job(function, serve, authority, version, in_same_record):
    batch = serve(StrayBatch, tls=authority.server(version=ssl.TLSVersion[version]), in_same_record=in_same_record)
    running = function(batch_url=batch.url, AWS_CA_BUNDLE=authority.bundle)
    answers = running.invoke(*[proxy_events.event()] * 5)
    assert [answer.status for answer in answers] == [200] * 5, answers
    assert [answer.proxy["body"].encode() for answer in answers] == [accepted(number) for number in range(1, 6)]
    assert (len(batch.requests), batch.accepted) == (5, 5)


@pytest.mark.parametrize("reset", [False, True], ids=["closed", "reset"])
def test_a_connection_from_init_that_is_closed_before_the_first_job(function, serve, authority, reset):
    batch = serve(Batch, tls=authority.server())
    running = function(batch_url=batch.url, AWS_CA_BUNDLE=authority.bundle)
    running.invoke()
    (opened,) = batch.connections
    if reset:
        opened.reset()
    else:
        opened.transport.abort()
    while batch.connections:
        batch.loop.run_until_complete(asyncio.sleep(0))
    (answer,) = running.invoke(proxy_events.event())
    assert (answer.status, len(batch.requests), batch.accepted) == (200, 1, 2), answer


def refused(function, batch, words, **environment):
    running = function(batch_url=batch.url, **environment)
    (answer,) = running.invoke(proxy_events.event())
    assert (answer.status, answer.body["submitted"]) == (503, "no"), answer
    assert batch.requests == []
    (line,) = running.log
    assert line["level"] == "ERROR" and words in line["message"], line
    # The caller isn't told about the server's certificate.
    assert "certificate" not in answer.body["detail"]


def test_a_certificate_for_another_name(function, serve, authority):
    batch = serve(Batch, tls=authority.server(OTHER_NAME))
    refused(function, batch, "TLS: the certificate is for another name", AWS_CA_BUNDLE=authority.bundle)


def test_an_authority_that_the_bundle_does_not_know(function, serve, authority, stranger):
    batch = serve(Batch, tls=stranger.server())
    refused(function, batch, "TLS: the certificate is from an unknown CA", AWS_CA_BUNDLE=authority.bundle)


def test_an_authority_that_the_system_does_not_know(function, serve, authority):
    batch = serve(Batch, tls=authority.server())
    refused(function, batch, "TLS: the certificate is from an unknown CA")


@pytest.mark.parametrize("days", [(-3, -1), (1, 3)], ids=["expired", "not yet valid"])
def test_a_certificate_outside_its_validity(function, serve, authority, days):
    batch = serve(Batch, tls=authority.server(days=days))
    refused(
        function, batch, "TLS: the certificate has expired or is not valid yet", AWS_CA_BUNDLE=authority.bundle)


@pytest.mark.parametrize("version", ["tls1", "tls1_1"])
def test_a_server_that_supports_only_an_old_version(function, authority, tmp_path, version):
    # With this configuration OpenSSL itself supports the old versions, so it is the function that rejects them.
    lax = tmp_path / "openssl.cnf"
    lax.write_text(
        "openssl_conf = all\n[all]\nssl_conf = ssl\n[ssl]\nsystem_default = old\n"
        "[old]\nMinProtocol = TLSv1\nCipherString = DEFAULT@SECLEVEL=0\n")
    # OpenSSL's own server, because it sends an alert with the reason, which asyncio's doesn't.
    server = subprocess.Popen(
        ["openssl", "s_server", "-accept", "127.0.0.1:0", "-cert", authority.chain(), f"-{version}"],
        env={**os.environ, "OPENSSL_CONF": str(lax)}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        port = next(line for line in server.stdout if line.startswith("ACCEPT ")).rpartition(":")[2].strip()
        running = function(
            batch_url=f"https://127.0.0.1:{port}", AWS_CA_BUNDLE=authority.bundle, OPENSSL_CONF=str(lax))
        (answer,) = running.invoke(proxy_events.event())
    finally:
        server.kill()
        server.communicate()
    assert (answer.status, answer.body["submitted"]) == (503, "no"), answer
    (line,) = running.log
    assert "TLS refused" in line["message"] and "protocol version" in line["message"], line


def test_a_certificate_that_is_renewed_while_the_function_runs(function, serve, authority):
    batch = serve(Batch, tls=authority.server(days=(-3, -1)))
    running = function(batch_url=batch.url, AWS_CA_BUNDLE=authority.bundle)
    (before,) = running.invoke(proxy_events.event())
    batch.shut()
    batch.tls = authority.server()
    batch.loop.run_until_complete(batch.open())
    (after,) = running.invoke(proxy_events.event())
    assert (before.status, after.status, len(batch.requests)) == (503, 200, 1)
