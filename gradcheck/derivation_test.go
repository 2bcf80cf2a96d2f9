package gradcheck_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/gradcheck"
)

// tutorialA returns the tutorial's network: L = ½(y − t)², y = W2·a + b2, a = σ(z),
// z = W1·x + b1.
func tutorialA() *gradus.Value {
	named := func(name string, x float64) *gradus.Value { return gradus.New(x).As(name) }
	z := named("W1", 0.5).Mul(named("x", 1)).Add(named("b1", 0)).As("z")
	a := z.Sigmoid().As("a")
	y := named("W2", -1).Mul(a).Add(named("b2", 0)).As("y")
	return gradus.Const(0.5).Mul(y.Sub(named("t", 0)).Square()).As("L")
}

// diamond returns f = p·q, p = sin x, q = x·x + 3x. So x is used once in p and three times in q.
func diamond() *gradus.Value {
	x := gradus.New(0.7).As("x")
	p := x.Sin().As("p")
	q := x.Mul(x).Add(gradus.Const(3).Mul(x)).As("q")
	return p.Mul(q).As("f")
}

// layered returns the error E of a [2,3,3,2] sigmoid network whose values are all named:
// weight w2[1,0] goes from a1[0] to z2[1].
func layered() *gradus.Value {
	r := rand.New(rand.NewPCG(7, 7))
	a := []*gradus.Value{gradus.New(0.2).As("x[0]"), gradus.New(0.3).As("x[1]")}
	for layer, width := range []int{3, 3, 2} {
		var next []*gradus.Value
		for j := range width {
			z := gradus.New(r.NormFloat64()).As(fmt.Sprintf("b%d[%d]", layer+1, j))
			for i := range a {
				w := gradus.New(r.NormFloat64()).As(fmt.Sprintf("w%d[%d,%d]", layer+1, j, i))
				z = z.Add(w.Mul(a[i]))
			}
			z.As(fmt.Sprintf("z%d[%d]", layer+1, j))
			next = append(next, z.Sigmoid().As(fmt.Sprintf("a%d[%d]", layer+1, j)))
		}
		a = next
	}
	return gradus.Sum(a[0].Sub(0.3).Square(), a[1].Sub(0.67).Square()).As("E")
}

type values = func(name string) float64

// Each slip is made in a derivation that is otherwise right, as a formula.
func TestSlips(t *testing.T) {
	for _, tt := range []struct {
		name  string
		graph func() *gradus.Value
		key   string
		wrong gradcheck.Formula
		want  []string // all slips that fit
	}{
		{
			"wrong sign of t − y", tutorialA, "dL/dy",
			func(v values) float64 { return v("t") - v("y") },
			[]string{"∂L/∂y: wrong sign"},
		},
		{
			"2 too much", tutorialA, "dL/dy",
			func(v values) float64 { return 2 * (v("y") - v("t")) },
			[]string{"∂L/∂y: twice too large: there is a constant 0.5, the derivative of a square has a 2"},
		},
		{
			"½ too much", tutorialA, "dL/dy",
			func(v values) float64 { return 0.5 * (v("y") - v("t")) },
			[]string{"∂L/∂y: half as large as it should be: there is a constant 0.5, " +
				"the derivative of a square has a 2"},
		},
		{
			"a missing factor", tutorialA, "dL/da",
			func(v values) float64 { return v("y") - v("t") },
			[]string{"∂y/∂a: the factor W2 is missing"},
		},
		{
			"a missing input", tutorialA, "dL/dW1",
			func(v values) float64 { return (v("y") - v("t")) * v("W2") * v("a") * (1 - v("a")) },
			[]string{"∂z/∂W1: the factor x is missing"},
		},
		{
			"a missing σ′", tutorialA, "dL/dW1",
			func(v values) float64 { return (v("y") - v("t")) * v("W2") * v("x") },
			[]string{"∂a/∂z: σ′ is missing"},
		},
		{
			"σ′(a) for σ′(z)", tutorialA, "∂a/∂z",
			func(v values) float64 { s := sigmoid(v("a")); return s * (1 - s) },
			[]string{"∂a/∂z: σ′(a) where σ′(z) belongs"},
		},
		{
			"σ′(a) for σ′(z), far down", tutorialA, "dL/db1",
			func(v values) float64 {
				s := sigmoid(v("a"))
				return (v("y") - v("t")) * v("W2") * s * (1 - s)
			},
			[]string{"∂a/∂z: σ′(a) where σ′(z) belongs"},
		},
		{
			"z(1 − z) for a(1 − a), as when sigmoid_derivative is given z", tutorialA, "da_dz",
			func(v values) float64 { return v("z") * (1 - v("z")) },
			[]string{"∂a/∂z: z where a belongs, in the formula of σ′"},
		},
		{
			"z for a in ∂y/∂W2", tutorialA, "dL/dW2",
			func(v values) float64 { return (v("y") - v("t")) * v("z") },
			[]string{"∂y/∂W2: z where a belongs"},
		},
		{
			"one of two paths, that through p", diamond, "df/dx",
			func(v values) float64 { return v("q") * math.Cos(v("x")) },
			[]string{"∂q/∂x: the path f → q → x is missing: both paths to x must be added; the missing part is 2.835"},
		},
		{
			"one of two paths, that through q", diamond, "df/dx",
			func(v values) float64 { return v("p") * (2*v("x") + 3) },
			[]string{"∂p/∂x: the path f → p → x is missing: both paths to x must be added; the missing part is 1.981"},
		},
		{
			"x for 2x: one factor of x·x counted", diamond, "dq/dx",
			func(v values) float64 { return v("x") },
			[]string{
				"∂q/∂x: x is used 3 times, and only its use in (x · x) is counted; the missing part is 3.7",
			},
		},
		{
			"the 3x forgotten, and one x", diamond, "dq/dx", func(values) float64 { return 3 },
			[]string{"∂q/∂x: x is used 3 times, and only its use in (3 · x) is counted; the missing part is 1.4"},
		},
		{
			"sin for its derivative cos", diamond, "dp/dx",
			func(v values) float64 { return math.Cos(v("p")) },
			[]string{"∂p/∂x: sin′(p) where sin′(x) belongs"},
		},
		{
			"transposed weights", layered, "dE/da1[1]", func(v values) float64 {
				sum := 0.0
				for k := range 3 {
					sum += v(fmt.Sprintf("w2[1,%d]", k)) * layeredDelta2(v, k) // w2[k,1] belongs
				}
				return sum
			},
			[]string{"∂z2[2]/∂a1[1]: transposed weights: w2[1,2] where w2[2,1] belongs"},
		},
		{
			"one of three neurons summed", layered, "dE/da1[1]",
			func(v values) float64 { return v("w2[2,1]") * layeredDelta2(v, 2) },
			[]string{"∂z2[1]/∂a1[1]: only the path E → … → z2[2] → a1[1] is counted: " +
				"all 3 paths to a1[1] must be added; the missing part is -0.0004376"},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f, err := gradcheck.CheckDerivation(tt.graph(), gradcheck.Derivation{tt.key: tt.wrong})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, s := range f[0].Slips {
				got = append(got, s.String())
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("slips (-want +got):\n%s\n%v", diff, f)
			}
			if f[0].OK || f.Err() == nil {
				t.Error("the wrong derivation passes")
			}
			// A number cannot be tried at other numbers, so more slips may fit.
			f, _ = gradcheck.CheckDerivation(tt.graph(), gradcheck.Derivation{tt.key: f[0].Yours})
			for _, want := range tt.want {
				fits := slices.ContainsFunc(f[0].Slips, func(s gradcheck.Slip) bool { return s.String() == want })
				if !fits && f[0].Yours != f[0].Right {
					t.Errorf("as a number: %v\nwant %q among the slips", f, want)
				}
			}
		})
	}
}

