package torch_test

import (
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/doccheck"
	"github.com/gradus-go/gradus/internal/torchrun"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/replay"
	"github.com/gradus-go/gradus/source/torch"
)

func TestEverySymbolHasAnExample(t *testing.T) { doccheck.TestExamples(t, ".") }

// Zero values, nil among them, are taken or refused with a sentence.
func TestZeroValues(t *testing.T) {
	doccheck.TestZeros(t, ".", []any{torch.Module, torch.Write, torch.WriteParams, torch.ReadParams}, nil)
}

// tutorial is the first example of the README.
var tutorial = torchrun.Model{
	Name: "tutorial", Params: []float64{0.5, 0, -1, 0}, Labels: []string{"W1", "b1", "W2", "b2"},
	Inputs: [][]float64{{1, 0}, {-0.5, 2}, {3, 0.25}},
	Build: func(p, x []*gradus.Value) []*gradus.Value {
		x[0].As("x")
		x[1].As("t")
		z := p[0].Mul(x[0]).Add(p[1]).As("z")
		a := z.Sigmoid().As("a")
		y := p[2].Mul(a).Add(p[3]).As("y")
		return []*gradus.Value{y.Sub(x[1]).Square().Mul(0.5).As("L")}
	},
}

// matrixOfInputs multiplies matrices that are computed from the inputs, and their transposes, by
// vectors of inputs and of parameters: each sample has matrices of its own.
var matrixOfInputs = torchrun.Model{
	Name: "matrix_of_inputs", Params: []float64{0.5, -1, 2, 0.25, 1.5, -0.75},
	Inputs: [][]float64{{1, 2, 3, 4, 5, 6}, {-1, 0.5, 2, -2, 0.25, 1}},
	Build: func(p, x []*gradus.Value) []*gradus.Value {
		rows := func(m, v []*gradus.Value) (z []*gradus.Value) {
			for ; len(m) > 0; m = m[len(v):] {
				z = append(z, gradus.Dot(m[:len(v)], v).Add(p[len(z)]))
			}
			return z
		}
		columns := func(m, v []*gradus.Value) (z []*gradus.Value) {
			n := len(m) / len(v)
			for j := range n {
				var c []*gradus.Value
				for i := range v {
					c = append(c, m[i*n+j])
				}
				z = append(z, gradus.Dot(c, v))
			}
			return z
		}
		var m, z []*gradus.Value
		for _, v := range x {
			m = append(m, v.Tanh())
		}
		for _, v := range [][]*gradus.Value{p[:3], p[3:], x[:3], x[3:], x[1:4]} {
			z = append(z, rows(m, v)...)
		}
		for _, v := range [][]*gradus.Value{p[:2], p[2:4], x[:2], x[2:4], x[1:3]} {
			z = append(z, columns(m, v)...)
		}
		for i, v := range z {
			z[i] = v.Sin()
		}
		return []*gradus.Value{gradus.Sum(append(z, gradus.LogSumExp(z[:5]...), gradus.LogSumExp(z[5:10]...))...)}
	},
}

// The README shows what forward does.
func TestReadme(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	p, _ := tutorial.Record(t)
	text, err := torch.Module(p)
	if err != nil {
		t.Fatal(err)
	}
	_, forward, _ := strings.Cut(text, "def forward(self, inputs):\n")
	forward, _, _ = strings.Cut(forward, "\n\n")
	if want := strings.ReplaceAll("\n"+forward, "\n        ", "\n"); !strings.Contains(string(readme), want) {
		t.Errorf("README.md does not show this:%s", want)
	}
}

func TestTorch(t *testing.T) {
	torchrun.Check(t, tutorial, matrixOfInputs, sameAddends, network(), activations, specialNumbers)
}

// sameAddends multiplies one matrix by three vectors, and adds the same computed numbers to each
// product.
var sameAddends = torchrun.Model{
	Name: "same_addends", Params: []float64{0.5, -1, 2, 0.25, 1.5, -0.75},
	Inputs: [][]float64{{1, 2, 3, 4, 5}, {-1, 0.5, 2, -2, 0.25}},
	Build: func(p, x []*gradus.Value) []*gradus.Value {
		c, z := []*gradus.Value{x[3].Tanh(), x[4].Tanh()}, []*gradus.Value{}
		for k := range 3 {
			for j := range c {
				z = append(z, gradus.Dot(p[3*j:][:3], x[k:][:3]).Add(c[j]).Sin())
			}
		}
		return []*gradus.Value{gradus.Sum(z...)}
	},
}

