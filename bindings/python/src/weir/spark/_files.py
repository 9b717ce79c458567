"""Files: each is one input, which goes through a stream in pieces, so that a task takes no more memory for a large one."""

from __future__ import annotations

import functools
import heapq
import os
import posixpath
import shutil
import typing
import uuid

import pyarrow.fs
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.types import StringType, StructField, StructType

import weir

from ._findings import FINDING, kept_engine, options_of, row_of

PIECE_BYTES = 1 << 20
# A worker that is lost takes the work of its task along, so tasks are not large; and each costs some milliseconds.
TASKS_A_CORE = 16
TASK_BYTES = 128 << 20


class File(typing.NamedTuple):
    """A file that was masked: where it was, where it is, and what went through."""

    path: str
    output: str
    read_bytes: int
    written_bytes: int
    finding_count: int


class _Input(typing.NamedTuple):
    """A file below one of the paths that were given, or that path itself if `name` is empty."""

    root: str
    name: str
    size_bytes: int

    @property
    def path(self) -> str:
        return posixpath.join(self.root, self.name) if self.name else self.root

    @property
    def output(self) -> str:
        return self.name or posixpath.basename(_system(self.root)[1])


def redact_files(
    spark: SparkSession, paths: typing.Iterable[str], to: str, *, engine: weir.Engine | None = None
) -> list[File]:
    """Masks files, and folders with all that is in them, into the folder `to`, under the names they have below the paths.

    A file is written beside, and takes its name when it is whole: a task that is lost leaves none behind, and one that runs again
    writes the same bytes. `to` is a folder that the driver and all workers see.
    """
    inputs = _inputs(paths)
    system, folder = _system(to)
    if not isinstance(system, pyarrow.fs.LocalFileSystem):
        raise ValueError(f"{to} is no folder that the workers mount; in others a file cannot take the place of another at once")
    folder = os.path.realpath(folder)
    _refuse_overlap(inputs, folder)
    held = os.path.join(folder, f".weir-{uuid.uuid4().hex}")
    os.makedirs(held)
    try:
        work = functools.partial(_masked, folder=folder, held=held, options=options_of(engine))
        files = _spread(spark, inputs).map(work).collect()
    finally:
        shutil.rmtree(held, ignore_errors=True)
    if sorted(file.path for file in files) != sorted(one.path for one in inputs):
        raise RuntimeError(f"{len(inputs)} files went in, and {len(files)} came out")
    return sorted(files)


def find_files(spark: SparkSession, paths: typing.Iterable[str], *, engine: weir.Engine | None = None) -> DataFrame:
    """A row for each finding in files, and in folders with all that is in them: `path`, and where it is, by which rule, how sure; never the secret.

    What files there are is seen now; they are read whenever the frame is.
    """
    work = functools.partial(_found, options=options_of(engine))
    schema = StructType([StructField("path", StringType(), False), *FINDING.fields])
    rows = _spread(spark, _inputs(paths)).flatMap(work)
    return spark.createDataFrame(rows, schema, verifySchema=False)


@functools.lru_cache(maxsize=64)
def _system(path: str) -> tuple[pyarrow.fs.FileSystem, str]:
    try:
        return pyarrow.fs.FileSystem.from_uri(path)
    except (ValueError, OSError) as error:
        raise ValueError(f"{path} is neither an absolute path nor the address of a file ({error})") from error


def _inputs(paths: typing.Iterable[str]) -> list[_Input]:
    if isinstance(paths, str):
        raise TypeError("a list of paths is wanted, not one str")
    inputs = []
    for root in paths:
        system, base = _system(root)
        info = system.get_file_info(base)
        if info.type == pyarrow.fs.FileType.File:
            inputs.append(_Input(root, "", info.size))
            continue
        if info.type != pyarrow.fs.FileType.Directory:
            raise FileNotFoundError(f"{root} is neither a file nor a folder")
        for below in system.get_file_info(pyarrow.fs.FileSelector(base, recursive=True)):
            if below.type == pyarrow.fs.FileType.Directory:
                continue
            if below.type != pyarrow.fs.FileType.File:
                raise FileNotFoundError(f"{below.path} is neither a file nor a folder")
            inputs.append(_Input(root, posixpath.relpath(below.path, base), below.size))
    if not inputs:
        raise FileNotFoundError("there is no file in these paths")
    return inputs


def _refuse_overlap(inputs: list[_Input], folder: str) -> None:
    owners: dict[str, str] = {}
    for one in inputs:
        if one.output in owners:
            raise ValueError(f"{owners[one.output]} and {one.path} would both be written as {one.output}")
        owners[one.output] = one.path
    for root in {one.root for one in inputs}:
        system, base = _system(root)
        if isinstance(system, pyarrow.fs.LocalFileSystem):
            base = os.path.realpath(base)
            if os.path.commonpath([base, folder]) in (base, folder):
                raise ValueError(f"{root} and {folder} lie one in the other: what is written would be read again")


def _spread(spark: SparkSession, inputs: list[_Input]) -> typing.Any:
    """The files over tasks, the largest first to where the least is."""
    context = spark.sparkContext
    size_bytes = sum(one.size_bytes for one in inputs)
    count = min(len(inputs), max(TASKS_A_CORE * context.defaultParallelism, size_bytes // TASK_BYTES))
    groups: list[list[_Input]] = [[] for _ in range(count)]
    least = [(0, place) for place in range(count)]
    for one in sorted(inputs, key=lambda one: (-one.size_bytes, one.path)):
        held_bytes, place = least[0]
        groups[place].append(one)
        heapq.heapreplace(least, (held_bytes + one.size_bytes + 1, place))
    return context.parallelize(groups, count).flatMap(lambda group: group)


def _pieces(one: _Input) -> typing.Iterator[bytes]:
    system, base = _system(one.root)
    # Without this a name that ends in .gz would be unpacked.
    with system.open_input_stream(posixpath.join(base, one.name) if one.name else base, compression=None) as file:
        while piece := file.read(PIECE_BYTES):
            yield piece


def _through(stream: weir.Stream, one: _Input) -> typing.Iterator[tuple[bytes, list[weir.Finding]]]:
    """What each piece of a file decides; and that every byte was looked at."""
    read_bytes = 0
    for piece in _pieces(one):
        read_bytes += len(piece)
        yield stream.write(piece), stream.findings()
    yield stream.finish(), stream.findings()
    receipt = stream.receipt()
    if not read_bytes == receipt["taken"] == receipt["scanned"] == receipt["clean"] + receipt["masked"]:
        raise RuntimeError(f"{one.path}: {read_bytes} bytes were read, and the receipt says {receipt}")


def _masked(one: _Input, folder: str, held: str, options: tuple) -> File:
    output = os.path.join(folder, one.output)
    # Another attempt at the same file may run at the same time, on a worker that was given up too early.
    beside = os.path.join(held, uuid.uuid4().hex)
    written_bytes = finding_count = 0
    stream = kept_engine(options).stream()
    try:
        with open(beside, "xb") as file:
            for decided, findings in _through(stream, one):
                written_bytes += file.write(decided)
                finding_count += len(findings)
        os.makedirs(os.path.dirname(output), exist_ok=True)
        os.replace(beside, output)
    except BaseException:
        if os.path.exists(beside):
            os.unlink(beside)
        raise
    return File(one.path, output, stream.receipt()["taken"], written_bytes, finding_count)


def _found(one: _Input, options: tuple) -> typing.Iterator[tuple]:
    for _, findings in _through(kept_engine(options).stream(), one):
        for finding in findings:
            yield (one.path, *row_of(finding))
