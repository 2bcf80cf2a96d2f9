package train_test

import (
	"context"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/layer"
	"github.com/gradus-go/gradus/nn/train"
)

// A halved writes half of its inputs into them, and does nothing else.
type halved struct{}

func (halved) Params() []*gradus.Value { return nil }

func (halved) Forward(x ...*gradus.Value) []*gradus.Value {
	for _, v := range x {
		v.Data *= 0.5
	}
	return x
}

// A recording knows nothing of a number that is written while a graph is built: it is an error, and not left
// out. With Eager it does what it says.
func TestWrittenData(t *testing.T) {
	calls := 0.0
	counting := gradus.Func1("count", func(x float64) float64 {
		calls++
		return x * calls
	}, func(float64) float64 { return calls })
	written := func(change func(y, t []*gradus.Value)) func(c *train.Config) {
		return func(c *train.Config) {
			c.Loss = func(y, t []*gradus.Value) *gradus.Value {
				change(y, t)
				return nn.MeanSquaredError(y, t)
			}
		}
	}
	for want, change := range map[string]func(c *train.Config){
		"train: input 2 in the graph of Data.X[1]": func(c *train.Config) {
			c.Net = layer.NewSequence(halved{}, c.Net)
		},
		"train: target 1 in the graph of Data.X[1]": written(func(_, t []*gradus.Value) { t[0].Data *= 2 }),
		"train: a Value (":                          written(func(y, _ []*gradus.Value) { y[0].Data *= 2 }),
		" in the graph of Data.X[": written(func(y, _ []*gradus.Value) {
			y[0] = counting.Apply(y[0])
		}),
	} {
		c := small()
		change(&c)
		err := train.Run(context.Background(), c)
		if err == nil || !strings.Contains(err.Error(), want) ||
			!strings.Contains(err.Error(), "; a recording knows nothing of that: ") {
			t.Errorf("error %v, want %s…", err, want)
		}
		c = small()
		change(&c)
		c.Eager = true
		if err := train.Run(context.Background(), c); err != nil {
			t.Errorf("with Eager: %v", err)
		}
	}
}

// A Predictor does not record a network that writes to its inputs.
func TestPredictWrittenData(t *testing.T) {
	net := layer.NewSequence(halved{}, nn.NewMLP(rand.New(rand.NewPCG(1, 0)), 1, nn.Dense{Units: 1}))
	p, err := train.NewPredictor(net)
	if err != nil {
		t.Fatal(err)
	}
	var x [][]float64
	for i := range 100 {
		x = append(x, []float64{float64(i)})
	}
	y, err := p.Predict(x)
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range x {
		if want := net.Forward(gradus.Values(row)...)[0].Data; y[i][0] != want {
			t.Fatalf("of %v: %v, want %v", row, y[i], want)
		}
	}
}
