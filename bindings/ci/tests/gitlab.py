"""The job for GitLab, its own lines as a runner runs them."""

import json
import os

import runner
from repositories import GITLAB, PYTHON, Repositories, run


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
