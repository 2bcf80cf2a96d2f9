package compile_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/replay"
	"github.com/gradus-go/gradus/replay/internal/graphs"
)

// What is written twice is computed once.
func TestCommon(t *testing.T) {
	x, w := graphs.Values(6), graphs.Values(6)
	own := gradus.Func1("own", math.Sin, math.Cos)
	softmax := func(z []*gradus.Value) (shares []*gradus.Value) {
		for _, v := range z {
			var terms []*gradus.Value
			for _, u := range z {
				terms = append(terms, u.Exp())
			}
			shares = append(shares, v.Exp().Div(gradus.Sum(terms...)))
		}
		return shares
	}
	dot := func(i int) *gradus.Value { return x[i].Mul(x[i+1]).Add(x[i+2].Mul(x[i+3])) }
	layer := func() []*gradus.Value {
		return graphs.Layer(2, w, x[:2], graphs.Writers["Sum"], (*gradus.Value).Tanh)
	}
	for _, tt := range []struct {
		name     string
		recorder replay.Recorder
		terms    []*gradus.Value
		want     string
	}{
		{
			"a function",
			replay.Recorder{},
			[]*gradus.Value{x[0].Exp().Sin(), x[0].Exp().Cos()},
			"t[0] = exp(x[0])\nt[1] = sin(t[0])\nt[2] = cos(t[0])",
		},
		{
			"unless it is switched off",
			replay.Recorder{Without: replay.Common},
			[]*gradus.Value{x[0].Exp().Sin(), x[0].Exp().Cos()},
			"t[0] = exp(x[0])\nt[1] = exp(x[0])\nt[2] = sin(t[0])\nt[3] = cos(t[1])",
		},
		{
			"or the numbers must be exact",
			replay.Recorder{Exact: true},
			[]*gradus.Value{x[0].Exp().Sin(), x[0].Exp().Cos()},
			"t[0] = exp(x[0])\nt[1] = sin(t[0])\nt[2] = exp(x[0])\nt[3] = cos(t[2])",
		},
		{
			"a function of a function",
			replay.Recorder{},
			[]*gradus.Value{x[0].Exp().Sin().Abs(), x[0].Exp().Sin().Tan()},
			"t[0] = exp(x[0])\nt[1] = sin(t[0])\nt[2] = abs(t[1])\nt[3] = tan(t[1])",
		},
		{
			"of several operands",
			replay.Recorder{},
			[]*gradus.Value{
				gradus.Where(x[0], x[1], x[2]).Sin(), gradus.Where(x[0], x[1], x[2]).Cos(),
				gradus.LogSumExp(x[:3]...).Sin(), gradus.LogSumExp(x[:3]...).Cos(),
			},
			"t[0] = logsumexp(x[0:3])\nt[1] = where(x[0], x[1], x[2])\nt[2:4] = sin(t[0:2])\nt[4:6] = cos(t[0:2])",
		},
		{
			"which must come in the same order",
			replay.Recorder{},
			[]*gradus.Value{x[0].Sub(x[1]).Sin(), x[1].Sub(x[0]).Cos()},
			"t[0] = x[0] − x[1]\nt[1] = x[1] − x[0]\nt[2] = sin(t[0])\nt[3] = cos(t[1])",
		},
		{
			"and be as many",
			replay.Recorder{},
			[]*gradus.Value{gradus.LogSumExp(x[:2]...).Sin(), gradus.LogSumExp(x[:3]...).Sin()},
			"t[0] = logsumexp(x[0:2])\nt[1] = logsumexp(x[0:3])\nt[2:4] = sin(t[0:2])",
		},
		{
			"with an equal constant",
			replay.Recorder{},
			[]*gradus.Value{gradus.Const(1).Sub(x[0]).Sin(), gradus.Const(1).Sub(x[0]).Cos()},
			"t[0] = c[0] − x[0]\nt[1] = sin(t[0])\nt[2] = cos(t[0])",
		},
		{
			"or another one",
			replay.Recorder{},
			[]*gradus.Value{gradus.Const(1).Sub(x[0]).Sin(), gradus.Const(2).Sub(x[0]).Sin()},
			"t[0:2] = c[0:2] − x[0]\nt[2:4] = sin(t[0:2])",
		},
		{
			"a constant of another sign",
			replay.Recorder{},
			[]*gradus.Value{x[0].Div(0).Sin(), x[0].Div(math.Copysign(0, -1)).Sin()},
			"t[0:2] = x[0] / c[0:2]\nt[2:4] = sin(t[0:2])",
		},
		{
			"not a function of the caller",
			replay.Recorder{},
			[]*gradus.Value{own.Apply(x[0]), own.Apply(x[0])},
			"t[0] = own(x[0])\nt[1] = own(x[0])",
		},
		{
			"the exponentials of a softmax, and their sum",
			replay.Recorder{},
			softmax(x[:3]),
			"t[0:3] = exp(x[0:3])/Σ",
		},
		{
			"a model that is called twice",
			replay.Recorder{},
			slices.Concat(layer(), layer()),
			"t[0:2] = w[0:4]·x[0:2] + w[4:6]\nt[2:4] = tanh(t[0:2])",
		},
		{
			"a sum of products of two functions",
			replay.Recorder{},
			[]*gradus.Value{dot(0).Sin(), dot(0).Cos()},
			"t[0] = x[1] · x[0]\nt[1] = x[2] · x[3] + t[0]\nt[2] = sin(t[1])\nt[3] = cos(t[1])",
		},
		{
			"and that of a function in a product",
			replay.Recorder{},
			[]*gradus.Value{dot(0).Mul(x[5].Sin()).Sin(), dot(0).Cos()},
			"t[0] = x[1] · x[0]\nt[1] = x[2] · x[3] + t[0]\nt[2] = sin(x[5])\nt[3] = t[1] · t[2]\nt[4] = cos(t[1])\n" +
				"t[5] = sin(t[3])",
		},
		{
			"and that within another sum",
			replay.Recorder{},
			[]*gradus.Value{dot(0).Sin(), dot(0).Add(x[4].Mul(x[5])).Sin()},
			"t[0] = x[1] · x[0]\nt[1] = x[2] · x[3] + t[0]\nt[2] = x[4] · x[5] + t[1]\nt[3:5] = sin(t[1:3])",
		},
		{
			"whichever comes first",
			replay.Recorder{},
			[]*gradus.Value{dot(0).Add(x[4].Mul(x[5])).Sin(), dot(0).Cos()},
			"t[0] = x[1] · x[0]\nt[1] = x[2] · x[3] + t[0]\nt[2] = x[4] · x[5] + t[1]\nt[3] = cos(t[1])\n" +
				"t[4] = sin(t[2])",
		},
		{
			"in two sums and two functions",
			replay.Recorder{},
			[]*gradus.Value{dot(0).Add(x[4]).Sin(), dot(0).Add(x[5]).Sin(), dot(0).Cos(), dot(0).Sin()},
			"t[0] = x[1] · x[0]\nt[1] = x[2] · x[3] + t[0]\nt[2:4] = t[1] + x[4:6]\nt[4] = cos(t[1])\n" +
				"t[5:8] = sin(t[1:4])",
		},
		{
			"unless all of it is the same",
			replay.Recorder{},
			[]*gradus.Value{
				dot(0).Add(x[4].Mul(x[5])).Sin(), dot(0).Add(x[4].Mul(x[5])).Cos(), dot(0).Add(x[4].Mul(x[3])).Cos(),
			},
			"t[0] = x[0] · x[1]\nt[1] = x[3] · x[2] + t[0]\nt[2] = x[5] · x[4] + t[1]\nt[3] = x[0] · x[1]\n" +
				"t[4] = x[3] · x[2] + t[3]\nt[5] = x[3] · x[4] + t[4]\nt[6] = sin(t[2])\nt[7] = cos(t[2])\n" +
				"t[8] = cos(t[5])",
		},
		{
			"a Sum or a Dot within another",
			replay.Recorder{},
			[]*gradus.Value{
				gradus.Sum(x[:3]...).Sin(), gradus.Sum(x[:3]...).Add(w[0]).Sin(),
				gradus.Dot(x[:2], x[2:4]).Cos(), gradus.Sum(gradus.Dot(x[:2], x[2:4]), w[1]).Cos(),
			},
			"t[0] = sum(x[0:3])\nt[1] = x[2:4]·x[0:2]\nt[2] = w[0] + t[1]\nt[3] = sin(t[0])\nt[4] = t[0] + w[1]\n" +
				"t[5] = cos(t[1])\nt[6] = sin(t[4])\nt[7] = cos(t[2])",
		},
		{
			"that of an activation and its sum, z + sin z",
			replay.Recorder{},
			[]*gradus.Value{dot(0).Add(dot(0).Sin()), dot(1).Sin().Add(dot(1))},
			"t[0:2] = x[1:3] · x[0:2]\nt[2:4] = x[2:4] · x[3:5] + t[0:2]\nt[4:6] = sin(t[2:4])\nt[6] = t[2] + t[4]\n" +
				"t[7] = t[5] + t[3]",
		},
		{
			"but not a square",
			replay.Recorder{},
			[]*gradus.Value{x[0].Square().Sin(), x[0].Square().Add(x[1].Mul(x[2])).Sin()},
			"t[0] = x[0] · x[0]\nt[1] = x[1] · x[2] + t[0]\nt[2] = square(x[0])\nt[3:5] = sin(t[1:3])",
		},
		{
			"nor a product in a square or in a Dot",
			replay.Recorder{},
			[]*gradus.Value{
				x[0].Mul(x[1]).Sin(), x[0].Mul(x[1]).Square().Sin(),
				gradus.Dot([]*gradus.Value{x[0].Mul(x[1]), x[2]}, x[3:5]).Sin(),
			},
			"t[0:3] = x[0] · x[1]\nt[3] = x[4] · x[2]\nt[4] = x[3] · t[2] + t[3]\nt[5] = sin(t[0])\n" +
				"t[6] = square(t[1])\nt[7] = sin(t[4])\nt[8] = sin(t[6])",
		},
		{
			"nor a product within another product",
			replay.Recorder{},
			[]*gradus.Value{x[0].Mul(x[1]).Sin(), x[0].Mul(x[1]).Mul(x[2]).Sin()},
			"t[0:2] = x[0] · x[1]\nt[2] = t[1] · x[2]\nt[3] = sin(t[0])\nt[4] = sin(t[2])",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.recorder.Inputs, tt.recorder.Params = x, w
			checkTerms(t, tt.recorder, tt.terms, tt.want)
		})
	}
}

