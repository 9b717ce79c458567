"""Finds credentials in text and streams, and masks them.

    import weir

    masked = weir.redact(line)                    # WEIR_REDACTED_<rule> for each secret
    engine = weir.Engine(packs=["ai", "cloud"])
    for finding in engine.scan(text): print(finding.rule, finding.start)

A text is bytes or str; what comes back is of the same type. Of a str the offsets of findings count in its UTF-8.
"""

from __future__ import annotations

import enum
import functools
import logging
import os
import typing

from . import _weir
from ._weir import Error, version as __version__

__all__ = ["Confidence", "Engine", "Error", "Filter", "Finding", "Mask", "Stream", "Writer", "redact"]

Text = typing.TypeVar("Text", bytes, str)


class Confidence(enum.IntEnum):
    LOW = 0
    MEDIUM = 1
    HIGH = 2


class Mask(enum.IntEnum):
    """What stands where a secret stood."""

    RULE = 0
    FIXED = 1
    STARS = 2
    HASH = 3


class Finding(typing.NamedTuple):
    """Where a secret is, by which rule, how sure; never the secret."""

    rule: str
    start: int
    end: int
    line: int
    column: int
    fingerprint: int | None
    via: str | None
    check: str
    confidence: Confidence
    prefix_bytes: int


_CHECKS = ("none", "valid", "failed")


def _finding(fields: tuple) -> Finding:
    rule, start, end, line, column, fingerprint, via, check, confidence, prefix_bytes = fields
    return Finding(
        rule, start, end, line, column, fingerprint or None, via, _CHECKS[check], Confidence(confidence), prefix_bytes
    )


def _names(names: typing.Iterable[str] | None) -> str | None:
    if names is None:
        return None
    if isinstance(names, str):
        raise TypeError("a list of names is wanted, not one str")
    return ",".join(names)


class Engine(_weir.Engine):
    """The rules, ready to scan with; for any thread at any time. Copied by pickle, as multiprocessing does, it is made anew of its options."""

    def __init__(
        self,
        *,
        packs: typing.Iterable[str] | None = None,
        rules: typing.Iterable[str] | None = None,
        without_rules: typing.Iterable[str] | None = None,
        min_confidence: Confidence = Confidence.MEDIUM,
        mask: Mask = Mask.RULE,
        key: bytes | None = None,
        most_memory_bytes: int = 0,
        catalogue: bytes | str | os.PathLike | None = None,
    ) -> None:
        """catalogue: what `weir rules compile` wrote, as bytes or by the name of its file, in the place of the built-in rules."""
        if catalogue is not None and not isinstance(catalogue, bytes):
            with open(catalogue, "rb") as file:
                catalogue = file.read()
        self._options = (
            _names(packs), _names(rules), _names(without_rules), int(min_confidence), int(mask), key, most_memory_bytes,
            catalogue,
        )
        super().__init__(*self._options)

    @classmethod
    def _of(cls, options: tuple) -> "Engine":
        engine = cls.__new__(cls)
        engine._options = options
        _weir.Engine.__init__(engine, *options)
        return engine

    def __reduce__(self) -> tuple:
        return Engine._of, (self._options,)

    def scan(self, text: bytes | str) -> list[Finding]:
        """What is found in a text, which is an input of its own."""
        return [_finding(fields) for fields in self._scan(text)]

    def stream(self) -> "Stream":
        """An input that comes in pieces."""
        return Stream(self)


class Stream(_weir.Stream):
    """One input in pieces, from one thread at a time. `write` gives the bytes that are decided, `finish` the rest."""

    def findings(self) -> list[Finding]:
        """Those that were made since this was asked last."""
        return [_finding(fields) for fields in self._findings()]


@functools.lru_cache(maxsize=None)
def _default() -> Engine:
    return Engine()


def redact(text: Text) -> Text:
    """Masks a text with all rules."""
    return _default().redact(text)


class Writer:
    """A file to write to: what is written goes on masked to `file`, which is one of bytes, or of str if `encoding` is given.

    Closing it ends the input, and leaves `file` open.
    """

    def __init__(self, file: typing.Any, *, engine: Engine | None = None, encoding: str | None = None) -> None:
        self._file = file
        self._stream = (engine or _default()).stream()
        self._encoding = encoding
        self.closed = False

    def writable(self) -> bool:
        return True

    def write(self, text: bytes | str) -> int:
        if isinstance(text, str):
            self._pass(self._stream.write(text.encode(self._encoding or "utf-8", "surrogateescape")))
        else:
            self._pass(self._stream.write(bytes(text)))
        return len(text)

    def _pass(self, output: bytes) -> None:
        if output:
            self._file.write(output.decode(self._encoding, "surrogateescape") if self._encoding else output)

    def flush(self) -> None:
        """What is decided has been written already; the rest may be part of a secret."""
        self._file.flush()

    def close(self) -> None:
        if not self.closed:
            self.closed = True
            self._pass(self._stream.finish())
            self._file.flush()

    def __enter__(self) -> "Writer":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Filter(logging.Filter):
    """Masks the messages of a logger or a handler, with their arguments and tracebacks.

    handler.addFilter(weir.Filter())
    """

    _formatter = logging.Formatter()

    def __init__(self, engine: Engine | None = None) -> None:
        super().__init__()
        self._engine = engine or _default()

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = self._masked(record.getMessage())
        record.args = ()
        if record.exc_info and not record.exc_text:
            record.exc_text = self._formatter.formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = self._masked(record.exc_text)
        if record.stack_info:
            record.stack_info = self._masked(record.stack_info)
        return True

    def _masked(self, text: str) -> str:
        try:
            return self._engine.redact(text)
        except UnicodeEncodeError:  # half a surrogate pair, which UTF-8 has not
            return self._engine.redact(text.encode("utf-8", "surrogatepass")).decode("utf-8", "surrogatepass")
