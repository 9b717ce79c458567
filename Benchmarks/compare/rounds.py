"""Commands measured in turn, round by round, so that a slow minute of the machine hits every row."""

import dataclasses
import os
import statistics

import child
from environment import need


@dataclasses.dataclass
class Row:
    """A command of a table. `exits` are the exit codes of a run that went well; a slow one takes part in few rounds."""

    name: str
    argv: list
    source: object = os.devnull
    one_core: bool = False
    exits: tuple = (0,)
    most_rounds: int = 99
    warms_up: bool = True
    folder: object = None
    function: object = None

    def run(self):
        if self.function:
            return self.function()
        sample = child.run(self.argv, self.source, one_core=self.one_core, folder=self.folder)
        need(sample.exit in self.exits, f"{self.name} ended with {sample.exit}: {sample.errors[-400:]}")
        return sample


class Rounds:
    """The samples of some rows, by name, in the order of the rounds. The first round warms up and does not count."""

    def __init__(self, rows, count):
        self.samples = {row.name: [] for row in rows}
        for number in range(count + 1):
            for row in rows:
                if number <= row.most_rounds and (number or row.warms_up):
                    sample = row.run()
                    if number:
                        self.samples[row.name].append(sample)

    def median(self, name, key="wall"):
        return statistics.median(getattr(sample, key) for sample in self.samples[name])

    def ratios(self, name, other, key="wall"):
        """What `name` takes over what `other` took in the same round, for each round that has both."""
        return [getattr(one, key) / max(getattr(two, key), 1e-9) for one, two in zip(self.samples[name], self.samples[other])]

    def ratio(self, name, other, key="wall"):
        return statistics.median(self.ratios(name, other, key))

    def most_rss_mib(self, name):
        return max(sample.rss_mib for sample in self.samples[name])

    def raw(self, key="wall", digits=3):
        return {name: " ".join(f"{getattr(sample, key):.{digits}f}" for sample in samples) for name, samples in self.samples.items()}
