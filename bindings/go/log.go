package weir

import (
	"context"
	"strconv"
	"time"
)

// Level says how much a record matters, in the numbers of log/slog.
type Level int

const (
	LevelDebug Level = -4
	LevelInfo  Level = 0
	LevelWarn  Level = 4
	LevelError Level = 8
)

// String is "INFO", or "INFO+2" between two names.
func (level Level) String() string {
	name, above := "DEBUG", level-LevelDebug
	switch {
	case level >= LevelError:
		name, above = "ERROR", level-LevelError
	case level >= LevelWarn:
		name, above = "WARN", level-LevelWarn
	case level >= LevelInfo:
		name, above = "INFO", level-LevelInfo
	}
	switch {
	case above > 0:
		return name + "+" + strconv.Itoa(int(above))
	case above < 0:
		return name + strconv.Itoa(int(above))
	}
	return name
}

// Attr is a name and what it stands for. A []Attr is a group, at any depth; one without a name belongs to what is around it.
type Attr struct {
	Key   string
	Value any
}

// Record is one event of a log.
type Record struct {
	Time    time.Time // zero: not known
	Level   Level
	Message string
	PC      uintptr // of the call that logs, as runtime.Callers has it; 0: not known
	Attrs   []Attr
}

// Handler takes records. It is shaped as that of log/slog, which Go has from 1.21 on; see there. Its methods are for any goroutine at any time,
// and keep or change no slice that they are given.
type Handler interface {
	// Enabled says whether records of a level are wanted; what is not need not be made.
	Enabled(context.Context, Level) bool
	Handle(context.Context, Record) error
	// WithAttrs gives a handler whose records have these before their own.
	WithAttrs([]Attr) Handler
	// WithGroup gives a handler which puts into a group what comes after. An empty name changes nothing.
	WithGroup(name string) Handler
}
