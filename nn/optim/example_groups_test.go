package optim_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/optim"
	"github.com/gradus-go/gradus/replay"
)

// Two rates and a frozen layer: the first layer of a network stays as it is, the second is trained by
// small steps, and the third by large ones.
func ExampleNewGroups() {
	tanh := func(units int) nn.Dense { return nn.Dense{Units: units, Activation: nn.Tanh} }
	net := nn.NewMLP(rand.New(rand.NewPCG(1, 2)), 2, tanh(3), tanh(3), nn.Dense{Units: 1})
	x, t := gradus.Values([]float64{1, -1}), gradus.Values([]float64{0.5})
	p, err := replay.Record(nn.SumSquaredErrors(net.Forward(x...), t), append(x, t...)...)
	if err != nil {
		fmt.Println(err)
		return
	}

	o := optim.NewGroups(optim.NewSGD(optim.Constant(0.001)), // of all that is in no group
		optim.Group{Params: net.Layers[0].Params(), Optimizer: optim.Frozen{}},
		optim.Group{Params: net.Layers[2].Params(), Optimizer: optim.NewSGD(optim.Constant(0.1))})
	o.Bind(p.Params())

	p.Forward(1, -1, 0.5)
	p.Backward()
	before := append([]float64{}, p.Numbers()...)
	o.Step(p.Numbers(), p.Gradient())
	for k, layer := range net.Layers {
		b := p.Index(layer.Neurons[0].B)
		fmt.Printf("layer %d: a bias with the derivative %+.4f moves by %+.6f\n",
			k+1, p.Gradient()[b], p.Numbers()[b]-before[b])
	}
	// Output:
	// layer 1: a bias with the derivative -0.0437 moves by +0.000000
	// layer 2: a bias with the derivative +0.1294 moves by -0.000129
	// layer 3: a bias with the derivative +0.4117 moves by -0.041175
}

// No decay on biases: AdamW pulls weights towards 0, and another AdamW without decay is for biases,
// whose names end with b.
func ExampleNewGroups_biases() {
	net := nn.NewMLP(rand.New(rand.NewPCG(1, 2)), 2, nn.Dense{Units: 3, Activation: nn.Tanh}, nn.Dense{Units: 1})
	var biases []*gradus.Value
	for _, v := range net.Params() {
		if strings.HasSuffix(v.Name(), "b") {
			biases = append(biases, v)
		}
	}
	weights, bare := optim.NewAdamW(optim.Constant(0.01)), optim.NewAdamW(optim.Constant(0.01))
	weights.WeightDecay, bare.WeightDecay = 0.5, 0
	o := optim.NewGroups(weights, optim.Group{Params: biases, Optimizer: bare})
	o.Bind(net.Params())

	x, grad := make([]float64, len(net.Params())), make([]float64, len(net.Params()))
	for i := range x {
		x[i] = 1
	}
	o.Step(x, grad) // no gradient: decay alone
	fmt.Println(x)
	// Output:
	// [0.995 0.995 1 0.995 0.995 1 0.995 0.995 1 0.995 0.995 0.995 1]
}

// A group has a rate of its own, which may change from step to step.
func ExampleGroup() {
	w := gradus.Values([]float64{1, 1, 1})
	slow := optim.Group{Params: w[:1], Optimizer: optim.NewSGD(optim.Linear(0.1, 0, 2))}
	o := optim.NewGroups(optim.NewSGD(optim.Constant(0.5)), slow)
	o.Bind(w)
	x := []float64{1, 1, 1}
	for range 3 {
		o.Step(x, []float64{1, 1, 1})
		fmt.Printf("%.2f\n", x)
	}
	// Output:
	// [0.90 0.50 0.50]
	// [0.85 0.00 0.00]
	// [0.85 -0.50 -0.50]
}

