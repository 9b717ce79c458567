"""A line for each promise: kept or broken."""

import argparse
import datetime
import pathlib
import signal
import sys
import tempfile
import time

from .daemon import DaemonError
from .environment import need_tools


class Account:
    """What is said of a run; its `exit_status` is 1 when a promise was broken."""

    def __init__(self, name):
        self.name = name
        self.broken_count = 0

    def promise(self, holds, sentence):
        self.broken_count += not holds
        print(f"{self.name}: {'kept' if holds else 'BROKEN'}: {sentence}", flush=True)

    def figure(self, sentence):
        print(f"{self.name}: {sentence}", flush=True)

    @property
    def exit_status(self):
        return 1 if self.broken_count else 0


def run(name, parts, description):
    """The main of a daemon's test: `parts` are functions of an account, a folder and a number of lines, by name."""
    arguments = argparse.ArgumentParser(description=description)
    arguments.add_argument("--lines", type=int, default=50_000, help="lines for each part (50,000; the whole form is 1,000,000)")
    arguments.add_argument("--only", nargs="+", choices=parts, help="only these parts")
    options = arguments.parse_args()
    need_tools()
    # A test that is told to stop still ends its daemons.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, frame: sys.exit(128 + number))
    account = Account(name)
    began = time.monotonic()
    for part in options.only or parts:
        with tempfile.TemporaryDirectory(prefix=f"weir-{name}-") as folder:
            try:
                parts[part](account, pathlib.Path(folder), options.lines)
            except DaemonError as error:
                account.promise(False, f"{part}: {error}")
    account.figure(f"{datetime.date.today().isoformat()}, {time.monotonic() - began:.0f} s, {account.broken_count} promises broken")
    sys.exit(account.exit_status)
