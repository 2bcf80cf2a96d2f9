package compile_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/replay"
	"github.com/gradus-go/gradus/replay/internal/graphs"
)

// The rows of a matrix lie in the order in which they are listed, although the graph has them in another.
func TestOrder(t *testing.T) {
	x, w := graphs.Values(2), graphs.Values(7)
	rows := func(at ...int) (z []*gradus.Value) {
		for _, i := range at {
			z = append(z, gradus.Dot(w[i:i+2], x))
		}
		return z
	}
	z := rows(0, 2, 4)
	columns := []*gradus.Value{
		gradus.Dot([]*gradus.Value{w[1], w[3], w[5]}, z), gradus.Dot([]*gradus.Value{w[0], w[2], w[4]}, z),
	}
	apart := rows(0, 2, 5)
	biased := rows(0, 2)
	for i := range biased {
		biased[i] = biased[i].Add(w[5+i])
	}
	crossed := gradus.LogSumExp(
		gradus.Dot([]*gradus.Value{w[1], w[0]}, x), gradus.Dot([]*gradus.Value{w[0], w[1]}, x),
	)
	// Three are rows of a matrix, the last from right to left. Two go on from one of these to the next.
	three := []*gradus.Value{
		gradus.Dot(w[:2], x), gradus.Dot(w[2:4], x), gradus.Dot([]*gradus.Value{w[5], w[4]}, x),
		gradus.Dot(w[3:5], []*gradus.Value{x[0], x[0]}), gradus.Dot(w[2:5], []*gradus.Value{x[1], x[1], x[1]}),
	}
	scattered := gradus.Dot([]*gradus.Value{w[4], w[0], w[2]}, []*gradus.Value{x[0], x[1], x[0]})
	for _, tt := range []struct {
		name    string
		without replay.Pass
		output  *gradus.Value
		want    string
	}{
		{
			"the last row is met first", 0, gradus.LogSumExp(z[2], z[0], z[1]),
			"t[0:3] = w[0:6]·x[0:2]\nt[3] = logsumexp(t[2], t[0], t[1])\nreturn t[3]",
		},
		{
			"the same, if switched off", replay.Order, gradus.LogSumExp(z[2], z[0], z[1]),
			"t[0:3] = w[0:6]·x[0:2]\nt[3] = logsumexp(t[0], t[1], t[2])\nreturn t[3]",
		},
		{
			"rows and columns of one matrix", 0, gradus.LogSumExp(z[2], columns[0], columns[1]),
			"t[0:3] = w[0:6]·x[0:2]\nt[3:5] = w[0:6]ᵀ·t[0:3]\nt[5] = logsumexp(t[2], t[4], t[3])\nreturn t[5]",
		},
		{
			"their addends follow them", 0, gradus.LogSumExp(biased[1], biased[0]),
			"t[0:2] = w[0:4]·x[0:2] + w[4:6]\nt[2] = logsumexp(t[1], t[0])\nreturn t[2]",
		},
		{
			"other parameters are between the rows", 0, gradus.LogSumExp(append(apart, w[4])...),
			"t[0:3] = w[0:6]·x[0:2]\nt[3] = logsumexp(t[0], t[1], t[2], w[6])\nreturn t[3]",
		},
		{
			"even of the same block: the order of the graph stays", 0,
			gradus.LogSumExp(append(slices.Clone(apart), gradus.Dot([]*gradus.Value{w[0], w[4]}, apart[:2]))...),
			"t[0:3] = w[0:6]·x[0:2]\nt[3:5] = w[2], w[6]\nt[5] = t[3:5]·t[1:3]\n" +
				"t[6] = logsumexp(t[1], t[2], t[0], t[5])\nreturn t[6]",
		},
		{
			"no matrix in either order: they lie as they are listed", 0, crossed,
			"t[0:4] = x[0], x[1], " + "x[1], x[0]\nt[4:6] = w[0:2]·[t[0:2] t[2:4]]\n" +
				"t[6] = logsumexp(t[5], t[4])\nreturn t[6]",
		},
		{
			"a row that only the order of the graph fits", 0,
			gradus.LogSumExp(
				gradus.Dot([]*gradus.Value{w[0], w[2]}, x),
				gradus.Dot([]*gradus.Value{w[2], w[1]}, []*gradus.Value{x[0], x[0]}),
			),
			"t[0] = w[0:2]·x[0:2]\nt[1:3] = x[0], x[0]\nt[3] = w[1:3]·t[1:3]\n" +
				"t[4] = logsumexp(t[0], t[3])\nreturn t[4]",
		},
		{
			"of three rows and two, the three fit", 0, gradus.LogSumExp(three...),
			"t[0:3] = w[0:6]·x[0:2]\nt[3:5] = w[3], w[5]\nt[5:7] = x[0], x[0]\nt[7] = t[3:5]·t[5:7]\n" +
				"t[8:11] = w[2], w[3], w[5]\nt[11:14] = x[1], " + "x[1], " + "x[1]\nt[14] = t[8:11]·t[11:14]\n" +
				"t[15] = logsumexp(t[0], t[1], t[2], t[7], t[14])\nreturn t[15]",
		},
		{
			"a row that is multiplied by numbers apart", 0, scattered,
			"t[0:3] = x[1], x[0], x[0]\nt[3] = w[0:3]·t[0:3]\nreturn t[3]",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := linesOf(t, replay.Recorder{Inputs: x, Params: w, Without: tt.without | replay.Rows}, tt.output)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// The columns of a matrix lie in the order in which the vectors do, so that nothing is copied, unless
// something else reads the matrix.
func TestFit(t *testing.T) {
	x, w := graphs.Values(6), graphs.Values(12)
	var constants, computed []*gradus.Value
	for i := range 8 {
		constants = append(constants, gradus.Const(float64(i+1)))
		computed = append(computed, w[i].Tanh())
	}
	rows := func(w [][]*gradus.Value, x ...*gradus.Value) (z []*gradus.Value) {
		for _, w := range w {
			z = append(z, gradus.Dot(w, x))
		}
		return z
	}
	matrix := [][]*gradus.Value{w[:2], w[2:4]}
	crossed := rows(matrix, x[1], x[0])
	columns := rows([][]*gradus.Value{{w[0], w[2]}, {w[1], w[3]}}, x[1], x[0])
	regularised := gradus.Sum(w[0].Square(), w[1].Square(), w[2].Square(), w[3].Square())
	pixels := slices.Concat(rows(matrix, x[:2]...), rows(matrix, x[2:4]...)) // two of them, in two images
	images := []*gradus.Value{pixels[0], pixels[2], pixels[1], pixels[3]}
	filters := rows([][]*gradus.Value{w[4:8], w[8:]}, images...)
	zero := gradus.Const(0)
	padded := slices.Concat( // a filter of three weights for each of two numbers of a pixel
		rows([][]*gradus.Value{w[:6]}, zero, zero, x[0], zero, zero, x[1]),
		rows([][]*gradus.Value{w[:6]}, zero, x[0], x[2], zero, x[1], x[3]),
		rows([][]*gradus.Value{w[:6]}, x[0], x[2], x[4], x[1], x[3], x[5]),
	)
	back := slices.Concat(rows(matrix, x[:2]...), rows(matrix, x[3], x[2]), rows(matrix, x[4:]...))
	first, err := replay.Recorder{Inputs: x, Params: w}.Record(gradus.LogSumExp(rows(matrix, x[:2]...)...))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name string
		r    replay.Recorder
		z    []*gradus.Value
		want string
	}{
		{"two numbers, crossed", replay.Recorder{}, crossed, "t[0:2] = w[0:4]·x[0:2]"},
		{
			"several vectors",
			replay.Recorder{},
			slices.Concat(crossed, rows(matrix, x[3], x[2])),
			"t[0:4] = w[0:4]·[x[0:2] x[2:4]]",
		},
		{"the matrix is listed column by column", replay.Recorder{}, columns, "t[0:2] = w[0:4]ᵀ·x[0:2]"},
		{
			"two images, one after the other",
			replay.Recorder{},
			filters,
			"t[0:4] = w[0:4]·[x[0:2] x[2:4]]\nt[4:6] = w[4:12]·t[0:4]",
		},
		{
			"an image with a border",
			replay.Recorder{},
			padded,
			"t[0:18] = " + strings.Repeat("c[0], ", 4) + "x[0], x[1], " + strings.Repeat("c[0], ", 2) +
				"x[0:4], x[0:6]\n" +
				"t[18:21] = w[0:6]·[t[0:6] t[6:12] t[12:18]]",
		},
		{
			"a weight that is squared",
			replay.Recorder{InputGrads: true},
			[]*gradus.Value{w[0].Mul(x[0]).Add(w[1].Square()), w[0].Mul(x[5]).Add(w[1].Mul(x[4]))},
			"t[0:4] = w[0], x[0], x[4], x[5]\nt[4:6] = w[0:2]·[t[0:2] t[2:4]]",
		},
		{
			"more vectors fit the order of the list",
			replay.Recorder{},
			back,
			"t[0:6] = x[0], x[1], x[3], x[2], x[4], x[5]\nt[6:12] = w[0:4]·[t[0:2] t[2:4] t[4:6]]",
		},
		{
			"the same, if switched off",
			replay.Recorder{Without: replay.Order},
			filters,
			"t[0:4] = w[0:4]·[x[0:2] x[2:4]]\nt[4:8] = t[0], t[2], t[1], t[3]\nt[8:10] = w[4:12]·t[4:8]",
		},
		{
			"something else reads the matrix",
			replay.Recorder{},
			append(crossed, regularised),
			"t[0:2] = x[1], x[0]\nt[2:4] = w[0:4]·t[0:2]\nt[4] = w[0:4]·w[0:4]",
		},
		{
			"the matrix is constant",
			replay.Recorder{},
			rows([][]*gradus.Value{constants[:4], constants[4:]}, images...),
			"t[0:4] = w[0:4]·[x[0:2] x[2:4]]\nt[4:8] = t[0], t[2], t[1], t[3]\nt[8:10] = c[0:8]·t[4:8]",
		},
		{
			"the matrix is computed",
			replay.Recorder{},
			rows([][]*gradus.Value{computed[:2], computed[2:4]}, computed[7], computed[6]),
			"t[0:4] = tanh(w[0:4])\nt[4:6] = tanh(w[6:8])\nt[6:8] = t[5], t[4]\nt[8:10] = t[0:4]·t[6:8]",
		},
		{
			"another program has decided",
			replay.Recorder{Share: first},
			crossed,
			"t[0:2] = x[1], x[0]\nt[2:4] = w[0:4]·t[0:2]",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if tt.r.Inputs = x; tt.r.Share == nil {
				tt.r.Params = w
			}
			out := gradus.LogSumExp(tt.z...)
			got, _, _ := strings.Cut(linesOf(t, tt.r, out), "= logsumexp")
			if diff := cmp.Diff(tt.want, got[:strings.LastIndex(got, "\n")]); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			p, err := tt.r.Record(out)
			if err != nil {
				t.Fatal(err)
			}
			var inputs []float64
			for _, v := range x {
				inputs = append(inputs, v.Data)
			}
			if z := p.Forward(inputs...); !(math.Abs(z-out.Data) <= 1e-14*math.Abs(out.Data)) {
				t.Errorf("Forward returns %v, want %v", z, out.Data)
			}
		})
	}
}
