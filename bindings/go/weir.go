// Package weir finds credentials in bytes, and masks them. It needs libweir, as pkg-config finds it.
//
//	engine, err := weir.NewEngine(weir.Options{})
//	masked, err := engine.Redact([]byte(line))
//	log.SetOutput(engine.NewWriter(os.Stderr))
//
// An Engine is for any goroutine at any time; a Writer or Reader for one at a time.
package weir

/*
#cgo pkg-config: weir
#include <stdlib.h>
#include <weir.h>

// By value: what C writes to by pointer would move to Go's heap.
typedef struct { weir_status status; size_t bytes; size_t findings; } masked;

static masked redact(weir_engine *engine, const void *record, size_t bytes, void *output, size_t capacity) {
  masked result = {WEIR_OK, 0, 0};
  result.status = weir_record_redact(engine, record, bytes, output, capacity, &result.bytes, &result.findings);
  return result;
}

// Go's memory may not hold pointers to Go's memory while C has it: the records come one behind the other.
static masked redact_all(weir_engine *engine, const char *records, const size_t *record_ends, size_t count, void *output,
                         size_t capacity, size_t *ends) {
  masked result = {WEIR_NO_MEMORY, 0, 0};
  size_t start = 0, index;
  weir_slice *slices = malloc((count + 1) * sizeof *slices);
  if (slices == NULL) return result;
  for (index = 0; index < count; index++) {
    slices[index].bytes = records + start;
    slices[index].byte_count = record_ends[index] - start;
    start = record_ends[index];
  }
  result.status = weir_records_redact(engine, slices, count, output, capacity, ends, &result.bytes, &result.findings);
  free(slices);
  return result;
}

static weir_status open_engine(weir_engine **engine, const char *packs, const char *rules, const char *without, int confidence,
                               int mask, const void *key, size_t key_bytes) {
  weir_engine_options options = WEIR_ENGINE_OPTIONS;
  options.packs = packs;
  options.rules = rules;
  options.without_rules = without;
  options.min_confidence = (weir_confidence)confidence;
  options.mask = (weir_mask)mask;
  options.key = key;
  options.key_bytes = key_bytes;
  return weir_engine_open(engine, &options);
}

static weir_status open_stream(weir_engine *engine, weir_stream **stream) {
  weir_stream_options options = WEIR_STREAM_OPTIONS;
  options.pulls_findings = 1;
  options.most_waiting_bytes = (size_t)-1;
  return weir_stream_open(engine, &options, stream);
}

static masked read_output(weir_stream *stream, void *output, size_t capacity) {
  masked result = {WEIR_OK, 0, 0};
  result.status = weir_stream_read(stream, output, capacity, &result.bytes);
  return result;
}
*/
import "C"

import (
	"errors"
	"io"
	"runtime"
	"strings"
	"unsafe"
)

// Confidence says how sure a finding is.
type Confidence int

const (
	Medium Confidence = iota
	High
	Low
)

func (confidence Confidence) code() C.int {
	switch confidence {
	case Low:
		return C.WEIR_LOW
	case High:
		return C.WEIR_HIGH
	default:
		return C.WEIR_MEDIUM
	}
}

func confidenceOf(code C.weir_confidence) Confidence {
	switch code {
	case C.WEIR_LOW:
		return Low
	case C.WEIR_HIGH:
		return High
	default:
		return Medium
	}
}

// Mask says what stands where a secret stood.
type Mask int

const (
	// MaskRule is WEIR_REDACTED_<rule>, and _<fingerprint> with a key.
	MaskRule Mask = iota
	// MaskFixed is WEIR_REDACTED.
	MaskFixed
	// MaskStars is as many stars as the secret has bytes.
	MaskStars
	// MaskHash is WEIR_REDACTED_<fingerprint>, and needs a key.
	MaskHash
)

// Options choose rules and masks. The zero value: all rules of medium confidence and up, MaskRule, no key.
type Options struct {
	Packs         []string // only the rules of these
	Rules         []string // only these, by id or provider: "github.personal-token", "aws.*"
	WithoutRules  []string // and not these
	MinConfidence Confidence
	Mask          Mask
	Key           []byte // of fingerprints, 16 to 64 bytes
}

// Error is what the library says no with.
type Error struct {
	Status int
	text   string
}

func (err *Error) Error() string { return "weir: " + err.text }

func check(status C.weir_status) error {
	if status == C.WEIR_OK {
		return nil
	}
	return &Error{int(status), C.GoString(C.weir_status_text(status))}
}

// Version is that of the library.
func Version() string { return C.GoString(C.weir_version()) }

// Engine holds the rules, ready to scan with.
type Engine struct {
	engine *C.weir_engine
}

// NewEngine opens an engine; it is given back when nobody has it any more.
func NewEngine(options Options) (*Engine, error) {
	var names [3]*C.char
	for index, list := range [][]string{options.Packs, options.Rules, options.WithoutRules} {
		if list != nil {
			names[index] = C.CString(strings.Join(list, ","))
			defer C.free(unsafe.Pointer(names[index]))
		}
	}
	key := C.CBytes(options.Key)
	defer C.free(key)
	if options.Key == nil {
		key = nil
	}
	engine := &Engine{}
	err := check(C.open_engine(&engine.engine, names[0], names[1], names[2], options.MinConfidence.code(), C.int(options.Mask),
		key, C.size_t(len(options.Key))))
	if err != nil {
		return nil, err
	}
	runtime.SetFinalizer(engine, func(engine *Engine) { C.weir_engine_free(engine.engine) })
	return engine, nil
}

