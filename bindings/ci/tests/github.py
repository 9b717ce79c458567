"""The action for GitHub, its own lines as a runner runs them."""

import json

import runner
from repositories import GITHUB, PYTHON, Repositories, run


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
