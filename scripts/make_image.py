#!/usr/bin/env python3
"""Makes dist/apigw-batch-ARCH.oci.tar, a container image for Lambda, from the package, without Docker: make_image.py [ARCH]

With `all` for ARCH, it makes one of each package.

It is a tar archive of an OCI image layout (https://github.com/opencontainers/image-spec) with one layer: the zip's files,
and the bill of materials next to the zip, in /var/task. There is no base image. A label allows SnapStart. The same zip
makes the same bytes: fixed dates, owners and modes, entries in their order.
"""

import hashlib
import io
import json
import os
import platform
import sys
import tarfile
import zipfile
import zlib

import amazon_roots
import make_zip
import version

# As Go calls them, and with it the image format.
ARCHITECTURES = {"x86_64": "amd64", "arm64": "arm64"}
TASK = "var/task"
SBOM = "sbom.spdx.json"
# 1980-01-01, as in the zip.
CREATED, MTIME = "1980-01-01T00:00:00Z", 315532800
INDEX = "application/vnd.oci.image.index.v1+json"
MANIFEST = "application/vnd.oci.image.manifest.v1+json"
CONFIG = "application/vnd.oci.image.config.v1+json"
LAYER = "application/vnd.oci.image.layer.v1.tar+gzip"


def tar(entries):
    """A tar of entries, each a name with a mode and data; a folder has None for data."""
    output = io.BytesIO()
    with tarfile.open(fileobj=output, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, (mode, data) in entries.items():
            entry = tarfile.TarInfo(name)
            entry.mode, entry.mtime = mode, MTIME
            if data is None:
                entry.type = tarfile.DIRTYPE
            else:
                entry.size = len(data)
            archive.addfile(entry, None if data is None else io.BytesIO(data))
    return output.getvalue()


def gzip(data):
    """The data in gzip's format (RFC 1952), without a name and a date."""
    head = b"\x1f\x8b\x08\0\0\0\0\0\x02\xff"
    return head + make_zip.deflate(data) + zlib.crc32(data).to_bytes(4, "little") + len(data).to_bytes(4, "little")


def json_bytes(value):
    return json.dumps(value, indent=2).encode() + b"\n"


def digest(data):
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


class Layout:
    """An OCI image layout: blobs by their digests."""

    def __init__(self):
        self.blobs = {}

    def add(self, media_type, data, **more):
        """Adds a blob, and returns its descriptor."""
        self.blobs[digest(data)] = data
        return {"mediaType": media_type, "digest": digest(data), "size": len(data), **more}

    def archive(self, index):
        files = {"oci-layout": json_bytes({"imageLayoutVersion": "1.0.0"}), "index.json": json_bytes(index)}
        blobs = {f"blobs/{name.replace(':', '/')}": data for name, data in sorted(self.blobs.items())}
        folders = dict.fromkeys(("blobs", "blobs/sha256"), (0o755, None))
        return tar({**{name: (0o644, data) for name, data in files.items()}, **folders,
                    **{name: (0o644, data) for name, data in blobs.items()}})


def layer(package, sbom):
    """The layer's tar: the files of a package, by its path, and its bill of materials."""
    with zipfile.ZipFile(package) as archive:
        files = {entry.filename: (entry.external_attr >> 16 & 0o777, archive.read(entry)) for entry in archive.infolist()}
    files[SBOM] = (0o644, sbom)
    folders = dict.fromkeys(("var", TASK, f"{TASK}/{amazon_roots.FOLDER}"), (0o755, None))
    return tar({**folders, **{f"{TASK}/{name}": files[name] for name in sorted(files)}})


def image(arch, package, sbom):
    """The image's archive."""
    number, _ = version.version_constant()
    uncompressed = layer(package, sbom)
    layout = Layout()
    system = {"architecture": ARCHITECTURES[arch], "os": "linux"}
    config = layout.add(CONFIG, json_bytes({
        "created": CREATED, **system,
        "config": {
            # Lambda sets it for zips. The function looks there for Amazon's roots.
            "Env": [f"LAMBDA_TASK_ROOT=/{TASK}"],
            "Entrypoint": [f"/{TASK}/bootstrap"],
            "WorkingDir": f"/{TASK}",
            "Labels": {
                "com.amazonaws.lambda.feature.snapstart": "Allow",
                "org.opencontainers.image.licenses": "Apache-2.0",
                "org.opencontainers.image.title": "apigw-batch",
                "org.opencontainers.image.version": number,
            },
        },
        "rootfs": {"type": "layers", "diff_ids": [digest(uncompressed)]},
        "history": [{"created": CREATED, "created_by": "make image"}],
    }))
    manifest = layout.add(MANIFEST, json_bytes({
        "schemaVersion": 2, "mediaType": MANIFEST, "config": config, "layers": [layout.add(LAYER, gzip(uncompressed))],
    }), platform=system, annotations={"org.opencontainers.image.ref.name": number})
    return layout.archive({"schemaVersion": 2, "mediaType": INDEX, "manifests": [manifest]})


def write(arch):
    """Writes the image of the package for one architecture."""
    package = version.ROOT / f"dist/apigw-batch-{arch}.zip"
    sbom = package.with_suffix(".spdx.json")
    for needed in (package, sbom):
        if not needed.exists():
            raise SystemExit(f"image: {needed} is missing. Run: make image ARCH={arch}")
    data = image(arch, package, sbom.read_bytes())
    path = package.with_suffix(".oci.tar")
    # Under another name until it is complete.
    unfinished = path.with_suffix(".new")
    unfinished.write_bytes(data)
    os.replace(unfinished, path)
    print(f"{path.relative_to(version.ROOT)}: {len(data):,} bytes")


def main(arch=None):
    # Make passes an empty one if none is given.
    arch = arch or {"aarch64": "arm64", "amd64": "x86_64"}.get(platform.machine(), platform.machine())
    if arch not in (*ARCHITECTURES, "all"):
        raise SystemExit(f"image: ARCH must be x86_64, arm64 or all, not '{arch}'; run: make image ARCH=all")
    for each in ARCHITECTURES if arch == "all" else [arch]:
        write(each)


if __name__ == "__main__":
    main(*sys.argv[1:])
