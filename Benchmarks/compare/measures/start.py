"""Start-up: a whole run over one line."""

import statistics

from environment import WEIR
from rounds import Row


def measure(bench):
    line = bench.folder / "line"
    line.write_bytes(b"one line\n")
    rows = [
        Row("true", ["true"]),
        Row("weir redact", [WEIR, "redact", "--quiet"], line),
        Row("weir scan", [WEIR, "scan", "--quiet", line]),
        Row("weir scan, one thread", [WEIR, "scan", "--quiet", "--threads", "1", line]),
        Row("rg -cF", ["rg", "-cF", "line", line]),
    ]
    for peer in bench.peers:
        rows.append(Row(peer.name, peer.argv(line), exits=peer.exits, folder=peer.folder(line), most_rounds=bench.sizes.slow_rounds))
    if kingfisher := bench.peer("kingfisher"):
        argv = [*kingfisher.argv(line), "--no-rule-cache"]
        rows.append(Row("kingfisher, rules compiled anew", argv, exits=kingfisher.exits, most_rounds=1, warms_up=False))
    rounds = bench.measure(rows, bench.sizes.starts)
    bench.start_s = {row.name: rounds.median(row.name) for row in rows}

    page = bench.page
    page.heading("Start-up")
    page.paragraph("From exec to exit on one line, milliseconds; `true` is what the measuring takes. The peers' rules are compiled and cached before.")
    page.table(["command", "median", "least", "most", "runs", "RSS MiB"], [
        [name, *(f"{value * 1e3:.1f}" for value in (rounds.median(name), min(s.wall for s in samples), max(s.wall for s in samples))),
         len(samples), f"{statistics.median(s.rss_mib for s in samples):.0f}"] for name, samples in rounds.samples.items()])
