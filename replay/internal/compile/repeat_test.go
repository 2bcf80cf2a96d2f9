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

// So are cross-entropies of as many classes, and Picks from tables of one size.
func TestRepeatedRows(t *testing.T) {
	x, w := graphs.Values(40), graphs.Values(8)
	entropy := func(y, t int) *gradus.Value { return gradus.SoftmaxCrossEntropy(x[y:][:4], x[t:][:4]) }
	pick := func(index, table int) *gradus.Value { return gradus.Pick(x[index], x[table:][:3]...) }
	first, picked := gradus.SoftmaxCrossEntropy(x[38:], x[:2]), gradus.Pick(x[0], x[38:]...)
	scattered := []*gradus.Value{x[4], x[9], x[6], x[7]}
	for _, tt := range []struct {
		name     string
		recorder replay.Recorder
		outputs  []*gradus.Value
		want     string
	}{
		{
			"cross-entropies",
			replay.Recorder{},
			[]*gradus.Value{entropy(0, 20), entropy(4, 24), entropy(8, 28)},
			"t[0:3] = softmaxcrossentropy([x[0:4] x[4:8] x[8:12]], [x[20:24] x[24:28] x[28:32]])",
		},
		{
			"of the same classes",
			replay.Recorder{},
			[]*gradus.Value{entropy(0, 20), entropy(5, 20)},
			"t[0:2] = softmaxcrossentropy([x[0:4] x[5:9]], x[20:24])",
		},
		{
			"of the same logits",
			replay.Recorder{},
			[]*gradus.Value{entropy(0, 20), entropy(0, 25)},
			"t[0:2] = softmaxcrossentropy(x[0:4], [x[20:24] x[25:29]])",
		},
		{
			"one alone",
			replay.Recorder{},
			[]*gradus.Value{entropy(0, 20)},
			"t[0] = softmaxcrossentropy(x[0:4], x[20:24])",
		},
		{
			"switched off",
			replay.Recorder{Without: replay.Repeats},
			[]*gradus.Value{entropy(0, 20), entropy(4, 24)},
			"t[0] = softmaxcrossentropy(x[0:4], x[20:24])\nt[1] = softmaxcrossentropy(x[4:8], x[24:28])",
		},
		{
			"exactly",
			replay.Recorder{Exact: true},
			[]*gradus.Value{entropy(0, 20), entropy(4, 24)},
			"t[0] = softmaxcrossentropy(x[0:4], x[20:24])\nt[1] = softmaxcrossentropy(x[4:8], x[24:28])",
		},
		{
			"at other distances",
			replay.Recorder{},
			[]*gradus.Value{entropy(0, 20), entropy(4, 24), entropy(8, 29)},
			"t[0:2] = softmaxcrossentropy([x[0:4] x[4:8]], [x[20:24] x[24:28]])\n" +
				"t[2] = softmaxcrossentropy(x[8:12], x[29:33])",
		},
		{
			"logits that are not side by side",
			replay.Recorder{},
			[]*gradus.Value{entropy(0, 20), gradus.SoftmaxCrossEntropy(scattered, x[24:28])},
			"t[0] = softmaxcrossentropy(x[0:4], x[20:24])\n" +
				"t[1] = softmaxcrossentropy(x[4], x[9], x[6], x[7], x[24:28])",
		},
		{
			"one of the result of the other",
			replay.Recorder{},
			[]*gradus.Value{first, gradus.SoftmaxCrossEntropy([]*gradus.Value{x[39], first}, x[2:4])},
			"t[0] = softmaxcrossentropy(x[38], x[39], x[0], x[1])\n" +
				"t[1] = softmaxcrossentropy(x[39], t[0], x[2], x[3])",
		},
		{
			"picks",
			replay.Recorder{},
			[]*gradus.Value{pick(0, 10), pick(2, 13), pick(4, 16)},
			"t[0:3] = pick([x[0] x[2] x[4]], 3 rows of [x[10:13] x[13:16] x[16:19]])",
		},
		{
			"picks from one table",
			replay.Recorder{},
			[]*gradus.Value{pick(0, 10), pick(1, 10)},
			"t[0:2] = pick([x[0] x[1]], 3 rows of x[10:13])",
		},
		{
			"picks, switched off",
			replay.Recorder{Without: replay.Repeats},
			[]*gradus.Value{pick(0, 10), pick(1, 10)},
			"t[0] = pick(x[0], 3 rows of x[10:13])\nt[1] = pick(x[1], 3 rows of x[10:13])",
		},
		{
			"a pick from what another has picked",
			replay.Recorder{},
			[]*gradus.Value{picked, gradus.Pick(x[1], x[39], picked)},
			"t[0] = pick(x[0], 2 rows of x[38:40])\nt[1] = pick(x[1], 2 rows of (x[39], t[0]))",
		},
		{
			"a pick by what another has picked",
			replay.Recorder{},
			[]*gradus.Value{picked, gradus.Pick(picked, x[38:]...)},
			"t[0] = pick(x[0], 2 rows of x[38:40])\nt[1] = pick(t[0], 2 rows of x[38:40])",
		},
		{
			"picks from tables of parameters",
			replay.Recorder{Params: w},
			[]*gradus.Value{gradus.Pick(x[0], w[:4]...), gradus.Pick(x[1], w[4:]...)},
			"t[0] = pick(x[0], 4 rows of w[0:4])\nt[1] = pick(x[1], 4 rows of w[4:8])",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.recorder.Inputs = x
			checkTerms(t, tt.recorder, tt.outputs, tt.want)
		})
	}
}
