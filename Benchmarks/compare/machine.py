"""What the figures are of: processor, system, compilers, versions."""

import os
import platform
import resource
import time

import child
from environment import WEIR


def describe(bench):
    cpu = next((line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "unknown")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    say = bench.page.say
    say(f"- CPU: {cpu}, {os.cpu_count()} cores, {memory:.0f} GiB")
    say(f"- System: {platform.platform()}")
    say(f"- Swift: {child.output(['swift', '--version']).splitlines()[0]}; C: {child.output(['cc', '--version']).splitlines()[0]}, -O2")
    say(f"- Weir: {' · '.join(child.output([WEIR, '--version']).splitlines())}, swift build -c release, static")
    for name in ("rg", "grep", "wc"):
        say(f"- {name}: {child.output([name, '--version']).splitlines()[0]}")
    for peer in bench.peers:
        say(f"- {peer.name}: {peer.version}")
    for sentence in bench.absent:
        say(f"- not to be had: {sentence}")
    bench.page.paragraph()


class Idleness:
    """What others took of the processors while this ran, and what the host took away."""

    def __init__(self):
        self.began, self.before, self.own = time.perf_counter(), self._ticks(), self._own()

    @staticmethod
    def _ticks():
        """Seconds that all processors were at work, and seconds stolen, since the machine's start."""
        user, nice, system, _, _, irq, soft, steal = (int(word) / os.sysconf("SC_CLK_TCK") for word in open("/proc/stat").readline().split()[1:9])
        return user + nice + system + irq + soft, steal

    @staticmethod
    def _own():
        usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        return sum(usage.ru_utime + usage.ru_stime for usage in usages)

    def shares(self):
        whole = (time.perf_counter() - self.began) * os.cpu_count()
        (busy, stolen), own = self._ticks(), self._own()
        others = max(0.0, busy - self.before[0] - (own - self.own))
        return others / whole, (stolen - self.before[1]) / whole

    def sentence(self):
        others, stolen = self.shares()
        warning = "" if others < 0.05 and stolen < 0.05 else " **The machine was not idle: the figures are not to be quoted.**"
        return f"While it ran, other programs took {others:.0%} of the processors, and the host {stolen:.0%}.{warning}"
