"""Source code, the hard case: one file, and the tree it is of."""

import child
from environment import WEIR, WORD, need
from measures.logs import table
from peers import kingfisher_bytes
from rounds import Row

TREE = "weir scan tree, one core"
RG = "rg -j1 -cF WORD tree"
SCAN = "weir scan f, one core"
RAW = "raw Hyperscan, in memory, one core"


def _counted(bench, tree, path):
    """Bytes of the tree, once all have read it whole; and Weir's findings, of which only the number is kept."""
    size = path.stat().st_size
    sample = child.run([WEIR, "scan", "--receipt", "--quiet", "--format", "jsonl", tree], keep=True)
    need(sample.exit in (0, 1), f"weir scan of the tree ended with {sample.exit}: {sample.errors}")
    need(f"read {size} = scanned {size} =" in sample.errors, "the tree was not read whole")
    files = sum(1 for file in tree.rglob("*") if file.is_file())
    need(len(child.output(["rg", "--files", tree]).splitlines()) == files, "rg leaves files out")
    listed = child.run(["grep", "-rcF", WORD, tree], keep=True).output
    need(listed.count(b":0\n") == files, "grep leaves files out")
    return size, files, sample.output.count(b"\n")


def measure(bench):
    tree, path, page = bench.tree, bench.code, bench.page
    size, files, found = _counted(bench, tree, path)
    counts = [f"Weir {found}"]
    slow = bench.sizes.slow_rounds
    commands = [
        Row(TREE, [WEIR, "scan", "--quiet", "--exit-zero", "--threads", "1", tree], one_core=True),
        Row("weir scan tree, all cores", [WEIR, "scan", "--quiet", "--exit-zero", tree]),
        Row(RG, ["rg", "-j1", "-cF", WORD, tree], one_core=True, exits=(1,)),
        Row("grep -rcF WORD tree", ["grep", "-rcF", WORD, tree], one_core=True, exits=(1,)),
        Row(SCAN, [WEIR, "scan", "--quiet", "--exit-zero", "--threads", "1", path], one_core=True),
        Row("weir scan f, all cores", [WEIR, "scan", "--quiet", "--exit-zero", path]),
        Row("weir redact < f, one core", [WEIR, "redact", "--quiet", "--threads", "1"], path, one_core=True),
        Row("wc -l f", ["wc", "-l", path], one_core=True),
        bench.hyperscan.row(RAW, path),
    ]
    for peer in bench.peers:
        if peer.is_slow:
            continue
        # This run counts, and warms up.
        sample = child.run(peer.argv(tree, False), keep=True)
        if sample.exit not in peer.exits:
            counts.append(f"{peer.name} ended with {sample.exit} and is left out")
            continue
        count = f"{peer.name} {len(list(peer.read(sample.output)))}"
        if peer.name == "kingfisher":
            count += f" (it says it scanned {kingfisher_bytes(sample.output) / size:.1%} of the bytes)"
        counts.append(count)
        commands.append(Row(f"{peer.name} tree, one core", peer.argv(tree), one_core=True, exits=peer.exits, most_rounds=slow, warms_up=False))
        commands.append(Row(f"{peer.name} tree, as it comes", peer.argv(tree, False), exits=peer.exits, most_rounds=1, warms_up=False))
    rounds = bench.measure(commands)

    page.heading("Source code")
    page.paragraph(
        f"Input: {bench.code_is}. As a tree of {files} files, {size / files / 1e3:.1f} KB on average, and as one file.",
        f"Counted first: all bytes read; findings, which may be test keys and were not checked by hand: {', '.join(counts)}.",
        f"{bench.sizes.rounds} rounds, peers in the first {slow}, or one as they come. `rg` and `grep` look for a word that is not there.")
    table(bench, rounds, size, RAW)
    page.raw("wall seconds", rounds.raw())

    judged = bench.judged
    judged.ratio("tree-rg", rounds.ratios(RG, TREE))
    if "kingfisher tree, one core" in rounds.samples:
        judged.ratio("tree-kingfisher", rounds.ratios("kingfisher tree, one core", TREE))
    else:
        judged.not_measured("tree-kingfisher", "no kingfisher")
    for key, other in (("scan-wc", "wc -l f"), ("scan-hyperscan", RAW)):
        value, note, aim = judged.measured[key]
        judged.value(key, value, f"{note}; on code {rounds.ratio(other, SCAN):.3g}", aim)
