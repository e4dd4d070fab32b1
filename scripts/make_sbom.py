#!/usr/bin/env python3
"""Writes a package's bill of materials next to it, as SPDX 2.3 in JSON: make_sbom.py COMPONENTS ZIP

The same package gives the same bytes: the document's time is SOURCE_DATE_EPOCH, or else 1980, as in the zip.
"""

import datetime
import hashlib
import json
import os
import pathlib
import re
import sys
import zipfile

EPOCH = 315532800


def checksum(value):
    return {"algorithm": "SHA256", "checksumValue": value}


def identifier(name):
    return "SPDXRef-" + re.sub(r"[^A-Za-z0-9.]+", "-", name).strip("-")


def package(name, version, license, url, **more):
    """A package of SPDX; a component without a version of its own has no versionInfo."""
    versioned = {} if version is None else {"versionInfo": version}
    return {
        "SPDXID": identifier(name), "name": name, **versioned, "downloadLocation": url, "filesAnalyzed": False,
        "licenseConcluded": license, "licenseDeclared": license, "copyrightText": "NOASSERTION", **more}


def linked(checksums):
    """The component's files that are linked, as text: an SPDX package's checksum is that of its source."""
    return "; ".join(f"{name} SHA256 {value}" for name, value in sorted(checksums.items()) if not name.endswith(".dsc"))


def component(each):
    more = {"externalRefs": [
        {"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": each["purl"]}]}
    for name, value in each["checksums"].items():
        if name.endswith(".dsc"):
            more |= {"packageFileName": name, "checksums": [checksum(value)]}
    changed = f"Changed by {', '.join(each['patches'])}. " if each["patches"] else ""
    if files := linked(each["checksums"]):
        more["comment"] = f"{changed}Linked: {files}."
    return package(each["name"], each["version"], each["license"], each["url"], **more)


def entry(name, data):
    """A file of the zip. SPDX requires a SHA-1."""
    return {
        "SPDXID": identifier(f"File-{name}"), "fileName": f"./{name}", "licenseConcluded": "NOASSERTION",
        "copyrightText": "NOASSERTION", "checksums": [
            {"algorithm": "SHA1", "checksumValue": hashlib.sha1(data).hexdigest()},
            checksum(hashlib.sha256(data).hexdigest())]}


def verification_code(files):
    """SPDX's digest of a package's files."""
    return hashlib.sha1("".join(sorted(each["checksums"][0]["checksumValue"] for each in files)).encode()).hexdigest()


def relationship(owner, kind, related):
    return {"spdxElementId": owner, "relationshipType": kind, "relatedSpdxElement": related}


def document(described, zip_path, created):
    """The bill of materials of a package, from what make_notices.py found."""
    path = pathlib.Path(zip_path)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    with zipfile.ZipFile(path) as archive:
        files = [entry(each, archive.read(each)) for each in archive.namelist()]
    own = package(
        "apigw-batch", described["version"], "Apache-2.0", "NOASSERTION", packageFileName=path.name,
        primaryPackagePurpose="APPLICATION", checksums=[checksum(digest)]) | {
        "filesAnalyzed": True, "packageVerificationCode": {"packageVerificationCodeValue": verification_code(files)}}
    components = described["components"]
    return {
        "spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT", "name": path.stem,
        "documentNamespace": f"https://spdx.org/spdxdocs/{path.stem}-{described['version']}-{digest}",
        "creationInfo": {
            "created": f"{datetime.datetime.fromtimestamp(created, datetime.UTC):%Y-%m-%dT%H:%M:%SZ}",
            "creators": [f"Tool: apigw-batch-{described['version']}"]},
        "packages": [own, *map(component, components)],
        "files": files,
        "relationships": [
            relationship("SPDXRef-DOCUMENT", "DESCRIBES", own["SPDXID"]),
            *(relationship(own["SPDXID"], "CONTAINS", each["SPDXID"]) for each in files),
            *(relationship(
                identifier(each["part_of"] or own["name"]), each["relationship"], identifier(each["name"]))
              for each in components)],
    }


def main(components, zip_path):
    described = json.loads(pathlib.Path(components).read_text())
    created = os.environ.get("SOURCE_DATE_EPOCH") or str(EPOCH)
    if not re.fullmatch(r"\d{1,11}", created):
        raise SystemExit(f"package: SOURCE_DATE_EPOCH must be a time in seconds since 1970, not {created!r}; unset it")
    target = pathlib.Path(zip_path).with_suffix(".spdx.json")
    unfinished = target.with_suffix(".new")
    unfinished.write_text(json.dumps(document(described, zip_path, int(created)), indent=2) + "\n")
    os.replace(unfinished, target)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit("usage: make_sbom.py COMPONENTS ZIP")
    main(*sys.argv[1:])
