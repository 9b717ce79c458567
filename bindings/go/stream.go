package weir

/*
#include <weir.h>

static weir_status open_stream(weir_engine *engine, weir_stream **stream) {
  weir_stream_options options = WEIR_STREAM_OPTIONS;
  options.pulls_findings = 1;
  options.most_waiting_bytes = (size_t)-1;
  return weir_stream_open(engine, &options, stream);
}

// By value: what C writes to by pointer would move to Go's heap.
typedef struct { weir_status status; size_t bytes; } taken;

static taken read_output(weir_stream *stream, void *output, size_t capacity) {
  taken result = {WEIR_OK, 0};
  result.status = weir_stream_read(stream, output, capacity, &result.bytes);
  return result;
}
*/
import "C"

import (
	"errors"
	"io"
	"runtime"
)

// stream is one input in pieces. Its calls keep it from the finalizer until they return.
type stream struct {
	engine *Engine
	stream *C.weir_stream
	room   []byte
}

func (engine *Engine) newStream() (*stream, error) {
	result := &stream{engine: engine, room: make([]byte, 32<<10)}
	if err := check(C.open_stream(engine.engine, &result.stream)); err != nil {
		return nil, err
	}
	runtime.SetFinalizer(result, func(stream *stream) { C.weir_stream_free(stream.stream) })
	return result, nil
}

func (stream *stream) write(bytes []byte) error {
	defer runtime.KeepAlive(stream)
	return check(C.weir_stream_write(stream.stream, pointer(bytes), C.size_t(len(bytes)), nil))
}

func (stream *stream) finish() error {
	defer runtime.KeepAlive(stream)
	return check(C.weir_stream_finish(stream.stream))
}

// read takes output that waits; what it gives is good until it is called again.
func (stream *stream) read() ([]byte, error) {
	defer runtime.KeepAlive(stream)
	result := C.read_output(stream.stream, pointer(stream.room), C.size_t(len(stream.room)))
	return stream.room[:result.bytes], check(result.status)
}

func (stream *stream) findings() ([]Finding, error) {
	defer runtime.KeepAlive(stream)
	var findings []Finding
	for {
		var finding C.weir_finding
		var has C.uint32_t
		finding.size = C.sizeof_weir_finding
		if err := check(C.weir_stream_finding(stream.stream, &finding, &has)); err != nil {
			return findings, err
		}
		if has == 0 {
			return findings, nil
		}
		findings = append(findings, findingOf(&finding))
	}
}

// Writer masks what is written to it, as one input, and writes it on. A complete line leaves in the call that brings it, unless it
// opens a secret of many lines.
type Writer struct {
	stream *stream
	next   io.Writer
	err    error
}

// NewWriter begins an input that goes on to next.
func (engine *Engine) NewWriter(next io.Writer) *Writer {
	stream, err := engine.newStream()
	return &Writer{stream, next, err}
}

// Write takes all of the bytes, or fails for good.
func (writer *Writer) Write(bytes []byte) (int, error) {
	if writer.err == nil {
		writer.err = writer.stream.write(bytes)
	}
	writer.pass()
	if writer.err != nil {
		return 0, writer.err
	}
	return len(bytes), nil
}

func (writer *Writer) pass() {
	for writer.err == nil {
		output, err := writer.stream.read()
		if err == nil && len(output) > 0 {
			_, err = writer.next.Write(output)
		} else if err == nil {
			return
		}
		writer.err = err
	}
}

// ErrClosed is what a closed Writer says.
var ErrClosed = errors.New("weir: the writer is closed")

// Close ends the input and writes what was undecided. It does not close what it writes to.
func (writer *Writer) Close() error {
	if writer.err == ErrClosed {
		return nil
	}
	if writer.err == nil {
		writer.err = writer.stream.finish()
	}
	writer.pass()
	err := writer.err
	writer.err = ErrClosed
	return err
}

// Findings gives those that were made since it was asked last.
func (writer *Writer) Findings() ([]Finding, error) {
	if writer.stream == nil {
		return nil, writer.err
	}
	return writer.stream.findings()
}

// Reader reads an input masked.
type Reader struct {
	stream *stream
	from   io.Reader
	bytes  []byte
	rest   []byte
	isOver bool
	err    error
}

// NewReader begins an input that comes from another reader.
func (engine *Engine) NewReader(from io.Reader) *Reader {
	stream, err := engine.newStream()
	return &Reader{stream: stream, from: from, bytes: make([]byte, 32<<10), err: err}
}

// Read gives bytes that are decided, as soon as there are any. What is undecided when the other reader fails is withheld.
func (reader *Reader) Read(room []byte) (int, error) {
	if len(room) == 0 {
		return 0, nil
	}
	for {
		if len(reader.rest) > 0 {
			count := copy(room, reader.rest)
			reader.rest = reader.rest[count:]
			return count, nil
		}
		if reader.stream == nil {
			return 0, reader.err
		}
		output, err := reader.stream.read()
		if err != nil {
			return 0, err
		}
		if len(output) > 0 {
			reader.rest = output
			continue
		}
		if reader.isOver {
			return 0, reader.err
		}
		reader.fill()
	}
}

func (reader *Reader) fill() {
	count, err := reader.from.Read(reader.bytes)
	if failure := reader.stream.write(reader.bytes[:count]); failure != nil {
		reader.isOver, reader.err = true, failure
		return
	}
	if err == nil {
		return
	}
	reader.isOver, reader.err = true, err
	if err == io.EOF {
		if failure := reader.stream.finish(); failure != nil {
			reader.err = failure
		}
	}
}

// Findings gives those that were made since it was asked last.
func (reader *Reader) Findings() ([]Finding, error) {
	if reader.stream == nil {
		return nil, reader.err
	}
	return reader.stream.findings()
}