// network is one of package nn, with the names that this gives to its parameters.
func network() torchrun.Model {
	m := torchrun.Model{Name: "network", Inputs: [][]float64{{1, 2, 3, 0, 1}, {-1, 1, 0.5, 1, 0}}}
	for i := range 4*4 + 2*5 {
		m.Params = append(m.Params, math.Sin(float64(i)))
	}
	m.Build = func(p, x []*gradus.Value) []*gradus.Value {
		l1, l2 := &nn.Layer{Activation: nn.Tanh}, &nn.Layer{}
		for range 4 {
			l1.Neurons, p = append(l1.Neurons, &nn.Neuron{W: p[:3], B: p[3]}), p[4:]
		}
		for range 2 {
			l2.Neurons, p = append(l2.Neurons, &nn.Neuron{W: p[:4], B: p[4]}), p[5:]
		}
		net := nn.MLP{Layers: []*nn.Layer{l1, l2}}
		return []*gradus.Value{nn.SoftmaxCrossEntropy(net.Forward(x[:3]...), x[3:])}
	}
	return m
}

// activations are those of package nn, and some of its losses.
var activations = torchrun.Model{
	Name: "activations", Params: []float64{0.5, -1, 2, 0.25, -3.5},
	Inputs: [][]float64{{1, 0, 1}, {-1, 1, 0}, {3, 0.25, 0.75}, {-40, 1, 0}},
	Build: func(p, x []*gradus.Value) (out []*gradus.Value) {
		var a []*gradus.Value
		for _, phi := range nn.Activations() {
			for _, w := range p {
				a = append(a, phi.Apply(w.Mul(x[0])))
			}
		}
		out = append(out, gradus.Sum(a...))
		for _, loss := range []nn.Loss{
			nn.MeanAbsoluteError, nn.Huber(0.5), nn.LogCosh, nn.Quantile(0.9), nn.PoissonNLL, nn.KLDivergence,
			nn.MultiClassHinge, nn.Focal(2, nn.SoftmaxCrossEntropy),
			nn.Weighted([]float64{0.25, 4}, nn.LabelSmoothing(0.1, nn.SoftmaxCrossEntropy)),
		} {
			out[0] = out[0].Add(loss([]*gradus.Value{p[0].Mul(x[0]).Tanh(), p[1]}, x[1:]))
		}
		return append(out, a...)
	},
}

// Parameters and variables have the names of ours, and matrices are matrices.
func TestTorchNames(t *testing.T) {
	leaf := func(label string) *gradus.Value { return gradus.New(0.5).As(label) }
	x := []*gradus.Value{leaf("x₁"), leaf("x₂"), leaf("x₃")}
	var z []*gradus.Value
	for _, label := range []string{"layer1.neuron1", "layer1.neuron2"} {
		w := []*gradus.Value{leaf(label + ".w1"), leaf(label + ".w2"), leaf(label + ".w3")}
		z = append(z, gradus.Dot(w, x).Add(leaf(label+".b")).As("z["+label[len(label)-1:]+"]"))
	}
	y := z[0].Tanh().Mul(leaf("lambda")).Add(z[1].Tanh().Mul(leaf("type"))).As("dL/dy")
	for i, label := range []string{"θ", "θ\u0301", "é", "e\u0301", "1", "µ", "w", "w", "\"\n"} {
		y = y.Add(leaf(label).Exp()).Mul(float64(i + 1)).Cos()
	}
	p, err := replay.Record(y.As("self"), x...)
	if err != nil {
		t.Fatal(err)
	}
	text, err := torch.Module(p)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`INPUTS = ("x\u2081", "x\u2082", "x\u2083")`, `OUTPUTS = ("self",)`,
		"self.layer1_neuron_w = _parameter(2, 3)", "self.layer1_neuron_b = _parameter(2)",
		"self.lambda_2 = _parameter()", "self.type_2 = _parameter()", "self.θ = _parameter()",
		"self.θ_2 = _parameter()", "self.é = _parameter()", "self.e = _parameter()", "self.n1 = _parameter()",
		"self.w10 = _parameter()", "self.w = _parameter(2)", "self_2 = ", "return self_2\n",
		"z = inputs @ self.layer1_neuron_w.mT + self.layer1_neuron_b\n",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("there is no %s", want)
		}
	}
	for _, line := range regexp.MustCompile(`(?m)^.{101,}$`).FindAllString(text, -1) {
		t.Errorf("a line is longer than 100 columns: %s", line)
	}
	if again, err := torch.Module(p); err != nil || again != text {
		t.Errorf("the text differs from one call to the next; %v", err)
	}
	if t.Failed() {
		t.Log(text)
	}
}

