"""What is lost where a reader cuts its input, and what is skipped."""

import base64
import random

from environment import need
from inputs import specimens
from peers import kingfisher_bytes

STEPS = [4096, 8192, 10_000, 16_384, 28_672, 32_768, 65_536, 100_000, 131_072, 250_000, 262_144, 524_288, 1_000_000, 1 << 20]


def write_seams(path, clean, each):
    """Credentials that lie across multiples of what readers read at once. Returns how many."""
    dice = random.Random(9)
    places = sorted({step * number for step in STEPS for number in range(1, each + 1)})
    text, written = memoryview(clean), 0
    count = source = 0
    with open(path, "wb") as file:
        for place in places:
            kind = dice.choice(["GitHub token", "Slack bot token", "Google API key", "SendGrid key"])
            line, (start, end) = specimens.line(kind, "quotes", dice)
            # The place falls into the credential, of which it leaves a part on either side.
            begin = place - start - dice.randint(1, end - start - 1)
            if begin < written + 200:
                continue
            filler = bytes(text[source : source + begin - written])
            filler = filler[: filler.rfind(b"\n") + 1]
            filler += b"." * (begin - written - len(filler) - 1) + b"\n"
            source += len(filler)
            file.write(filler + line)
            written, count = begin + len(line), count + 1
        file.write(b"end\n")
    return count


def _write_dense(path, count):
    dice = random.Random(10)
    with open(path, "wb") as file:
        for _ in range(count):
            file.write(f"2026-11-21 12:00:07 worker token {specimens.KINDS['GitHub token'](dice)}\n".encode())
    return count


def _write_long_line(path, size):
    """A credential, then base64 without a newline."""
    dice = random.Random(11)
    with open(path, "wb") as file:
        file.write(specimens.line("GitHub token", "quotes", dice)[0].rstrip(b"\n") + b" ")
        block = base64.b64encode(dice.randbytes(750_000))
        while file.tell() < size:
            file.write(block)
    return 1


def measure(bench):
    folder = bench.folder / "seams"
    folder.mkdir()
    clean = bench.logs.read_bytes()[: 60 << 20]
    inputs = {
        "across seams": (folder / "seams", lambda path: write_seams(path, clean, max(4, bench.sizes.planted_each * 3))),
        "one a line": (folder / "dense", lambda path: _write_dense(path, bench.sizes.boundary_tokens)),
        f"{bench.sizes.long_line_mb} MB on one line": (folder / "long", lambda path: _write_long_line(path, bench.sizes.long_line_mb * 10**6)),
    }
    rows = []
    for what, (path, make) in inputs.items():
        planted = make(path)
        for peer in [bench.weir, *bench.peers]:
            # Line by line readers have no seams, and hours to do.
            if peer.name in ("detect-secrets", "credsweeper") or (peer.is_slow and "on one line" in what):
                continue
            for door in ("file", "stdin"):
                options = dict(one_core=True, limit_s=60)
                sample, lines = peer.lines_found(path, **options) if door == "file" else peer.lines_found_in_stream(path, **options)
                if sample.exit is None:
                    found = "ended after 60 s"
                elif lines is None:
                    found = f"exit {sample.exit}"
                else:
                    found = f"{len(set(lines))}" if planted > 1 else f"{len(lines)}"
                note = ""
                if peer.name == "kingfisher" and sample.exit is not None:
                    share = kingfisher_bytes(sample.output) / path.stat().st_size
                    note = "" if share > 0.999 else f"scanned {share:.0%} of the bytes, exit {sample.exit}"
                if peer is bench.weir:
                    need(lines is not None and len(lines) == planted, f"{what}, {door}: {planted} planted, Weir finds {found}")
                    bench.judged.resident(sample.rss_mib)
                rows.append([what, peer.name, door, planted, found, f"{sample.wall:.2f}", f"{sample.rss_mib:.0f}", note])
        path.unlink()
    bench.page.heading("Seams, and what is skipped")
    bench.page.paragraph(
        f"Credentials across multiples of {', '.join(map(str, STEPS))} bytes; a credential in every line; a credential and then base64 on one line without an end.",
        "One core, one run each. Scanners that read line by line and slowly are left out.")
    bench.page.table(["input", "scanner", "door", "planted", "found", "wall s", "RSS MiB", ""], rows)
