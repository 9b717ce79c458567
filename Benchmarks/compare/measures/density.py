"""Throughput against how many findings there are."""

import json
import subprocess

import child
from environment import WEIR, need
from inputs import planted, specimens
from rounds import Row

STEPS = {"clean": 0, "1 a MB": 10**6, "1 in 100 KB": 10**5, "1 in 10 KB": 10**4, "1 a KB": 10**3, "1 in 300 bytes": 300}


def _counted(path, ranges):
    """How many findings there are; every planted credential is one, to the byte, and there are as many masks."""
    lines = child.run([WEIR, "scan", "--quiet", "--format", "jsonl", path], keep=True).output.splitlines()
    found = {(finding["start"], finding["end"]) for finding in map(json.loads, lines)}
    need(found.issuperset(ranges), f"{path.name}: {len(set(ranges) - found)} of {len(ranges)} planted were not found")
    with open(path, "rb") as source:
        output = subprocess.run([WEIR, "redact", "--quiet"], stdin=source, stdout=subprocess.PIPE, check=True).stdout
    need(output.count(b"WEIR_REDACTED_") == len(found), f"{path.name}: {len(found)} found, {output.count(b'WEIR_REDACTED_')} masked")
    return len(found)


def measure(bench):
    rows, sizes, counts, found, folder = [], {}, {}, {}, bench.folder / "density"
    folder.mkdir()
    kingfisher = bench.peer("kingfisher")
    for name, spacing in STEPS.items():
        path = folder / name.replace(" ", "-")
        ranges = planted.write_dense(path, bench.logs, bench.sizes.part_mb * 10**6, spacing)
        sizes[name], counts[name], found[name] = path.stat().st_size, len(ranges), _counted(path, ranges)
        rows.append(Row(f"redact, {name}", [WEIR, "redact", "--quiet", "--threads", "1"], path, one_core=True))
        rows.append(Row(
            f"scan, {name}", [WEIR, "scan", "--quiet", "--exit-zero", "--format", "jsonl", "--threads", "1", path], one_core=True))
        if kingfisher and spacing != min(filter(None, STEPS.values())):
            rows.append(Row(f"kingfisher, {name}", kingfisher.argv(path), one_core=True, exits=kingfisher.exits, most_rounds=1, warms_up=False))
    rounds = bench.measure(rows)

    def rate(kind, name):
        full = f"{kind}, {name}"
        return sizes[name] / 1e9 / rounds.median(full) if full in rounds.samples else None

    def shown(kind, name):
        return f"{rate(kind, name):.3g}" if rate(kind, name) else "-"

    def against(kind, name):
        return f"{rate(kind, name) / rate(kind, 'clean'):.2f}" if rate(kind, name) else "-"

    page, kinds = bench.page, ["redact", "scan", *(["kingfisher"] if kingfisher else [])]
    page.heading("Throughput against findings")
    page.paragraph(
        f"{bench.sizes.part_mb} MB of the logs with synthetic credentials of ten kinds in seven dresses, all different, one core. Counted first: each is found to the byte, and there are as many masks as findings;",
        "what is found besides is an alarm that a planted AWS key id raised beside it. Kingfisher runs once.",
        "`scan` writes JSON lines. A line with a credential is one more line, so dense inputs have fewer lines of the logs.")
    page.table(["input", "planted", "found", *(f"{kind}, GB/s" for kind in kinds), *(f"{kind} / clean" for kind in kinds)], [
        [name, counts[name], found[name], *(shown(kind, name) for kind in kinds), *(against(kind, name) for kind in kinds)]
        for name in STEPS])
    page.plot("density", "Throughput against findings", "findings a MB (clean at 0.1)", "GB/s", {
        kind: [(counts[name] / sizes[name] * 1e6 or 0.1, rate(kind, name)) for name in STEPS if rate(kind, name)] for kind in kinds}, log_x=True, log_y=True)
    page.raw("wall seconds", rounds.raw())

    def against_clean(kind):
        per_byte = sizes["1 a KB"] / sizes["clean"]
        return [ratio * per_byte for ratio in rounds.ratios(f"{kind}, clean", f"{kind}, 1 a KB")]

    cost_by_dress(bench)
    slower, other = sorted(("redact", "scan"), key=lambda kind: rate(kind, "1 a KB") / rate(kind, "clean"))
    note = f" ({slower}; {other} {rate(other, '1 a KB') / rate(other, 'clean'):.3g})"
    bench.judged.ratio("density", against_clean(slower), note)


def cost_by_dress(bench):
    """What one kind of credential costs in each dress: a name before it is judged, too."""
    folder, size, kind = bench.folder / "dresses", bench.sizes.part_mb * 10**6 // 5, "GitHub token"
    folder.mkdir()
    counts = {"none": len(planted.write_dense(folder / "none", bench.logs, size, 0))}
    for dress in specimens.DRESSES:
        counts[dress] = len(planted.write_dense(folder / dress, bench.logs, size, 1000, [kind], [dress]))
    rounds = bench.measure([
        Row(name, [WEIR, "redact", "--quiet", "--threads", "1"], folder / name, one_core=True) for name in counts])
    bench.page.paragraph(
        f"What a finding costs, by its dress: a {kind} in every KB of {size // 10**6} MB, `weir redact`, one core, user and system time above that of clean lines.")
    bench.page.table(["dress", "findings", "microseconds a finding"], [
        [dress, count, f"{(rounds.median(dress, 'total') - rounds.median('none', 'total')) / count * 1e6:.2f}"]
        for dress, count in counts.items() if count])
