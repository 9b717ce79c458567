"""Throughput of a pipe against what its writer writes at once."""

from environment import WEIR
from inputs import clean_logs
from rounds import Row

CHUNKS = [64, 256, 1024, 4096, 16 << 10, 64 << 10, 256 << 10, 1 << 20]


def _writer(path, chunk, *reader):
    return ["sh", "-c", f'dd if="$0" bs={chunk} status=none | "$@"', str(path), *map(str, reader)]


def measure(bench):
    readers = {
        "cat": ["cat"], "weir redact, one thread": [WEIR, "redact", "--quiet", "--threads", "1"], "weir redact, all cores": [WEIR, "redact", "--quiet"]}
    inputs = {}
    rows = []
    for chunk in CHUNKS:
        # A small chunk costs the writer two calls of the system; less input then.
        megabytes = max(1, min(bench.sizes.part_mb * 2, chunk * 200_000 // 10**6, bench.sizes.logs_mb))
        inputs[chunk] = clean_logs.write_prefix(bench.logs, bench.folder / f"chunk-{chunk}", megabytes * 10**6)
        rows += [Row(f"{name}, {chunk}", _writer(inputs[chunk], chunk, *reader)) for name, reader in readers.items()]
    rounds = bench.measure(rows, max(2, bench.sizes.rounds // 2))

    def rate(name, chunk):
        return inputs[chunk].stat().st_size / 1e9 / rounds.median(f"{name}, {chunk}")

    page = bench.page
    page.heading("A pipe, against the size of its writer's chunks")
    page.paragraph("`dd bs=CHUNK | reader > /dev/null`; with small chunks `dd` is the limit, which the row of `cat` shows, and start-up counts.")
    page.table(["chunk, bytes", "input MB", *(f"{name}, GB/s" for name in readers), "weir, all cores / cat"], [
        [chunk, f"{inputs[chunk].stat().st_size / 1e6:.0f}", *(f"{rate(name, chunk):.3g}" for name in readers),
         f"{rounds.ratio(f'cat, {chunk}', f'weir redact, all cores, {chunk}'):.2f}"] for chunk in CHUNKS])
    page.plot("chunks", "A pipe, against its writer's chunks", "bytes a write", "GB/s", {
        name: [(chunk, rate(name, chunk)) for chunk in CHUNKS] for name in readers}, log_x=True)
    page.raw("wall seconds", rounds.raw())
    for path in inputs.values():
        path.unlink()
