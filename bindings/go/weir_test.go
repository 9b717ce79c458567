package weir

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"log"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
)

type expected struct {
	start, end uint64
	rule       string
}

type vector struct {
	input, redacted []byte
	findings        []expected
}

// As `corpus vectors` wrote them (corpora/vectors/README.md).
func readVectors(t testing.TB) []vector {
	data, err := os.ReadFile(os.Getenv("WEIR_VECTORS"))
	if err != nil {
		t.Fatal(err)
	}
	var vectors []vector
	counted := func() []byte {
		count := binary.LittleEndian.Uint32(data)
		part := data[4 : 4+count]
		data = data[4+count:]
		return part
	}
	number := func() uint64 {
		value := binary.LittleEndian.Uint64(data)
		data = data[8:]
		return value
	}
	for len(data) > 0 {
		next := vector{input: counted(), redacted: counted()}
		count := binary.LittleEndian.Uint32(data)
		data = data[4:]
		for ; count > 0; count-- {
			next.findings = append(next.findings, expected{number(), number(), string(counted())})
		}
		vectors = append(vectors, next)
	}
	if len(vectors) == 0 {
		t.Fatal("no vectors")
	}
	return vectors
}

func compare(t *testing.T, findings []Finding, expected []expected) {
	t.Helper()
	if len(findings) != len(expected) {
		t.Fatalf("%d findings, not %d", len(findings), len(expected))
	}
	for index, finding := range findings {
		if finding.Start != expected[index].start || finding.End != expected[index].end || finding.Rule != expected[index].rule {
			t.Fatalf("%v, not %v", finding, expected[index])
		}
	}
}

func engine(t testing.TB, options Options) *Engine {
	t.Helper()
	engine, err := NewEngine(options)
	if err != nil {
		t.Fatal(err)
	}
	return engine
}

func secret(t testing.TB) string {
	for _, vector := range readVectors(t) {
		for _, finding := range vector.findings {
			if finding.rule == "github.personal-token" {
				return string(vector.input[finding.start:finding.end])
			}
		}
	}
	t.Fatal("no token among the vectors")
	return ""
}

func TestRecords(t *testing.T) {
	engine := engine(t, Options{})
	var inputs [][]byte
	vectors := readVectors(t)
	for _, vector := range vectors {
		inputs = append(inputs, vector.input)
		masked, err := engine.Redact(vector.input)
		if err != nil || !bytes.Equal(masked, vector.redacted) {
			t.Fatalf("%q %v", masked, err)
		}
		findings, err := engine.Scan(vector.input)
		if err != nil {
			t.Fatal(err)
		}
		compare(t, findings, vector.findings)
	}
	all, err := engine.RedactAll(inputs)
	if err != nil || len(all) != len(inputs) {
		t.Fatal(len(all), err)
	}
	for index, masked := range all {
		if !bytes.Equal(masked, vectors[index].redacted) {
			t.Fatalf("%q", masked)
		}
	}
}

func TestManyRecordsWithLongMasks(t *testing.T) {
	short := []byte(secret(t))
	records := make([][]byte, 20000)
	for index := range records {
		records[index] = short
	}
	all, err := engine(t, Options{Mask: MaskRule, Key: bytes.Repeat([]byte{7}, 32)}).RedactAll(records)
	if err != nil || len(all) != len(records) {
		t.Fatal(len(all), err)
	}
	for _, masked := range all {
		if !bytes.HasPrefix(masked, []byte("WEIR_REDACTED_github.personal-token_")) {
			t.Fatalf("%q", masked)
		}
	}
}

func TestStreamsAtEverySplit(t *testing.T) {
	engine := engine(t, Options{})
	for _, vector := range readVectors(t) {
		for place := 0; place <= len(vector.input); place++ {
			var output bytes.Buffer
			writer := engine.NewWriter(&output)
			writer.Write(vector.input[:place])
			writer.Write(vector.input[place:])
			if err := writer.Close(); err != nil || !bytes.Equal(output.Bytes(), vector.redacted) {
				t.Fatalf("%q %v", output.Bytes(), err)
			}
			findings, err := writer.Findings()
			if err != nil {
				t.Fatal(err)
			}
			compare(t, findings, vector.findings)
		}
		for _, from := range []io.Reader{bytes.NewReader(vector.input), iotest.OneByteReader(bytes.NewReader(vector.input)),
			iotest.DataErrReader(bytes.NewReader(vector.input))} {
			output, err := io.ReadAll(engine.NewReader(from))
			if err != nil || !bytes.Equal(output, vector.redacted) {
				t.Fatalf("%q %v", output, err)
			}
		}
	}
}

