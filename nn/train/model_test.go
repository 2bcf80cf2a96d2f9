package train_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/optim"
	"github.com/gradus-go/gradus/nn/train"
)

// A masked model computes tanh(w₁·x₁·m₁ + w₂·x₂·m₂) and the same with the weights w₃ and w₄.
type masked struct {
	w     []*gradus.Value
	masks []*nn.Mask
}

func newMasked() masked {
	m := masked{w: gradus.Values([]float64{0.5, -1, 2, 0.25})}
	for i, w := range m.w {
		w.As(fmt.Sprintf("w%d", i+1))
	}
	half := func(rng *rand.Rand) float64 { return float64(2 * rng.IntN(2)) }
	m.masks = []*nn.Mask{nn.NewMask(2, 1, half), nn.NewMask(2, 0, (*rand.Rand).NormFloat64)}
	return m
}

func (m masked) Params() []*gradus.Value { return m.w }
func (m masked) Masks() []*nn.Mask       { return m.masks }

func (m masked) Forward(x ...*gradus.Value) []*gradus.Value {
	var y []*gradus.Value
	for i := range 2 {
		sum := m.masks[1].Values[i]
		for j, x := range x {
			sum = sum.Add(m.w[2*i+j].Mul(x.Mul(m.masks[0].Values[j])))
		}
		y = append(y, sum.Tanh())
	}
	return y
}

// forgetful is a model that does not list its masks.
type forgetful struct{ m masked }

func (f forgetful) Params() []*gradus.Value                    { return f.m.w }
func (f forgetful) Forward(x ...*gradus.Value) []*gradus.Value { return f.m.Forward(x...) }

// own is a training of a model of one's own, in which everything takes part.
func own(eager bool) train.Config {
	rng := rand.New(rand.NewPCG(3, 0))
	rows := func(n int) (d train.Data) {
		for range n {
			d.X = append(d.X, []float64{rng.NormFloat64(), rng.NormFloat64()})
			d.T = append(d.T, []float64{rng.Float64(), rng.Float64()})
			d.Weights = append(d.Weights, float64(rng.IntN(3)))
		}
		return d
	}
	adam := optim.NewAdamW(optim.Cosine(0.1, 0, 60))
	return train.Config{
		Net: newMasked(), Loss: nn.MeanSquaredError, Data: rows(11), Validation: rows(5), Optimizer: adam,
		Batch: 3, Accumulate: 2, Epochs: 8, Seed: 5, Eager: eager,
	}
}

// All numbers of a training with masks, weights and validation are the same with and without a recording,
// up to the rounding of some hundred operations. Afterwards the masks are off.
func TestOwnModel(t *testing.T) {
	var all [2][]train.State
	var params [2][]float64
	for i, eager := range []bool{false, true} {
		c := own(eager)
		all[i] = states(t, c)
		params[i] = numbers(c.Net)
		for _, m := range c.Net.(masked).masks {
			for _, v := range m.Values {
				if v.Data != m.Off {
					t.Errorf("eager %t: a mask is %v after training, want %v", eager, v.Data, m.Off)
				}
			}
		}
	}
	same := cmp.Options{
		cmpopts.EquateApprox(1e-12, 1e-15), cmpopts.EquateNaNs(), cmpopts.IgnoreUnexported(train.State{}),
	}
	if diff := cmp.Diff(all[0], all[1], same); diff != "" || len(all[0]) != 8*4 {
		t.Errorf("states (-replay +eager):\n%s", diff)
	}
	if diff := cmp.Diff(params[0], params[1], same); diff != "" {
		t.Errorf("parameters (-replay +eager):\n%s", diff)
	}
}

