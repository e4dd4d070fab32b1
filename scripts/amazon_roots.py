"""The root certificates of Amazon Trust Services, by fingerprint.

All five that https://www.amazontrust.com/repository/ recommends for custom trust stores.
"""

import base64
import hashlib
import re

FILE = "amazon-roots.pem"

# The name and the SHA-256 of the certificate.
ROOTS = {
    "Amazon Root CA 1": "8ecde6884f3d87b1125ba31ac3fcb13d7016de7f57cc904fe1cb97c6ae98196e",
    "Amazon Root CA 2": "1ba5b2aa8c65401a82960118f80bec4f62304d83cec4713a19c39c011ea46db4",
    "Amazon Root CA 3": "18ce6cfe7bf14e60b2e347b8dfe868cb31d02ebb3ada271569f50343b46db3a4",
    "Amazon Root CA 4": "e35d28419ed02025cfa69038cd623962458da5c695fbdea3c22b0bfb25897092",
    "Starfield Services Root CA G2": "568d6905a2c88708a4b3025190edcfedb1974a606a13c6e5290fcb2ae63edab5",
}

CERTIFICATE = re.compile("-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\\s]+)-----END CERTIFICATE-----")


def fingerprints(pem):
    """The certificates of a PEM file, as DER, by the SHA-256 of each."""
    found = {}
    for body in CERTIFICATE.findall(pem):
        certificate = base64.b64decode(body)
        found[hashlib.sha256(certificate).hexdigest()] = certificate
    return found


def extract(bundle):
    """Amazon's roots from a bundle, as PEM; SystemExit if one is missing."""
    there = fingerprints(bundle)
    missing = [name for name, fingerprint in ROOTS.items() if fingerprint not in there]
    if missing:
        raise SystemExit(
            f"package: the system's CA bundle lacks {', '.join(missing)}. Run: apt-get install --only-upgrade "
            "ca-certificates")
    lines = []
    for name, fingerprint in ROOTS.items():
        text = base64.b64encode(there[fingerprint]).decode()
        lines += [f"# {name}", "-----BEGIN CERTIFICATE-----"]
        lines += [text[start:start + 64] for start in range(0, len(text), 64)]
        lines += ["-----END CERTIFICATE-----"]
    return "\n".join(lines) + "\n"
