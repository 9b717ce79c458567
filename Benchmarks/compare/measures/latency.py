"""How long a line takes through a pipe and back."""

import gc
import os
import select
import subprocess
import time

from environment import WEIR, need

COMMANDS = {
    "cat": ["cat"],
    "weir redact": [WEIR, "redact", "--quiet"],
    "weir redact --threads 1": [WEIR, "redact", "--quiet", "--threads", "1"],
}


def _times_us(argv, lines, pause_s):
    """Writes a line, waits for it, and so on; microseconds for each."""
    child = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
    into, out = child.stdin.fileno(), child.stdout.fileno()
    times, parts = [], []
    for number, line in enumerate(lines):
        begin, left = time.perf_counter_ns(), len(line)
        os.write(into, line)
        while left:
            if not select.select([out], [], [], 10)[0]:
                child.kill()
                need(False, f"{argv[0]} keeps line {number} back")
            part = os.read(out, left)
            need(part, f"{argv[0]} ended at line {number}")
            parts.append(part)
            left -= len(part)
        times.append((time.perf_counter_ns() - begin) / 1e3)
        if pause_s:
            time.sleep(pause_s)
    child.stdin.close()
    need(b"".join(parts) == b"".join(lines), f"{argv[0]} wrote something else")
    need(child.stdout.read() == b"" and child.wait() == 0, f"{argv[0]} wrote more than came in")
    return times


def _percentile(ordered, share):
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def measure(bench):
    count = bench.sizes.latency_lines
    with open(bench.logs, "rb") as file:
        lines = [line for line, _ in zip(file, range(count + 100))]
    shares, table, points = (0.5, 0.99, 0.999), [], {}
    gc.disable()
    for pace, pause_s, used in (("one after the other", 0, count), ("1 ms apart", 0.001, count // 5)):
        for name, argv in COMMANDS.items():
            ordered = sorted(_times_us(argv, lines[: used + 100], pause_s)[100:])
            values = [_percentile(ordered, share) for share in shares]
            table.append([name, pace, used, *(f"{value:.0f}" for value in values), f"{ordered[-1]:.0f}"])
            if not pause_s:
                points[name] = [(1 - share, _percentile(ordered, share)) for share in (0.5, 0.75, 0.9, 0.95, 0.99, 0.995, 0.999, 0.9995)]
                if name == "weir redact":
                    note = f"; `cat` {points['cat'][4][1]:.0f}, p99.9 {values[2]:.0f}, most {ordered[-1]:.0f}"
                    bench.judged.value("latency", values[1], note)
    gc.enable()
    page = bench.page
    page.heading("Latency of a line")
    page.paragraph(
        f"A line of the logs is written, and waited for, then the next; microseconds, of {count} lines after 100 that do not count. The measuring and two changes of process are in it,",
        "which the rows of `cat` show. Peers have no such row: none lets a line pass.")
    page.table(["command", "lines", "count", "p50", "p99", "p99.9", "most"], table)
    page.plot("latency", "Latency of a line", "share of lines that take longer", "microseconds", points, log_x=True, log_y=True)
