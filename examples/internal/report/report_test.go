package report

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus/chart"
	"github.com/gradus-go/gradus/internal/picture"
	"github.com/gradus-go/gradus/nn/train"
)

func TestCall(t *testing.T) {
	for _, test := range []struct {
		name, text string
		got        []float64
		line       string // what is printed, its columns one space apart
		counted    bool
		short      bool
	}{
		{"integer", "16", []float64{16}, "f 16 16", true, false},
		{"Python's float", "4.0", []float64{4}, "f 4.0 4", true, false},
		{
			"all digits", "0.30000000000000004",
			[]float64{0.30000000000000004},
			"f 0.30000000000000004 0.30000000000000004", true, false,
		},
		{"last digit", "0.30000000000000004", []float64{0.3}, "f 0.30000000000000004 0.3 short", true, true},
		{"list", "[2, 4, 6]", []float64{2, 4, 6}, "f [2, 4, 6] [2, 4, 6]", true, false},
		{"shorter list", "[2, 4, 6]", []float64{2, 4}, "f [2, 4, 6] [2, 4] short", true, true},
		{"no number", "four", []float64{4}, "f four 4 short", true, true},
		{"no number here", "4", []float64{math.NaN()}, "f 4 NaN short", true, true},
		{"not in the text", "–", []float64{4}, "f – 4", false, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			var out strings.Builder
			r := New(&out)
			r.Call("f", test.text, test.got...)
			if got := strings.Join(strings.Fields(out.String()), " "); got != test.line {
				t.Errorf("prints %q, want %q", got, test.line)
			}
			if got := r.printed == 1; got != test.counted {
				t.Errorf("counted: %t, want %t", got, test.counted)
			}
			if err := r.Finish(nil, t.TempDir(), ""); (err != nil) != test.short {
				t.Errorf("error %v, want one: %t", err, test.short)
			}
		})
	}
}

func TestClaims(t *testing.T) {
	var out strings.Builder
	r := New(&out)
	r.Section("One")
	r.Claim("it works", true, "in %d steps", 3)
	r.Claim("it is exact", false, "%s", strings.Repeat("word ", 30))
	t.Chdir(t.TempDir())
	if err := r.Finish(nil, "folder", ""); err != nil {
		t.Error(err)
	}
	want := `== One

the text: it works
true:     in 3 steps

the text: it is exact
false:    ` + strings.Repeat("word ", 13) + "word\n          " + strings.Repeat("word ", 13) +
		"word\n          " + strings.Repeat("word ", 1) + `word

== What the text claims
true      it works
false     it is exact
`
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("output (-want +got):\n%s", diff)
	}
}

func TestInterrupted(t *testing.T) {
	for want, s := range map[string]train.State{
		"interrupted before the first batch\n":               {},
		"interrupted in epoch 1 of 9, after batch 1 of 13\n": {Epoch: 1, Epochs: 9, Batch: 1, Batches: 13},
		"interrupted after epoch 3 of 9\n":                   {Epoch: 3, Epochs: 9, Batch: 13, Batches: 13},
		"interrupted after epoch 4 of 9\n":                   {Epoch: 4, Epochs: 9, Batch: 1, Batches: 1},
	} {
		var out strings.Builder
		if New(&out).Interrupted(s); out.String() != want {
			t.Errorf("%+v: prints %q, want %q", s, &out, want)
		}
	}
}