func sigmoid(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// layeredDelta2 returns ∂E/∂z2[k], derived by hand.
func layeredDelta2(v values, k int) float64 {
	sum := 0.0
	for m, target := range []float64{0.3, 0.67} {
		a := v(fmt.Sprintf("a3[%d]", m))
		sum += 2 * (a - target) * a * (1 - a) * v(fmt.Sprintf("w3[%d,%d]", m, k))
	}
	a := v(fmt.Sprintf("a2[%d]", k))
	return sum * a * (1 - a)
}

// The right derivation of examples/backprop, as the texts print it and as a student would write it.
func TestRightDerivations(t *testing.T) {
	for _, tt := range []struct {
		name string
		d    gradcheck.Derivation
	}{
		{"nothing", nil},
		{"NumPy's eight digits", gradcheck.Derivation{
			"dL_dy": "-0.62245933", "dL_dW2": "-0.38745562", "dL_db2": "-0.62245933",
			"dL_da": "0.62245933", "dL_dW1": "0.14628025", "dL_db1": "1.4628025e-01",
		}},
		{"PyTorch's float32", gradcheck.Derivation{
			"dL_dW2": float32(-0.38745564222335815), "dL_db2": float32(-0.622459352016449),
			"dL_dW1": float32(0.14628025889396667), "dL_db1": float32(0.14628025889396667),
		}},
		{"products of four digits", gradcheck.Derivation{
			"∂L/∂y": "-0.6225", "∂y/∂W2": "0.6225", "∂L/∂W2": -0.6225 * 0.6225, "∂a/∂z": 0.6225 * 0.3775,
			"∂L/∂W1": -0.6225 * -1 * 0.6225 * 0.3775 * 1,
		}},
		{"products of numbers with four digits", gradcheck.Derivation{
			"dL/dW2": "-0.6225·0.6225", "dL/dW1": "(-0.6225)(-1)(0.6225)(1 − 0.6225)·1", "dL/db2": "−0.6225/1",
		}},
		{"a minus of the printer's", gradcheck.Derivation{"dL/dW2": " −0.3875 "}},
		{"one digit", gradcheck.Derivation{"dL/dW2": "-0.4", "dL/dW1": "0.1", "dy/da": "-1", "dz/dW1": 1}},
		{"formulas", gradcheck.Derivation{
			"dL/dy":  func(v values) float64 { return v("y") - v("t") },
			"dL/dt":  func(v values) float64 { return v("t") - v("y") },
			"dL/dW2": func(v values) float64 { return (v("y") - v("t")) * v("a") },
			"dL/dW1": gradcheck.Formula(func(v values) float64 {
				return (v("y") - v("t")) * v("W2") * v("a") * (1 - v("a")) * v("x")
			}),
			"da/dz":  func(v values) float64 { return v("a") * (1 - v("a")) },
			"dy/dW1": func(v values) float64 { return v("W2") * v("a") * (1 - v("a")) * v("x") },
		}},
	} {
		gradcheck.TestDerivation(t, tutorialA(), tt.d)
	}
	gradcheck.TestDerivation(t, layered(), gradcheck.Derivation{
		"dE/da1[1]": func(v values) float64 {
			sum := 0.0
			for k := range 3 {
				sum += v(fmt.Sprintf("w2[%d,1]", k)) * layeredDelta2(v, k)
			}
			return sum
		},
	})
}

// A number may be computed from others that are right and have been rounded.
func TestRoundingAccumulates(t *testing.T) {
	f, err := gradcheck.CheckDerivation(tutorialA(), gradcheck.Derivation{
		"dL/dy": "-0.62", "dL/dW2": -0.62 * 0.62, "dL/da": "0.62", "da/dz": "0.24", "dL/dW1": 0.62 * 0.24,
	})
	if err != nil || f.Err() != nil {
		t.Errorf("%v\n%v", err, f)
	}
	for _, f := range f {
		if off := math.Abs(f.Yours - f.Right); off > f.Tolerance {
			t.Errorf("%v: the tolerance is less than %g, by which it is off", f, off)
		}
	}
}

// A formula without names is a number. It may be off by the rounding of the numbers in it, and not by more.
func TestComputedNumbers(t *testing.T) {
	for text, want := range map[string]bool{
		"-0.6225·0.6225": true, "-0.6225·0.622": true, "-0.6225·0.624": false, "-0.62·0.62": true, "-1·1": false,
		"0.6225·0.6225": false, "0.0": false, "−√0.150": true, "-0.39": true, "-0.4+0.1·√0.0": true,
		"-0.3+0.1·√0.0": false,
	} {
		f, err := gradcheck.CheckDerivation(tutorialA(), gradcheck.Derivation{"dL/dW2": text}) // -0.38745562
		if err != nil || f[0].OK != want {
			t.Errorf("%s: %v, error %v, want right: %t", text, f, err, want)
		}
	}
}

// Whoever makes a slip in one unit of a layer usually makes it in all of them.
func TestSlipsInALayer(t *testing.T) {
	dEda := func(sign, two float64, prime func(a float64) float64, weight func(w float64) float64,
	) gradcheck.Formula {
		return func(v values) float64 {
			sum := 0.0
			for m, target := range []float64{0.3, 0.67} {
				a := v(fmt.Sprintf("a3[%d]", m))
				sum += sign * two * (a - target) * prime(a) * weight(v(fmt.Sprintf("w3[%d,1]", m)))
			}
			return sum
		}
	}
	prime := func(a float64) float64 { return a * (1 - a) }
	one := func(float64) float64 { return 1 }
	same := func(w float64) float64 { return w }
	for _, tt := range []struct {
		name  string
		wrong gradcheck.Formula
		want  string
	}{
		{"t − y in all", dEda(-1, 2, prime, same), "∂E/∂a3[1]: wrong sign, and likewise in the other units"},
		{"no 2 in any", dEda(1, 1, prime, same), "∂E/∂a3[1]: half as large as it should be: " +
			"the derivative of a square has a 2, and likewise in the other units"},
		{"no σ′ in any", dEda(1, 2, one, same), "∂a3[1]/∂z3[1]: σ′ is missing, and likewise in the other units"},
		{"no weight in any", dEda(1, 2, prime, one), "∂z3[1]/∂a2[1]: the factor w3[1,1] is missing, " +
			"and likewise in the other units"},
	} {
		f, err := gradcheck.CheckDerivation(layered(), gradcheck.Derivation{"dE/da2[1]": tt.wrong})
		if err != nil {
			t.Fatal(err)
		}
		fits := slices.ContainsFunc(f[0].Slips, func(s gradcheck.Slip) bool { return s.String() == tt.want })
		if !fits || f[0].OK {
			t.Errorf("%s: want %q among the slips of\n%v", tt.name, tt.want, f)
		}
	}
	gradcheck.TestDerivation(t, layered(), gradcheck.Derivation{"dE/da2[1]": dEda(1, 2, prime, same)})
}

// The names of weights often have nothing between row and column.
func TestTransposedDigits(t *testing.T) {
	x, w := gradus.New(0.3).As("x"), map[string]*gradus.Value{}
	for i, name := range []string{"w11", "w12", "w21", "w22"} {
		w[name] = gradus.New(0.5 + 0.7*float64(i)).As(name)
	}
	h1, h2 := x.Sin().As("h1"), x.Cos().As("h2")
	z1 := w["w11"].Mul(h1).Add(w["w12"].Mul(h2)).As("z1")
	z2 := w["w21"].Mul(h1).Add(w["w22"].Mul(h2)).As("z2")
	E := z1.Square().Add(z2.Exp()).As("E")
	f, err := gradcheck.CheckDerivation(E, gradcheck.Derivation{"dE/dh1": func(v values) float64 {
		return 2*v("z1")*v("w11") + math.Exp(v("z2"))*v("w12")
	}})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := fmt.Sprint(f[0].Slips), "[∂z2/∂h1: transposed weights: w12 where w21 belongs]"; got != want {
		t.Errorf("slips %s, want %s", got, want)
	}
}

// The gradient of softmax and cross-entropy is p − t for targets that add up to 1, and for
// no others. That must not be called wrong. If the targets are constants, or are seen to be
// probabilities by their names, it holds at all numbers that are tried.
func TestTargetsThatAddUpToOne(t *testing.T) {
	for _, tt := range []struct {
		name   string
		target func(float64) *gradus.Value
		names  []string
		says   string
	}{
		{"inputs", gradus.New, []string{"t1", "t2", "t3"}, "is right ("},
		{"constants", gradus.Const, []string{"t1", "t2", "t3"}, "is right ("},
		{"inputs of unlike names", gradus.New, []string{"cat", "dog", "owl"}, "right, since cat + dog + owl = 1"},
	} {
		z := []*gradus.Value{gradus.New(0.3).As("z1"), gradus.New(-1.2).As("z2"), gradus.New(0.8).As("z3")}
		terms := make([]*gradus.Value, len(z))
		for i, p := range gradus.Softmax(z...) {
			target := tt.target([]float64{1, 0, 0}[i]).As(tt.names[i])
			terms[i] = target.Mul(p.As(fmt.Sprint("p", i+1)).Log()).Neg()
		}
		L := terms[0].Add(terms[1]).Add(terms[2]).As("L")
		d := gradcheck.Derivation{"dL/dz1": func(v values) float64 { return v("p1") - v(tt.names[0]) }}
		f, err := gradcheck.CheckDerivation(L, d)
		if err != nil || f.Err() != nil || !f[0].OK || f[0].Coincidence || !strings.Contains(f.String(), tt.says) {
			t.Errorf("%s: %v, %v\nwant that it %s", tt.name, err, f, tt.says)
		}
	}
}

// A formula may ask for a constant by its name. Leaves without a name keep their numbers, as
// constants do, so that a formula may have them as numbers.
func TestConstants(t *testing.T) {
	h, s, g := gradus.New(0.5).As("h"), gradus.New(2).As("s"), gradus.Const(9.81).As("g")
	E := s.Mul(g).Mul(h).Add(h.Square().Mul(gradus.New(3))).As("E")
	gradcheck.TestDerivation(t, E, gradcheck.Derivation{
		"dE/dh": func(v values) float64 { return v("s")*v("g") + 2*3*v("h") },
		"dE/ds": func(v values) float64 { return 9.81 * v("h") },
	})
	f, err := gradcheck.CheckDerivation(E, gradcheck.Derivation{
		"dE/ds": func(v values) float64 { return v("h") },
	})
	if got, want := fmt.Sprint(f[0].Slips), "[∂E/∂s: the factor g is missing]"; err != nil || got != want {
		t.Errorf("error %v, slips %s, want %s", err, got, want)
	}
}

// The rounding error of a sum of terms that cancel is large, but not every number is right.
func TestCancellation(t *testing.T) {
	x := gradus.New(2).As("x")
	p := x.Mul(1000).As("p")
	q := x.Mul(999.5).As("q")
	root := p.Sub(q).As("f")
	for _, tt := range []struct {
		x    float64
		want bool
	}{{0.5, true}, {-0.5, false}, {0, false}, {2.37, false}} {
		f, err := gradcheck.CheckDerivation(root, gradcheck.Derivation{"df/dx": tt.x})
		if err != nil || f[0].OK != tt.want {
			t.Errorf("%v: %v, %v, want right: %t", tt.x, err, f, tt.want)
		}
	}
}

// A derivative that is not finite can be right as well.
func TestNotFinite(t *testing.T) {
	x := gradus.New(0).As("x")
	gradcheck.TestDerivation(t, x.Log().As("f"), gradcheck.Derivation{"df/dx": math.Inf(1)})
	gradcheck.TestDerivation(t, x.Sub(1).Log().As("f"), gradcheck.Derivation{"df/dx": math.NaN()})
}

// A user's op may have the name of an op of package gradus.
func TestUserOpsNames(t *testing.T) {
	x := gradus.New(2).As("x")
	cube := gradus.Func1("/", func(x float64) float64 { return x * x * x },
		func(x float64) float64 { return 3 * x * x })
	f, err := gradcheck.CheckDerivation(cube.Apply(x).As("f"), gradcheck.Derivation{"df/dx": -12})
	if err != nil || len(f[0].Slips) != 1 || f[0].Slips[0].What != "wrong sign" {
		t.Errorf("%v, %v, want a wrong sign", err, f)
	}
}

// No right derivation may be called wrong because of rounding.
func TestRoundingIsNotWrong(t *testing.T) {
	root := layered()
	root.Backward()
	for _, v := range gradus.Topo(root) {
		if v.Name() == "" || v == root {
			continue
		}
		for digits := 1; digits <= 17; digits++ {
			text := strconv.FormatFloat(v.Grad, 'e', digits-1, 64)
			if x, _ := strconv.ParseFloat(text, 64); x != math.Trunc(x) { // a whole number is exact
				gradcheck.TestDerivation(t, root, gradcheck.Derivation{"dE/d" + v.Name(): text})
			}
		}
		gradcheck.TestDerivation(t, root, gradcheck.Derivation{"dE/d" + v.Name(): float32(v.Grad)})
		gradcheck.TestDerivation(t, root, gradcheck.Derivation{"dE/d" + v.Name(): v.Grad * (1 + 1e-10)})
	}
}

// With the tutorial's special numbers, several slips give the same number. All are listed.
func TestSlipsCoincide(t *testing.T) {
	f, err := gradcheck.CheckDerivation(tutorialA(), gradcheck.Derivation{"dL/dW1": "-0.1463"})
	if err != nil {
		t.Fatal(err)
	}
	want := "dL/dW1 = -0.1463 is wrong, it is 0.1462802535 (0 digits shared, tolerance 5e-05)\n" +
		"  first wrong factor: ∂L/∂y; what would explain it:\n" +
		"    ∂L/∂y: wrong sign\n" +
		"    ∂y/∂a: wrong sign\n" +
		"    ∂y/∂a: the factor W2 is missing\n" +
		"    ∂a/∂z: wrong sign\n" +
		"    ∂z/∂W1: wrong sign\n"
	if diff := cmp.Diff(want, f.String()); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
}

func TestFindings(t *testing.T) {
	for _, tt := range []struct {
		name string
		d    gradcheck.Derivation
		want []string // the beginning of each finding
		err  string   // in the error
	}{
		{
			"the first mistake, and what follows from it",
			gradcheck.Derivation{"dL/dy": "-1.2449", "dL/da": "1.2449", "da/dz": "0.235", "dL/dW1": 1.2449 * 0.235},
			[]string{
				"dL/dy = -1.2449 is wrong, it is -0.6224593312 (0 digits shared, tolerance 5e-05)\n" +
					"  first wrong factor: ∂L/∂y; what would explain it:\n    ∂L/∂y: twice too large",
				"dL/da = 1.2449 is wrong, it is 0.6224593312 (0 digits shared, tolerance 5e-05)\n" +
					"  no new mistake: it would be right if dL/dy were -1.2449",
				"da/dz = 0.235 is right",
				"dL/dW1 = 0.2925515 is wrong, it is 0.1462802535 (0 digits shared, tolerance 1e-10)\n" +
					"  no new mistake: it would be right if dL/da were 1.2449",
			},
			"gradcheck: dL/dy = -1.2449 is wrong",
		},
		{
			"a wrong local factor is used",
			gradcheck.Derivation{"da/dz": "0.25", "dL/dW1": 0.6225 * 0.25},
			[]string{
				"da/dz = 0.25 is wrong, it is 0.2350037122 (1 digit shared, tolerance 0.005)\n" +
					"  first wrong factor: ∂a/∂z; what would explain it:\n" +
					"    ∂a/∂z: z where a belongs, in the formula of σ′",
				"dL/dW1 = 0.155625 is wrong, it is 0.1462802535 (1 digit shared, tolerance 1e-10)\n" +
					"  no new mistake: it would be right if da/dz were 0.25",
			},
			"gradcheck: da/dz = 0.25 is wrong",
		},
		{
			"what is right above narrows it down",
			gradcheck.Derivation{"dL/da": "0.6225", "da/dz": "0.2350", "dL/dW1": "-0.1463"},
			[]string{
				"dL/da = 0.6225 is right", "da/dz = 0.235 is right",
				"dL/dW1 = -0.1463 is wrong, it is 0.1462802535 (0 digits shared, tolerance 5e-05)\n" +
					"  first wrong factor: ∂z/∂W1; what would explain it:\n    ∂z/∂W1: wrong sign",
			},
			"∂z/∂W1",
		},
		{
			"no usual slip",
			gradcheck.Derivation{"dL/dy": "-0.6225", "dL/dz": "7.125"},
			[]string{
				"dL/dy = -0.6225 is right",
				"dL/dz = 7.125 is wrong, it is 0.1462802535 (0 digits shared, tolerance 0.0005)\n" +
					"  no usual slip explains it; look at ∂y/∂a, ∂a/∂z",
			},
			"look at ∂y/∂a, ∂a/∂z",
		},
		{
			"a missing factor of 1",
			gradcheck.Derivation{"dL/dW1": func(v values) float64 {
				return (v("y") - v("t")) * v("W2") * v("a") * (1 - v("a"))
			}},
			[]string{"dL/dW1 = 0.1462802535 is wrong: it has the right number only by coincidence, with others " +
				"the formula is wrong " +
				"(16 digits shared, tolerance 1e-07)\n  first wrong factor: ∂z/∂W1; what would explain it:\n" +
				"    ∂z/∂W1: the factor x is missing"},
			"only by coincidence",
		},
		{
			"what is right by coincidence is no ground to build on",
			gradcheck.Derivation{
				"dz/dW1": func(values) float64 { return 1 }, // x
				"dL/dW1": func(v values) float64 {
					return (v("y") - v("t")) * v("W2") * v("a") * (1 - v("a"))
				},
			},
			[]string{
				"dz/dW1 = 1 is wrong: it has the right number only by coincidence, with others the formula is wrong",
				"dL/dW1 = 0.1462802535 is wrong: it has the right number only by coincidence, with others " +
					"the formula is wrong " +
					"(16 digits shared, tolerance 1e-07)\n" +
					"  no new mistake: it would be right if dz/dW1 were right for all numbers",
			},
			"dz/dW1 = 1 is wrong: it has the right number only by coincidence",
		},
		{
			"a formula that rests on the given numbers",
			gradcheck.Derivation{
				"dL/dy": func(v values) float64 { return v("W2") * v("a") }, // b2 and t missing
				"da/dz": "0.25", "dL/dW1": 0.6225 * 0.25,
			},
			[]string{
				"dL/dy = -0.6224593312 is right for the given numbers, but only where b2 = 0 and t = 0",
				"da/dz = 0.25 is wrong", "dL/dW1 = 0.155625 is wrong, it is 0.1462802535 (1 digit shared, " +
					"tolerance 1e-10)\n  no new mistake: it would be right if da/dz were 0.25",
			},
			"dL/dy = -0.6224593312 is right for the given numbers, but only where b2 = 0 and t = 0",
		},
		{
			"no number",
			gradcheck.Derivation{"dL/dy": math.NaN()},
			[]string{"dL/dy = NaN is wrong, it is -0.6224593312"},
			"dL/dy = NaN",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f, err := gradcheck.CheckDerivation(tutorialA(), tt.d)
			if err != nil {
				t.Fatal(err)
			}
			if len(f) != len(tt.want) {
				t.Fatalf("%d findings, want %d:\n%v", len(f), len(tt.want), f)
			}
			for i, want := range tt.want {
				if !strings.HasPrefix(f[i].String(), want) {
					t.Errorf("finding %d:\n%v\nwant\n%s", i, f[i], want)
				}
			}
			if err := f.Err(); err == nil || !strings.Contains(err.Error(), tt.err) {
				t.Errorf("error %q, want %q in it", err, tt.err)
			}
		})
	}
}

