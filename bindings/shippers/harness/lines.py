"""Lines with planted credentials, and what `weir redact` makes of each alone."""

import json
import pathlib
import random
import re
import subprocess
import tempfile

from .environment import CORPUS, PROJECT, WEIR

DRESSES = ("syslog", "nginx", "json-logs", "kubernetes", "ci-output", "java-traces", "transcripts", "mcp")
# What is shorter stands in clean lines too: a port, a word.
FEWEST_SECRET_BYTES = 8
END_BYTES = 16


class Pool:
    """Distinct lines, each with what it becomes, and the secrets that were planted in them.

    The secrets and their places come from the manifest of the maker, not from the scanner that is under test.
    """

    def __init__(self, lines, secrets_of, seed=1, as_written=bytes):
        """`lines` are texts without a newline, `secrets_of[n]` the secrets in the n-th.

        `as_written` says what the daemon makes of a text before Weir sees it.
        """
        self.as_written = as_written
        with tempfile.TemporaryDirectory() as name:
            masked = masked_alone([as_written(line) for line in lines], pathlib.Path(name))
        kept = [
            (text, mask, secrets)
            for text, mask, secrets in zip(lines, masked, secrets_of, strict=True)
            if not any(secret in mask for secret in secrets)
        ]
        self.unmasked_count = len(lines) - len(kept)
        kept = without_company(kept, seed, as_written)
        self.lines = [(text, mask) for text, mask, _ in kept]
        self.secrets = sorted({secret for _, _, secrets in kept for secret in secrets})
        self.needles = needles(self.secrets, self.lines)

    @classmethod
    def of_logs(cls, byte_count=3_000_000, seed=7, long_every=400, as_written=bytes):
        """Mixed logs; one line in `long_every` is longer than the 4,096 bytes that a pipe takes in one piece."""
        lines, secrets_of = planted(byte_count, seed, DRESSES)
        dice = random.Random(seed)
        for _ in range(len(lines) // long_every if long_every else 0):
            chosen = [dice.randrange(len(lines)) for _ in range(40)]
            lines.append(b" | ".join(lines[n] for n in chosen))
            secrets_of.append([secret for n in chosen for secret in secrets_of[n]])
        order = list(range(len(lines)))
        dice.shuffle(order)
        return cls([lines[n] for n in order], [secrets_of[n] for n in order], as_written=as_written)


def planted(byte_count, seed, dresses, credentials_a_byte=1e-3):
    """Lines of made logs and the secrets of each. Lines that share a secret, as key blocks do, are left out."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name) / "corpus"
        # Eighteen dresses have equal parts.
        size = str(byte_count * 18 // len(dresses))
        subprocess.run(
            [CORPUS, "make", "--size", size, "--density", str(credentials_a_byte), "--seed", str(seed), "--to", folder],
            cwd=PROJECT, check=True, stdout=subprocess.DEVNULL)
        places = {}
        for row in map(json.loads, (folder / "manifest.jsonl").open()):
            if row["dress"] in dresses:
                places.setdefault(row["file"], []).append((row["start"], row["end"]))
        lines, secrets_of = [], []
        for path in sorted(places):
            text = (folder / path).read_bytes()
            secrets = iter(sorted(places[path]) + [(len(text) + 1, len(text) + 1)])
            start, end = next(secrets)
            place, shared_until = 0, 0
            for line in text.splitlines(keepends=True):
                inside = []
                while start < place + len(line):
                    if end > place + len(line.rstrip(b"\r\n")):
                        shared_until = end
                    inside.append(text[start:end])
                    start, end = next(secrets)
                if place >= shared_until and is_plain(line):
                    lines.append(line.rstrip(b"\r\n"))
                    secrets_of.append([secret for secret in inside if len(secret) >= FEWEST_SECRET_BYTES])
                place += len(line)
        return lines, secrets_of


def is_plain(line):
    """Syslog servers trim ends and end lines at NUL; that is theirs, and is not tested here."""
    line = line.rstrip(b"\r\n")
    return len(line) > 0 and line == line.strip() and not re.search(rb"[\x00\r]", line)


def masked_alone(lines, folder):
    """Each line through the command as an input of its own."""
    names = [f"{number:06}" for number in range(len(lines))]
    for name, line in zip(names, lines, strict=True):
        (folder / name).write_bytes(line + b"\n")
    output = b"".join(
        subprocess.run([WEIR, "redact", "--quiet", *names[start : start + 4000]], cwd=folder, check=True, stdout=subprocess.PIPE).stdout
        for start in range(0, len(names), 4000))
    masked = output.split(b"\n")[:-1]
    assert len(masked) == len(lines), "a line became two, or none"
    return masked


def without_company(kept, seed, as_written):
    """Without the lines that are masked otherwise in the company of others (words of a phrase, a key behind its id): daemons mix senders.

    A few kinds of neighbours remain; `Tally` knows them when it sees them.
    """
    dice = random.Random(seed)
    for _ in range(4):
        dice.shuffle(kept)
        text = b"".join(b"n=%09d %b\n" % (number, as_written(line)) for number, (line, _, _) in enumerate(kept))
        output = subprocess.run([WEIR, "redact", "--quiet"], input=text, check=True, stdout=subprocess.PIPE).stdout.split(b"\n")[:-1]
        expected = [b"n=%09d %b" % (number, mask) for number, (_, mask, _) in enumerate(kept)]
        if len(output) == len(expected):
            kept = [line for line, got, wanted in zip(kept, output, expected, strict=True) if got == wanted]
    return kept


def needles(secrets, lines):
    """What must not be found in the output: each secret, and of a long one each end, for a torn line may hold half of it.

    An end that stands in clean text as well tells nothing and is left out.
    """
    ends = [end for secret in secrets if len(secret) >= 2 * END_BYTES for end in (secret[:END_BYTES], secret[-END_BYTES:])]
    clean = b"\n".join(mask for _, mask in lines)
    return sorted({needle for needle in [*secrets, *ends] if needle not in clean})


class Numbered:
    """Endless lines of a pool, each with its number: `sent(n)` goes to the daemon, `expected(n)` is the line it must write.

    `before` stands before the text in the line that is written, `sent_before` in the one that is sent; `%09d` is the number.
    """

    def __init__(self, pool, before=b"n=%09d ", sent_before=None):
        self.pool = pool
        self.before = before
        self.sent_before = before if sent_before is None else sent_before
        self.mark = re.compile(re.escape(before).replace(rb"%09d", rb"(\d{9})"))
        self.number_place = before.index(b"%09d")

    def sent(self, number):
        return self.sent_before % number + self.pool.lines[number % len(self.pool.lines)][0] + b"\n"

    def expected(self, number):
        return self.before % number + self.pool.lines[number % len(self.pool.lines)][1] + b"\n"

    def sent_as_written(self, number):
        """The line as the daemon would write it without Weir."""
        return self.before % number + self.pool.as_written(self.pool.lines[number % len(self.pool.lines)][0]) + b"\n"

    def expected_byte_count(self, count):
        """The bytes of the first `count` lines as they must be written."""
        lines = [len(self.before % 0) + len(mask) + 1 for _, mask in self.pool.lines]
        rounds, rest = divmod(count, len(lines))
        return rounds * sum(lines) + sum(lines[:rest])