// Nothing is said about a loss that falls.
func TestTrained(t *testing.T) {
	for _, test := range []struct {
		start, end float64
		want       string // the beginning of the output
	}{
		{1, 0.5, ""},
		{1, 1, ""},
		{0, 0, ""},
		{1, 1.25, "The loss went from 1 at the start to 1.25 at the end: training has made the"},
		{0, 1e30, "The loss went from 0 at the start to 1e+30 at the end: "},
		{1, math.Inf(1), "The loss went from 1 at the start to +Inf at the end: "},
		{1, math.NaN(), "The loss went from 1 at the start to NaN at the end: "},
	} {
		var out strings.Builder
		New(&out).Trained(test.start, test.end, "rate", 0.5)
		got := strings.Join(strings.Fields(out.String()), " ")
		if !strings.HasPrefix(got, test.want) || (got != "") != (test.want != "") {
			t.Errorf("%v to %v: prints %q, want %q", test.start, test.end, got, test.want)
		}
		if got != "" && !strings.HasSuffix(got, " try less than -rate 0.5.") {
			t.Errorf("%v to %v: prints %q, want a smaller rate to be tried", test.start, test.end, got)
		}
	}
	var out strings.Builder
	New(&out).Trained(1, 2, "rate", -0.5)
	if got := strings.Join(strings.Fields(out.String()), " "); !strings.HasSuffix(got,
		" A negative rate goes uphill: try a positive one, not -rate -0.5.") {
		t.Errorf("with a negative rate: %q", got)
	}
}

// A title may end with the long name of a file.
func TestLongTitle(t *testing.T) {
	var out strings.Builder
	name := strings.Repeat("x", 70)
	New(&out).Section("Graph, in " + name)
	if want := "== Graph, in\n   " + name + "\n"; out.String() != want {
		t.Errorf("prints %q, want %q", &out, want)
	}
}

func TestReport(t *testing.T) {
	var out strings.Builder
	r := New(&out)
	r.Calls("First")
	r.Call("one(1)", "1", 1)
	r.Call("two(1)", "2", 3)
	r.Call("a_call_that_is_too_long_for_column_one(1)", "3", 4)
	r.Section("Second")
	r.Head("x", "y")
	r.Row("a", "%.1f", 1.25, math.NaN())
	var pictures picture.Album
	pictures.Add("1-b.svg", chart.Chart{Title: "T", Series: []chart.Series{chart.Sequence("", 0, 1, 2)}})
	t.Chdir(t.TempDir())
	err := r.Finish(pictures, "folder", "")
	const want = `== First
                                  the text prints     this program
one(1)                            1                   1
two(1)                            2                   3  short
a_call_that_is_too_long_for_column_one(1)
                                  3                   4  short

== Second
                                         x                 y
a                                      1.2                 –

== Pictures, in folder
1-b.svg                   T

reproduced, to the last bit: 1 of 3 results in the text that are not random
`
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("output (-want +got):\n%s", diff)
	}
	const short = "not the digits that the text prints: two(1); a_call_that_is_too_long_for_column_one(1)"
	if err == nil || err.Error() != short {
		t.Errorf("error %v, want %q", err, short)
	}
	if _, err := os.Stat(filepath.Join("folder", "1-b.svg")); err != nil {
		t.Error(err)
	}
	pictures.Add("2-c.gif", chart.Chart{})
	if err := r.Finish(pictures, "folder", ""); err == nil || !strings.Contains(err.Error(), "2-c.gif") {
		t.Errorf("error %v, want one about 2-c.gif", err)
	}
}

func TestRun(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var out strings.Builder
	r := New(&out)
	section := func(i int, then func() error) func(context.Context) error {
		return func(context.Context) error {
			r.Printf("%d", i)
			return then()
		}
	}
	works := func() error { return nil }
	breaks := func() error { return errors.New("broken") }
	interrupts := func() error {
		cancel()
		return ctx.Err()
	}
	sections := []func(context.Context) error{
		section(1, works), section(2, works), section(3, breaks), section(4, interrupts), section(5, works),
	}
	for _, test := range []struct {
		which      []int
		out, error string
	}{
		{[]int{1, 2}, "12", "<nil>"},
		{[]int{2, 3, 1}, "23", "broken"},
		{[]int{2, 4, 5}, "24\ninterrupted in section 4\n", "<nil>"},
		{[]int{5}, "\ninterrupted in section 5\n", "<nil>"}, // since the context is cancelled by then
	} {
		out.Reset()
		err := r.Run(ctx, test.which, sections...)
		if out.String() != test.out || fmt.Sprint(err) != test.error {
			t.Errorf("sections %v print %q, %v, want %q, %s", test.which, &out, err, test.out, test.error)
		}
	}
}