// What show.Derive writes for a parameter of package nn can be a key, and be asked for by a formula.
func TestShortNames(t *testing.T) {
	x := gradus.New(3)
	w, b := gradus.New(2).As("layer1.neuron12.w3"), gradus.New(1).As("layer1.neuron12.b")
	L := w.Mul(x).Add(b).Square().As("L")
	gradcheck.TestDerivation(t, L, gradcheck.Derivation{
		"dL/dw⁽¹⁾[12,3]": 42.0,
		"dL/db⁽¹⁾₁₂": gradcheck.Formula(func(value func(string) float64) float64 {
			return 2 * (3*value("w⁽¹⁾[12,3]") + value("b⁽¹⁾₁₂"))
		}),
	})
}

func TestDerivationErrors(t *testing.T) {
	const names = "L, t, y, b2, a, z, b1, x, W1, W2"
	for _, tt := range []struct {
		name string
		root *gradus.Value
		d    gradcheck.Derivation
		want string
	}{
		{"no graph", nil, nil, "gradcheck: the root of the graph is nil, want a Value"},
		{
			"an unknown name", tutorialA(),
			gradcheck.Derivation{"dL/dW3": "1.0"},
			"gradcheck: dL/dW3: want the names of two values, as in dL/dW2; the graph has " + names,
		},
		{
			"no derivative", tutorialA(),
			gradcheck.Derivation{"W2": 1.0},
			"gradcheck: W2: want the names of two values, as in dL/dW2; the graph has " + names,
		},
		{
			"the wrong way round", tutorialA(),
			gradcheck.Derivation{"dz/da": "1.0"},
			"gradcheck: dz/da: z is not computed from a",
		},
		{
			"by itself", tutorialA(),
			gradcheck.Derivation{"dL/dL": "1.0"},
			"gradcheck: dL/dL: L is not computed from L",
		},
		{
			"with respect to a constant", gradus.New(2).As("h").Mul(gradus.Const(9.81).As("g")).As("E"),
			gradcheck.Derivation{"dE/dg": 2},
			"gradcheck: dE/dg: g is a constant, and there are no derivatives with respect to constants: " +
				"make it with gradus.New",
		},
		{
			"of a constant", gradus.New(2).As("h").Mul(gradus.Const(9.81).As("g")).As("E"),
			gradcheck.Derivation{"dg/dh": 0},
			"gradcheck: dg/dh: g is not computed from h",
		},
		{
			"nothing", tutorialA(),
			gradcheck.Derivation{"dL/dy": nil},
			"gradcheck: dL/dy: the derivative is nil, want a text such as \"-0.3875\" or \"(y − t)·a\", a float64, " +
				"float32 or int, or a Formula",
		},
		{
			"a graph without names", gradus.New(1).Exp(),
			gradcheck.Derivation{"dL/da": 1},
			"gradcheck: dL/da: want the names of two values, as in dL/dW2; the graph has no names",
		},
		{
			"neither number nor formula", tutorialA(),
			gradcheck.Derivation{"dL/dy": "y − t)"},
			"gradcheck: dL/dy: formula: line 1, column 6: there is no bracket that this one closes\n" +
				"\ty − t)\n\t     ^",
		},
		{
			"a name that there is not", tutorialA(),
			gradcheck.Derivation{"dL/dy": "y − u"},
			`gradcheck: dL/dy: the formula asks for "u", which is no value of the graph`,
		},
		{
			"no formula", tutorialA(),
			gradcheck.Derivation{"dL/dy": gradcheck.Formula(nil)},
			"gradcheck: dL/dy: the formula is nil, want a function",
		},
		{
			"a formula with an unknown name", tutorialA(),
			gradcheck.Derivation{"dL/dy": func(v values) float64 { return v("Y") }},
			`gradcheck: dL/dy: the formula asks for "Y", which is no value of the graph`,
		},
		{
			"twice", tutorialA(),
			gradcheck.Derivation{"dL/dy": "-0.6225", "∂L/∂y": "-0.6225"},
			"gradcheck: ∂L/∂y and dL/dy are the same derivative: give only one",
		},
		{
			"a formula that panics", tutorialA(),
			gradcheck.Derivation{"dL/dy": func(values) float64 { panic("no idea") }},
			"gradcheck: dL/dy: the formula panics: no idea",
		},
		{
			"a formula with an ambiguous name",
			gradus.New(1).As("a").Mul(gradus.New(2).As("a")).Mul(gradus.New(3).As("b")).As("L"),
			gradcheck.Derivation{"dL/db": func(v values) float64 { return v("a") * v("a") }},
			`gradcheck: dL/db: the formula asks for "a", which is the name of several values`,
		},
		{
			"a root without a name", gradus.New(1).As("a").Exp(),
			gradcheck.Derivation{"dL/da": 1},
			"gradcheck: dL/da: want the names of two values, as in dL/dW2; the graph has a, " +
				"and its root has no name",
		},
		{
			"an ambiguous name", gradus.New(1).As("a").Mul(gradus.New(2).As("a")).As("L"),
			gradcheck.Derivation{"dL/da": 1},
			"gradcheck: dL/da: 2 values of the graph are named a",
		},
	} {
		_, err := gradcheck.CheckDerivation(tt.root, tt.d)
		if err == nil || err.Error() != tt.want {
			t.Errorf("%s: error\n%q, want\n%q", tt.name, err, tt.want)
		}
	}
}

