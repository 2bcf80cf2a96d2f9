package train_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/layer"
	"github.com/gradus-go/gradus/nn/optim"
	"github.com/gradus-go/gradus/nn/train"
)

func newRand() *rand.Rand { return rand.New(rand.NewPCG(3, 0)) }

// wide returns a network that is large enough for its first batch to use several goroutines.
func wide(a nn.Activation) train.Config {
	rng := newRand()
	c := train.Config{
		Net:  nn.NewMLP(rng, 200, nn.Dense{Units: 100, Activation: a}, nn.Dense{Units: 3}),
		Loss: nn.SumSquaredErrors, Optimizer: optim.NewSGD(optim.Constant(0.01)),
		Batch: 128, Epochs: 2,
	}
	for range 192 {
		x := make([]float64, 200)
		for i := range x {
			x[i] = rng.Float64()
		}
		c.Data.X = append(c.Data.X, x)
		c.Data.T = append(c.Data.T, []float64{rng.Float64(), rng.Float64(), rng.Float64()})
	}
	return c
}

// Losses and parameters do not depend on how many goroutines compute them, with masks and weights, too.
func TestWorkersHaveTheSameBits(t *testing.T) {
	var want []float64
	for i, workers := range []int{1, 2, 3, 0, 1} {
		c := wide(nn.ReLU)
		c.Workers = workers
		c.Net = layer.NewSequence(layer.NewDropout(200, 0.2), c.Net, layer.NewNoise(3, 0.1))
		for i := range c.Data.X {
			c.Data.Weights = append(c.Data.Weights, float64(i%5))
		}
		got := losses(states(t, c))
		got = append(got, numbers(c.Net)...)
		if i == 0 {
			want = got
		} else if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("losses and parameters (-1 worker +%d workers):\n%s", workers, diff)
		}
	}
}

// A meeting is an activation that notes whether two goroutines compute it at once. Once it is
// awaited, they wait for each other.
type meeting struct {
	awaited, met atomic.Bool
	inside       atomic.Int32
	both         chan struct{}
	once         sync.Once
	patience     time.Duration
}

func (m *meeting) activation() nn.Activation {
	op := gradus.Func1("meeting", func(x float64) float64 {
		if m.awaited.Load() && !m.met.Load() {
			m.attend()
		}
		return x
	}, func(float64) float64 { return 1 })
	return nn.NewActivation("meeting", func(z *gradus.Value) *gradus.Value { return op.Apply(z) })
}

func (m *meeting) attend() {
	defer m.inside.Add(-1)
	if m.inside.Add(1) > 1 {
		m.met.Store(true)
		m.once.Do(func() { close(m.both) })
	}
	select {
	case <-m.both:
	case <-time.After(m.patience):
		m.awaited.Store(false) // so that the others need not wait as well
	}
}

// Workers: 0 means all processors, of which there are 2 here, and 1 means one.
func TestWorkers(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(2))
	for _, tt := range []struct {
		workers  int
		want     bool
		patience time.Duration
	}{
		{0, true, 10 * time.Second},
		{2, true, 10 * time.Second},
		{1, false, 10 * time.Millisecond},
	} {
		m := &meeting{both: make(chan struct{}), patience: tt.patience}
		c := wide(m.activation())
		c.Workers = tt.workers
		c.Callback = func(s train.State) { m.awaited.Store(s.Epoch == 1 && s.Batch == 2) }
		if err := train.Run(context.Background(), c); err != nil {
			t.Fatal(err)
		}
		if got := m.met.Load(); got != tt.want {
			t.Errorf("Workers %d: two goroutines at once = %t, want %t", tt.workers, got, tt.want)
		}
	}
}