// All groups together are clipped to a norm of 1. A group could be clipped on its own, too.
func ExampleGroups() {
	w := gradus.Values([]float64{0, 0, 0})
	groups := optim.NewGroups(optim.NewSGD(optim.Constant(1)),
		optim.Group{Params: w[1:2], Optimizer: optim.NewSGD(optim.Constant(0.5))},
		optim.Group{Params: w[2:], Optimizer: optim.Frozen{}})
	o := optim.Clip(groups, 1)
	o.Bind(w)
	x := []float64{0, 0, 0}
	o.Step(x, []float64{3, 4, 1000}) // the derivative of a frozen parameter does not count
	fmt.Printf("%.3f\n", x)
	// Output:
	// [-0.600 -0.400 0.000]
}

// Bind tells the order of the parameters, here that of a network.
func ExampleGroups_Bind() {
	a, b := gradus.New(1).As("a"), gradus.New(1).As("b")
	o := optim.NewGroups(nil, // there is no rest
		optim.Group{Params: []*gradus.Value{a}, Optimizer: optim.NewSGD(optim.Constant(0.1))},
		optim.Group{Params: []*gradus.Value{b}, Optimizer: optim.NewSGD(optim.Constant(0.5))})
	o.Bind([]*gradus.Value{b, a})
	x := []float64{b.Data, a.Data}
	o.Step(x, []float64{1, 1})
	fmt.Printf("b = %v, a = %v\n", x[0], x[1])
	// Output:
	// b = 0.5, a = 0.9
}

// Without Bind, Groups do not know which numbers belong to which group.
func ExampleGroups_Step() {
	w := gradus.Values([]float64{1, 2})
	o := optim.NewGroups(optim.NewSGD(optim.Constant(0.5)),
		optim.Group{Params: w[:1], Optimizer: optim.Frozen{}})
	func() {
		defer func() { fmt.Println(recover()) }()
		o.Step([]float64{1, 2}, []float64{1, 1})
	}()
	o.Bind(w)
	x := []float64{1, 2}
	o.Step(x, []float64{1, 1})
	fmt.Println(x)
	// Output:
	// optim: Groups.Step: the parameters are not known, call Bind before, as in o.Bind(p.Params())
	// [1 1.5]
}

// The State has one State for each group, and one for the rest.
func ExampleGroups_State() {
	w := gradus.Values([]float64{1, 2, 3})
	o := optim.NewGroups(&optim.SGD{Rate: optim.Constant(0.1), Momentum: 0.9},
		optim.Group{Params: w[:1], Optimizer: optim.Frozen{}})
	o.Bind(w)
	o.Step([]float64{1, 2, 3}, []float64{5, 6, 7})
	for _, s := range o.State().Groups {
		text, err := json.Marshal(s)
		fmt.Println(string(text), err)
	}
	// Output:
	// {"steps":0,"params":0,"kind":"Frozen","memory":null} <nil>
	// {"steps":1,"params":2,"kind":"SGD","memory":[[6,7]]} <nil>
}

// Groups that are restored take the same steps. A State of other groups is refused.
func ExampleGroups_Restore() {
	w := gradus.Values([]float64{1, 2, 3})
	groups := func(n int) *optim.Groups {
		o := optim.NewGroups(optim.NewAdam(optim.Constant(0.1)),
			optim.Group{Params: w[:n], Optimizer: &optim.SGD{Rate: optim.Constant(0.1), Momentum: 0.9}})
		o.Bind(w)
		return o
	}
	whole, x, grad := groups(1), []float64{1, 2, 3}, []float64{5, 6, 7}
	whole.Step(x, grad)
	restored, y := groups(1), append([]float64{}, x...)
	fmt.Println(restored.Restore(whole.State()))
	whole.Step(x, grad)
	restored.Step(y, grad)
	fmt.Println(x[0] == y[0], x[1] == y[1], x[2] == y[2])
	fmt.Println(groups(2).Restore(whole.State()))
	// Output:
	// <nil>
	// true true true
	// optim: Groups.Restore: the state of group 1 of 1 is that of 1 parameters, want 2
}

