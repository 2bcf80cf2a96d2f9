package compile_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/builtin"
	"github.com/gradus-go/gradus/replay"
	"github.com/gradus-go/gradus/replay/internal/graphs"
)

// Operands that do not lie side by side are copied side by side if many nodes have the same function.
func TestGather(t *testing.T) {
	x, w := graphs.Values(60), graphs.Values(60)
	third := func(i int) *gradus.Value { return x[3*i] } // a number of each sample
	// cell returns a sum of two products, of which no factors lie side by side, and cells the lines of some.
	cell := func(i int) *gradus.Value { return third(i).Mul(x[1+3*i]).Add(x[2+3*i].Mul(x[40+i])) }
	cells := func(n int) string {
		return eachOf(n, "t[%d:%d] = x[%d], x[%d]\nt[%d:%d] = x[%d], x[%d]\nt[%d] = t[%d:%d]·t[%d:%d]",
			func(i int) []any {
				t := 5 * i
				return []any{t, t + 2, 3 * i, 3*i + 2, t + 2, t + 4, 3*i + 1, 40 + i, t + 4, t, t + 2, t + 2, t + 4}
			})
	}
	pairs := func(n int) string {
		return eachOf(n, "t[%d] = x[%d] · x[%d]\nt[%d] = x[%d] · x[%d] + t[%d]", func(i int) []any {
			t := 2 * i
			return []any{t, 3*i + 1, 3 * i, t + 1, 3*i + 2, 40 + i, t}
		})
	}
	// addends returns rows of a matrix with two addends each, and rowAddends the lines that add those of row.
	addends := func(at func(i int) (a, b int)) func(i int) *gradus.Value {
		return func(i int) *gradus.Value {
			a, b := at(i)
			return gradus.Dot(w[4*i:4*i+4], x[56:60]).Add(x[a]).Add(x[b])
		}
	}
	row := addends(func(i int) (x, y int) { return 3 * i, 12 + 3*i })
	rowAddends := func(n int) string {
		return eachOf(n, "t[%d] = x[%d] + x[%d]", func(i int) []any { return []any{i, 3 * i, 12 + 3*i} })
	}
	thirds := func(i int) []any { return []any{i, 3 * i} }
	one := gradus.Const(1)
	for _, tt := range []struct {
		name    string
		without replay.Pass
		nodes   int
		node    func(i int) *gradus.Value
		want    string
	}{
		{
			"a number of each sample", 0, 12,
			func(i int) *gradus.Value { return one.Sub(third(i)) },
			"t[0:12] = x[0], x[3], x[6], x[9], x[12], x[15], x[18], x[21], x[24], x[27], x[30], x[33]\n" +
				"t[12:24] = c[0] − t[0:12]",
		},
		{
			"one less", 0, 11,
			func(i int) *gradus.Value { return one.Sub(third(i)) },
			eachOf(11, "t[%d] = c[0] − x[%d]", thirds),
		},
		{
			"the pass is off", replay.Gather, 12,
			func(i int) *gradus.Value { return one.Sub(third(i)) },
			eachOf(12, "t[%d] = c[0] − x[%d]", thirds),
		},
		{
			"it needs vectors", replay.Vectors, 12,
			func(i int) *gradus.Value { return one.Sub(third(i)) },
			eachOf(12, "t[%d] = c[0] − x[%d]", thirds),
		},
		{
			"a function, which takes longer", 0, 4,
			func(i int) *gradus.Value { return third(i).Exp() },
			"t[0:4] = x[0], x[3], x[6], x[9]\nt[4:8] = exp(t[0:4])",
		},
		{
			"few functions", 0, 3,
			func(i int) *gradus.Value { return third(i).Exp() },
			eachOf(3, "t[%d] = exp(x[%d])", thirds),
		},
		{
			"few instructions", 0, 24, // of eight
			func(i int) *gradus.Value { return x[i/8*10+i%8].Exp() },
			"t[0:8] = exp(x[0:8])\nt[8:16] = exp(x[10:18])\nt[16:24] = exp(x[20:28])",
		},
		{
			"the second operands lie side by side, and the first are the same for some", 0, 24,
			func(i int) *gradus.Value { return x[50+i/12].Div(x[i]) },
			"t[0:12] = x[50] / x[0:12]\nt[12:24] = x[51] / x[12:24]",
		},
		{
			"and the first are the same for others", 0, 24, // in the order of x, each was by itself
			func(i int) *gradus.Value { return x[50+i%2*5].Sub(x[2*(i/2)+i%2]) },
			"t[0:24] = x[50], x[55], x[50], x[55], …, x[55]\nt[24:48] = t[0:24] − x[0:24]",
		},
		{
			"the first operands lie side by side", 0, 12,
			func(i int) *gradus.Value { return x[40+i].Sub(x[3*(5*i%12)]) },
			"t[0:12] = x[0], x[15], x[30], x[9], x[24], x[3], x[18], x[33], x[12], x[27], x[6], x[21]\n" +
				"t[12:24] = x[40:52] − t[0:12]",
		},
		{
			"vectors times numbers are one product without a copy", 0, 32,
			func(i int) *gradus.Value { return x[50+i/4].Mul(x[i]) },
			"t[0:32] = [x[0:4] x[4:8] … x[28:32]]ᵀ·[x[50] x[51] … x[57]]",
		},
		{
			"unless products of the same size are not", replay.Repeats, 32,
			func(i int) *gradus.Value { return x[50+i/4].Mul(x[i]) },
			"t[0:32] = " + strings.Repeat("x[50], ", 4) + "…, x[57]\nt[32:64] = t[0:32] · x[0:32]",
		},
		{
			"and shorter vectors are not", 0, 24,
			func(i int) *gradus.Value { return x[50+i/3].Mul(x[i]) },
			"t[0:24] = " + strings.Repeat("x[50], ", 3) + "x[51], …, x[57]\nt[24:48] = t[0:24] · x[0:24]",
		},
		{
			"three operands", 0, 4,
			func(i int) *gradus.Value { return gradus.Where(third(i), x[1+i], one) },
			"t[0:4] = x[0], x[3], x[6], x[9]\nt[4:8] = where(t[0:4], x[1:5], c[0])",
		},
		{
			"operands whose gradients are wanted, and others", 0, 8,
			func(i int) *gradus.Value {
				if i%2 == 0 {
					return x[3*i].Exp()
				}
				return w[3*i].Exp()
			},
			"t[0:4] = w[3], w[9], w[15], w[21]\nt[4:8] = exp(t[0:4])\n" +
				"t[8:12] = x[0], x[6], x[12], x[18]\nt[12:16] = exp(t[8:12])",
		},
		{
			"the same copies for two functions", 0, 8,
			func(i int) *gradus.Value {
				if i%2 == 0 {
					return third(i / 2).Exp()
				}
				return third(i / 2).Tanh()
			},
			"t[0:4] = x[0], x[3], x[6], x[9]\nt[4:8] = exp(t[0:4])\nt[8:12] = tanh(t[0:4])",
		},
		{
			"the cross-entropy of a class, by hand", 0, 12,
			func(i int) *gradus.Value {
				y, target := x[40+i].Sigmoid(), third(i)
				return target.Mul(y.Log()).Add(one.Sub(target).Mul(one.Sub(y).Log()))
			},
			"t[0:12] = σ(x[40:52])\n" +
				"t[12:24] = x[0], x[3], x[6], x[9], x[12], x[15], x[18], x[21], x[24], x[27], x[30], x[33]\n" +
				"t[24:36] = c[0] − t[12:24]\nt[36:48] = c[0] − t[0:12]\n" +
				"t[48:60] = ln(t[0:12])\nt[60:72] = ln(t[36:48])\n" +
				"t[72:84] = t[48:60] · t[12:24]\nt[84:96] = t[24:36] · t[60:72] + t[72:84]",
		},
		{
			"few sums of products", 0, 11, cell, pairs(11),
		},
		{
			"sums of products, and the pass is off", replay.Gather, 12, cell, pairs(12),
		},
		{
			"sums of products that must not be multiply-adds", replay.MulAdds, 12, cell, cells(12),
		},
		{
			"addends alone", 0, 12,
			func(i int) *gradus.Value { return gradus.Sum(third(i), x[3*i+1], x[40+i]) },
			"t[0:12] = x[0], x[3], x[6], x[9], x[12], x[15], x[18], x[21], x[24], x[27], x[30], x[33]\n" +
				"t[12:24] = x[1], x[4], x[7], x[10], x[13], x[16], x[19], x[22], x[25], x[28], x[31], x[34]\n" +
				"t[24:36] = t[0:12] + t[12:24]\nt[36:48] = t[24:36] + x[40:52]",
		},
		{
			"addends of a matrix", 0, 12, row,
			"t[0:12] = x[0], x[3], x[6], x[9], x[12], x[15], x[18], x[21], x[24], x[27], x[30], x[33]\n" +
				"t[12:24] = x[12], x[15], x[18], x[21], x[24], x[27], x[30], x[33], x[36], x[39], x[42], x[45]\n" +
				"t[24:36] = t[0:12] + t[12:24]\nt[36:48] = w[0:48]·x[56:60] + t[24:36]",
		},
		{
			"addends of which the first lie in steps", 0, 12, addends(func(i int) (x, y int) { return 3 * i, 43 + i }),
			"t[0:12] = x[0], x[3], x[6], x[9], x[12], x[15], x[18], x[21], x[24], x[27], x[30], x[33]\n" +
				"t[12:24] = t[0:12] + x[43:55]\nt[24:36] = w[0:48]·x[56:60] + t[12:24]",
		},
		{
			"and the second", 0, 12, addends(func(i int) (x, y int) { return i, 12 + 3*i }),
			"t[0:12] = x[12], x[15], x[18], x[21], x[24], x[27], x[30], x[33], x[36], x[39], x[42], x[45]\n" +
				"t[12:24] = x[0:12] + t[0:12]\nt[24:36] = w[0:48]·x[56:60] + t[12:24]",
		},
		{
			"and the second, but for two", 0, 12, addends(func(i int) (x, y int) { return i, 12 + i + i/2*3 }),
			"t[0:12] = x[12], x[13], x[17], x[18], x[22], x[23], x[27], x[28], x[32], x[33], x[37], x[38]\n" +
				"t[12:24] = x[0:12] + t[0:12]\nt[24:36] = w[0:48]·x[56:60] + t[12:24]",
		},
		{
			"few addends of a matrix", 0, 11, row,
			rowAddends(11) + "\nt[11:22] = w[0:44]·x[56:60] + t[0:11]",
		},
		{
			"addends of a matrix, and the pass is off", replay.Gather, 12, row,
			rowAddends(12) + "\nt[12:24] = w[0:48]·x[56:60] + t[0:12]",
		},
		{
			"addends that lie side by side for some", 0, 24,
			func(i int) *gradus.Value { return gradus.Sum(x[i/8*10+i%8], x[40+i%12]) },
			"t[0:8] = x[0:8] + x[40:48]\nt[8:12] = x[10:14] + x[48:52]\nt[12:16] = x[14:18] + x[40:44]\n" +
				"t[16:24] = x[20:28] + x[44:52]",
		},
		{
			"eleven addends", 0, 11,
			func(i int) *gradus.Value { return gradus.Sum(third(i), x[3*i+1]) },
			eachOf(11, "t[%d] = x[%d] + x[%d]", func(i int) []any { return []any{i, 3 * i, 3*i + 1} }),
		},
		{
			"four products, in four instructions and eight copies", 0, 12,
			func(i int) *gradus.Value { return gradus.Dot(x[3*i:3*i+4], x[23+3*i:27+3*i]) },
			"t[0:7] = [x[0:4] x[3:7] … x[18:22]]·[x[23:27] x[26:30] … x[41:45]]\n" +
				"t[7:12] = [x[44:48] x[47:51] … x[56:60]]·[x[21:25] x[24:28] … x[33:37]]",
		},
	} {
		var z []*gradus.Value
		for i := range tt.nodes {
			z = append(z, tt.node(i))
		}
		t.Run(tt.name, func(t *testing.T) {
			checkTerms(t, replay.Recorder{Inputs: x, Params: w, Without: tt.without}, z, tt.want)
		})
	}
}