// An activation and a loss of one's own are trained with as those of package nn.
func TestOwnFunctions(t *testing.T) {
	cube := gradus.Func1("cube", func(x float64) float64 { return x * x * x },
		func(x float64) float64 { return 3 * x * x })
	config := func(eager bool) train.Config {
		c := small()
		mlp(c).Layers[0].Activation = nn.NewActivation("bent", func(z *gradus.Value) *gradus.Value {
			return z.Div(gradus.New(1).Add(z.Abs()))
		})
		mlp(c).Layers[1].Activation = nn.NewActivation("cube", func(z *gradus.Value) *gradus.Value {
			return cube.Apply(z)
		})
		c.Loss = func(y, t []*gradus.Value) *gradus.Value {
			decay := gradus.New(0.01).Mul(gradus.Dot(c.Net.Params(), c.Net.Params()))
			return y[0].Sub(t[0]).Abs().Add(decay)
		}
		c.Epochs, c.Eager = 20, eager
		return c
	}
	same(t, "replay", losses(states(t, config(false))), losses(states(t, config(true))))
}

// A recording would repeat for all rows what the code decided for the first.
func TestIfOnData(t *testing.T) {
	hinge := func(y, t []*gradus.Value) *gradus.Value {
		if t[0].Data > 0 {
			return gradus.New(1).Sub(y[0]).ReLU()
		}
		return gradus.New(1).Add(y[0]).ReLU()
	}
	leaky := nn.NewActivation("leaky", func(z *gradus.Value) *gradus.Value {
		if z.Data > 0 {
			return z
		}
		return z.Mul(gradus.New(0.1))
	})
	for _, tt := range []struct {
		name   string
		change func(c *train.Config)
		twin   func(c *train.Config)
	}{
		{
			"loss", func(c *train.Config) { c.Loss = hinge },
			func(c *train.Config) { c.Loss = nn.Hinge },
		},
		{
			"activation", func(c *train.Config) { mlp(*c).Layers[0].Activation = leaky },
			func(c *train.Config) { mlp(*c).Layers[0].Activation = nn.LeakyReLU(0.1) },
		},
		{
			"constant", func(c *train.Config) { c.Loss = constantTarget },
			func(*train.Config) {},
		},
		{
			"constant that hardly matters", func(c *train.Config) { c.Loss = offTarget },
			func(c *train.Config) {
				c.Loss = func(y, t []*gradus.Value) *gradus.Value {
					return nn.HalfSquaredError(y, t).Add(gradus.New(1e-6).Mul(t[0]))
				}
			},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, twin := small(), small()
			c.Data.T = rows(-1, -1, -1, 1, -1) // one row is of another class
			twin.Data.T = c.Data.T
			tt.change(&c)
			err := train.Run(context.Background(), c)
			if err == nil || !rowNamed.MatchString(err.Error()) {
				t.Errorf("error %v, want one that matches %v", err, rowNamed)
			}
			c.Eager, twin.Eager = true, true
			tt.twin(&twin)
			same(t, "an if", losses(states(t, c)), losses(states(t, twin)))
		})
	}
}

var rowNamed = regexp.MustCompile(
	`^train: the (graph of Data\.X\[[1-4]\]|activation ".*" of layer 1 at .*) ` +
		`differs from what was recorded, as it does when an if on Data decides how to build the graph, ` +
		`or when Data is used as a number; use gradus.Where in place of the if, and Values in place of numbers, ` +
		`or set Eager: ` +
		`replay: Check: .* recorded`)

func constantTarget(y, t []*gradus.Value) *gradus.Value {
	return gradus.New(0.5).Mul(y[0].Sub(gradus.New(t[0].Data)).Square())
}

// offTarget is half of the squared error, and a bit that is constant for a sample.
func offTarget(y, t []*gradus.Value) *gradus.Value {
	return nn.HalfSquaredError(y, t).Add(gradus.New(1e-6 * t[0].Data))
}

// Two neurons that are one train as they do without a recording.
func TestOneNeuronTwice(t *testing.T) {
	shared := func() train.Config {
		c := small()
		mlp(c).Layers[0].Neurons[1] = mlp(c).Layers[0].Neurons[0]
		return c
	}
	replayed, eager := shared(), shared()
	eager.Eager = true
	same(t, "two neurons that are one", losses(states(t, replayed)), losses(states(t, eager)))
}

