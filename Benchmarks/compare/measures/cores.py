"""Throughput against cores."""

import os

from bench import piped
from environment import WEIR
from rounds import Row


def measure(bench):
    most = len(os.sched_getaffinity(0))
    threads = [count for count in (1, 2, 4, 8, 16) if count <= most]
    logs, code, tree = bench.logs, bench.code, bench.tree

    def weir(*words):
        return [WEIR, words[0], "--quiet", *(["--exit-zero"] if words[0] == "scan" else []), *words[1:]]

    kinds = {
        "weir scan, logs": lambda n: Row("", weir("scan", "--threads", n, logs)),
        "weir redact <, logs": lambda n: Row("", weir("redact", "--threads", n), logs),
        "cat | weir redact, logs": lambda n: Row("", piped("cat", logs, *weir("redact", "--threads", n))),
        "weir scan, code": lambda n: Row("", weir("scan", "--threads", n, code)),
        "weir scan, code tree": lambda n: Row("", weir("scan", "--threads", n, tree)),
        "raw Hyperscan, logs": lambda n: bench.hyperscan.row("", logs, threads=n),
        "raw Hyperscan, code": lambda n: bench.hyperscan.row("", code, threads=n),
    }
    rows = []
    for kind, make in kinds.items():
        for count in threads:
            row = make(count)
            row.name, row.argv = f"{kind}, {count}", [str(part) for part in row.argv]
            rows.append(row)
    rounds = bench.measure(rows)

    def gigabytes(kind):
        return (code if "code" in kind else logs).stat().st_size / 1e9

    page = bench.page
    page.heading("Throughput against cores")
    page.paragraph(f"`--threads` of 1 to {threads[-1]}, on all {most} cores; rounds in turn. The gain is over one thread, in the same round.")
    page.table(["input", *(f"{n} threads, GB/s" for n in threads), *(f"gain of {n}" for n in threads[1:])], [
        [kind, *(f"{gigabytes(kind) / rounds.median(f'{kind}, {n}'):.2f}" for n in threads),
         *(f"{rounds.ratio(f'{kind}, 1', f'{kind}, {n}'):.2f}" for n in threads[1:])] for kind in kinds])
    page.plot("cores", "Throughput against cores", "threads", "GB/s", {
        kind: [(n, gigabytes(kind) / rounds.median(f"{kind}, {n}")) for n in threads] for kind in kinds})
    page.raw("wall seconds", rounds.raw())

    judged = bench.judged
    if most < 2:
        for key in ("two-cores", "pipe-one", "pipe-cpu"):
            judged.not_measured(key, "one core only")
        return
    own = rounds.ratio("raw Hyperscan, logs, 1", "raw Hyperscan, logs, 2")
    note = f"; redact {rounds.ratio('weir redact <, logs, 1', 'weir redact <, logs, 2'):.3g}, code {rounds.ratio('weir scan, code, 1', 'weir scan, code, 2'):.3g}, Hyperscan {own:.3g}"
    judged.ratio("two-cores", rounds.ratios("weir scan, logs, 1", "weir scan, logs, 2"), note, aim=0.9 * own)
    pipe = "cat | weir redact, logs, 2"
    judged.ratio("pipe-one", rounds.ratios("cat | weir redact, logs, 1", pipe))
    judged.ratio("pipe-cpu", [sample.total / (2 * sample.wall) for sample in rounds.samples[pipe]])