func TestReaderWithholdsWhatAFailureLeavesUndecided(t *testing.T) {
	token := secret(t)
	from := io.MultiReader(strings.NewReader("so far "+token[:20]), iotest.ErrReader(errors.New("gone")))
	output, err := io.ReadAll(engine(t, Options{}).NewReader(from))
	if string(output) != "so far " || err == nil || err.Error() != "gone" {
		t.Fatalf("%q %v", output, err)
	}
}

func TestWriterSaysWhatIsWrong(t *testing.T) {
	writer := engine(t, Options{}).NewWriter(iotest.TruncateWriter(io.Discard, 0))
	if _, err := writer.Write([]byte("a line\n")); err != nil {
		t.Fatal(err)
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := writer.Write([]byte("x")); err != ErrClosed {
		t.Fatal(err)
	}
	read, write := io.Pipe()
	read.Close()
	broken := engine(t, Options{}).NewWriter(write)
	if _, err := broken.Write([]byte("a line\n")); err != io.ErrClosedPipe {
		t.Fatal(err)
	}
}

func TestOptions(t *testing.T) {
	token := []byte(secret(t))
	for _, wrong := range []Options{{Rules: []string{"no.such"}}, {Packs: []string{"no-such"}}, {Mask: MaskHash},
		{Key: []byte("short")}, {Mask: 9}} {
		if _, err := NewEngine(wrong); err == nil {
			t.Fatal(wrong)
		}
	}
	masked, err := engine(t, Options{Mask: MaskStars}).Redact(token)
	if err != nil || string(masked) != strings.Repeat("*", len(token)) {
		t.Fatalf("%q", masked)
	}
	masked, err = engine(t, Options{Rules: []string{"openai.*"}}).Redact(token)
	if err != nil || !bytes.Equal(masked, token) {
		t.Fatalf("%q", masked)
	}
}

func TestCatalogue(t *testing.T) {
	compiled, err := os.ReadFile(os.Getenv("WEIR_CATALOGUE"))
	if err != nil {
		t.Fatal(err)
	}
	masked, err := engine(t, Options{Catalogue: compiled}).Redact([]byte("acmetest_" + strings.Repeat("0a1b2c3d4e", 2)))
	if err != nil || string(masked) != "WEIR_REDACTED_acme.test-token" {
		t.Fatalf("%q, %v", masked, err)
	}
	for _, damaged := range [][]byte{compiled[1:], {}} {
		if _, err := NewEngine(Options{Catalogue: damaged}); err == nil {
			t.Fatal("a damaged catalogue was taken")
		}
	}
}

func TestLoggingAndGoroutines(t *testing.T) {
	token := secret(t)
	engine := engine(t, Options{})
	var output bytes.Buffer
	logger := log.New(engine.NewWriter(&output), "", 0)
	var group sync.WaitGroup
	for worker := 0; worker < 8; worker++ {
		group.Add(1)
		go func() {
			defer group.Done()
			for round := 0; round < 200; round++ {
				logger.Printf("with %s in it", token)
				masked, err := engine.Redact([]byte(token))
				if err != nil || string(masked) != "WEIR_REDACTED_github.personal-token" {
					t.Errorf("%q %v", masked, err)
				}
			}
		}()
	}
	group.Wait()
	if output.String() != strings.Repeat("with WEIR_REDACTED_github.personal-token in it\n", 1600) {
		t.Fatal("a line is not as it should be")
	}
}

func BenchmarkRecord(b *testing.B) {
	record := bytes.Repeat([]byte("2026-02-03 INFO a line of a log with nothing in it; "), 4)[:200]
	engine := engine(b, Options{})
	var buffer []byte
	b.SetBytes(200)
	for round := 0; round < b.N; round++ {
		buffer, _ = engine.AppendRedacted(buffer[:0], record)
	}
}

func BenchmarkRecords256(b *testing.B) {
	record := bytes.Repeat([]byte("2026-02-03 INFO a line of a log with nothing in it; "), 4)[:200]
	records := make([][]byte, 256)
	for index := range records {
		records[index] = record
	}
	engine := engine(b, Options{})
	b.SetBytes(200 * 256)
	for round := 0; round < b.N; round++ {
		engine.RedactAll(records)
	}
}