// The gradients of copies come to what was copied.
func TestGatherGradients(t *testing.T) {
	x, w := graphs.Values(24), graphs.Values(24)
	for _, tt := range []struct {
		name string
		node func(i int) *gradus.Value
		want string
	}{
		{
			"one operand", func(i int) *gradus.Value { return w[2*i].Exp() },
			"t[0:4] = w[0], w[2], w[4], w[6]\nt[4:8] = exp(t[0:4])",
		},
		{
			"a step of a number, and the number", func(i int) *gradus.Value {
				return builtin.Step.Op().Apply(w[2*i]).Add(w[2*i].Exp())
			},
			"t[0:4] = w[0], w[2], w[4], w[6]\nt[4:8] = step(t[0:4])\nt[8:12] = w[0], w[2], w[4], w[6]\n" +
				"t[12:16] = exp(t[8:12])\nt[16:20] = t[4:8] + t[12:16]",
		},
		{
			"two", func(i int) *gradus.Value { return w[2*i].Div(x[3*i]) },
			"t[0:4] = w[0], w[2], w[4], w[6]\nt[4:8] = x[0], x[3], x[6], x[9]\nt[8:12] = t[0:4] / t[4:8]",
		},
		{
			"three", func(i int) *gradus.Value { return gradus.Where(x[i*i], w[2*i], x[3*i]) },
			"t[0:4] = x[0], x[1], x[4], x[9]\nt[4:8] = w[0], w[2], w[4], w[6]\n" +
				"t[8:12] = x[0], x[3], x[6], x[9]\nt[12:16] = where(t[0:4], t[4:8], t[8:12])",
		},
		{
			"three with a constant", func(i int) *gradus.Value { return gradus.Where(x[i].Neg(), 2, w[2*i]) },
			"t[0:4] = neg(x[0:4])\nt[4:8] = w[0], w[2], w[4], w[6]\nt[8:12] = where(t[0:4], c[0], t[4:8])",
		},
		{
			"gradients that are wanted, and others", func(i int) *gradus.Value {
				if i < 2 {
					return gradus.Where(x[2*i], 2, w[2*i])
				}
				return gradus.Where(x[2*i], 2, 3)
			},
			"t[0:2] = x[0], x[2]\nt[2:4] = w[0], w[2]\nt[4:6] = where(t[0:2], c[0], t[2:4])\n" +
				"t[6:8] = x[4], x[6]\nt[8:10] = where(t[6:8], c[0], c[1])\nt[10:14] = t[4], t[5], t[8], t[9]",
		},
	} {
		z := []*gradus.Value{tt.node(0), tt.node(1), tt.node(2), tt.node(3)}
		checkRecorded(t, tt.name, x, w, z, tt.want)
	}
}

