package weir

import (
	"bytes"
	"encoding"
	"encoding/json"
	"fmt"
	"reflect"
	"time"
)

// value masks one of any type, behind its masked name.
func (texts maskedTexts) value(key string, value any) (any, error) {
	switch value := value.(type) {
	case nil, bool:
		return value, nil
	case []Attr:
		return texts.attrs(value)
	case string:
		return texts.textOf(key, value)
	case []byte:
		return texts.bytesOf(key, value)
	case int, int8, int16, int32, int64, uint, uint8, uint16, uint32, uint64, uintptr, float32, float64, complex64, complex128,
		time.Duration, time.Time:
		// Their text may be a secret by its name, as a PIN is.
		text := fmt.Sprint(value)
		masked, err := texts.textOf(key, text)
		if err == nil && masked == text {
			return value, nil
		}
		return masked, err
	case error:
		masked, err := texts.textOf(key, textOf(value))
		return &MaskedError{masked, fmt.Sprintf("%T", value)}, err
	}
	if bytes, is := bytesIn(value); is {
		return texts.bytesOf(key, bytes)
	}
	return texts.textOf(key, textOf(value))
}

// textOf is the text that a value has of its own, or its JSON. It does not panic when the value does.
func textOf(value any) (text string) {
	if seen := reflect.ValueOf(value); seen.Kind() == reflect.Pointer && seen.IsNil() {
		return "<nil>"
	}
	defer func() {
		if recover() != nil {
			// What it panicked with may hold anything.
			text = fmt.Sprintf("withheld by Weir: the text of a %T panicked", value)
		}
	}()
	switch own := value.(type) {
	case error:
		return own.Error()
	case fmt.Formatter:
		return fmt.Sprintf("%+v", own)
	case fmt.Stringer:
		return own.String()
	case encoding.TextMarshaler:
		text, err := own.MarshalText()
		if err != nil {
			return fmt.Sprintf("withheld by Weir: the text of a %T failed", value)
		}
		return string(text)
	}
	switch reflect.TypeOf(value).Kind() {
	case reflect.Struct, reflect.Map, reflect.Slice, reflect.Array, reflect.Pointer, reflect.Func, reflect.Chan, reflect.UnsafePointer:
		return jsonOf(value)
	}
	return fmt.Sprint(value)
}

func jsonOf(value any) string {
	var written bytes.Buffer
	encoder := json.NewEncoder(&written)
	// Its readers are people and other scanners.
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return fmt.Sprintf("withheld by Weir: a %T has no JSON", value)
	}
	return string(bytes.TrimSuffix(written.Bytes(), []byte("\n")))
}

// bytesIn gives the bytes of a named type of them, such as json.RawMessage, and of an array, unless it has a text of its own.
func bytesIn(value any) ([]byte, bool) {
	switch value.(type) {
	case fmt.Formatter, fmt.Stringer, encoding.TextMarshaler:
		return nil, false
	}
	seen := reflect.ValueOf(value)
	switch seen.Kind() {
	case reflect.Slice:
		if seen.Type().Elem().Kind() == reflect.Uint8 {
			return seen.Bytes(), true
		}
	case reflect.Array:
		if seen.Type().Elem().Kind() == reflect.Uint8 {
			bytes := make([]byte, seen.Len())
			reflect.Copy(reflect.ValueOf(bytes), seen)
			return bytes, true
		}
	}
	return nil, false
}
