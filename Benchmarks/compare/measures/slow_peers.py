"""All peers on prefixes that the slowest can read in seconds, Weir beside them on the same."""

from inputs import clean_logs
from rounds import Row


def measure(bench):
    folder, most = bench.folder / "prefix", bench.sizes.prefix_bytes
    folder.mkdir()
    inputs = {
        "logs": clean_logs.write_prefix(bench.logs, folder / "logs.log", most),
        "code": clean_logs.write_prefix(bench.code, folder / "code.py", most),
    }
    rows, counts = [], {}
    for what, path in inputs.items():
        for peer in [bench.weir, *bench.peers]:
            sample, found = peer.lines_found(path)
            name = f"{peer.name}, {what}"
            counts[name] = f"ended with {sample.exit}" if found is None else len(found)
            if found is not None:
                rows.append(Row(
                    name, peer.argv(path), one_core=True, exits=peer.exits, folder=peer.folder(path), most_rounds=bench.sizes.slow_rounds,
                    warms_up=False))
    rounds = bench.measure(rows, bench.sizes.slow_rounds)

    page = bench.page
    page.heading("All peers, small inputs")
    page.paragraph(
        f"The first {most / 1e6:.1f} MB of the logs and of the code, one core, rounds in turn: {bench.sizes.slow_rounds} after one that counted. On inputs so small start-up is much of a run; "
        "the last column takes it off,", "with what a run over one line took.")
    table = []
    for name in counts:
        if name not in rounds.samples:
            table.append([name, counts[name], *["-"] * 5])
            continue
        peer, what = name.rsplit(", ", 1)
        megabytes = inputs[what].stat().st_size / 1e6
        wall, start = rounds.median(name), bench.start_s.get(peer if peer != "weir" else "weir scan, one thread", 0)
        table.append([
            name, counts[name], f"{wall:.3f}", f"{rounds.ratio(name, 'weir, ' + what):.0f}", f"{megabytes / wall:.3g}",
            f"{megabytes / (wall - start):.3g}" if wall > 1.2 * start else "-", f"{rounds.most_rss_mib(name):.0f}"])
    page.table(["peer, input", "findings", "wall s", "× Weir's time", "MB/s", "start taken off", "most RSS MiB"], table)
    page.raw("wall seconds", rounds.raw())
