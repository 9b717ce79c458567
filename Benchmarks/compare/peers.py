"""The other scanners: how each is called, always without asking the network, and how its findings are read.

A reading turns what a peer printed into line numbers; what it says about the secrets themselves is dropped there.
"""

import dataclasses
import json
import os
import shutil
import subprocess
import sys
import typing

import child
from environment import KEPT, WEIR

REQUIREMENTS = os.path.join(os.path.dirname(__file__), "requirements.txt")


@dataclasses.dataclass
class Peer:
    name: str
    path: str
    version: str
    scan: typing.Callable                    # path -> arguments for a file or a tree
    standard_input: list | None              # arguments, or nothing if it reads none
    read: typing.Callable                    # what it printed -> line numbers
    exits: tuple = (0,)
    one_thread: list = dataclasses.field(default_factory=list)
    from_folder: bool = False                # called from the folder of the input
    live: list | None = None                 # arguments that print findings as they come, where it takes others
    is_slow: bool = False                    # under 5 MB a second: gets a small prefix

    def argv(self, path, one_thread=True):
        return [self.path, *self.scan(path), *(self.one_thread if one_thread else [])]

    def folder(self, path):
        return path.parent if self.from_folder else None

    def lines_found(self, path, **options):
        """One run on a file, and the lines of its findings."""
        sample = child.run(self.argv(path), keep=True, folder=self.folder(path), **options)
        return sample, self._read(sample, path)

    def lines_found_in_stream(self, path, **options):
        sample = child.run([self.path, *self.standard_input, *self.one_thread], path, keep=True, **options)
        return sample, self._read(sample, path)

    def _read(self, sample, path):
        if sample.exit not in self.exits:
            return None
        saved = path.with_name(path.name + ".report")
        try:
            return list(self.read(saved.read_bytes() if saved.exists() else sample.output))
        finally:
            saved.unlink(missing_ok=True)


def _json_lines(text):
    return (json.loads(line) for line in text.splitlines() if line.startswith(b"{"))


def read_weir(text):
    return (finding["line"] for finding in _json_lines(text))


def read_kingfisher(text):
    return (entry["finding"]["line"] for entry in _json_lines(text) if "finding" in entry)


def read_detect_secrets(text):
    return (finding["line_number"] for findings in json.loads(text)["results"].values() for finding in findings)


def read_credsweeper(text):
    return (finding["line_data_list"][0]["line_num"] for finding in json.loads(text))


def read_gitleaks(text):
    return (finding["StartLine"] for finding in json.loads(text or b"[]") or [])


def read_trufflehog(text):
    for entry in _json_lines(text):
        if "SourceMetadata" in entry:
            data = next(iter(entry["SourceMetadata"]["Data"].values()))
            yield data.get("line", 0)


def kingfisher_bytes(text):
    """How many bytes it says it scanned."""
    return sum(
        repository["stats"]["bytes_scanned"] for entry in _json_lines(text) if "audit" in entry
        for repository in entry["audit"]["repositories"])


def _first_line(argv):
    done = subprocess.run(argv, capture_output=True, text=True)
    return ((done.stdout or done.stderr).strip().splitlines() or ["unknown"])[0]


def _kingfisher_path(commands):
    """The program itself: the command that pip makes starts Python before it."""
    return next(commands.parent.glob("lib/python*/site-packages/kingfisher/bin/kingfisher"), commands / "kingfisher")


def _installed():
    """The folder of the commands of PyPI's peers, installed if they are not; and what went wrong."""
    venv = KEPT / "peers"
    pinned = open(REQUIREMENTS).read()
    mark = venv / "installed"
    if not mark.exists() or mark.read_text() != pinned:
        print(f"compare: installing the peers of {os.path.basename(REQUIREMENTS)}", file=sys.stderr)
        KEPT.mkdir(parents=True, exist_ok=True)
        for argv in ([sys.executable, "-m", "venv", "--clear", venv], [venv / "bin/pip", "install", "--quiet", "-r", REQUIREMENTS]):
            done = subprocess.run(argv, capture_output=True, text=True)
            if done.returncode:
                return venv / "bin", (done.stderr or done.stdout).strip().splitlines()[-1][:200]
        mark.write_text(pinned)
    return venv / "bin", None


def weir():
    return Peer(
        "weir", WEIR, _first_line([WEIR, "--version"]), lambda path: ["scan", "--quiet", "--format", "jsonl", path],
        ["scan", "--quiet", "--format", "jsonl"], read_weir, (0, 1), ["--threads", "1"])


def found():
    """The peers that are to be had, and a sentence for each that is not."""
    # Its compiled rules are kept beside it, not in the home of whoever runs this.
    os.environ["KF_RULE_CACHE_DIR"] = str(KEPT / "kingfisher-rules")
    commands, trouble = _installed()
    quiet_scan = ["scan", "--no-validate", "--no-update-check", "-q", "-f", "jsonl"]
    go = ["--no-banner", "-l", "error", "--redact", "--exit-code", "0", "-f", "json", "-r", "-"]
    go_live = ["stdin", "--no-banner", "-l", "error", "--redact", "--exit-code", "0", "-v"]
    truffle = ["--json", "--no-verification", "--no-update", "--results=verified,unknown,unverified"]
    known = {
        "kingfisher": dict(
            path=_kingfisher_path(commands), version=["--version"], scan=lambda path: [*quiet_scan, path],
            standard_input=[*quiet_scan, "-"], read=read_kingfisher, exits=(0, 200, 205), one_thread=["-j1"]),
        "betterleaks": dict(
            version=["version"], scan=lambda path: ["dir", *go, path], standard_input=["stdin", *go], live=go_live, read=read_gitleaks),
        "gitleaks": dict(
            version=["version"], scan=lambda path: ["dir", *go, path], standard_input=["stdin", *go], live=go_live, read=read_gitleaks, is_slow=True),
        "trufflehog": dict(
            version=["--version"], scan=lambda path: ["filesystem", *truffle, path], standard_input=["stdin", *truffle],
            read=read_trufflehog, one_thread=["--concurrency=1"], is_slow=True),
        "detect-secrets": dict(
            path=commands / "detect-secrets", version=["--version"], scan=lambda path: ["scan", "-n", "--all-files", path.name],
            standard_input=None, read=read_detect_secrets, from_folder=True, is_slow=True),
        "credsweeper": dict(
            path=commands / "credsweeper", version=["--version"],
            scan=lambda path: ["--path", path, "--no-stdout", "--hashed", "--save-json", path.with_name(path.name + ".report")],
            standard_input=None, read=read_credsweeper, is_slow=True),
    }
    here, absent = [], []
    for name, facts in known.items():
        path = facts.pop("path", None)
        if path is None and not (path := shutil.which(name)):
            absent.append(f"{name}: not on the PATH, and in no registry that is asked")
        elif not os.access(path, os.X_OK):
            absent.append(f"{name}: not installed: {trouble}")
        else:
            here.append(Peer(name, str(path), **facts | {"version": _first_line([path, *facts["version"]])}))
    return here, absent
