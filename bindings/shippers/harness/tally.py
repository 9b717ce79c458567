"""What an output file holds of the lines that were sent, byte by byte."""

import pathlib
import re
import subprocess
import tempfile


MASK = re.compile(rb"WEIR_REDACTED_[\w.-]+")


class Tally:
    """Of lines `first` up to `end`: which came whole and right, which twice, which not at all, and what else stands there.

    A line is *torn* when it is the beginning of a right one, cut by a kill; the next may stand right behind it. Whatever else does not equal a
    right line is *alien*: no death explains it, and it may be the rest of a line whose beginning held the head of a secret. A line may be masked
    *otherwise* than it is alone, more of it or as another rule's: in a stream a key may be known by what stands in the line before it.

    `normal` puts a line's own time and the like in the shape that is expected, or answers None for a line that is none of those sent.
    """

    def __init__(self, paths, numbered, first, end, normal=None):
        self.first, self.end = first, end
        self.numbered = numbered
        self.seen = bytearray(end - first)
        self.twice = set()
        self.torn_count = self.alien_count = self.otherwise_count = self.byte_count = 0
        self.ends_in_part = False
        self.aliens = []
        for path in paths if isinstance(paths, list) else [paths]:
            if path.exists():
                self.take(path, normal)

    def take(self, path, normal):
        place = self.numbered.number_place
        with open(path, "rb") as file:
            for line in file:
                self.byte_count += len(line)
                if normal is not None:
                    line = normal(line)
                    if line is None:
                        continue
                digits = line[place : place + 9]
                if digits.isdigit() and self.is_right(line, int(digits)):
                    self.count(int(digits))
                else:
                    self.take_broken(line)
                self.ends_in_part = not line.endswith(b"\n")

    def is_right(self, line, number):
        return self.first <= number < self.end and line == self.numbered.expected(number)

    def count(self, number):
        if self.seen[number - self.first]:
            self.twice.add(number)
        self.seen[number - self.first] = 1

    def take_broken(self, line):
        """Beginnings of lines, at most the last one whole."""
        starts = [found.start() for found in self.numbered.mark.finditer(line)]
        if not starts or starts[0] != 0:
            # A mark that was cut itself.
            head = line[: starts[0] if starts else len(line)]
            if not self.is_beginning_of_mark(head):
                self.alien(line)
                return
            self.torn_count += 1
        for start, stop in zip(starts, [*starts[1:], len(line)]):
            part = line[start:stop]
            number = int(self.numbered.mark.match(part).group(1))
            if self.is_right(part, number):
                self.count(number)
            elif self.is_masked_otherwise(part, number):
                self.count(number)
                self.otherwise_count += 1
            elif self.first <= number < self.end and self.is_beginning(part, number):
                self.torn_count += 1
            else:
                self.alien(part)

    def is_masked_otherwise(self, part, number):
        if not self.first <= number < self.end or part.count(b"WEIR_REDACTED_") < self.numbered.expected(number).count(b"WEIR_REDACTED_"):
            return False
        form = b".+".join(map(re.escape, MASK.split(part)))
        return re.fullmatch(form, self.numbered.sent_as_written(number), re.DOTALL) is not None

    def is_beginning(self, part, number):
        return self.numbered.expected(number).startswith(part)

    def is_beginning_of_mark(self, head):
        head = head.rstrip(b"\n")
        place = self.numbered.number_place
        before = self.numbered.before
        return (
            before.startswith(head) if len(head) <= place
            else head.startswith(before[:place]) and head[place:].isdigit() and len(head) < place + 9)

    def alien(self, line):
        self.alien_count += 1
        if len(self.aliens) < 3:
            self.aliens.append(line)

    @property
    def missing(self):
        return [self.first + number for number, seen in enumerate(self.seen) if not seen]

    @property
    def missing_byte_count(self):
        return sum(len(self.numbered.sent(number)) for number in self.missing)

    @property
    def is_whole(self):
        """All came, and nothing else; some may have come twice."""
        return not (self.torn_count or self.alien_count or self.ends_in_part) and all(self.seen)

    def shown_aliens(self):
        """Where the first aliens differ from what was expected. All credentials are synthetic."""
        for line in self.aliens:
            number = self.numbered.mark.search(line)
            wanted = self.numbered.expected(int(number.group(1))) if number else b""
            place = next((place for place, (got, want) in enumerate(zip(line, wanted)) if got != want), min(len(line), len(wanted)))
            yield f"{line[max(0, place - 60) : place + 60]!r} where {wanted[max(0, place - 60) : place + 60]!r} was expected"

    def __str__(self):
        otherwise = f", {self.otherwise_count:,} masked otherwise" if self.otherwise_count else ""
        aliens = "".join(f"; {alien}" for alien in self.shown_aliens())
        return (
            f"{sum(self.seen):,} right, {self.end - self.first - sum(self.seen):,} missing, {len(self.twice):,} twice, "
            f"{self.torn_count:,} torn, {self.alien_count:,} alien{otherwise}{aliens}")


def leaked_count(paths, pool):
    """How many lines of the files hold a planted secret, or an end of one."""
    with tempfile.TemporaryDirectory() as name:
        patterns = pathlib.Path(name) / "needles"
        patterns.write_bytes(b"".join(needle + b"\n" for needle in pool.needles))
        count = 0
        for path in paths if isinstance(paths, list) else [paths]:
            if path.exists():
                found = subprocess.run(
                    ["grep", "-a", "-c", "-F", "-f", patterns, "--", path], env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"}, stdout=subprocess.PIPE)
                if found.returncode > 1:
                    raise RuntimeError(f"grep ended with {found.returncode}")
                count += int(found.stdout)
        return count
