package weir

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"
)

const tokenMask = "WEIR_REDACTED_github.personal-token"

// keeping is a handler that keeps what it was given.
type keeping struct {
	records *[]Record
	attrs   []Attr
	groups  []string
	least   Level
}

func keep() keeping { return keeping{records: new([]Record)} }

func (handler keeping) Enabled(_ context.Context, level Level) bool { return level >= handler.least }

func (handler keeping) Handle(_ context.Context, record Record) error {
	record.Attrs = append(append([]Attr{}, handler.attrs...), record.Attrs...)
	if len(handler.groups) > 0 {
		record.Attrs = append(record.Attrs, Attr{"groups", handler.groups})
	}
	*handler.records = append(*handler.records, record)
	return nil
}

func (handler keeping) WithAttrs(attrs []Attr) Handler {
	handler.attrs = append(append([]Attr{}, handler.attrs...), attrs...)
	return handler
}

func (handler keeping) WithGroup(name string) Handler {
	handler.groups = append(append([]string{}, handler.groups...), name)
	return handler
}

func (handler keeping) last(t *testing.T) Record {
	t.Helper()
	if len(*handler.records) == 0 {
		t.Fatal("no record")
	}
	return (*handler.records)[len(*handler.records)-1]
}

// maskedValue gives what the next handler has of one attribute.
func maskedValue(t *testing.T, engine *Engine, key string, value any) any {
	t.Helper()
	kept := keep()
	if err := engine.NewHandler(kept).Handle(context.Background(), Record{Message: "m", Attrs: []Attr{{key, value}}}); err != nil {
		t.Fatal(err)
	}
	return kept.last(t).Attrs[0].Value
}

func password() string { return "kV9x" + "Q2mT7pLw" }

func TestMessageIsMaskedAndTheRestOfTheRecordStays(t *testing.T) {
	kept := keep()
	handler := engine(t, Options{}).NewHandler(kept)
	record := Record{Time: time.Unix(5, 6), Level: LevelWarn, Message: "got " + secret(t) + " and é", PC: 7}
	if err := handler.Handle(context.Background(), record); err != nil {
		t.Fatal(err)
	}
	record.Message, record.Attrs = "got "+tokenMask+" and é", []Attr{}
	if seen := kept.last(t); !reflect.DeepEqual(seen, record) {
		t.Fatalf("%v", seen)
	}
	kept.least = LevelWarn
	handler = engine(t, Options{}).NewHandler(kept)
	if handler.Enabled(context.Background(), LevelInfo) || !handler.Enabled(context.Background(), LevelWarn) {
		t.Fatal("the next handler's levels are not its own")
	}
}

type (
	speaking  struct{ text string }
	failing   struct{ text string }
	formatted struct{ text string }
	marshaled struct{ text string }
	unwilling struct{ text string }
	panicking struct{ text string }
	named     string
	raw       []byte
	service   struct {
		Password string
		URL      string `json:"url"`
		hidden   string
	}
	linked struct{ Next *linked }
)

func (value speaking) String() string                  { return "< " + value.text + " >" }
func (value *failing) Error() string                   { return "failed for " + value.text }
func (value formatted) Format(state fmt.State, _ rune) { io.WriteString(state, "f "+value.text) }
func (value marshaled) MarshalText() ([]byte, error)   { return []byte("m " + value.text), nil }
func (value unwilling) MarshalText() ([]byte, error)   { return nil, errors.New(value.text) }
func (value panicking) String() string                 { panic(value.text) }
func (value panicking) MarshalJSON() ([]byte, error)   { panic(value.text) }
func jsonText(t *testing.T, value any) string          { bytes, _ := json.Marshal(value); return string(bytes) }
func attrsOf(pairs ...any) (attrs []Attr) {
	for index := 0; index < len(pairs); index += 2 {
		attrs = append(attrs, Attr{pairs[index].(string), pairs[index+1]})
	}
	return attrs
}

