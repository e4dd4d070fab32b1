"""The components of a package, other than this project's own code: version, license and license text of each.

The linker names every archive and object that goes into the executable. Each belongs to the static libraries, to the
Swift toolchain or to a package of the system. A file of any other origin is an error, and so is a missing text.
"""

import dataclasses
import hashlib
import json
import os
import pathlib
import re
import subprocess

import cross_toolchain

ROOT = pathlib.Path(__file__).resolve().parents[1]
# License texts that neither the toolchain nor the system has.
TEXTS = ROOT / "scripts/licenses"
# Sources of the system, as SPDX has their licenses, and the common licenses that their copyright files only name.
SYSTEM = {
    "glibc": ("LGPL-2.1-or-later", ["LGPL-2.1"]),
    "gcc": ("GPL-3.0-or-later WITH GCC-exception-3.1", ["GPL-3"]),
    "ca-certificates": ("MPL-2.0", []),
}
NAMES = {"gcc": "GCC runtime (libgcc, libstdc++)", "ca-certificates": "ca-certificates (amazon-roots)"}
STATIC = {"curl": "curl", "openssl": "Apache-2.0"}
# The distribution of the sources in scripts/static-libraries.sha256.
PINNED = ("debian", "trixie")
ARCHIVES = {"libcurl.a": "curl", "libcrypto.a": "openssl", "libssl.a": "openssl"}
SWIFT = "Swift runtime and standard library"
# Third-party code in Swift's runtime: its license, the file with that license's text, and its folder in Swift's source.
EMBEDDED = {
    "LLVM (in Swift's runtime)": ("Apache-2.0 WITH LLVM-exception", "LLVM-exception.txt", "stdlib/include/llvm"),
    "Unicode Character Database (in Swift's standard library)":
        ("Unicode-3.0", "Unicode-3.0.txt", "stdlib/public/stubs/Unicode"),
}


@dataclasses.dataclass
class Component:
    """One component: where its source is, and the checksums of its archives that are linked."""

    name: str
    # None for a part that has no version of its own here.
    version: str | None
    license: str
    url: str
    purl: str
    text: str
    # SHA-256 by name; of a source package, of its .dsc.
    checksums: dict = dataclasses.field(default_factory=dict)
    # How the package contains it, and the component that it is part of.
    relationship: str = "STATIC_LINK"
    part_of: str | None = None
    # The changes to its source, as paths in this repository.
    patches: list = dataclasses.field(default_factory=list)


def read(path, component, remedy):
    """A license text; SystemExit if it is missing."""
    try:
        text = pathlib.Path(path).read_bytes().decode("utf-8", "replace")
    except OSError:
        text = ""
    if not text.strip():
        raise SystemExit(f"package: the license text of {component} is missing: {path}. {remedy}")
    return "\n".join(line.rstrip() for line in text.strip("\n").splitlines()) + "\n"


def sha256(path):
    return hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()


def linked_files(log):
    """The archives, and the objects outside archives, that the linker's trace names."""
    found = (re.match(r"\(?(/.+?\.(?:a|o))(?:\)|\(|$)", line) for line in pathlib.Path(log).read_text().splitlines())
    return sorted({match[1] for match in found if match})


def source_url(distribution, source, version):
    """Where a version of a source package is kept for good."""
    if distribution[0] == "ubuntu":
        return f"https://launchpad.net/ubuntu/+source/{source}/{version}"
    return f"https://snapshot.debian.org/package/{source}/{version}/"


def source_purl(distribution, source, version):
    name, release = distribution
    escaped = version.replace("+", "%2B").replace("~", "%7E").replace(":", "%3A")
    return f"pkg:deb/{name}/{source}@{escaped}?arch=source" + (f"&distro={release}" if release else "")


@dataclasses.dataclass
class System:
    """A Debian or Ubuntu: this machine's, or the root of another architecture that a cross build links."""

    root: pathlib.Path = pathlib.Path("/")

    def distribution(self):
        """The id of this system, such as debian or ubuntu, and the name of its release."""
        text = (self.root / "etc/os-release").read_text()
        words = dict(re.findall(r'^(\w+)="?([^"\n]*)"?$', text, re.M))
        return words.get("ID", "debian"), words.get("VERSION_CODENAME", "")

    def query(self, *arguments):
        """What dpkg-query says; None if it knows nothing."""
        asked = subprocess.run(
            ["dpkg-query", f"--admindir={self.root / 'var/lib/dpkg'}", *arguments], capture_output=True, text=True)
        return asked.stdout if asked.returncode == 0 else None

    def owner(self, path):
        """The package that a file belongs to."""
        for each in (os.path.realpath(path), path):
            if pathlib.Path(each).is_relative_to(self.root):
                found = self.query("--search", f"/{pathlib.Path(each).relative_to(self.root)}")
                if found:
                    return found.partition(": ")[0].split(",")[0]
        return None

    def component(self, package, remedy):
        """The component that a package belongs to."""
        found = self.query("--show", "--showformat", "${source:Package} ${source:Version}", package)
        if found is None:
            raise SystemExit(f"package: {package} is not installed. Run: apt-get install {package}")
        source, version = found.split()
        kind = re.sub(r"-\d+$", "", source)
        if kind not in SYSTEM:
            raise SystemExit(f"package: {source} has no license in scripts/components.py. {remedy}")
        license, common = SYSTEM[kind]
        binary = package.partition(":")[0]
        again = f"Run: apt-get install --reinstall {binary}"
        text = read(self.root / f"usr/share/doc/{binary}/copyright", source, again)
        for each in common:
            file = self.root / "usr/share/common-licenses" / each
            text += f"\n{each}:\n\n" + read(file, source, "Run: apt-get install --reinstall base-files")
        url, purl = (name(self.distribution(), source, version) for name in (source_url, source_purl))
        return Component(NAMES.get(kind, kind), version, license, url, purl, text)


