package torchdata

import (
	"fmt"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	const which = "the file does not say which "
	for _, tt := range []struct{ name, text, want string }{
		{"all is there", `{"torch": "2", "python": "3", "seed": 7, "x": 5}`, "<nil>"},
		{"no torch", `{"python": "3", "seed": 7, "x": 5}`, which + "torch made it"},
		{"an empty version", `{"torch": "2", "python": "", "seed": 7}`, which + "python made it"},
		{"a seed of 0", `{"torch": "2", "python": "3", "seed": 0}`, which + "seed made it"},
		{"no seed", `{"torch": "2", "python": "3", "seed": null}`, which + "seed made it"},
		{"cut off", `{"torch": "2"`, "unexpected end of JSON input"},
		{
			"another type", `{"torch": "2", "python": "3", "seed": 7, "x": "5"}`,
			"json: cannot unmarshal string into Go struct field", // and more, by version of Go
		},
	} {
		var contents struct{ X int }
		err := parse([]byte(tt.text), &contents, []string{"torch", "python", "seed"})
		if !strings.HasPrefix(fmt.Sprint(err), tt.want) {
			t.Errorf("%s: error %v, want %s", tt.name, err, tt.want)
		}
		if err == nil && contents.X != 5 {
			t.Errorf("%s: x is %d, want 5", tt.name, contents.X)
		}
	}
}