func TestValuesOfEveryTypeAreMasked(t *testing.T) {
	engine, token := engine(t, Options{}), secret(t)
	address, _ := url.Parse("postgres://app:" + password() + "@db/prod")
	var four [4]byte
	copy(four[:], "four")
	circle := &linked{}
	circle.Next = circle
	var nothing *failing
	for _, test := range []struct{ given, expected any }{
		{"x " + token, "x " + tokenMask},
		{named(token), tokenMask},
		{[]byte(token), []byte(tokenMask)},
		{raw(token), []byte(tokenMask)},
		{json.RawMessage(token), []byte(tokenMask)},
		{four, []byte("four")},
		{speaking{token}, "< " + tokenMask + " >"},
		{formatted{token}, "f " + tokenMask},
		{marshaled{token}, "m " + tokenMask},
		{&failing{token}, &MaskedError{"failed for " + tokenMask, "*weir.failing"}},
		{fmt.Errorf("a: %w", &failing{token}), &MaskedError{"a: failed for " + tokenMask, "*fmt.wrapError"}},
		{errors.New("harmless"), &MaskedError{"harmless", "*errors.errorString"}},
		{nothing, &MaskedError{"<nil>", "*weir.failing"}},
		{(*speaking)(nil), "<nil>"},
		{address, "postgres://app:WEIR_REDACTED_url.password@db/prod"},
		{[]string{"a", token}, `["a","` + tokenMask + `"]`},
		{map[string]any{"b": token, "a": 1}, `{"a":1,"b":"` + tokenMask + `"}`},
		{struct{ Token []byte }{[]byte("of <bytes>")}, `{"Token":"` + strings.Trim(jsonText(t, []byte("of <bytes>")), `"`) + `"}`},
		{&service{"", "http://a/?b&c", token}, `{"Password":"","url":"http://a/?b&c"}`},
		{nil, nil}, {true, true}, {12, 12}, {uint8(7), uint8(7)}, {2.5, 2.5}, {time.Second, time.Second}, {time.Unix(5, 0), time.Unix(5, 0)},
		{unwilling{token}, "withheld by Weir: the text of a weir.unwilling failed"},
		{panicking{token}, "withheld by Weir: the text of a weir.panicking panicked"},
		{[]panicking{{token}}, "withheld by Weir: the text of a []weir.panicking panicked"},
		{make(chan int), "withheld by Weir: a chan int has no JSON"},
		{circle, "withheld by Weir: a *weir.linked has no JSON"},
	} {
		if seen := maskedValue(t, engine, "value", test.given); !reflect.DeepEqual(seen, test.expected) {
			t.Errorf("%T is %#v, not %#v", test.given, seen, test.expected)
		}
	}
}

func TestAValueThatIsSecretByItsNameIsMaskedBehindIt(t *testing.T) {
	engine := engine(t, Options{})
	for _, value := range []any{password(), named(password()), []byte(password()), errors.New(password())} {
		seen := fmt.Sprintf("%s", maskedValue(t, engine, "db_password", value))
		if !strings.HasPrefix(seen, "WEIR_REDACTED_") || strings.Contains(seen, password()) {
			t.Errorf("%T: %q", value, seen)
		}
		if seen := fmt.Sprintf("%s", maskedValue(t, engine, "colour", value)); seen != password() {
			t.Errorf("%T: %q", value, seen)
		}
	}
	seen := maskedValue(t, engine, "settings", service{password(), "", ""})
	if text, is := seen.(string); !is || !strings.Contains(text, "WEIR_REDACTED_") || strings.Contains(text, password()) {
		t.Errorf("%v", seen)
	}
}

func TestGroupsAndNamesAreMaskedAtAnyDepthAndNothingOfTheCallerIsChanged(t *testing.T) {
	engine, token, kept := engine(t, Options{}), secret(t), keep()
	given := func() []Attr {
		return attrsOf("plain", "v", token, "of a key", "deep", attrsOf("list", []Attr{{"x", token}}, token, 1, "db_password", password()))
	}
	attrs := given()
	handler := engine.NewHandler(kept).WithAttrs(attrs).WithGroup("g " + token)
	if err := handler.Handle(context.Background(), Record{Attrs: attrs}); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(attrs, given()) {
		t.Fatal("the caller's attributes are others now")
	}
	seen := kept.last(t).Attrs
	if len(seen) != 7 || !reflect.DeepEqual(seen[:3], seen[3:6]) || !reflect.DeepEqual(seen[6].Value, []string{"g " + tokenMask}) {
		t.Fatalf("%v", seen)
	}
	deep := seen[2].Value.([]Attr)
	if seen[1].Key != tokenMask || deep[1].Key != tokenMask || !reflect.DeepEqual(deep[0].Value, []Attr{{"x", tokenMask}}) ||
		!strings.HasPrefix(deep[2].Value.(string), "WEIR_REDACTED_") {
		t.Fatalf("%v", seen)
	}
}

