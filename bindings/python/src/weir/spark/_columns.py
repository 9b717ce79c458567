"""Columns: each value is an input of its own, and a batch of them is one call."""

from __future__ import annotations

import functools
import inspect
import typing

import pyarrow
from pyspark.sql import DataFrame
from pyspark.sql.pandas.types import to_arrow_type
from pyspark.sql.types import BinaryType, DataType, StringType, StructField, StructType

import weir

from ._findings import FINDING, kept_engine, options_of, row_of
from ._texts import texts_of, with_texts

# Newer versions ask for the zone of timestamps. Here it is only asked whether there is a type of Arrow's at all.
_ZONE: dict[str, typing.Any] = {"timezone": "UTC"} if "timezone" in inspect.signature(to_arrow_type).parameters else {}

Batches = typing.Iterator[pyarrow.RecordBatch]

FIELD = StructField("field", StringType(), False)


def redact(frame: DataFrame, columns: typing.Iterable[str], *, engine: weir.Engine | None = None) -> DataFrame:
    """The frame with masks for the secrets in these columns, which are of strings or binary. Nulls, other columns and the schema stay."""
    places = _places(frame, columns)
    _refuse_unless_arrow(frame, range(len(frame.schema)))
    return _mapped(frame, frame.schema, functools.partial(_masked, places=places, options=options_of(engine)))


def find(
    frame: DataFrame, columns: typing.Iterable[str], *, keys: typing.Iterable[str] = (), engine: weir.Engine | None = None
) -> DataFrame:
    """A row for each finding in these columns: the key columns as they are, `field`, which is the name of the column, and where in
    the value the secret is, by which rule, how sure; never the secret. Offsets count bytes, of a string in its UTF-8.
    """
    places, key_places = _places(frame, columns), _named(frame, keys, "key")
    _refuse_unless_arrow(frame, key_places)
    fields = frame.schema.fields
    own_names = [field.name for field in [FIELD, *FINDING.fields]]
    for place in key_places:
        name = fields[place].name
        if place in places:
            raise ValueError(f"column {name} is searched, so it can be no key: its secrets would stand in the findings")
        if name.lower() in own_names:
            raise ValueError(f"key {name} has the name of a part of a finding; rename it before")
    names = [fields[place].name for place in places]
    wanted = _numbered(frame).select(*[f"_{place}" for place in [*key_places, *places]])
    schema = StructType([*(fields[place] for place in key_places), FIELD, *FINDING.fields])
    return _mapped(wanted, schema, functools.partial(_found, key_count=len(key_places), names=names, options=options_of(engine)))


def _numbered(frame: DataFrame) -> DataFrame:
    """Names that hold a dot, differ in case only or come twice are not their columns' own, to Spark or to Arrow in Java; places are."""
    return frame.toDF(*[f"_{place}" for place in range(len(frame.schema))])


def _mapped(frame: DataFrame, schema: StructType, work: typing.Callable[[Batches], typing.Iterator[list[pyarrow.Array]]]) -> DataFrame:
    names = [f"_{place}" for place in range(len(schema))]
    made = StructType([StructField(name, field.dataType, field.nullable, field.metadata) for name, field in zip(names, schema.fields)])

    def mapped(batches: Batches) -> Batches:
        for columns in work(batches):
            yield pyarrow.RecordBatch.from_arrays(columns, names=names)

    return _numbered(frame).mapInArrow(mapped, made).toDF(*schema.names)


def _named(frame: DataFrame, names: typing.Iterable[str], role: str) -> list[int]:
    if isinstance(names, str):
        raise TypeError("a list of names is wanted, not one str")
    have = [field.name for field in frame.schema.fields]
    places = []
    for name in names:
        if not isinstance(name, str):
            raise TypeError(f"a {role} is given by its name, not as {type(name).__name__}")
        if have.count(name) != 1:
            which = "no" if name not in have else "more than one"
            inside = "; of a struct take the field out into a column of its own" if "." in name else ""
            raise ValueError(f"there is {which} column {name} among {', '.join(have)}{inside}")
        if have.index(name) in places:
            raise ValueError(f"{role} {name} is named twice")
        places.append(have.index(name))
    return places


def _places(frame: DataFrame, columns: typing.Iterable[str]) -> list[int]:
    """Where the columns stand in the frame; or a sentence, before any job starts."""
    places = _named(frame, columns, "column")
    if not places:
        raise ValueError("no column is named")
    for place in places:
        field = frame.schema.fields[place]
        if not isinstance(field.dataType, (StringType, BinaryType)):
            raise TypeError(f"column {field.name} is {_kind(field.dataType)}, and neither string nor binary; {_advice(field.dataType)}")
    return places


def _kind(kind: DataType) -> str:
    return kind.typeName() if kind.typeName() in ("array", "map", "struct", "variant") else kind.simpleString()


def _advice(kind: DataType) -> str:
    if kind.typeName() in ("array", "map", "struct", "variant"):
        return "take its texts out into columns of their own, or make it one text by to_json"
    return "leave it out, or cast it"


def _refuse_unless_arrow(frame: DataFrame, places: typing.Iterable[int]) -> None:
    for place in places:
        field = frame.schema.fields[place]
        try:
            to_arrow_type(field.dataType, **_ZONE)
        except Exception as error:
            raise TypeError(
                f"column {field.name} is {field.dataType.simpleString()}, which does not pass through Arrow; leave it out by select"
            ) from error


def _masked(batches: Batches, places: list[int], options: tuple) -> typing.Iterator[list[pyarrow.Array]]:
    engine = kept_engine(options)
    for batch in batches:
        columns = batch.columns
        for place in places:
            texts = texts_of(columns[place])
            masked = engine.redact_many(texts)
            # Most batches have a secret or two, some none: those go back as they came.
            if any(after is not before for before, after in zip(texts, masked)):
                columns[place] = with_texts(columns[place], masked)
        yield columns


def _found(batches: Batches, key_count: int, names: list[str], options: tuple) -> typing.Iterator[list[pyarrow.Array]]:
    engine = kept_engine(options)
    for batch in batches:
        columns, found = batch.columns, []
        for name, values in zip(names, columns[key_count:]):
            texts = texts_of(values)
            # What is not changed has nothing in it. Many are masked in half the time in which each is scanned.
            for row, (text, masked) in enumerate(zip(texts, engine.redact_many(texts))):
                if masked is not text and values[row].is_valid:
                    found += [(row, name, *row_of(finding)) for finding in engine.scan(text)]
        if found:
            found.sort(key=lambda one: one[0])
            rows, *parts = zip(*found)
            keys = [column.take(pyarrow.array(rows)) for column in columns[:key_count]]
            kinds = [to_arrow_type(field.dataType) for field in [FIELD, *FINDING.fields]]
            values = [pyarrow.array(part, kind) for part, kind in zip(parts, kinds)]
            yield keys + values
