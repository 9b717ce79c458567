"""Weir in rsyslog: behind omprog and as mmexternal. Run by scripts/check-daemons.

Starts the real rsyslogd on loopback with the shipped configurations, sends lines over TCP, and compares what is written with what `weir redact` makes
of each line alone.
"""

import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from harness import promises
from harness.daemon import Daemon, DaemonError, free_port, listens, settled, size_of, wait_until
from harness.environment import WEIR, Package, shipped
from harness.lines import Numbered, Pool
from harness.senders import TCP
from harness.tally import Tally, leaked_count

OMPROG = "call weir"
MMEXTERNAL = "call weir-mask\n  call file"
FILE = "call file"

package = Package("rsyslog")
HEAD = b"Nov 22 10:00:00 gate7 app[1]: n=%09d "


def as_rsyslog_writes(line):
    """Control bytes as three octal digits."""
    return re.sub(rb"[\x00-\x1f\x7f]", lambda found: b"#%03o" % found.group()[0], line)


pool = Pool.of_logs(as_written=as_rsyslog_writes)
lines = Numbered(pool, before=HEAD, sent_before=b"<13>" + HEAD)


class Server:
    """rsyslogd with the shipped configuration and one way for messages."""

    def __init__(self, folder, way, weir=WEIR):
        self.folder = folder / f"server{len(list(folder.iterdir()))}"
        self.folder.mkdir()
        self.port = free_port()
        self.output = self.folder / "app.log"
        replacements = {"/usr/local/bin/weir": weir}
        (self.folder / "omprog.conf").write_text(shipped(HERE, "omprog.conf", {**replacements, "/var/log/": f"{self.folder}/"}))
        (self.folder / "mmexternal.conf").write_text(shipped(HERE, "mmexternal.conf", replacements))
        modules = package.path("/usr/lib/x86_64-linux-gnu/rsyslog")
        used = {OMPROG: "omprog", MMEXTERNAL: "mmexternal"}.get(way)
        (self.folder / "main.conf").write_text(f"""
global(workDirectory="{self.folder}" maxMessageSize="64k" processInternalMessages="on")
main_queue(queue.type="LinkedList" queue.size="20000" queue.timeoutEnqueue="600000" queue.saveOnShutdown="on" queue.filename="main" queue.maxDiskSpace="2g")
module(load="{modules}/imtcp.so")
module(load="{modules}/impstats.so" interval="1" log.syslog="off" log.file="{self.folder}/counts" format="json" resetCounters="off")
input(type="imtcp" port="{self.port}" address="127.0.0.1" ruleset="in")
template(name="plain" type="string" string="%timestamp% %hostname% %syslogtag%%msg%\\n")
ruleset(name="file") {{ action(type="omfile" file="{self.output}" template="plain") }}
{f'include(file="{self.folder}/{used}.conf")' if used else ""}
ruleset(name="in") {{
  {way}
}}
# What rsyslogd says itself.
action(type="omfile" file="{self.folder}/said.log")
""")
        self.daemon = Daemon(
            "rsyslogd",
            [package.path("/usr/sbin/rsyslogd"), "-n", "-f", self.folder / "main.conf", "-i", self.folder / "pid", "-M", modules],
            self.folder, package.environment(), lambda: listens(self.port))

    def __enter__(self):
        self.daemon.start()
        # What it does not understand in a configuration it leaves out, and goes on.
        if "error" in self.daemon.said():
            raise DaemonError(self.daemon.said())
        return self

    def __exit__(self, *error):
        self.daemon.end()

    def weir(self):
        """The process of Weir."""
        def found():
            return [process for process in self.daemon.members() if is_weir(process)]

        wait_until(found, what="weir to run")
        return found()[0]

    def take_up(self, count):
        """Waits until rsyslog, since it was started, has put so many lines into its queue. What it has read and not queued is lost when it stops: TCP
        confirms what was read."""
        wait_until(lambda: self.queued_count() >= count, 600, f"rsyslog to queue {count} lines")

    def queued_count(self):
        counts = self.folder / "counts"
        said = counts.read_text().splitlines() if counts.exists() else []
        of_input = [json.loads(line[line.index("{"):]) for line in said if f"imtcp({self.port})" in line and line.endswith("}")]
        return of_input[-1]["submitted"] if of_input else 0


def is_weir(process):
    try:
        return os.readlink(f"/proc/{process}/exe").endswith("/weir")
    except OSError:
        return False


def timed(folder, way, count):
    """Sends so many lines; the server, stopped, and the seconds until the last was written."""
    with Server(folder, way) as server:
        began = time.monotonic()
        with TCP(server.port) as sender:
            sender.send(lines, 0, count)
        ended = settled(server.output, None if way == FILE else lines.expected_byte_count(count))
        server.daemon.stop()
    return server, ended - began


def check_leaks(account, what, server):
    files = [path for path in server.folder.rglob("*") if path.is_file() and path.suffix in (".log", ".err", ".out")]
    leaked = leaked_count(files, pool)
    account.promise(leaked == 0, f"{what}: none of {len(pool.secrets):,} planted secrets leaked, nor a piece of one ({leaked} lines hold some)")


def load(account, folder, count):
    for what, way in (("omprog", OMPROG), ("mmexternal", MMEXTERNAL)):
        server, seconds = timed(folder, way, count)
        tally = Tally(server.output, lines, 0, count)
        account.promise(
            tally.is_whole and not tally.twice, f"{what}: {count:,} lines sent, each written once, byte by byte as `weir redact` alone writes it ({tally})")
        check_leaks(account, what, server)
        plain, plain_seconds = timed(folder, FILE, count)
        account.figure(f"{what}: {count:,} lines in {seconds:.1f} s: {count / seconds:,.0f} lines/s, {count / plain_seconds:,.0f} into omfile without Weir")
        server.output.unlink()
        plain.output.unlink()