func TestTestDerivation(t *testing.T) {
	var r recorder
	gradcheck.TestDerivation(&r, tutorialA(), gradcheck.Derivation{"dL/dy": "0.6225", "dL/da": "0.6225"})
	for _, want := range []string{
		"gradcheck: dL/dy = 0.6225 is wrong", "∂L/∂y: wrong sign", "dL/da = 0.6225 is right",
	} {
		if !strings.Contains(r.text, want) {
			t.Errorf("TestDerivation reports %q, want %q in it", r.text, want)
		}
	}
	r.text = ""
	gradcheck.TestDerivation(&r, tutorialA(), gradcheck.Derivation{"dL/dq": 0})
	if !strings.Contains(r.text, "dL/dq: want the names") {
		t.Errorf("TestDerivation reports %q, want that there is no q", r.text)
	}
}

// A float64 was computed and has all its digits; a text has those that were written.
func TestNumbersAreNotTooEasilyRight(t *testing.T) {
	x := gradus.New(0.54).As("x")
	for _, tt := range []struct {
		right float64
		claim any
		ok    bool
		says  string
	}{
		{0.54, 0.54, true, "right"},
		{0.54, 0.54 * (1 + 1e-10), true, "right"},
		{0.54, 0.54 * (1 + 1e-8), false, "wrong"},
		{0.54, 0.5, false, `not exact, it is 0.54 (1 digit shared, tolerance 5e-10)
  if you rounded it, write it in quotes: "0.5"`},
		{0.54, "0.5", true, "right"},
		{0.54, "0.50", false, "wrong"},
		{0.54, "0.54", true, "right"},
		{0.54, "5.4e-1", true, "right"},
		{0.54, "0.6", false, "wrong"},
		{1. / 3, 0.3, false, "not exact"},
		{1. / 3, 0.3333, false, "not exact"},
		{1. / 3, "0.3333", true, "right"},
		{1. / 3, "0.3334", false, "wrong"},
		{1, 1.001, false, "wrong"},
		{1, "1.001", false, "wrong"},
		{1, "1.00", true, "right"},
		{1.001, "1", false, "wrong"}, // a whole number is exact
		{1.001, 1, false, "wrong"},
		{0.001, "0.00", false, "wrong"}, // nobody may round to nothing
		{1e-9, 0, false, "wrong"},
		{0.06, "0.1", true, "right"},
		{0.06, "0.0", false, "wrong"},
		{0.04, "0.1", false, "wrong"},
		{0.04, "-0.1", false, "wrong"},
		{-0.06, "−0.1", true, "right"},
		{-0.06, "− 0.1", true, "right"}, // not a formula, which is exact
		{-0.06, "- 0.1", true, "right"},
		{-0.06, "–0.1", true, "right"},
		{-0.06, "– 0.1", true, "right"},
		{0.1, float32(0.1), true, "right"},
		{2.8e-17, float32(0), false, "wrong"},
		{0.1, float32(0.1001), false, "wrong"},
		{0.1, float32(0.1000005), false, "wrong"},
		{math.Inf(1), 7, false, "wrong, it is +Inf"},
		{math.Inf(1), math.Inf(1), true, "right"},
		{math.Inf(-1), math.Inf(1), false, "wrong, it is -Inf"},
		{math.NaN(), "7", false, "wrong, it is NaN"},
		{math.NaN(), func(values) float64 { return 7 }, false, "wrong, it is NaN"},
	} {
		f := gradus.Func1("f", func(x float64) float64 { return x }, func(float64) float64 { return tt.right })
		got, err := gradcheck.CheckDerivation(f.Apply(x).As("f"), gradcheck.Derivation{"df/dx": tt.claim})
		if err != nil || got[0].OK != tt.ok || !strings.Contains(got.String(), " is "+tt.says) {
			t.Errorf("%v (%T) for %v: error %v, %v, want %s", tt.claim, tt.claim, tt.right, err, got, tt.says)
		}
	}
}

