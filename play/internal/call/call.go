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
		var b bytes.Buffer
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false) // the page parses JSON; much of it is HTML, which escaped is twice as long
		err = e.Encode(out)
		return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
	}
}

// Answer calls a function of the table and returns its answer in JSON: {"result": …}, or {"error": …} with a
// sentence. A panic of the function is a mistake in the engine: it becomes an error, so that the page can say
// it and go on.
func (t Table) Answer(name, args string) (text string) {
	defer func() {
		if p := recover(); p != nil {
			text = fault(fmt.Sprintf("a mistake in the engine, not in what you wrote: %v", p))
		}
	}()
	f := t[name]
	if f == nil {
		return fault(fmt.Sprintf("the engine has no function %q", name))
	}
	result, err := f([]byte(args))
	if err != nil {
		return fault(err.Error())
	}
	return `{"result":` + string(result) + "}"
}

// fault returns the answer that is an error.
func fault(sentence string) string {
	text, _ := json.Marshal(sentence) // a string has no error
	return `{"error":` + string(text) + "}"
}
