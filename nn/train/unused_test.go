package train_test

import (
	"context"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/optim"
	"github.com/gradus-go/gradus/nn/train"
)

// A linear network computes what a function of its parameters does.
type linear struct {
	params  []*gradus.Value
	forward func(p []*gradus.Value, x *gradus.Value) *gradus.Value
}

func (l linear) Params() []*gradus.Value { return l.params }
func (l linear) Forward(x ...*gradus.Value) []*gradus.Value {
	return []*gradus.Value{l.forward(l.params, x[0])}
}

// A parameter of which only the Data is used has no gradient, and would keep its number.
func TestParameterAsNumber(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 0))
	for _, tt := range []struct {
		name    string
		forward func(p []*gradus.Value, x *gradus.Value) *gradus.Value
		want    string // the parameter; empty if nothing is wrong
	}{
		{"as a factor", func(p []*gradus.Value, x *gradus.Value) *gradus.Value {
			return x.Mul(p[1].Data).Add(p[0])
		}, "p2 = 2"},
		{"as the last of several", func(p []*gradus.Value, x *gradus.Value) *gradus.Value {
			return x.Mul(p[0]).Add(p[3].Data)
		}, "p4 = 4"},
		{"in a constant", func(p []*gradus.Value, x *gradus.Value) *gradus.Value {
			return x.Mul(p[0]).Mul(gradus.Const(p[2].Data))
		}, "p3 = 3"},
		{"all are used", func(p []*gradus.Value, x *gradus.Value) *gradus.Value {
			return gradus.Sum(p...).Mul(x)
		}, ""},
		{"some do not matter", func(p []*gradus.Value, x *gradus.Value) *gradus.Value {
			return p[0].Mul(x)
		}, ""},
		{"some do not matter, and a number is random", func(p []*gradus.Value, x *gradus.Value) *gradus.Value {
			return p[0].Mul(x).Mul(rng.Float64())
		}, ""},
	} {
		for name, eager := range ways {
			if isRandom := strings.HasSuffix(tt.name, "random"); isRandom && !eager {
				continue // which cannot be recorded
			}
			l := linear{gradus.Values([]float64{1, 2, 3, 4}), tt.forward}
			for i, p := range l.params {
				p.As("p" + string(rune('1'+i)))
			}
			err := train.Run(context.Background(), train.Config{
				Net: l, Loss: nn.MeanSquaredError, Epochs: 1, Eager: eager,
				Data: train.Data{X: rows(1, 2), T: rows(2, 4)}, Optimizer: optim.Frozen{},
			})
			want := ""
			if tt.want != "" {
				want = "train: the parameter " + tt.want + " of the network is used as a number, by its Data, so that " +
					"it has no gradient and nothing trains it: compute with the Value itself, or do not list it in Params"
			}
			if got := message(err); got != want {
				t.Errorf("%s, %s: error\n%s, want\n%s", tt.name, name, got, want)
			}
			for i, p := range l.params {
				if p.Data != float64(i+1) {
					t.Errorf("%s, %s: %v afterwards, want %d", tt.name, name, p, i+1)
				}
			}
		}
	}
}

// A part that is used for some samples alone is used.
func TestUsedForSome(t *testing.T) {
	l := linear{gradus.Values([]float64{1, 2}), func(p []*gradus.Value, x *gradus.Value) *gradus.Value {
		if x.Data+p[1].Data < 4 {
			return p[0].Mul(x)
		}
		return p[1].Mul(x)
	}}
	err := train.Run(context.Background(), train.Config{
		Net: l, Loss: nn.MeanSquaredError, Epochs: 1, Eager: true,
		Data: train.Data{X: rows(1, 2, 3), T: rows(3, 5, 7)}, Optimizer: optim.NewSGD(optim.Constant(0.01)),
	})
	if err != nil || l.params[1].Data == 2 {
		t.Errorf("error %v, parameters %v, want both trained", err, l.params)
	}
}

// A network that applies σ or softmax itself is not trained with a loss that does so, too.
func TestProbabilitiesAsLogits(t *testing.T) {
	for _, tt := range []struct {
		activation nn.Activation
		loss       nn.Loss
		want       string
	}{
		{nn.Sigmoid, nn.BinaryCrossEntropy, "the loss, a binary cross-entropy, applies σ to the outputs, "},
		{nn.Sigmoid, nn.SoftmaxCrossEntropy, "the loss, a cross-entropy, applies softmax to the outputs, "},
		{nn.Sigmoid, nn.MeanSquaredError, ""},
		{nn.Identity, nn.BinaryCrossEntropy, ""},
	} {
		for name, eager := range ways {
			net := nn.NewMLP(rand.New(rand.NewPCG(1, 0)), 1, nn.Dense{Units: 2, Activation: tt.activation})
			err := train.Run(context.Background(), train.Config{
				Net: net, Loss: tt.loss, Epochs: 1, Eager: eager,
				Data:      train.Data{X: rows(1, 2), T: [][]float64{{0, 1}, {1, 0}}},
				Optimizer: optim.NewSGD(optim.Constant(0.1)),
			})
			got, _ := strings.CutPrefix(message(err), "train: ")
			if !strings.HasPrefix(got, tt.want) || tt.want == "" && err != nil {
				t.Errorf("%s, %s: error %q, want %q", tt.activation.Name(), name, got, tt.want)
			}
		}
	}
}
