"""Weir behind Apache's piped logs. Run by scripts/check-daemons.

Starts the real apache2 (mpm_event) on loopback with the shipped weir.conf, sends requests with credentials in queries, referrers and user agents, and
compares both logs with what `weir redact` makes of each line alone.
"""

import contextlib
import os
import pathlib
import re
import signal
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from harness import promises
from harness.daemon import Daemon, free_port, listens, settled, wait_until
from harness.environment import WEIR, Package, shipped
from harness.lines import Numbered, Pool, planted
from harness.requests import send_requests
from harness.tally import Tally, leaked_count

package = Package("apache")

# Of a made access log: target, referrer, user agent.
REQUEST = re.compile(rb'"[A-Z]+ (/\S*) HTTP/[\d.]+" \d+ \d+ "([^"\\]*)" "([^"\\]*)"')
TIME = b"22/Nov/2026:10:00:00 +0000"
ADDRESS = b"127.0.0.1 - - ["
ACCESS_HEAD = ADDRESS + TIME + b'] "GET /n%09d'
# Apache writes a line in one piece while a pipe takes it in one.
MOST_LINE_BYTES = 4096
# What Weir takes in one read and what it may hold back: all that is lost when it is killed, for the pipe is Apache's.
READ_BYTES = (1 << 17) + 9216


def access_pool():
    """Lines as the access log of this server has them, behind the number; and the same credentials in user agents too."""
    made, secrets_of = planted(2_000_000, 11, ("nginx", "apache"))
    lines, secrets = [], []
    for text, inside in zip(made, secrets_of, strict=True):
        found = REQUEST.search(text)
        if not found or not text.isascii() or not text.decode().isprintable():
            continue
        target, referrer, agent = found.groups()
        inside = [secret for secret in inside if any(secret in part for part in found.groups())]
        lines.append(access_line(target, referrer, agent))
        secrets.append(inside)
        for query in re.findall(rb"[?&]([^?&=]+=[^?&=]+)", target):
            if any(secret in query for secret in inside):
                lines.append(access_line(b"/", referrer, b"probe/2.1 (+" + query + b")"))
                secrets.append([secret for secret in inside if secret in query or secret in referrer])
    return Pool(lines, secrets)


def access_line(target, referrer, agent):
    return b'%b HTTP/1.1" 204 - "%b" "%b"' % (target, referrer, agent)


access_texts = access_pool()
access = Numbered(access_texts, before=ACCESS_HEAD)


def parts(text):
    """Target, referrer and user agent of such a line."""
    target, rest = text.split(b' HTTP/1.1" 204 - "', 1)
    referrer, agent = rest[:-1].split(b'" "', 1)
    return target, referrer, agent


def request(number):
    """The bytes of which Apache writes the line of this number."""
    target, referrer, agent = parts(access_texts.lines[number % len(access_texts.lines)][0])
    return b"GET /n%09d%b HTTP/1.1\r\nHost: localhost\r\nReferer: %b\r\nUser-Agent: %b\r\n\r\n" % (number, target, referrer, agent)


def error_pool():
    """Paths that are not there, with the credential in the path and in the referrer."""
    lines, secrets = [], []
    for text, _ in access_texts.lines:
        target, referrer, _ = parts(text)
        shown = re.sub(rb"[/?&]+", b"/", target)
        if referrer in (b"", b"-") or not re.fullmatch(rb"(/[\w.=+-]{1,200})+", shown) or b".." in shown:
            continue
        line = shown + b", referer: " + referrer
        lines.append(line)
        secrets.append([secret for secret in access_texts.secrets if secret in line])
    return Pool(lines, secrets)


ERROR_HEAD = b"[TIME] [core:info] [CLIENT] AH00128: File does not exist: /srv/missing/n%09d"
errors = Numbered(error_pool(), before=ERROR_HEAD)
ERROR_VARIES = re.compile(rb"\[[^\]]*\] \[core:info\] \[pid \d+:tid \d+\] \[client 127\.0\.0\.1:\d+\] AH00128: File does not exist: /\S*?/missing/n")


