"""Repositories for tests, and how programs are run in them."""

import hashlib
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

PROJECT = pathlib.Path(__file__).resolve().parents[3]
GITHUB = PROJECT / "bindings/ci/github/action.yml"
GITLAB = PROJECT / "bindings/ci/gitlab/weir.gitlab-ci.yml"
MANIFEST = PROJECT / ".pre-commit-hooks.yaml"
WEIR = pathlib.Path(sys.argv[1]).resolve()
PYTHON = pathlib.Path(sys.executable).parent


def run(*words, **more):
    return subprocess.run(
        words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **more)


def token():
    """Synthetic, made now."""
    words = [WEIR.parent / "sample", "--lines", "1", "--rule", "github.personal-token", PROJECT / "rules"]
    said = subprocess.run(words, check=True, capture_output=True).stdout.decode(errors="replace")
    return re.search(r"ghp_[0-9A-Za-z]{36}", said).group()


class Repositories(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.work = pathlib.Path(folder.name)
        self.bin = self.work / "bin"
        self.bin.mkdir()
        (self.bin / "weir").symlink_to(WEIR)
        self.environment = {
            "PATH": f"{self.bin}:/usr/bin:/bin", "HOME": str(self.work), "LC_ALL": "C.UTF-8",
            "GIT_CONFIG_NOSYSTEM": "1", "PRE_COMMIT_HOME": str(self.work / "pre-commit"),
            "GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@example.test",
            "GIT_COMMITTER_NAME": "Ada", "GIT_COMMITTER_EMAIL": "ada@example.test",
        }
        self.token = token()
        self.repository = self.make("repository")

    def make(self, name):
        path = self.work / name
        path.mkdir()
        self.git("init", "--quiet", "--initial-branch=main", at=path)
        return path

    def git(self, *words, at=None, status=0):
        ran = run("git", *words, cwd=at or self.repository, env=self.environment)
        self.assertEqual(ran.returncode, status, ran.stdout)
        self.assertNotIn(self.token, ran.stdout)
        return ran.stdout

    def put(self, name, text):
        path = self.repository / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def package(self, kind):
        """A package as `make dist` lays it out, where curl finds it, and its digest."""
        prefix = self.work / f"{kind}/weir-0-linux"
        if kind == "deb":
            (prefix / "DEBIAN").mkdir(parents=True)
            (prefix / "DEBIAN/control").write_text(
                "Package: weir\nVersion: 0\nArchitecture: all\nMaintainer: Ada <ada@example.test>\nDescription: x\n")
            place = prefix / "usr/bin"
        else:
            place = prefix / "bin"
        place.mkdir(parents=True)
        shutil.copy(WEIR, place / "weir")
        if kind == "deb":
            path = self.work / "weir_0_all.deb"
            subprocess.run(["dpkg-deb", "-Znone", "--build", prefix, path], check=True, capture_output=True)
        else:
            path = self.work / "weir-0-linux.tar.xz"
            subprocess.run(["tar", "-C", prefix.parent, "-I", "xz -0", "-cf", path, prefix.name], check=True)
        return f"file://{path}", hashlib.sha256(path.read_bytes()).hexdigest()

    def without_weir(self):
        (self.bin / "weir").unlink()