// Every op of package gradus is known.
func TestEveryOp(t *testing.T) {
	for _, op := range gradus.Ops() {
		n := map[int]int{1: 1, 2: 2, -1: 4}[op.Arity()]
		if op.Name() == "where" {
			n = 3
		}
		x := gradus.Values([]float64{0.5, 0.25, 0.125, 0.375})[:n]
		r := replay.Recorder{Params: x, Without: ^replay.Pass(0)} // so that it stays what it is
		p, err := r.Record(op.Apply(x...))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := torch.Module(p); err != nil {
			t.Errorf("%s: %v", op.Name(), err)
		}
	}
}

// An output may be a constant, a parameter, an input or an empty sum, and there may be no inputs
// and no parameters.
func TestTorchPlain(t *testing.T) {
	var plains []torchrun.Model
	type build = func(p, x []*gradus.Value) *gradus.Value
	plain := func(name string, params, inputs []float64, build build) {
		m := torchrun.Model{Name: name, Params: params, Inputs: [][]float64{inputs, inputs}}
		m.Build = func(p, x []*gradus.Value) []*gradus.Value { return []*gradus.Value{build(p, x)} }
		for _, without := range []replay.Pass{0, replay.Fold, ^replay.Pass(0)} {
			m.Name, m.Recorder.Without = m.Name+"_", without
			plains = append(plains, m)
		}
	}
	plain("constant", nil, []float64{1}, func(_, _ []*gradus.Value) *gradus.Value {
		return gradus.Const(-2)
	})
	plain("parameter", []float64{3}, []float64{}, func(p, _ []*gradus.Value) *gradus.Value { return p[0] })
	plain("input", nil, []float64{3, 4}, func(_, x []*gradus.Value) *gradus.Value { return x[1] })
	plain("empty", []float64{3}, []float64{}, func(p, _ []*gradus.Value) *gradus.Value {
		return gradus.Sum().Add(p[0])
	})
	plain("folded", []float64{3}, []float64{}, func(p, _ []*gradus.Value) *gradus.Value {
		return gradus.Dot(nil, nil).Add(gradus.Const(2).Mul(3)).Exp().Mul(p[0])
	})
	torchrun.Check(t, plains...)
}

// Functions of one's own are refused by name.
func TestTorchRefuses(t *testing.T) {
	cube, slope := func(x float64) float64 { return x * x * x }, func(x float64) float64 { return 3 * x * x }
	own := gradus.Func1("cube", cube, slope)
	most := gradus.FuncN("most", func(x []float64) float64 { return x[0] }, func(dx, _ []float64) { dx[0] = 1 })
	w := gradus.New(2).As("w")
	for _, out := range []*gradus.Value{own.Apply(w), most.Apply(w, w)} {
		p, err := replay.Record(out)
		if err != nil {
			t.Fatal(err)
		}
		want := "torch: Module: the function " + out.Op().Name() + " is not one of package gradus, so that PyTorch "
		if _, err := torch.Module(p); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("error %v, want %s…", err, want)
		}
		file := filepath.Join(t.TempDir(), "m.py")
		if err := torch.Write(file, p); err == nil || !strings.Contains(err.Error(), file+": the function ") {
			t.Errorf("error %v, want one that names %s", err, file)
		}
	}
}
