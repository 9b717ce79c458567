"""Weir in syslog-ng: as a program and as a parser. Run by scripts/check-daemons.

Starts the real syslog-ng on loopback with the shipped weir.conf, sends lines over TCP, and compares what is written with what `weir redact` makes
of each line alone.
"""

import contextlib
import os
import pathlib
import signal
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from harness import promises
from harness.daemon import Daemon, DaemonError, free_port, listens, settled, unread_bytes, wait_until
from harness.environment import WEIR, Package, shipped, unpack_wheel
from harness.lines import Numbered, Pool
from harness.senders import TCP
from harness.tally import Tally, leaked_count

# More than a pipe that Weir has widened to a megabyte takes.
FULL_LINES = 6000

PROGRAM = "destination(d_weir);"
PARSER = "parser(p_weir); destination(d_file);"
FILE = "destination(d_file);"
CAT = "destination(d_cat);"

# What one kill -9 of Weir may lose: what it takes in one read and may hold back, and the line in which that ended. The pipe stays.
READ_BYTES = (1 << 17) + 9216
LONGEST_LINE_BYTES = 1 << 15

package = Package("syslog-ng")
pool = Pool.of_logs()
HEAD = b"Nov 22 10:00:00 gate7 app[1]: n=%09d "
lines = Numbered(pool, before=HEAD, sent_before=b"<13>" + HEAD)


class Server:
    """syslog-ng with the shipped configuration and one log path."""

    def __init__(self, folder, path, weir=WEIR, has_wheel=True):
        self.folder = folder / f"server{len(list(folder.iterdir()))}"
        self.folder.mkdir()
        (self.folder / "state").mkdir()
        self.port = free_port()
        self.output = self.folder / ("app.log" if path == PROGRAM else "file.log")
        (self.folder / "weir.conf").write_text(shipped(HERE, "weir.conf", {
            "/var/log/": f"{self.folder}/", "/usr/local/bin/weir-append": HERE.parent / "weir-append", "/usr/local/bin/weir": weir, "/var/lib/syslog-ng": self.folder / "state"}))
        (self.folder / "main.conf").write_text(f"""@version: 3.35
@include "{self.folder}/weir.conf"
options {{ keep-hostname(yes); use-dns(no); dns-cache(no); stats-freq(0); time-reopen(1); }};
source s_lines {{ network(ip("127.0.0.1") port({self.port}) transport("tcp")); }};
destination d_file {{ file("{self.folder}/file.log"); }};
destination d_cat {{ program("exec cat >>{self.folder}/file.log"); }};
log {{ source(s_lines); {path} flags(flow-control); }};
""")
        if has_wheel:
            unpack_wheel(self.folder / "python")
        modules = package.path("/usr/lib/syslog-ng")
        modules = next(path for path in sorted(modules.iterdir()) if (path / "libafprog.so").exists())
        self.daemon = Daemon(
            "syslog-ng",
            [package.path("/usr/sbin/syslog-ng"), "--foreground", "--no-caps", f"--module-path={modules}", f"--cfgfile={self.folder}/main.conf",
             f"--persist-file={self.folder}/state/persist", f"--pidfile={self.folder}/pid", f"--control={self.folder}/control"],
            self.folder,
            package.environment(PYTHONPATH=f"{self.folder}/python:{modules}/python", PYTHONDONTWRITEBYTECODE="1"),
            lambda: listens(self.port))

    def __enter__(self):
        self.daemon.start()
        return self

    def __exit__(self, *error):
        self.daemon.end()

    def weir(self, other_than=None):
        """The process of Weir that writes the output."""
        def found():
            return [process for process in self.daemon.writers_of(self.output) if process != other_than]

        wait_until(found, what="weir to run")
        return found()[0]

    def take_up(self):
        """Waits until syslog-ng has read all that was sent."""
        wait_until(lambda: unread_bytes(self.port) == 0, 60, "syslog-ng to read what was sent")


def timed(folder, path, count):
    """Sends so many lines; the server, stopped, and lines a second until the last was written."""
    with Server(folder, path) as server:
        began = time.monotonic()
        with TCP(server.port) as sender:
            sender.send(lines, 0, count)
            ended = settled(server.output, lines.expected_byte_count(count) if path in (PROGRAM, PARSER) else None)
        server.daemon.stop()
    return server, ended - began


def check_whole(account, what, server, count, most_twice=0):
    tally = Tally(server.output, lines, 0, count)
    account.promise(
        tally.is_whole and len(tally.twice) <= most_twice,
        f"{what}: {count:,} lines sent, each written, byte by byte as `weir redact` alone writes it ({tally})")
    check_leaks(account, what, server)


def check_leaks(account, what, server):
    files = [path for path in server.folder.rglob("*") if path.is_file() and path.suffix in (".log", ".err", ".out")]
    leaked = leaked_count(files, pool)
    account.promise(leaked == 0, f"{what}: none of {len(pool.secrets):,} planted secrets leaked, nor a piece of one ({leaked} lines hold some)")


def load(account, folder, count):
    for what, path, without in (("program()", PROGRAM, (FILE, CAT)), ("parser", PARSER, (FILE,))):
        server, seconds = timed(folder, path, count)
        check_whole(account, what, server, count)
        rates = [f"{count / seconds:,.0f} lines/s with Weir"]
        for other in without:
            plain, plain_seconds = timed(folder, other, count)
            rates.append(f"{count / plain_seconds:,.0f} {'into file()' if other == FILE else 'through program(cat)'}")
            plain.output.unlink()
        account.figure(f"{what}: {count:,} lines in {seconds:.1f} s: {', '.join(rates)}")
        server.output.unlink()


