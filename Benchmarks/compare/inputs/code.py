"""Source code: of WEIR_CODE if that is given, else the project's own and what is found on the machine.

One tree of many files, and the same files one behind the other.
"""

import os
import pathlib
import random
import shutil
import sys
import sysconfig

import environment

SUFFIXES = {
    ".c", ".cc", ".cpp", ".css", ".go", ".h", ".hpp", ".java", ".js", ".json", ".kt", ".lua", ".m4", ".md", ".php", ".pl", ".pm",
    ".py", ".rb", ".rs", ".rst", ".sh", ".swift", ".swiftinterface", ".toml", ".ts", ".yaml", ".yml",
}
MOST_BYTES = 96 << 10


def _roots():
    if environment.CODE:
        return environment.CODE
    swift = shutil.which("swift")
    roots = [
        environment.PROJECT / "Sources", environment.PROJECT / "Tests", pathlib.Path(sysconfig.get_path("stdlib")), pathlib.Path("/usr/lib/python3"),
        pathlib.Path("/usr/include"), pathlib.Path("/usr/share"), pathlib.Path("/usr/lib"), pathlib.Path("/usr/local/lib"),
    ]
    if swift:
        roots.insert(4, pathlib.Path(swift).resolve().parents[1])
    return [root for root in roots if root.is_dir()]


def _files(root):
    """Source files below a root, none of them hidden, in the order of their names."""
    for folder, below, names in os.walk(root):
        folder = pathlib.Path(folder)
        below[:] = sorted(name for name in below if not name.startswith(".") and not (folder / name).is_symlink())
        for name in sorted(names):
            path = folder / name
            if path.suffix in SUFFIXES and not name.startswith(".") and not path.is_symlink():
                yield path


def write_tree(folder, most_files, most_bytes):
    """Copies files until one of the bounds is reached, the same share of each root; returns count, bytes and a sentence.

    A root with fewer files than its share leaves the rest to the others. Text only, for rg and grep stop at a NUL.
    """
    dice, seen, pools = random.Random(7), set(), {}
    for root in _roots():
        found = [path for path in _files(root) if path not in seen]
        seen.update(found)
        dice.shuffle(found)
        pools[root] = found
    count = size = 0
    taken = {root: 0 for root in pools}
    while any(pools.values()) and count < most_files and size < most_bytes:
        for root, pool in pools.items():
            if not pool or count >= most_files or size >= most_bytes:
                continue
            path = pool.pop()
            try:
                text = path.read_bytes()
            except OSError:
                continue
            if not 0 < len(text) <= MOST_BYTES or b"\0" in text:
                continue
            copy = folder / f"{count // 200:03}" / f"{count:05}{path.suffix}"
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(text)
            count, size, taken[root] = count + 1, size + len(text), taken[root] + 1
    what = "WEIR_CODE" if environment.CODE else "source files of this machine"
    parts = ", ".join(f"{number} of {_shown(root)}" for root, number in taken.items() if number)
    return count, size, f"{count} files, {size} bytes of {what}: {parts}"


def _shown(root):
    """A place without the name of a home."""
    if root.is_relative_to(environment.PROJECT):
        return str(root.relative_to(environment.PROJECT))
    if root == pathlib.Path(sysconfig.get_path("stdlib")):
        return f"Python {sys.version_info.major}.{sys.version_info.minor}'s library"
    swift = shutil.which("swift")
    if swift and root == pathlib.Path(swift).resolve().parents[1]:
        return "the Swift toolchain"
    return root.name if environment.CODE else str(root)


def join(folder, path):
    """The files of a tree one behind the other, in the order in which `weir scan` reads them."""
    with open(path, "wb") as joined:
        for file in sorted(folder.rglob("*.*")):
            with open(file, "rb") as part:
                shutil.copyfileobj(part, joined)
    return path
