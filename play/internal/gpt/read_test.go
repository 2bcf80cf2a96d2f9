package gpt

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/play/internal/written"
)

// What Read finds in the graph is what the formulas give, written once more in plain numbers; and its
// gradients are those of the recording.
func TestRead(t *testing.T) {
	near := cmpopts.EquateApprox(1e-12, 1e-15)
	s := newSession(t, Settings{Width: "8", Heads: "2", Layers: "2", Steps: "60"})
	train(t, s, 57) // not the end of a row, which stores the parameters
	for _, name := range []string{"emma", "x", " Mary ", "bartholomew"} {
		tokens := s.model.tokens(strings.ToLower(strings.TrimSpace(name)))
		p, err := s.trainer.program(len(tokens))
		if err != nil {
			t.Fatal(err)
		}
		loss := p.Forward(tokens...)
		p.Backward()
		grad := map[string]float64{}
		for i, v := range p.Params() {
			grad[v.Name()] = p.Gradient()[i]
		}
		for layer := range s.Layers {
			for head := range s.Heads {
				r, err := s.Read(Question{Name: name, Layer: string(rune('1' + layer)), Head: string(rune('1' + head))})
				if err != nil {
					t.Fatal(err)
				}
				probabilities, weights := plain{s}.run(tokens)
				if r.Step != 57 || len(r.Letters) != len(tokens)-1 || len(r.Looks) != len(r.Letters) {
					t.Fatalf("%q: step %d, %d letters, %d looks", name, r.Step, len(r.Letters), len(r.Looks))
				}
				mean := 0.0
				for at, l := range r.Letters {
					want := probabilities[at][int(tokens[at+1])]
					mean -= math.Log(want) / float64(len(r.Letters))
					if math.Abs(l.Size+math.Log(want)) > 1e-12 || l.Letter != s.sign(tokens[at+1]) {
						t.Errorf("%q: letter %d is %+v, want the probability %v", name, at+1, l, want)
					}
					if number(t, l.Likely[0].Probability) < number(t, l.Likely[1].Probability) {
						t.Errorf("%q: likely are %+v", name, l.Likely)
					}
					var got []float64
					for _, w := range r.Looks[at].Weights {
						got = append(got, w.Shade)
					}
					if diff := cmp.Diff(weights[[3]int{layer, head, at}], got, near); diff != "" {
						t.Errorf("%q, layer %d, head %d, position %d (-want +got):\n%s", name, layer, head, at, diff)
					}
				}
				if math.Abs(mean-loss) > 1e-12 {
					t.Errorf("%q: the mean is %v, the recording's %v", name, mean, loss)
				}
				checkPulls(t, s, r, grad)
			}
		}
	}
}

