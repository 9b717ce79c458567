"""Which planted credentials each scanner finds, by kind and by dress, and what it finds besides."""

import bisect
import json

import child
from environment import WEIR, need
from inputs import planted, specimens


def hits(manifest, lines):
    """The numbers of the planted credentials that a finding stands in, and how many findings stand elsewhere.

    A line more or less is let pass, for scanners count lines from 0 or from 1; the lines beside a planted one are clean.
    """
    firsts = [one.first_line for one in manifest]
    hit, besides = set(), 0
    for line in lines:
        place = bisect.bisect_right(firsts, line + 1) - 1
        if place >= 0 and line <= manifest[place].last_line + 1:
            hit.add(place)
        else:
            besides += 1
    return hit, besides


def _exact(manifest, path):
    """How many of the planted ranges Weir reports to the byte."""
    output = child.run([WEIR, "scan", "--quiet", "--format", "jsonl", path], keep=True).output
    ranges = {(finding["start"], finding["end"]) for finding in map(json.loads, output.splitlines())}
    return sum((one.start, one.end) in ranges for one in manifest)


def measure(bench):
    folder = bench.folder / "recall"
    folder.mkdir()
    path = folder / "planted.log"
    manifest = planted.write(path, bench.logs, bench.sizes.planted_each, most_bytes=bench.sizes.prefix_bytes)
    need(manifest[1].first_line - manifest[0].last_line > 3, "too few lines between the planted ones")
    results, notes = {}, []
    for peer in [bench.weir, *bench.peers]:
        sample, lines = peer.lines_found(path)
        if lines is None:
            notes.append(f"{peer.name} ended with {sample.exit}")
        else:
            results[peer.name] = hits(manifest, lines)
    page = bench.page
    page.heading("Recall")
    page.paragraph(
        f"{len(manifest)} synthetic credentials, {len(specimens.KINDS)} kinds in {len(specimens.DRESSES)} dresses, {bench.sizes.planted_each} of each, in {path.stat().st_size} bytes of logs:",
        "found / planted. A finding on the line of a credential counts, whatever the scanner calls it. An AWS key id stands alone, without its secret.",
        f"Of {len(manifest)} Weir reports {_exact(manifest, path)} to the byte." + "".join(f" {note}." for note in notes))
    for title, key in (("kind", "kind"), ("dress", "dress")):
        groups = {}
        for place, one in enumerate(manifest):
            groups.setdefault(getattr(one, key), set()).add(place)
        order = specimens.KINDS if key == "kind" else specimens.DRESSES
        rows = [[name, *(f"{len(groups[name] & hit)}/{len(groups[name])}" for hit, _ in results.values())] for name in order]
        rows.append(["**all**", *(f"{len(hit) / len(manifest):.1%}" for hit, _ in results.values())])
        if key == "kind":
            rows.append(["findings elsewhere", *(str(besides) for _, besides in results.values())])
        page.table([title, *results], rows)