// The first epoch of a training with masks, computed by the closed form: y = w·x·m, L = (y − t)²/2 and
// dL/dw = (y − t)·x·m. The masks are those that the callback of the draw has counted.
func TestMasksAreDrawn(t *testing.T) {
	for name, eager := range ways {
		var drawn []float64
		m := forgetfulNoMore{gradus.New(0.5).As("w"), nn.NewMask(1, 1, func(rng *rand.Rand) float64 {
			drawn = append(drawn, float64(2*rng.IntN(2)))
			return drawn[len(drawn)-1]
		})}
		c := train.Config{
			Net: m, Loss: nn.HalfSquaredError, Optimizer: optim.NewSGD(optim.Constant(0.125)),
			Data: train.Data{X: rows(1, 2, 3, 4, 5, 6, 7, 8), T: rows(1, 0, 2, 0, 3, 0, 4, 0)}, Batch: 1, Epochs: 2,
			Seed: 1, Eager: eager,
		}
		w, n := 0.5, 0
		c.Callback = func(s train.State) {
			x, y := c.Data.X[s.Samples[0]][0], c.Data.T[s.Samples[0]][0]
			e := w*x*drawn[n] - y
			if loss := e * e / 2; math.Abs(loss-s.Loss) > 1e-9*loss {
				t.Errorf("%s: loss of batch %d is %v, want %v", name, n+1, s.Loss, loss)
			}
			w -= 0.125 * e * x * drawn[n]
			n++
		}
		if err := train.Run(context.Background(), c); err != nil {
			t.Fatal(err)
		}
		if len(drawn) != 16 || cmp.Equal(drawn[:8], drawn[8:]) {
			t.Errorf("%s: in two epochs of 8 samples, %v are drawn, want 16 numbers, and others in the second",
				name, drawn)
		}
	}
}

type forgetfulNoMore struct {
	w    *gradus.Value
	mask *nn.Mask
}

func (m forgetfulNoMore) Params() []*gradus.Value { return []*gradus.Value{m.w} }
func (m forgetfulNoMore) Masks() []*nn.Mask       { return []*nn.Mask{m.mask} }

func (m forgetfulNoMore) Forward(x ...*gradus.Value) []*gradus.Value {
	return []*gradus.Value{m.w.Mul(x[0]).Mul(m.mask.Values[0])}
}

// The numbers of neighbouring rows and epochs are independent: of 40,000 tosses about half are heads,
// and so are about half of the changes from row to row, and from epoch to epoch. Four standard deviations
// are 400.
func TestMasksAreIndependent(t *testing.T) {
	const samples, epochs = 400, 100
	coin := make([][]float64, 0, epochs)
	var drawn []float64
	mask := nn.NewMask(1, 1, func(rng *rand.Rand) float64 {
		drawn = append(drawn, float64(rng.IntN(2)))
		return drawn[len(drawn)-1]
	})
	c := train.Config{
		Net: forgetfulNoMore{gradus.New(0.5).As("w"), mask}, Loss: nn.HalfSquaredError,
		Optimizer: optim.Frozen{}, Epochs: epochs, Workers: 1,
		Data: train.Data{X: rows(make([]float64, samples)...), T: rows(make([]float64, samples)...)},
	}
	c.Callback = func(s train.State) {
		byRow := make([]float64, samples)
		for i, row := range s.Samples {
			byRow[row] = drawn[len(drawn)-samples+i]
		}
		coin = append(coin, byRow)
	}
	if err := train.Run(context.Background(), c); err != nil {
		t.Fatal(err)
	}
	heads, rowChanges, epochChanges := 0.0, 0.0, 0.0
	for e, byRow := range coin {
		for i, x := range byRow {
			heads += x
			rowChanges += math.Abs(x - byRow[(i+1)%samples])
			epochChanges += math.Abs(x - coin[(e+1)%epochs][i])
		}
	}
	for what, n := range map[string]float64{
		"heads": heads, "changes from row to row": rowChanges, "changes from epoch to epoch": epochChanges,
	} {
		if math.Abs(n-samples*epochs/2) > 400 {
			t.Errorf("%v %s of %d, want about half", n, what, samples*epochs)
		}
	}
}

// A sample of weight 2 counts as much as two samples, and one of weight 0 as one whose loss is 0.
func TestWeights(t *testing.T) {
	for name, eager := range ways {
		w := 3.0
		c := train.Config{
			Net: line(w), Loss: nn.HalfSquaredError, Optimizer: optim.NewSGD(optim.Constant(0.0625)), Epochs: 3,
			Data: train.Data{X: rows(1, 2, 4), T: rows(1, 0, -1), Weights: []float64{2, 0.5, 0}}, Eager: eager,
		}
		c.Callback = func(s train.State) {
			loss := (2*(w-1)*(w-1)/2 + 0.5*4*w*w/2) / 3
			w -= 0.0625 * (2*(w-1) + 0.5*2*2*w) / 3
			if math.Abs(s.Loss-loss) > 1e-14*loss || math.Abs(numbers(c.Net)[0]-w) > 1e-14 {
				t.Errorf("%s: loss %v, w = %v after a step, want %v, %v", name, s.Loss, numbers(c.Net)[0], loss, w)
			}
		}
		if err := train.Run(context.Background(), c); err != nil {
			t.Fatal(err)
		}
	}
}

