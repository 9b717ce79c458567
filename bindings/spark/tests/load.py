"""A cluster under load, and a worker killed in the midst of each job: load.py CORPUS LINE-COUNT

Columns are masked, findings are found and files are masked on two workers, of which one is killed in mid-job. Counts and bytes must be
those of the wheel alone, in this process. Then the same without a death, and without Weir, timed. Ends with 1 and a sentence otherwise.
"""

import hashlib
import os
import pathlib
import platform
import random
import shutil
import statistics
import sys
import threading
import time

import pyarrow
import pyarrow.parquet
import pyspark
import weir
import weir.spark
from cluster import Cluster, wait_for

PART_COUNT = 48
ROUNDS = 3


def say(text):
    print(f"load: {text}", flush=True)


def must(holds, sentence):
    if not holds:
        raise SystemExit(f"load: FAILED: {sentence}")


def digest(texts):
    hashed = hashlib.sha256()
    for text in texts:
        hashed.update(b"-" if text is None else b"%d:" % len(text) + text)
    return hashed.hexdigest()[:16]


def lines_of(corpus, count):
    """Lines of all kinds of text, mixed."""
    lines = []
    for path in sorted(corpus.rglob("*")):
        if path.is_file():
            lines += path.read_bytes().split(b"\n")
    must(len(lines) >= count, f"the corpus has {len(lines)} lines, and {count} are wanted")
    random.Random(1).shuffle(lines)
    return lines[:count]


def write_rows(lines, raws, folder):
    """Parts of a table: a number, a line as a string, and now and then one as binary."""
    folder.mkdir()
    table = pyarrow.table({"id": range(len(lines)), "line": pyarrow.array(lines, pyarrow.binary()), "raw": pyarrow.array(raws, pyarrow.binary())})
    table = table.set_column(1, "line", table["line"].combine_chunks().view(pyarrow.string()))
    step = -(-len(lines) // PART_COUNT)
    for part in range(PART_COUNT):
        pyarrow.parquet.write_table(table.slice(part * step, step), folder / f"{part:02}.parquet")


def read_rows(folder):
    table = pyarrow.parquet.read_table(folder).sort_by("id")
    return (
        table["id"].to_pylist(),
        [text for part in table["line"].chunks for text in part.view(pyarrow.binary()).to_pylist()],
        table["raw"].to_pylist(),
    )


def survived(cluster, name, run):
    """What a job makes while a worker is killed; and that it was."""
    deaths, over = [], threading.Event()
    worker_count = len(cluster.workers)
    cluster.spark.sparkContext.setJobGroup(name, name)

    def kill():
        try:
            deaths.append(cluster.kill_one_in(name, over.is_set))
        except Exception as error:
            deaths.append(error)

    killer = threading.Thread(target=kill)
    killer.start()
    began = time.monotonic()
    try:
        result = run()
    finally:
        ended = time.monotonic()
        over.set()
        killer.join()
    (death,) = deaths
    must(not isinstance(death, Exception), f"{name}: no worker was killed: {death}")
    must(began < death.at < ended, f"{name}: the worker was killed outside of the job")

    # The driver's and the master's own words for it, each of which comes a little later.
    wait_for("the driver gives the executor up", lambda: death.executor not in {one["id"] for one in cluster.asked("executors") if one["isActive"]})
    lost_count = cluster.lost_tasks(death)
    must(lost_count > 0, f"{name}: no task was lost with the worker")
    wait_for("the master gives the worker up", lambda: len(cluster.alive_workers()) == worker_count - 1)
    say(
        f"{name}: worker and executor {death.executor} killed with {death.done_count} of {death.task_count} tasks done; "
        f"{lost_count} lost with it; {ended - began:.1f} s in all"
    )
    cluster.add_workers(1)
    cluster.wait_for_executors()
    return result


class Watch:
    """Looks at the files of a folder while they come: each must be whole from the moment it has its name."""

    def __init__(self, folder, sizes):
        self.folder, self.sizes, self.look_count, self.torn = folder, sizes, 0, set()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look)

    def _look(self):
        while not self._over.wait(0.02):
            self.look_count += 1
            for folder, folders, names in os.walk(self.folder):
                folders[:] = [name for name in folders if not name.startswith(".weir-")]
                for path in (pathlib.Path(folder, name) for name in names):
                    name = str(path.relative_to(self.folder))
                    if path.stat().st_size != self.sizes[name]:
                        self.torn.add(name)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._over.set()
        self._thread.join()


