"""The hooks for pre-commit, run by the real one."""

import shutil

from repositories import MANIFEST, PYTHON, Repositories, run


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
