package compile_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/replay"
	"github.com/gradus-go/gradus/replay/internal/graphs"
)

// Sums of few products whose operands lie side by side are multiply-adds of vectors.
func TestMultiplyAdds(t *testing.T) {
	x, w, constants := graphs.Values(16), graphs.Values(16), graphs.Values(16)
	for i, v := range constants {
		constants[i] = gradus.Const(v.Data)
	}
	cell := func(i int) *gradus.Value { return x[i].Mul(x[4+i]).Add(x[8+i].Mul(x[12+i])) }
	for _, tt := range []struct {
		name    string
		without replay.Pass
		sums    int
		sum     func(i int) *gradus.Value
		want    string
	}{
		{
			"the cell of an LSTM", 0, 4, cell,
			"t[0:4] = x[4:8] · x[0:4]\nt[4:8] = x[8:12] · x[12:16] + t[0:4]",
		},
		{
			"a single sum is a dot product", 0, 1, cell,
			"t[0:2] = x[0], x[8]\nt[2:4] = x[4], x[12]\nt[4] = t[0:2]·t[2:4]",
		},
		{
			"and so are several without the pass", replay.MulAdds, 2, cell,
			"t[0:2] = x[0], x[8]\nt[2:4] = x[4], x[12]\nt[4] = t[0:2]·t[2:4]\n" +
				"t[5:7] = x[1], x[9]\nt[7:9] = x[5], x[13]\nt[9] = t[5:7]·t[7:9]",
		},
		{
			"the cell of a GRU", 0, 3,
			func(i int) *gradus.Value {
				z := x[i].Sigmoid()
				return gradus.Const(1).Sub(z).Mul(x[4+i]).Add(z.Mul(x[8+i]))
			},
			"t[0:3] = σ(x[0:3])\nt[3:6] = c[0] − t[0:3]\nt[6:9] = t[3:6] · x[4:7]\n" +
				"t[9:12] = x[8:11] · t[0:3] + t[6:9]",
		},
		{
			"squares and addends", 0, 4,
			func(i int) *gradus.Value { return gradus.Sum(x[i].Square(), x[8+i], x[4+i].Square(), x[12+i]) },
			"t[0:4] = x[8:12] + x[12:16]\nt[4:8] = x[0:4] · x[0:4] + t[0:4]\nt[8:12] = x[4:8] · x[4:8] + t[4:8]",
		},
		{
			"addends alone", 0, 4,
			func(i int) *gradus.Value { return gradus.Sum(x[8+i], x[4+i], x[i]) },
			"t[0:4] = x[0:4] + x[4:8]\nt[4:8] = t[0:4] + x[8:12]",
		},
		{
			"a factor of all sums", 0, 3,
			func(i int) *gradus.Value { return x[4+i].Mul(x[1+i]).Add(x[8+i].Mul(x[0])) },
			"t[0:3] = x[8:11] · x[0]\nt[3:6] = x[1:4] · x[4:7] + t[0:3]",
		},
		{
			"constants", 0, 3,
			func(i int) *gradus.Value { return constants[i].Mul(x[i]).Add(x[4+i].Mul(x[8+i])) },
			"t[0:3] = x[0:3] · c[0:3]\nt[3:6] = x[4:7] · x[8:11] + t[0:3]",
		},
		{
			"parameters", 0, 3,
			func(i int) *gradus.Value { return w[i].Mul(x[i]).Add(x[4+i].Mul(x[8+i])) },
			"t[0:3] = x[0:3] · w[0:3]\nt[3:6] = x[4:7] · x[8:11] + t[0:3]",
		},
		{
			"but not if they may be rows of a matrix", 0, 2,
			func(i int) *gradus.Value { return w[i].Mul(x[i]).Add(w[2+i].Mul(x[4+i])) },
			"t[0:2] = x[0], x[4]\nt[2] = w[0:2]·t[0:2]\nt[3:5] = x[1], x[5]\nt[5] = w[2:4]·t[3:5]",
		},
		{
			"rows of parameters, each with a vector of its own, are dot products", 0, 3,
			func(i int) *gradus.Value { return gradus.Dot(w[3*i:3*i+3], x[3*i:3*i+3]) },
			"t[0] = w[0:3]·x[0:3]\nt[1] = w[3:6]·x[3:6]\nt[2] = w[6:9]·x[6:9]",
		},
		{
			"and so are sums of more terms than there are sums", 0, 2,
			func(i int) *gradus.Value {
				return gradus.Sum(x[i].Mul(x[4+i]), x[8+i].Mul(x[12+i]), x[2+i].Mul(x[6+i]))
			},
			"t[0:3] = x[0], x[2], x[8]\nt[3:6] = x[4], x[6], x[12]\nt[6] = t[0:3]·t[3:6]\n" +
				"t[7:10] = x[1], x[3], x[9]\nt[10:13] = x[5], x[7], x[13]\nt[13] = t[7:10]·t[10:13]",
		},
	} {
		var outputs []*gradus.Value
		for i := range tt.sums {
			outputs = append(outputs, tt.sum(i).Tanh())
		}
		r := replay.Recorder{Inputs: x, Params: w, Without: tt.without}
		got, _, _ := strings.Cut(linesOf(t, r, gradus.LogSumExp(outputs...)), " = tanh")
		got = got[:strings.LastIndex(got, "\n")]
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}