def timed(line_count, byte_count, runs, cpu_seconds):
    """Rounds in turn, so that a slow minute of the machine is everyone's. Processor time is the steadier on a machine with other work."""
    samples = {name: [] for name in runs}
    for _ in range(ROUNDS):
        for name, run in runs.items():
            began, cpu_began = time.perf_counter(), cpu_seconds()
            run()
            samples[name].append((time.perf_counter() - began, cpu_seconds() - cpu_began))
    for name, pairs in samples.items():
        wall, cpu = (statistics.median(each) for each in zip(*pairs))
        said = ", ".join(f"{one:.2f} and {other:.2f}" for one, other in pairs)
        say(f"{name}: {wall:.2f} s, {line_count / wall / 1e6:.2f} million lines/s, {byte_count / wall / 1e6:.0f} MB/s; {cpu:.2f} s of processors ({said})")


def main(corpus, line_count):
    say(f"Spark {pyspark.__version__}, pyarrow {pyarrow.__version__}, Python {platform.python_version()}, Weir {weir.__version__}")
    engine = weir.Engine()
    lines = lines_of(corpus, line_count)
    raws = [line[::-1] + b"\xff " + line if number % 5 == 0 else None for number, line in enumerate(lines)]
    byte_count = sum(map(len, lines)) + sum(len(raw) for raw in raws if raw is not None)

    masked_lines, masked_raws = engine.redact_many(lines), [None if raw is None else engine.redact(raw) for raw in raws]
    expected = sorted(
        (number, field, *finding[:5])
        for field, texts in [("line", lines), ("raw", raws)]
        for number, text in enumerate(texts)
        if text is not None
        for finding in engine.scan(text)
    )
    files = {str(path.relative_to(corpus)): path.read_bytes() for path in corpus.rglob("*") if path.is_file()}
    masked_files = {name: engine.redact(text) for name, text in files.items()}
    say(f"{len(lines)} lines, {byte_count} bytes in two columns, {len(expected)} findings; {len(files)} files, {sum(map(len, files.values()))} bytes")

    with Cluster() as cluster:
        spark, rows, to = cluster.spark, cluster.folder / "rows", cluster.folder / "to"
        info = cluster.spark._jvm.System.getProperty
        say(f"Java {info('java.version')}; a master and two workers of one core on loopback")
        write_rows(lines, raws, rows)
        frame = spark.read.parquet(str(rows))
        columns = ["line", "raw"]

        survived(cluster, "redact", lambda: weir.spark.redact(frame, columns).write.parquet(str(to / "redact")))
        numbers, got_lines, got_raws = read_rows(to / "redact")
        must(numbers == list(range(len(lines))), "redact: rows are lost or doubled")
        must(got_lines == masked_lines and got_raws == masked_raws, "redact: other bytes than on one machine")
        say(f"redact: {len(numbers)} rows, bytes as on one machine: {digest(got_lines)} {digest(got_raws)}")

        survived(cluster, "find", lambda: weir.spark.find(frame, columns, keys=["id"]).write.parquet(str(to / "find")))
        found = sorted(tuple(row[:7]) for row in spark.read.parquet(str(to / "find")).collect())
        must(found == expected, f"find: {len(found)} findings, and {len(expected)} on one machine, or others")
        say(f"find: {len(found)} findings, each as on one machine")

        with Watch(to / "files", {name: len(text) for name, text in masked_files.items()}) as watch:
            written = survived(cluster, "redact_files", lambda: weir.spark.redact_files(spark, [str(corpus)], str(to / "files")))
        must(watch.look_count and not watch.torn, f"redact_files: seen before they were whole: {sorted(watch.torn)[:3]}")
        got = {str(path.relative_to(to / "files")): path.read_bytes() for path in (to / "files").rglob("*") if path.is_file()}
        must(got == masked_files, "redact_files: other files or bytes than on one machine")
        must(sum(file.read_bytes for file in written) == sum(map(len, files.values())), "redact_files: other counts")
        say(f"redact_files: {len(got)} files, bytes as on one machine: {digest(text for _, text in sorted(got.items()))}")

        def run(frame):
            frame.write.format("noop").mode("overwrite").save()

        def files_again():
            shutil.rmtree(to / "files")
            weir.spark.redact_files(spark, [str(corpus)], str(to / "files"))

        say(f"load of the machine before the timing: {' '.join(f'{one:.1f}' for one in os.getloadavg())}")
        runs = {
            "two workers, identity": lambda: run(frame.mapInArrow(lambda batches: batches, frame.schema)),
            "two workers, redact": lambda: run(weir.spark.redact(frame, columns)),
            "two workers, find": lambda: run(weir.spark.find(frame, columns, keys=["id"])),
        }
        timed(len(lines), byte_count, runs, cluster.cpu_seconds)
        line_count, file_bytes = sum(text.count(b"\n") for text in files.values()), sum(map(len, files.values()))
        timed(line_count, file_bytes, {"two workers, redact_files": files_again}, cluster.cpu_seconds)
    alone = {"one process, redact_many": lambda: (engine.redact_many(lines), engine.redact_many([raw for raw in raws if raw is not None]))}
    timed(len(lines), byte_count, alone, time.process_time)
    say("all as on one machine")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]).resolve(), int(sys.argv[2]))
