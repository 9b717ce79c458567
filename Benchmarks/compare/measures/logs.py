"""One file of clean logs: Weir beside wc, cat, grep, rg, raw Hyperscan and the peers that are fast enough for all of it."""

import subprocess

import child
from bench import piped
from environment import WEIR, WORD, need
from peers import kingfisher_bytes
from rounds import Row

SCAN = "weir scan f, one core"
REDACT = "weir redact < f, one core"
RAW = "raw Hyperscan, in memory, one core"


def check_counts(bench, path):
    """Every byte goes in and comes out, and nothing is found."""
    size = path.stat().st_size
    redacted = bench.folder / "redacted"
    with open(path, "rb") as source, open(redacted, "wb") as sink:
        done = subprocess.run([WEIR, "redact", "--receipt"], stdin=source, stdout=sink, stderr=subprocess.PIPE, text=True)
    need(done.returncode == 0, f"weir redact ended with {done.returncode}: {done.stderr}")
    need(f"read {size} = scanned {size} = clean {size}" in done.stderr, f"the receipt is not of {size} clean bytes: {done.stderr}")
    need(subprocess.run(["cmp", "-s", path, redacted]).returncode == 0, "the output differs from the clean input")
    redacted.unlink()
    need(child.run([WEIR, "scan", path]).exit == 0, "weir scan of clean logs reports something")
    lines = int(child.output(["wc", "-l", path]).split()[0])
    for argv in (["grep", "-cF", WORD, path], ["rg", "-cF", WORD, path]):
        need(child.run(argv).exit == 1, f"{WORD} stands in the input")
    return size, lines


def measure(bench):
    path, page = bench.logs, bench.page
    size, lines = check_counts(bench, path)
    commands = [
        Row(SCAN, [WEIR, "scan", "--quiet", "--threads", "1", path], one_core=True),
        Row("weir scan f, all cores", [WEIR, "scan", "--quiet", path]),
        Row(REDACT, [WEIR, "redact", "--quiet", "--threads", "1"], path, one_core=True),
        Row("weir redact < f, all cores", [WEIR, "redact", "--quiet"], path),
        Row("wc -l f", ["wc", "-l", path], one_core=True),
        Row("cat < f", ["cat"], path, one_core=True),
        Row("grep -cF WORD f", ["grep", "-cF", WORD, path], one_core=True, exits=(1,)),
        Row("rg -cF WORD f", ["rg", "-cF", WORD, path], one_core=True, exits=(1,)),
        bench.hyperscan.row(RAW, path),
        Row("cat f | cat", piped("cat", path, "cat")),
        Row("cat f | weir redact, one thread", piped("cat", path, WEIR, "redact", "--quiet", "--threads", "1")),
        Row("cat f | weir redact, all cores", piped("cat", path, WEIR, "redact", "--quiet")),
    ]
    counts = []
    for peer in bench.peers:
        if peer.is_slow:
            continue
        sample, found = peer.lines_found(path)
        if found is None:
            counts.append(f"{peer.name} ended with {sample.exit} and is left out")
            continue
        counts.append(f"{peer.name} finds {len(found)}")
        if peer.name == "kingfisher":
            counts[-1] += f" and says it scanned {kingfisher_bytes(sample.output)} bytes"
        rounds = bench.sizes.rounds if peer.name == "kingfisher" else bench.sizes.slow_rounds
        commands.append(Row(f"{peer.name} f, one core", peer.argv(path), one_core=True, exits=peer.exits, most_rounds=rounds))
        commands.append(Row(f"{peer.name} f, as it comes", peer.argv(path, False), exits=peer.exits, most_rounds=bench.sizes.slow_rounds))
        if peer.standard_input:
            argv = [peer.path, *peer.standard_input]
            commands.append(Row(f"{peer.name} < f", argv, path, exits=peer.exits, most_rounds=bench.sizes.slow_rounds))
    rounds = bench.measure(commands)
    _, matches = bench.hyperscan.scan(path)

    page.heading("Clean logs")
    page.paragraph(
        f"Input: {bench.logs_are}, {size} bytes, {lines} lines. Counted first: bytes out = bytes in, the same bytes; Weir finds 0"
        + "".join(f"; {count}" for count in counts) + ".",
        f"{bench.sizes.rounds} rounds after one that does not count, all commands in turn (slow ones in the first {bench.sizes.slow_rounds}). One core: bound to one processor,",
        "with one thread. A pipe's row counts both ends. Hyperscan scans the bytes in memory, in blocks of 128 KiB, over the database of the same rules;",
        f"it matches {matches} times ({matches / size * 1e6:.1f} a MB). The kernel samples in ticks how processor time splits into user and system; the sum is exact.")
    table(bench, rounds, size, RAW)
    page.raw("wall seconds", rounds.raw())
    page.raw("user seconds", rounds.raw("user"))

    judged = bench.judged
    judged.ratio("scan-wc", rounds.ratios("wc -l f", SCAN))
    judged.ratio("scan-hyperscan", rounds.ratios(RAW, SCAN))
    judged.ratio("pipe-cat", rounds.ratios("cat f | cat", "cat f | weir redact, all cores"))
    if "kingfisher f, one core" in rounds.samples:
        judged.ratio("logs-kingfisher", rounds.ratios("kingfisher f, one core", SCAN))
    else:
        judged.not_measured("logs-kingfisher", "no kingfisher")
    gigabytes = size / 1e9
    return rounds.median(REDACT, "user") / gigabytes, rounds.median(REDACT, "total") / gigabytes


def table(bench, rounds, size, raw):
    """Medians per GB, and beside Hyperscan's."""
    gigabytes, rows = size / 1e9, []
    for name in rounds.samples:
        start = bench.start_s.get(name.split(" ")[0])
        rate = gigabytes / rounds.median(name)
        without = f"{gigabytes / max(rounds.median(name) - start, 1e-9):.3g}" if start and rounds.median(name) > 2 * start else "-"
        rss = rounds.most_rss_mib(name)
        rows.append([
            name, *(f"{rounds.median(name, key) / gigabytes:.3f}" for key in ("user", "system", "total", "wall")), f"{rate:.3g}", without,
            f"{rounds.ratio(name, raw):.2f}", f"{rss:.0f}" if rss else "-"])
    header = ["medians", "user s/GB", "system s/GB", "sum s/GB", "wall s/GB", "GB/s", "start taken off", "wall / Hyperscan's", "most RSS MiB"]
    bench.page.table(header, rows)
