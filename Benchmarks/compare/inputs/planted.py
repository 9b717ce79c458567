"""Log lines with credentials among them, and where they are."""

import dataclasses
import itertools
import random

from inputs import specimens


@dataclasses.dataclass
class Planted:
    kind: str
    dress: str
    first_line: int
    last_line: int
    start: int
    end: int


def write(path, clean, each, seed=3, most_bytes=None):
    """Every kind in every dress, `each` times, evenly between the lines of a clean file. Returns the manifest."""
    dice = random.Random(seed)
    lines = clean.read_bytes()[:most_bytes].splitlines(keepends=True)[:-1]
    wanted = list(itertools.product(specimens.KINDS, specimens.DRESSES)) * each
    dice.shuffle(wanted)
    between = len(lines) // len(wanted)
    manifest, offset, number = [], 0, 1
    with open(path, "wb") as file:
        for place, (kind, dress) in enumerate(wanted):
            before = b"".join(lines[place * between : (place + 1) * between])
            line, (start, end) = specimens.line(kind, dress, dice)
            offset, number = offset + len(before), number + between
            manifest.append(Planted(kind, dress, number, number + line.count(b"\n") - 1, offset + start, offset + end))
            file.write(before + line)
            offset, number = offset + len(line), number + line.count(b"\n")
    return manifest


def write_dense(path, clean, size, bytes_per_finding, kinds=None, dresses=None, seed=6):
    """`size` bytes of clean log lines with a credential every so many bytes, of all kinds but key blocks, or of these. Returns their ranges."""
    dice = random.Random(seed)
    kinds = kinds or [kind for kind in specimens.KINDS if kind != "private key"]
    pairs = list(itertools.product(kinds, dresses or specimens.DRESSES))
    ranges, written, next_at = [], 0, bytes_per_finding
    with open(clean, "rb") as source, open(path, "wb") as file:
        for line in source:
            written += file.write(line)
            if bytes_per_finding and written >= next_at:
                planted, (start, end) = specimens.line(*pairs[len(ranges) % len(pairs)], dice)
                ranges.append((written + start, written + end))
                written += file.write(planted)
                next_at += bytes_per_finding
            if written >= size:
                break
    return ranges
