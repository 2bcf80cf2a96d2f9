package optim_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/doccheck"
	"github.com/gradus-go/gradus/nn/optim"
)

func TestEverySymbolHasAnExample(t *testing.T) {
	doccheck.TestExamples(t, ".")
}

var nan, inf = math.NaN(), math.Inf(1)

// optimizers returns one optimiser of each kind. At a rate of 0.1 each of them visibly changes the
// parameters, of which there are as many as Values.
func optimizers(params []*gradus.Value) map[string]optim.Optimizer {
	tenth := optim.Constant(0.1)
	coupled := optim.NewAdam(tenth)
	coupled.WeightDecay = 0.1
	rms := optim.NewRMSProp(tenth)
	rms.Momentum, rms.Centered, rms.WeightDecay = 0.9, true, 0.1
	centered := optim.NewRMSProp(optim.Linear(0.1, 0, 10))
	centered.Centered = true
	all := map[string]optim.Optimizer{
		"SGD":               optim.NewSGD(tenth),
		"SGD, rate":         optim.NewSGD(optim.WarmUp(3, optim.StepDecay(0.1, 0.5, 2))),
		"SGD, momentum":     &optim.SGD{Rate: tenth, Momentum: 0.9, WeightDecay: 0.1},
		"SGD, Nesterov":     &optim.SGD{Rate: tenth, Momentum: 0.9, WeightDecay: 0.1, Nesterov: true},
		"RMSProp":           optim.NewRMSProp(tenth),
		"RMSProp, momentum": &optim.RMSProp{Rate: tenth, Decay: 0.9, Epsilon: 0.1, Momentum: 0.5},
		"RMSProp, centered": centered,
		"RMSProp, all":      rms,
		"Adam":              coupled,
		"AdamW":             optim.NewAdamW(tenth),
		"Clip":              optim.Clip(&optim.SGD{Rate: tenth, Momentum: 0.9}, 0.5),
		"Groups":            groupsOf(params),
		"Clip of groups":    optim.Clip(groupsOf(params), 0.5),
	}
	for _, o := range all {
		if b, ok := o.(optim.Binder); ok {
			b.Bind(params)
		}
	}
	return all
}

// groupsOf returns groups of the parameters: the first half of those with an even position, which lie
// apart; the second half of them, frozen; and the rest.
func groupsOf(params []*gradus.Value) *optim.Groups {
	var even []*gradus.Value
	for i := 0; i < len(params); i += 2 {
		even = append(even, params[i])
	}
	var groups []optim.Group
	if n := len(even) / 2; n > 0 {
		sgd := &optim.SGD{Rate: optim.Exponential(0.1, 0.5), Momentum: 0.9}
		groups = []optim.Group{{even[:n], optim.Clip(sgd, 1)}, {even[n:], optim.Frozen{}}}
	}
	return optim.NewGroups(optim.NewAdamW(optim.Constant(0.1)), groups...)
}

func TestStepLeavesGradAlone(t *testing.T) {
	for name, o := range optimizers(gradus.Values(make([]float64, 3))) {
		want := []float64{3, -4, 0}
		x, grad := []float64{1, 2, 3}, slices.Clone(want)
		for range 3 {
			o.Step(x, grad)
		}
		if !slices.Equal(grad, want) {
			t.Errorf("%s: grad = %v after steps, want %v as before", name, grad, want)
		}
	}
}

// Two optimisers of one kind share nothing, and the slices may be other ones in each step.
func TestOptimizersAreIndependent(t *testing.T) {
	params := gradus.Values(make([]float64, 2))
	first, second := optimizers(params), optimizers(params)
	for name := range first {
		x, y := []float64{1, 2}, []float64{1, 2}
		for i := range 3 {
			grad := []float64{float64(i), -1}
			first[name].Step(x, grad)
			x = slices.Clone(x)
			second[name].Step(y, grad)
		}
		if !slices.Equal(x, y) {
			t.Errorf("%s: %v and %v after the same steps", name, x, y)
		}
	}
}

