package gradcheck_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/gradcheck"
)

// broken returns an op that is right in its value and wrong in its derivative.
func broken(name string, f, df func(float64) float64) func(*gradus.Value) *gradus.Value {
	op := gradus.Func1(name, f, df)
	return func(v *gradus.Value) *gradus.Value { return op.Apply(v) }
}

func TestCompare(t *testing.T) {
	id := func(v *gradus.Value) *gradus.Value { return v }
	sine := broken("sine", math.Sin, func(x float64) float64 { return -math.Cos(x) })
	slightly := broken("slightly", math.Exp, func(x float64) float64 { return math.Exp(x) * (1 + 1e-8) })
	flat := broken("flat", func(x float64) float64 { return x }, func(float64) float64 { return 0 })
	for _, tt := range []struct {
		name string
		f    func(*gradus.Value) *gradus.Value
		x    float64
		want gradcheck.Verdict
	}{
		{"a line", id, 3, gradcheck.Agree},
		{"a parabola at its bottom", (*gradus.Value).Square, 0, gradcheck.Agree},
		{"a large parameter", (*gradus.Value).Square, 1e9, gradcheck.Agree},
		{"a logarithm that ends within the usual step", (*gradus.Value).Log, 1e-7, gradcheck.Agree},
		{"a steep function", func(v *gradus.Value) *gradus.Value {
			return v.Mul(1e3).Sin()
		}, 1, gradcheck.Agree},
		{"cancellation: 1e9 + x − 1e9", func(v *gradus.Value) *gradus.Value {
			return v.Add(1e9).Sub(1e9)
		}, 0.3, gradcheck.Agree},
		{"flat", func(v *gradus.Value) *gradus.Value { return v.Sub(v) }, 2, gradcheck.Agree},
		{"saturated", (*gradus.Value).Sigmoid, 300, gradcheck.Agree},
		{"ReLU at its kink", (*gradus.Value).ReLU, 0, gradcheck.Kink},
		{"|x| at its kink", (*gradus.Value).Abs, 0, gradcheck.Kink},
		{"|x − 1| + 5x at its kink", func(v *gradus.Value) *gradus.Value {
			return v.Sub(1).Abs().Add(v.Mul(5))
		}, 1, gradcheck.Kink},
		{"leaky ReLU at its kink", (*gradus.Value).LeakyReLU, 0, gradcheck.Kink},
		{"a kink between curves", func(v *gradus.Value) *gradus.Value {
			return v.Exp().Max(v.Neg().Exp())
		}, 0, gradcheck.Kink},
		{"close to a kink", (*gradus.Value).ReLU, 1e-6, gradcheck.Agree},
		{"closer to a kink, on the flat side", (*gradus.Value).ReLU, -3e-8, gradcheck.Agree},
		{"a logarithm near its end", (*gradus.Value).Log, 1e-9, gradcheck.Agree},
		{"a square root near its end", (*gradus.Value).Sqrt, 1e-9, gradcheck.Agree},
		{"a pole", func(v *gradus.Value) *gradus.Value { return gradus.Const(1).Div(v) }, 1e-7, gradcheck.Agree},
		{"a period far smaller than the parameter", (*gradus.Value).Sin, 1e8, gradcheck.Agree},
		{"a period far smaller than 1", func(v *gradus.Value) *gradus.Value {
			return v.Mul(1e7).Sin()
		}, 1, gradcheck.Agree},
		{"a number that drowns the derivative", func(v *gradus.Value) *gradus.Value {
			return sine(v).Add(1e12)
		}, 1, gradcheck.Unclear},
		{"a wrong sign", sine, 1, gradcheck.Disagree},
		{"wrong in the ninth digit", slightly, 1, gradcheck.Disagree},
		{"a gradient of 0 for a slope of 1", flat, 1, gradcheck.Disagree},
		{"a wrong sign where the slope is 6e-17", sine, math.Pi / 2, gradcheck.Unclear},
		{"a wrong slope at a kink: 2|x| with 3", broken("kinked", func(x float64) float64 {
			return 2 * math.Abs(x)
		}, func(float64) float64 { return 3 }), 0, gradcheck.Disagree},
		{"a jump", broken("jump", func(x float64) float64 {
			return math.Copysign(1, x)
		}, func(float64) float64 { return 1000 }), 0, gradcheck.Disagree},
		{"no number", (*gradus.Value).Log, -1, gradcheck.Disagree},
		{"infinite slope: √x at 0", (*gradus.Value).Sqrt, 0, gradcheck.Unclear},
		{"a logarithm at its end, closer than any step", func(v *gradus.Value) *gradus.Value {
			return v.Sub(1).Log()
		}, 1 + 1e-9, gradcheck.Unclear},
		{"a square root at its end, closer than any step", func(v *gradus.Value) *gradus.Value {
			return v.Sub(1).Sqrt()
		}, 1 + 1e-10, gradcheck.Unclear},
		{"a period smaller than any step", func(v *gradus.Value) *gradus.Value {
			return v.Mul(1e10).Sin()
		}, 1, gradcheck.Unclear},
		{"the largest number", id, math.MaxFloat64, gradcheck.Unclear},
		{"a small parameter", (*gradus.Value).Square, 1.1e-6, gradcheck.Agree},
		{"a tiny parameter", (*gradus.Value).Square, 1e-22, gradcheck.Agree},
		{"a square that underflows, and so do its differences", (*gradus.Value).Square, 1e-200, gradcheck.Unclear},
		{"a wrong sign at a tiny parameter", broken("minus", func(x float64) float64 {
			return x * x
		}, func(x float64) float64 { return -2 * x }), 1e-3, gradcheck.Disagree},
	} {
		t.Run(tt.name, func(t *testing.T) {
			x := gradus.New(tt.x)
			r, err := gradcheck.Compare(func() *gradus.Value { return tt.f(x) }, x)
			if err != nil {
				t.Fatal(err)
			}
			if r[0].Verdict != tt.want {
				t.Errorf("verdict %v, want %v\n%v", r[0].Verdict, tt.want, r)
			}
			if x.Data != tt.x {
				t.Errorf("the parameter is %v now, was %v", x.Data, tt.x)
			}
		})
	}
}

