package weir

import (
	"bytes"
	"context"
)

// NewHandler masks records before another handler gets them: messages, names, and values at any depth.
//
//	logs := engine.NewHandler(weir.NewTextHandler(os.Stderr))
//
// Each text is a record, an input of its own. A value is also looked at behind its name, as name=value: what is secret by its name is masked as it would
// be in a line. Booleans, numbers and times pass as they are, unless their text is masked. Any other value becomes a text: an error a MaskedError, bytes stay bytes,
// and what has no text of its own (a struct, a map, a slice, a pointer) its JSON, for the text that the next handler would make of it is not known.
//
// When a scan cannot go on, the record is replaced by one that says so.
func (engine *Engine) NewHandler(next Handler) Handler {
	return &maskingHandler{maskedTexts{engine}, next}
}

type maskingHandler struct {
	texts maskedTexts
	next  Handler
}

func (handler *maskingHandler) Enabled(ctx context.Context, level Level) bool {
	return handler.next.Enabled(ctx, level)
}

func (handler *maskingHandler) Handle(ctx context.Context, record Record) error {
	message, err := handler.texts.text(record.Message)
	var attrs []Attr
	if err == nil {
		attrs, err = handler.texts.attrs(record.Attrs)
	}
	if err != nil {
		message, attrs = withheld(err), nil
	}
	record.Message, record.Attrs = message, attrs
	return handler.next.Handle(ctx, record)
}

func (handler *maskingHandler) WithAttrs(attrs []Attr) Handler {
	masked, err := handler.texts.attrs(attrs)
	if err != nil {
		masked = []Attr{{"attrs", withheld(err)}}
	}
	return &maskingHandler{handler.texts, handler.next.WithAttrs(masked)}
}

func (handler *maskingHandler) WithGroup(name string) Handler {
	masked, err := handler.texts.text(name)
	if err != nil {
		masked = withheld(err)
	}
	return &maskingHandler{handler.texts, handler.next.WithGroup(masked)}
}

// MaskedError stands for an error in a record, and does not hold it.
type MaskedError struct {
	Text string // the error's, with masks
	Type string // such as *fs.PathError
}

func (err *MaskedError) Error() string { return err.Text }

// withheld says why a text is not there.
func withheld(err error) string { return "withheld by Weir: " + err.Error() }

// maskedTexts masks what a record is made of.
type maskedTexts struct {
	engine *Engine
}

func (texts maskedTexts) text(text string) (string, error) {
	masked, err := texts.engine.Redact([]byte(text))
	if err != nil {
		return "", err
	}
	if string(masked) == text {
		return text, nil
	}
	return string(masked), nil
}

// bytesOf masks a value alone, and behind its name, which is masked already.
func (texts maskedTexts) bytesOf(key string, value []byte) ([]byte, error) {
	alone, err := texts.engine.Redact(value)
	if err != nil {
		return nil, err
	}
	head := append([]byte(key), '=')
	pair, err := texts.engine.Redact(append(head[:len(head):len(head)], alone...))
	if err != nil {
		return nil, err
	}
	return bytes.TrimPrefix(pair, head), nil
}

func (texts maskedTexts) textOf(key, value string) (string, error) {
	masked, err := texts.bytesOf(key, []byte(value))
	if err != nil {
		return "", err
	}
	return string(masked), nil
}

func (texts maskedTexts) attrs(attrs []Attr) ([]Attr, error) {
	if len(attrs) == 0 {
		return nil, nil
	}
	result := make([]Attr, len(attrs))
	for index, attr := range attrs {
		key, err := texts.text(attr.Key)
		if err != nil {
			return nil, err
		}
		value, err := texts.value(key, attr.Value)
		if err != nil {
			return nil, err
		}
		result[index] = Attr{key, value}
	}
	return result, nil
}