func TestNoAllocations(t *testing.T) {
	for name, o := range optimizers(gradus.Values(make([]float64, 1000))) {
		x, grad := make([]float64, 1000), make([]float64, 1000)
		o.Step(x, grad)
		if n := testing.AllocsPerRun(100, func() { o.Step(x, grad) }); n != 0 {
			t.Errorf("%s: %v allocations a step, want none after the first", name, n)
		}
	}
}

func TestNoParameters(*testing.T) {
	for _, o := range optimizers(nil) {
		o.Step(nil, nil)
		o.Step([]float64{}, nil)
	}
}

// A derivative that is not finite affects its own parameter only, and for good.
func TestNotFinite(t *testing.T) {
	for _, tt := range []struct {
		name string
		g    float64
		x    []float64 // after that gradient, and after another of 1
	}{
		{"SGD", nan, []float64{nan, nan}},
		{"SGD", inf, []float64{-inf, -inf}},
		{"SGD", -inf, []float64{inf, inf}},
		{"SGD, momentum", nan, []float64{nan, nan}},
		{"SGD, momentum", inf, []float64{-inf, nan}}, // the decay pulls back with all its might
		{"SGD, Nesterov", nan, []float64{nan, nan}},
		{"SGD, Nesterov", -inf, []float64{inf, nan}},
		{"RMSProp", nan, []float64{nan, nan}},
		{"RMSProp", inf, []float64{nan, nan}},           // g/√v = ∞/∞
		{"RMSProp, centered", nan, []float64{nan, nan}}, // max(0, NaN) is NaN
		{"RMSProp, centered", inf, []float64{nan, nan}},
		{"RMSProp, momentum", nan, []float64{nan, nan}},
		{"Adam", nan, []float64{nan, nan}},
		{"Adam", inf, []float64{nan, nan}}, // m̂/√v̂ = ∞/∞
		{"AdamW", -inf, []float64{nan, nan}},
	} {
		o, twin := optimizers(nil)[tt.name], optimizers(nil)[tt.name]
		x, healthy := []float64{1, 1, 1}, []float64{1}
		for i, g := range []float64{tt.g, 1} {
			o.Step(x, []float64{1, g, 1})
			twin.Step(healthy, []float64{1})
			want := []float64{healthy[0], tt.x[i], healthy[0]}
			if diff := cmp.Diff(want, x, cmpopts.EquateNaNs()); diff != "" {
				t.Errorf("%s: step %d, after g = %v (-want +got):\n%s", tt.name, i, tt.g, diff)
			}
		}
	}
}

// panicOf returns what f panics with, as a sentence.
func panicOf(f func()) (sentence string) {
	defer func() {
		if r := recover(); r != nil {
			sentence = fmt.Sprint(r)
		}
	}()
	f()
	return ""
}

