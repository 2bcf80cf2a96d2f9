package strictjson_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/gradus-go/gradus/internal/strictjson"
)

// readPoint reads an object such as {"name": "a", "at": [{"n": 3, "x": 0.5, "y": null}]}.
func readPoint(text string) (got string, err error) {
	r := strictjson.New(strings.NewReader(text))
	err = r.Whole(
		strictjson.Field{Key: "name", Read: func() error {
			s, err := r.String()
			got += s
			return err
		}},
		strictjson.Field{Key: "at", Read: func() error {
			n, err := r.List(func(i int) error {
				return r.Object(
					strictjson.Field{Key: "n", Read: func() error {
						n, err := r.Int()
						got += fmt.Sprint(" ", i, n)
						return err
					}},
					strictjson.Field{Key: "x", Read: func() error {
						x, err := r.Float()
						got += fmt.Sprint(" ", x)
						return err
					}},
					strictjson.Field{Key: "y", Read: func() error {
						y, ok, err := r.FloatOrNull()
						got += fmt.Sprint(" ", y, ok)
						return err
					}},
					strictjson.Field{Key: "z", Optional: true, Read: func() error {
						z, err := r.Int()
						got += fmt.Sprint(" z", z)
						return err
					}},
				)
			})
			got += fmt.Sprint(" ", n)
			return err
		}},
	)
	return got, err
}

func TestReader(t *testing.T) {
	got, err := readPoint(`{"name": "a", "at": [{"n": 3, "x": 0.5, "y": null},
		{"n": -1, "x": 1e3, "y": 2, "z": 4}]}` + "\n")
	if want := "a 0 3 0.5 0 false 1 -1 1000 2 true z4 2"; got != want || err != nil {
		t.Errorf("%q, %v; want %q", got, err, want)
	}
}

func TestErrors(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{``, `the file is cut off: the file ends there`},
		{`7`, `the file is 7, want an object`},
		{`{`, `the file is cut off: the file ends there`},
		{`{}`, `the file has no key "name", want one`},
		{`{"at"`, `the file has the key "at", want "name"`},
		{`{"name":7`, `name is 7, want a string`},
		{`{"name":{`, `name is an object, want a string`},
		{`{"name":true`, `name is true, want a string`},
		{`{"name":"a"`, `the file is cut off: the file ends there`},
		{`{"name":"a"]`, `the file cannot be read: invalid character ']' after object key:value pair`},
		{`{"name":"a","at":"b"`, `at is "b", want a list`},
		{`{"name":"a","at":[`, `at is cut off: the file ends there`},
		{`{"name":"a","at":[{"n":1.5`, `at[0].n is 1.5, want a whole number`},
		{`{"name":"a","at":[{"n":null`, `at[0].n is null, want a whole number`},
		{`{"name":"a","at":[{"n":1,"x":[`, `at[0].x is a list, want a finite number`},
		{`{"name":"a","at":[{"n":1,"x":1e999,`, `at[0].x is 1e999, want a finite number`},
		{`{"name":"a","at":[{"n":1,"x":1,"y":"bbbbbbb`, `at[0].y is cut off: the file ends there`},
		{
			`{"name":"a","at":[{"n":1,"x":1,"y":"` + strings.Repeat("b", 99) + `"`,
			`at[0].y is "` + strings.Repeat("b", 40) + `", want a finite number`,
		},
		{`{"name":"a","at":[{"n":1,"x":1,"y":1,"w"`, `at[0] has the key "w", want the end of the object`},
		{`{"name":"a","at":[{"n":1,"x":1,"y":1},7`, `at[1] is 7, want an object`},
		{`{"name":"a","at":[],"z"`, `the file has the key "z", want the end of the object`},
		{`{"name":"a","at":[]}{`, `there is more after the object, want the end`},
		{
			`{"name":"a","at":[]}}`,
			`after the object: invalid character '}' looking for beginning of value, want the end`,
		},
	} {
		if _, err := readPoint(tt.text); err == nil || err.Error() != tt.want {
			t.Errorf("%s: %v, want %s", tt.text, err, tt.want)
		}
	}
}

func TestMembers(t *testing.T) {
	for _, tt := range []struct{ text, got, want string }{
		{`{"m": {}}`, "", ""},
		{`{"m": {"b": 1, "a": 0.5, "b": 2}}`, " b 1 a 0.5 b 2", ""},
		{`{"m": [1]}`, "", `m is a list, want an object`},
		{`{"m": {"a": 1, "b": "c"}}`, " a 1", `m["b"] is "c", want a finite number`},
		{`{"m": {"a": 1, "b"`, " a 1", `m["b"] is cut off: the file ends there`},
		{`{"m": {"a": 1`, " a 1", `m is cut off: the file ends there`},
		{`{"m": {"a": 1, 2: 3}}`, " a 1", `m cannot be read: invalid character '2'`},
	} {
		got := ""
		r := strictjson.New(strings.NewReader(tt.text))
		err := r.Whole(strictjson.Field{Key: "m", Read: func() error {
			return r.Members(func(key string) error {
				x, err := r.Float()
				if err == nil {
					got += fmt.Sprint(" ", key, " ", x)
				}
				return err
			})
		}})
		if err == nil {
			err = errors.New("")
		}
		if got != tt.got || !strings.HasPrefix(err.Error(), tt.want) || err.Error() != "" && tt.want == "" {
			t.Errorf("%s: %q, error %v; want %q, %q", tt.text, got, err, tt.got, tt.want)
		}
	}
}
