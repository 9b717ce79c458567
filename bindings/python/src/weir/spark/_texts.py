"""Texts in and out of Arrow's arrays, by their buffers.

Two reasons. A string of Spark's may hold bytes that are no UTF-8, which Arrow's own conversions refuse; and those take longer than the
masking: a million values 1.5 s out and 1.8 s in, masked in 1 s (a busy machine, 2026-11-22).
"""

from __future__ import annotations

import array
import itertools
import typing

import pyarrow


def _offset_form(kind: pyarrow.DataType) -> typing.Literal["q", "i"]:
    return "q" if pyarrow.types.is_large_string(kind) or pyarrow.types.is_large_binary(kind) else "i"


def texts_of(values: pyarrow.Array) -> list[bytes]:
    """The bytes of each value. Of a null those that lie there, which are mostly none."""
    if len(values) == 0:
        return []
    _, offsets, data = values.buffers()
    places = memoryview(offsets).cast(_offset_form(values.type))[values.offset : values.offset + len(values) + 1].tolist()
    first, last = places[0], places[-1]
    held = data.slice(first, last - first).to_pybytes() if last > first else b""
    if first:
        places = [place - first for place in places]
    return [held[start:end] for start, end in itertools.pairwise(places)]


def with_texts(values: pyarrow.Array, texts: list[bytes]) -> pyarrow.Array:
    """These texts in place of those; what is null stays null."""
    offsets = array.array(_offset_form(values.type))
    offsets.extend(itertools.repeat(0, values.offset))
    offsets.extend(itertools.accumulate(map(len, texts), initial=0))
    buffers = [values.buffers()[0], pyarrow.py_buffer(offsets), pyarrow.py_buffer(b"".join(texts))]
    return pyarrow.Array.from_buffers(values.type, len(values), buffers, offset=values.offset)
