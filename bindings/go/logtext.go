package weir

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"
)

// TextHandler writes a record as a line of name=value, as log/slog and logfmt have them:
//
//	time=2026-02-03T04:05:06.789Z level=INFO msg="connected to" db.host=primary
//
// What has a space, an equals sign, a quote, a control byte or what is no UTF-8 in it is quoted, and escaped as in Go; so a value begins no line.
type TextHandler struct {
	writer *lockedWriter
	least  Level
	attrs  string // written already, each behind a space
	prefix string // the groups that are open, each with a dot
}

type lockedWriter struct {
	sync.Mutex
	io.Writer
}

// NewTextHandler writes records of LevelInfo and up, each in one call of Write, of which there is one at a time.
func NewTextHandler(writer io.Writer) *TextHandler {
	return &TextHandler{writer: &lockedWriter{Writer: writer}}
}

// From gives a handler that writes records of another level and up to the same writer.
func (handler *TextHandler) From(least Level) *TextHandler {
	result := *handler
	result.least = least
	return &result
}

// Enabled is whether a level is written.
func (handler *TextHandler) Enabled(_ context.Context, level Level) bool {
	return level >= handler.least
}

// Handle writes the record, and fails as the writer does.
func (handler *TextHandler) Handle(_ context.Context, record Record) error {
	var line strings.Builder
	if !record.Time.IsZero() {
		line.WriteString("time=" + timeText(record.Time) + " ")
	}
	line.WriteString("level=" + record.Level.String() + " msg=" + quoted(record.Message) + handler.attrs)
	write(&line, handler.prefix, record.Attrs)
	line.WriteByte('\n')
	handler.writer.Lock()
	defer handler.writer.Unlock()
	_, err := io.WriteString(handler.writer.Writer, line.String())
	return err
}

// WithAttrs writes them into each record from now on.
func (handler *TextHandler) WithAttrs(attrs []Attr) Handler {
	var line strings.Builder
	write(&line, handler.prefix, attrs)
	result := *handler
	result.attrs += line.String()
	return &result
}

// WithGroup puts the name and a dot before the names that come.
func (handler *TextHandler) WithGroup(name string) Handler {
	result := *handler
	if name != "" {
		result.prefix += name + "."
	}
	return &result
}

func write(line *strings.Builder, prefix string, attrs []Attr) {
	for _, attr := range attrs {
		if group, is := attr.Value.([]Attr); is {
			inner := prefix
			if attr.Key != "" {
				inner += attr.Key + "."
			}
			write(line, inner, group)
			continue
		}
		line.WriteString(" " + quoted(prefix+attr.Key) + "=" + quoted(plainText(attr.Value)))
	}
}

func plainText(value any) string {
	switch value := value.(type) {
	case []byte:
		return string(value)
	case time.Time:
		return timeText(value)
	default:
		return fmt.Sprintf("%+v", value)
	}
}

func timeText(time time.Time) string { return time.Format("2006-01-02T15:04:05.000Z07:00") }

func quoted(text string) string {
	isPlain := text != "" && strings.IndexFunc(text, func(rune rune) bool {
		return rune == ' ' || rune == '=' || rune == '"' || rune == utf8.RuneError || !unicode.IsPrint(rune)
	}) < 0
	if isPlain {
		return text
	}
	return strconv.Quote(text)
}