// A loop of one's own, for any optimiser, calls Bind if there is one.
func ExampleBinder() {
	w := gradus.Values([]float64{1, 1})
	for _, o := range []optim.Optimizer{
		optim.NewSGD(optim.Constant(0.5)),
		optim.NewGroups(optim.NewSGD(optim.Constant(0.5)), optim.Group{Params: w[1:], Optimizer: optim.Frozen{}}),
	} {
		if b, ok := o.(optim.Binder); ok {
			b.Bind(w)
		}
		x := []float64{1, 1}
		o.Step(x, []float64{1, 1})
		fmt.Println(x)
	}
	// Output:
	// [0.5 0.5]
	// [0.5 1]
}

// To train some parameters alone, freeze the rest.
func ExampleFrozen() {
	w := gradus.Values([]float64{1, 1, 1})
	o := optim.NewGroups(optim.Frozen{},
		optim.Group{Params: w[2:], Optimizer: optim.NewSGD(optim.Constant(0.5))})
	o.Bind(w)
	x := []float64{1, 1, 1}
	o.Step(x, []float64{1, 1, 1})
	fmt.Println(x)
	// Output:
	// [1 1 0.5]
}

func ExampleFrozen_Step() {
	x := []float64{1, 2}
	optim.Frozen{}.Step(x, []float64{100, -100})
	fmt.Println(x)
	// Output:
	// [1 2]
}

func ExampleFrozen_State() {
	fmt.Println(optim.Frozen{}.State().Steps)
	// Output:
	// 0
}

// What was trained cannot be restored as frozen: the velocity would be lost.
func ExampleFrozen_Restore() {
	s := &optim.SGD{Rate: optim.Constant(0.1), Momentum: 0.9}
	s.Step([]float64{1}, []float64{1})
	fmt.Println(optim.Frozen{}.Restore(s.State()))
	// Output:
	// optim: Frozen.Restore: the state has 1 steps, want that of frozen parameters, which has none
}

// A signs is an optimiser of one's own, whose steps are all as long. It has no State.
type signs struct{ rate float64 }

func (s *signs) Step(params, grad []float64) {
	for i, g := range grad {
		if g < 0 {
			params[i] += s.rate
		} else if g > 0 {
			params[i] -= s.rate
		}
	}
}

// Before hours of training, ask whether it can be resumed.
func ExampleAsResumable() {
	for _, o := range []optim.Optimizer{
		optim.Clip(optim.NewAdam(optim.Constant(0.1)), 1),
		optim.Clip(&signs{rate: 0.1}, 1),
	} {
		_, err := optim.AsResumable(o)
		fmt.Println(err)
	}
	// Output:
	// <nil>
	// optim: the optimiser, a *optim_test.signs, cannot be resumed, want one with methods State and Restore
}

// After ten steps of a rate that falls to 0, an optimiser would not move another network at all.
func ExampleAdam_Bind() {
	o := optim.NewAdam(optim.Linear(0.1, 0, 10))
	first, second := gradus.Values([]float64{1}), gradus.Values([]float64{1})
	o.Bind(first)
	for range 10 {
		o.Step([]float64{1}, []float64{1})
	}
	defer func() { fmt.Println(strings.ReplaceAll(fmt.Sprint(recover()), ": ", ":\n  ")) }()
	o.Bind(second)
	// Output:
	// optim:
	//   Adam.Bind:
	//   the parameters are not those of the 10 steps before, in the same order:
	//   want a new Adam for them, since this one remembers its steps
}

func ExampleSGD_Bind() {
	o := optim.NewSGD(optim.Constant(0.5))
	w := gradus.Values([]float64{1, 2})
	o.Bind(w)
	x := []float64{1, 2}
	o.Step(x, []float64{1, 1})
	o.Bind(w) // the same again
	fmt.Println(x)
	// Output:
	// [0.5 1.5]
}

func ExampleRMSProp_Bind() {
	o := optim.NewRMSProp(optim.Constant(0.5))
	o.Bind(gradus.Values([]float64{1, 2}))
	o.Bind(gradus.Values([]float64{3})) // no step was done with the others
	x := []float64{3}
	o.Step(x, []float64{0})
	fmt.Println(x)
	// Output:
	// [3]
}