// A number may be less exact than it claims to be only if it was computed from texts with few digits.
func TestRoundingOfOthers(t *testing.T) {
	for _, tt := range []struct {
		claims gradcheck.Derivation
		wrong  []string // the names of those that are not right
	}{
		{gradcheck.Derivation{"dL/dy": "-0.60", "da/dz": "0.2"}, []string{"dL/dy"}},   // not computed from it
		{gradcheck.Derivation{"da/dz": "0.25", "dL/da": "0.6"}, []string{"da/dz"}},    // nor is a local one
		{gradcheck.Derivation{"dL/dW2": "-0.38", "dL/da": "0.6"}, []string{"dL/dW2"}}, // nor is another path
		{gradcheck.Derivation{"dL/dz": "0.1", "dy/dW1": "-0.22"}, []string{"dy/dW1"}}, // nor is L, above y
		{gradcheck.Derivation{"dy/dz": "-0.2", "dL/dW1": "0.135"}, nil},
		{gradcheck.Derivation{"dL/dW2": "-0.40", "dL/dy": "-0.6"}, nil},
		{gradcheck.Derivation{"dL/dW2": "-0.33", "dL/dy": "-0.6"}, []string{"dL/dW2"}}, // 10 % at most
		{gradcheck.Derivation{"dL/dW2": -0.38, "dL/dy": -0.6}, []string{"dL/dy", "dL/dW2"}},
		{gradcheck.Derivation{"da/dz": 0.25, "dL/da": 0.6}, []string{"dL/da", "da/dz"}},
		{gradcheck.Derivation{"dy/dW1": "-0.25", "dL/dW1": "0.1"}, []string{"dy/dW1"}}, // which comes later
		{gradcheck.Derivation{"dL/dW2": -0.6225 * 0.6225, "dL/db2": "-0.6225"}, nil},
		{gradcheck.Derivation{"dL/dW2": -0.6225 * 0.6225, "dL/db2": "-0.6225", "dy/da": "-1"}, nil},
		{gradcheck.Derivation{"dL/dW2": -0.6225 * 0.6225, "dL/db2": "-0.6224593"}, []string{"dL/dW2"}},
		{
			gradcheck.Derivation{"dL/dW2": -0.6225 * 0.6225, "dL/db2": "-0.6224593", "dL/dt": "0.6"},
			[]string{"dL/dW2"},
		},
	} {
		findings, err := gradcheck.CheckDerivation(tutorialA(), tt.claims)
		var wrong []string
		for _, f := range findings {
			if !f.OK {
				wrong = append(wrong, f.Name)
			}
		}
		if err != nil || !slices.Equal(wrong, tt.wrong) {
			t.Errorf("error %v, wrong are %v, want %v:\n%v", err, wrong, tt.wrong, findings)
		}
	}
	x := gradus.New(3).As("x")
	v := x.Square().As("v")
	f, err := gradcheck.CheckDerivation(x.Mul(v).As("L"), gradcheck.Derivation{"dL/dv": "3.0", "∂L/∂x": "8.8"})
	if err != nil || f[1].OK {
		t.Errorf("error %v, %v, want ∂L/∂x wrong: v is held fixed", err, f)
	}
	f, err = gradcheck.CheckDerivation(tutorialA(), gradcheck.Derivation{"dL/db2": "-0.9", "dL/dW2": -0.402})
	if err != nil || f[1].OK || f[1].Follows != nil {
		t.Errorf("error %v, %v, want two mistakes: the rounding of a wrong number excuses nothing", err, f)
	}
	f, err = gradcheck.CheckDerivation(tutorialA(), gradcheck.Derivation{"dL/dy": "-0.7", "dL/dW2": -0.402})
	if err != nil || f[1].OK || !slices.Equal(f[1].Follows, []string{"dL/dy"}) {
		t.Errorf("error %v, %v, want dL/dW2 to follow from the wrong dL/dy", err, f)
	}
	f, err = gradcheck.CheckDerivation(tanhNeuron(), gradcheck.Derivation{"do/dn": 0.5, "do/db": 0.49})
	if err != nil || !f[0].OK || f[1].OK {
		t.Errorf("error %v, %v, want do/db wrong: 0.5 has all its digits", err, f)
	}
}

