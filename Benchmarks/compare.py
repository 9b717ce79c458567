#!/usr/bin/env python3
"""Weir beside wc, cat and raw Hyperscan, from one run: Benchmarks/compare.py [--save] [--quick]

Counts come first: a row whose bytes or findings are wrong stops the run. Then rounds of all commands in turn, so that
a slow minute of the machine hits every row. User and system time are those of the child processes.

Environment: WEIR_COMMAND (the command), WEIR_LOGS (a folder with `expand N`, which writes N MB of real logs).
"""

import argparse
import datetime
import json
import os
import pathlib
import platform
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
PROJECT = HERE.parent
WEIR = os.environ.get("WEIR_COMMAND", str(PROJECT / ".build/release/weir"))
TOOLS = pathlib.Path(WEIR).parent
LOGS = pathlib.Path(os.environ.get("WEIR_LOGS", "../shared/logs"))
TARGET_USER_S_PER_GB = 0.67
REDACT = "weir redact < f > /dev/null, one thread"
HOSTILE_LIMIT_RATIO = 20
HOSTILE_LIMIT_RSS_MIB = 64

lines = []


def say(text=""):
    print(text, flush=True)
    lines.append(text)


def run(argv, source, sink=os.devnull):
    """Runs one command with its input and output redirected.

    Times are those of the process and what it waited for. GNU time stands between, for a process inherits the greatest
    resident size of the one that started it, and this one is large.
    """
    with (open(source, "rb") as stdin, open(sink, "wb") as stdout, tempfile.TemporaryFile() as stderr,
          tempfile.NamedTemporaryFile() as peak):
        begin = time.perf_counter_ns()
        child = subprocess.Popen(
            ["/usr/bin/time", "--quiet", "-f", "%M", "-o", peak.name, *argv], stdin=stdin, stdout=stdout, stderr=stderr)
        _, status, usage = os.wait4(child.pid, 0)
        wall = (time.perf_counter_ns() - begin) / 1e9
        child.returncode = os.waitstatus_to_exitcode(status)
        stderr.seek(0)
        return {
            "exit": child.returncode, "wall": wall, "user": usage.ru_utime, "sys": usage.ru_stime,
            "rss_mib": int(peak.read().split()[-1]) / 1024, "stderr": stderr.read().decode(errors="replace"),
        }


def need(claim, text):
    if not claim:
        sys.exit(f"compare.py: {text}")


def output(argv):
    return subprocess.run(argv, check=True, capture_output=True, text=True).stdout.strip()


# Inputs


def clean_logs(folder, megabytes):
    path = folder / "logs"
    expand = LOGS / "expand"
    with open(path, "wb") as file:
        if expand.exists():
            subprocess.run([str(expand), str(megabytes)], stdout=file, check=True)
            return path, f"{megabytes} MB of real logs (expand {megabytes})"
        generator, written = random.Random(1), 0
        words = "session opened for user root request took block replicated connection closed by peer".split()
        while written < megabytes * 10**6:
            written += file.write("".join(
                f"2026-01-{generator.randint(1, 28):02} 12:{generator.randint(0, 59):02}:07 host{generator.randint(1, 9)} "
                f"app[{generator.randint(100, 9999)}]: {' '.join(generator.choices(words, k=9))} "
                f"id={generator.randint(0, 10**9)}\n" for _ in range(2000)).encode())
    return path, f"{megabytes} MB of generated log lines (no logs in {LOGS})"


def hostile_inputs():
    """Name, the bytes that are repeated, and what stands before them.

    Most are the beginning of a credential, again and again; the last rows are credentials, made here, one after the other.
    """
    generator = random.Random(2)
    alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    base64 = bytes(generator.choices(alphabet, k=1 << 20))
    begin = b"-----BEGIN RSA PRIVATE " + b"KEY-----"
    body = b"\n".join(bytes(generator.choices(alphabet, k=64)) for _ in range(1 << 13)) + b"\n"
    letters = alphabet[:52]

    def many(head, members, count, tail):
        return b"".join(head + bytes(generator.choices(members, k=count)) + tail for _ in range(1 << 14))

    return [
        ("AKIA, repeated", b"AKIA", None),
        ("sk-ant-api03-, repeated", b"sk-ant-api03-", None),
        ("eyJ-, repeated", b"eyJ-", None),
        ("glpat-, repeated", b"glpat-", None),
        ("BEGIN lines without a line's end", begin, None),
        ("BEGIN lines", begin + b"\n", None),
        ("one run of base64", base64, None),
        ("a key block that never ends", body, begin + b"\n"),
        ("://a:, repeated", b"://a:", None),
        ("cohere_key=, repeated", b"cohere_key=", None),
        ("beginnings of keystores", b"/u3+7QAAAAIAAAABAAAAAQA", None),
        ("password=, then one run", b"a", b"password="),
        ("line feeds", b"\n", None),
        ("zeros", b"\0", None),
        ("anchors inside one open run", b"sk-ant-" + b"oat01-", None),
        ("an AWS id in every line", many(b"AKIA", alphabet[:26], 16, b"\n"), None),
        ("a Hugging Face token in every line", many(b"hf" + b"_", letters, 34, b"\n"), None),
        ("a URL password every 10 bytes", many(b"://:", letters, 4, b"@\n"), None),
    ]


