"""Throughput against the number of rules that speak."""

import child
from environment import WEIR, need
from rounds import Row

ONE = "github.personal-token"
PACK = "email"


def _chosen():
    """Names of choices, their options, and the ids that are left."""
    ids = {}
    for options in ((f"--rule={ONE}",), (f"--pack={PACK}",), ()):
        lines = child.output([WEIR, "rules", "list", *options]).splitlines()
        ids[options] = [line.split()[0] for line in lines if line and "." in line.split()[0]]
    need(ids[(f"--rule={ONE}",)] == [ONE], "weir rules list --rule names another rule")
    return ids


def measure(bench):
    rows, numbers = [], {}
    for options, ids in _chosen().items():
        name = f"{len(ids)} rule{'s' if len(ids) > 1 else ''}"
        numbers[name] = len(ids)
        database = bench.hyperscan.subset(name.replace(" ", "-"), ids) if options else bench.hyperscan.database
        for what, path in (("logs", bench.logs), ("code", bench.code)):
            rows.append(Row(f"weir redact, {what}, {name}", [WEIR, "redact", "--quiet", "--threads", "1", *options], path, one_core=True))
            if database:
                rows.append(bench.hyperscan.row(f"raw Hyperscan, {what}, {name}", path, database=database))
    rounds = bench.measure(rows)

    page = bench.page
    page.heading("Throughput against rules")
    page.paragraph(
        f"One core; `--rule {ONE}`, `--pack {PACK}`, and all. The choice says which rules speak; Weir looks for the anchors of all of them either way,",
        "for there is one database. Raw Hyperscan has a database of the chosen rules alone, compiled for this table: the distance is what a smaller database could give.")
    kinds = [f"{engine}, {what}" for what in ("logs", "code") for engine in ("weir redact", "raw Hyperscan")]
    sizes = {"logs": bench.logs.stat().st_size, "code": bench.code.stat().st_size}

    def rate(kind, name):
        full = f"{kind}, {name}"
        return sizes[kind.split(", ")[1]] / 1e9 / rounds.median(full) if full in rounds.samples else None

    page.table(["GB/s", *numbers], [
        [kind, *("not alone" if rate(kind, name) is None else f"{rate(kind, name):.2f}" for name in numbers)] for kind in kinds])
    page.plot("rules", "Throughput against rules", "rules", "GB/s", {
        kind: [(count, rate(kind, name)) for name, count in numbers.items() if rate(kind, name)] for kind in kinds}, log_x=True)
    page.raw("wall seconds", rounds.raw())
