"""HTTP requests at load: several connections that stay open, requests one behind the other without waiting (pipelined)."""

import selectors
import socket

from .daemon import DaemonError

STALLED_SECONDS = 60
ANSWER = b"HTTP/1.1 "


class Lane:
    """One connection and the requests that are still to be answered on it, in order.

    A server that restarts closes the connection; what it has not answered is sent again on a new one, for without an answer nobody knows whether the
    request was taken, and `sent_again` says of which numbers this is true.
    """

    def __init__(self, port, request, numbers, depth):
        self.port, self.request, self.depth = port, request, depth
        self.next, self.end = numbers.start, numbers.stop
        self.waiting = []
        self.sent_again = []
        self.answered_count = 0
        self.socket = None
        self.connect()

    def connect(self):
        if self.socket is not None:
            self.socket.close()
        self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.rest = b""
        again, self.waiting = self.waiting, []
        self.sent_again += again
        self.send(again)

    def fill(self):
        if len(self.waiting) <= self.depth // 2 and self.next < self.end:
            stop = min(self.end, self.next + self.depth - len(self.waiting))
            numbers = range(self.next, stop)
            self.next = stop
            self.send(numbers)

    def send(self, numbers):
        numbers = list(numbers)
        self.waiting += numbers
        try:
            self.socket.sendall(b"".join(map(self.request, numbers)))
        except (BrokenPipeError, ConnectionResetError):
            # Its answers, as far as there are any, are read first.
            pass

    @property
    def is_done(self):
        return self.next >= self.end and not self.waiting

    def take(self):
        """Reads answers; a connection that was closed is opened anew."""
        try:
            data = self.socket.recv(1 << 16)
        except ConnectionResetError:
            data = b""
        text = self.rest + data
        count = text.count(ANSWER)
        # The last bytes may be the beginning of an answer's first words.
        keep = len(ANSWER) - 1
        self.rest = text[-keep:]
        del self.waiting[:count]
        self.answered_count += count
        return bool(data)


def send_requests(port, request, first, end, lane_count=8, depth=64, at=None):
    """Requests `first` up to `end`, each once at least; `request(n)` are the bytes of one.

    `at` is a function that is called now and then with how many have been answered. Returns the numbers that were sent more than once.
    """
    bounds = [first + (end - first) * part // lane_count for part in range(lane_count + 1)]
    lanes = [Lane(port, request, range(start, stop), depth) for start, stop in zip(bounds, bounds[1:])]
    selector = selectors.DefaultSelector()
    for lane in lanes:
        selector.register(lane.socket, selectors.EVENT_READ, lane)
        lane.fill()
    while not all(lane.is_done for lane in lanes):
        ready = selector.select(STALLED_SECONDS)
        if not ready:
            raise DaemonError(f"no answer within {STALLED_SECONDS} s")
        for key, _ in ready:
            lane = key.data
            if not lane.take() and not lane.is_done:
                selector.unregister(lane.socket)
                lane.connect()
                selector.register(lane.socket, selectors.EVENT_READ, lane)
            elif lane.is_done:
                selector.unregister(lane.socket)
            lane.fill()
        if at is not None:
            at(sum(lane.answered_count for lane in lanes))
    for lane in lanes:
        lane.socket.close()
    selector.close()
    return {number for lane in lanes for number in lane.sent_again}