// Where the right derivative is infinite, no number is right.
func TestClaimsAtInfinity(t *testing.T) {
	x := gradus.New(0).As("x")
	for _, L := range []*gradus.Value{x.Log(), x.Sqrt(), gradus.Const(1).Div(x)} {
		L.As("L").Backward()
		for claim, want := range map[any]bool{7: false, "7": false, x.Grad: true, -x.Grad: false} {
			f, err := gradcheck.CheckDerivation(L, gradcheck.Derivation{"dL/dx": claim})
			if err != nil || f[0].OK != want {
				t.Errorf("%v: error %v, %v, want right: %t", claim, err, f, want)
			}
		}
		x.ZeroGrad()
	}
}

// With ∂ other values are held fixed, as in the lines that show.Derive writes.
func TestHeldFixed(t *testing.T) {
	x := gradus.New(3).As("x")
	v := x.Square().As("v")
	L := x.Mul(v).As("L") // x³
	gradcheck.TestDerivation(t, L, gradcheck.Derivation{"∂L/∂x": 9, "dL/dx": 27, "dv/dx": 6, "∂L/∂v": 3})
	f, err := gradcheck.CheckDerivation(L, gradcheck.Derivation{"∂L/∂x": 27, "dL/dx": 9})
	if err != nil || f[0].Name != "∂L/∂x" || f[0].OK || f[1].OK || f[0].Right != 9 || f[1].Right != 27 {
		t.Errorf("error %v, %v, want both wrong, ∂L/∂x first", err, f)
	}
	y := gradus.New(2).As("w").Mul(x).As("y") // one path: the two notations mean the same
	_, err = gradcheck.CheckDerivation(y, gradcheck.Derivation{"∂y/∂x": 2, "dy/dx": 2})
	if err == nil || !strings.Contains(err.Error(), "are the same derivative") {
		t.Errorf("error %v, want one about the same derivative", err)
	}
}

// A derivative that is 0 but for rounding is 0.
func TestZeroUpToRounding(t *testing.T) {
	a := gradus.New(1).As("a")
	L := gradus.Sum(a.Mul(0.1), a.Mul(0.2), a.Mul(-0.3)).As("L")
	for _, claim := range []any{"0", 0, 0.0, "0.00", float32(0)} {
		gradcheck.TestDerivation(t, L, gradcheck.Derivation{"dL/da": claim})
	}
}

// At a kink every number between the slopes on both sides is right, by convention.
func TestKinks(t *testing.T) {
	relu := (*gradus.Value).ReLU
	hinge := gradus.Func1("hinge", func(x float64) float64 { return math.Max(0, 2*x) },
		func(x float64) float64 { return 2 * float64(min(1, max(0, int(math.Ceil(x))))) })
	for _, tt := range []struct {
		name         string
		f            func(x *gradus.Value) *gradus.Value // with a kink at 0
		slopes       [2]float64
		right, wrong []any
	}{
		{"ReLU", relu, [2]float64{0, 1}, []any{0, 0.5, 1, "0.33"}, []any{-0.1, 1.1, "-0.1", "1.1", math.NaN()}},
		{"abs", (*gradus.Value).Abs, [2]float64{-1, 1}, []any{-1, 0, 1, 0.3}, []any{2, -1.01}},
		{"LeakyReLU", (*gradus.Value).LeakyReLU, [2]float64{0.01, 1}, []any{0.01, 1, 0.5}, []any{0, 1.1}},
		{
			"LeakyReLU of another slope",
			func(x *gradus.Value) *gradus.Value { return gradus.LeakyReLU(0.2).Apply(x) },
			[2]float64{0.2, 1},
			[]any{0.2, 1},
			[]any{0, 1.1},
		},
		{
			"a function of one's own",
			func(x *gradus.Value) *gradus.Value { return hinge.Apply(x) },
			[2]float64{0, 2},
			[]any{0, 1, 2},
			[]any{-1, 2.1},
		},
		{
			"max of a value and itself",
			func(x *gradus.Value) *gradus.Value { return x.Max(x) },
			[2]float64{1, 1},
			[]any{1},
			[]any{0, 0.5, 2},
		},
		{
			"max of two slopes",
			func(x *gradus.Value) *gradus.Value { return x.Mul(2).Max(x.Mul(-3)) },
			[2]float64{-3, 2},
			[]any{-3, -0.5, 0, 2},
			[]any{-3.1, 2.1},
		},
		{
			"min of two slopes",
			func(x *gradus.Value) *gradus.Value { return x.Mul(2).Min(x.Mul(-3)) },
			[2]float64{2, -3},
			[]any{-3, -0.5, 0, 2},
			[]any{-3.1, 2.1},
		},
		{
			"Where between equal operands",
			func(x *gradus.Value) *gradus.Value { return gradus.Where(x, x.Mul(2), x.Mul(5)) },
			[2]float64{5, 2},
			[]any{2, 3, 5},
			[]any{1, 6},
		},
		{
			"a jump is no kink",
			func(x *gradus.Value) *gradus.Value { return gradus.Where(x, x.Mul(2).Add(1), x.Mul(5)) },
			[2]float64{5, 5},
			[]any{5},
			[]any{2, 3},
		},
		{
			"a chain after the kink",
			func(x *gradus.Value) *gradus.Value { return relu(x).As("a").Mul(3) },
			[2]float64{0, 3},
			[]any{0, 1, 3},
			[]any{-1, 3.1},
		},
		{
			"two kinks",
			func(x *gradus.Value) *gradus.Value { return relu(x).Add(x.Abs().Mul(2)) },
			[2]float64{-2, 3},
			[]any{-2, 0, 3},
			[]any{-2.1, 3.1},
		},
		{
			"two kinks that cancel: Backward's number is no slope, and is not called wrong",
			func(x *gradus.Value) *gradus.Value { return relu(x).Sub(relu(x.Neg())) },
			[2]float64{1, 1},
			[]any{0, 1},
			[]any{0.5, 2},
		},
		{
			"a kink that does not influence the result",
			func(x *gradus.Value) *gradus.Value { return relu(x).Mul(0) },
			[2]float64{0, 0},
			[]any{0},
			[]any{1, 0.5},
		},
		{
			"an infinite slope along an operand that does not move",
			func(x *gradus.Value) *gradus.Value { return relu(x).Add(gradus.Const(0).Pow(x.Add(0.5))) },
			[2]float64{0, 1},
			[]any{0, 0.5, 1},
			[]any{-0.1, 1.1},
		},
		{
			"an infinite slope",
			func(x *gradus.Value) *gradus.Value { return relu(x).Sqrt() },
			[2]float64{0, 0},
			[]any{0},
			[]any{1, 0.5, math.Inf(1)},
		},
	} {
		for ok, claims := range map[bool][]any{true: tt.right, false: tt.wrong} {
			for _, claim := range claims {
				L := tt.f(gradus.New(0).As("x")).As("L")
				got, err := gradcheck.CheckDerivation(L, gradcheck.Derivation{"dL/dx": claim})
				if err != nil {
					t.Fatal(err)
				}
				f := got[0]
				kink := tt.slopes != [2]float64{f.Right, f.Right}
				if f.OK != ok || f.Kink != kink || f.Slopes != tt.slopes || f.Convention != (ok && f.Yours != f.Right) {
					t.Errorf("%s: the claim %v: %+v, want right: %t, slopes %v", tt.name, claim, f, ok, tt.slopes)
				}
				says := fmt.Sprintf("at this kink is %v on the left and %v on the right", tt.slopes[0], tt.slopes[1])
				if tt.slopes[0] == tt.slopes[1] {
					says = fmt.Sprintf("the slope is %v on both sides, since kinks cancel", tt.slopes[0])
				}
				if strings.Contains(f.String(), says) != kink {
					t.Errorf("%s: %v, want %q in it: %t", tt.name, f, says, kink)
				}
			}
		}
	}
}

