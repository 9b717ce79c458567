"""The same logs as a tree of small files."""

import random
import shutil

import child
from environment import WEIR, WORD, need
from rounds import Row


def _cut(text, tree):
    generator, place, count = random.Random(4), 0, 0
    while place < len(text):
        end = text.find(b"\n", place + min(int(generator.expovariate(1e-4)), 200_000)) + 1 or len(text)
        name = tree / f"{count // 100:03}" / f"{count:05}.log"
        name.parent.mkdir(parents=True, exist_ok=True)
        name.write_bytes(text[place:end])
        place, count = end, count + 1
    return count


def measure(bench):
    tree, size = bench.folder / "log-tree", bench.logs.stat().st_size
    count = _cut(bench.logs.read_bytes(), tree)
    receipt = child.run([WEIR, "scan", "--receipt", tree])
    need(f"read {size} = scanned" in receipt.errors, "the tree was not read whole")
    rounds = bench.measure([
        Row("weir scan tree, one core", [WEIR, "scan", "--quiet", "--threads", "1", tree], one_core=True),
        Row("weir scan tree, all cores", [WEIR, "scan", "--quiet", tree]),
        Row("rg -j1 -cF WORD tree", ["rg", "-j1", "-cF", WORD, tree], one_core=True, exits=(1,)),
        Row("grep -rcF WORD tree", ["grep", "-rcF", WORD, tree], one_core=True, exits=(1,)),
    ])
    bench.page.heading("A tree of logs")
    bench.page.paragraph(f"The same logs in {count} files, cut at line ends, of 10 KB on average. All read all.")
    bench.page.table(["medians", "user + system s", "wall s", "GB/s", "most RSS MiB"], [
        [name, f"{rounds.median(name, 'total'):.3f}", f"{rounds.median(name):.3f}", f"{size / 1e9 / rounds.median(name):.2f}",
         f"{rounds.most_rss_mib(name):.0f}"] for name in rounds.samples])
    bench.page.raw("wall seconds", rounds.raw())
    shutil.rmtree(tree)
