package main

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/floats"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/examples/gpt/internal/pairs"
	"github.com/gradus-go/gradus/examples/gpt/internal/settings"
	"github.com/gradus-go/gradus/gradcheck"
	"github.com/gradus-go/gradus/gradcheck/numeric"
)

// The gradient of the loss of a name by all 4,192 parameters, by replay and by Backward, against central
// differences. With the step h = 1e-5 these are off by h²·f‴/6 and, by rounding, 1e-16·loss/h: less than
// 1e-9 as long as f‴ is less than 60. The parameters are small at first, and the derivatives as large as
// 0.1.
func TestGradientOfAllParameters(t *testing.T) {
	s, m := defaults(t, settings.Fast)
	text := s.texts[0]
	tr := newTrainer(t, s, m)
	p, err := tr.program(len(text))
	if err != nil {
		t.Fatal(err)
	}
	p.Forward(text...)
	p.Backward()
	replayed := append([]float64{}, p.Gradient()...)
	m.loss(gradus.Values(text)).Backward()
	if len(replayed) != 4192 {
		t.Fatalf("%d parameters, want 4192", len(replayed))
	}
	zero, largest := 0, 0.0
	for i, w := range p.Params() {
		x := w.Data
		want := numeric.Difference{Step: 1e-5}.Derivative(func(x float64) float64 {
			p.Numbers()[i] = x
			return p.Forward(text...)
		}, x)
		p.Numbers()[i] = x
		for how, got := range map[string]float64{"replay": replayed[i], "Backward": w.Grad} {
			if math.Abs(got-want) > 1e-9 {
				t.Errorf("∂loss/∂%s by %s is %v, want %v", w.Name(), how, got, want)
			}
		}
		if want == 0 {
			zero++
		}
		largest = max(largest, math.Abs(want))
	}
	// Most tokens and positions do not occur in "myliah": their parameters have no influence.
	unused := 16 * (27 - 6 - 1 + 16 - 7)
	if zero < unused || zero > unused+64*16 || largest < 0.01 {
		t.Errorf("%d derivatives are 0, want at least %d; the largest is %v", zero, unused, largest)
	}
}

// What stage 1 derives by hand is what Backward finds in stage 2, for every parameter.
func TestByHand(t *testing.T) {
	s, _ := defaults(t, settings.Fast)
	const width = 5
	n := pairs.NewNetwork(27, width, 4*width, s.Draw)
	rest := n.Params
	next := func(rows, columns int) matrix {
		return newMatrix("", rows, columns, func() float64 {
			x := rest[0]
			rest = rest[1:]
			return x
		})
	}
	m := &pairModel{token: next(27, width), first: next(4*width, width), second: next(27, 4*width)}
	loss, gradient := n.Gradient(s.texts[0])
	root := m.loss(gradus.Values(s.texts[0]))
	if math.Abs(loss-root.Data) > 1e-14 {
		t.Errorf("the loss by hand is %v, on Values %v", loss, root.Data)
	}
	// Of a token that does not occur, the graph has Picks with the derivative 0.
	gradcheck.TestGradient(t, root, m.params(), gradient)
	if norm := floats.Norm(gradient, math.Inf(1)); norm < 0.001 {
		t.Errorf("the largest derivative is %v", norm)
	}
	for a, row := range n.Losses() {
		for b, x := range row {
			if got := m.losses()[a][b]; math.Abs(x-got) > 1e-14 {
				t.Fatalf("the loss of %d after %d is %v by hand, %v on Values", b, a, x, got)
			}
		}
		if a == 2 {
			break
		}
	}
}

func leaf(name string, x float64) *gradus.Value { return gradus.New(x).As(name) }

// The derivative of a softmax z by hand: ∂zᵢ/∂xᵢ = zᵢ(1 − zᵢ), and else −zᵢ·zⱼ.
func TestSoftmaxByHand(t *testing.T) {
	x := vector{leaf("x1", 0.5), leaf("x2", -1), leaf("x3", 2)}
	z := gradus.Softmax(x...)
	for i, name := range []string{"z1", "z2", "z3"} {
		z[i].As(name)
	}
	L := gradus.Dot(z, vector{leaf("c1", 1), leaf("c2", -2), leaf("c3", 0.5)}).As("L")
	gradcheck.TestDerivation(t, L, gradcheck.Derivation{
		"dz1/dx1": "z1·(1 − z1)",
		"dz2/dx1": "−z2·z1",
		"dz3/dx2": "−z3·z2",
		"dL/dx1":  "z1·(c1 − L)",
		"dL/dx2":  "z2·(c2 − L)",
		"dL/dx3":  "z3·(c3 − L)",
	})
}

// The derivative of a norm by hand. With s = (Σ x²/n + ε)^−½ and y = s·x it is ∂yᵢ/∂xᵢ = s − s·yᵢ²/n,
// and else −s·yᵢ·yⱼ/n. So a change of x along y itself hardly changes y, which has a length that is
// given.
func TestNormByHand(t *testing.T) {
	x := vector{leaf("x1", 0.5), leaf("x2", -1), leaf("x3", 2), leaf("x4", 0.25)}
	y := norm(x)
	for i, name := range []string{"y1", "y2", "y3", "y4"} {
		y[i].As(name)
	}
	y[0].Parents()[1].As("s")
	L := gradus.Dot(y, vector{leaf("c1", 1), leaf("c2", -2), leaf("c3", 0.5), leaf("c4", 3)}).As("L")
	gradcheck.TestDerivation(t, L, gradcheck.Derivation{
		"ds/dx1": "−s^3·x1/4",
		"dL/dx1": "s·(c1 − y1·L/4)",
		"dL/dx2": "s·(c2 − y2·L/4)",
		"dL/dx3": "s·(c3 − y3·L/4)",
		"dL/dx4": "s·(c4 − y4·L/4)",
	})
}

// The derivatives of one head of attention by hand, at three positions. Of the first number of the mean,
// mean = Σ aₜ·vₜ, the derivative by how well key t fits is aₜ·(vₜ − mean): more weight for a value that
// is larger than the mean makes the mean larger.
func TestAttentionByHand(t *testing.T) {
	s, m := defaults(t, settings.Fast)
	mean := m.head(s.Texts[0])
	gradcheck.TestDerivation(t, mean, gradcheck.Derivation{
		"dmean1/dv1_1": "a1",
		"dmean1/dv3_1": "a3",
		"dmean1/dfit1": "a1·(v1_1 − mean1)",
		"dmean1/dfit2": "a2·(v2_1 − mean1)",
		"dmean1/dfit3": "a3·(v3_1 − mean1)",
		"dmean1/dk2_3": "a2·(v2_1 − mean1)·q3/2",
		"dmean1/dq1": "a1·(v1_1 − mean1)·k1_1/2 + a2·(v2_1 − mean1)·k2_1/2 + " +
			"a3·(v3_1 − mean1)·k3_1/2",
	})
}