// A Value that a loss has from elsewhere would not be trained. It can be a constant, with Eager also one that
// changes, which a recording would not notice before it is compared.
func TestCapturedLeaf(t *testing.T) {
	for name, eager := range ways {
		beta := gradus.New(0).As("beta")
		c := small()
		c.Eager = eager
		c.Loss = func(y, t []*gradus.Value) *gradus.Value {
			return nn.MeanSquaredError(y, t).Add(beta.Mul(y[0].Square()))
		}
		c.Callback = func(train.State) { beta.Data = 1 }
		err := train.Run(context.Background(), c)
		const want = "train: the loss, an activation or Forward uses a leaf (beta = 0) that is not among the " +
			"parameters and masks of the network, so that nothing trains it: list it there, or make it a constant " +
			"with gradus.Const; in package train, a constant that changes needs Eager"
		if err == nil || err.Error() != want {
			t.Errorf("%s: error %v, want %s", name, err, want)
		}
		beta = gradus.Const(0)
		err = train.Run(context.Background(), c)
		if eager && err != nil || !eager && (err == nil || !strings.Contains(err.Error(), "set Eager")) {
			t.Errorf("%s: a constant: error %v, want one with a recording, and none without", name, err)
		}
	}
}

// A Predictor does not record a network whose activation has a Value from elsewhere.
func TestPredictCapturedLeaf(t *testing.T) {
	alpha := gradus.New(1).As("alpha")
	prelu := nn.NewActivation("PReLU", func(z *gradus.Value) *gradus.Value {
		return z.Max(0).Add(alpha.Mul(z.Min(0)))
	})
	net := nn.NewMLP(newRand(), 1, nn.Dense{Units: 1, Activation: prelu, Init: nn.Constant(1)})
	p, err := train.NewPredictor(net)
	if err != nil {
		t.Fatal(err)
	}
	for _, alpha.Data = range []float64{1, 0.5, 0} {
		y, err := p.Predict(slices.Repeat([][]float64{{-2}}, 200))
		if want := -2 * alpha.Data; err != nil || y[199][0] != want {
			t.Errorf("alpha = %v: PReLU(-2) is predicted as %v, error %v, want %v", alpha.Data, y[199], err, want)
		}
	}
}

// A loss that reads numbers in place of Values has no gradient.
func TestConstantLoss(t *testing.T) {
	const want = "train: the loss does not depend on the parameters of the network, so that nothing can be " +
		"learned: compute it from the Values y, not from their Data"
	for name, eager := range ways {
		c := small()
		c.Eager = eager
		c.Loss = func(y, t []*gradus.Value) *gradus.Value { return gradus.New(y[0].Data).Sub(t[0]).Square() }
		if err := train.Run(context.Background(), c); err == nil || err.Error() != want {
			t.Errorf("%s: error %v, want %s", name, err, want)
		}
	}
}