// Gradients of two batches make the step of one that is twice as large, also where the last step of an
// epoch has fewer samples.
func TestAccumulate(t *testing.T) {
	for name, eager := range ways {
		var params [2][]float64
		for i, c := range []train.Config{{Batch: 4}, {Batch: 2, Accumulate: 2}} {
			from := small()
			from.Batch, from.Accumulate, from.Eager, from.Epochs = c.Batch, c.Accumulate, eager, 20
			from.Optimizer = optim.NewAdam(optim.Constant(0.1))
			states(t, from)
			params[i] = numbers(from.Net)
		}
		if diff := cmp.Diff(params[0], params[1], cmpopts.EquateApprox(1e-10, 0)); diff != "" {
			t.Errorf("%s: parameters (-batches of 4 +twice 2):\n%s", name, diff)
		}
	}
}

// What is wrong with a model of one's own, or with what is new in a Config.
func TestOwnErrors(t *testing.T) {
	with := func(change func(m *masked)) func(c *train.Config) {
		return func(c *train.Config) {
			m := newMasked()
			change(&m)
			c.Net = m
		}
	}
	for _, tt := range []struct {
		change func(c *train.Config)
		want   string
	}{
		{
			func(c *train.Config) { c.Net = forgetful{newMasked()} },
			"Forward uses the mask m.masks[1], of a train_test.masked, and a train_test.forgetful has no method Masks",
		},
		{with(func(m *masked) { m.w[1] = nil }), "Config.Net: parameter 2 of the network is nil, want a Value"},
		{
			with(func(m *masked) { m.masks[0] = &nn.Mask{} }),
			"Config.Net: mask 1 of the network is nil or has no function Draw, want one of nn.NewMask",
		},
		{with(func(m *masked) { m.masks[1] = nil }), "Config.Net: mask 2 of the network is nil or has no function"},
		{
			with(func(m *masked) { m.masks[0].Values[1] = m.w[0] }),
			"Config.Net: value 2 of mask 1 of the network is the same Value as parameter 1, want each once",
		},
		{
			with(func(m *masked) { m.masks[0].Values[1] = gradus.Const(1) }),
			"Config.Net: value 2 of mask 1 of the network is 1, a constant, want a leaf that holds Off, 1",
		},
		{
			with(func(m *masked) { m.masks[0].Values[1] = gradus.New(0.5).Add(0.5) }),
			"Config.Net: value 2 of mask 1 of the network is 1, by +, want a leaf that holds Off, 1",
		},
		{
			with(func(m *masked) { m.masks[0].Values[1].Data = 5 }),
			"Config.Net: value 2 of mask 1 of the network is 5, want a leaf that holds Off, 1",
		},
		{func(c *train.Config) { c.Accumulate = -1 }, "got Accumulate -1 and Patience 0, want at least 0 of both"},
		{func(c *train.Config) { c.Patience = -2 }, "got Accumulate 2 and Patience -2, want at least 0 of both"},
		{
			func(c *train.Config) { c.Validation = train.Data{Weights: []float64{1}} },
			"Config.Validation: got 0 rows of inputs and 0 rows of targets",
		},
		{
			func(c *train.Config) { c.Validation = train.Data{X: c.Validation.X} },
			"Config.Validation: got 5 rows of inputs and 0 rows of targets",
		},
		{func(c *train.Config) { c.Validation, c.Patience = train.Data{}, 1 }, "got Patience without Validation"},
		{
			func(c *train.Config) { c.Validation.X = nil },
			"Config.Validation: got 0 rows of inputs and 5 rows of targets",
		},
		{
			func(c *train.Config) { c.Validation.X[3] = nil },
			"Config.Validation: X[3] has 0 inputs, want 2",
		},
		{
			func(c *train.Config) { c.Validation.T = rows(1, 2, 3, 4, 5) },
			"Config.Validation: T[0] has 1 targets, want 2 as those of Data",
		},
		{
			func(c *train.Config) { c.Data.Weights = []float64{1} },
			"Config.Data: got 1 weights for 11 rows, want one for each",
		},
		{
			func(c *train.Config) { c.Data.Weights[2] = -1 },
			"Config.Data: the weight Weights[2] is -1, want a finite number ≥ 0",
		},
		{
			func(c *train.Config) { c.Data.Weights[2] = nan },
			"Config.Data: the weight Weights[2] is NaN, want a finite number ≥ 0",
		},
		{
			func(c *train.Config) { clear(c.Data.Weights) },
			"Config.Data: all weights are 0, want one that is larger",
		},
		{
			func(c *train.Config) { c.Validation.T[1][0] = inf },
			"after epoch 1: t1 is +Inf for the row Validation.X[1], want a finite number",
		},
		{
			func(c *train.Config) { c.Checkpoint, c.Optimizer = "file", struct{ optim.Optimizer }{c.Optimizer} },
			"Config.Checkpoint: optim: the optimiser, a struct { optim.Optimizer }, cannot be resumed, want one with",
		},
	} {
		for name, eager := range ways {
			c := own(eager)
			tt.change(&c)
			if err := train.Run(context.Background(), c); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("%s: error %v, want one with %q", name, err, tt.want)
			}
		}
	}
}