// Outputs that are the same share a number, and so do an output and an operand.
func TestCommonOutputs(t *testing.T) {
	x := graphs.Values(2)
	got := linesOf(t, replay.Recorder{Inputs: x}, x[0].Exp(), x[1].Sin(), x[0].Exp(), x[0].Exp().Cos())
	want := "t[0] = exp(x[0])\nt[1] = sin(x[1])\nt[2] = cos(t[0])\nreturn t[0], t[1], t[0], t[2]"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// What is written twice is found however many other nodes there are, if these do not lie in between.
func TestManyCommon(t *testing.T) {
	x := graphs.Values(2000)
	exps := func() []*gradus.Value {
		return apply(func(x, _ *gradus.Value) *gradus.Value { return x.Exp() }, x, x...)
	}
	got := linesOf(t, replay.Recorder{Inputs: x}, gradus.Sum(exps()...).Sub(gradus.Sum(exps()...)))
	want := "t[0:2000] = exp(x[0:2000])\nt[2000] = sum(t[0:2000])\nt[2001] = t[2000] − t[2000]\nreturn t[2001]"
	if got != want {
		t.Errorf("the exponentials of 2,000 numbers are not shared: %d lines, the first of which are\n%.300s",
			strings.Count(got, "\n"), got)
	}
	for _, n := range []int{10, 1000, 100_000} {
		x := graphs.Values(n)
		terms := make([]*gradus.Value, n)
		for i := range x {
			terms[i] = x[i].Exp().Sub(x[i].Exp().Sin())
		}
		if got := linesOf(t, replay.Recorder{Inputs: x}, gradus.Sum(terms...)); strings.Count(got, "\n") != 4 {
			t.Errorf("of %d terms the exponentials are not shared: %d lines, the first of which are\n%.200s",
				n, strings.Count(got, "\n"), got)
		}
	}
}
