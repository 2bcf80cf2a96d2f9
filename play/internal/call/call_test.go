package call_test

import (
	"errors"
	"testing"

	"github.com/gradus-go/gradus/play/internal/call"
)

type numbers struct{ X, Y float64 }

func TestAnswer(t *testing.T) {
	table := call.Table{
		"sum":   call.Of(func(n numbers) (float64, error) { return n.X + n.Y, nil }),
		"wrong": call.Of(func(numbers) (float64, error) { return 0, errors.New("x is <0>, want more") }),
		"html":  call.Of(func(numbers) (string, error) { return "<b>a & b</b>", nil }),
		"panic": call.Of(func(n []int) (int, error) { return n[3], nil }),
	}
	for _, test := range []struct{ name, args, want string }{
		{"sum", `{"x": 1, "y": 2.5}`, `{"result":3.5}`},
		{"sum", `{}`, `{"result":0}`},
		{"wrong", `{}`, `{"error":"x is \u003c0\u003e, want more"}`},
		{"html", `{}`, `{"result":"<b>a & b</b>"}`},
		{"none", `{}`, `{"error":"the engine has no function \"none\""}`},
		{
			"sum", `{"z": 1}`,
			`{"error":"the page asks in a way that the engine does not know: json: unknown field \"z\""}`,
		},
		{"sum", ``, `{"error":"the page asks in a way that the engine does not know: EOF"}`},
		{"panic", `[1]`, `{"error":"a mistake in the engine, not in what you wrote: ` +
			`runtime error: index out of range [3] with length 1"}`},
	} {
		if got := table.Answer(test.name, test.args); got != test.want {
			t.Errorf("%s(%s) is %s, want %s", test.name, test.args, got, test.want)
		}
	}
}