// An if on Data that begins to go the other way in the course of training is found, at the end at the
// latest: the recorded branch of this Huber loss is negative near its minimum.
func TestIfThatFlipsLater(t *testing.T) {
	huber := func(y, t []*gradus.Value) *gradus.Value {
		d := y[0].Sub(t[0]).Abs()
		if d.Data <= 1 {
			return d.Square().Mul(0.5)
		}
		return d.Sub(0.5)
	}
	better := func(y, t []*gradus.Value) *gradus.Value {
		d := y[0].Sub(t[0]).Abs()
		return gradus.Where(d.Sub(1), d.Sub(0.5), d.Square().Mul(0.5))
	}
	config := func(loss nn.Loss) train.Config {
		return train.Config{
			Net: nn.NewMLP(nil, 1, nn.Dense{Units: 1, Init: nn.Constant(0)}), Loss: loss, Epochs: 500,
			Data:      train.Data{X: rows(0, 1), T: rows(10, 13)},
			Optimizer: optim.NewSGD(optim.Constant(0.1)),
		}
	}
	err := train.Run(context.Background(), config(huber))
	want := regexp.MustCompile(`^train: after epoch \d+: the graph of Data\.X\[[01]\] differs .* gradus.Where`)
	if err == nil || !want.MatchString(err.Error()) {
		t.Errorf("an if: error %v, want one that names epoch and row", err)
	}
	c := config(better)
	last := 0.0
	c.Callback = func(s train.State) { last = s.Loss }
	if err := train.Run(context.Background(), c); err != nil || !(0 <= last && last < 1e-6) {
		t.Errorf("Where: error %v, loss %v, want it near 0", err, last)
	}

	// Stopped before the end, Run looks as well.
	ctx, cancel := context.WithCancel(context.Background())
	c = config(huber)
	c.Epochs = 1_000_000
	c.Data.X, c.Data.T, c.Batch = rows(0, 1, 0), rows(10, 13, 10), 1
	c.Callback = func(s train.State) {
		if s.Batch == 1 && s.Loss < 0 {
			cancel()
		}
	}
	err = train.Run(ctx, c)
	if err == nil || !strings.Contains(err.Error(), "gradus.Where") {
		t.Errorf("stopped: error %v, want one about the if", err)
	}
}

// Stopped between two epochs, Run looks at the rows with the extreme losses of the last one.
func TestIfWhenStoppedBetweenEpochs(t *testing.T) {
	flipped := false
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	c := small()
	c.Data = train.Data{X: slices.Repeat([][]float64{{0, 0}}, 2000), T: slices.Repeat(rows(0), 2000)}
	c.Data.X[1234], c.Data.T[1234] = []float64{1, 1}, []float64{100} // has the largest loss
	c.Batch = 0
	c.Loss = func(y, t []*gradus.Value) *gradus.Value {
		loss := nn.HalfSquaredError(y, t)
		if flipped && t[0].Data == 100 {
			return loss.Mul(2)
		}
		return loss
	}
	c.Callback = func(train.State) {
		flipped = true
		cancel()
	}
	err := train.Run(ctx, c)
	if err == nil || !strings.Contains(err.Error(), "graph of Data.X[1234] differs") {
		t.Errorf("error %v, want one about the if at row 1234", err)
	}
}

// An if on Data may keep a graph finite that the recording does not. Then Run names it, and not the
// number that is not finite.
func TestIfThatGuards(t *testing.T) {
	softplus := func(y, t []*gradus.Value) *gradus.Value {
		z := y[0]
		if z.Data < 100 {
			z = z.Exp().Add(1).Log()
		}
		return z.Sub(t[0]).Square()
	}
	config := func() train.Config {
		return train.Config{
			Net:  nn.NewMLP(nil, 1, nn.Dense{Units: 1, Init: nn.Constant(0)}),
			Loss: softplus, Data: train.Data{X: rows(1, 1), T: rows(800, 800)}, Epochs: 10, Batch: 1,
			Optimizer: optim.NewSGD(optim.Constant(0.5)),
		}
	}
	err := train.Run(context.Background(), config())
	want := regexp.MustCompile(`^train: epoch 1, batch 2 of 2: ` +
		`the graph of Data\.X\[[01]\] differs .* gradus.Where`)
	if err == nil || !want.MatchString(err.Error()) {
		t.Errorf("error %v, want one that matches %v", err, want)
	}
	c := config()
	c.Eager = true
	if err := train.Run(context.Background(), c); err != nil {
		t.Errorf("eager: %v", err)
	}
}

