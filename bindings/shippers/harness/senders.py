"""Senders at load: lines over TCP and UDP from several connections at once."""

import socket
import threading
import time

BLOCK_LINES = 500


def in_threads(work, shares):
    """Runs `work(share)` for each in a thread of its own; the first error is raised here."""
    errors = []

    def run(share):
        try:
            work(share)
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=run, args=(share,)) for share in shares]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]


def shares(first, end, count):
    """The numbers from `first` to `end` in as many equal parts, one behind the other."""
    bounds = [first + (end - first) * part // count for part in range(count + 1)]
    return [range(start, stop) for start, stop in zip(bounds, bounds[1:])]


def blocks(numbered, numbers):
    """The bytes of these lines, some hundred at a time."""
    for start in range(numbers.start, numbers.stop, BLOCK_LINES):
        yield b"".join(map(numbered.sent, range(start, min(start + BLOCK_LINES, numbers.stop))))


class TCP:
    """Connections that stay open from one part of the lines to the next."""

    def __init__(self, port, connection_count=2):
        self.sockets = [socket.create_connection(("127.0.0.1", port)) for _ in range(connection_count)]

    def __enter__(self):
        return self

    def __exit__(self, *error):
        for connection in self.sockets:
            connection.close()

    def send(self, numbered, first, end, lines_a_second=None):
        """All lines from `first` up to `end`; returns when the last is in the socket."""
        jobs = list(zip(self.sockets, shares(first, end, len(self.sockets))))
        pause = BLOCK_LINES * len(jobs) / lines_a_second if lines_a_second else 0

        def work(job):
            connection, numbers = job
            due = time.monotonic()
            for block in blocks(numbered, numbers):
                connection.sendall(block)
                if pause:
                    due += pause
                    time.sleep(max(0, due - time.monotonic()))

        in_threads(work, jobs)


def send_udp(numbered, first, end, port, lines_a_second):
    """A line a datagram, no faster than asked: what finds no room in the receiver's socket is dropped by the kernel."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        began = time.monotonic()
        for number in range(first, end):
            sender.sendto(numbered.sent(number).rstrip(b"\n"), ("127.0.0.1", port))
            if number % 50 == 0:
                time.sleep(max(0, (number - first) / lines_a_second - (time.monotonic() - began)))
