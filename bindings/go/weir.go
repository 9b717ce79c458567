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

// Go's memory may not hold pointers to Go's memory while C has it: the records come one behind the other, and bounds[i] to
// bounds[i + 1] is one of them.
static masked redact_all(weir_engine *engine, const char *records, const size_t *bounds, size_t count, void *output,
                         size_t capacity, size_t *ends) {
  masked result = {WEIR_NO_MEMORY, 0, 0};
  size_t index;
  weir_slice *slices = malloc((count + 1) * sizeof *slices);
  if (slices == NULL) return result;
  for (index = 0; index < count; index++) {
    slices[index].bytes = records + bounds[index];
    slices[index].byte_count = bounds[index + 1] - bounds[index];
  }
  result.status = weir_records_redact(engine, slices, count, output, capacity, ends, &result.bytes, &result.findings);
  free(slices);
  return result;
}

static weir_status open_engine(weir_engine **engine, const char *packs, const char *rules, const char *without, int confidence,
                               int mask, const void *key, size_t key_bytes, const void *catalogue, size_t catalogue_bytes) {
  weir_engine_options options = WEIR_ENGINE_OPTIONS;
  options.packs = packs;
  options.rules = rules;
  options.without_rules = without;
  options.min_confidence = (weir_confidence)confidence;
  options.mask = (weir_mask)mask;
  options.key = key;
  options.key_bytes = key_bytes;
  options.catalogue = catalogue;
  options.catalogue_bytes = catalogue_bytes;
  return weir_engine_open(engine, &options);
}
*/
import "C"

import (
	"bytes"
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
	Catalogue     []byte // what `weir rules compile` wrote, in the place of the built-in rules
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
	key, catalogue := copied(options.Key), copied(options.Catalogue)
	defer C.free(key)
	defer C.free(catalogue)
	engine := &Engine{}
	err := check(C.open_engine(&engine.engine, names[0], names[1], names[2], options.MinConfidence.code(), C.int(options.Mask),
		key, C.size_t(len(options.Key)), catalogue, C.size_t(len(options.Catalogue))))
	if err != nil {
		return nil, err
	}
	runtime.SetFinalizer(engine, func(engine *Engine) { C.weir_engine_free(engine.engine) })
	return engine, nil
}

// copied gives C its own; null for nil.
func copied(bytes []byte) unsafe.Pointer {
	if bytes == nil {
		return nil
	}
	return C.CBytes(bytes)
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
	joined := bytes.Join(records, nil)
	bounds := make([]C.size_t, len(records)+1)
	for index, record := range records {
		bounds[index+1] = bounds[index] + C.size_t(len(record))
	}
	masked := make([][]byte, 0, len(records))
	room := make([]byte, len(joined)+len(joined)/4+4096)
	ends := make([]C.size_t, len(records)+1)
	for first := 0; first < len(records); first = len(masked) {
		result := C.redact_all(engine.engine, (*C.char)(pointer(joined)), &bounds[first], C.size_t(len(records)-first),
			pointer(room), C.size_t(len(room)), &ends[0])
		runtime.KeepAlive(engine)
		if result.status != C.WEIR_OK && result.status != C.WEIR_TOO_SMALL {
			return nil, check(result.status)
		}
		start := 0
		for index := 0; index < int(result.bytes); index++ {
			end := int(ends[index])
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
