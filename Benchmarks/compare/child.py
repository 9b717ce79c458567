"""One measured process."""

import contextlib
import dataclasses
import os
import signal
import subprocess
import tempfile
import threading
import time

from environment import ONE_CORE


@dataclasses.dataclass
class Sample:
    """Seconds; `rss_mib` is the greatest resident size of any process of the command."""

    exit: int
    wall: float
    user: float
    system: float
    rss_mib: float
    output: bytes = b""
    errors: str = ""

    @property
    def total(self):
        return self.user + self.system


@contextlib.contextmanager
def _cores(one):
    """What is started within runs on one core; the benchmark itself does not stay there."""
    before = os.sched_getaffinity(0)
    if one:
        os.sched_setaffinity(0, {ONE_CORE})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def run(argv, source=os.devnull, *, one_core=False, keep=False, folder=None, limit_s=600):
    """Runs a command with its input from a file and its output dropped, or kept in memory.

    Times are those of the process and what it waited for. GNU time stands between, for a process inherits the greatest
    resident size of the one that started it, and this one is large. Past the limit the command is ended, and `exit` is None.
    """
    with (open(source, "rb") as stdin, tempfile.TemporaryFile() if keep else open(os.devnull, "wb") as stdout,
          tempfile.TemporaryFile() as stderr, tempfile.NamedTemporaryFile() as peak):
        measured = ["/usr/bin/time", "--quiet", "-f", "%M", "-o", peak.name, *map(str, argv)]
        begin = time.perf_counter_ns()
        with _cores(one_core):
            child = subprocess.Popen(measured, stdin=stdin, stdout=stdout, stderr=stderr, cwd=folder, start_new_session=True)
        with _ended_after(child, limit_s) as ended:
            _, status, usage = os.wait4(child.pid, 0)
        wall = (time.perf_counter_ns() - begin) / 1e9
        child.returncode = os.waitstatus_to_exitcode(status)
        stderr.seek(0)
        output = b""
        if keep:
            stdout.seek(0)
            output = stdout.read()
        size = peak.read().split()
        return Sample(
            exit=None if ended else child.returncode, wall=wall, user=usage.ru_utime, system=usage.ru_stime,
            rss_mib=int(size[-1]) / 1024 if size else 0, output=output, errors=stderr.read().decode(errors="replace"))


@contextlib.contextmanager
def _ended_after(child, seconds):
    """Ends the session of the child when its time is over; yields a list that then has a member."""
    ended = []

    def end():
        ended.append(True)
        os.killpg(child.pid, signal.SIGKILL)

    timer = threading.Timer(seconds, end)
    timer.start()
    try:
        yield ended
    finally:
        timer.cancel()


def output(argv):
    """The text a command prints; nothing is measured."""
    return subprocess.run(list(map(str, argv)), check=True, capture_output=True, text=True).stdout.strip()
