"""What both ways of finding share: the engine of a process, and a finding as a row."""

from __future__ import annotations

import functools

from pyspark.sql.types import IntegerType, LongType, StringType, StructField, StructType

import weir


def options_of(engine: weir.Engine | None) -> tuple:
    """What goes with a job in place of an engine: unpickled for every task, that would be an engine for each."""
    return (engine or weir._default())._options


# Python workers live on from job to job: more than one is kept, and not without end.
@functools.lru_cache(maxsize=8)
def kept_engine(options: tuple) -> weir.Engine:
    return weir.Engine._of(options)


FINDING = StructType(
    [
        StructField("rule", StringType(), False),
        StructField("start", LongType(), False),
        StructField("end", LongType(), False),
        StructField("line", LongType(), False),
        StructField("column", LongType(), False),
        StructField("fingerprint", StringType(), True),
        StructField("via", StringType(), True),
        StructField("check", StringType(), False),
        StructField("confidence", StringType(), False),
        StructField("prefix_bytes", IntegerType(), False),
    ]
)


def row_of(finding: weir.Finding) -> tuple:
    """Spark has no unsigned numbers, and a mask ends in the fingerprint's digits: so those are in the row."""
    return finding._replace(
        fingerprint=None if finding.fingerprint is None else f"{finding.fingerprint:016x}",  # type: ignore[arg-type]
        confidence=finding.confidence.name.lower(),  # type: ignore[arg-type]
    )