// An engine that was never opened: the library says no to it.
func TestWhatCannotBeMaskedIsReplacedByALineThatSaysSo(t *testing.T) {
	token, kept := secret(t), keep()
	handler := (&Engine{}).NewHandler(kept)
	handler = handler.WithAttrs(attrsOf("with", token)).WithGroup(token)
	if err := handler.Handle(context.Background(), Record{Level: LevelError, Message: token, Attrs: attrsOf(token, token)}); err != nil {
		t.Fatal(err)
	}
	seen := kept.last(t)
	if !strings.HasPrefix(seen.Message, "withheld by Weir: ") || seen.Level != LevelError || len(seen.Attrs) != 2 {
		t.Fatalf("%v", seen)
	}
	if text := fmt.Sprintf("%+v", seen); strings.Contains(text, token) || strings.Count(text, "withheld by Weir: ") != 3 {
		t.Fatalf("%v", seen)
	}
}

func textLine(t *testing.T, record Record, with func(Handler) Handler) string {
	t.Helper()
	var output bytes.Buffer
	if err := with(NewTextHandler(&output).From(LevelDebug)).Handle(context.Background(), record); err != nil {
		t.Fatal(err)
	}
	return output.String()
}

func TestARecordIsOneLineWhateverIsInIt(t *testing.T) {
	same := func(handler Handler) Handler { return handler }
	when := time.Date(2026, 2, 3, 4, 5, 6, 789e6, time.UTC)
	for _, test := range []struct {
		record   Record
		expected string
	}{
		{Record{Time: when, Message: "a b"}, `time=2026-02-03T04:05:06.789Z level=INFO msg="a b"`},
		{Record{Level: LevelWarn + 1, Message: "é"}, `level=WARN+1 msg=é`},
		{Record{Level: LevelDebug - 1}, `level=DEBUG-1 msg=""`},
		{Record{Attrs: attrsOf("a", 1, "b", nil, "c", []byte("d"), "when", when, "e", errors.New("x y"))},
			`level=INFO msg="" a=1 b=<nil> c=d when=2026-02-03T04:05:06.789Z e="x y"`},
		{Record{Attrs: attrsOf("g", attrsOf("h", attrsOf("i", true), "", attrsOf("j", 2)), "empty", []Attr{})},
			`level=INFO msg="" g.h.i=true g.j=2`},
		{Record{Message: "a\nlevel=ERROR\r\x1b[31m\x00\u202e\xff", Attrs: attrsOf("k\n", "a=b", "q\"", "\u0085")},
			`level=INFO msg="a\nlevel=ERROR\r\x1b[31m\x00\u202e\xff" "k\n"="a=b" "q\""="\u0085"`},
	} {
		if line := textLine(t, test.record, same); line != test.expected+"\n" {
			t.Errorf("%q, not %q", line, test.expected)
		}
	}
	line := textLine(t, Record{Attrs: attrsOf("d", 4)}, func(handler Handler) Handler {
		handler.WithAttrs(attrsOf("of another", 0))
		return handler.WithAttrs(attrsOf("a", 1)).WithGroup("g").WithAttrs(attrsOf("b", 2)).WithGroup("").WithGroup("h").WithAttrs(attrsOf("c", 3))
	})
	if line != "level=INFO msg=\"\" a=1 g.b=2 g.h.c=3 g.h.d=4\n" {
		t.Errorf("%q", line)
	}
}

func TestTextHandlerSaysWhatTheWriterSays(t *testing.T) {
	read, write := io.Pipe()
	read.Close()
	handler := NewTextHandler(write)
	if err := handler.Handle(context.Background(), Record{}); err != io.ErrClosedPipe {
		t.Fatal(err)
	}
	if handler.Enabled(context.Background(), LevelDebug) || !handler.Enabled(context.Background(), LevelInfo) {
		t.Fatal("not from INFO up")
	}
}

func TestManyGoroutinesLogWholeLines(t *testing.T) {
	token := secret(t)
	var output bytes.Buffer
	handler := engine(t, Options{}).NewHandler(NewTextHandler(&output))
	var group sync.WaitGroup
	for worker := 0; worker < 8; worker++ {
		group.Add(1)
		go func() {
			defer group.Done()
			own := handler.WithGroup("g").WithAttrs(attrsOf("key", token))
			for round := 0; round < 200; round++ {
				if err := own.Handle(context.Background(), Record{Message: token}); err != nil {
					t.Error(err)
				}
			}
		}()
	}
	group.Wait()
	if output.String() != strings.Repeat("level=INFO msg="+tokenMask+" g.key="+tokenMask+"\n", 1600) {
		t.Fatal("a line is not as it should be")
	}
}
