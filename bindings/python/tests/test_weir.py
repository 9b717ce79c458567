"""The vectors at every split, and what a Python program relies on. Run by `make test-python` with the path of the vectors."""

import io
import logging
import multiprocessing
import os
import re
import sys
import threading
import unittest

import weir
from vectors import read_vectors

VECTORS = list(read_vectors(os.environ["WEIR_VECTORS"]))
SECRET = next(text[start:end] for text, _, findings in VECTORS for start, end, rule in findings if rule == "github.personal-token")


def masked_in_process(engine_and_text):
    engine, text = engine_and_text
    return engine.redact(text)


class VectorTests(unittest.TestCase):
    def test_there_are_some(self):
        self.assertGreater(sum(len(findings) for _, _, findings in VECTORS), 20)

    def test_records(self):
        engine = weir.Engine()
        for text, masked, findings in VECTORS:
            self.assertEqual(engine.redact(text), masked)
            self.assertEqual([(f.start, f.end, f.rule) for f in engine.scan(text)], findings)
        self.assertEqual(engine.redact_many(text for text, _, _ in VECTORS), [masked for _, masked, _ in VECTORS])

    def test_streams_at_every_split(self):
        engine = weir.Engine()
        for text, masked, findings in VECTORS:
            for place in range(len(text) + 1):
                stream = engine.stream()
                output = stream.write(text[:place]) + stream.write(text[place:]) + stream.finish()
                self.assertEqual(output, masked)
                self.assertEqual([(f.start, f.end, f.rule) for f in stream.findings()], findings)
                receipt = stream.receipt()
                self.assertEqual(receipt["taken"], receipt["clean"] + receipt["masked"])


class EngineTests(unittest.TestCase):
    def test_str_comes_back_as_str_and_clean_text_as_itself(self):
        clean = "nothing in here, ünïcode or not"
        self.assertIs(weir.redact(clean), clean)
        self.assertEqual(weir.redact("ü " + SECRET.decode()), "ü WEIR_REDACTED_github.personal-token")

    def test_masks_and_keys(self):
        self.assertEqual(weir.Engine(mask=weir.Mask.STARS).redact(SECRET), b"*" * len(SECRET))
        self.assertEqual(weir.Engine(mask=weir.Mask.FIXED).redact(SECRET), b"WEIR_REDACTED")
        engine = weir.Engine(mask=weir.Mask.HASH, key=bytes(range(32)))
        self.assertTrue(re.fullmatch(rb"WEIR_REDACTED_[0-9a-f]{16}", engine.redact(SECRET)))
        self.assertEqual(engine.redact(SECRET)[-16:], b"%016x" % engine.scan(SECRET)[0].fingerprint)

    def test_a_catalogue_by_file_as_bytes_and_in_another_process(self):
        file = os.environ["WEIR_CATALOGUE"]
        token = b"acmetest_" + b"0a1b2c3d4e" * 2
        engine = weir.Engine(catalogue=file)
        self.assertEqual(engine.redact(token), b"WEIR_REDACTED_acme.test-token")
        self.assertEqual(engine.redact(SECRET), SECRET)
        with open(file, "rb") as opened:
            whole = opened.read()
        self.assertEqual(weir.Engine(catalogue=whole).redact(token), engine.redact(token))
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            self.assertEqual(pool.map(masked_in_process, [(engine, token)]), [engine.redact(token)])
        with self.assertRaisesRegex(weir.Error, "weir rules compile"):
            weir.Engine(catalogue=whole[:-1])
        with self.assertRaises(FileNotFoundError):
            weir.Engine(catalogue="/nowhere/acme.weir")

    def test_choices(self):
        self.assertEqual(weir.Engine(rules=["openai.*"]).redact(SECRET), SECRET)
        self.assertEqual(weir.Engine(without_rules=["github.personal-token"], packs=["vcs"]).redact(SECRET), SECRET)
        for wrong in [{"rules": ["no.such"]}, {"packs": ["no-such"]}, {"mask": weir.Mask.HASH}, {"key": b"short"}, {"min_confidence": 7}]:
            with self.assertRaises(weir.Error):
                weir.Engine(**wrong)
        with self.assertRaises(TypeError):
            weir.Engine(rules="github.*")

    def test_misuse(self):
        engine = weir.Engine()
        for wrong in [None, 7, bytearray(b"x"), ["x"]]:
            with self.assertRaises(TypeError):
                engine.redact(wrong)
        with self.assertRaises(TypeError):
            engine.redact_many([b"x", None])
        with self.assertRaises(UnicodeEncodeError):
            engine.redact("\ud800")
        stream = engine.stream()
        stream.finish()
        with self.assertRaises(weir.Error):
            stream.write(b"x")
        with self.assertRaises(RuntimeError):
            engine.__init__()

    def test_long_masks_and_large_texts(self):
        engine = weir.Engine()
        text = (b"." * 5000 + b" " + SECRET + b"\n") * 300
        self.assertEqual(engine.redact(text).count(b"WEIR_REDACTED"), 300)
        self.assertEqual(len(engine.scan(text)), 300)
        short = SECRET[:40]
        self.assertEqual(engine.redact_many([short] * 5000), [b"WEIR_REDACTED_github.personal-token"] * 5000)

    def test_threads(self):
        engine, failures = weir.Engine(), []

        def work():
            for _ in range(30):
                for text, masked, _ in VECTORS:
                    if engine.redact(text) != masked:
                        failures.append(text)

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(failures, [])

    def test_processes(self):
        engine = weir.Engine(mask=weir.Mask.FIXED)
        for method in ["fork", "spawn"]:
            with multiprocessing.get_context(method).Pool(2) as pool:
                texts = [SECRET, b"clean"] * 10
                self.assertEqual(pool.map(masked_in_process, [(engine, text) for text in texts]), [b"WEIR_REDACTED", b"clean"] * 10)


class FileTests(unittest.TestCase):
    def test_writer(self):
        file = io.BytesIO()
        with weir.Writer(file) as writer:
            for place in range(len(SECRET)):
                writer.write(SECRET[place : place + 1])
            writer.write("\nand text\n")
        self.assertEqual(file.getvalue(), b"WEIR_REDACTED_github.personal-token\nand text\n")
        text = io.StringIO()
        with weir.Writer(text, encoding="utf-8") as writer:
            print("ü", SECRET.decode(), file=writer)
        self.assertEqual(text.getvalue(), "ü WEIR_REDACTED_github.personal-token\n")

    def test_logging(self):
        output = io.StringIO()
        handler = logging.StreamHandler(output)
        handler.addFilter(weir.Filter())
        logger = logging.Logger("test")
        logger.addHandler(handler)
        logger.warning("with %s and %d", SECRET.decode(), 7)
        try:
            raise ValueError("bad " + SECRET.decode())
        except ValueError:
            logger.exception("raised")
        logger.error("half \ud800 of a pair")
        said = output.getvalue()
        self.assertIn("with WEIR_REDACTED_github.personal-token and 7\n", said)
        self.assertIn("ValueError: bad WEIR_REDACTED_github.personal-token", said)
        self.assertNotIn(SECRET.decode(), said)

    def test_readme(self):
        with open(os.environ["WEIR_README"]) as readme:
            code = re.search(r"```python\n(.*?)```", readme.read(), re.S).group(1)
        said, sys.stdout = sys.stdout, io.StringIO()
        try:
            exec(code, {})
            printed = sys.stdout.getvalue()
        finally:
            sys.stdout = said
        self.assertIn("postgres://app:WEIR_REDACTED_", printed)
        self.assertEqual(printed.count("\n"), 3)


if __name__ == "__main__":
    unittest.main()
