package nn

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

// A file that lacks its end, even if that is a single byte, is an error.
func TestTruncated(t *testing.T) {
	for n := range len(smallText) {
		if _, err := read(bytes.NewReader([]byte(smallText[:n])), largestFile, nil); err == nil {
			t.Errorf("%d of %d bytes load, want an error", n, len(smallText))
		}
	}
}

// A file in which a byte is another, is too many or is missing is an error. Only spaces may
// come and go.
func TestSingleByteEdits(t *testing.T) {
	text, loaded := []byte(smallText), 0
	try := func(parts ...[]byte) {
		edited := bytes.Join(parts, nil)
		m, err := read(bytes.NewReader(edited), largestFile, nil)
		if err != nil {
			return
		}
		loaded++
		if compact(t, string(edited)) != compact(t, smallText) {
			t.Errorf("this loads:\n%s", edited)
		}
		if diff := sameNetwork(small(), m); diff != "" {
			t.Errorf("this loads as another network (-want +got):\n%s\n%s", diff, edited)
		}
	}
	for i, c := range text {
		try(text[:i], text[i+1:])
		for _, other := range append([]byte("0159-.e\", \n\x00\xff"), c^1, c^0x20) {
			if other != c {
				try(text[:i], []byte{other}, text[i+1:])
			}
			try(text[:i], []byte{other}, text[i:])
		}
	}
	if loaded < 100 {
		t.Errorf("%d edits of spaces load, want all of them", loaded)
	}
}

// These texts hold the same numbers, but Save does not write them.
func TestOtherSpelling(t *testing.T) {
	for _, tt := range []struct{ name, old, new, want string }{
		{
			"a key twice", `"bias": 0.5`, `"bias": 4, "bias": 0.5`,
			`layers[0].neurons[0] has the key "bias", want the end of the object`,
		},
		{"upper case", `"bias": 0.5`, `"BIAS": 0.5`, `layers[0].neurons[0] has the key "BIAS", want "bias"`},
		{"a digit more", `-0.2`, `-0.20`, edited},
		{
			"no bias, unsaid", ",\n     \"bias\": null", ``,
			`layers[1].neurons[0] has no key "bias", want one`,
		},
		{"another escape", `"tanh"`, `"\u0074anh"`, edited},
		{
			"another order", `"name": "layer2.neuron1",`, `"bias": null, "name": "layer2.neuron1",`,
			`layers[1].neurons[0] has the key "bias", want "name"`,
		},
	} {
		text := strings.Replace(smallText, tt.old, tt.new, 1)
		if got := loadError(t, text); text == smallText || !strings.HasSuffix(got, tt.want) {
			t.Errorf("%s: the error is\n%s\nwant\n%s", tt.name, got, tt.want)
		}
	}
}

// compact drops the spaces that are not between quotes.
func compact(t *testing.T, text string) string {
	t.Helper()
	var b bytes.Buffer
	if err := json.Compact(&b, []byte(text)); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
