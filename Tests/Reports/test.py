"""Reports of hostile inputs, validated by schemas and read by other programs: test.py WEIR RULES-FOLDER"""

import base64
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

import hostile
import readers

WEIR = pathlib.Path(sys.argv[1])
RULES = sys.argv[2]
TOKENS = hostile.Tokens(WEIR.parent / "sample", RULES)


class Reports(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.path = pathlib.Path(self.folder.name)

    def scan(self, *words, code, text=None):
        """The reports of one run, by format, and what jsonl says of places."""
        to = self.path / "reports"
        to.mkdir()
        options = [word for name in readers.READERS for word in ("--report", f"{name}={to / name}")]
        ran = subprocess.run(
            [WEIR, "scan", "--quiet", *options, *words], input=text, capture_output=True, cwd=self.path)
        self.assertEqual(ran.returncode, code, ran.stderr)
        reports = {name: (to / name).read_bytes() for name in readers.READERS}
        for name, report in {**reports, "text": ran.stdout, "errors": ran.stderr}.items():
            for token in TOKENS.all:
                for secret in (token, token[4:], base64.b64encode(token)[:-4]):
                    self.assertNotIn(secret, report, f"{name} tells a secret")
            self.assertFalse(set(report) & set(range(0x20)) - {0x0A, 0x0D}, f"{name} has control bytes")
        return reports

    def expect_all(self, reports, count):
        places = readers.read_jsonl(reports["jsonl"])
        self.assertEqual(len(places), count)
        for name, read in readers.READERS.items():
            with self.subTest(name):
                self.assertEqual(sorted(read(reports[name])), sorted(places))

    def test_files_with_hostile_names_and_lines(self):
        (self.path / "tree").mkdir()
        count = hostile.tree(self.path / "tree", TOKENS)
        self.expect_all(self.scan("tree", code=1), count)

    def test_names_from_here_that_look_like_formulas(self):
        count = hostile.tree(self.path, TOKENS)
        names = [f"./{name}" if name[0] == "-" else name for name in ("=cmd|'calc'!A1.env", "+1.env", "-1.env", "@SUM(1).env")]
        self.assertLess(len(names), count)
        reports = self.scan(*names, code=1)
        self.expect_all(reports, len(names))
        self.assertIn(b"\"'=cmd|'calc'!A1.env\"", reports["csv"])

    def test_absolute_names(self):
        (self.path / "tree").mkdir()
        count = hostile.tree(self.path / "tree", TOKENS)
        reports = self.scan(str(self.path / "tree"), code=1)
        self.expect_all(reports, count)
        self.assertIn(b'"uri":"file:///', reports["sarif"])

    def test_a_history_with_hostile_names_and_authors(self):
        count = hostile.history(self.path / "repository", TOKENS)
        reports = self.scan("--git", "repository", code=1)
        self.expect_all(reports, count)
        self.assertIn(b"'=1+1", reports["csv"])

    def test_fingerprints_of_a_key(self):
        (self.path / "tree").mkdir()
        count = hostile.tree(self.path / "tree", TOKENS)
        (self.path / "key").write_bytes(bytes(range(32)))
        reports = self.scan("--key", "key", "tree", code=1)
        self.expect_all(reports, count)
        self.assertIn(b"secret/v1", reports["sarif"])

    def test_standard_input(self):
        self.expect_all(self.scan(code=1, text=b"\xff\n" + TOKENS.next()), 1)

    def test_what_is_encoded(self):
        text = b"first\nvalue: " + base64.b64encode(b"token=" + TOKENS.next() + b";") + b"\n"
        self.expect_all(self.scan(code=1, text=text), 1)

    def test_nothing_found(self):
        self.expect_all(self.scan(code=0, text=b"nothing\n"), 0)

    def test_a_run_that_was_not_completed(self):
        reports = self.scan("none", code=2)
        self.expect_all(reports, 0)
        self.assertEqual(json.loads(reports["gitlab"])["scan"]["status"], "failure")

    def test_the_validators_notice_what_is_wrong(self):
        reports = self.scan(code=1, text=TOKENS.next())
        for path, value in [
            (["runs", 0, "results", 0, "level"], "loud"),
            (["runs", 0, "results", 0, "locations", 0, "physicalLocation", "region", "startLine"], 0),
            (["runs", 0, "results", 0, "locations", 0, "physicalLocation", "artifactLocation", "uri"], "a b\n"),
            (["runs", 0, "results", 0, "unknown"], 1),
        ]:
            with self.subTest(path):
                self.expect_refused(readers.read_sarif, reports["sarif"], path, value)
        for path, value in [
            (["vulnerabilities", 0, "severity"], "critical"),
            (["vulnerabilities", 0, "location"], {}),
            (["scan", "start_time"], "2026-11-22T06:30:00Z"),
        ]:
            with self.subTest(path):
                self.expect_refused(readers.read_gitlab, reports["gitlab"], path, value)

    def expect_refused(self, read, report, path, value):
        document = part = json.loads(report)
        for step in path[:-1]:
            part = part[step]
        part[path[-1]] = value
        with self.assertRaises(Exception):
            read(json.dumps(document).encode())


unittest.main(argv=sys.argv[:1])
