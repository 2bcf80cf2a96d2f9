package train_test

import (
	"context"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/layer"
	"github.com/gradus-go/gradus/nn/optim"
	"github.com/gradus-go/gradus/nn/train"
)

// A byValue network embeds a Sequence, of which a copy has no methods, and so no Masks.
type byValue struct{ layer.Sequence }

func (n byValue) Params() []*gradus.Value                        { return n.Sequence.Params() }
func (n byValue) Forward(x ...*gradus.Value) (y []*gradus.Value) { return n.Sequence.Forward(x...) }

// A forgetting network lists the parameters and masks of some of its layers.
type forgetting struct {
	layers []nn.Model
	listed int
}

func (n *forgetting) of() *layer.Sequence     { return &layer.Sequence{Models: n.layers[:n.listed]} }
func (n *forgetting) Params() []*gradus.Value { return n.of().Params() }
func (n *forgetting) Masks() []*nn.Mask       { return n.of().Masks() }
func (n *forgetting) Forward(x ...*gradus.Value) (y []*gradus.Value) {
	return (&layer.Sequence{Models: n.layers}).Forward(x...)
}

// With and without a recording, Run names the layer that a network forgot to list.
func TestUnlisted(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 0))
	dense := func(inputs int) *nn.MLP { return nn.NewMLP(rng, inputs, nn.Dense{Units: 2}) }
	s := layer.NewSequence(dense(1), layer.NewDropout(2, 0.5), dense(2))
	const never = "so that it is never drawn: "
	for _, tt := range []struct {
		name string
		net  nn.Model
		want string
	}{
		{
			"a Sequence by value",
			byValue{*s},
			"Forward uses the mask Sequence.Models[1].Mask, of a layer.Dropout, and a train_test.byValue has no " +
				"method Masks, which a *train_test.byValue has, " + never + "use a pointer to the network, or embed a " +
				"pointer, such as *layer.Sequence",
		},
		{"a pointer to it", &byValue{*s}, ""},
		{
			"no method Masks",
			struct{ nn.Model }{s},
			"Forward uses the mask Model.Models[1].Mask, of a layer.Dropout, and a struct { nn.Model } has no " +
				"method Masks, " + never + "write one that lists it, or embed a pointer, such as " +
				"*layer.Sequence, which has one",
		},
		{
			"a mask that is not listed", &forgetting{[]nn.Model{dense(1), layer.NewNoise(2, 0.5)}, 1},
			"Forward uses the mask layers[1].Mask, of a layer.Noise, and Masks of the network does not list it, " +
				never + "list it there",
		},
		{
			"a parameter that is not listed", &forgetting{[]nn.Model{dense(1), layer.NewLayerNorm(2)}, 1},
			"Forward uses the leaf layers[1].Gain[0] (gain1 = 1), of a layer.LayerNorm, and Params of the network " +
				"does not list it, so that nothing trains it: list it there, or make it a constant with gradus.Const",
		},
	} {
		for name, eager := range ways {
			err := train.Run(context.Background(), train.Config{
				Net: tt.net, Loss: nn.MeanSquaredError, Epochs: 1, Eager: eager,
				Data:      train.Data{X: rows(1, 2, 3), T: [][]float64{{2, 3}, {3, 4}, {4, 5}}},
				Optimizer: optim.NewSGD(optim.Constant(0.1)),
			})
			if got := message(err); got != tt.want && got != "train: "+tt.want {
				t.Errorf("%s, %s: error\n%s, want\n%s", tt.name, name, got, tt.want)
			}
		}
	}
}

// With Eager, a part of the network may be used for some samples alone.
func TestUnlistedForSome(t *testing.T) {
	w, forgotten := gradus.New(1).As("w"), gradus.New(2).As("forgotten")
	c := train.Config{
		Net: model{w, func(x *gradus.Value) *gradus.Value {
			if x.Data < 3 {
				return x.Mul(w)
			}
			return x.Mul(w).Mul(forgotten)
		}},
		Loss: nn.MeanSquaredError, Epochs: 1, Eager: true, Optimizer: optim.NewSGD(optim.Constant(0.001)),
		Data: train.Data{X: rows(1, 2, 3, 4), T: rows(1, 2, 3, 4)},
	}
	err := train.Run(context.Background(), c)
	if got := message(err); !strings.Contains(got, "uses a leaf (forgotten = 2) that is not among") {
		t.Errorf("error %v", err)
	}
}

// A scaled network computes from its parameter once, when it is made, what it should compute in Forward.
type scaled struct{ w, square *gradus.Value }

func newScaled(w float64) scaled {
	v := gradus.New(w).As("w")
	return scaled{v, v.Square()}
}

func (s scaled) Params() []*gradus.Value { return []*gradus.Value{s.w} }
func (s scaled) Forward(x ...*gradus.Value) []*gradus.Value {
	return []*gradus.Value{s.square.Mul(x[0])}
}

// The number of what is computed before Forward does not follow the parameter. With Eager, it would be
// trained with the gradient at its first number for ever, and a Predictor would predict with that number.
func TestStale(t *testing.T) {
	const want = "Forward uses square (4, by square), of a train_test.scaled, which was computed from the " +
		"parameters before and is not computed anew, so that its number stays what it was when they change: " +
		"compute it in Forward"
	for name, eager := range ways {
		err := train.Run(context.Background(), train.Config{
			Net: newScaled(2), Loss: nn.MeanSquaredError, Epochs: 1, Eager: eager,
			Data: train.Data{X: rows(1, 2), T: rows(2, 4)}, Optimizer: optim.NewSGD(optim.Constant(0.1)),
		})
		if got := message(err); got != "train: "+want {
			t.Errorf("%s: error\n%s, want\n%s", name, got, want)
		}
	}
	for _, n := range []int{1, 100} {
		p, err := train.NewPredictor(newScaled(2))
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			y, err := p.Predict(rows(make([]float64, n)...))
			if got := message(err); y != nil || got != "train: Predict: "+want {
				t.Errorf("%d rows: %v, error %s, want %s", n, y, got, want)
			}
		}
	}
}

// What is computed before of constants alone never changes.
func TestConstantBefore(t *testing.T) {
	w, two := gradus.New(1).As("w"), gradus.Const(4).Sqrt()
	for name, eager := range ways {
		w.Data = 1
		m := model{w, func(x *gradus.Value) *gradus.Value { return w.Mul(two).Mul(x) }}
		err := train.Run(context.Background(), train.Config{
			Net: m, Loss: nn.HalfSquaredError, Epochs: 1, Eager: eager,
			Data: train.Data{X: rows(1), T: rows(3)}, Optimizer: optim.NewSGD(optim.Constant(0.25)),
		})
		if err != nil || w.Data != 1.5 {
			t.Errorf("%s: error %v, w = %v, want 1.5", name, err, w.Data)
		}
	}
	p, err := train.NewPredictor(model{w, func(x *gradus.Value) *gradus.Value { return w.Mul(two).Mul(x) }})
	if err != nil {
		t.Fatal(err)
	}
	if y, err := p.Predict(rows(1, 2)); err != nil || y[1][0] != 6 {
		t.Errorf("%v, error %v, want 3 and 6", y, err)
	}
}

type model struct {
	w       *gradus.Value
	forward func(x *gradus.Value) *gradus.Value
}

func (m model) Params() []*gradus.Value { return []*gradus.Value{m.w} }
func (m model) Forward(x ...*gradus.Value) (y []*gradus.Value) {
	return []*gradus.Value{m.forward(x[0])}
}

func message(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