def request_for_missing(number):
    path, referrer = errors.pool.lines[number % len(errors.pool.lines)][0].split(b", referer: ", 1)
    return b"GET /missing/n%09d%b HTTP/1.1\r\nHost: localhost\r\nReferer: %b\r\n\r\n" % (number, path, referrer)


def with_error_head(line):
    """The line with time, process and port that are expected; None for what Apache says of itself."""
    found = ERROR_VARIES.match(line)
    return ERROR_HEAD[:-4] + line[found.end():] if found else None


class Server:
    """apache2 with the shipped configuration (or with plain files), answering 204 to everything below /n."""

    def __init__(self, folder, is_plain=False, weir=WEIR):
        self.folder = folder / f"server{len(list(folder.iterdir()))}"
        self.folder.mkdir()
        (self.folder / "missing").mkdir()
        self.port = free_port()
        self.access, self.errors = self.folder / "access.log", self.folder / "error.log"
        if is_plain:
            logs = f'CustomLog {self.access} combined\nErrorLog {self.errors}\nLogFormat "%h %l %u %t \\"%r\\" %>s %b \\"%{{Referer}}i\\" \\"%{{User-Agent}}i\\"" combined\n'
        else:
            logs = shipped(HERE, "weir.conf", {
                "/var/log/apache2/": f"{self.folder}/", "/usr/local/bin/weir-append": HERE.parent / "weir-append", "/usr/local/bin/weir": weir})
        modules = package.path("/usr/lib/apache2/modules")
        loads = "\n".join(f"LoadModule {name}_module {modules}/mod_{name}.so" for name in ("mpm_event", "authz_core", "alias", "unixd", "log_config")
                          if (modules / f"mod_{name}.so").exists())
        # Linux lets only root change who runs the children.
        user = "User nobody\nGroup nogroup\n" if os.getuid() == 0 else ""
        if os.getuid() == 0:
            self.folder.parent.chmod(0o755)
        (self.folder / "httpd.conf").write_text(f"""{loads}
{user}ServerName localhost
Listen 127.0.0.1:{self.port}
PidFile {self.folder}/pid
DefaultRuntimeDir {self.folder}
DocumentRoot {self.folder}
Mutex default:{self.folder}
StartServers 2
ThreadsPerChild 25
MaxRequestWorkers 100
MaxKeepAliveRequests 0
KeepAliveTimeout 20
RedirectMatch 204 ^/n\\d
LogLevel warn core:info
{logs}""")
        self.daemon = Daemon(
            "apache2", [package.path("/usr/sbin/apache2"), "-D", "FOREGROUND", "-f", f"{self.folder}/httpd.conf"],
            self.folder, package.environment(), lambda: listens(self.port))

    def __enter__(self):
        self.daemon.start()
        return self

    def __exit__(self, *error):
        self.daemon.end()


def with_time(line):
    """The line with the time that is expected, also behind a torn line and in one that was cut within its time."""
    before, *parts = line.split(ADDRESS)
    return ADDRESS.join([before, *(TIME[: len(part)] + part[len(TIME) :] for part in parts)])


def load(account, folder, count):
    rates = []
    for is_plain in (False, True):
        with Server(folder, is_plain) as server:
            began = time.monotonic()
            send_requests(server.port, request, 0, count)
            seconds = settled(server.access, None if is_plain else access.expected_byte_count(count)) - began
            rates.append(f"{count / seconds:,.0f} requests/s {'into a file' if is_plain else 'with Weir'} in {seconds:.1f} s")
            server.daemon.stop()
            if not is_plain:
                check(account, "CustomLog", server, count)
    account.figure(f"CustomLog: {count:,} requests: {', '.join(rates)}")


def error_log(account, folder, count):
    count //= 10
    with Server(folder) as server:
        send_requests(server.port, request_for_missing, 0, count)
        settled(server.errors)
        server.daemon.stop()
        tally = Tally(server.errors, errors, 0, count, with_error_head)
        account.promise(tally.is_whole and not tally.twice, f"ErrorLog: {count:,} errors, each in the log, byte by byte as `weir redact` alone writes it ({tally})")
        check_leaks(account, "ErrorLog", server)


