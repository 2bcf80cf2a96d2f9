package health_test

import (
	"fmt"
	"log"
	"math/rand/v2"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/health"
)

// samples returns samples of two inputs from [0, 1), whose target is the sum of the inputs.
func samples() (x, t [][]float64) {
	rng := rand.New(rand.NewPCG(1, 0))
	for range 20 {
		a, b := rng.Float64(), rng.Float64()
		x, t = append(x, []float64{a, b}), append(t, []float64{a + b})
	}
	return x, t
}

// With all weights from [0, 1), a network of 100 neurons in a layer is saturated. With LeCun's
// initial weights it is healthy.
func ExampleCheck() {
	x, t := samples()
	for _, init := range []nn.Init{nn.Uniform(0, 1), nn.LeCun} {
		net := nn.NewMLP(rand.New(rand.NewPCG(1, 0)), 2,
			nn.Stack(nn.Dense{Activation: nn.Sigmoid, Init: init}, 100, 100, 1)...)
		r, err := health.Check(net, nn.SumSquaredErrors, x, t, 0.01)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(r.Condition, r.Layer)
	}
	// Output:
	// saturated 2
	// healthy 0
}

// A reader reads its inputs one after the other: h ← tanh(w·x + u·h + b).
type reader struct{ w, u, b, out *gradus.Value }

func (r reader) Params() []*gradus.Value { return []*gradus.Value{r.w, r.u, r.b, r.out} }

func (r reader) Forward(x ...*gradus.Value) []*gradus.Value {
	h := gradus.Const(0)
	for _, x := range x {
		h = gradus.Dot([]*gradus.Value{r.w, r.u}, []*gradus.Value{x, h}).Add(r.b).Tanh()
	}
	return []*gradus.Value{r.out.Mul(h)}
}

// Of a model of one's own, Check finds the layers in the graph. In this one, u is so small that
// the first input has no influence after ten steps, although it is what the output should be.
func ExampleCheck_model() {
	net := reader{
		gradus.New(0.5).As("cell.w"), gradus.New(0.1).As("cell.u"), gradus.New(0).As("cell.b"),
		gradus.New(1).As("out.w"),
	}
	rng := rand.New(rand.NewPCG(1, 0))
	x, t := make([][]float64, 12), make([][]float64, 12)
	for i := range x {
		for range 10 {
			x[i] = append(x[i], rng.NormFloat64())
		}
		t[i] = []float64{x[i][0]}
	}
	r, err := health.Check(net, nn.MeanSquaredError, x, t, 0.01)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Print(r)
	// Output:
	// layer           cell        out
	// units              1          1
	// activation φ    tanh   identity
	// ‖∂L/∂W‖          1.9          1
	// ∂L/∂w = 0        0 %        0 %
	// ∂L/∂w tiny       0 %        0 %
	// φ saturated      0 %        0 %
	// dead units       0 %        0 %
	// ‖W‖             0.51          1
	// update/‖W‖      0.04       0.01
	// smallest z     -1.53     -0.607
	// largest z        1.2      0.704
	// vanishing: ∏W: ∂L/∂z shrinks from 3.4 in out to 4e-10 in stage 1 of 10 of cell,
	//   since each matrix on the way multiplies it by about 0.11; start from zero-mean
	//   weights scaled by 1/√fan-in (nn.LeCun), and biases of 0
}

func ExampleReport_String() {
	x, t := samples()
	net := nn.NewMLP(rand.New(rand.NewPCG(1, 0)), 2,
		nn.Dense{Units: 8, Activation: nn.ReLU, Init: nn.He, BiasInit: nn.Constant(-9)},
		nn.Dense{Units: 1})
	r, err := health.Check(net, nn.SumSquaredErrors, x, t, 0.01)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Print(r)
	// Output:
	// layer              1          2
	// units              8          1
	// activation φ    ReLU   identity
	// ‖∂L/∂W‖            0        1.6
	// ∂L/∂w = 0      100 %       89 %
	// ∂L/∂w tiny       0 %        0 %
	// φ saturated      0 %        0 %
	// dead units     100 %        0 %
	// ‖W‖               26        1.6
	// update/‖W‖         0       0.01
	// smallest z       -13          0
	// largest z      -8.09          0
	// dead: ReLU′ = 0 at z = -13…-8.09: 8 of 8 units of layer 1 are off for every
	//   sample; start from zero-mean weights scaled by √(2/fan-in) (nn.He), and biases
	//   of 0
}

// The fields of a report can be tested, or drawn.
func ExampleReport() {
	x, t := samples()
	net := nn.NewMLP(rand.New(rand.NewPCG(1, 0)), 2,
		nn.Dense{Units: 8, Activation: nn.Tanh}, nn.Dense{Units: 1})
	r, err := health.Check(net, nn.SumSquaredErrors, x, t, 0.01)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(r.Condition == health.Healthy, r.Samples, r.Rate)
	// Output: true 20 0.01
}

func ExampleLayer() {
	x, t := samples()
	net := nn.NewMLP(rand.New(rand.NewPCG(1, 0)), 2,
		nn.Stack(nn.Dense{Activation: nn.Sigmoid}, 6, 6, 6, 1)...)
	r, err := health.Check(net, nn.SumSquaredErrors, x, t, 0.01)
	if err != nil {
		log.Fatal(err)
	}
	for _, l := range r.Layers { // a sigmoid passes on a quarter at most
		fmt.Printf("%s ∂L/∂z %.0e slope %.2f\n", l.Activation, l.DZ, l.Slope)
	}
	// Output:
	// sigmoid ∂L/∂z 7e-04 slope 0.25
	// sigmoid ∂L/∂z 3e-03 slope 0.25
	// sigmoid ∂L/∂z 3e-02 slope 0.25
	// sigmoid ∂L/∂z 3e-01 slope 0.25
}

func ExampleCondition() {
	x, t := samples()
	net := nn.NewMLP(rand.New(rand.NewPCG(1, 0)), 2, nn.Dense{Units: 1, Init: nn.Constant(1)})
	r, err := health.Check(net, nn.SumSquaredErrors, x, t, 0.01) // y = a + b, the target
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(r.Condition)
	fmt.Println(r.Diagnosis)
	// Output:
	// satisfied
	// ∂L/∂y = 0 for every sample: there is nothing left to learn from this batch
}

// The diagnosis is a sentence. Its cure is also there for a program, which takes it here.
func ExampleCure() {
	x, t := samples()
	inits := map[string]nn.Init{"constant": nn.Constant(0), "LeCun": nn.LeCun, "He": nn.He, "Xavier": nn.Xavier}
	for init := "constant"; init != ""; {
		net := nn.NewMLP(rand.New(rand.NewPCG(1, 0)), 2,
			nn.Stack(nn.Dense{Activation: nn.Tanh, Init: inits[init]}, 8, 8, 1)...)
		r, err := health.Check(net, nn.SumSquaredErrors, x, t, 0.01)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("%s: %s\n", init, r.Condition)
		init = r.Cure.Init
	}
	// Output:
	// constant: vanishing
	// LeCun: healthy
}
