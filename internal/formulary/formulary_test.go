package formulary_test

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus/formula"
	"github.com/gradus-go/gradus/internal/formulary"
)

const text = "input x = 2; const c = 3; w = 0.5; unused = 1; a = w·x; r = a²; L = c·ln(r)"

func TestRead(t *testing.T) {
	for _, tt := range []struct {
		text, of, by string
		want         string // Of and By, or an error
	}{
		{text, "", "", "L by w"},
		{text, "r", "x, w", "r by x w"},
		{"y = x²; input x = 3", "", "", "y by x"},
		{"w = 1", "", "", "there are numbers, but no formula; want one such as y = 2x + 1"},
		{"y = 2·3 + max(1, 2)", "", "", "there are numbers, but no formula; want one such as y = 2x + 1"},
		{"const c = 2; y = c²", "", "", "y depends on no number with a name; want one such as x in y = 2x"},
		{"y = x²; x = 3", "z", "", "of: z is not defined; the names are y, x"},
		{"y = x²; x = 3", "x", "", "of: x is a number; want the name of a formula"},
		{text, "", "v", "by: v is not defined; the names are x, c, w, unused, a, r, L"},
		{text, "", "w,,x", `by: there is no name before or after a comma in "w,,x"; want names, as in W2,b2`},
		{text, "", "w,", `by: there is no name before or after a comma in "w,"; want names, as in W2,b2`},
		{text, "", "c", "by: c is a constant; nothing is differentiated with respect to it"},
		{text, "", "unused", "by: L does not depend on unused"},
	} {
		p, err := formulary.Read([]formula.File{{Text: tt.text}}, tt.of, tt.by)
		var got string
		wrong := new(formulary.ChoiceError)
		switch {
		case errors.As(err, &wrong) && wrong.Of:
			got = "of: " + err.Error()
		case errors.As(err, &wrong):
			got = "by: " + err.Error()
		case err != nil:
			got = err.Error()
		default:
			got = p.Root.Name() + " by"
			for _, v := range p.By {
				got += " " + v.Name()
			}
		}
		if got != tt.want {
			t.Errorf("%s, of %q, by %q: %s, want %s", tt.text, tt.of, tt.by, got, tt.want)
		}
	}
	_, err := formulary.Read([]formula.File{{Text: "y = 2·"}}, "", "")
	if !errors.As(err, new(*formula.Error)) {
		t.Errorf("a fault in the text: %v, want an error of package formula", err)
	}
}

func TestEvaluation(t *testing.T) {
	p, err := formulary.Read([]formula.File{{Text: "input x = 0; const c = 2; w = 1; y = c·w/x + c"}}, "", "w")
	if err != nil {
		t.Fatal(err)
	}
	got, err := json.Marshal(p.Evaluation(false))
	if err != nil {
		t.Fatal(err)
	}
	want := `{"of":"y","values":[` +
		`{"name":"x","kind":"input","value":0,"gradient":"-Infinity"},` +
		`{"name":"c","kind":"constant","value":2,"gradient":null},` +
		`{"name":"w","kind":"parameter","value":1,"gradient":"Infinity"},` +
		`{"name":"y","kind":"formula","value":"Infinity","gradient":1}]}`
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("wrong JSON (-want +got):\n%s", diff)
	}
	if e := p.Evaluation(true); len(e.Values) != 1 || e.Values[0].Name != "w" {
		t.Errorf("with By alone: %v, want w", e)
	}
	want = "y is ∞, and dy/dw is ∞; want numbers at which both are finite"
	if err := p.Finite(); err == nil || err.Error() != want {
		t.Errorf("Finite returns %v, want %s", err, want)
	}
}

func TestNumbersLast(t *testing.T) {
	texts := []formula.File{{Text: "w = 0.25\n"}, {Text: text + "\n"}}
	p, err := formulary.Read(formulary.NumbersLast(texts), "", "")
	if err != nil {
		t.Fatal(err)
	}
	if got := p.Value("a").Data; got != 0.5 {
		t.Errorf("a is %v, want 0.25·2: the number takes the place of that among the formulas", got)
	}
}
