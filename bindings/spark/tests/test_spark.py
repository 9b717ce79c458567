"""Columns and files on a cluster of two workers, against the vectors. Run by `make test-spark`, with the path of the vectors."""

import collections
import contextlib
import datetime
import decimal
import io
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

import weir
import weir.spark
from cluster import Cluster
from pyspark.sql.types import BinaryType, IntegerType, StructField, StructType
from vectors import read_vectors
from weir.spark._findings import kept_engine, options_of

VECTORS = list(read_vectors(os.environ["WEIR_VECTORS"]))
SECRET = next(text[start:end] for text, _, findings in VECTORS for start, end, rule in findings if rule == "github.personal-token")
MASK = b"WEIR_REDACTED_github.personal-token"


def setUpModule():
    global CLUSTER, SPARK
    CLUSTER = Cluster()
    unittest.addModuleCleanup(CLUSTER.stop)
    SPARK = CLUSTER.spark


def frame_of(rows, kind="binary"):
    """Rows of a number and bytes. Spark takes bytes for a string as they are, UTF-8 or not."""
    schema = StructType([StructField("id", IntegerType()), StructField("text", BinaryType())])
    return SPARK.createDataFrame([(number, None if text is None else bytearray(text)) for number, text in rows], schema).selectExpr(
        "id", f"cast(text as {kind}) as text"
    )


def bytes_of(frame):
    rows = frame.selectExpr("id", "cast(text as binary) as text").collect()
    return {row.id: None if row.text is None else bytes(row.text) for row in rows}


def refused(test, error, pattern, call, *arguments, **named):
    """A sentence, and no job."""
    before = len(CLUSTER.asked("jobs"))
    with test.assertRaisesRegex(error, pattern):
        call(*arguments, **named)
    test.assertEqual(len(CLUSTER.asked("jobs")), before)


