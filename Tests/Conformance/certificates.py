"""A private certificate authority and the certificates that it signs."""

import datetime
import ipaddress
import ssl
import tempfile

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

LOOPBACK = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))


class Authority:
    """A certificate authority. `bundle` is the path of its certificate, for `AWS_CA_BUNDLE`."""

    def __init__(self, folder, name="Test CA"):
        self.folder = folder
        # RSA, because every version of TLS supports it.
        self.key = rsa.generate_private_key(65537, 2048)
        self.name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        certificate = self._builder(self.name, self.key, -1, 2).add_extension(
            x509.BasicConstraints(ca=True, path_length=None), critical=True).sign(self.key, hashes.SHA256())
        self.bundle = self._write(certificate.public_bytes(serialization.Encoding.PEM))

    def server(self, name=LOOPBACK, days=(-1, 2), version=None):
        """Returns a server's TLS context, with a certificate for a name, valid for a range of days from now.

        The server speaks only `version`, if given.
        """
        chain = self.chain(name, days)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(chain)
        if version:
            # OpenSSL 3 supports the old versions only at its lowest security level.
            context.set_ciphers("DEFAULT:@SECLEVEL=0")
            context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
            context.maximum_version = context.minimum_version = version
        return context

    def chain(self, name=LOOPBACK, days=(-1, 2)):
        """Writes a server's certificate and its key to a file, and returns the path."""
        key = rsa.generate_private_key(65537, 2048)
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Test server")])
        certificate = self._builder(subject, key, *days).add_extension(
            x509.SubjectAlternativeName([name]), critical=False).sign(self.key, hashes.SHA256())
        return self._write(
            certificate.public_bytes(serialization.Encoding.PEM) + key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))

    def _builder(self, subject, key, first_day, last_day):
        now = datetime.datetime.now(datetime.timezone.utc)
        day = datetime.timedelta(days=1)
        return (
            x509.CertificateBuilder().subject_name(subject).issuer_name(self.name).public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now + first_day * day).not_valid_after(now + last_day * day))

    def _write(self, pem):
        with tempfile.NamedTemporaryFile(dir=self.folder, suffix=".pem", delete=False) as file:
            file.write(pem)
        return file.name
