package train_test

import (
	"math"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/train"
)

// counter returns a network of one neuron without bias, and how many graphs were built of it.
func counter() (net *nn.MLP, graphs *int) {
	graphs = new(int)
	count := nn.NewActivation("count", func(z *gradus.Value) *gradus.Value {
		*graphs++
		return z.Tanh()
	})
	return nn.NewMLP(newRand(), 1, nn.Dense{Units: 1, Activation: count}), graphs
}

// numbered returns n rows, of which each has its number.
func numbered(n int) [][]float64 {
	x := make([][]float64, n)
	for i := range x {
		x[i] = []float64{float64(i) / float64(n)}
	}
	return x
}

// As many graphs are built as the documentation says: the network is recorded once.
func TestPredictorRecordsOnce(t *testing.T) {
	const tried = 765 // the numbers from −1,000 to 1,000 at which an activation is tried
	net, graphs := counter()
	p := newPredictor(t, net)
	for i, tt := range []struct {
		rows, graphs int
		why          string
	}{
		{1, 1, "nothing is recorded yet"},
		{32, 32, "nothing is recorded yet"},
		{33, 1 + 32 + tried, "one is recorded, 32 are compared, and the activation is tried by itself"},
		{31, 0, "31 rows since"},
		{1, 1, "32 rows since"},
		{33, 1, "33 rows since"},
		{30, 0, "31 rows since, and one was left"},
		{1, 1, "32 rows since"},
		{5000, 4, "at most 4 are compared"},
		{0, 0, "no rows"},
	} {
		*graphs = 0
		predict(t, p, numbered(tt.rows))
		if *graphs != tt.graphs {
			t.Errorf("call %d, of %d rows: %d graphs, want %d: %s", i+1, tt.rows, *graphs, tt.graphs, tt.why)
		}
	}
}

// The outputs are those of the network as it is: with other numbers, other neurons, another
// activation or another layer.
func TestPredictorFollowsTheNetwork(t *testing.T) {
	net := line(2)
	p := newPredictor(t, net)
	own := nn.NewActivation
	dense := func(a nn.Activation, b float64) *nn.Layer {
		return nn.NewLayer(nil, 1, nn.Dense{
			Units: 1, Activation: a, Init: nn.Constant(2), BiasInit: nn.Constant(b),
		})
	}
	for _, tt := range []struct {
		name   string
		change func()
		want   func(x float64) float64
	}{
		{"2x", func() {}, func(x float64) float64 { return 2 * x }},
		{"another number", func() { net.Params()[0].Data = 3 }, func(x float64) float64 { return 3 * x }},
		{
			"a bias", func() { net.Layers[0].Neurons[0].B = gradus.New(1) },
			func(x float64) float64 { return 3*x + 1 },
		},
		{
			"another bias", func() { net.Layers[0].Neurons[0].B = gradus.New(7) },
			func(x float64) float64 { return 3*x + 7 },
		},
		{
			"another neuron", func() { net.Layers[0] = dense(nn.Identity, 4) },
			func(x float64) float64 { return 2*x + 4 },
		},
		{
			"another activation", func() { net.Layers[0].Activation = nn.Tanh },
			func(x float64) float64 { return math.Tanh(2*x + 4) },
		},
		{
			"one of the caller's", func() { net.Layers[0].Activation = own("f", (*gradus.Value).Sin) },
			func(x float64) float64 { return math.Sin(2*x + 4) },
		},
		{
			"another of the same name", func() { net.Layers[0].Activation = own("f", (*gradus.Value).Cos) },
			func(x float64) float64 { return math.Cos(2*x + 4) },
		},
		{
			"one of the package's", func() { net.Layers[0].Activation = nn.Tanh },
			func(x float64) float64 { return math.Tanh(2*x + 4) },
		},
		{
			"another layer", func() { net.Layers = append(net.Layers, dense(nn.Identity, 5)) },
			func(x float64) float64 { return 2*math.Tanh(2*x+4) + 5 },
		},
		{
			"no bias at the end", func() { net.Layers[1].Neurons[0].B = nil },
			func(x float64) float64 { return 2 * math.Tanh(2*x+4) },
		},
	} {
		tt.change()
		for _, n := range []int{1, 100, 1} { // before it is recorded, while, and after
			x := numbered(n)
			for i, y := range predict(t, p, x) {
				if want := tt.want(x[i][0]); math.Abs(y[0]-want) > 1e-14 {
					t.Fatalf("%s: %d rows: y = %v at %v, want %v", tt.name, n, y[0], x[i][0], want)
				}
			}
		}
	}
	net.Layers[1] = nil
	const want = "train: Predict: nn: layer2 is nil, want a Layer"
	if _, err := p.Predict(numbered(1)); err == nil || err.Error() != want {
		t.Errorf("error %v, want %s", err, want)
	}
}