# This machine's own.
HOST = System()


def static_components(libraries):
    """The libraries that were built from source, by their names."""
    found = {}
    for line in (libraries / "sources").read_text().splitlines():
        source, version, checksum, file = line.split()
        text = read(libraries / "licenses" / source, source, "Run: make clean && make package")
        url, purl = (name(PINNED, source, version) for name in (source_url, source_purl))
        patches = (libraries / "patches").read_text().split() if source == "curl" else []
        found[source] = Component(source, version, STATIC[source], url, purl, text, {file: checksum}, patches=patches)
    return found


@dataclasses.dataclass
class Toolchain:
    """The Swift toolchain that links: its `usr` folder, its version, and the tag or commit of Swift's source."""

    root: pathlib.Path
    version: str
    source: str

    @classmethod
    def described(cls, text):
        """From what `swift -print-target-info` prints: the command's own path may be a link or swiftly's proxy."""
        try:
            info = json.loads(text)
            resources = pathlib.Path(info["paths"]["runtimeResourcePath"])
            version, details = re.search(r"Swift version (\S+) \((.+)\)", info["compilerVersion"]).groups()
        except (ValueError, KeyError, TypeError, AttributeError):
            raise SystemExit(
                "package: this toolchain doesn't say where it is and which version it has. Run: swift -print-target-info"
            ) from None
        # A release has its tag there; a development snapshot has the commits of LLVM and of Swift.
        commit = re.search(r"\bSwift (\w+)", details)
        source = info.get("swiftCompilerTag") or (commit[1] if commit else details.split(",")[0])
        return cls(resources.resolve().parents[1], version, source)

    def owns(self, path):
        """Whether a file is the toolchain's. Its root may be /usr, so not every file below that is."""
        if not path.is_relative_to(self.root / "lib"):
            return False
        top, *below = path.relative_to(self.root / "lib").parts
        return bool(below) and (top == "clang" or top.startswith("swift"))

    def license(self):
        """The license's text, from the first of its usual places."""
        places = [
            self.root / "share/swift/LICENSE.txt", self.root / "share/doc/swift/LICENSE.txt",
            self.root.parent / "LICENSE.txt"]
        place = next((each for each in places if each.is_file()), places[0])
        return read(place, "Swift", "Install the whole toolchain, from https://www.swift.org/install/")


def swift_toolchain(command=("swift",)):
    asked = subprocess.run([*command, "-print-target-info"], capture_output=True, text=True)
    return Toolchain.described(asked.stdout)


def cross_compiler(folder):
    """The command that compiles for arm64, of the folder that cross_toolchain.py prints."""
    root = folder / cross_toolchain.ROOT
    return [
        folder / "bin/swiftc", "-target", cross_toolchain.TRIPLE, "-sdk", root, "-resource-dir", root / "usr/lib/swift_static"]


def swift_components(toolchain, text=None):
    """The toolchain's runtime and standard library, and what they embed; with the license's text, or else its own."""
    url = f"https://github.com/swiftlang/swift/tree/{toolchain.source}"
    purl = f"pkg:github/swiftlang/swift@{toolchain.source}"
    found = {"swift": Component(
        SWIFT, toolchain.version, "Apache-2.0 WITH Swift-exception", url, purl, text or toolchain.license())}
    for name, (license, file, folder) in EMBEDDED.items():
        found[name] = Component(
            name, None, license, url, f"{purl}#{folder}",
            read(TEXTS / file, name, "Run: git checkout scripts/licenses"), relationship="CONTAINS", part_of=SWIFT)
    return found


def components(log, libraries, build, cross=None):
    """Every component of an executable: the linker's log, the static libraries' folder, and the build's own folder; and
    for a cross build, the folder that cross_toolchain.py prints."""
    libraries = pathlib.Path(libraries).resolve()
    toolchain = swift_toolchain()
    static, linked, swift, system = static_components(libraries), HOST, swift_components(toolchain), {}
    if cross is not None:
        cross = pathlib.Path(cross).resolve()
        # Debian packages the same license without its exception.
        text, toolchain = toolchain.license(), swift_toolchain(cross_compiler(cross))
        linked, swift = System(cross / cross_toolchain.ROOT), swift_components(toolchain, text)
    for file in linked_files(log):
        # The checkout, the toolchain and /lib may be reached through links.
        path = pathlib.Path(file).resolve()
        if path.is_relative_to(pathlib.Path(build).resolve() / "swift"):
            continue
        if path.is_relative_to(libraries):
            component = static[ARCHIVES[path.name]]
        elif toolchain.owns(path):
            component = swift["swift"]
        else:
            package = linked.owner(file)
            remedy = f"It is linked, as {file}: add it there."
            if package is None:
                raise SystemExit(f"package: {file} is linked and belongs to no package. Add it to scripts/components.py")
            found = linked.component(package, remedy)
            component = system.setdefault(found.name, found)
        component.checksums[pathlib.Path(file).name] = sha256(path)
    roots = HOST.component("ca-certificates", "Its certificates are packaged: add it there.")
    roots.relationship = "CONTAINS"
    return [*sorted(static.values(), key=lambda each: each.name), *(system[name] for name in sorted(system)), roots,
            *swift.values()]
