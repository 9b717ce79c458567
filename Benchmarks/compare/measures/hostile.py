"""Input made to hurt, against clean logs."""

import statistics

import child
from environment import WEIR, need
from inputs import hostile

LIMIT_RATIO = 20
LIMIT_RSS_MIB = 64


def measure(bench, clean_user, clean_sum):
    """`clean_user` and `clean_sum`: seconds per GB of clean logs, user time and user and system time."""
    page, rounds = bench.page, bench.sizes.hostile_rounds
    page.heading("Input made to hurt")
    page.paragraph(
        f"{bench.sizes.hostile_mb} MB each, `weir redact --threads 1 < f > /dev/null`, one core, median of {rounds}. Limits: {LIMIT_RATIO} times the user",
        f"time of clean logs per byte, {LIMIT_RSS_MIB} MiB resident. The sum of user and system time stands beside it, for",
        "it is exact, and what bare Hyperscan takes for the same bytes, most of it to report its matches.")
    rows, exceeded = [], []
    size = bench.sizes.hostile_mb * 10**6
    path = bench.folder / "hostile"
    for name, unit, head in hostile.kinds():
        hostile.fill(path, unit, head, size)
        values = [child.run([WEIR, "redact", "--quiet", "--threads", "1"], path, one_core=True) for _ in range(rounds)]
        need(all(value.exit == 0 for value in values), f"{name}: ended with {values[0].exit}: {values[0].errors}")
        user = statistics.median(value.user for value in values) / size * 1e9
        total = statistics.median(value.total for value in values) / size * 1e9
        bare = statistics.median(bench.hyperscan.scan(path)[0].user for _ in range(rounds)) / size * 1e9
        resident = max(value.rss_mib for value in values)
        bench.judged.resident(resident)
        fine = user / clean_user <= LIMIT_RATIO and resident <= LIMIT_RSS_MIB
        if not fine:
            exceeded.append(name)
        rows.append([
            name, f"{user:.2f}", f"{user / clean_user:.1f}", f"{total:.2f}", f"{total / clean_sum:.1f}", f"{bare:.2f}", f"{resident:.0f}",
            "" if fine else "EXCEEDED"])
    path.unlink()
    page.table(["input", "user ns/byte", "times clean", "sum ns/byte", "times clean", "bare Hyperscan", "most RSS MiB", ""], rows)
    page.paragraph(f"Over a limit: {', '.join(exceeded)}." if exceeded else "None is over a limit.")