// An if on Data that goes the other way only after the network was recorded, at numbers at which no
// activation is tried, is found by the rows that are compared later.
func TestPredictorFindsAnIf(t *testing.T) {
	const beyond = 5000
	fold := nn.NewActivation("fold", func(z *gradus.Value) *gradus.Value {
		if z.Data > beyond {
			return z.Neg()
		}
		return z.Mul(1)
	})
	net := nn.NewMLP(nil, 1, nn.Dense{Units: 1, Activation: fold, Init: nn.Constant(1), NoBias: true})
	p := newPredictor(t, net)
	for k, w := range []float64{1, 3, 1e9, 2, 1e9} {
		net.Params()[0].Data = w
		x := numbered(40)
		if k == 4 { // too few for one of them to be compared
			x = x[:2]
		}
		for i, y := range predict(t, p, x) {
			want := w * x[i][0]
			if want > beyond {
				want = -want
			}
			if y[0] != want {
				t.Errorf("w = %v: y = %v at %v, want %v", w, y[0], x[i][0], want)
			}
		}
	}
}

// Several Predictors of one network do not disturb each other when they record it, or find an if.
func TestPredictorsConcurrently(t *testing.T) {
	for _, decides := range []bool{false, true} {
		phi := nn.NewActivation("phi", func(z *gradus.Value) *gradus.Value {
			if decides && math.Abs(z.Data) > 5000 { // beyond the numbers at which it is tried
				return z.Mul(1)
			}
			return z.Tanh()
		})
		net := nn.NewMLP(newRand(), 1, nn.Dense{Units: 8, Activation: phi}, nn.Dense{Units: 1})
		x, far := numbered(100), numbered(100)
		for _, row := range far[40:] {
			row[0] *= 1e6
		}
		want := predict(t, newPredictor(t, net), x)
		var group sync.WaitGroup
		for range 8 {
			group.Add(1)
			go func() {
				defer group.Done()
				for range 30 {
					p, err := train.NewPredictor(net)
					if err != nil {
						t.Error(err)
						return
					}
					for range 3 { // recorded by the first call, and looked at again by the others
						_, _ = p.Predict(far)
					}
					y, err := p.Predict(x)
					if err != nil || math.Abs(y[99][0]-want[99][0]) > 1e-12 {
						t.Errorf("predicts %v, error %v, want %v", y, err, want[99])
						return
					}
				}
			}()
		}
		group.Wait()
	}
}

// Calls from several goroutines wait for each other.
func TestPredictorConcurrently(t *testing.T) {
	net := nn.NewMLP(newRand(), 1, nn.Dense{Units: 8, Activation: nn.Tanh}, nn.Dense{Units: 1})
	p, x := newPredictor(t, net), numbered(100)
	want := predict(t, newPredictor(t, net), x)
	var group sync.WaitGroup
	for range 8 {
		group.Add(1)
		go func() {
			defer group.Done()
			for range 100 {
				got, err := p.Predict(x)
				if diff := cmp.Diff(want, got); diff != "" || err != nil {
					t.Errorf("%v (-alone +together):\n%s", err, diff)
					return
				}
			}
		}()
	}
	group.Wait()
}

// A Predictor that NewPredictor has not made has no network.
func TestPredictorWithoutNetwork(t *testing.T) {
	const want = "train: Predict: the Predictor has no network, want one that NewPredictor returned"
	for _, p := range []*train.Predictor{nil, {}} {
		if _, err := p.Predict(nil); err == nil || err.Error() != want {
			t.Errorf("error %v, want %s", err, want)
		}
	}
}
