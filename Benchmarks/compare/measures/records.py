"""Throughput against the size of records: lines of one length."""

from environment import WEIR, need
from rounds import Row

LENGTHS = [50, 100, 200, 500, 1000, 4000, 16000]
JUDGED = 200


def _write(text, path, length):
    """Whole records of `length` bytes, the newline among them."""
    size = len(text) // (length - 1)
    path.write_bytes(b"".join(text[i * (length - 1) : (i + 1) * (length - 1)] + b"\n" for i in range(size)))
    return size


def measure(bench):
    text = bench.logs.read_bytes()[: bench.sizes.part_mb * 2 * 10**6].replace(b"\n", b" ")
    rows, counts = [], {}
    for length in LENGTHS:
        path = bench.folder / f"records-{length}"
        counts[length] = _write(text, path, length)
        need(path.stat().st_size == counts[length] * length, "records of the wrong size")
        rows.append(Row(f"weir redact, {length}", [WEIR, "redact", "--quiet", "--threads", "1"], path, one_core=True))
        rows.append(bench.hyperscan.row(f"raw Hyperscan, {length}", path, block_bytes=length))
    rounds = bench.measure(rows)

    def millions(name, length):
        return counts[length] / 1e6 / rounds.median(f"{name}, {length}")

    page, names = bench.page, ["weir redact", "raw Hyperscan"]
    page.heading("Throughput against the size of records")
    page.paragraph(
        "Lines of one length, cut from the logs, in one file, one core. Weir reads them in blocks, as it reads any file: the command has no door for single records.",
        "Raw Hyperscan is called once for each record.")
    page.table(["bytes a record", "records", *(f"{name}, million/s" for name in names), *(f"{name}, GB/s" for name in names)], [
        [length, counts[length], *(f"{millions(name, length):.2f}" for name in names),
         *(f"{millions(name, length) * length / 1e3:.2f}" for name in names)] for length in LENGTHS])
    page.plot("records", "Throughput against the size of records", "bytes a record", "million records a second", {
        name: [(length, millions(name, length)) for length in LENGTHS] for name in names}, log_x=True, log_y=True)
    page.raw("wall seconds", rounds.raw())
    samples = [counts[JUDGED] / 1e6 / sample.wall for sample in rounds.samples[f"weir redact, {JUDGED}"]]
    bench.judged.ratio("records", samples, f"; Hyperscan, a call a record, {millions('raw Hyperscan', JUDGED):.3g}")
