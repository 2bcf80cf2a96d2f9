package call

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// A Func is a function whose arguments and result are JSON.
type Func func(args []byte) ([]byte, error)

// A Table holds functions by name.
type Table map[string]Func

// Of returns f as a Func. Arguments that are not those of T are an error: T is a struct, and a field
// that it does not have is not overlooked.
func Of[T, R any](f func(T) (R, error)) Func {
	return func(args []byte) ([]byte, error) {
		var in T
		d := json.NewDecoder(bytes.NewReader(args))
		d.DisallowUnknownFields()
		if err := d.Decode(&in); err != nil {
			return nil, fmt.Errorf("the page asks in a way that the engine does not know: %w", err)
		}
		out, err := f(in)
		if err != nil {
			return nil, err
		}
		return json.Marshal(out)
	}
}

// An Answer is what the page gets for a call: a result, or an error as a sentence.
type answer struct {
	Result json.RawMessage `json:"result,omitempty"`
	Error  string          `json:"error,omitempty"`
}

// Answer calls a function of the table and returns its answer in JSON. A panic of the function is a
// mistake in the engine: it becomes an error, so that the page can say it and go on.
func (t Table) Answer(name, args string) (text string) {
	defer func() {
		if p := recover(); p != nil {
			text = write(answer{Error: fmt.Sprintf("a mistake in the engine, not in what you wrote: %v", p)})
		}
	}()
	f := t[name]
	if f == nil {
		return write(answer{Error: fmt.Sprintf("the engine has no function %q", name)})
	}
	result, err := f([]byte(args))
	if err != nil {
		return write(answer{Error: err.Error()})
	}
	return write(answer{Result: result})
}

// write writes an answer as JSON.
func write(a answer) string {
	text, err := json.Marshal(a)
	if err != nil { // a result that is no JSON, though json.Marshal made it
		return `{"error":"the engine's answer cannot be written"}`
	}
	return string(text)
}
