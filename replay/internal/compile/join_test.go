package compile_test

import (
	"slices"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/replay"
	"github.com/gradus-go/gradus/replay/internal/graphs"
)

// One matrix times several vectors is one product.
func TestJoin(t *testing.T) {
	x, w := graphs.Values(8), graphs.Values(9)
	// times returns the products of the matrix that the rows make, 3 elements each, and every vector.
	times := func(rows int, vectors ...[]*gradus.Value) (z []*gradus.Value) {
		for _, x := range vectors {
			for r := range rows {
				z = append(z, gradus.Dot(w[3*r:3*r+3], x))
			}
		}
		return z
	}
	windows := func(step int) (all [][]*gradus.Value) {
		for i := 0; i+3 <= len(x) && len(all) < 4; i += step {
			all = append(all, x[i:i+3])
		}
		return all
	}
	with := func(z, b []*gradus.Value) (all []*gradus.Value) {
		for i := range z {
			all = append(all, z[i].Add(b[i%len(b)]))
		}
		return all
	}
	sines := func(x []*gradus.Value) (z []*gradus.Value) {
		for _, v := range x {
			z = append(z, v.Sin())
		}
		return z
	}
	later := sines(sines(x[:3]))
	transposed := func(x ...*gradus.Value) (z []*gradus.Value) {
		for i := range 3 {
			z = append(z, gradus.Dot([]*gradus.Value{w[i], w[i+3]}, x))
		}
		return z
	}
	for _, tt := range []struct {
		name     string
		recorder replay.Recorder
		terms    []*gradus.Value
		want     string
	}{
		{
			"two vectors",
			replay.Recorder{},
			times(2, x[:3], x[3:6]),
			"t[0:4] = w[0:6]·[x[0:3] x[3:6]]",
		},
		{
			"two, if switched off",
			replay.Recorder{Without: replay.Join},
			times(2, x[:3], x[3:6]),
			"t[0:2] = w[0:6]·x[0:3]\nt[2:4] = w[0:6]·x[3:6]",
		},
		{
			"whichever is written first",
			replay.Recorder{},
			times(2, x[3:6], x[:3]),
			"t[0:4] = w[0:6]·[x[0:3] x[3:6]]",
		},
		{
			"many that overlap, as those of a convolution do",
			replay.Recorder{},
			times(2, windows(1)...),
			"t[0:8] = w[0:6]·[x[0:3] x[1:4] … x[3:6]]",
		},
		{
			"copied if their gradients are wanted",
			replay.Recorder{InputGrads: true},
			times(2, windows(1)...),
			"t[0:12] = x[0], x[1], x[2], x[1], x[2], x[3], x[2], x[3], x[4], x[3], x[4], x[5]\n" +
				"t[12:20] = w[0:6]·[t[0:3] t[3:6] … t[9:12]]",
		},
		{
			"copied if the distances differ",
			replay.Recorder{},
			times(2, x[:3], x[1:4], x[4:7]),
			"t[0:9] = x[0], x[1], x[2], x[1:7]\nt[9:15] = w[0:6]·[t[0:3] t[3:6] t[6:9]]",
		},
		{
			"with the same addends",
			replay.Recorder{},
			with(times(2, windows(2)...), w[6:8]),
			"t[0:6] = w[0:6]·[x[0:3] x[2:5] x[4:7]] + w[6:8]",
		},
		{
			"with the same addends, apart",
			replay.Recorder{},
			with(times(2, windows(2)...), []*gradus.Value{x[6], x[1]}),
			"t[0:2] = x[6], x[1]\nt[2:8] = w[0:6]·[x[0:3] x[2:5] x[4:7]] + t[0:2]",
		},
		{
			"with addends of their own",
			replay.Recorder{},
			with(times(2, windows(2)...), x[1:7]),
			"t[0:6] = w[0:6]·[x[0:3] x[2:5] x[4:7]] + [x[1:3] x[3:5] x[5:7]]",
		},
		{
			"one row",
			replay.Recorder{},
			times(1, windows(2)...),
			"t[0:3] = w[0:3]·[x[0:3] x[2:5] x[4:7]]",
		},
		{
			"the transpose",
			replay.Recorder{},
			slices.Concat(times(2, x[:3]), transposed(x[1:3]...), transposed(x[5:7]...)),
			"t[0:6] = w[0:6]ᵀ·[x[1:3] x[5:7]]\nt[6:8] = w[0:6]·x[0:3]",
		},
		{
			"not if the gradients of some are wanted",
			replay.Recorder{},
			times(2, sines(x[:3]), sines(w[6:9])),
			"t[0:3] = sin(w[6:9])\nt[3:6] = sin(x[0:3])\nt[6:8] = w[0:6]·t[3:6]\nt[8:10] = w[0:6]·t[0:3]",
		},
		{
			"not at another depth",
			replay.Recorder{},
			slices.Concat(times(2, x[:3]), times(2, later)),
			"t[0:2] = w[0:6]·x[0:3]\nt[2:5] = sin(x[0:3])\nt[5:8] = sin(t[2:5])\nt[8:10] = w[0:6]·t[5:8]",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.recorder.Inputs, tt.recorder.Params = x, w
			checkTerms(t, tt.recorder, tt.terms, tt.want)
		})
	}
}

// What one product of several vectors has computed is what the next takes.
func TestJoinLayers(t *testing.T) {
	const positions = 3
	x, w := graphs.Values(2*positions), graphs.Values(6+12)
	var losses []*gradus.Value
	for i := range positions {
		h := graphs.Layer(3, w, x[2*i:2*i+2], graphs.Writers["Sum"], (*gradus.Value).Tanh)
		y := graphs.Layer(2, w[9:], h, graphs.Writers["left chain, bias first"], (*gradus.Value).ReLU)
		losses = append(losses, y...)
	}
	checkTerms(t, replay.Recorder{Inputs: x, Params: w}, losses,
		"t[0:9] = w[0:6]·[x[0:2] x[2:4] x[4:6]] + w[12:15]\nt[9:18] = tanh(t[0:9])\n"+
			"t[18:24] = w[6:12]·[t[9:12] t[12:15] t[15:18]] + w[15:17]\nt[24:30] = ReLU(t[18:24])")
}
