package nn_test

import (
	"go/parser"
	"go/token"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
)

// Each name is that of the Init which draws the same numbers.
func TestInitNamed(t *testing.T) {
	for text, want := range map[string]nn.Init{
		"Xavier": nn.Xavier, "XavierNormal": nn.XavierNormal, "He": nn.He, "HeUniform": nn.HeUniform,
		"LeCun":         nn.LeCun,
		"Uniform(-1,2)": nn.Uniform(-1, 2), "Normal(1, 0.5)": nn.Normal(1, 0.5), "Constant(3)": nn.Constant(3),
	} {
		init, err := nn.InitNamed(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		r, s := rand.New(rand.NewPCG(1, 0)), rand.New(rand.NewPCG(1, 0))
		for range 10 {
			if got, want := init(r, 3, 5), want(s, 3, 5); got != want {
				t.Errorf("%s draws %v, want %v", text, got, want)
			}
		}
	}
	for _, text := range []string{
		"", "he", "He()", "He(1)", "Uniform", "Uniform(1)", "Uniform(1, 2, 3)", "Constant(Inf)",
		"Normal(NaN, 1)", "(1)",
	} {
		if _, err := nn.InitNamed(text); err == nil {
			t.Errorf("there is an Init named %q", text)
		}
	}
}

func TestLossNamed(t *testing.T) {
	y, targets := gradus.Values([]float64{0.3, -2}), gradus.Values([]float64{1, 0})
	for name, want := range map[string]nn.Loss{
		"BinaryCrossEntropy": nn.BinaryCrossEntropy, "HalfSquaredError": nn.HalfSquaredError, "Hinge": nn.Hinge,
		"MeanSquaredError": nn.MeanSquaredError, "SoftmaxCrossEntropy": nn.SoftmaxCrossEntropy,
		"SumSquaredErrors": nn.SumSquaredErrors, "MeanAbsoluteError": nn.MeanAbsoluteError,
		"LogCosh": nn.LogCosh, "PoissonNLL": nn.PoissonNLL, "KLDivergence": nn.KLDivergence,
		"MultiClassHinge": nn.MultiClassHinge, "Huber(0.5)": nn.Huber(0.5), "Quantile(0.9)": nn.Quantile(0.9),
	} {
		loss, err := nn.LossNamed(name)
		if err != nil || loss(y, targets).Data != want(y, targets).Data {
			t.Errorf("%s is another loss, or %v", name, err)
		}
	}
	for _, name := range []string{
		"", "hinge", "Hinge(1)", "Huber", "Huber()", "Huber(0)", "Huber(-1)", "Huber(Inf)", "Huber(NaN)",
		"Quantile", "Quantile(NaN)",
		"Quantile(0)", "Quantile(1)", "Quantile(0.5", "Huber(1.50)", "Huber(1))", "Focal(2)", "(1)",
	} {
		if _, err := nn.LossNamed(name); err == nil {
			t.Errorf("there is a loss named %q", name)
		}
	}
}

// The name of an activation is that of its variable, but for a capital letter: whoever writes a program
// can write it in Go.
func TestActivationsAreNamedAsInGo(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "activations.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range nn.Activations() {
		name := strings.ToUpper(a.Name()[:1]) + a.Name()[1:]
		if file.Scope.Lookup(name) == nil {
			t.Errorf("there is no variable %s", name)
		}
	}
}
