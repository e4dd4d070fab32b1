"""A throw-away certificate for the Batch stub, signed by a throw-away CA at the end of the system's bundle.

The system's bundle is part of the measurement: libcurl and OpenSSL load all of it before the first TLS connection.
"""

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from programs import BUILD, UNPACKED

SYSTEM_BUNDLES = ["/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/certs/ca-certificates.crt", "/etc/ssl/cert.pem"]


@dataclass(frozen=True)
class Certificate:
    certificate: Path
    key: Path
    # The system's bundle and the throw-away CA.
    bundle: Path
    # The number of certificates in the bundle.
    authorities: int
    # The packaged roots and the throw-away CA: in a file, and in a folder as in the package.
    small_bundle: Path
    small_folder: Path


def make() -> Certificate:
    system = next((Path(path) for path in SYSTEM_BUNDLES if Path(path).exists()), None)
    if not system:
        raise SystemExit("bench: this system has no CA bundle. Run: apt-get install ca-certificates")
    folder = BUILD / "tls"
    folder.mkdir(parents=True, exist_ok=True)
    new = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-noenc", "-days", "2"]
    run(new, "-subj", "/CN=Throw-away CA", "-keyout", folder / "ca.key", "-out", folder / "ca.pem")
    run(
        new, "-subj", "/CN=batch", "-addext", "subjectAltName=IP:127.0.0.1", "-addext", "basicConstraints=CA:FALSE",
        "-CA", folder / "ca.pem", "-CAkey", folder / "ca.key",
        "-keyout", folder / "server.key", "-out", folder / "server.pem",
    )  # fmt: skip
    bundle = system.read_text() + (folder / "ca.pem").read_text()
    (folder / "bundle.pem").write_text(bundle)
    count = bundle.count("-----BEGIN CERTIFICATE-----")
    roots = folder / "small-bundle"
    shutil.rmtree(roots, ignore_errors=True)
    shutil.copytree(UNPACKED / "amazon-roots", roots)
    shutil.copy(folder / "ca.pem", roots)
    small = folder / "small-bundle.pem"
    small.write_text("".join(file.read_text() for file in sorted(roots.iterdir())))
    run(["openssl", "rehash"], roots)
    return Certificate(folder / "server.pem", folder / "server.key", folder / "bundle.pem", count, small, roots)


def run(command: list[str], *arguments: object) -> None:
    subprocess.run(command + [str(a) for a in arguments], check=True, stderr=subprocess.DEVNULL)
