"""Where things are: the command, what is made of it, and the daemons that `scripts/bootstrap --daemons` unpacked."""

import os
import pathlib
import re
import sys
import zipfile

PROJECT = pathlib.Path(__file__).resolve().parents[3]
WEIR = pathlib.Path(os.environ.get("WEIR_COMMAND", PROJECT / ".build/release/weir"))
CORPUS = WEIR.parent / "corpus"
DAEMONS = pathlib.Path(os.environ.get("WEIR_DAEMONS", PROJECT / ".build/daemons"))


def stop_with(sentence):
    print(f"check-daemons: {sentence}", file=sys.stderr)
    sys.exit(2)


def need_tools():
    for tool in (WEIR, CORPUS):
        if not os.access(tool, os.X_OK):
            stop_with(f"no {tool}; run 'make build-corpus'")


class Package:
    """A Debian package with all it needs, unpacked and not installed; or, where it is not, the machine's own."""

    def __init__(self, name):
        self.name = name
        self.root = DAEMONS / name / "root"
        if not self.root.is_dir():
            self.root = pathlib.Path("/")

    def path(self, path):
        """A file of the package by its path once installed."""
        found = self.root / path.lstrip("/")
        if not found.exists():
            stop_with(f"no {path} of {self.name}; run 'scripts/bootstrap --daemons'")
        return found

    def environment(self, **more):
        """A clean environment in which its programs find their libraries."""
        base = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C", "TZ": "UTC", **more}
        if self.root != pathlib.Path("/"):
            folders = sorted({str(path.parent) for path in self.root.rglob("*.so*")})
            base["LD_LIBRARY_PATH"] = ":".join(folders)
        return base


def unpack_wheel(folder):
    """Puts the wheel for Python into a folder for PYTHONPATH."""
    wheels = sorted((PROJECT / ".build/wheel").glob("weir-*.whl"))
    if not wheels:
        stop_with("no wheel; run 'make wheel'")
    with zipfile.ZipFile(wheels[-1]) as wheel:
        wheel.extractall(folder)


def shipped(folder, file, replacements):
    """A shipped configuration with other paths: what stands in it is what runs.

    Its README must begin with lines of it, so that what readers copy is what is tested.
    """
    text = (folder / file).read_text()
    readme = (folder / "README.md").read_text()
    blocks = [body for kind, body in re.findall(r"^```(\w*)\n(.*?)^```", readme, re.MULTILINE | re.DOTALL) if kind != "sh"]
    if not blocks:
        stop_with(f"{folder.name}/README.md shows no configuration")
    if not any(blocks[0] in path.read_text() for path in folder.glob("*.conf")):
        stop_with(f"{folder.name}/README.md begins with lines that stand in none of its configurations")
    for old, new in replacements.items():
        if old not in text:
            stop_with(f"{folder.name}/{file} does not say {old}")
        text = text.replace(old, str(new))
    return text
