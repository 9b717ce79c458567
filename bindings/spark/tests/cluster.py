"""A standalone master and workers on loopback, of the pyspark package's own scripts; each worker can be killed."""

import contextlib
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time
import typing
import urllib.request

import pyspark
from pyspark.sql import SparkSession

SPARK = pathlib.Path(pyspark.__file__).parent
# Spark says within seconds what it is asked; a machine with other work may take minutes.
PATIENCE_SECONDS = 600
ANYWHERE = ["--host", "127.0.0.1", "--port", "0", "--webui-port", "0"]


def wait_for(what, ask):
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        if answer := ask():
            return answer
        time.sleep(0.05)
    raise TimeoutError(f"{what}: not within {PATIENCE_SECONDS} s")


def fetched(address):
    with urllib.request.urlopen(address, timeout=PATIENCE_SECONDS) as answer:
        return json.load(answer)


def processes():
    """Of each process: its parent, and the processor seconds of it and of its children that have ended."""
    found = {}
    for entry in pathlib.Path("/proc").iterdir():
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
            found[int(entry.name)] = int(fields[1]), sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
        except (OSError, ValueError, IndexError):
            continue
    return found


class Daemon:
    """A master or a worker: a process of ours in a session of its own, with a log."""

    def __init__(self, folder, name, *arguments):
        self.log = folder / f"{name}.log"
        environment = {
            **os.environ,
            "SPARK_HOME": str(SPARK),
            "SPARK_LOCAL_DIRS": str(folder / "local"),
            "SPARK_DAEMON_MEMORY": "512m",
        }
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(
                [SPARK / "bin" / "spark-class", *arguments],
                env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
            )

    def said(self, pattern):
        def ask():
            if self.process.poll() is not None:
                raise RuntimeError(f"it ended with {self.process.returncode}:\n{self.log.read_text()[-3000:]}")
            return re.search(pattern, self.log.read_text())

        return wait_for(f"{self.log.name} says {pattern}", ask)

    def executors(self):
        """The processes that run its tasks: each one's id of Spark's, and its number."""
        found = {}
        for process, (parent, _) in processes().items():
            if parent != self.process.pid:
                continue
            with contextlib.suppress(OSError):  # it may just have ended
                words = pathlib.Path(f"/proc/{process}/cmdline").read_bytes().decode().split("\0")
                if "--executor-id" in words:
                    found[words[words.index("--executor-id") + 1]] = process
        return found

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(60)


class Death(typing.NamedTuple):
    """What was true of a job right before a worker and its executor were killed."""

    executor: str
    stage: int
    task_count: int
    done_count: int
    at: float


class Cluster:
    def __init__(self, worker_count=2):
        os.environ["PYSPARK_PYTHON"] = sys.executable  # which workers run is for the driver to say
        os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
        self._folder = tempfile.TemporaryDirectory(prefix="weir-spark-", ignore_cleanup_errors=True)
        self.folder = pathlib.Path(self._folder.name)
        self.workers, self._made, self.spark = [], 0, None
        self.master = Daemon(self.folder, "master", "org.apache.spark.deploy.master.Master", *ANYWHERE)
        try:
            self._start(worker_count)
        except BaseException:
            self.stop()
            raise

    def _start(self, worker_count):
        self.address = self.master.said(r"(spark://127\.0\.0\.1:\d+)").group(1)
        port = self.master.said(r"(?:MasterUI|MasterWebUI).* http://[^:]+:(\d+)").group(1)
        self.status = f"http://127.0.0.1:{port}/json/"
        self.add_workers(worker_count)
        self.spark = (
            SparkSession.builder.master(self.address)
            .appName("weir")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.ui.port", "0")
            .config("spark.executor.memory", "1g")
            .config("spark.local.dir", str(self.folder / "local"))
            .config("spark.sql.warehouse.dir", str(self.folder / "warehouse"))
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.files.maxPartitionBytes", "2m")
            .config("spark.ui.showConsoleProgress", "false")
            .getOrCreate()
        )
        self.spark.sparkContext.setLogLevel("OFF")
        self.wait_for_executors()

    def add_workers(self, count):
        started = []
        for _ in range(count):
            self._made += 1
            started.append(
                Daemon(
                    self.folder, f"worker{self._made}", "org.apache.spark.deploy.worker.Worker", *ANYWHERE,
                    "--cores", "1", "--memory", "1g", "--work-dir", str(self.folder / "work"), self.address,
                )
            )
            self.workers.append(started[-1])
        for worker in started:
            worker.said("Successfully registered with master")

    def alive_workers(self):
        """As the master says."""
        return [one for one in fetched(self.status)["workers"] if one["state"] == "ALIVE"]

    def asked(self, what):
        """As the driver says."""
        context = self.spark.sparkContext
        port = context.uiWebUrl.rpartition(":")[2]
        return fetched(f"http://127.0.0.1:{port}/api/v1/applications/{context.applicationId}/{what}")

    def cpu_seconds(self):
        """Of the workers, their executors and all Python in them, since they were started."""
        known = processes()
        below = {worker.process.pid for worker in self.workers}
        while more := {one for one, (parent, _) in known.items() if parent in below} - below:
            below |= more
        return sum(known[one][1] for one in below)

    def wait_for_executors(self):
        def ask():
            alive = {one["id"] for one in self.asked("executors") if one["isActive"]}
            return all(set(worker.executors()) & alive for worker in self.workers)

        wait_for("an executor on every worker", ask)

    def kill_one_in(self, job_group, is_over):
        """Kills a worker and its executor, as nothing can catch it, in the midst of the group's job."""
        worker = self.workers[0]
        ((executor, executor_pid),) = worker.executors().items()
        stage = None
        while stage is None:
            if is_over():
                raise RuntimeError("the job was over before it was seen in its midst")
            stage = self._in_the_midst_of(job_group)
            if stage and not any(one["id"] == executor and one["activeTasks"] for one in self.asked("executors")):
                stage = None
        os.kill(worker.process.pid, signal.SIGKILL)
        os.kill(executor_pid, signal.SIGKILL)
        death = Death(executor, stage.stageId, stage.numTasks, stage.numCompletedTasks, time.monotonic())
        if worker.process.wait(60) != -signal.SIGKILL:
            raise RuntimeError(f"the worker ended with {worker.process.returncode}, and not because it was killed")
        self.workers.remove(worker)
        return death

    def lost_tasks(self, death):
        """How many tasks ended with the executor that was killed."""
        failed = self.asked(f"stages/{death.stage}/0/taskList?status=failed&length=1000")
        return sum(one["executorId"] == death.executor and "ExecutorLost" in one["errorMessage"] for one in failed)

    def _in_the_midst_of(self, job_group):
        tracker = self.spark.sparkContext.statusTracker()
        for job in tracker.getJobIdsForGroup(job_group):
            info = tracker.getJobInfo(job)
            for stage in map(tracker.getStageInfo, info.stageIds if info else []):
                if stage and stage.numActiveTasks and stage.numTasks // 8 <= stage.numCompletedTasks < stage.numTasks // 2:
                    return stage
        return None

    def stop(self):
        if self.spark is not None:
            self.spark.stop()
        for daemon in [*self.workers, self.master]:
            daemon.stop()
        self._folder.cleanup()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()