def restarts(account, folder, count):
    for what, path in (("program()", PROGRAM), ("parser", PARSER)):
        reload(account, folder, what, path, count)
        restart(account, folder, what, path, count)
    restart_while_held(account, folder, count)


def reload(account, folder, what, path, count):
    """SIGHUP while lines come as fast as they can."""
    with Server(folder, path) as server, TCP(server.port) as sender:
        steps = 8
        for step in range(steps):
            sender.send(lines, count * step // steps, count * (step + 1) // steps)
            server.daemon.send(signal.SIGHUP)
        settled(server.output)
        server.daemon.stop()
        # The message at which syslog-ng was may come twice.
        check_whole(account, f"{what}, reloaded {steps} times in mid-stream", server, count, most_twice=steps)


def restart(account, folder, what, path, count):
    """Stops and starts between two lines, when syslog-ng has read what was sent: TCP itself acknowledges nothing."""
    with Server(folder, path) as server:
        steps = 8
        for step in range(steps):
            with TCP(server.port) as sender:
                sender.send(lines, count * step // steps, count * (step + 1) // steps)
                server.take_up()
                # As a service manager does, that does not wait for what syslog-ng leaves behind.
                server.daemon.send(signal.SIGTERM)
                server.daemon.process.wait(60)
            server.daemon.start()
        settled(server.output)
        server.daemon.stop()
        check_whole(account, f"{what}, stopped and started {steps} times in mid-stream", server, count)


def restart_while_held(account, folder, count):
    """The same while Weir is held, so that pipe and queue are full: the disk buffer keeps all but the message that syslog-ng was writing."""
    steps = 4
    count = max(count, steps * FULL_LINES)
    with Server(folder, PROGRAM) as server:
        for step in range(steps):
            with TCP(server.port) as sender:
                weir = server.weir()
                sender.send(lines, count * step // steps, count * (step + 1) // steps - FULL_LINES)
                server.take_up()
                os.kill(weir, signal.SIGSTOP)
                sender.send(lines, count * (step + 1) // steps - FULL_LINES, count * (step + 1) // steps)
                server.take_up()
                server.daemon.send(signal.SIGTERM)
                server.daemon.process.wait(60)
            # Mostly the kernel has done so: a held process is not left behind by its parent.
            with contextlib.suppress(ProcessLookupError):
                os.kill(weir, signal.SIGCONT)
            server.daemon.start()
        settled(server.output)
        server.daemon.stop()
        tally = Tally(server.output, lines, 0, count)
        what = f"program(), stopped and started {steps} times with a full pipe"
        account.promise(
            len(tally.missing) <= steps and not tally.alien_count and not tally.twice,
            f"{what}: {len(tally.missing)} lines lost, at most one each time: the one that syslog-ng was writing ({tally})")
        check_leaks(account, what, server)


def kills(account, folder, count):
    kill_weir(account, folder, count, is_held=False)
    kill_weir(account, folder, count, is_held=True)
    kill_daemon(account, folder, "program()", PROGRAM, count)
    kill_daemon(account, folder, "parser", PARSER, count)


def kill_weir(account, folder, count, is_held):
    kill_count = 10
    weir = None
    with Server(folder, PROGRAM) as server, TCP(server.port) as sender:
        for step in range(kill_count):
            first, end = count * step // kill_count, count * (step + 1) // kill_count
            weir = server.weir(other_than=weir)
            if is_held:
                os.kill(weir, signal.SIGSTOP)
            half = first + min((end - first) // 2, 8000)
            sender.send(lines, first, half)
            time.sleep(0.05 * is_held)
            os.kill(weir, signal.SIGKILL)
            sender.send(lines, half, end)
        settled(server.output)
        server.daemon.stop()
        tally = Tally(server.output, lines, 0, count)
        most = kill_count * (READ_BYTES + LONGEST_LINE_BYTES)
        what = f"program(), kill -9 of weir {kill_count} times" + (", each time with a full pipe" if is_held else "")
        account.promise(
            tally.missing_byte_count <= most and not tally.alien_count and not tally.twice,
            f"{what}: {len(tally.missing):,} lines lost, {tally.missing_byte_count:,} bytes, at most {most:,} in flight ({tally})")
        check_leaks(account, what, server)


def kill_daemon(account, folder, what, path, count):
    with Server(folder, path) as server:
        with TCP(server.port) as sender:
            sender.send(lines, 0, count // 2)
            server.take_up()
            server.daemon.kill()
        wait_until(lambda: not server.daemon.members(), what="weir to end behind syslog-ng")
        server.daemon.start()
        with TCP(server.port) as sender:
            sender.send(lines, count // 2, count)
            settled(server.output)
        server.daemon.stop()
        tally = Tally(server.output, lines, 0, count)
        what = f"{what}, kill -9 of syslog-ng"
        account.promise(not tally.alien_count and not tally.twice, f"{what}: {len(tally.missing):,} lines lost, what was in memory ({tally})")
        check_leaks(account, what, server)


def absent(account, folder, count):
    """Without Weir nothing passes, and syslog-ng does not start without the wheel."""
    with Server(folder, PROGRAM, weir=folder / "no-weir") as server:
        with TCP(server.port) as sender:
            sender.send(lines, 0, 500)
            settled(server.output)
        size = server.output.stat().st_size
        account.promise(size == 0, f"program(), no weir at the path: nothing passes ({size} bytes in the file)")
    try:
        with Server(folder, PARSER, has_wheel=False):
            starts = True
    except DaemonError:
        starts = False
    account.promise(not starts, "parser, no wheel: syslog-ng does not start")


if __name__ == "__main__":
    promises.run("syslog-ng", {"load": load, "restarts": restarts, "kills": kills, "absent": absent}, __doc__.splitlines()[0])
