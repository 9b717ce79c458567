"""Whether a finding comes before the input ends."""

import os
import random
import select
import subprocess
import time

from inputs import specimens


def _first_output(child, begin, limit_s):
    """Seconds until it prints anything, or nothing."""
    if select.select([child.stdout], [], [], limit_s)[0] and os.read(child.stdout.fileno(), 1 << 16):
        return time.perf_counter() - begin
    return None


def _try(argv, line, clean, wait_s):
    child = subprocess.Popen(list(map(str, argv)), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0)
    begin = time.perf_counter()
    try:
        for name, text, limit_s in (("the line", line, wait_s), ("1 MiB more", clean, wait_s), ("the end", None, 60)):
            if text is None:
                child.stdin.close()
            else:
                child.stdin.write(text)
            began = time.perf_counter() if text is None else begin
            if (seconds := _first_output(child, began, limit_s)) is not None:
                return name, seconds
        return "never", 0
    except BrokenPipeError:
        return "it stopped reading", 0
    finally:
        child.kill()
        child.wait()


def measure(bench):
    line, _ = specimens.line("GitHub token", "JSON", random.Random(8))
    clean = bench.logs.read_bytes()[: 1 << 20]
    rows = []
    for peer in [bench.weir, *bench.peers]:
        if not peer.standard_input:
            rows.append([peer.name, "reads no standard input", "-"])
            continue
        after, seconds = _try([peer.path, *(peer.live or peer.standard_input)], line, clean, max(bench.sizes.wait_s, 2 * bench.start_s.get(peer.name, 0)))
        rows.append([peer.name, after, f"{seconds * 1e3:.0f}"])
    bench.page.heading("A finding before the end")
    bench.page.paragraph(
        "A line with a credential is written into a pipe that stays open; then 1 MiB of clean lines; then the pipe is closed. Each time the report is waited for,",
        f"{bench.sizes.wait_s} s or twice the start. Milliseconds are from the start of the process, or from the end of the pipe.")
    bench.page.table(["scanner", "it reports after", "ms"], rows)
