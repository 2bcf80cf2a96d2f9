package strictjson

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/gradus-go/gradus/internal/finite"
)

// A Reader reads JSON. Its errors begin with the place, as in "layers[2].bias is "x", want a
// number". The error of a method that reads a single value begins with a space: [Reader.Object] and
// [Reader.List] put the place before it.
type Reader struct{ d *json.Decoder }

// New returns a Reader of the text in r.
func New(r io.Reader) Reader {
	d := json.NewDecoder(r)
	d.UseNumber()
	return Reader{d}
}

// Whole reads a text that is one object with these fields, and ends after it.
func (r Reader) Whole(fields ...Field) error {
	err := r.Object(fields...)
	if err == nil {
		switch _, end := r.d.Token(); {
		case end == nil:
			return errors.New("there is more after the object, want the end")
		case end != io.EOF:
			return fmt.Errorf("after the object: %w, want the end", end)
		}
		return nil
	}
	if strings.HasPrefix(err.Error(), ".") {
		return undotted{err}
	}
	return fmt.Errorf("the file%w", err)
}

// An undotted error is one without the dot that it begins with.
type undotted struct{ dotted error }

func (u undotted) Error() string { return u.dotted.Error()[1:] }
func (u undotted) Unwrap() error { return u.dotted }

// A Field is a key of an object, and the function that reads its value.
type Field struct {
	Key      string
	Read     func() error
	Optional bool // the object need not have it
}

// Object reads an object that has these fields, in this order, and no others.
func (r Reader) Object(fields ...Field) error {
	if err := r.expect(json.Delim('{'), "an object"); err != nil {
		return err
	}
	key, err := r.token()
	for _, f := range fields {
		switch {
		case err != nil:
			return err
		case f.Optional && key != f.Key:
			continue
		case key == json.Delim('}'):
			return fmt.Errorf(" has no key %q, want one", f.Key)
		case key != f.Key:
			return fmt.Errorf(" has the key %s, want %q", describe(key), f.Key)
		}
		if err := f.Read(); err != nil {
			return fmt.Errorf(".%s%w", f.Key, err)
		}
		key, err = r.token()
	}
	if err == nil && key != json.Delim('}') {
		err = fmt.Errorf(" has the key %s, want the end of the object", describe(key))
	}
	return err
}

// Members reads an object with any keys. For each of them it calls read, which reads its value.
func (r Reader) Members(read func(key string) error) error {
	if err := r.expect(json.Delim('{'), "an object"); err != nil {
		return err
	}
	for r.d.More() {
		t, err := r.token()
		if err != nil {
			return err
		}
		key, _ := t.(string) // which a Decoder demands
		if err := read(key); err != nil {
			return fmt.Errorf("[%.40q]%w", key, err)
		}
	}
	return r.expect(json.Delim('}'), "the end of the object")
}

// List reads a list. For each entry it calls read with the position, counted from 0. It returns
// how many entries there are.
func (r Reader) List(read func(i int) error) (n int, err error) {
	if err := r.expect(json.Delim('['), "a list"); err != nil {
		return 0, err
	}
	for ; r.d.More(); n++ {
		if err := read(n); err != nil {
			return n, fmt.Errorf("[%d]%w", n, err)
		}
	}
	return n, r.expect(json.Delim(']'), "the end of the list")
}

// String reads a string.
func (r Reader) String() (string, error) {
	t, err := r.token()
	s, ok := t.(string)
	if err == nil && !ok {
		err = fmt.Errorf(" is %s, want a string", describe(t))
	}
	return s, err
}

// Int reads a whole number.
func (r Reader) Int() (int, error) {
	t, err := r.token()
	if err != nil {
		return 0, err
	}
	if n, ok := t.(json.Number); ok {
		if x, err := n.Int64(); err == nil && int64(int(x)) == x {
			return int(x), nil
		}
	}
	return 0, fmt.Errorf(" is %s, want a whole number", describe(t))
}

// Float reads a finite number.
func (r Reader) Float() (float64, error) {
	t, err := r.token()
	if err != nil {
		return 0, err
	}
	return float(t)
}

// FloatOrNull reads a finite number, for which ok is true, or null.
func (r Reader) FloatOrNull() (x float64, ok bool, err error) {
	t, err := r.token()
	if err != nil || t == nil {
		return 0, false, err
	}
	x, err = float(t)
	return x, err == nil, err
}

func float(t json.Token) (float64, error) {
	if n, ok := t.(json.Number); ok {
		if x, err := n.Float64(); err == nil && finite.All(x) {
			return x, nil
		}
	}
	return 0, fmt.Errorf(" is %s, want a finite number", describe(t))
}

// expect reads the beginning or the end of an object or a list.
func (r Reader) expect(d json.Delim, what string) error {
	t, err := r.token()
	if err == nil && t != d {
		err = fmt.Errorf(" is %s, want %s", describe(t), what)
	}
	return err
}

func (r Reader) token() (json.Token, error) {
	t, err := r.d.Token()
	switch {
	case err == io.EOF || errors.Is(err, io.ErrUnexpectedEOF):
		return nil, errors.New(" is cut off: the file ends there")
	case err != nil:
		return nil, fmt.Errorf(" cannot be read: %w", err)
	}
	return t, nil
}

// describe writes the beginning of a word.
func describe(t json.Token) string {
	switch t := t.(type) {
	case json.Delim:
		return map[json.Delim]string{'{': "an object", '[': "a list", '}': "the end", ']': "the end"}[t]
	case string:
		return fmt.Sprintf("%.40q", t)
	case nil:
		return "null"
	}
	return fmt.Sprintf("%.40s", fmt.Sprint(t))
}