// What lies among the parameters of a matrix is copied to where instructions for elements find it.
func TestGatherFromMatrix(t *testing.T) {
	x, w := graphs.Values(20), graphs.Values(24)
	var z []*gradus.Value
	for i := range 12 {
		row := w[2*i:][:2]
		z = append(z, gradus.Dot(row, x[:2]), row[i%3%2].Mul(x[2]).Add(x[3+i]))
	}
	checkRecorded(t, "columns", x, w, z, `t[0:12] = w[0:24]·x[0:2]
t[12:24] = w[0], w[3], w[4], w[6], w[9], w[10], w[12], w[15], w[16], w[18], w[21], w[22]
t[24:36] = t[12:24] · x[2] + x[3:15]
t[36:60] = t[0], t[24], t[1], t[25], …, t[35]`)
}

// If numbers must be exact, what is copied twice has copies of its own, whose gradients come to it one after
// the other.
func TestGatherExact(t *testing.T) {
	x, w := graphs.Values(2), graphs.Values(8)
	columns := []*gradus.Value{w[5], w[2], w[7]}
	for exact, want := range map[bool]string{
		false: "t[0:3] = w[1], w[0], w[2]\nt[3:5] = pick([x[0] x[1]], 3 rows of t[0:3])",
		true: "t[0:3] = w[5], w[2], w[7]\nt[3] = pick(x[0], 3 rows of t[0:3])\n" +
			"t[4:7] = w[5], w[2], w[7]\nt[7] = pick(x[1], 3 rows of t[4:7])",
	} {
		z := []*gradus.Value{gradus.Pick(x[0], columns...), gradus.Pick(x[1], columns...)}
		checkTerms(t, replay.Recorder{Inputs: x, Params: w, Exact: exact}, z, want)
	}
}

// eachOf returns n lines in a format, with numbers for each.
func eachOf(n int, format string, numbers func(i int) []any) string {
	lines := make([]string, n)
	for i := range lines {
		lines[i] = fmt.Sprintf(format, numbers(i)...)
	}
	return strings.Join(lines, "\n")
}
