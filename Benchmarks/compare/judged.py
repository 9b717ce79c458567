"""What is asked of Weir, and whether a run reached it."""

import dataclasses
import statistics

from page import table


@dataclasses.dataclass(frozen=True)
class Figure:
    """`asked` and `aim` are bounds from below, or from above where `is_most`; an aim may be measured in the same run."""

    key: str
    text: str
    asked: float
    aim: float | None
    unit: str = ""
    is_most: bool = False

    def reaches(self, value, bound):
        return value <= bound if self.is_most else value >= bound

    def bound(self, value):
        return "-" if value is None else f"{'≤' if self.is_most else '≥'} {_number(value)}{self.unit}"


FIGURES = [
    Figure("scan-wc", "scan of one file of logs, one core: speed against `wc -l`", 0.35, 0.6, " ×"),
    Figure("scan-hyperscan", "the same against raw Hyperscan in C over Weir's own database, bytes in memory", 0.9, 1, " ×"),
    Figure("logs-kingfisher", "the same against kingfisher, same core, start included", 15, 25, " ×"),
    Figure("tree-rg", "a tree of source files, `--threads 1`, against `rg -j1 -cF WORD`", 0.5, 0.9, " ×"),
    Figure("tree-kingfisher", "that tree against kingfisher, same core", 40, 80, " ×"),
    Figure("two-cores", "one file of logs on two cores, against one (aim: 0.9 of raw Hyperscan's own gain)", 1.5, None, " ×"),
    Figure("pipe-one", "`cat f | weir redact` with two threads, against one", 1, None, " ×"),
    Figure("pipe-cpu", "the same, against 2 cores ÷ processor seconds per GB of both processes", 0.9, None, " ×"),
    Figure("pipe-cat", "`cat f | weir redact > /dev/null` against `cat f | cat > /dev/null`", 0.7, 1, " ×"),
    Figure("records", "records of 200 bytes (lines of one file), one core, million a second", 6, 9),
    Figure("memory", "resident memory, the most of all runs", 64, 32, " MiB", is_most=True),
    Figure("density", "one finding per KB, against clean logs, the slower of scan and redact", 0.5, 0.8, " ×"),
    Figure("latency", "latency of a line through `weir redact`, p99", 1000, 100, " µs", is_most=True),
]


def _number(value):
    """Three digits, and no exponent."""
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"


class Judged:
    def __init__(self):
        self.measured = {}
        self.missing = {}
        self.most_rss_mib = 0

    def ratio(self, key, ratios, note="", aim=None):
        """The median of ratios of paired runs, with the least and the most of them."""
        spread = f" ({_number(min(ratios))} to {_number(max(ratios))})" if len(ratios) > 1 else ""
        self.value(key, statistics.median(ratios), spread + note, aim)

    def value(self, key, value, note="", aim=None):
        assert key in {figure.key for figure in FIGURES}
        self.measured[key] = (value, note, aim)

    def not_measured(self, key, why):
        self.missing[key] = why

    def resident(self, mib):
        """One more run of Weir, on whatever input."""
        self.most_rss_mib = max(self.most_rss_mib, mib)

    def rows(self):
        for figure in FIGURES:
            if figure.key not in self.measured:
                why = self.missing.get(figure.key, "its part did not run")
                yield [figure.text, figure.bound(figure.asked), figure.bound(figure.aim), f"not measured: {why}", "NOT MEASURED"]
                continue
            value, note, aim = self.measured[figure.key]
            aim = figure.aim if aim is None else aim
            verdict = "MISSED"
            if figure.reaches(value, figure.asked):
                verdict = "met"
                if aim is not None:
                    verdict += ", aim too" if figure.reaches(value, aim) else "; aim missed"
            yield [figure.text, figure.bound(figure.asked), figure.bound(aim), f"{_number(value)}{figure.unit}{note}", verdict]

    def lines(self):
        return table(["figure", "asked", "aim", "measured", ""], list(self.rows()))
