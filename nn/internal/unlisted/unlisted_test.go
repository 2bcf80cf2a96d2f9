package unlisted

import (
	"fmt"
	"strings"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/sorting"
	"github.com/gradus-go/gradus/nn"
)

// Each kind of model computes nothing: what matters is where its Values are.
type (
	vector []*gradus.Value
	mixed  struct {
		none    *mixed
		nothing any
		numbers []float64
		short   []*gradus.Value
		long    []*gradus.Value
		self    any
		pair    [2]vector
		named   map[string]nn.Model
		mask    nn.Mask
	}
)

func (vector) Params() []*gradus.Value                         { return nil }
func (vector) Forward(...*gradus.Value) (none []*gradus.Value) { return nil }
func (*mixed) Params() []*gradus.Value                         { return nil }
func (*mixed) Forward(...*gradus.Value) (none []*gradus.Value) { return nil }

func TestError(t *testing.T) {
	v := gradus.Values([]float64{0, 1, 2, 3, 4, 5, 6})
	other := gradus.New(7)
	sum := v[0].Add(other) // whose operands are no part of a model
	m := &mixed{
		none: nil, nothing: nil, numbers: []float64{1}, short: v[:1], long: v[:2], pair: [2]vector{nil, {v[2]}},
		named: map[string]nn.Model{"a": vector{nil, v[3]}}, mask: nn.Mask{Values: v[4:6]},
	}
	m.self = m
	m.pair[0] = vector{sum}
	const elsewhere = "the loss, an activation or Forward uses a leaf (%d) that is not among the parameters "
	const leaf = "Forward uses the leaf %s, and Params of the network does not list it, "
	for _, tt := range []struct {
		net  nn.Model
		leaf *gradus.Value
		want string
	}{
		{vector{v[0], v[1]}, v[1], fmt.Sprintf(leaf, "[1] (1), of a unlisted.vector")},
		{m, v[0], fmt.Sprintf(leaf, "short[0] (0), of a unlisted.mixed")},
		{m, v[1], fmt.Sprintf(leaf, "long[1] (1), of a unlisted.mixed")},
		{m, v[2], fmt.Sprintf(leaf, "pair[1][0] (2), of a unlisted.mixed")},
		{m, v[3], fmt.Sprintf(leaf, "named[a][1] (3), of a unlisted.mixed")},
		{m, v[5], "Forward uses the mask mask, of a unlisted.mixed, and a *unlisted.mixed has no method Masks, "},
		{m, v[6], fmt.Sprintf(elsewhere, 6)},
		{m, other, fmt.Sprintf(elsewhere, 7)},
		{m, sum, "Forward uses pair[0][0] (7, by +), of a unlisted.mixed, which was computed from the "},
		{m, sum.Neg(), "the loss, an activation or Forward uses a Value (-7, by neg) that was computed from the " +
			"parameters before and is not computed anew"},
	} {
		if err := Error(tt.net, tt.leaf); !strings.HasPrefix(err.Error(), tt.want) {
			t.Errorf("error %v, want %s …", err, tt.want)
		}
	}
}

// What two graphs share is found, of each kind the first, and is left without marks.
func TestCaptured(t *testing.T) {
	w, c, leaf, idle := gradus.New(2), gradus.Const(3), gradus.New(4), gradus.New(5)
	fixed, stale := c.Exp(), w.Square().Add(1)
	type values = []*gradus.Value
	for _, tt := range []struct {
		name        string
		graph       func() *gradus.Value
		leaf, stale *gradus.Value
	}{
		{"all anew", func() *gradus.Value { return w.Exp().Mul(c).Mul(gradus.New(1)) }, nil, nil},
		{"computed of constants", func() *gradus.Value { return w.Mul(fixed) }, nil, nil},
		{"a leaf", func() *gradus.Value { return w.Mul(leaf) }, leaf, nil},
		{"computed of a parameter", func() *gradus.Value { return stale.Exp() }, nil, stale.Parents()[0]},
		{"both", func() *gradus.Value { return stale.Exp().Mul(leaf).Mul(fixed) }, leaf, stale.Parents()[0]},
		{"computed of a leaf", func() *gradus.Value { return w.Mul(leaf.Exp()) }, leaf, nil},
	} {
		for range 2 {
			l, s := Captured(values{w, idle}, values{tt.graph()}, values{w, tt.graph()})
			for _, v := range (values{w, c, leaf, idle, fixed, stale}) {
				if *sorting.State(v)&sorting.Counts != 0 {
					t.Errorf("%s: a mark is left on %v", tt.name, v)
				}
			}
			if l != tt.leaf || s != tt.stale {
				t.Errorf("%s: got %v and %v, want %v and %v", tt.name, l, s, tt.leaf, tt.stale)
			}
		}
	}
}
