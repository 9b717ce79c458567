"""Bare Hyperscan in C over databases of the project's rules."""

import dataclasses
import json
import pathlib
import subprocess

import child
from environment import PROJECT, RULEC, RULES, need
from rounds import Row


class Hyperscan:
    def __init__(self, folder):
        self.folder = folder
        self.program = folder / "raw_hyperscan"
        flags = child.output(["pkg-config", "--cflags", "--libs", "libhs"]).split()
        source = PROJECT / "Benchmarks/raw_hyperscan.c"
        subprocess.run(["cc", "-O2", "-o", self.program, source, *flags, "-lpthread"], check=True)
        self.database = self._compiled(RULES, "all")

    def _compiled(self, rules, name):
        database = self.folder / f"{name}.db"
        subprocess.run([RULEC, "database", rules, database], check=True, capture_output=True)
        return database

    def subset(self, name, ids):
        """A database of these rules alone, or nothing if they do not stand alone."""
        rules = self.folder / f"rules-{name}"
        rules.mkdir()
        for file in pathlib.Path(RULES).glob("*.toml"):
            head, *blocks = file.read_text().split("[[rule]]")
            kept = [block for block in blocks if any(f'id = "{id}"' in block for id in ids if id.startswith(file.stem))]
            if kept:
                (rules / file.name).write_text("[[rule]]".join([head, *kept]))
        try:
            return self._compiled(rules, name)
        except subprocess.CalledProcessError:
            return None

    def scan(self, path, threads=1, block_bytes=128 << 10, database=None):
        """One run: a sample whose times are those of the scan alone, and how many matches there were."""
        argv = [self.program, database or self.database, path, threads, block_bytes]
        sample = child.run(argv, one_core=threads == 1, keep=True)
        need(sample.exit == 0, f"raw Hyperscan: {sample.errors}")
        told = json.loads(sample.output)
        need(told["bytes"] == path.stat().st_size, "raw Hyperscan did not read it all")
        system = max(0.0, told["processor_s"] - told["user_s"])
        return dataclasses.replace(sample, wall=told["wall_s"], user=told["user_s"], system=system, rss_mib=0), told["matches"]

    def row(self, name, path, **options):
        return Row(name, [], function=lambda: self.scan(path, **options)[0])