func pointer(bytes []byte) unsafe.Pointer {
	if len(bytes) == 0 {
		return nil
	}
	return unsafe.Pointer(&bytes[0])
}

// Redact gives a copy of a record with masks for its secrets. A record is an input of its own.
func (engine *Engine) Redact(record []byte) ([]byte, error) {
	return engine.AppendRedacted(nil, record)
}

// AppendRedacted appends the masked record to a buffer that does not overlap it, and makes the buffer larger only if it must.
func (engine *Engine) AppendRedacted(buffer, record []byte) ([]byte, error) {
	wanted := len(record)
	for {
		start := len(buffer)
		if cap(buffer)-start < wanted {
			buffer = append(make([]byte, 0, start+wanted), buffer...)
		}
		room := buffer[start:cap(buffer)]
		result := C.redact(engine.engine, pointer(record), C.size_t(len(record)), pointer(room), C.size_t(len(room)))
		runtime.KeepAlive(engine)
		if result.status != C.WEIR_TOO_SMALL {
			if result.status != C.WEIR_OK {
				return buffer, check(result.status)
			}
			return buffer[:start+int(result.bytes)], nil
		}
		wanted = int(result.bytes)
	}
}

// RedactAll masks many records in one call; each is an input of its own.
func (engine *Engine) RedactAll(records [][]byte) ([][]byte, error) {
	all, ends := 0, make([]C.size_t, len(records)+1)
	for index, record := range records {
		all += len(record)
		ends[index] = C.size_t(all)
	}
	bytes := make([]byte, 0, all)
	for _, record := range records {
		bytes = append(bytes, record...)
	}
	masked := make([][]byte, 0, len(records))
	room := make([]byte, all+all/4+4096)
	outputEnds := make([]C.size_t, len(records)+1)
	for first := 0; first < len(records); first = len(masked) {
		skipped := C.size_t(0)
		if first > 0 {
			skipped = ends[first-1]
			for index := first; index < len(records); index++ {
				ends[index] -= skipped
			}
			bytes = bytes[skipped:]
		}
		result := C.redact_all(engine.engine, (*C.char)(pointer(bytes)), &ends[first], C.size_t(len(records)-first),
			pointer(room), C.size_t(len(room)), &outputEnds[0])
		runtime.KeepAlive(engine)
		if result.status != C.WEIR_OK && result.status != C.WEIR_TOO_SMALL {
			return nil, check(result.status)
		}
		start := 0
		for index := 0; index < int(result.bytes); index++ {
			end := int(outputEnds[index])
			masked = append(masked, room[start:end:end])
			start = end
		}
		if len(masked) < len(records) {
			// The masked ones keep what they stand in.
			size := len(room)
			if result.bytes == 0 {
				size *= 2
			}
			room = make([]byte, size)
		}
	}
	return masked, nil
}

// Finding says where a secret is, by which rule, how sure; never the secret. Offsets count from the start of the input.
type Finding struct {
	Rule        string
	Start, End  uint64
	Line        uint64
	Column      uint64
	Fingerprint uint64 // 0 without a key
	Via         string // the coding it stands in, or nothing
	Confidence  Confidence
}

func findingOf(finding *C.weir_finding) Finding {
	result := Finding{
		Rule: C.GoString(finding.rule), Start: uint64(finding.start), End: uint64(finding.end), Line: uint64(finding.line),
		Column: uint64(finding.column), Fingerprint: uint64(finding.fingerprint), Confidence: confidenceOf(finding.confidence),
	}
	if finding.via != nil {
		result.Via = C.GoString(finding.via)
	}
	return result
}

// Scan tells what is found in a record.
func (engine *Engine) Scan(record []byte) ([]Finding, error) {
	found := make([]C.weir_finding, 8)
	for {
		var count C.size_t
		status := C.weir_record_scan(engine.engine, pointer(record), C.size_t(len(record)), &found[0], C.sizeof_weir_finding,
			C.size_t(len(found)), &count)
		runtime.KeepAlive(engine)
		if status == C.WEIR_TOO_SMALL {
			found = make([]C.weir_finding, count)
			continue
		}
		if status != C.WEIR_OK {
			return nil, check(status)
		}
		findings := make([]Finding, count)
		for index := range findings {
			findings[index] = findingOf(&found[index])
		}
		return findings, nil
	}
}

// stream is one input in pieces.
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
	return check(C.weir_stream_write(stream.stream, pointer(bytes), C.size_t(len(bytes)), nil))
}

func (stream *stream) finish() error { return check(C.weir_stream_finish(stream.stream)) }

// read takes output that waits; what it gives is good until it is called again.
func (stream *stream) read() ([]byte, error) {
	result := C.read_output(stream.stream, pointer(stream.room), C.size_t(len(stream.room)))
	return stream.room[:result.bytes], check(result.status)
}

func (stream *stream) findings() ([]Finding, error) {
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
