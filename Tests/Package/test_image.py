"""The container image conforms to OCI's specification, holds the package, and runs in an empty root, restored, too."""

import hashlib
import io
import json
import shutil
import subprocess
import tarfile
import zipfile
import zlib

import pytest

import conftest
import make_image
import proxy_events
from certificates import Authority
from function import Batch
from snapstart import CredentialsEndpoint, SnapStartAPI
from time_limits import at_most

IMAGE = conftest.PACKAGE.with_suffix(".oci.tar")
TYPE = "application/vnd.oci.image"
SKOPEO = shutil.which("skopeo")


@pytest.fixture(scope="session")
def image():
    assert IMAGE.exists(), f"{IMAGE} is missing. Run: make image"
    return IMAGE


@pytest.fixture(scope="session")
def files(image):
    """The archive's files, by name."""
    with tarfile.open(image, "r:") as archive:
        return {entry.name: archive.extractfile(entry).read() for entry in archive if entry.isfile()}


@pytest.fixture(scope="session")
def blob(files):
    """Reads the blob of a descriptor, whose type, digest and size must be right."""

    def read(descriptor, media_type):
        algorithm, _, digest = descriptor["digest"].partition(":")
        data = files[f"blobs/{algorithm}/{digest}"]
        assert (descriptor["mediaType"], descriptor["size"]) == (f"{TYPE}.{media_type}", len(data))
        assert (algorithm, digest) == ("sha256", hashlib.sha256(data).hexdigest())
        return data

    return read


@pytest.fixture(scope="session")
def manifest(files, blob):
    (descriptor,) = json.loads(files["index.json"])["manifests"]
    return json.loads(blob(descriptor, "manifest.v1+json"))


@pytest.fixture(scope="session")
def config(manifest, blob):
    return json.loads(blob(manifest["config"], "config.v1+json"))


@pytest.fixture(scope="session")
def layer(manifest, blob):
    """The one layer, uncompressed."""
    (descriptor,) = manifest["layers"]
    return zlib.decompress(blob(descriptor, "layer.v1.tar+gzip"), 31)


@pytest.fixture
def root(tmp_path, layer):
    """A root with the image's files."""

    def unpack(folder):
        with tarfile.open(fileobj=io.BytesIO(layer), mode="r:") as archive:
            archive.extractall(folder, filter="tar")

    return conftest.Root(tmp_path / "root", unpack)


def test_the_layout(files, manifest):
    assert json.loads(files.pop("oci-layout")) == {"imageLayoutVersion": "1.0.0"}
    index = json.loads(files.pop("index.json"))
    assert (index["schemaVersion"], index["mediaType"]) == (2, f"{TYPE}.index.v1+json")
    assert index["manifests"][0]["platform"] == {
        "architecture": make_image.ARCHITECTURES[conftest.ARCH], "os": "linux"}
    assert (manifest["schemaVersion"], manifest["mediaType"]) == (2, f"{TYPE}.manifest.v1+json")
    # The manifest, the configuration and the layer; no blob that nothing refers to.
    assert len(files) == 3


def test_the_configuration(config, layer):
    assert (config["os"], config["architecture"]) == ("linux", make_image.ARCHITECTURES[conftest.ARCH])
    assert config["rootfs"] == {"type": "layers", "diff_ids": [f"sha256:{hashlib.sha256(layer).hexdigest()}"]}
    settings = config["config"]
    assert (settings["Entrypoint"], settings["WorkingDir"]) == (["/var/task/bootstrap"], "/var/task")
    assert settings["Env"] == ["LAMBDA_TASK_ROOT=/var/task"]
    assert settings["Labels"]["com.amazonaws.lambda.feature.snapstart"] == "Allow"


def test_the_layer_has_the_packages_files_and_the_bill_of_materials(layer, package):
    with zipfile.ZipFile(package) as archive:
        expected = {f"var/task/{each.filename}": (each.external_attr >> 16 & 0o777, archive.read(each))
                    for each in archive.infolist()}
    expected["var/task/sbom.spdx.json"] = (0o644, package.with_suffix(".spdx.json").read_bytes())
    with tarfile.open(fileobj=io.BytesIO(layer), mode="r:") as archive:
        entries = archive.getmembers()
        found = {each.name: (each.mode, archive.extractfile(each).read()) for each in entries if each.isfile()}
    assert found == expected
    folders = {(each.name, each.mode) for each in entries if not each.isfile()}
    assert folders == {(name, 0o755) for name in ("var", "var/task", "var/task/amazon-roots")}
    assert {(each.uid, each.gid, each.uname, each.gname) for each in entries} == {(0, 0, "", "")}


@pytest.mark.skipif(not SKOPEO, reason="skopeo is not installed")
def test_skopeo_reads_and_converts_it(image, config, tmp_path):
    def run(*arguments):
        done = subprocess.run(
            [SKOPEO, "--insecure-policy", *arguments], capture_output=True, text=True, timeout=at_most(60))
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert json.loads(run("inspect", "--config", f"oci-archive:{image}"))["config"] == config["config"]
    # Every digest is verified on the way, the layer's uncompressed one too. ECR accepts both formats.
    for kind in ("oci", "v2s2"):
        run("copy", "--format", kind, f"oci-archive:{image}", f"dir:{tmp_path / kind}")


def test_a_job_is_submitted(function, serve):
    batch = serve(Batch)
    (answer,) = function(AWS_ENDPOINT_URL_BATCH=batch.url).invoke(proxy_events.event())
    assert (answer.status, len(batch.requests)) == (200, 1)


def test_a_job_is_submitted_after_a_restore(function, serve, root, tmp_path):
    authority = Authority(tmp_path)
    batch, endpoint = serve(Batch, tls=authority.server()), serve(CredentialsEndpoint)
    with open(authority.bundle) as file:
        root.write("/var/task/ca.pem", file.read())
    running = function(
        SnapStartAPI, AWS_ENDPOINT_URL_BATCH=batch.url, AWS_CA_BUNDLE="/var/task/ca.pem", **endpoint.environment)
    running.runtime.until_snapshot()
    assert (batch.accepted, endpoint.accepted) == (1, 0)
    running.runtime.restore()
    (answer,) = running.invoke(proxy_events.event())
    assert (answer.status, len(batch.requests), batch.accepted) == (200, 1, 2)
