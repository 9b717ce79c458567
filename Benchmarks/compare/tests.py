#!/usr/bin/env python3
"""What the benchmark would say wrongly, were it wrong: verdicts, pairs, hits, seams, readings. Nothing is timed."""

import contextlib
import io
import json
import pathlib
import tempfile
import unittest

import child
import peers
from environment import WEIR
from inputs import clean_logs, planted, specimens
from judged import FIGURES, Judged
from measures import recall, seams
from rounds import Rounds, Row


class VerdictTests(unittest.TestCase):
    def verdicts(self, judged):
        return {figure.key: row[-1] for figure, row in zip(FIGURES, judged.rows())}

    def test_a_figure_at_its_bound_is_met_and_one_past_it_is_not(self):
        for figure in FIGURES:
            worse = figure.asked * (1.01 if figure.is_most else 0.99)
            for value, met in ((figure.asked, True), (worse, False)):
                judged = Judged()
                judged.value(figure.key, value)
                self.assertEqual(self.verdicts(judged)[figure.key].startswith("met"), met, figure.key)

    def test_what_was_not_measured_is_not_met(self):
        self.assertEqual(set(self.verdicts(Judged()).values()), {"NOT MEASURED"})

    def test_an_aim_is_told_apart_from_what_is_asked(self):
        judged = Judged()
        judged.ratio("pipe-cat", [0.6, 0.8, 3])
        self.assertEqual(self.verdicts(judged)["pipe-cat"], "met; aim missed")
        judged.ratio("two-cores", [1.7], aim=1.6)
        self.assertEqual(self.verdicts(judged)["two-cores"], "met, aim too")


class RoundTests(unittest.TestCase):
    def test_ratios_are_of_the_same_round_and_the_first_round_does_not_count(self):
        clocks = {"one": iter([100, 1, 2, 9]), "two": iter([100, 2, 8, 9])}
        rows = [Row(name, [], function=lambda clock=clock: child.Sample(0, next(clock), 0, 0, 0)) for name, clock in clocks.items()]
        rows[1].most_rounds = 2
        self.assertEqual(Rounds(rows, 3).ratios("one", "two"), [0.5, 0.25])


class ChildTests(unittest.TestCase):
    def test_what_takes_too_long_is_ended_and_has_no_exit_code(self):
        sample = child.run(["sleep", "20"], limit_s=0.2)
        self.assertIsNone(sample.exit)
        self.assertLess(sample.wall, 10)

    def test_a_run_that_goes_wrong_ends_the_benchmark(self):
        with self.assertRaises(SystemExit):
            Row("false", ["false"]).run()


class InputTests(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.clean = self.folder / "clean"
        clean_logs.write(self.clean, 2)

    def test_the_manifest_names_what_weir_finds_to_the_byte(self):
        path = self.folder / "planted"
        manifest = planted.write(path, self.clean, each=2)
        self.assertEqual(len(manifest), 2 * len(specimens.KINDS) * len(specimens.DRESSES))
        output = child.run([WEIR, "scan", "--quiet", "--format", "jsonl", path], keep=True).output
        found = {(finding["start"], finding["end"]): finding["line"] for finding in map(json.loads, output.splitlines())}
        for one in manifest:
            line = found.get((one.start, one.end))
            self.assertIsNotNone(line, f"{one.kind} in {one.dress}")
            self.assertTrue(one.first_line <= line <= one.last_line, f"{one.kind} in {one.dress}")

    def test_every_credential_of_the_seams_lies_across_one(self):
        path = self.folder / "seams"
        count = seams.write_seams(path, self.clean.read_bytes(), 2)
        text, place, crossing = path.read_bytes(), 0, 0
        for line in text.splitlines(keepends=True):
            if line.startswith(b"config loaded"):
                start, end = place + line.index(b"'") + 1, place + line.rindex(b"'")
                crossing += any(start // step != (end - 1) // step for step in seams.STEPS)
            place += len(line)
        self.assertGreater(count, 15)
        self.assertEqual(crossing, count)


class ReadingTests(unittest.TestCase):
    manifest = [planted.Planted("", "", 10, 10, 0, 1), planted.Planted("", "", 20, 25, 2, 3)]

    def test_a_finding_beside_a_credential_is_none_of_it(self):
        self.assertEqual(recall.hits(self.manifest, [10, 9, 23, 26, 14, 28, 1]), ({0, 1}, 3))

    def test_what_peers_print_is_read_as_lines(self):
        kingfisher = b'{"finding": {"line": 4}}\n{"audit": {"repositories": [{"stats": {"bytes_scanned": 9}}]}}\n'
        self.assertEqual(list(peers.read_kingfisher(kingfisher)), [4])
        self.assertEqual(peers.kingfisher_bytes(kingfisher), 9)
        self.assertEqual(list(peers.read_detect_secrets(b'{"results": {"a": [{"line_number": 2}, {"line_number": 3}]}}')), [2, 3])
        self.assertEqual(list(peers.read_credsweeper(b'[{"line_data_list": [{"line_num": 7}]}]')), [7])
        self.assertEqual(list(peers.read_gitleaks(b'[{"StartLine": 5}]')), [5])
        self.assertEqual(list(peers.read_gitleaks(b"")), [])
        self.assertEqual(list(peers.read_trufflehog(b'{"SourceMetadata": {"Data": {"Filesystem": {"line": 6}}}}\n{"level": "info"}')), [6])


if __name__ == "__main__":
    errors = io.StringIO()
    with contextlib.redirect_stderr(errors):
        result = unittest.main(exit=False).result
    if not result.wasSuccessful():
        raise SystemExit(errors.getvalue())
    print(f"compare: {result.testsRun} tests of the benchmark passed")
