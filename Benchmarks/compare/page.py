"""The page that a run writes: printed as it comes, kept for the file."""

import plot


class Page:
    def __init__(self, name):
        self.name = name
        self.beginning = []
        self.lines = []
        self.plots = {}

    def say(self, *texts):
        for text in texts or ("",):
            print(text, flush=True)
            self.lines.append(text)

    def paragraph(self, *texts):
        self.say(*texts, "")

    def heading(self, text):
        self.say(f"## {text}", "")

    def table(self, header, rows):
        for line in table(header, rows):
            self.say(line)
        self.say()

    def raw(self, what, samples):
        """Every sample behind a table, folded away on the page."""
        self.say(f"<details><summary>Raw samples, {what}</summary>", "")
        for name, values in samples.items():
            self.say(f"- `{name}`: {values}")
        self.say("", "</details>", "")

    def plot(self, name, title, across, upward, series, **options):
        series = {key: points for key, points in series.items() if points}
        if series:
            self.plots[f"{self.name}-{name}.svg"] = plot.svg(title, across, upward, series, **options)
            self.paragraph(f"![{title}]({self.name}-{name}.svg)")

    def save(self, folder):
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in self.plots.items():
            (folder / name).write_text(content)
        path = folder / f"{self.name}.md"
        path.write_text("\n".join([*self.beginning, *self.lines]).rstrip() + "\n")
        return path


def table(header, rows):
    cells = [[str(cell).replace("|", "\\|") for cell in row] for row in [header, *rows]]
    widths = [max(len(row[i]) for row in cells) for i in range(len(header))]
    cells.insert(1, ["-" * width for width in widths])
    return ["| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths)) + " |" for row in cells]
