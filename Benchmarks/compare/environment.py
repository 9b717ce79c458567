"""Where things are: the project, the commands, the logs, the code, the scratch folder."""

import os
import pathlib
import sys

PROJECT = pathlib.Path(__file__).resolve().parents[2]
WEIR = os.environ.get("WEIR_COMMAND", str(PROJECT / ".build/release/weir"))
RULEC = str(pathlib.Path(WEIR).parent / "rulec")
RULES = PROJECT / "rules"
# A folder with `expand N`, which writes N MB of real logs.
LOGS = pathlib.Path(os.environ.get("WEIR_LOGS", "../shared/logs"))
# Folders of source code, with colons between them; without it what is found on the machine.
CODE = [pathlib.Path(path) for path in os.environ.get("WEIR_CODE", "").split(":") if path]
# Peers stay here between runs.
KEPT = pathlib.Path(os.environ.get("WEIR_BENCH_FOLDER", PROJECT / ".build/bench"))
PAGES = PROJECT / "docs/benchmarks"
# What one-core rows run on: the last processor that may be used, for the first serves more interrupts.
ONE_CORE = max(os.sched_getaffinity(0))
# Stands in none of the inputs.
WORD = "quetzal" + "coatlus"


def need(claim, text):
    """Ends the run: a wrong count is no benchmark."""
    if not claim:
        sys.exit(f"compare: {text}")
