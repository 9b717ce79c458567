"""Weir beside wc, cat, grep, rg, raw Hyperscan and other scanners, from one run.

    python3 -B Benchmarks/compare [--save] [--quick] [--only PART…]

Counts come first: where bytes or findings are wrong, the run stops. Then rounds of all commands in turn, so that a slow minute of the
machine hits every row. What is judged is the median of the ratios of paired runs. docs/benchmarks/README.md says how to repeat it,
docs/benchmarks/BIAS.md what the choice of input favours.

Environment: WEIR_COMMAND (the command; rulec lies beside it), WEIR_LOGS (a folder with `expand N`, which writes N MB of real logs),
WEIR_CODE (folders of source code, with colons between them).
"""

import argparse
import datetime
import os
import pathlib
import subprocess
import tempfile
import time

import machine
import peers
from bench import QUICK, Bench, Sizes
from environment import KEPT, PAGES, PROJECT, WEIR, need
from hyperscan import Hyperscan
from inputs import clean_logs, code as code_input
from measures import (
    chunks, code, cores, density, hostile, latency, live, log_tree, logs, memory, recall, records, rules, seams, slow_peers, start)
from page import Page

PARTS = {
    "logs": logs, "code": code, "cores": cores, "latency": latency, "rules": rules, "density": density, "records": records, "chunks": chunks,
    "log_tree": log_tree, "memory": memory, "slow_peers": slow_peers, "recall": recall, "live": live, "seams": seams, "hostile": hostile,
}


def write_inputs(bench):
    bench.logs = bench.folder / "logs"
    bench.logs_are = clean_logs.write(bench.logs, bench.sizes.logs_mb)
    bench.tree = bench.folder / "tree"
    count, _, bench.code_is = code_input.write_tree(bench.tree, bench.sizes.tree_files, bench.sizes.tree_mb * 10**6)
    need(count, "no source code found; name some with WEIR_CODE")
    bench.code = code_input.join(bench.tree, bench.folder / "code")


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--save", action="store_true", help="write docs/benchmarks/YYYY-MM-DD.md and its plots; of a quick run, to the scratch folder")
    arguments.add_argument("--quick", action="store_true", help="smaller inputs, fewer rounds: to try the scripts")
    arguments.add_argument("--only", nargs="+", choices=PARTS, help="only these parts (logs always): to try them")
    options = arguments.parse_args()
    need(os.access(WEIR, os.X_OK), f"no command {WEIR}; make build")

    began = time.perf_counter()
    subprocess.run([PROJECT / "scripts/bootstrap", "--bench"], check=True)
    idleness = machine.Idleness()
    today = datetime.date.today().isoformat()
    page = Page(today)
    page.heading("What was measured with what")
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as name:
        folder = pathlib.Path(name)
        # What peers spool goes there too.
        os.environ["TMPDIR"] = name
        here, absent = peers.found()
        bench = Bench(folder, page, QUICK if options.quick else Sizes(), Hyperscan(folder), peers.weir(), here, absent)
        machine.describe(bench)
        write_inputs(bench)
        start.measure(bench)
        clean = (1.0, 1.0)
        for part, module in PARTS.items():
            if part == "logs":
                clean = logs.measure(bench)
            elif not options.only or part in options.only:
                before = time.perf_counter()
                module.measure(bench, *clean) if part == "hostile" else module.measure(bench)
                print(f"compare: {part} took {time.perf_counter() - before:.0f} s\n", flush=True)
    bench.judged.value("memory", bench.judged.most_rss_mib, "; of all runs on all inputs here")
    page.beginning = beginning(today, options.quick, bench, idleness.sentence())
    page.say(f"The whole run took {time.perf_counter() - began:.0f} s.")
    print("", *page.beginning, sep="\n")
    if options.save:
        print(f"saved: {page.save(KEPT if options.quick else PAGES)}")


def beginning(today, is_quick, bench, idleness):
    return [
        f"# Measured {today}{' (quick: not to be quoted)' if is_quick else ''}", "",
        "What is asked, and what this run reached: medians of the ratios of paired runs, with the least and the most of them. A ratio is of speeds, Weir's over the other's.",
        "`make bench` makes this page ([how](README.md)); [BIAS](BIAS.md) says what its inputs favour.", "",
        *bench.judged.lines(), "", idleness, ""]


main()