// tanhNet returns the loss of a 3-5-1 network with named parameters.
func tanhNet(seed uint64) (f func() *gradus.Value, parameters []*gradus.Value) {
	r := rand.New(rand.NewPCG(seed, 3))
	numbers := make([]float64, 5*4+6)
	for i := range numbers {
		numbers[i] = r.NormFloat64()
	}
	p := gradus.Values(numbers)
	for i := range p {
		p[i].As(fmt.Sprint("w", i))
	}
	x := gradus.Values([]float64{0.3, -1.2, 2})
	return func() *gradus.Value {
		var hidden []*gradus.Value
		for j := range 5 {
			w := p[4*j : 4*j+4]
			hidden = append(hidden, gradus.Dot(w[:3], x).Add(w[3]).Tanh())
		}
		return gradus.Dot(p[20:25], hidden).Add(p[25]).Sub(0.5).Square()
	}, p
}

// No right derivative may be called wrong, for any parameter of many networks.
func TestCheckRight(t *testing.T) {
	for seed := range uint64(100) {
		f, p := tanhNet(seed)
		if err := gradcheck.Check(f, p...); err != nil {
			t.Errorf("net %d: %v", seed, err)
		}
	}
}

func TestCheckNamesTheWorst(t *testing.T) {
	twice := broken("twice", func(x float64) float64 { return x }, func(float64) float64 { return 2 })
	a, b, c := gradus.New(3).As("a"), gradus.New(4).As("b"), gradus.New(5)
	f := func() *gradus.Value { return a.Add(twice(b).Mul(10)).Add(twice(c)) }
	err := gradcheck.Check(f, a, b, c)
	want := regexp.MustCompile(`^gradcheck: 2 of 3 derivatives disagree, worst for b: ` +
		`autodiff 20, numeric 1?[09]\.?\d* ± \S+, 0 digits shared$`)
	if err == nil || !want.MatchString(err.Error()) {
		t.Errorf("error %q, want %v", err, want)
	}
	r, _ := gradcheck.Compare(f, a, b, c)
	if got := []string{r[0].Name, r[1].Name, r[2].Name}; fmt.Sprint(got) != "[b parameter 3 a]" {
		t.Errorf("order %v, want the worst first", got)
	}
}

