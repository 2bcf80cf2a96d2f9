package optim_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn/optim"
)

// named returns n parameters with the names p0, p1 and so on.
func named(n int) []*gradus.Value {
	params := gradus.Values(make([]float64, n))
	for i, v := range params {
		v.As("p" + string(rune('0'+i)))
	}
	return params
}

// Groups take the steps that the optimisers take with the parameters of each group alone, to the bit,
// wherever these lie.
func TestGroupsAreIndependent(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	rate := optim.Linear(0.1, 0, 10)
	kinds := []func() optim.Optimizer{
		func() optim.Optimizer { return &optim.SGD{Rate: rate, Momentum: 0.9, WeightDecay: 0.1} },
		func() optim.Optimizer { return optim.Clip(optim.NewAdamW(optim.Constant(0.01)), 1) },
		func() optim.Optimizer { return optim.NewRMSProp(rate) },
		func() optim.Optimizer { return optim.Frozen{} },
	}
	for n := 4; n < 40; n++ {
		params := gradus.Values(make([]float64, n))
		in := make([]int, n) // the group of each parameter; the last one is the rest
		for i := range in {
			in[i] = rng.IntN(4)
			if i > 0 && rng.IntN(3) > 0 {
				in[i] = in[i-1] // so that there are runs
			}
		}
		var groups []optim.Group
		var alone []optim.Optimizer
		for k, kind := range kinds {
			alone = append(alone, kind())
			var members []*gradus.Value
			for _, i := range rng.Perm(n) { // whose order makes no difference
				if in[i] == k {
					members = append(members, params[i], params[i])
				}
			}
			if k < 3 && members != nil {
				groups = append(groups, optim.Group{Params: members, Optimizer: kind()})
			}
		}
		checkGroups(t, optim.NewGroups(kinds[3](), groups...), params, in, alone)
	}
}

// checkGroups takes three steps by Groups and by its optimisers alone.
func checkGroups(t *testing.T, o *optim.Groups, params []*gradus.Value, in []int, alone []optim.Optimizer) {
	t.Helper()
	rng := rand.New(rand.NewPCG(3, 4))
	x, want := make([]float64, len(in)), make([]float64, len(in))
	for i := range x {
		x[i] = rng.NormFloat64()
		want[i] = x[i]
	}
	o.Bind(params)
	for range 3 {
		grad := make([]float64, len(in))
		for i := range grad {
			grad[i] = rng.NormFloat64()
		}
		o.Step(x, grad)
		for k := range alone {
			var part, partGrad []float64
			for i := range in {
				if in[i] == k {
					part, partGrad = append(part, want[i]), append(partGrad, grad[i])
				}
			}
			alone[k].Step(part, partGrad)
			for i := range in {
				if in[i] == k {
					want[i], part = part[0], part[1:]
				}
			}
		}
	}
	if !slices.Equal(x, want) {
		t.Errorf("groups %v: got %v, want %v", in, x, want)
	}
}

// Frozen parameters stay the same to the bit, as of a negative zero or a NaN with a message, whatever
// their gradients and whatever the weight decay of others.
func TestFrozen(t *testing.T) {
	params := named(5)
	frozen := []float64{math.Copysign(0, -1), math.Float64frombits(0x7ff8_0000_dead_beef), 5e-324}
	for _, members := range [][]*gradus.Value{params[:3], {params[0], params[2], params[4]}} {
		o := optim.NewGroups(
			&optim.SGD{Rate: optim.Constant(0.1), Momentum: 0.9, WeightDecay: 0.5},
			optim.Group{Params: members, Optimizer: optim.Frozen{}})
		clipped := optim.Clip(o, 1)
		clipped.Bind(params)
		x, grad := []float64{1, 1, 1, 1, 1}, []float64{1, 1, 1, 1, 1}
		for k, v := range members {
			i := slices.Index(params, v)
			x[i], grad[i] = frozen[k], []float64{nan, inf, 1e300}[k]
		}
		for range 3 {
			clipped.Step(x, grad)
		}
		for i, v := range params {
			k := slices.Index(members, v)
			if k >= 0 && math.Float64bits(x[i]) != math.Float64bits(frozen[k]) {
				t.Errorf("frozen %v became %v", frozen[k], x[i])
			} else if k < 0 && !(x[i] < 1) {
				t.Errorf("a parameter that is not frozen became %v, want less than 1", x[i])
			}
		}
	}
}

// A spy records what it gets.
type spy struct {
	params, grad []float64
	bound        []*gradus.Value
}

func (s *spy) Step(params, grad []float64) { s.params, s.grad = params, grad }
func (s *spy) Bind(params []*gradus.Value) { s.bound = params }

