"""Secrets in the columns of a DataFrame and in whole files, masked and found by the workers of a Spark cluster.

    import weir.spark

    clean = weir.spark.redact(frame, ["line"])                        # the same frame, with masks
    found = weir.spark.find(frame, ["line"], keys=["id"])             # a row for each finding
    weir.spark.redact_files(spark, ["/logs"], "/clean")               # each file is one input
    found = weir.spark.find_files(spark, ["/logs"])

Each takes `engine=weir.Engine(…)` where not all rules are wanted, or another mask. Its options go with the job; every Python worker
makes one engine of them and keeps it. The wheel must be installed where the workers are.
"""

try:
    import pyarrow  # noqa: F401
    import pyspark  # noqa: F401
except ImportError as error:
    raise ImportError(f"weir.spark needs pyspark and pyarrow: pip install 'weir[spark]' ({error})", name=error.name) from error

from ._columns import find, redact
from ._files import File, find_files, redact_files

__all__ = ["File", "find", "find_files", "redact", "redact_files"]