// Networks that train on several goroutines may share constants.
func TestSharedConstant(t *testing.T) {
	half := gradus.Const(0.5)
	var group sync.WaitGroup
	for range 4 {
		group.Add(1)
		go func() {
			defer group.Done()
			for range 30 {
				c := small()
				c.Loss = func(y, t []*gradus.Value) *gradus.Value { return half.Mul(nn.MeanSquaredError(y, t)) }
				if err := train.Run(context.Background(), c); err != nil {
					t.Error(err)
					return
				}
			}
		}()
	}
	group.Wait()
}

// An activation is tried all along the line, not only at the numbers of some rows.
func TestIfOfAnActivation(t *testing.T) {
	clip := nn.NewActivation("clip", func(z *gradus.Value) *gradus.Value {
		if z.Data > 1 {
			return gradus.Const(1)
		}
		return z.Mul(1)
	})
	net := nn.NewMLP(nil, 1, nn.Dense{Units: 1, Activation: clip, Init: nn.Constant(1)})
	x := make([][]float64, 1000)
	for i := range x {
		x[i] = []float64{float64(i / 999 * 5)} // 0, and 5 in the last row, where the if goes the other way
	}
	p := newPredictor(t, net)
	if y := predict(t, p, x); y[999][0] != 1 || y[0][0] != 0 {
		t.Errorf("clip is %v at 0 and %v at 5, want 0 and 1", y[0], y[999])
	}
	y := make([][]float64, 1000)
	for i := range y {
		y[i] = []float64{1}
	}
	identity := nn.NewMLP(nil, 1, nn.Dense{Units: 1, Init: nn.Constant(1)}).Layers[0]
	for _, tt := range []struct {
		layers []*nn.Layer
		want   string
	}{
		{net.Layers, `the activation "clip" of layer 1 at 1.0`},
		{[]*nn.Layer{identity, net.Layers[0]}, `the activation "clip" of layer 2 at 1.0`},
	} {
		err := train.Run(context.Background(), train.Config{
			Net: &nn.MLP{Layers: tt.layers}, Loss: nn.HalfSquaredError, Data: train.Data{X: x, T: y}, Epochs: 1,
			Optimizer: optim.NewSGD(optim.Constant(0.1)),
		})
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("error %v, want one about %s", err, tt.want)
		}
	}
}

// A loss may leave out rows, the first 99 among them.
func TestLossThatSkipsRows(t *testing.T) {
	c := small()
	c.Data = train.Data{X: slices.Repeat([][]float64{{0, 1}}, 100), T: slices.Repeat(rows(1), 100)}
	c.Eager, c.Epochs = true, 1
	c.Data.T[99] = []float64{2}
	c.Loss = func(y, t []*gradus.Value) *gradus.Value {
		if t[0].Data == 1 {
			return gradus.Const(0)
		}
		return nn.MeanSquaredError(y, t)
	}
	before := numbers(c.Net)
	if err := train.Run(context.Background(), c); err != nil {
		t.Error(err)
	}
	if cmp.Equal(before, numbers(c.Net)) {
		t.Error("the parameters are as they were, want them changed by the last row")
	}
}

// A loss may be nil for none of the rows.
func TestLossThatIsNil(t *testing.T) {
	for name, eager := range ways {
		for _, first := range []bool{false, true} { // whether the rows before are constants
			c := small()
			c.Eager, c.Batch, c.Epochs = eager, 0, 1
			c.Loss = func(y, t []*gradus.Value) *gradus.Value {
				switch {
				case t[0].Data == -1: // the last row
					return nil
				case first:
					return gradus.Const(0)
				}
				return nn.MeanSquaredError(y, t)
			}
			var err any
			func() {
				defer func() {
					if r := recover(); r != nil {
						err = r
					}
				}()
				err = train.Run(context.Background(), c)
			}()
			want := regexp.MustCompile(`^train: the (Loss returned nil for the row |graph of Data\.)X\[4\]` +
				`( is nil)?, want a Value$`)
			if first {
				want = regexp.MustCompile(`^train: the loss does not depend on the parameters`)
			}
			if !want.MatchString(fmt.Sprint(err)) {
				t.Errorf("%s: error %v, want one that matches %v", name, err, want)
			}
		}
	}
}

