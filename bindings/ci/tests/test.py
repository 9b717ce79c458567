"""Runs what is in bindings/ci and .pre-commit-hooks.yaml in repositories of its own: test.py WEIR"""

import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

import yaml

import runner

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


def examples(page):
    """The YAML of a page."""
    return re.findall(r"^```yaml\n(.*?)^```", (PROJECT / page).read_text(), re.DOTALL | re.MULTILINE)


class Pages(unittest.TestCase):
    def expect_valid(self, text, *schema):
        with tempfile.NamedTemporaryFile("w", suffix=".yml") as file:
            file.write(text)
            file.flush()
            ran = run(PYTHON / "check-jsonschema", *schema, file.name)
            self.assertEqual(ran.returncode, 0, ran.stdout)

    def test_the_examples_are_what_the_schemas_say(self):
        workflow, job = examples("docs/integrations/ci.md")
        self.expect_valid(workflow, "--builtin-schema", "vendor.github-workflows")
        self.expect_valid(job, "--builtin-schema", "vendor.gitlab-ci")
        inputs = yaml.safe_load(workflow)["jobs"]["secrets"]["steps"][-1]["with"]
        self.assertLessEqual(set(inputs), set(yaml.safe_load(GITHUB.read_text())["inputs"]))
        (hooks,) = examples("docs/integrations/hooks.md")
        with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
            file.write(hooks)
            file.flush()
            ran = run(PYTHON / "pre-commit", "validate-config", file.name)
            self.assertEqual(ran.returncode, 0, ran.stdout)


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


class GitHub(Repositories):
    def act(self, **inputs):
        return runner.action(GITHUB, inputs, self.repository, self.work, self.environment)

    def test_it_is_what_the_schema_of_actions_says(self):
        ran = run(PYTHON / "check-jsonschema", "--builtin-schema", "vendor.github-actions", GITHUB)
        self.assertEqual(ran.returncode, 0, ran.stdout)

    def test_nothing_found_passes_and_the_report_is_uploaded(self):
        self.put("a.txt", "nothing\n")
        said, outputs, used = self.act()
        self.assertEqual(outputs, {"status": "0"})
        self.assertEqual([with_ for _, with_ in used], [{"sarif_file": "weir.sarif", "category": "weir"}])
        self.assertEqual(json.loads((self.repository / "weir.sarif").read_text())["runs"][0]["results"], [])

    def test_a_secret_fails_the_job_behind_the_upload(self):
        self.put("src/settings.env", f"key = {self.token}\n")
        with self.assertRaises(runner.Ended) as caught:
            self.act()
        self.assertEqual(caught.exception.status, 1)
        self.assertIn("secrets were found", caught.exception.said)
        report = (self.repository / "weir.sarif").read_text()
        self.assertIn('"uri":"src/settings.env"', report)
        self.assertNotIn(self.token, report + caught.exception.said)
        said, outputs, used = self.act(fail="false", upload="false")
        self.assertEqual((outputs, used), ({"status": "1"}, []))
        self.assertIn("src/settings.env:1:7", said)

    def test_options_are_words_and_no_script(self):
        self.put("a b.txt", f"key = {self.token}\n")
        self.git("add", ".")
        self.git("commit", "-q", "-m", "Add it")
        (self.repository / "a b.txt").unlink()
        _, outputs, _ = self.act(options="--git --max-findings 0", fail="false")
        self.assertEqual(outputs, {"status": "1"})
        with self.assertRaises(runner.Ended) as caught:
            self.act(options="; touch ran $(touch ran) `touch ran` *")
        self.assertEqual(caught.exception.status, 2)
        self.assertFalse((self.repository / "ran").exists())

    def test_a_scan_that_is_not_completed_fails_also_where_findings_do_not(self):
        with self.assertRaises(runner.Ended) as caught:
            self.act(options="none", fail="false")
        self.assertEqual(caught.exception.status, 2)
        self.assertIn("not completed", caught.exception.said)

    def test_a_package_is_unpacked_when_its_digest_is_right(self):
        self.without_weir()
        self.put("a.txt", f"key = {self.token}\n")
        with self.assertRaises(runner.Ended) as caught:
            self.act()
        self.assertIn("weir is not on PATH", caught.exception.said)
        for kind in ("tar", "deb"):
            with self.subTest(kind):
                archive, digest = self.package(kind)
                _, outputs, _ = self.act(archive=archive, sha256=digest, fail="false")
                self.assertEqual(outputs, {"status": "1"})
                for wrong in ("", "0" * 64, digest[:-1], digest.upper() if digest.upper() != digest else "x" * 64):
                    with self.assertRaises(runner.Ended):
                        self.act(archive=archive, sha256=wrong, fail="false")
        with self.assertRaises(runner.Ended):
            self.act(archive=f"file://{self.work}/none.deb", sha256="0" * 64)


