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
	scattered := func(n int) func(int) *gradus.Value {
		return func(int) *gradus.Value {
			products := make([]*gradus.Value, n)
			for i := range products {
				products[i] = x[3*i%16].Mul(x[(7*i+1)%16])
			}
			return gradus.Sum(products...)
		}
	}
	// cells returns the last of some cells of a recurrent network.
	cells := func(n int) func(int) *gradus.Value {
		return func(i int) *gradus.Value {
			h := x[10+i]
			for t := range n {
				h = gradus.Sum(w[0].Mul(x[2*t+5*i]), w[2].Mul(h.Sigmoid()), w[1])
			}
			return h
		}
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
			"a single sum", 0, 1, cell,
			"t[0] = x[4] · x[0]\nt[1] = x[8] · x[12] + t[0]",
		},
		{
			"four cells of a recurrent network", 0, 1, cells(4),
			"t[0] = σ(x[10])\nt[1] = w[1] · x[0] + w[0]\nt[2] = w[2] · t[0] + t[1]\n" +
				eachOf(3, "t[%d] = σ(t[%d])\nt[%d] = w[1] · x[%d] + w[0]\n"+
					"t[%d] = w[2] · t[%d] + t[%d]", func(i int) []any {
					t := 3 * i
					return []any{t + 3, t + 2, t + 4, 2*i + 2, t + 5, t + 3, t + 4}
				}),
		},
		{
			"three are too few", 0, 1, cells(3),
			"t[0] = σ(x[10])\nt[1:3] = x[0], t[0]\nt[3] = w[0:2]·t[1:3] + w[2]\n" +
				eachOf(2, "t[%d] = σ(t[%d])\nt[%d:%d] = x[%d], t[%d]\n"+
					"t[%d] = w[0:2]·t[%d:%d] + w[2]", func(i int) []any {
					t := 4 * i
					return []any{t + 4, t + 3, t + 5, t + 7, 2*i + 2, t + 4, t + 7, t + 5, t + 7}
				}),
		},
		{
			"the cells of two sequences", 0, 2, cells(2),
			"t[0:2] = σ(x[10:12])\nt[2] = x[0] · w[1] + w[0]\nt[3] = t[0] · w[2] + t[2]\n" +
				"t[4] = x[5] · w[1] + w[0]\nt[5] = t[1] · w[2] + t[4]\nt[6] = σ(t[3])\nt[7] = σ(t[5])\n" +
				"t[8] = x[2] · w[1] + w[0]\nt[9] = t[6] · w[2] + t[8]\nt[10] = x[7] · w[1] + w[0]\n" +
				"t[11] = t[7] · w[2] + t[10]",
		},
		{
			"a single sum of eight products", 0, 1, scattered(8),
			"t[0] = x[1] · x[0]\nt[1] = x[5] · x[2] + t[0]\nt[2] = x[15] · x[4] + t[1]\n" +
				"t[3] = x[9] · x[6] + t[2]\nt[4] = x[3] · x[8] + t[3]\nt[5] = x[2] · x[11] + t[4]\n" +
				"t[6] = x[12] · x[13] + t[5]\nt[7] = x[6] · x[15] + t[6]",
		},
		{
			"copies and a dot product of nine", 0, 1, scattered(9),
			"t[0:9] = x[0], x[5], x[15], x[9], x[3], x[8], x[2], x[12], x[6]\n" +
				"t[9:18] = x[1], x[2], x[4], x[6], x[8], x[9], x[11], x[13], x[15]\nt[18] = t[0:9]·t[9:18]",
		},
		{
			"dot products without the pass", replay.MulAdds, 2, cell,
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
			"sums of more terms than there are sums, one by one", 0, 2,
			func(i int) *gradus.Value {
				return gradus.Sum(x[i].Mul(x[4+i]), x[8+i].Mul(x[12+i]), x[2+i].Mul(x[6+i]))
			},
			"t[0] = x[4] · x[0]\nt[1] = x[2] · x[6] + t[0]\nt[2] = x[8] · x[12] + t[1]\n" +
				"t[3] = x[5] · x[1]\nt[4] = x[3] · x[7] + t[3]\nt[5] = x[9] · x[13] + t[4]",
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
