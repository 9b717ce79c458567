"""A real daemon in a folder of its own, with a way to end it that leaves nothing behind."""

import os
import pathlib
import signal
import socket
import subprocess
import time


class DaemonError(Exception):
    pass


def free_port(kind=socket.SOCK_STREAM):
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(holds, seconds=30, what="it", pause=0.02):
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            raise DaemonError(f"waited {seconds} s in vain for {what}")
        time.sleep(pause)


def listens(port):
    """Whether a TCP socket of loopback listens there. Nothing connects: a daemon counts its connections."""
    wanted = f":{port:04X}"
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        for line in pathlib.Path(table).read_text().splitlines()[1:]:
            words = line.split()
            if words[1].endswith(wanted) and words[3] == "0A":
                return True
    return False


def unread_bytes(port):
    """Bytes that were sent to a TCP port of loopback and not yet read by who listens there."""
    wanted = f":{port:04X}"
    count = 0
    for line in pathlib.Path("/proc/net/tcp").read_text().splitlines()[1:]:
        words = line.split()
        waiting = words[4].split(":")
        if words[1].endswith(wanted) and words[3] != "0A":
            count += int(waiting[1], 16)
        elif words[2].endswith(wanted):
            count += int(waiting[0], 16)
    return count


class Daemon:
    """`command` runs in the foreground, in a session of its own; all that it starts there ends with it."""

    def __init__(self, name, command, folder, environment, is_ready, stop_signal=signal.SIGTERM):
        self.name, self.command, self.folder, self.environment = name, [str(word) for word in command], folder, environment
        self.is_ready, self.stop_signal = is_ready, stop_signal
        self.process = None
        self.sessions = []

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *error):
        self.end()

    def start(self):
        with open(self.folder / f"{self.name}.out", "ab") as log:
            self.process = subprocess.Popen(
                self.command, cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
        self.sessions.append(self.process.pid)
        try:
            wait_until(lambda: self.process.poll() is not None or self.is_ready(), what=f"{self.name} to be ready")
            if self.process.poll() is not None:
                raise DaemonError(f"{self.name} ended with {self.process.returncode}")
        except DaemonError as error:
            self.end()
            raise DaemonError(f"{error}: {self.said()}") from None

    def said(self):
        return (self.folder / f"{self.name}.out").read_bytes()[-2000:].decode(errors="replace")

    def send(self, number):
        self.process.send_signal(number)

    def stop(self, seconds=60):
        """As a service manager ends it; what it started has to end by itself."""
        self.send(self.stop_signal)
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise DaemonError(f"{self.name} did not end within {seconds} s") from None
        wait_until(lambda: not self.members(), seconds, f"what {self.name} started to end")

    def kill(self):
        """kill -9 of the daemon alone."""
        self.process.kill()
        self.process.wait()

    def members(self):
        """The processes of its sessions that live."""
        found = []
        for entry in pathlib.Path("/proc").iterdir():
            if entry.name.isdigit():
                try:
                    words = (entry / "stat").read_text().rpartition(")")[2].split()
                except OSError:
                    continue
                if int(words[3]) in self.sessions and words[0] not in "ZX":
                    found.append(int(entry.name))
        return found

    def writers_of(self, path):
        """The processes of it named weir (or what `WEIR_COMMAND` is) whose standard output is that file."""
        found = []
        for process in self.members():
            try:
                if os.path.samefile(f"/proc/{process}/fd/1", path) and os.readlink(f"/proc/{process}/exe").endswith("/weir"):
                    found.append(process)
            except OSError:
                continue
        return found

    def end(self):
        """Ends all of it at once."""
        for process in self.members():
            try:
                os.kill(process, signal.SIGCONT)
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                continue
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
        if self.process is not None:
            self.process.wait()
        wait_until(lambda: not self.members(), 10, f"{self.name} to be gone")


def size_of(path):
    """In bytes; none of a file that is not there."""
    return path.stat().st_size if path.exists() else 0


def settled(path, byte_count=None, quiet_seconds=2.0, most_seconds=1200):
    """Waits until a file has so many bytes and no more come, or grows no longer.

    Returns when it grew last, in seconds of `time.monotonic`.
    """
    size, grew = -1, time.monotonic()
    began = grew
    while time.monotonic() - began < most_seconds:
        now = size_of(path)
        if now != size:
            size, grew = now, time.monotonic()
        idle = time.monotonic() - grew
        if idle > quiet_seconds and byte_count is None or idle > 10 * quiet_seconds:
            return grew
        if byte_count is not None and size >= byte_count and idle > 0.3:
            return grew
        time.sleep(0.02)
    raise DaemonError(f"{path.name} still grows after {most_seconds} s")