class ColumnTests(unittest.TestCase):
    def test_vectors_in_columns(self):
        rows = list(enumerate(text for text, _, _ in VECTORS)) + [(-1, None), (-2, b""), (-3, b"clean \xff\xfe\0 bytes")]
        for kind in ["binary", "string"]:
            with self.subTest(kind):
                frame = frame_of(rows, kind).repartition(5)
                masked = bytes_of(weir.spark.redact(frame, ["text"]))
                self.assertEqual(masked, dict(rows) | {number: masked for number, (_, masked, _) in enumerate(VECTORS)})
                found = weir.spark.find(frame, ["text"], keys=["id"]).collect()
                expected = [(n, "text", start, end, rule) for n, (_, _, findings) in enumerate(VECTORS) for start, end, rule in findings]
                self.assertEqual(sorted((row.id, row.field, row.start, row.end, row.rule) for row in found), sorted(expected))

    def test_findings_are_those_of_the_wheel_and_never_the_secret(self):
        engine = weir.Engine(key=bytes(range(32)), min_confidence=weir.Confidence.LOW)
        rows = list(enumerate(text for text, _, _ in VECTORS))
        found = weir.spark.find(frame_of(rows), ["text"], keys=["id"], engine=engine).collect()
        self.assertGreater(len(found), 20)
        expected = {(number, finding.start): finding for number, text in rows for finding in engine.scan(text)}
        self.assertEqual(len(found), len(expected))
        for row in found:
            one = expected[row.id, row.start]
            self.assertEqual(row[2:7], one[:5])
            self.assertEqual((int(row.fingerprint, 16), row.via, row.check), (one.fingerprint, one.via, one.check))
            self.assertEqual((row.confidence, row.prefix_bytes), (one.confidence.name.lower(), one.prefix_bytes))
            self.assertNotIn(rows[row.id][1][row.start : row.end], repr(row).encode())

    def test_options_go_along(self):
        frame = frame_of([(1, SECRET)], "string")
        self.assertEqual(bytes_of(weir.spark.redact(frame, ["text"], engine=weir.Engine(rules=["openai.*"]))), {1: SECRET})
        self.assertEqual(bytes_of(weir.spark.redact(frame, ["text"], engine=weir.Engine(mask=weir.Mask.FIXED))), {1: b"WEIR_REDACTED"})
        engine = weir.Engine(mask=weir.Mask.HASH, key=bytes(range(32)))
        (row,) = weir.spark.find(frame, ["text"], engine=engine).collect()
        self.assertEqual(bytes_of(weir.spark.redact(frame, ["text"], engine=engine)), {1: b"WEIR_REDACTED_" + row.fingerprint.encode()})

    def test_a_process_makes_one_engine(self):
        options = options_of(weir.Engine(mask=weir.Mask.FIXED))

        def engines(_):
            return [(os.getpid(), id(kept_engine(options)))]

        seen = collections.defaultdict(set)
        for process, engine in SPARK.sparkContext.parallelize(range(40), 40).mapPartitions(engines).collect():
            seen[process].add(engine)
        self.assertEqual({len(engines) for engines in seen.values()}, {1})
        self.assertNotIn(os.getpid(), seen)

    def test_other_columns_and_the_schema_stay(self):
        frame = SPARK.createDataFrame(
            [
                (1, SECRET.decode(), "ü", [1, None], {"a": "b"}, (3, None), decimal.Decimal("1.50"), datetime.datetime(2026, 1, 2, 3), None),
                (2, None, None, None, None, None, None, None, bytearray(b"\xff")),
            ],
            "id int not null, `a.b ``c` string, s string, l array<int>, m map<string,string>, "
            "t struct<x:int,y:string>, d decimal(10,2), at timestamp, b binary",
        )
        masked = weir.spark.redact(frame, ["a.b `c", "b"])
        self.assertEqual(masked.schema, frame.schema)
        first, second = frame.orderBy("id").collect()
        self.assertEqual(masked.orderBy("id").collect(), [(1, MASK.decode(), *first[2:]), second])
        (row,) = weir.spark.find(frame, ["a.b `c", "s"], keys=["t", "l", "id"]).collect()
        self.assertEqual(row[:5], ((3, None), [1, None], 1, "a.b `c", "github.personal-token"))

    def test_names_that_spark_takes_for_others(self):
        frame = SPARK.createDataFrame([(("in a",), SECRET.decode(), "x", "y")], "a struct<b:string>, `a.b` string, two string, two string")
        (row,) = weir.spark.redact(frame, ["a.b"]).collect()
        self.assertEqual(row, (("in a",), MASK.decode(), "x", "y"))
        self.assertEqual(weir.spark.find(frame, ["a.b"]).collect()[0].field, "a.b")
        frame = SPARK.createDataFrame([("x", SECRET.decode())], "text string, TEXT string")
        self.assertEqual(weir.spark.redact(frame, ["TEXT"]).collect(), [("x", MASK.decode())])
        self.assertEqual(weir.spark.find(frame, ["TEXT"], keys=["text"]).collect()[0][:2], ("x", "TEXT"))

    def test_no_rows_many_batches_and_large_offsets(self):
        self.assertEqual(weir.spark.redact(frame_of([]), ["text"]).count(), 0)
        self.assertEqual(weir.spark.find(frame_of([]), ["text"]).count(), 0)
        rows = [(number, [None, b"", b"- " + SECRET, b"clean"][number % 4]) for number in range(1000)]
        expected = {number: text and text.replace(SECRET, MASK) for number, text in rows}
        for setting, value in [
            ("spark.sql.execution.arrow.maxRecordsPerBatch", "7"),
            ("spark.sql.execution.arrow.useLargeVarTypes", "true"),
        ]:
            SPARK.conf.set(setting, value)
            try:
                frame = frame_of(rows, "string")
                self.assertEqual(bytes_of(weir.spark.redact(frame, ["text"])), expected)
                self.assertEqual(weir.spark.find(frame, ["text"]).count(), 250)
            finally:
                SPARK.conf.unset(setting)

    def test_wrong_columns_are_refused_before_a_job(self):
        frame = SPARK.createDataFrame([], "id int, line string, t struct<line:string>, l array<string>, rule string, Field string")
        doubled = frame.select("line", "line", "id")
        unnamed = SPARK.sql("select 'x' as line, make_interval(1) as span")
        for error, pattern, arguments in [
            (ValueError, "no column lines among id, line", (frame, ["lines"])),
            (ValueError, "no column t.line among .* of a struct", (frame, ["t.line"])),
            (ValueError, "more than one column line", (doubled, ["line"])),
            (ValueError, "named twice", (frame, ["line", "line"])),
            (ValueError, "no column is named", (frame, [])),
            (TypeError, "not one str", (frame, "line")),
            (TypeError, "by its name, not as Column", (frame, [frame.line])),
            (TypeError, "column id is int, and neither string nor binary; leave it out", (frame, ["line", "id"])),
            (TypeError, "column t is struct, .* columns of their own", (frame, ["t"])),
            (TypeError, "column l is array, .* columns of their own", (frame, ["l"])),
        ]:
            with self.subTest(pattern):
                refused(self, error, pattern, weir.spark.redact, *arguments)
                refused(self, error, pattern, weir.spark.find, *arguments)
        refused(self, TypeError, "column span is interval, which does not pass through Arrow", weir.spark.redact, unnamed, ["line"])
        refused(self, ValueError, "line is searched, so it can be no key", weir.spark.find, frame, ["line"], keys=["id", "line"])
        refused(self, ValueError, "key rule has the name of a part", weir.spark.find, frame, ["line"], keys=["rule"])
        refused(self, ValueError, "key Field has the name of a part", weir.spark.find, frame, ["line"], keys=["Field"])