// Whoever takes another derivative at a kink than Backward, and goes on with it, makes no mistake.
func TestConventionsAreFollowed(t *testing.T) {
	w, x := gradus.New(2).As("w"), gradus.New(0).As("x")
	z1, z2 := w.Mul(x).As("z1"), x.Mul(5).As("z2")
	L := z1.ReLU().As("a1").Sub(z2.ReLU().As("a2")).Mul(10).As("L")
	d := gradcheck.Derivation{"da1/dz1": 1, "dL/dz1": 10, "da2/dz2": "0.5", "dL/dz2": -5, "dL/dx": 2*10 - 5*5}
	f, err := gradcheck.CheckDerivation(L, d)
	if err != nil || f.Err() != nil {
		t.Fatal(err, f)
	}
	d["dL/dx"] = 10 // outside of the slopes, −0 and −30, and following from nothing
	f, _ = gradcheck.CheckDerivation(L, d)
	if last := f[len(f)-1]; last.Name != "dL/dx" || last.OK || last.Follows != nil {
		t.Errorf("%v, want dL/dx wrong", f)
	}
	// The slopes are −30 and 0 along x; 20 follows from the conventions 1 and 0 alone.
	f, _ = gradcheck.CheckDerivation(L, gradcheck.Derivation{"da1/dz1": 1, "dL/dx": 20})
	if last := f[len(f)-1]; !last.OK || !last.Convention || f[0].Name != "da1/dz1" || !f[0].Convention {
		t.Errorf("%v, want both right by convention", f)
	}
	f, _ = gradcheck.CheckDerivation(L, gradcheck.Derivation{"dL/dx": 20})
	if f[0].OK {
		t.Errorf("%v, want it wrong", f)
	}
	// What follows from a number that follows from a convention is one, too.
	x = gradus.New(0).As("u").Mul(3).As("x")
	L = w.Mul(x).As("z1").ReLU().As("a1").Sub(x.Mul(5).ReLU()).Mul(10).As("L")
	f, _ = gradcheck.CheckDerivation(L, gradcheck.Derivation{"da1/dz1": 1, "dL/dx": 20, "dL/du": 60})
	if last := f[len(f)-1]; !last.OK || !last.Convention || last.Name != "dL/du" {
		t.Errorf("%v, want dL/du right by convention", f)
	}
}

// Check and CheckDerivation agree about Backward's derivative at a kink.
func TestKinksInBoth(t *testing.T) {
	x := gradus.New(0).As("x")
	f := func() *gradus.Value { return x.ReLU().Mul(3).Add(x.Abs()).As("L") }
	r, err := gradcheck.Compare(f, x)
	if err != nil || r[0].Verdict != gradcheck.Kink {
		t.Fatal(err, r)
	}
	g, err := gradcheck.CheckDerivation(f(), gradcheck.Derivation{"dL/dx": r[0].Autodiff})
	if err != nil || !g[0].OK || !g[0].Kink {
		t.Fatal(err, g)
	}
	if s := g[0].Slopes; math.Abs(s[0]-r[0].Left) > 1e-6 || math.Abs(s[1]-r[0].Right) > 1e-6 {
		t.Errorf("slopes %v, want %v and %v", s, r[0].Left, r[0].Right)
	}
}

// twoLayers returns L = ½(y − t)², y = v1·h1 + v2·h2, hᵢ = tanh zᵢ, zᵢ = wᵢ1·x1 + wᵢ2·x2.
func twoLayers() *gradus.Value {
	named := func(name string, x float64) *gradus.Value { return gradus.New(x).As(name) }
	x1, x2, t := named("x1", 0.6), named("x2", -0.8), named("t", 1)
	z1 := named("w11", 0.5).Mul(x1).Add(named("w12", -0.3).Mul(x2)).As("z1")
	z2 := named("w21", -0.7).Mul(x1).Add(named("w22", 0.9).Mul(x2)).As("z2")
	h1, h2 := z1.Tanh().As("h1"), z2.Tanh().As("h2")
	y := named("v1", 1.2).Mul(h1).Add(named("v2", -0.4).Mul(h2)).As("y")
	return y.Sub(t).Square().Mul(0.5).As("L")
}

// softmaxByHand returns the cross-entropy L = −Σ tᵢ ln pᵢ of pᵢ = eᵢ/S, eᵢ = exp zᵢ, S = Σ eᵢ.
func softmaxByHand() *gradus.Value {
	var e, terms []*gradus.Value
	for i, z := range []float64{1, 2, 0.5} {
		e = append(e, gradus.New(z).As(fmt.Sprint("z", i+1)).Exp().As(fmt.Sprint("e", i+1)))
	}
	S := gradus.Sum(e...).As("S")
	for i, t := range []float64{0.2, 0.7, 0.1} {
		p := e[i].Div(S).As(fmt.Sprint("p", i+1))
		terms = append(terms, gradus.New(t).As(fmt.Sprint("t", i+1)).Mul(p.Log()))
	}
	return gradus.Sum(terms...).Neg().As("L")
}

// tanhNeuron is a neuron whose tanh has the slope ½.
func tanhNeuron() *gradus.Value {
	x1, w1 := gradus.New(2).As("x1"), gradus.New(-3).As("w1")
	b := gradus.New(6 + math.Atanh(math.Sqrt2/2)).As("b")
	return x1.Mul(w1).Add(b).As("n").Tanh().As("o")
}

// softmaxInNodes is the first of two probabilities.
func softmaxInNodes() *gradus.Value {
	return gradus.Softmax(gradus.New(1).As("z1"), gradus.New(2).As("z2"))[0].As("p1")
}