class GitLab(Repositories):
    def act(self, **variables):
        return runner.job(GITLAB, "weir", variables, self.repository, self.environment)

    def report(self):
        return json.loads((self.repository / "gl-secret-detection-report.json").read_text())

    def test_it_is_what_the_schema_of_gitlab_says(self):
        ran = run(PYTHON / "check-jsonschema", "--builtin-schema", "vendor.gitlab-ci", GITLAB)
        self.assertEqual(ran.returncode, 0, ran.stdout)

    def test_nothing_found_passes_with_a_report(self):
        self.put("a.txt", "nothing\n")
        _, (kept,) = self.act()
        self.assertTrue(os.path.exists(kept))
        self.assertEqual(self.report()["vulnerabilities"], [])

    def test_a_secret_fails_the_job_and_is_in_the_report(self):
        self.put("src/settings.env", f"key = {self.token}\n")
        with self.assertRaises(runner.Ended) as caught:
            self.act()
        self.assertEqual(caught.exception.status, 1)
        (found,) = self.report()["vulnerabilities"]
        self.assertEqual(found["location"]["file"], "src/settings.env")
        self.assertEqual(self.report()["scan"]["type"], "secret_detection")
        self.assertNotIn(self.token, json.dumps(self.report()) + caught.exception.said)

    def test_the_history_is_looked_at_when_it_is_asked_for(self):
        self.put("a.txt", f"key = {self.token}\n")
        self.git("add", ".")
        self.git("commit", "-q", "-m", "Add it")
        (self.repository / "a.txt").unlink()
        with self.assertRaises(runner.Ended) as caught:
            self.act(WEIR_OPTIONS="--git")
        self.assertEqual(caught.exception.status, 1)
        self.assertEqual(len(self.report()["vulnerabilities"]), 1)

    def test_a_package_is_unpacked_when_its_digest_is_right(self):
        self.without_weir()
        self.put("a.txt", "nothing\n")
        with self.assertRaises(runner.Ended) as caught:
            self.act()
        self.assertIn("weir is not on PATH", caught.exception.said)
        for kind in ("tar", "deb"):
            with self.subTest(kind):
                archive, digest = self.package(kind)
                said, _ = self.act(WEIR_ARCHIVE=archive, WEIR_SHA256=digest)
                self.assertIn("0 findings", said)
                for wrong in ({}, {"WEIR_SHA256": "0" * 64}):
                    with self.assertRaises(runner.Ended):
                        self.act(WEIR_ARCHIVE=archive, **wrong)


class PreCommit(Repositories):
    def use(self, *identities):
        """The manifest, as a repository that pre-commit clones."""
        hooks = self.make("hooks")
        shutil.copy(MANIFEST, hooks)
        self.git("add", ".", at=hooks)
        self.git("commit", "-q", "-m", "Add it", at=hooks)
        revision = self.git("rev-parse", "HEAD", at=hooks).strip()
        ids = "".join(f"      - id: {identity}\n" for identity in identities)
        self.put(
            ".pre-commit-config.yaml", f"repos:\n  - repo: {hooks}\n    rev: {revision}\n    hooks:\n{ids}")
        self.git("add", ".pre-commit-config.yaml")
        self.pre_commit("install", status=0)

    def pre_commit(self, *words, status):
        ran = run(PYTHON / "pre-commit", *words, cwd=self.repository, env=self.environment)
        self.assertEqual(ran.returncode, status, ran.stdout)
        self.assertNotIn(self.token, ran.stdout)
        return ran.stdout

    def test_the_manifest_is_one(self):
        self.pre_commit("validate-manifest", str(MANIFEST), status=0)

    def test_a_staged_secret_is_refused_and_a_clean_commit_passes(self):
        self.use("weir")
        self.put("clean.txt", "nothing\n")
        self.git("add", ".")
        self.git("commit", "-m", "Add it")
        self.put("settings.env", f"key = {self.token}\n")
        self.git("add", ".")
        said = self.git("commit", "-m", "Add it", status=1)
        self.assertIn("settings.env:1:7: github.personal-token", said)
        # What is staged counts, and not the file.
        self.put("settings.env", "nothing\n")
        self.git("commit", "-m", "Add it", status=1)
        self.git("add", ".")
        self.git("commit", "-m", "Add it")

    def test_all_files_are_looked_at_where_nothing_is_staged(self):
        self.use("weir-files")
        self.put("-dash.env", "nothing\n")
        self.git("add", ".")
        self.git("commit", "-m", "Add it")
        self.put("settings.env", f"key = {self.token}\n")
        self.git("add", ".")
        self.git("commit", "--no-verify", "-m", "Add it")
        said = self.pre_commit("run", "--all-files", status=1)
        self.assertIn("settings.env:1:7: github.personal-token", said)


unittest.main(argv=sys.argv[:1])