def restarts(account, folder, count):
    for what, number in (("graceful restarts", signal.SIGUSR1), ("restarts", signal.SIGHUP)):
        with Server(folder) as server:
            steps = Steps(count, 8, lambda: server.daemon.send(number))
            twice = send_requests(server.port, request, 0, count, at=steps)
            settled(server.access)
            server.daemon.stop()
            check(account, f"{steps.taken} {what} in mid-stream", server, count, twice)


class Steps:
    """Calls `act` so many times while `count` requests are being answered, evenly."""

    def __init__(self, count, times, act):
        self.places = [count * step // (times + 1) for step in range(1, times + 1)]
        self.act = act
        self.taken = 0

    def __call__(self, answered_count):
        if self.taken < len(self.places) and answered_count >= self.places[self.taken]:
            self.taken += 1
            self.act()


def kills(account, folder, count):
    with Server(folder) as server:
        steps = Steps(count, 10, lambda: kill_weir(server))
        twice = send_requests(server.port, request, 0, count, at=steps)
        settled(server.access)
        server.daemon.stop()
        most = steps.taken * (READ_BYTES + MOST_LINE_BYTES)
        check_lost(account, f"kill -9 of weir {steps.taken} times", server, count, twice, most)
    with Server(folder) as server:
        steps = Steps(count, 3, lambda: kill_apache(server))
        twice = send_requests(server.port, request, 0, count, at=steps)
        settled(server.access)
        server.daemon.stop()
        # Apache writes the line behind the answer.
        check_lost(account, f"kill -9 of all of Apache {steps.taken} times", server, count, twice, None)


def absent(account, folder, count):
    """Without Weir nothing is logged. Only as many requests as their lines fit into a pipe: then Apache waits for its logger."""
    with Server(folder, weir=folder / "no-weir") as server:
        send_requests(server.port, request, 0, 100)
        settled(server.access)
        size = server.access.stat().st_size
        server.daemon.end()
        account.promise(size == 0, f"no weir at the path: nothing passes ({size} bytes in the log)")
        check_leaks(account, "no weir at the path", server)


def kill_weir(server):
    wait_until(lambda: server.daemon.writers_of(server.access), what="weir to run")
    for process in server.daemon.writers_of(server.access):
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)


def kill_apache(server):
    for process in server.daemon.members():
        with contextlib.suppress(OSError):
            if os.readlink(f"/proc/{process}/exe").endswith("/apache2"):
                os.kill(process, signal.SIGKILL)
    server.daemon.process.wait()
    wait_until(lambda: not server.daemon.members(), what="weir to end behind Apache")
    (server.folder / "pid").unlink(missing_ok=True)
    server.daemon.start()


def check_lost(account, what, server, count, twice, most):
    tally = Tally(server.access, access, 0, count, with_time)
    bound = f", at most {most:,} in flight" if most is not None else ""
    account.promise(
        (most is None or tally.missing_byte_count <= most) and not tally.alien_count and tally.twice <= twice,
        f"{what}: {len(tally.missing):,} lines lost, {tally.missing_byte_count:,} bytes{bound} ({tally})")
    check_leaks(account, what, server)


def check(account, what, server, count, twice=frozenset()):
    tally = Tally(server.access, access, 0, count, with_time)
    account.promise(
        tally.is_whole and tally.twice <= twice,
        f"{what}: {count:,} requests answered, each in the log, byte by byte as `weir redact` alone writes it ({tally})")
    check_leaks(account, what, server)


def check_leaks(account, what, server):
    leaked = leaked_count([server.access, server.errors, server.folder / "apache2.out"], access.pool)
    account.promise(leaked == 0, f"{what}: none of {len(access.pool.secrets):,} planted secrets leaked, nor a piece of one ({leaked} lines hold some)")


if __name__ == "__main__":
    promises.run("apache", {"load": load, "errors": error_log, "restarts": restarts, "kills": kills, "absent": absent}, __doc__.splitlines()[0])
