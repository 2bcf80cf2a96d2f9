package sealed_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/gradus-go/gradus/internal/sealed"
	"github.com/gradus-go/gradus/internal/strictjson"
)

// A note is a text with one field.
type note struct {
	sealed.Head
	Words string `json:"words"`
}

var head = sealed.Head{Format: "note", Version: 3}

func read(r io.Reader, largest int64) (words string, err error) {
	json := sealed.New(r, largest)
	err = json.Whole(head, strictjson.Field{Key: "words", Read: func() (err error) {
		words, err = json.String()
		return err
	}})
	return words, err
}

func written(t *testing.T) string {
	t.Helper()
	text, err := sealed.Text(note{head, `a "b" {c}`}, 1000)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// The checksum is that of the text with "" in its place, without spaces between words.
func TestText(t *testing.T) {
	sum := sha256.Sum256([]byte(`{"format":"note","version":3,"words":"a \"b\" {c}","sha256":""}`))
	want := "{\n \"format\": \"note\",\n \"version\": 3,\n \"words\": \"a \\\"b\\\" {c}\",\n" +
		" \"sha256\": \"" + hex.EncodeToString(sum[:]) + "\"\n}"
	text := written(t)
	if text != want {
		t.Errorf("the text is\n%s\nwant\n%s", text, want)
	}
	var compact bytes.Buffer
	if err := json.Compact(&compact, []byte(text)); err != nil {
		t.Fatal(err)
	}
	spaced := strings.ReplaceAll(text, "\n", " \r\n\t ")
	for _, same := range []string{text, compact.String(), spaced, text + "\n"} {
		if words, err := read(strings.NewReader(same), 1000); words != `a "b" {c}` || err != nil {
			t.Errorf("%q, error %v, from\n%s", words, err, same)
		}
	}
}

func TestTextErrors(t *testing.T) {
	n := len(written(t))
	if _, err := sealed.Text(note{head, `a "b" {c}`}, n); err != nil {
		t.Errorf("%d bytes: %v", n, err)
	}
	for want, text := range map[string]func() ([]byte, error){
		"the file would have 140 bytes, want at most 139": func() ([]byte, error) {
			return sealed.Text(note{head, `a "b" {c}`}, n-1)
		},
		"there is a word of more than 65536 bytes, want a name or a number": func() ([]byte, error) {
			return sealed.Text(note{head, strings.Repeat("a", sealed.LongestWord)}, 1<<20)
		},
		"json: unsupported type: func()": func() ([]byte, error) { return sealed.Text(func() {}, 1000) },
	} {
		if _, err := text(); err == nil || err.Error() != want {
			t.Errorf("the error is %v, want %s", err, want)
		}
	}
}

func TestWhole(t *testing.T) {
	for _, tt := range []struct{ name, old, new, want string }{
		{"format", `note`, `letter`, `format is "letter", want "note"`},
		{"one of ours", `note`, sealed.Network, `format is "gradus mlp", want "note": nn.Load reads this file`},
		{"version", `3`, `2`, `version is 2, want 3: another version of this package wrote it`},
		{"a letter", `a `, `b `, `: the file was edited or damaged`},
		{"a space in a word", `a `, `a  `, `: the file was edited or damaged`},
		{"more", "\"\n}", `", "more": 1}`, `the file has the key "more", want the end of the object`},
	} {
		text := written(t)
		edited := strings.Replace(text, tt.old, tt.new, 1)
		_, err := read(strings.NewReader(edited), 1000)
		if edited == text || err == nil || !strings.HasSuffix(err.Error(), tt.want) {
			t.Errorf("%s: the error is %v, want %s", tt.name, err, tt.want)
		}
	}
	text := written(t)
	for n := range len(text) {
		if _, err := read(strings.NewReader(text[:n]), 1000); err == nil {
			t.Errorf("%d of %d bytes are read without an error", n, len(text))
		}
	}
	if _, err := read(strings.NewReader(text), int64(len(text))-1); err == nil ||
		!strings.HasSuffix(err.Error(), "it is larger than 139 bytes") {
		t.Errorf("the error is %v, want one of the size", err)
	}
	broken := io.MultiReader(strings.NewReader(text[:50]), iotest.ErrReader(fs.ErrPermission))
	if _, err := read(broken, 1000); !errors.Is(err, fs.ErrPermission) {
		t.Errorf("the error is %v, want one that wraps that of reading", err)
	}
}