func number(t *testing.T, n written.Number) float64 {
	t.Helper()
	x, err := strconv.ParseFloat(n.Exact, 64)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// checkPulls compares the rows of a reading with the gradients of the parameters by name.
func checkPulls(t *testing.T, s *Session, r Reading, grad map[string]float64) {
	t.Helper()
	darkest := 0.0
	for _, p := range r.Pulls {
		token := s.model.edge()
		if p.Letter != edgeSign {
			token = int(p.Letter[0] - 'a')
		}
		largest := 0.0
		for j, v := range s.model.embed[token] {
			if math.Abs(v.Grad-grad[v.Name()]) > 1e-12 || p.Cells[j].Exact == "" {
				t.Errorf("∂loss/∂%s is %v, the recording's %v", v.Name(), v.Grad, grad[v.Name()])
			}
			largest, darkest = max(largest, math.Abs(v.Grad)), max(darkest, math.Abs(p.Cells[j].Shade))
		}
		if largest == 0 {
			t.Errorf("the gradient of %q is 0", p.Letter)
		}
	}
	if darkest != 1 {
		t.Errorf("the darkest shade is %v", darkest)
	}
}

// Whatever someone types is a name or gets a sentence.
func TestHostileNames(t *testing.T) {
	s := newSession(t, Settings{Width: "4", Heads: "1", Context: "5", Steps: "1"})
	for name, want := range map[string]string{
		"":                          "there is no name: want one of the letters a to z",
		" ":                         "there is no name",
		"zoë":                       "no token for 'ë': it has seen names of the letters a to z alone",
		"anna-maria":                "no token for '-'",
		"<script>alert(1)</script>": "no token for '<'",
		"a\x00b":                    `no token for '\x00'`,
		"a\xff":                     "no token for '\ufffd'",
		strings.Repeat("a", 10_000): "the name has 10000 letters, want at most 64",
	} {
		if _, err := s.Read(Question{Name: name}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.20q: %v, want %q", name, err, want)
		}
	}
	for _, q := range []Question{
		{Name: "a", Layer: "2"},
		{Name: "a", Head: "0"},
		{Name: "a", Head: "x"},
	} {
		if _, err := s.Read(q); err == nil || !strings.Contains(err.Error(), "want a whole number from 1 to 1") {
			t.Errorf("%+v: %v", q, err)
		}
	}
	r, err := s.Read(Question{Name: "Isabella"})
	if err != nil || r.Name != "isabe" || len(r.Letters) != 5 || !strings.Contains(r.Note, "first 5 letters") {
		t.Errorf("of a long name the model reads %q: %d letters, %q, %v", r.Name, len(r.Letters), r.Note, err)
	}
}

func TestSettings(t *testing.T) {
	for _, test := range []struct {
		settings Settings
		want     string
	}{
		{Settings{}, ""},
		{Settings{Width: " 64 ", Heads: "16", Layers: "1", Context: "8"}, ""},
		{Settings{Width: "65"}, `width is "65", want a whole number from 1 to 64`},
		{Settings{Width: "1e1"}, `width is "1e1"`},
		{Settings{Heads: "3"}, "the width 16 cannot be split among 3 heads"},
		{Settings{Steps: "0"}, `steps is "0", want a whole number from 1 to 20000`},
		{Settings{Batch: "-1"}, `batch is "-1"`},
		{Settings{Rate: "NaN"}, `rate is "NaN", want a number from 1e-06 to 10`},
		{Settings{Rate: "0"}, `rate is "0"`},
		{Settings{Seed: "-1"}, `seed is "-1", want a whole number from 0 to 18446744073709551615`},
		{Settings{Seed: strings.Repeat("9", 9999)}, `seed is "99999999999999999999", want`},
		{Settings{Width: "64", Layers: "4", Context: "32"}, "products, and the page records at most"},
	} {
		_, err := test.settings.plan(26)
		if (err == nil) != (test.want == "") || err != nil && !strings.Contains(err.Error(), test.want) {
			t.Errorf("%+v: %v, want %q", test.settings, err, test.want)
		}
	}
}

// The calls work from JSON to JSON, and keep their session as long as the settings are the same.
func TestCalls(t *testing.T) {
	calls := new(page).calls()
	answer := func(name, args, want string) {
		t.Helper()
		if got := calls.Answer(name, args); !strings.Contains(got, want) {
			t.Errorf("%s(%s) is\n%s, want\n%s", name, args, got, want)
		}
	}
	answer("gpt.start", `{"width":"4","heads":"1"}`, `{"result":{"step":0,"steps":1000,"params":472,"losses":[]`)
	answer("gpt.train", `{"width":"4","heads":"1","most":3}`, `{"result":{"step":3,"steps":1000,"params":472,`)
	answer("gpt.point", `{"width":"4","heads":"1","step":2}`, `{"result":{"step":2,"name":`)
	answer("gpt.point", `{"width":"4","heads":"1","step":4}`, `{"error":"step 4 was not taken: want one`)
	answer("gpt.read", `{"width":"4","heads":"1","name":"emma"}`, `"step":3,`)
	answer("gpt.sample", `{"width":"4","heads":"1","count":2,"temperature":"1"}`, `{"result":{"step":3,"names":`)
	answer("gpt.train", `{"width":"5","heads":"1","most":1}`, `{"result":{"step":1,`)
	answer("gpt.start", `{"width":"5","heads":"1"}`, `{"result":{"step":0,`)
	answer("gpt.train", `{"temperature":"hot"}`, `{"error":"temperature is \"hot\", want a number`)
	answer("gpt.command", `{}`, `{"result":"go run ./examples/gpt"}`)
	answer("gpt.command", `{"width":"0"}`, `{"error":"width is`)
}

// The part of the graph has the numbers and the gradients of the whole: those of the likeliest scores one by
// one, and those of the others together.
func TestPart(t *testing.T) {
	s := newSession(t, Settings{Width: "8", Heads: "2", Steps: "30"})
	train(t, s, 30)
	tokens := s.model.tokens("emma")
	for at := range tokens[1:] {
		whole := s.backward(tokens)
		want, others := map[string]float64{}, 0.0
		for i, v := range whole.Parents()[at].Parents()[0].Parents() {
			want[s.score(i)] = v.Grad
			others += v.Grad
		}
		part := s.lossOf(tokens, at)
		part.Backward()
		if math.Abs(part.Data-whole.Data) > 1e-13 {
			t.Errorf("letter %d: the loss is %v, want %v", at+1, part.Data, whole.Data)
		}
		scores := 0
		for _, v := range gradus.Topo(part) {
			if grad, ok := want[v.Name()]; ok {
				others -= v.Grad
				if scores++; math.Abs(v.Grad-grad) > 1e-13 {
					t.Errorf("letter %d: ∂loss/∂%s is %v, want %v", at+1, v.Name(), v.Grad, grad)
				}
			} else if v.Name() == "z_others" && math.Abs(v.Grad-others) > 1e-13 {
				t.Errorf("letter %d: the gradient of all others is %v, want %v", at+1, v.Grad, others)
			}
		}
		if scores != 4 {
			t.Errorf("letter %d: the part has %d scores, want 4", at+1, scores)
		}
	}
	for _, d := range []Detail{{Name: "emma", Letter: "6"}, {Name: "emma", Part: "x"}, {Name: ""}} {
		if _, err := s.Part(d); err == nil {
			t.Errorf("%+v: no error", d)
		}
	}
	for _, part := range []string{"loss", "head"} {
		p, err := s.Part(Detail{Name: "emma", Letter: "5", Part: part})
		if err != nil || len(p.Data.Backward) < 10 || !strings.Contains(p.Parts["picture"], "<svg") {
			t.Errorf("%s: %d frames, %v", part, len(p.Data.Backward), err)
		}
	}
}
