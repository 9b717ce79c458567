"""What of others is linked into what ships: `components.toml`, with the versions and licences of this build."""

import dataclasses
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tomllib

PROJECT = pathlib.Path(__file__).resolve().parents[1]
COMMON_LICENCES = pathlib.Path("/usr/share/common-licenses")


def stop_with(sentence):
    print(f"dist: {sentence}", file=sys.stderr)
    sys.exit(1)


def said_by(*words):
    ran = subprocess.run(words, capture_output=True, text=True)
    if ran.returncode != 0:
        stop_with(f"{' '.join(words)}: {ran.stderr.strip() or 'failed'}")
    return ran.stdout.strip()


@dataclasses.dataclass
class Component:
    name: str
    version: str
    licence: str
    """An expression of SPDX."""
    homepage: str
    locator: str
    """A package URL."""
    notice: str
    """Its copyright and licence, whole."""
    is_in_library: bool


def components(build, command):
    """All of them, by name. `build` is .build, `command` the command with its symbols."""
    stated = tomllib.loads((PROJECT / "packaging/components.toml").read_text())
    told = stated["component"]
    pins = {pin["identity"]: pin for pin in json.loads((PROJECT / "Package.resolved").read_text())["pins"]}
    archives = {path.name for path in (build / "archives").glob("*.a")}
    for kind, there, named in (
        ("archive", archives, {one["archive"] for one in told if "archive" in one}),
        ("checkout", set(pins), {one["checkout"] for one in told + stated["absent"] if "checkout" in one}),
    ):
        if there != named:
            stop_with(f"packaging/components.toml and the build differ in {kind}: {' '.join(sorted(there ^ named))}")
    symbols = said_by("nm", str(command))
    for one in told + stated["absent"]:
        is_there = re.search(one["symbol"], symbols, re.MULTILINE) is not None
        if is_there == (one in stated["absent"]):
            name = one.get("name", one.get("checkout"))
            stop_with(f"the command {'holds' if is_there else 'lacks'} {name}, unlike packaging/components.toml says")
    return sorted((resolved(one, pins, build) for one in told), key=lambda component: component.name.lower())


def resolved(stated, pins, build):
    if "archive" in stated:
        version, homepage, locator, notice = of_debian((build / "archives" / stated["archive"]).resolve())
    elif "checkout" in stated:
        version, homepage, locator, notice = of_checkout(pins[stated["checkout"]], build / "checkouts")
    elif "header" in stated:
        version, homepage, locator, notice = of_header(stated, build / "checkouts")
    else:
        version, homepage, locator, notice = of_toolchain(stated)
    return Component(
        stated["name"], version, stated["licence"], homepage, locator, notice, stated.get("library", False))


def of_debian(archive):
    package = said_by("dpkg-query", "-S", str(archive)).split(": ")[0]
    version, homepage = said_by("dpkg-query", "-W", "-f", "${Version}\n${Homepage}", package).split("\n")
    name = package.split(":")[0]
    release = dict(
        line.split("=", 1) for line in pathlib.Path("/etc/os-release").read_text().splitlines() if "=" in line)
    locator = f"pkg:deb/{release['ID']}/{name.replace('+', '%2B')}@{version.replace('+', '%2B')}"
    notice = pathlib.Path(f"/usr/share/doc/{name}/copyright").read_text(errors="replace")
    architecture = said_by("dpkg", "--print-architecture")
    return version, homepage, f"{locator}?arch={architecture}", notice


def of_checkout(pin, checkouts):
    folder = checkouts / pin["location"].removesuffix(".git").rsplit("/", 1)[1]
    texts = [path.read_text() for name in ("LICENSE*", "NOTICE*") for path in sorted(folder.glob(name))]
    if not texts:
        stop_with(f"no licence in {folder}; run 'make build'")
    version = pin["state"]["version"]
    place = pin["location"].removeprefix("https://").removesuffix(".git")
    return version, pin["location"], f"pkg:swift/{place}@{version}", "\n".join(texts)


def of_header(stated, checkouts):
    path = checkouts / stated["header"]
    head = path.read_text()
    version = ".".join(re.findall(r"#define " + stated["version"], head))
    lines = [line for line in head.split("#ifndef", 1)[0].splitlines() if line.startswith("//")]
    words = [line.removeprefix("//").strip(" -*") for line in lines]
    notice = "\n".join(words).strip()
    if not version or "Permission is hereby granted" not in notice:
        stop_with(f"{path} does not begin as packaging/components.toml says")
    locator = stated["homepage"].replace("https://github.com", "pkg:github")
    return version, stated["homepage"], f"{locator}@v{version}", notice


def of_toolchain(stated):
    said = said_by("swift", "--version")
    version = re.search(r"swift-(\d+(?:\.\d+)*)-RELEASE", said) or re.search(r"Swift version (\S+)", said)
    compiler = pathlib.Path(shutil.which("swiftc")).resolve()
    licence = compiler.parents[1] / "share/swift/LICENSE.txt"
    if not version or not licence.is_file():
        stop_with(f"no licence or version of the Swift toolchain at {compiler.parents[1]}; is it whole?")
    version = version.group(1)
    locator = stated["homepage"].replace("https://github.com", "pkg:github")
    notice = f"Of the Swift toolchain: {stated['toolchain']}.\n\n{licence.read_text()}"
    return version, stated["homepage"], f"{locator}@swift-{version}-RELEASE", notice