// A number that is not finite is found with the masks of its sample: x₁ is infinite, but m₁ is 0 for it.
func TestNonFiniteWithMasks(t *testing.T) {
	mask := nn.NewMask(1, 1, func(*rand.Rand) float64 { return 0 })
	c := train.Config{
		Net: forgetfulNoMore{gradus.New(0.5).As("w"), mask}, Loss: nn.HalfSquaredError, Epochs: 1,
		Optimizer: optim.Frozen{}, Data: train.Data{X: rows(1, math.MaxFloat64), T: rows(0, 0)},
	}
	if err := train.Run(context.Background(), c); err != nil {
		t.Errorf("masks of 0: error %v, want none", err)
	}
	mask.Draw = func(*rand.Rand) float64 { return math.MaxFloat64 }
	const want = "train: epoch 1, batch 1 of 1: (·, in loss) is +Inf for the row Data.X[1]"
	if err := train.Run(context.Background(), c); err == nil || err.Error() != want {
		t.Errorf("error %v, want %s", err, want)
	}
	if mask.Values[0].Data != 1 {
		t.Errorf("the mask is %v after the error, want 1", mask.Values[0].Data)
	}
}

// A product is a model without inputs: a function of its parameters that is to be minimised.
type product struct{ a, b *gradus.Value }

func (p product) Params() []*gradus.Value { return []*gradus.Value{p.a, p.b} }

func (p product) Forward(...*gradus.Value) []*gradus.Value { return []*gradus.Value{p.a.Mul(p.b)} }

// Rows may have no numbers. There is nothing to replay then: graphs are built, or an error says so.
func TestNoInputs(t *testing.T) {
	m := product{gradus.New(2), gradus.New(3)}
	c := train.Config{
		Net: m, Loss: func(y, _ []*gradus.Value) *gradus.Value { return y[0] }, Epochs: 1,
		Optimizer: optim.NewSGD(optim.Constant(0.5)),
		Data:      train.Data{X: make([][]float64, 3), T: make([][]float64, 3)},
	}
	err := train.Run(context.Background(), c)
	const want = "train: the rows have no numbers, so that a recording has no inputs; set Eager, or give each " +
		"row an input"
	if err == nil || err.Error() != want {
		t.Errorf("error %v, want %s", err, want)
	}
	c.Eager = true
	if err := train.Run(context.Background(), c); err != nil || m.a.Data != 0.5 || m.b.Data != 2 {
		t.Errorf("eager: error %v, a = %v, b = %v, want 2 - 3/2 and 3 - 2/2", err, m.a.Data, m.b.Data)
	}
	p, err := train.NewPredictor(m)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{1, 100, 100} {
		y, err := p.Predict(make([][]float64, n))
		if err != nil || len(y) != n || y[n-1][0] != 1 {
			t.Errorf("%d rows: %v, error %v, want the product, 1", n, y, err)
		}
	}
}

// An optimiser that has trained one network is refused for another: its rate may be used up.
func TestOptimizerOfAnother(t *testing.T) {
	for name, eager := range ways {
		c := small()
		c.Eager = eager
		states(t, c)
		states(t, c) // the same network again
		c.Net = small().Net
		err := train.Run(context.Background(), c)
		const want = "train: Config.Optimizer: optim: SGD.Bind: the parameters are not those of the 18 steps before"
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: error %v, want %s", name, err, want)
		}
	}
}