func TestPanics(t *testing.T) {
	rate, none := optim.Constant(0.1), []float64{}
	sgd := func(o optim.SGD) func() { return func() { o.Step(none, none) } }
	atRate := func(rate float64) func() { return sgd(optim.SGD{Rate: optim.Constant(rate)}) }
	adam := func(change func(*optim.Adam)) func() {
		o := optim.NewAdam(rate)
		change(o)
		return func() { o.Step(none, none) }
	}
	rms := func(change func(*optim.RMSProp)) func() {
		o := optim.NewRMSProp(rate)
		change(o)
		return func() { o.Step(none, none) }
	}
	positive := "want a finite number > 0"
	const still = ": the rate is 0, want more, since nothing would be learned; in Go 1/10 is 0, and 1.0/10 is " +
		"not; Frozen leaves parameters as they are"
	fraction, amount := "want a number ≥ 0 and < 1", "want a finite number ≥ 0"
	for _, tt := range []struct {
		want string
		f    func()
	}{
		{"SGD.Rate is nil, want one, such as optim.Constant(0.01)", sgd(optim.SGD{})},
		{"SGD: the learning rate of step 0 is -1, " + amount, atRate(-1)},
		{"SGD: the learning rate of step 0 is NaN, " + amount, atRate(nan)},
		{"SGD: the learning rate of step 0 is +Inf, " + amount, atRate(inf)},
		{"SGD.Momentum is -0.1, " + fraction, sgd(optim.SGD{Rate: rate, Momentum: -0.1})},
		{"SGD.Momentum is 1, " + fraction, sgd(optim.SGD{Rate: rate, Momentum: 1})},
		{"SGD.Momentum is NaN, " + fraction, sgd(optim.SGD{Rate: rate, Momentum: nan})},
		{"SGD.WeightDecay is -1, " + amount, sgd(optim.SGD{Rate: rate, WeightDecay: -1})},
		{"SGD.WeightDecay is NaN, " + amount, sgd(optim.SGD{Rate: rate, WeightDecay: nan})},
		{"SGD.WeightDecay is +Inf, " + amount, sgd(optim.SGD{Rate: rate, WeightDecay: inf})},
		{
			"SGD.Nesterov is set and SGD.Momentum is 0, want a momentum > 0, such as 0.9",
			sgd(optim.SGD{Rate: rate, Nesterov: true, WeightDecay: 1}),
		},
		{
			"RMSProp.Rate is nil, want one, such as optim.Constant(0.01)",
			rms(func(r *optim.RMSProp) { r.Rate = nil }),
		},
		{"RMSProp.Decay is 1, " + fraction, rms(func(r *optim.RMSProp) { r.Decay = 1 })},
		{"RMSProp.Decay is NaN, " + fraction, rms(func(r *optim.RMSProp) { r.Decay = nan })},
		{"RMSProp.Epsilon is 0, " + positive, rms(func(r *optim.RMSProp) { r.Epsilon = 0 })},
		{"RMSProp.Momentum is 1, " + fraction, rms(func(r *optim.RMSProp) { r.Momentum = 1 })},
		{"RMSProp.WeightDecay is -1, " + amount, rms(func(r *optim.RMSProp) { r.WeightDecay = -1 })},
		{"Adam.Rate is nil, want one, such as optim.Constant(0.01)", adam(func(a *optim.Adam) { a.Rate = nil })},
		{"Adam.Beta1 is 1, " + fraction, adam(func(a *optim.Adam) { a.Beta1 = 1 })},
		{"Adam.Beta1 is -0.9, " + fraction, adam(func(a *optim.Adam) { a.Beta1 = -0.9 })},
		{"Adam.Beta2 is NaN, " + fraction, adam(func(a *optim.Adam) { a.Beta2 = nan })},
		{"Adam.Beta2 is 1.5, " + fraction, adam(func(a *optim.Adam) { a.Beta2 = 1.5 })},
		{"Adam.Epsilon is 0, " + positive, adam(func(a *optim.Adam) { a.Epsilon = 0 })},
		{"Adam.Epsilon is NaN, " + positive, adam(func(a *optim.Adam) { a.Epsilon = nan })},
		{"Adam.Epsilon is +Inf, " + positive, adam(func(a *optim.Adam) { a.Epsilon = inf })},
		{"Adam.WeightDecay is -1, " + amount, adam(func(a *optim.Adam) { a.WeightDecay = -1 })},
		{"Constant" + still, func() { optim.Constant(0) }},
		{"Linear" + still, func() { optim.Linear(0, 0, 5) }},
		{"Cosine" + still, func() { optim.Cosine(0, 0, 5) }},
		{"StepDecay" + still, func() { optim.StepDecay(0, 0.5, 5) }},
		{"Exponential" + still, func() { optim.Exponential(0, 0.5) }},
		{"Linear: steps is 0, want at least 1", func() { optim.Linear(1, 0, 0) }},
		{"Cosine: steps is -5, want at least 1", func() { optim.Cosine(1, 0, -5) }},
		{"StepDecay: every is 0, want at least 1", func() { optim.StepDecay(1, 0.5, 0) }},
		{"StepDecay: factor is 0, " + positive, func() { optim.StepDecay(1, 0, 1) }},
		{"Exponential: factor is NaN, " + positive, func() { optim.Exponential(1, nan) }},
		{"Exponential: factor is -1, " + positive, func() { optim.Exponential(1, -1) }},
		{"WarmUp: steps is -1, want at least 0", func() { optim.WarmUp(-1, rate) }},
		{"WarmUp: the Rate is nil, want one, such as optim.Constant(0.01)", func() { optim.WarmUp(1, nil) }},
		{
			"Frozen: got 1 parameters and 0 derivatives, want the same number of both",
			func() { optim.Frozen{}.Step([]float64{1}, nil) },
		},
		{"Clip: the Optimizer is nil, want one to do the steps", func() { optim.Clip(nil, 1) }},
		{"Clip: limit is 0, " + positive, func() { optim.Clip(optim.NewSGD(rate), 0) }},
		{"Clip: limit is NaN, " + positive, func() { optim.Clip(optim.NewSGD(rate), nan) }},
		{"ClipNorm: limit is -1, " + positive, func() { optim.ClipNorm(none, -1) }},
	} {
		if got := panicOf(tt.f); got != "optim: "+tt.want {
			t.Errorf("panic %q, want %q", got, "optim: "+tt.want)
		}
	}
}