// Parameters that lie side by side are not copied, others come in the order in which they lie, and a
// Binder in a group is told which they are.
func TestGroupsSlices(t *testing.T) {
	params := named(6)
	var together, apart, rest spy
	o := optim.NewGroups(&rest,
		optim.Group{Params: []*gradus.Value{params[2], params[1]}, Optimizer: &together},
		optim.Group{Params: []*gradus.Value{params[5], params[0], params[3]}, Optimizer: &apart})
	optim.Clip(o, 1e9).Bind(params)
	x, grad := []float64{0, 1, 2, 3, 4, 5}, []float64{0, 10, 20, 30, 40, 50}
	o.Step(x, grad)
	if &together.params[0] != &x[1] || &together.grad[0] != &grad[1] || &rest.params[0] != &x[4] {
		t.Error("parameters that lie side by side were copied")
	}
	if cap(together.params) != 2 || cap(together.grad) != 2 {
		t.Error("an optimiser can append to the slice of its group, and so change that of another")
	}
	if diff := cmp.Diff([]float64{0, 3, 5}, apart.params); diff != "" {
		t.Errorf("parameters that lie apart (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]float64{0, 30, 50}, apart.grad); diff != "" {
		t.Errorf("derivatives that lie apart (-want +got):\n%s", diff)
	}
	if !slices.Equal(together.bound, params[1:3]) || !slices.Equal(rest.bound, params[4:5]) ||
		!slices.Equal(apart.bound, []*gradus.Value{params[0], params[3], params[5]}) {
		t.Error("Bind of the optimiser of a group did not get its parameters in the order of Step")
	}
}

// A gradient is clipped by the norm of all groups together, without frozen parameters. A group may be
// clipped on its own.
func TestClippedGroups(t *testing.T) {
	params := named(5)
	var left, right spy
	o := optim.Clip(optim.Clip(optim.NewGroups(&left,
		optim.Group{Params: params[:2], Optimizer: optim.Frozen{}},
		optim.Group{Params: params[3:], Optimizer: optim.Clip(&right, 1)}), 6.5), 1e9)
	o.Bind(params)
	lengths := "optim: Groups.Step: got 1 parameters and 1 derivatives, want 5 of both, as many as Bind got"
	if got := panicOf(func() { o.Step([]float64{1}, []float64{1}) }); got != lengths {
		t.Errorf("panic %q, want %q", got, lengths)
	}
	o.Step(make([]float64, 5), []float64{nan, 1000, 5, 12, 0})
	want := []float64{2.5, 1} // 13 becomes 6.5, and then 6 becomes 1
	if diff := cmp.Diff(want, []float64{left.grad[0], right.grad[0]}, equateClip); diff != "" {
		t.Errorf("derivatives (-want +got):\n%s", diff)
	}
	if right.grad[1] != 0 || len(right.bound) != 2 {
		t.Errorf("the clipped group got %v and %d Values, want 0 second, and 2", right.grad, len(right.bound))
	}
}

// What has no memory may be shared: Frozen, and a type of one's own that is empty or is no pointer.
func TestGroupsMayShare(*testing.T) {
	p, none := named(2), &stateless{}
	for _, o := range []optim.Optimizer{optim.Frozen{}, &optim.Frozen{}, none, step(func(_, _ []float64) {})} {
		optim.NewGroups(o, optim.Group{Params: p[:1], Optimizer: o}, optim.Group{Params: p[1:], Optimizer: o})
	}
}

type stateless struct{}

func (*stateless) Step(_, _ []float64) {}

type step func(params, grad []float64)

func (s step) Step(params, grad []float64) { s(params, grad) }

// Bind may be called again: with other parameters before the first step only, since after it the memory
// has their order.
func TestBindAgain(t *testing.T) {
	p := named(3)
	o := optim.NewGroups(optim.NewAdam(optim.Constant(0.1)),
		optim.Group{Params: p[:1], Optimizer: optim.NewSGD(optim.Constant(1))})
	o.Bind(p)
	swapped := []*gradus.Value{p[1], p[0], p[2]}
	o.Bind(swapped)
	x := []float64{0, 0, 0}
	o.Step(x, []float64{0, 2, 0})
	if x[1] != -2 {
		t.Errorf("x = %v, want -2 second", x)
	}
	o.Bind(slices.Clone(swapped))
	other := "optim: Groups.Bind: the parameters are not those of the 1 steps before, in the same order: " +
		"want a new Groups for them, since this one remembers its steps"
	if got := panicOf(func() { o.Bind(p) }); got != other {
		t.Errorf("panic %q, want %q", got, other)
	}
	fewer := "optim: Groups.Bind: got 2 parameters, want 3 as in the steps before"
	if got := panicOf(func() { o.Bind(p[:2]) }); got != fewer {
		t.Errorf("panic %q, want %q", got, fewer)
	}
	o.Step(x, []float64{0, 1, 0})
	if x[1] != -3 {
		t.Errorf("x = %v after Binds that panicked, want -3 second", x)
	}
}
