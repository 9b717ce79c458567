"""Resident memory while the input goes through."""

import os
import subprocess
import threading
import time

from environment import WEIR

MIB = 1 << 20


def _resident_mib(pid):
    try:
        with open(f"/proc/{pid}/statm") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / MIB
    except (FileNotFoundError, ProcessLookupError, IndexError):
        return None


def _watch(argv, path, by_pipe):
    """(milliseconds, MiB) every five milliseconds, while a command reads a file, or a pipe that is fed from it."""
    points = []
    with open(path, "rb") as source:
        feeder = subprocess.Popen(["cat"], stdin=source, stdout=subprocess.PIPE) if by_pipe else None
        child = subprocess.Popen(list(map(str, argv)), stdin=feeder.stdout if feeder else source, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if feeder:
            feeder.stdout.close()
        begin, ended = time.perf_counter(), threading.Event()
        waiter = threading.Thread(target=lambda: (child.wait(), ended.set()))
        waiter.start()
        while not ended.is_set():
            size = _resident_mib(child.pid)
            if size:
                points.append(((time.perf_counter() - begin) * 1e3, size))
            ended.wait(0.005)
        waiter.join()
        if feeder:
            feeder.wait()
    return points


def measure(bench):
    commands = {
        "weir redact, pipe": ([WEIR, "redact", "--quiet"], True),
        "weir scan, file": ([WEIR, "scan", "--quiet"], False),
    }
    for peer in bench.peers:
        if not peer.is_slow and peer.standard_input:
            commands[f"{peer.name}, pipe"] = ([peer.path, *peer.standard_input, *peer.one_thread], True)
            commands[f"{peer.name}, file"] = ([*peer.argv(bench.logs)], False)
    series, table = {}, []
    for name, (argv, by_pipe) in commands.items():
        points = _watch(argv, bench.logs, by_pipe)
        sizes = [size for _, size in points]
        if not sizes:
            continue
        series[name] = points[:: max(1, len(points) // 200)]
        quarters = [sizes[min(len(sizes) - 1, len(sizes) * part // 4)] for part in (1, 2, 3)]
        table.append([name, *(f"{size:.0f}" for size in quarters), f"{max(sizes):.0f}", f"{points[-1][0]:.0f}", len(points)])
        if argv[0] == WEIR:
            bench.judged.resident(max(sizes))
    page = bench.page
    page.heading("Memory against time")
    page.paragraph(f"Resident MiB while {bench.logs_are} go through, looked at every 5 ms, at a quarter, half and three quarters of the run, and the most seen.")
    page.table(["command", "1/4", "1/2", "3/4", "most", "ms", "looks"], table)
    page.plot("memory", "Memory against time", "milliseconds", "resident MiB", series, log_x=True, log_y=True)