func TestCompareErrors(t *testing.T) {
	x, unused := gradus.New(1), gradus.New(2).As("unused")
	used := gradus.New(3).As("used")
	used.Square().Backward()
	g := gradus.Const(9.81).As("g")
	calls := 0.0
	for _, tt := range []struct {
		name, want string
		f          func() *gradus.Value
		parameters []*gradus.Value
	}{
		{"no parameters", "gradcheck: no parameters to check, want one or more", x.Neg, nil},
		{
			"a parameter that does not matter", "gradcheck: the value of the function was not computed from unused",
			x.Neg,
			[]*gradus.Value{x, unused},
		},
		{
			"a parameter that mattered before", "gradcheck: the value of the function was not computed from used",
			x.Neg,
			[]*gradus.Value{x, used},
		},
		{
			"a nil parameter", "gradcheck: parameter 2 of 2 is nil, want a Value",
			x.Neg,
			[]*gradus.Value{x, nil},
		},
		{
			"NaN", "gradcheck: parameter 2 is NaN, want a finite number, since it is moved by small steps",
			x.Exp,
			[]*gradus.Value{x, gradus.New(math.NaN())},
		},
		{
			"an infinity", "gradcheck: much is -Inf, want a finite number, since it is moved by small steps",
			x.Exp,
			[]*gradus.Value{gradus.New(math.Inf(-1)).As("much")},
		},
		{
			"a constant", "gradcheck: g is a constant, which has no gradient to check: make it with gradus.New",
			func() *gradus.Value { return x.Mul(g) },
			[]*gradus.Value{x, g},
		},
		{
			"a constant without a name",
			"gradcheck: parameter 1 is a constant, which has no gradient to check: make it with gradus.New",
			gradus.Const(2).Exp,
			[]*gradus.Value{gradus.Const(2)},
		},
		{
			"no function", "gradcheck: the function is nil, want one that returns the root of a graph",
			nil,
			[]*gradus.Value{x},
		},
		{
			"a function that returns nil", "gradcheck: the function returns nil, want the root of a graph",
			func() *gradus.Value { return nil },
			[]*gradus.Value{x},
		},
		{
			"a function that is another each time",
			"gradcheck: two calls of the function give 1 and 2, want the same: " +
				"it must depend on the parameters' Data alone",
			func() *gradus.Value { calls++; return x.Mul(calls) },
			[]*gradus.Value{x},
		},
	} {
		_, err := gradcheck.Compare(tt.f, tt.parameters...)
		if err == nil || err.Error() != tt.want {
			t.Errorf("%s: error %q, want %q", tt.name, err, tt.want)
		}
		if err := gradcheck.Check(tt.f, tt.parameters...); err == nil {
			t.Errorf("%s: Check finds nothing wrong", tt.name)
		}
	}
}

// Next to a power of two, x + h is rounded. The slopes on either side of x are divided by the
// step that is left, or those of a line would differ from 1.
func TestSidesNextToAPowerOfTwo(t *testing.T) {
	x := gradus.New(math.Nextafter(2, 0))
	r, err := gradcheck.Compare(func() *gradus.Value { return x }, x)
	if err != nil || r[0].Left != 1 || r[0].Right != 1 {
		t.Errorf("error %v, slopes %v and %v, want 1", err, r[0].Left, r[0].Right)
	}
}

// A function that returns nil at a later call only is a programmer's mistake.
func TestNilLater(t *testing.T) {
	x, calls := gradus.New(1).As("x"), 0
	defer func() {
		want := "gradcheck: the function returned a Value at its first call and nil at a later one"
		if got := recover(); got != want || x.Data != 1 {
			t.Errorf("panic %q with x = %v, want %q and x = 1", got, x.Data, want)
		}
	}()
	err := gradcheck.Check(func() *gradus.Value {
		if calls++; calls > 5 {
			return nil
		}
		return x.Exp()
	}, x)
	t.Errorf("Check returns %v, want a panic", err)
}

func TestVerdictString(t *testing.T) {
	for v, want := range map[gradcheck.Verdict]string{
		gradcheck.Agree: "agree", gradcheck.Disagree: "disagree", 4: "Verdict(4)", -1: "Verdict(-1)",
	} {
		if got := v.String(); got != want {
			t.Errorf("verdict %d is %q, want %q", int(v), got, want)
		}
	}
}

// A recorder is a gradcheck.TB that keeps what it is told.
type recorder struct{ text string }

func (r *recorder) Helper() {}

func (r *recorder) Errorf(format string, args ...any) { r.text += fmt.Sprintf(format, args...) }

func TestTest(t *testing.T) {
	f, p := tanhNet(1)
	gradcheck.Test(t, f, p...)

	x := gradus.New(1).As("x")
	wrong := broken("wrong", math.Exp, math.Cos)
	var r recorder
	gradcheck.Test(&r, func() *gradus.Value { return wrong(x) }, x)
	for _, want := range []string{"1 of 1 derivatives disagree, worst for x", "verdict\n", "disagree\n"} {
		if !strings.Contains(r.text, want) {
			t.Errorf("Test reports %q, want %q in it", r.text, want)
		}
	}
	r.text = ""
	gradcheck.Test(&r, x.Exp)
	if !strings.Contains(r.text, "no parameters") {
		t.Errorf("Test reports %q, want that there are no parameters", r.text)
	}
}

// The square of a small number has small numbers beside it, whose rounding is larger than its own.
func TestSmallSquares(t *testing.T) {
	for i := range 1000 {
		w := gradus.New(1e-12 * (1 + float64(i)/1000))
		if err := gradcheck.Check(func() *gradus.Value { return w.Square() }, w); err != nil {
			t.Errorf("w² at %v: %v", w.Data, err)
		}
	}
}

// A leaf that is not checked has the Grad of one Backward after it, as those have that are.
func TestCheckLeavesOtherLeaves(t *testing.T) {
	x, other := gradus.New(2), gradus.New(3)
	if err := gradcheck.Check(func() *gradus.Value { return x.Mul(other) }, x); err != nil {
		t.Fatal(err)
	}
	if x.Grad != 3 || other.Grad != 2 {
		t.Errorf("the gradients are %v and %v, want 3 and 2", x.Grad, other.Grad)
	}
}