// The homework of a learner, and the sentences with which it comes back.
func TestHomework(t *testing.T) {
	p1 := func(v values) float64 { return v("p1") }
	for _, tt := range []struct {
		name  string
		graph func() *gradus.Value
		d     gradcheck.Derivation
		want  []string // of each finding what comes after the tolerance, or "right"
	}{
		{
			"a wrong sign, all later numbers computed from it, with four digits", twoLayers,
			gradcheck.Derivation{
				"dL/dy": "-0.0826", "dL/dh1": "0.0992", "dh1/dz1": "0.7570", "dL/dz1": "0.0751",
				"dz1/dw11": "0.6", "dL/dw11": "0.0451",
			},
			[]string{
				"right", "first wrong factor: ∂y/∂h1; what would explain it:\n    ∂y/∂h1: wrong sign", "right",
				"no new mistake: it would be right if dL/dh1 were 0.0992", "right",
				"no new mistake: it would be right if dL/dz1 were 0.0751",
			},
		},
		{
			"a wrong local derivative, used", twoLayers,
			gradcheck.Derivation{"dL/dh1": "-0.0992", "dh1/dz1": "0.5070", "dL/dz1": "-0.0503", "dL/dw11": "-0.0302"},
			[]string{
				"right",
				"first wrong factor: ∂h1/∂z1; what would explain it:\n" +
					"    ∂h1/∂z1: h1 where h1² belongs, in the formula of tanh′",
				"no new mistake: it would be right if dh1/dz1 were 0.507",
				"no new mistake: it would be right if dL/dz1 were -0.0503",
			},
		},
		{
			"a second mistake in the middle", twoLayers,
			gradcheck.Derivation{"dL/dy": "-0.1653", "dL/dh1": "-0.1984", "dL/dz1": "-0.1984", "dL/dw11": "-0.1190"},
			[]string{
				"first wrong factor: ∂L/∂y; what would explain it:\n    ∂L/∂y: twice too large: " +
					"there is a constant 0.5, the derivative of a square has a 2",
				"no new mistake: it would be right if dL/dy were -0.1653",
				"first wrong factor: ∂h1/∂z1; what would explain it:\n    ∂h1/∂z1: tanh′ is missing",
				"no new mistake: it would be right if dL/dz1 were -0.1984",
			},
		},
		{
			"p − t", softmaxByHand,
			gradcheck.Derivation{"dL/dz1": func(v values) float64 { return p1(v) - v("t1") }},
			[]string{"right"},
		},
		{
			"t − p", softmaxByHand,
			gradcheck.Derivation{"dL/dz1": func(v values) float64 { return v("t1") - p1(v) }},
			[]string{"first wrong factor: ∂L/∂p3; what would explain it:\n" +
				"    ∂L/∂p3: wrong sign, and likewise in the other units\n    ∂e1/∂z1: wrong sign"},
		},
		{
			"t/p, and t − p from that", softmaxByHand,
			gradcheck.Derivation{
				"dL/dp1": func(v values) float64 { return v("t1") / p1(v) },
				"dL/dz1": func(v values) float64 { return v("t1") - p1(v) },
			},
			[]string{
				"first wrong factor: ∂L/∂p1; what would explain it:\n    ∂L/∂p1: wrong sign",
				"the same slip as in your dL/dp1; what would explain it:\n" +
					"    ∂L/∂p3: wrong sign, and likewise in the other units",
			},
		},
		{
			"no t", softmaxByHand,
			gradcheck.Derivation{"dL/dz1": p1},
			[]string{"first wrong factor: ∂p1/∂e1; what would explain it:\n    ∂p1/∂e1: the path L → p1 → e1 " +
				"is missing: both paths to e1 must be added; the missing part is -0.2"},
		},
		{
			"p(1 − p)", softmaxByHand,
			gradcheck.Derivation{"dL/dz1": func(v values) float64 { return p1(v) * (1 - p1(v)) }},
			[]string{"it is dp1/dz1: multiply by dL/dp1, and add all paths to z1; look at ∂L/∂p3, ∂L/∂p2, " +
				"∂L/∂p1, ∂p3/∂S, ∂p2/∂S, ∂p1/∂S, ∂p1/∂e1, ∂S/∂e1, ∂e1/∂z1"},
		},
		{
			"−t/p·p(1 − p)", softmaxByHand,
			gradcheck.Derivation{"dL/dz1": func(v values) float64 { return -v("t1") * (1 - p1(v)) }},
			[]string{"first wrong factor: ∂p3/∂S; what would explain it:\n    ∂p3/∂S: only the path L → p1 → S " +
				"is counted: all 3 paths to S must be added; the missing part is 0.185"},
		},
		{
			"a mean", softmaxByHand,
			gradcheck.Derivation{"dL/dz1": func(v values) float64 { return (p1(v) - v("t1")) / 3 }},
			[]string{"it is 1/3 of the right number; look at ∂L/∂p3, ∂L/∂p2, ∂L/∂p1, ∂p3/∂S, ∂p2/∂S, ∂p1/∂S, " +
				"∂p1/∂e1, ∂S/∂e1, ∂e1/∂z1"},
		},
		{
			"a path that is none of dp2/dz2", softmaxByHand,
			gradcheck.Derivation{"dp2/dz2": func(v values) float64 { return v("p2") }},
			[]string{"first wrong factor: ∂S/∂e2; what would explain it:\n    ∂S/∂e2: the path p2 → S → e2 " +
				"is missing: both paths to e2 must be added; the missing part is -0.3951"},
		},
		{
			"a slip in two units, and no reason for a 2", tanhNeuron,
			gradcheck.Derivation{"do/dw1": 2, "do/dx1": -3}, // tanh′ is ½
			[]string{
				"first wrong factor: ∂o/∂n; what would explain it:\n    ∂o/∂n: tanh′ is missing",
				"the same slip as in your do/dw1; what would explain it:\n    ∂o/∂n: tanh′ is missing",
			},
		},
		{
			"a slip in numbers that were rounded, beside another mistake", tutorialA,
			gradcheck.Derivation{"dL/dy": "-0.6", "dL/da": "0.9", "dL/dz": "-0.141"}, // from -0.6, not from 0.9
			[]string{
				"right", "no usual slip explains it; look at ∂y/∂a",
				"first wrong factor: ∂y/∂a; what would explain it:\n    ∂y/∂a: wrong sign\n" +
					"    ∂y/∂a: the factor W2 is missing\n    ∂a/∂z: wrong sign",
			},
		},
		{
			"a number of one digit is no fraction", tanhNeuron,
			gradcheck.Derivation{"do/dw1": "0.1"}, // of 1: a tenth, but also a seventh
			[]string{"no usual slip explains it; look at ∂o/∂n, ∂n/∂w1"},
		},
		{
			"a wrong product of right factors", tanhNeuron,
			gradcheck.Derivation{"do/dn": "0.5", "dn/dw1": 2, "do/dw1": "1.7"},
			[]string{
				"right", "right",
				"no usual slip explains it; look at how you put your other derivatives together, " +
					"which are right up to here",
			},
		},
		{
			"a path through the shift of Softmax is none", softmaxInNodes,
			gradcheck.Derivation{"dp1/dz2": 0}, // z2 is the larger one
			[]string{"first wrong factor: ∂p1/∂z2; what would explain it:\n    ∂p1/∂z2: (z2 − shift(z1, z2)) where " +
				"exp(z2 − shift(z1, z2)) belongs, in the formula of exp′"},
		},
	} {
		f, err := gradcheck.CheckDerivation(tt.graph(), tt.d)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range f {
			_, says, _ := strings.Cut(f.String(), ")\n  ")
			if f.OK {
				says = "right"
			}
			got = append(got, says)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

// An op of one's own of any number of operands is checked like any other.
func TestDerivationOfFuncN(t *testing.T) {
	squares := gradus.FuncN("squares", func(x []float64) (z float64) {
		for _, v := range x {
			z += v * v
		}
		return z
	}, func(dx, x []float64) {
		for i, v := range x {
			dx[i] = 2 * v
		}
	})
	a, b, c := gradus.New(1.5).As("a"), gradus.New(2).As("b"), gradus.New(3).As("c")
	build := func() *gradus.Value { return squares.Apply(a, b, c.Sin().As("s")).As("L") }
	if err := gradcheck.Check(build, a, b, c); err != nil {
		t.Errorf("autodiff differs from numeric derivatives: %v", err)
	}
	findings, err := gradcheck.CheckDerivation(build(), gradcheck.Derivation{
		"dL/da": "2a", "dL/dc": "2·s", "dL/ds": "2s",
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		if f.OK == (f.Name == "dL/dc") {
			t.Errorf("%v, want dL/dc alone to be wrong", f)
		}
	}
}
