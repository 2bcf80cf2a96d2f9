package compile_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/replay"
	"github.com/gradus-go/gradus/replay/internal/graphs"
)

// The factors of a sum that are shared are all first ones or all second ones. In attention, the share of
// each position multiplies the numbers of its value. That other positions use an early value, too, does not
// matter.
func TestAttention(t *testing.T) {
	x := graphs.Values(9)
	shares, values := x[:3], x[3:]
	var outputs []*gradus.Value
	for j := range 2 {
		outputs = append(outputs, gradus.Dot(shares, []*gradus.Value{values[j], values[2+j], values[4+j]}))
	}
	for _, early := range values[:2] {
		outputs = append(outputs, early.Sin(), early.Cos(), early.Tan())
	}
	got := linesOf(t, replay.Recorder{Inputs: x}, gradus.LogSumExp(outputs...))
	got, _, _ = strings.Cut(got, "\n")
	if diff := cmp.Diff("t[0:2] = x[3:9]ᵀ·x[0:3]", got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Few products without a weight are left out of a sum of products of weights, so that this is the row of a
// matrix.
func TestOddProducts(t *testing.T) {
	x, w := graphs.Values(24), graphs.Values(12)
	// unit returns the sum of four products of weights, and of some products without.
	unit := func(i int, others ...*gradus.Value) *gradus.Value {
		return gradus.Sum(append(others, gradus.Dot(w[4*i:][:4], x[:4]))...)
	}
	const apart = "t[0:3] = x[4:7] · x[8:11]\nt[3:6] = w[0:12]·x[0:4] + t[0:3]"
	for _, tt := range []struct {
		name    string
		without replay.Pass
		unit    func(i int) *gradus.Value
		want    string
	}{
		{"one", 0, func(i int) *gradus.Value { return unit(i, x[4+i].Mul(x[8+i])) }, apart},
		{
			"an addend, too", 0,
			func(i int) *gradus.Value { return unit(i, x[12+i], x[4+i].Mul(x[8+i])) },
			"t[0:3] = x[4:7] · x[8:11]\nt[3:6] = x[12:15] + t[0:3]\nt[6:9] = w[0:12]·x[0:4] + t[3:6]",
		},
		{
			"half as many", 0,
			func(i int) *gradus.Value { return unit(i, x[4+i].Mul(x[8+i]), x[12+i].Mul(x[16+i])) },
			"t[0:3] = x[4:7] · x[8:11]\nt[3:6] = x[12:15] · x[16:19]\nt[6:9] = t[0:3] + t[3:6]\n" +
				"t[9:12] = w[0:12]·x[0:4] + t[6:9]",
		},
		{
			"more are not few", 0,
			func(i int) *gradus.Value {
				return unit(i, x[4+i].Mul(x[8+i]), x[12+i].Mul(x[16+i]), x[16+i].Mul(x[20+i]))
			},
			eachOf(3, "t[%d:%d] = w[%d:%d]"+strings.Repeat(", x[%d]", 3)+
				"\nt[%d:%d] = x[0:4]"+strings.Repeat(", x[%d]", 3)+"\nt[%d] = t[%d:%d]·t[%d:%d]",
				func(i int) []any {
					t := 15 * i
					return []any{
						t, t + 7, 4 * i, 4*i + 4, 4 + i, 12 + i, 16 + i, t + 7, t + 14, 8 + i, 16 + i, 20 + i,
						t + 14, t, t + 7, t + 7, t + 14,
					}
				}),
		},
		{
			"squares of weights are no row", 0,
			func(i int) *gradus.Value { return gradus.Dot(w[4*i:][:4], w[4*i:][:4]).Add(x[4+i].Mul(x[8+i])) },
			eachOf(3, "t[%d:%d] = w[%d:%d], x[%d]\nt[%d:%d] = w[%d:%d], x[%d]\nt[%d] = t[%d:%d]·t[%d:%d]",
				func(i int) []any {
					t := 11 * i
					return []any{
						t, t + 5, 4 * i, 4*i + 4, 4 + i, t + 5, t + 10, 4 * i, 4*i + 4, 8 + i,
						t + 10, t, t + 5, t + 5, t + 10,
					}
				}),
		},
		{
			"without matrices", replay.Matrices,
			func(i int) *gradus.Value { return unit(i, x[4+i].Mul(x[8+i])) },
			eachOf(3, "t[%d:%d] = w[%d:%d], x[%d]\nt[%d:%d] = x[0:4], x[%d]\nt[%d] = t[%d:%d]·t[%d:%d]",
				func(i int) []any {
					t := 11 * i
					return []any{
						t, t + 5, 4 * i, 4*i + 4, 4 + i, t + 5, t + 10, 8 + i, t + 10, t, t + 5, t + 5, t + 10,
					}
				}),
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			z := []*gradus.Value{tt.unit(0), tt.unit(1), tt.unit(2)}
			checkTerms(t, replay.Recorder{Inputs: x, Params: w, Without: tt.without}, z, tt.want)
		})
	}
}
