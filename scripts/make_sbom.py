#!/usr/bin/env python3
"""Writes a package's bill of materials next to it, as SPDX 2.3 in JSON: make_sbom.py COMPONENTS ZIP

The same package gives the same bytes: its time is SOURCE_DATE_EPOCH, or that of the zip's entries, 1980.
"""

import datetime
import hashlib
import json
import os
import pathlib
import re
import sys

EPOCH = 315532800


def checksum(value):
    return {"algorithm": "SHA256", "checksumValue": value}


def identifier(name):
    return "SPDXRef-" + re.sub(r"[^A-Za-z0-9.]+", "-", name).strip("-")


def package(name, version, license, url, **more):
    return {
        "SPDXID": identifier(name), "name": name, "versionInfo": version, "downloadLocation": url,
        "filesAnalyzed": False, "licenseConcluded": license, "licenseDeclared": license,
        "copyrightText": "NOASSERTION", **more}


def files(checksums):
    """What of a component is linked. A package of SPDX has one checksum alone, that of its source."""
    return "; ".join(f"{name} SHA256 {value}" for name, value in sorted(checksums.items()) if not name.endswith(".dsc"))


def component(each):
    more = {"externalRefs": [
        {"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": each["purl"]}]}
    for name, value in each["checksums"].items():
        if name.endswith(".dsc"):
            more |= {"packageFileName": name, "checksums": [checksum(value)]}
    if linked := files(each["checksums"]):
        more["comment"] = f"Linked: {linked}."
    return package(each["name"], each["version"], each["license"], each["url"], **more)


def document(described, zip_path, created):
    """The bill of materials of a package, from what make_notices.py found."""
    path = pathlib.Path(zip_path)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    own = package(
        "apigw-batch", described["version"], "Apache-2.0", "NOASSERTION", packageFileName=path.name,
        primaryPackagePurpose="APPLICATION", checksums=[checksum(digest)])
    packages = [own, *map(component, described["components"])]
    swift = next(each["SPDXID"] for each in packages if each["name"].startswith("Swift"))

    def relationship(each):
        inside = each["name"].endswith(("runtime)", "library)")) and each["relationship"] == "CONTAINS"
        return {
            "spdxElementId": swift if inside else own["SPDXID"], "relationshipType": each["relationship"],
            "relatedSpdxElement": identifier(each["name"])}

    return {
        "spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT", "name": path.stem,
        "documentNamespace": f"https://spdx.org/spdxdocs/{path.stem}-{described['version']}-{digest}",
        "creationInfo": {
            "created": f"{datetime.datetime.fromtimestamp(created, datetime.UTC):%Y-%m-%dT%H:%M:%SZ}",
            "creators": [f"Tool: apigw-batch-{described['version']}"]},
        "packages": packages,
        "relationships": [
            {"spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES", "relatedSpdxElement": own["SPDXID"]},
            *map(relationship, described["components"])],
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
