package health

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/layer"
)

// chain is models one after the other whose parameters have the names that the models gave them.
func chain(models ...nn.Model) *own {
	o := newOwn()
	for _, m := range models {
		o.params = append(o.params, m.Params()...)
	}
	o.forward = func(x vector) vector {
		for _, m := range models {
			x = m.Forward(x...)
		}
		return x
	}
	return o
}

// The neurons of a layer without a name are one part, so that a layer with a few dead ones is not sick.
// Layers whose names differ in a number, and whose weights are called as those of neurons are, stay apart.
func TestLayersWithoutNames(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 0))
	kernel := layer.NewConv(rng, layer.Conv{
		In: layer.Image{Height: 6, Width: 6, Channels: 1}, Filters: 4, Size: 3, Activation: nn.ReLU,
	})
	dead := kernel.Kernel.Neurons[2].B
	mlp := nn.NewMLP(rng, kernel.Outputs(), nn.Dense{Units: 2})
	lstm := layer.NewLSTM(rng, layer.Cell{Inputs: 6, Units: 2})
	gru := layer.NewGRU(rng, layer.Cell{Inputs: 6, Units: 2})
	hidden := newOwn()
	var z []vector
	for _, name := range []string{"hidden1.w", "hidden1.b", "hidden2.w", "hidden2.b"} {
		w := gradus.New(0.5).As(strings.Replace(name, "w", "w1", 1))
		hidden.params = append(hidden.params, w)
		z = append(z, vector{w})
	}
	hidden.forward = func(x vector) vector {
		a := gradus.Dot(z[0], x[:1]).Add(z[1][0]).Tanh()
		return vector{gradus.Dot(z[2], vector{a}).Add(z[3][0])}
	}
	first := layer.Name("first", nn.NewLayer(rng, 36, nn.Dense{Units: 36, Activation: nn.Tanh}))
	twice := nn.NewLayer(rng, 36, nn.Dense{Units: 2, Activation: nn.Tanh})
	depths := chain(first, twice)
	depths.forward = func(x vector) vector {
		a, b := twice.Forward(x...), twice.Forward(first.Forward(x...)...)
		return vector{a[0].Add(b[0]), b[1].Add(a[1])}
	}
	single := layer.NewConv(rng, layer.Conv{In: kernel.In, Filters: 1, Size: 6})
	norms := layer.NewSequence(layer.NewRMSNorm(36), layer.NewLayerNorm(36))
	norm1, norm2 := layer.Name("norm1", layer.NewRMSNorm(36)), layer.Name("norm2", layer.NewRMSNorm(36))
	branches := chain(norm1, norm2)
	branches.forward = func(x vector) vector { return append(norm1.Forward(x...), norm2.Forward(x...)...) }
	filters := func(in layer.Image, n int) *layer.Conv {
		return layer.NewConv(rng, layer.Conv{In: in, Filters: n, Size: 3, Activation: nn.ReLU})
	}
	dense := func(inputs int, units ...int) *nn.MLP {
		return nn.NewMLP(rng, inputs, nn.Stack(nn.Dense{}, units...)...)
	}
	two, few := filters(kernel.In, 2), filters(kernel.In, 1)
	again, more := filters(two.Out(), 2), filters(few.Out(), 2)
	for _, tt := range []struct {
		name    string
		model   nn.Model
		targets int
		bias    float64
		want    Condition
		parts   string
	}{
		{"filters", chain(kernel, mlp), 2, 0, Healthy, "kernel layer1"},
		{"one of four is dead", chain(kernel, mlp), 2, -99, Healthy, "kernel layer1"},
		{"one filter", single, 1, 0, Healthy, "kernel1"},
		{"a cell", lstm, 2, 0, Healthy, "input forget memory output"},
		{"another cell", gru, 2, 0, Healthy, "reset update candidate recall"},
		{"a layer", nn.NewLayer(rng, 36, nn.Dense{Units: 2}), 2, 0, Healthy, "neuron"},
		{"a layer at two depths", depths, 2, 0, Healthy, "first neuron"},
		{"layers side by side", branches, 72, 0, Healthy, "norm1 norm2"},
		{"layers one after the other", hidden, 1, 0, Healthy, "hidden1 hidden2"},
		{"norms", norms, 36, 0, Healthy, "rmsnorm1 layernorm2"},
		{"two layers alike", chain(two, again, dense(8, 2)), 2, 0, Healthy, "kernel kernel#2 layer1"},
		{"one filter, then two", chain(few, more, dense(8, 2)), 2, 0, Healthy, "kernel1 kernel#2 layer1"},
		{"two norms", chain(layer.NewRMSNorm(36), layer.NewRMSNorm(36)), 36, 0, Healthy, "parameters parameters#2"},
		{"two MLPs", chain(dense(36, 2), dense(2, 2, 2)), 2, 0, Healthy, "layer1 layer1#2 layer2#2"},
	} {
		dead.Data = tt.bias
		x, targets := batch(12, 36, tt.targets, 1)
		r, err := Check(tt.model, nn.MeanSquaredError, x, targets, 1e-3)
		if err != nil {
			t.Fatal(tt.name, err)
		}
		var parts []string
		for _, l := range r.Layers {
			parts = append(parts, l.Name)
		}
		if got := strings.Join(parts, " "); r.Condition != tt.want || got != tt.parts {
			t.Errorf("%s: %s, parts %s, want %s and %s:\n%v", tt.name, r.Condition, got, tt.want, tt.parts, r)
		}
	}
}