class FileTests(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="weir-spark-files-"))
        self.addCleanup(shutil.rmtree, self.folder)
        self.source, self.to = self.folder / "in", self.folder / "out"
        self.texts = {}

    def put(self, name, text):
        path = self.source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text)
        self.texts[name] = text

    def put_vectors(self):
        for number, (text, _, _) in enumerate(VECTORS):
            self.put(f"a/{number}.log", text)
        for name in [".env", "_b/_SUCCESS", "c d/100%.log", "not-packed.gz", "ü.txt"]:
            self.put(name, b"first\n" + SECRET + b"\nlast")
        self.put("large", (b"." * 1000 + b" " + SECRET + b"\n") * 4000)

    def written(self):
        return {str(path.relative_to(self.to)): path.read_bytes() for path in self.to.rglob("*") if not path.is_dir()}

    def test_whole_files(self):
        self.put_vectors()
        engine = weir.Engine()
        masked = {name: engine.redact(text) for name, text in self.texts.items()}
        files = weir.spark.redact_files(SPARK, [str(self.source)], str(self.to))
        self.assertEqual(self.written(), masked)
        self.assertEqual(
            {(file.path, file.output, file.read_bytes, file.written_bytes, file.finding_count) for file in files},
            {
                (str(self.source / name), str(self.to / name), len(text), len(masked[name]), len(engine.scan(text)))
                for name, text in self.texts.items()
            },
        )
        self.assertEqual([path.name for path in self.to.iterdir() if path.name.startswith(".weir")], [])
        # Once more, by another address, into the same folder: the same.
        again = weir.spark.redact_files(SPARK, [self.source.as_uri()], self.to.as_uri())
        self.assertEqual([file.finding_count for file in again], [file.finding_count for file in files])
        self.assertEqual(self.written(), masked)
        found = weir.spark.find_files(SPARK, [str(self.source)]).collect()
        self.assertEqual(
            sorted(tuple(row[:6]) for row in found),
            sorted((str(self.source / name), *finding[:5]) for name, text in self.texts.items() for finding in engine.scan(text)),
        )

    def test_single_files_and_options(self):
        self.put("x/one.log", SECRET)
        self.put("y/two.log", SECRET)
        paths = [str(self.source / name) for name in self.texts]
        weir.spark.redact_files(SPARK, paths, str(self.to), engine=weir.Engine(mask=weir.Mask.FIXED))
        self.assertEqual(self.written(), {"one.log": b"WEIR_REDACTED", "two.log": b"WEIR_REDACTED"})
        self.assertEqual(weir.spark.find_files(SPARK, paths, engine=weir.Engine(rules=["openai.*"])).count(), 0)

    def test_a_file_that_fails_leaves_nothing_half_and_ends_the_job(self):
        self.put("good", SECRET)
        self.put("bad", SECRET * 3)
        (self.to / "bad").mkdir(parents=True)
        with self.assertRaisesRegex(Exception, "IsADirectoryError"):
            weir.spark.redact_files(SPARK, [str(self.source)], str(self.to))
        self.assertIn(self.written(), [{}, {"good": MASK}])
        self.assertEqual({path.name for path in self.to.iterdir()} - {"good"}, {"bad"})

    def test_a_large_file_takes_no_more_memory(self):
        lines = (b"." * 1000 + b" " + SECRET + b"\n") * 1000
        self.source.mkdir()
        with open(self.source / "large", "wb") as file:
            for _ in range(300):
                file.write(lines)
        program = (
            "import os, resource, sys, weir\n"
            "from weir.spark._files import _Input, _masked\n"
            "from weir.spark._findings import options_of\n"
            "os.mkdir(sys.argv[2])\n"
            "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
            "file = _masked(_Input(sys.argv[1], '', 0), folder=sys.argv[2], held=sys.argv[2], options=options_of(None))\n"
            "print(file.finding_count, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)\n"
        )
        said = subprocess.run([sys.executable, "-c", program, self.source / "large", self.to], check=True, capture_output=True).stdout
        finding_count, kib = map(int, said.split())
        self.assertEqual(finding_count, 300_000)
        self.assertLess(kib, 32 * 1024)

    def test_wrong_paths_are_refused_before_a_job(self):
        self.put("x/one.log", b"")
        self.put("y/one.log", b"")
        os.mkfifo(self.folder / "pipe")
        (self.folder / "empty").mkdir()
        source, to = str(self.source), str(self.to)
        for error, pattern, arguments in [
            (ValueError, "x/one.log and .*y/one.log would both be written as one.log", ([f"{source}/x", f"{source}/y"], to)),
            (ValueError, "would both be written", ([source, source], to)),
            (ValueError, "lie one in the other", ([source], source)),
            (ValueError, "lie one in the other", ([source], f"{source}/x/to")),
            (ValueError, "lie one in the other", ([f"{source}/x/one.log"], f"{source}/x")),
            (ValueError, "neither an absolute path", (["in"], to)),
            (ValueError, "neither an absolute path", ([source], "out")),
            (ValueError, "no folder that the workers mount", ([source], "mock://somewhere/out")),
            (FileNotFoundError, "neither a file nor a folder", ([f"{source}/no-such"], to)),
            (FileNotFoundError, "pipe is neither a file nor a folder", ([str(self.folder / "pipe")], to)),
            (FileNotFoundError, "there is no file", ([str(self.folder / "empty")], to)),
            (TypeError, "not one str", (source, to)),
        ]:
            with self.subTest(pattern):
                refused(self, error, pattern, weir.spark.redact_files, SPARK, *arguments)
        self.assertFalse(self.to.exists())
        refused(self, ValueError, "neither an absolute path", weir.spark.find_files, SPARK, ["in"])


class ReadmeTests(unittest.TestCase):
    def test_readme(self):
        readme = pathlib.Path(__file__).parent.parent / "README.md"
        code = re.search(r"```python\n(.*?)```", readme.read_text(), re.S).group(1)
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(code, {})
        self.assertIn("postgres://app:WEIR_REDACTED_", printed.getvalue())
        self.assertRegex(printed.getvalue(), r"\|\s*7\|\s*line\|url\.password\|")


if __name__ == "__main__":
    unittest.main(verbosity=2)