def fill(path, unit, head, size):
    block = (unit * ((1 << 20) // len(unit) + 1))
    with open(path, "wb") as file:
        if head:
            file.write(head)
        while file.tell() < size:
            file.write(block[: size - file.tell()])


# Tables


def table(header, rows):
    widths = [max(len(str(row[i])) for row in [header, *rows]) for i in range(len(header))]
    for row in [header, ["-" * width for width in widths], *rows]:
        say("| " + " | ".join(str(cell).ljust(width) for cell, width in zip(row, widths)) + " |")
    say()


def describe_machine():
    cpu = "unknown"
    for line in open("/proc/cpuinfo"):
        if line.startswith("model name"):
            cpu = line.split(":", 1)[1].strip()
            break
    say(f"- CPU: {cpu}, {os.cpu_count()} cores; load before: {os.getloadavg()[0]:.2f}")
    say(f"- System: {platform.platform()}")
    say(f"- Swift: {output(['swift', '--version']).splitlines()[0]}")
    say(f"- C: {output(['cc', '--version']).splitlines()[0]}, -O2")
    say(f"- Weir: {' · '.join(output([WEIR, '--version']).splitlines())}, swift build -c release, static")
    say()


def compare_on_logs(folder, raw, megabytes, rounds):
    path, what = clean_logs(folder, megabytes)
    size = path.stat().st_size
    gigabytes = size / 1e9

    # Counts.
    redacted = folder / "redacted"
    check = run([WEIR, "redact", "--receipt"], path, redacted)
    need(check["exit"] == 0, f"weir redact ended with {check['exit']}: {check['stderr']}")
    need(redacted.stat().st_size == size, f"{size} bytes went in, {redacted.stat().st_size} came out")
    need(subprocess.run(["cmp", "-s", path, redacted]).returncode == 0, "the output differs from the clean input")
    redacted.unlink()
    scanned = run([WEIR, "scan"], path)
    need(scanned["exit"] == 0, f"weir scan of clean logs ended with {scanned['exit']}")

    say("## Clean logs")
    say()
    say(f"Input: {what}, {size} bytes. Counted first: bytes out = bytes in, the same bytes; no findings.")
    say(f"{rounds} rounds after one that does not count, all commands in turn; a pipe's row counts both ends.")
    say("Hyperscan scans the bytes in memory, in blocks of 128 KiB, with the database of the same rules.")
    say("The kernel samples in ticks how processor time splits into user and system; their sum is exact.")
    say()

    text = str(path)
    commands = {
        REDACT: [WEIR, "redact", "--quiet", "--threads", "1"],
        "weir redact < f, all processors": [WEIR, "redact", "--quiet"],
        "weir scan < f, one thread": [WEIR, "scan", "--quiet", "--threads", "1"],
        "weir scan < f, all processors": [WEIR, "scan", "--quiet"],
        "wc -l < f": ["wc", "-l"],
        "cat < f > /dev/null": ["cat"],
        "cat f | cat > /dev/null": ["sh", "-c", 'cat "$1" | cat', "sh", text],
        "cat f | weir redact, one thread": ["sh", "-c", 'cat "$1" | "$2" redact --quiet --threads 1', "sh", text, WEIR],
        "cat f | weir redact, all processors": ["sh", "-c", 'cat "$1" | "$2" redact --quiet', "sh", text, WEIR],
    }
    samples = {name: [] for name in [*commands, "raw Hyperscan, in memory"]}
    matches = 0
    for number in range(rounds + 1):
        for name, argv in commands.items():
            sample = run(argv, path)
            need(sample["exit"] == 0, f"{name} ended with {sample['exit']}: {sample['stderr']}")
            if number:
                samples[name].append(sample)
        measured = json.loads(output([*raw, text]))
        need(measured["bytes"] == size, "raw Hyperscan did not read it all")
        matches = measured["matches"]
        if number:
            samples["raw Hyperscan, in memory"].append(
                {"wall": measured["wall_s"], "user": measured["user_s"],
                 "sys": max(0.0, measured["wall_s"] - measured["user_s"]), "rss_mib": 0})

    reference = statistics.median(s["user"] for s in samples["raw Hyperscan, in memory"])
    rows = []
    for name, values in samples.items():
        middle = {key: statistics.median(v[key] for v in values) for key in ("user", "sys", "wall", "rss_mib")}
        rows.append([
            name, f"{middle['user'] / gigabytes:.3f}", f"{middle['sys'] / gigabytes:.3f}",
            f"{statistics.median(v['user'] + v['sys'] for v in values) / gigabytes:.3f}", f"{middle['wall'] / gigabytes:.3f}", f"{gigabytes / middle['wall']:.2f}",
            f"{middle['user'] / reference:.2f}", f"{middle['rss_mib']:.0f}" if middle["rss_mib"] else "-",
        ])
    table(["medians", "user s/GB", "sys s/GB", "sum s/GB", "wall s/GB", "GB/s", "user / Hyperscan's", "RSS MiB"], rows)
    redact_user = statistics.median(s["user"] for s in samples[REDACT]) / gigabytes
    verdict = "met" if redact_user <= TARGET_USER_S_PER_GB else "MISSED"
    say(f"`weir redact`: {redact_user:.3f} s of user time per GB; the target is {TARGET_USER_S_PER_GB}: {verdict}.")
    say(f"Hyperscan's matches on these logs: {matches} ({matches / (size / 1e6):.1f} a MB).")
    say()
    for key in ("user", "wall"):
        say(f"Raw samples, {key} seconds:")
        say()
        for name, values in samples.items():
            say(f"- `{name}`: " + " ".join(f"{v[key]:.4f}" for v in values))
        say()
    redact_sum = statistics.median(s["user"] + s["sys"] for s in samples[REDACT]) / gigabytes
    return redact_user, redact_sum


def measure_tree(folder, megabytes, rounds):
    """The same logs as a tree of small files, beside what else reads trees."""
    path, _ = clean_logs(folder, megabytes)
    text = path.read_bytes()
    generator = random.Random(4)
    tree, place, count = folder / "tree", 0, 0
    while place < len(text):
        end = text.find(b"\n", place + min(int(generator.expovariate(1e-4)), 200_000)) + 1 or len(text)
        name = tree / f"{count // 100:03}" / f"{count:05}.log"
        name.parent.mkdir(parents=True, exist_ok=True)
        name.write_bytes(text[place:end])
        place, count = end, count + 1
    commands = {
        "weir scan tree, one thread": [WEIR, "scan", "--quiet", "--threads", "1", str(tree)],
        "weir scan tree, all processors": [WEIR, "scan", "--quiet", str(tree)],
        "grep -rcF WORD tree": ["grep", "-rcF", "quetzalcoatlus", str(tree)],
    }
    if shutil.which("rg"):
        commands["rg -j1 -cF WORD tree"] = ["rg", "-j1", "-cF", "quetzalcoatlus", str(tree)]
    receipt = run([WEIR, "scan", "--receipt", str(tree)], path)
    need(f"read {len(text)} = scanned" in receipt["stderr"], "the tree was not read whole")
    samples = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, argv in commands.items():
            sample = run(argv, path)
            need(sample["exit"] == (0 if argv[0] == WEIR else 1), f"{name} ended with {sample['exit']}")
            if number:
                samples[name].append(sample)
    say("## A tree")
    say()
    say(f"The same logs in {count} files, cut at line ends, of 10 KB on average; {rounds} rounds after one that does not count. All read all.")
    say()
    rows = []
    for name, values in samples.items():
        middle = {key: statistics.median(v[key] for v in values) for key in ("wall", "rss_mib")}
        rows.append([name, f"{statistics.median(v['user'] + v['sys'] for v in values):.3f}", f"{middle['wall']:.3f}",
                     f"{middle['rss_mib']:.0f}", " ".join(f"{v['wall']:.3f}" for v in values)])
    table(["medians", "user + system s", "wall s", "RSS MiB", "raw samples, wall"], rows)
    shutil.rmtree(tree)


def build_raw_hyperscan(folder):
    """The command that scans a file with bare Hyperscan over the database of the project's rules."""
    database = folder / "rules.db"
    subprocess.run([str(TOOLS / "rulec"), "database", str(PROJECT / "rules"), str(database)], check=True)
    program = folder / "raw_hyperscan"
    flags = output(["pkg-config", "--cflags", "--libs", "libhs"]).split()
    subprocess.run(["cc", "-O2", "-o", str(program), str(HERE / "raw_hyperscan.c"), *flags], check=True)
    return [str(program), str(database)]


def measure_hostile(folder, raw, clean, megabytes, rounds):
    clean_user, clean_sum = clean
    say("## Input made to hurt")
    say()
    say(f"{megabytes} MB each, `weir redact --threads 1 < f > /dev/null`, median of {rounds}. Limits: {HOSTILE_LIMIT_RATIO} times the user")
    say(f"time of clean logs per byte, {HOSTILE_LIMIT_RSS_MIB} MiB resident. The sum of user and system time stands beside it, for")
    say("it is exact, and what bare Hyperscan takes for the same bytes, most of it to report its matches.")
    say()
    rows, exceeded = [], []
    size = megabytes * 10**6
    path = folder / "hostile"
    for name, unit, head in hostile_inputs():
        fill(path, unit, head, size)
        values = [run([WEIR, "redact", "--quiet", "--threads", "1"], path) for _ in range(rounds)]
        need(all(v["exit"] == 0 for v in values), f"{name}: ended with {values[0]['exit']}: {values[0]['stderr']}")
        user = statistics.median(v["user"] for v in values) / size * 1e9
        ratio = user / clean_user
        total = statistics.median(v["user"] + v["sys"] for v in values) / size * 1e9
        bare = statistics.median(json.loads(output([*raw, str(path)]))["user_s"] for _ in range(rounds)) / size * 1e9
        resident = max(v["rss_mib"] for v in values)
        fine = ratio <= HOSTILE_LIMIT_RATIO and resident <= HOSTILE_LIMIT_RSS_MIB
        if not fine:
            exceeded.append(name)
        rows.append([
            name, f"{user:.2f}", f"{ratio:.1f}", f"{total:.2f}", f"{total / clean_sum:.1f}", f"{bare:.2f}", f"{resident:.0f}",
            "" if fine else "EXCEEDED"])
    path.unlink()
    table(
        ["input", "user ns/byte", "times clean", "sum ns/byte", "times clean", "bare Hyperscan", "most RSS MiB", ""], rows)
    return exceeded


def measure_start(folder, rounds):
    path = folder / "line"
    path.write_bytes(b"one line\n")
    run([WEIR, "redact"], path)
    values = sorted(run([WEIR, "redact", "--quiet"], path)["wall"] * 1e3 for _ in range(rounds))
    nothing = sorted(run(["true"], path)["wall"] * 1e3 for _ in range(rounds))
    say("## Start-up")
    say()
    say(f"From exec to exit on one line, {rounds} runs: median {statistics.median(values):.1f} ms, least {values[0]:.1f}, "
        f"most {values[-1]:.1f}; `true`, measured alike: median {statistics.median(nothing):.1f} ms.")
    say()


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--save", action="store_true", help="write docs/benchmarks/YYYY-MM-DD.md")
    arguments.add_argument("--quick", action="store_true", help="smaller inputs, fewer rounds: to try the script")
    options = arguments.parse_args()
    need(os.access(WEIR, os.X_OK), f"no command {WEIR}; make build")

    today = datetime.date.today().isoformat()
    say(f"# Measured {today}{' (quick: not to be quoted)' if options.quick else ''}")
    say()
    say("`make bench` makes this page. It favours Weir in that clean logs hold no findings, and a line of text is its best")
    say("case; it favours Hyperscan in that nothing is read, carried, judged or written there.")
    say()
    describe_machine()
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as name:
        folder = pathlib.Path(name)
        raw = build_raw_hyperscan(folder)
        per_gigabyte = compare_on_logs(folder, raw, 20 if options.quick else 200, 2 if options.quick else 9)
        measure_tree(folder, 20 if options.quick else 200, 2 if options.quick else 7)
        exceeded = measure_hostile(folder, raw, per_gigabyte, 8 if options.quick else 64, 1 if options.quick else 3)
        measure_start(folder, 30)
    if exceeded:
        say(f"Over a limit: {', '.join(exceeded)}.")
    if options.save:
        page = PROJECT / "docs/benchmarks" / f"{today}.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text("\n".join(lines).rstrip() + "\n")
        print(f"saved: {page.relative_to(PROJECT)}")


main()
