package compile_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/replay"
	"github.com/gradus-go/gradus/replay/internal/graphs"
)

// Products of the same size are one instruction, if each has a matrix and a vector of its own and these lie
// at equal distances.
func TestRepeats(t *testing.T) {
	x, w := graphs.Values(40), graphs.Values(8)
	squares := func(rows ...[]*gradus.Value) (z []*gradus.Value) {
		for _, row := range rows {
			z = append(z, gradus.Dot(row, row))
		}
		return z
	}
	multiples := func(a []*gradus.Value, rows ...[]*gradus.Value) (z []*gradus.Value) {
		for k, row := range rows {
			for _, v := range row {
				z = append(z, v.Mul(a[k]))
			}
		}
		return z
	}
	// heads are products of the matrices of 2×4 and of the vectors that begin at some places of x.
	heads := func(matrices, vectors []int) (z []*gradus.Value) {
		for k, at := range matrices {
			for r := range 2 {
				z = append(z, gradus.Dot(x[at+4*r:][:4], x[vectors[k]:][:4]))
			}
		}
		return z
	}
	columns := func(matrices, vectors []int) (z []*gradus.Value) {
		for k, at := range matrices {
			for j := range 4 {
				column := []*gradus.Value{x[at+j], x[at+4+j]}
				z = append(z, gradus.Dot(column, x[vectors[k]:][:2]))
			}
		}
		return z
	}
	sum := gradus.Dot(x[4:8], x[36:]) // lies right behind x
	add := func(z []*gradus.Value, c ...*gradus.Value) []*gradus.Value {
		for i := range z {
			z[i] = z[i].Add(c[i%len(c)])
		}
		return z
	}
	for _, tt := range []struct {
		name     string
		recorder replay.Recorder
		outputs  []*gradus.Value
		want     string
	}{
		{
			"squares of rows",
			replay.Recorder{},
			squares(x[:4], x[4:8], x[8:12]),
			"t[0:3] = [x[0:4] x[4:8] x[8:12]]·[x[0:4] x[4:8] x[8:12]]",
		},
		{
			"switched off",
			replay.Recorder{Without: replay.Repeats},
			squares(x[:4], x[4:8]),
			"t[0] = x[0:4]·x[0:4]\nt[1] = x[4:8]·x[4:8]",
		},
		{
			"rows at other distances",
			replay.Recorder{},
			squares(x[:4], x[5:9], x[10:14], x[14:18], x[18:22]),
			"t[0:3] = [x[0:4] x[5:9] x[10:14]]·[x[0:4] x[5:9] x[10:14]]\n" +
				"t[3:5] = [x[14:18] x[18:22]]·[x[14:18] x[18:22]]",
		},
		{
			"rows over each other",
			replay.Recorder{},
			squares(x[:4], x[1:5], x[2:6]),
			"t[0:3] = [x[0:4] x[1:5] x[2:6]]·[x[0:4] x[1:5] x[2:6]]",
		},
		{
			"rows that are no whole vectors",
			replay.Recorder{},
			squares(x[:3], x[3:6]),
			"t[0] = x[0:3]·x[0:3]\nt[1] = x[3:6]·x[3:6]",
		},
		{
			"rows of other lengths",
			replay.Recorder{},
			squares(x[:4], x[4:12]),
			"t[0] = x[0:4]·x[0:4]\nt[1] = x[4:12]·x[4:12]",
		},
		{
			"an addend for all",
			replay.Recorder{},
			add(squares(x[:4], x[4:8], x[8:12]), x[12]),
			"t[0:3] = [x[0:4] x[4:8] x[8:12]]·[x[0:4] x[4:8] x[8:12]] + x[12]",
		},
		{
			"an addend for each",
			replay.Recorder{},
			add(squares(x[:4], x[4:8]), x[12], x[14]),
			"t[0:2] = [x[0:4] x[4:8]]·[x[0:4] x[4:8]] + [x[12] x[14]]",
		},
		{
			"an addend for some",
			replay.Recorder{},
			append(squares(x[:4]), add(squares(x[4:8]), x[12])...),
			"t[0] = x[0:4]·x[0:4]\nt[1] = x[4:8]·x[4:8] + x[12]",
		},
		{
			"addends further to the left",
			replay.Recorder{},
			add(squares(x[:4], x[4:8]), x[14], x[12]),
			"t[0] = x[0:4]·x[0:4] + x[14]\nt[1] = x[4:8]·x[4:8] + x[12]",
		},
		{
			"multiples of rows",
			replay.Recorder{},
			multiples(x[12:15], x[:4], x[4:8], x[8:12]),
			"t[0:12] = [x[0:4] x[4:8] x[8:12]]ᵀ·[x[12] x[13] x[14]]",
		},
		{
			"by the same number",
			replay.Recorder{},
			multiples([]*gradus.Value{x[12], x[12]}, x[:4], x[5:9]),
			"t[0:8] = [x[0:4] x[5:9]]ᵀ·x[12]",
		},
		{
			"heads",
			replay.Recorder{},
			heads([]int{0, 9, 18}, []int{30, 33, 36}),
			"t[0:6] = [x[0:8] x[9:17] x[18:26]]·[x[30:34] x[33:37] x[36:40]]",
		},
		{
			"columns of heads",
			replay.Recorder{},
			columns([]int{0, 9, 18}, []int{30, 32, 34}),
			"t[0:12] = [x[0:8] x[9:17] x[18:26]]ᵀ·[x[30:32] x[32:34] x[34:36]]",
		},
		{
			"vectors at other distances",
			replay.Recorder{},
			heads([]int{0, 8, 16}, []int{24, 28, 33}),
			"t[0:4] = [x[0:8] x[8:16]]·[x[24:28] x[28:32]]\nt[4:6] = x[16:24]·x[33:37]",
		},
		{
			"one of a result of the other",
			replay.Recorder{},
			[]*gradus.Value{sum, gradus.Dot(x[5:9], []*gradus.Value{x[37], x[38], x[39], sum})},
			"t[0] = x[4:8]·x[36:40]\nt[1] = x[5:9]·(x[37:40], t[0])",
		},
		{
			"matrices of parameters",
			replay.Recorder{Params: w},
			[]*gradus.Value{gradus.Dot(w[:4], x[:4]), gradus.Dot(w[4:8], x[4:8])},
			"t[0] = w[0:4]·x[0:4]\nt[1] = w[4:8]·x[4:8]",
		},
		{
			"exactly",
			replay.Recorder{Exact: true},
			multiples(x[8:10], x[:4], x[4:8]),
			"t[0:4] = x[0:4] · x[8]\nt[4:8] = x[4:8] · x[9]",
		},
	} {
		tt.recorder.Inputs = x
		got, _, _ := strings.Cut(linesOf(t, tt.recorder, gradus.Mean(tt.outputs...)), " = mean")
		got = got[:strings.LastIndex(got, "\n")]
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}