// A step that panics changes nothing, and is not counted.
func TestLengths(t *testing.T) {
	for name, o := range map[string]optim.Optimizer{
		"SGD":     &optim.SGD{Rate: optim.Linear(1, 0, 2), Momentum: 0.5},
		"Adam":    optim.NewAdam(optim.Linear(1, 0, 2)),
		"RMSProp": &optim.RMSProp{Rate: optim.Linear(1, 0, 2), Epsilon: 1e-9},
	} {
		x, one := []float64{0, 0}, []float64{1, 1}
		for _, tt := range []struct {
			params, grad []float64
			want         string
		}{
			{x, one[:1], name + ": got 2 parameters and 1 derivatives, want the same number of both"},
			{x, one, ""},
			{x[:1], one[:1], name + ": got 1 parameters, want 2 as in the step before"},
			{x[:1], one, name + ": got 1 parameters and 2 derivatives, want the same number of both"},
			{x, one, ""},
		} {
			before := slices.Clone(x)
			got := panicOf(func() { o.Step(tt.params, tt.grad) })
			if strings.TrimPrefix(got, "optim: ") != tt.want {
				t.Errorf("panic %q, want %q after optim:", got, tt.want)
			}
			if changed := !slices.Equal(x, before); changed != (tt.want == "") {
				t.Errorf("%s: changed = %t in a step that panics with %q", name, changed, tt.want)
			}
		}
		// Rates of 1 and ½; SGD's velocity is 1, then 1.5, and all steps of Adam, and of RMSProp
		// without a memory, are of η.
		want := map[string]float64{"SGD": -1 - 0.5*1.5, "Adam": -1.5, "RMSProp": -1.5}[name]
		if diff := cmp.Diff([]float64{want, want}, x, cmpopts.EquateApprox(0, 2e-8)); diff != "" {
			t.Errorf("%s: after steps of rates 1 and ½ (-want +got):\n%s", name, diff)
		}
	}
}

// An optimiser that has done steps is not for other parameters: its memory and the number of its next step
// would be those of the first ones. What it does with the same ones is not changed by Bind.
func TestBind(t *testing.T) {
	all := map[string]optim.Binder{
		"SGD": optim.NewSGD(optim.Constant(0.1)), "Adam": optim.NewAdam(optim.Constant(0.1)),
		"RMSProp": optim.NewRMSProp(optim.Constant(0.1)),
	}
	for name, o := range all {
		p, other := gradus.Values([]float64{1, 2}), gradus.Values([]float64{1, 2})
		o.Bind(other)
		o.Bind(p) // before the first step, others are no harm
		x, grad := []float64{1, 2}, []float64{1, 1}
		o.Step(x, grad)
		o.Bind(slices.Clone(p))
		o.Step(x, grad)
		want := fmt.Sprintf("optim: %s.Bind: the parameters are not those of the 2 steps before, in the same "+
			"order: want a new %s for them, since this one remembers its steps", name, name)
		for _, wrong := range [][]*gradus.Value{other, {p[1], p[0]}, p[:1]} {
			if got := panicOf(func() { o.Bind(wrong) }); got != want {
				t.Errorf("panic %q, want %q", got, want)
			}
		}
		o.Bind(p)
	}
	clipped := optim.Clip(all["Adam"], 1)
	got := panicOf(func() { clipped.Bind(gradus.Values([]float64{1})) })
	if !strings.Contains(got, "want a new Adam") {
		t.Errorf("panic %q, want one of the optimiser that is clipped", got)
	}
}
