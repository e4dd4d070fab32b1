"""The root certificates of Amazon Trust Services, by fingerprint.

All five that https://www.amazontrust.com/repository/ recommends for custom trust stores. In the package, each is a file that
is named as `openssl rehash` does it, so that OpenSSL parses only the ones that it needs.
"""

import base64
import hashlib
import re

FOLDER = "amazon-roots"

# The name; the hash of the name, by which OpenSSL finds the file; and the SHA-256 of the certificate.
ROOTS = {
    "Amazon Root CA 1": ("ce5e74ef", "8ecde6884f3d87b1125ba31ac3fcb13d7016de7f57cc904fe1cb97c6ae98196e"),
    "Amazon Root CA 2": ("6d41d539", "1ba5b2aa8c65401a82960118f80bec4f62304d83cec4713a19c39c011ea46db4"),
    "Amazon Root CA 3": ("8cb5ee0f", "18ce6cfe7bf14e60b2e347b8dfe868cb31d02ebb3ada271569f50343b46db3a4"),
    "Amazon Root CA 4": ("de6d66f3", "e35d28419ed02025cfa69038cd623962458da5c695fbdea3c22b0bfb25897092"),
    "Starfield Services Root CA G2": ("09789157", "568d6905a2c88708a4b3025190edcfedb1974a606a13c6e5290fcb2ae63edab5"),
}

# The path of each in the package, and its SHA-256.
FILES = {f"{FOLDER}/{name_hash}.0": fingerprint for name_hash, fingerprint in ROOTS.values()}

CERTIFICATE = re.compile("-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\\s]+)-----END CERTIFICATE-----")


def fingerprints(pem):
    """The certificates of a PEM file, as DER, by the SHA-256 of each."""
    found = {}
    for body in CERTIFICATE.findall(pem):
        certificate = base64.b64decode(body)
        found[hashlib.sha256(certificate).hexdigest()] = certificate
    return found


def extract(bundle):
    """Amazon's roots from a bundle, as PEM, by their paths in the package; SystemExit if one is missing."""
    there = fingerprints(bundle)
    missing = [name for name, (_, fingerprint) in ROOTS.items() if fingerprint not in there]
    if missing:
        raise SystemExit(
            f"package: the system's CA bundle lacks {', '.join(missing)}. Run: apt-get install --only-upgrade "
            "ca-certificates")
    return {path: pem(there[fingerprint]) for path, fingerprint in FILES.items()}


def pem(certificate):
    text = base64.b64encode(certificate).decode()
    lines = [text[start:start + 64] for start in range(0, len(text), 64)]
    return "\n".join(["-----BEGIN CERTIFICATE-----", *lines, "-----END CERTIFICATE-----", ""])