def check_at_least_once(account, what, server, count, breaks, paths=None):
    tally = Tally(paths or server.output, lines, 0, count)
    account.promise(
        not tally.missing and not tally.alien_count and tally.torn_count <= breaks and len(tally.twice) <= breaks,
        f"{what}: {count:,} lines sent, each written at least once, {len(tally.twice)} twice, {tally.torn_count} halves before ({tally})")
    check_leaks(account, what, server)


def kills(account, folder, count):
    """kill -9 of Weir while lines come as fast as they can."""
    kill_count = 10
    with Server(folder, OMPROG) as server, TCP(server.port) as sender:
        for step in range(kill_count):
            size = size_of(server.output)
            # It is started by the first message.
            sender.send(lines, count * step // kill_count, count * (step + 1) // kill_count)
            weir = server.weir()
            # Not before it has begun: rsyslog 8.2302 never starts a program again that died before its first OK.
            wait_until(lambda: size_of(server.output) > size, what="weir to write")
            os.kill(weir, signal.SIGKILL)
            wait_until(lambda: weir not in server.daemon.members(), what="weir to be gone")
        settled(server.output, quiet_seconds=5)
        server.daemon.stop()
        check_at_least_once(account, f"omprog, kill -9 of weir {kill_count} times", server, count, kill_count)


def restarts(account, folder, count):
    """Stops and starts rsyslogd while its queue is full."""
    steps = 4
    with Server(folder, OMPROG) as server:
        for step in range(steps):
            with TCP(server.port) as sender:
                sender.send(lines, count * step // steps, count * (step + 1) // steps)
                server.take_up(count * (step + 1) // steps - count * step // steps)
            server.daemon.stop(120)
            (server.folder / "counts").unlink()
            server.daemon.start()
        settled(server.output, quiet_seconds=5)
        server.daemon.stop()
        check_at_least_once(account, f"omprog, rsyslogd stopped and started {steps} times", server, count, steps)


def rotation(account, folder, count):
    """Renames the file and sends SIGHUP, as logrotate does, while lines come."""
    steps = 5
    with Server(folder, OMPROG) as server, TCP(server.port) as sender:
        sent, part = 0, count // (steps * 10)

        def is_written():
            """Sends some lines more each time it is asked: those that Weir takes before it hears of the signal go into the file before."""
            nonlocal sent
            sender.send(lines, sent, sent + part)
            sent += part
            return size_of(server.output) > 0

        moved = []
        for step in range(steps):
            wait_until(is_written, what=f"file {step}")
            moved.append(server.output.with_suffix(f".{step}.log"))
            server.output.rename(moved[-1])
            server.daemon.send(signal.SIGHUP)
        wait_until(is_written, what="the last file")
        sender.send(lines, sent, max(sent, count))
        settled(server.output, quiet_seconds=5)
        server.daemon.stop()
        check_at_least_once(
            account, f"omprog, file renamed and SIGHUP {steps} times", server, max(sent, count), 0, [*moved, server.output])


def full_disk(account, folder, count):
    """A limit on the size of the file stands for the disk; it is lifted in mid-run."""
    count = min(count, 100_000)
    wrapper = folder / "limited"
    wrapper.write_text(f'#!/bin/sh\nulimit -S -f 512\nexec {WEIR} "$@"\n')
    wrapper.chmod(0o755)
    with Server(folder, OMPROG, weir=wrapper) as server, TCP(server.port) as sender:
        sender.send(lines, 0, count)
        said = server.folder / "weir.err"
        wait_until(lambda: said.exists() and "cannot be written" in said.read_text(), 60, "weir to say that there is no room")
        size = server.output.stat().st_size
        account.promise(size <= 512 * 512 and server.output.read_bytes().endswith(b"\n"), f"omprog, full disk: the file ends with a whole line ({size:,} bytes)")
        subprocess.run(["prlimit", f"--pid={server.weir()}", "--fsize=unlimited"], check=True)
        settled(server.output, lines.expected_byte_count(count), quiet_seconds=10)
        server.daemon.stop()
        check_at_least_once(account, "omprog, full disk and then room", server, count, 0)


def fails_open(account, folder, count):
    """What README.md says first: a program of mmexternal that dies lets the message pass that it was asked about."""
    with Server(folder, MMEXTERNAL) as server, TCP(server.port, 1) as sender:
        number = next(number for number, (line, mask) in enumerate(pool.lines) if line != mask)
        sender.send(lines, number, number + 1)
        settled(server.output, quiet_seconds=1)
        weir = server.weir()
        os.kill(weir, signal.SIGSTOP)
        sender.send(lines, number, number + 1)
        time.sleep(1)
        os.kill(weir, signal.SIGKILL)
        settled(server.output, quiet_seconds=3)
        written = server.output.read_bytes().splitlines(keepends=True)
        shown = written == [lines.expected(number), lines.sent_as_written(number)]
        server.daemon.stop()
    account.promise(shown, "mmexternal, kill -9 of weir: the message it was asked about passes unmasked, as README.md says")


if __name__ == "__main__":
    promises.run(
        "rsyslog",
        {"load": load, "kills": kills, "restarts": restarts, "rotation": rotation, "full-disk": full_disk, "fails-open": fails_open},
        __doc__.splitlines()[0])
