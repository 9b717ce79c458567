"""What the parts of a run share."""

import dataclasses
import pathlib

from environment import WEIR
from hyperscan import Hyperscan
from judged import Judged
from page import Page
from peers import Peer
from rounds import Rounds


@dataclasses.dataclass(frozen=True)
class Sizes:
    logs_mb: int = 200
    tree_files: int = 20_000
    tree_mb: int = 220
    part_mb: int = 50
    prefix_bytes: int = 1_000_000
    hostile_mb: int = 64
    long_line_mb: int = 300
    boundary_tokens: int = 50_000
    planted_each: int = 6
    latency_lines: int = 10_000
    rounds: int = 9
    slow_rounds: int = 3
    hostile_rounds: int = 3
    starts: int = 20
    wait_s: float = 4


QUICK = Sizes(
    logs_mb=20, tree_files=1_500, tree_mb=15, part_mb=5, prefix_bytes=300_000, hostile_mb=4, long_line_mb=20, boundary_tokens=2_000, planted_each=2,
    latency_lines=1_000, rounds=2, slow_rounds=1, hostile_rounds=1, starts=5, wait_s=0.5)


@dataclasses.dataclass
class Bench:
    folder: pathlib.Path
    page: Page
    sizes: Sizes
    hyperscan: Hyperscan
    weir: Peer
    peers: list[Peer]
    absent: list[str]
    judged: Judged = dataclasses.field(default_factory=Judged)
    logs: pathlib.Path | None = None
    logs_are: str = ""
    tree: pathlib.Path | None = None
    code: pathlib.Path | None = None
    code_is: str = ""
    # Seconds that a command needs for an input of one line, by its name.
    start_s: dict[str, float] = dataclasses.field(default_factory=dict)

    def measure(self, rows, count=None):
        """The rows in turn; every run of Weir counts for the most resident memory."""
        rounds = Rounds(rows, self.sizes.rounds if count is None else count)
        for row in rows:
            if any(str(part) == WEIR for part in row.argv):
                self.judged.resident(rounds.most_rss_mib(row.name))
        return rounds

    def peer(self, name):
        return next((peer for peer in self.peers if peer.name == name), None)


def piped(first, *then):
    """`first | then`, as one command."""
    return ["sh", "-c", f'{first} "$0" | "$@"', *map(str, then)]