// A row without a loss is named even if that of another one is infinite.
func TestLossThatIsNilBesideInf(t *testing.T) {
	c := small()
	c.Data = train.Data{X: slices.Repeat([][]float64{{0, 1}}, 2000), T: slices.Repeat(rows(1), 2000)}
	c.Data.T[100], c.Data.T[200] = []float64{-1}, []float64{1000} // among rows that are not compared before
	c.Batch = 0
	c.Loss = func(y, t []*gradus.Value) *gradus.Value {
		if t[0].Data == -1 {
			return nil
		}
		return y[0].Square().Add(t[0].Exp())
	}
	err := train.Run(context.Background(), c)
	if err == nil || !strings.HasSuffix(err.Error(), "the graph of Data.X[100] is nil, want a Value") {
		t.Errorf("error %v, want one about row 100", err)
	}
}

// A function of a caller's may train another network, or panic, while a graph is recorded.
func TestFunctionThatTrains(t *testing.T) {
	behave := func() float64 {
		if err := train.Run(context.Background(), small()); err != nil {
			t.Error(err)
		}
		return 1
	}
	for _, f := range []func() float64{behave, func() float64 { panic("mine") }} {
		op := gradus.Func1("f", func(float64) float64 { return f() }, func(float64) float64 { return 0 })
		c := small()
		c.Loss = func(y, t []*gradus.Value) *gradus.Value {
			return nn.MeanSquaredError(y, t).Mul(op.Apply(gradus.Const(1)))
		}
		c.Epochs = 1
		func() {
			defer func() { _ = recover() }()
			if err := train.Run(context.Background(), c); err != nil {
				t.Error(err)
			}
		}()
	}
	if err := train.Run(context.Background(), small()); err != nil {
		t.Errorf("after a panic: %v", err)
	}
}

// An inPlace network puts what it computes in the place of its inputs, and returns the same slice each time.
type inPlace struct{ w, last []*gradus.Value }

func (m *inPlace) Params() []*gradus.Value { return m.w }
func (m *inPlace) Forward(x ...*gradus.Value) []*gradus.Value {
	for i := range x {
		x[i] = x[i].Mul(m.w[i])
	}
	m.last = append(m.last[:0], x...)
	return m.last
}

// What a network or a loss does to the slices that it gets, or that it returned, is its own affair.
func TestInPlace(t *testing.T) {
	loss := func(y, t []*gradus.Value) *gradus.Value {
		for i := range y {
			t[i] = y[i].Sub(t[i]).Square()
		}
		return gradus.Mean(t...)
	}
	data := train.Data{X: [][]float64{{1, 2}, {3, 4}}, T: [][]float64{{2, 2}, {6, 4}}}
	for name, eager := range ways {
		m := &inPlace{w: gradus.Values([]float64{1, 2})}
		err := train.Run(context.Background(), train.Config{
			Net: m, Loss: loss, Data: data, Epochs: 200, Eager: eager, Optimizer: optim.NewSGD(optim.Constant(0.05)),
		})
		if err != nil || math.Abs(m.w[0].Data-2) > 1e-9 || math.Abs(m.w[1].Data-1) > 1e-9 {
			t.Errorf("%s: error %v, weights %v, want 2 and 1", name, err, m.w)
		}
		p, err := train.NewPredictor(m)
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range []int{1, 100, 200} {
			y, err := p.Predict(slices.Repeat(data.X[1:], n))
			if err != nil || math.Abs(y[0][0]-6) > 1e-9 || math.Abs(y[n-1][1]-4) > 1e-9 {
				t.Errorf("%s, %d rows: %v, error %v, want 6 and 4", name, n, y, err)
			}
		}
		if y, err := p.Predict(data.X); err != nil || math.Abs(y[0][0]-2) > 1e-9 {
			t.Errorf("%s: %v, error %v, want 2 in the first row", name, y, err)
		}
	}
}
