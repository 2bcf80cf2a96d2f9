package gradus_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus"
)

var naryCases = map[string][]specialCase{
	"sum": {
		{"Sum() = 0", xs{}, 0, xs{}, 0},
		{"a sum begins with +0", xs{minus0}, 0, xs{1}, 0},
		{"Inf + -Inf = NaN", xs{inf, 1, -inf}, nan, xs{1, 1, 1}, 0},
		{"NaN goes through", xs{1, nan}, nan, xs{1, 1}, 0},
		{"from left to right: 2⁵³ absorbs each 1", xs{0x1p53, 1, 1}, 0x1p53, xs{1, 1, 1}, 0},
		{"from left to right: 1 + 1 is not absorbed", xs{1, 1, 0x1p53}, 0x1p53 + 2, xs{1, 1, 1}, 0},
	},
	"mean": {
		{"Mean() = NaN", xs{}, nan, xs{}, 0},
		{"of one number, that number", xs{800}, 800, xs{1}, 0},
		{"1/n", xs{1, 2, 4, 9}, 4, xs{0.25, 0.25, 0.25, 0.25}, 0},
		{"the sum may overflow", xs{math.MaxFloat64, math.MaxFloat64}, inf, xs{0.5, 0.5}, 0},
		{"Inf + -Inf = NaN", xs{inf, -inf}, nan, xs{0.5, 0.5}, 0},
		{"NaN goes through", xs{1, nan}, nan, xs{0.5, 0.5}, 0},
	},
	"dot": {
		{"Dot(nil, nil) = 0", xs{}, 0, xs{}, 0},
		{"0·Inf = NaN", xs{0, inf}, nan, xs{inf, 0}, 0},
		{"w is the first half", xs{2, 3, 5, 7}, 2*5 + 3*7, xs{5, 7, 2, 3}, 0},
		{"Inf + -Inf = NaN", xs{inf, inf, 1, -1}, nan, xs{1, -1, inf, inf}, 0},
		{"NaN goes through", xs{1, nan, 0, 0}, nan, xs{0, 0, 1, nan}, 0},
		// (1 + 2⁻³⁰)² = 1 + 2⁻²⁹ + 2⁻⁶⁰. A fused multiply-add would keep the 2⁻⁶⁰.
		{
			"each product is rounded",
			xs{-1 - 0x1p-29, 1 + 0x1p-30, 1, 1 + 0x1p-30},
			0,
			xs{1, 1 + 0x1p-30, -1 - 0x1p-29, 1 + 0x1p-30},
			0,
		},
	},
	"logsumexp": {
		{"LogSumExp() = -Inf", xs{}, -inf, xs{}, 0},
		{"LogSumExp(x) = -Inf if all are -Inf, with derivatives NaN", xs{-inf}, -inf, xs{nan}, 0},
		{
			"LogSumExp(x) = -Inf if all are -Inf, with derivatives NaN",
			xs{-inf, -inf},
			-inf,
			xs{nan, nan},
			0,
		},
		{
			"LogSumExp(x) = +Inf if k are +Inf, with derivatives 1/k; the others' are 0",
			xs{1, inf, -inf, 800},
			inf,
			xs{0, 1, 0, 0},
			0,
		},
		{
			"LogSumExp(x) = +Inf if k are +Inf, with derivatives 1/k; the others' are 0",
			xs{inf, inf},
			inf,
			xs{0.5, 0.5},
			0,
		},
		{"equal shares of large numbers, which absorb ln 2", xs{1e16, 1e16}, 1e16, xs{0.5, 0.5}, 0},
		{"e⁻² of it: σ(2)", xs{1e16, 1e16 - 2}, 1e16, xs{0.8807970779778824, 0.11920292202211755}, 4},
		{"NaN goes through", xs{1, nan}, nan, xs{nan, nan}, 0},
		{"even beside Inf", xs{inf, nan}, nan, xs{nan, nan}, 0},
		{"-Inf adds exp(-Inf) = 0", xs{-inf, 3}, 3, xs{0, 1}, 0},
		{"of one number, that number", xs{800}, 800, xs{1}, 0},
		{"of one number, that number", xs{-800}, -800, xs{1}, 0},
		{"the other is e⁻¹⁶⁰⁰ of it", xs{800, -800}, 800, xs{1, 0}, 0},
		{
			"the differences overflow",
			xs{math.MaxFloat64, -math.MaxFloat64},
			math.MaxFloat64,
			xs{1, 0},
			0,
		},
		{"ln 2", xs{0, 0}, math.Ln2, xs{0.5, 0.5}, 2},
	},
	"softmaxcrossentropy": {
		{"SoftmaxCrossEntropy(nil, nil) = 0", xs{}, 0, xs{}, 0},
		{
			"a class with the logit -Inf and the probability 0 adds 0, as if it were not there",
			xs{-inf, 0, 0, 0, 1, 0},
			math.Ln2,
			xs{0, -0.5, 0.5, inf, math.Ln2, math.Ln2},
			0,
		},
		{
			"a class with the logit -Inf and a probability above 0 adds +Inf",
			xs{-inf, 0, 1, 0},
			inf,
			xs{-1, 1, inf, 0},
			0,
		},
		{"a logit of +Inf is certain: z = 0 if its probability is 1", xs{0, inf, 0, 1}, 0, xs{0, 0, inf, 0}, 0},
		{"and wrong if that is 0", xs{0, inf, 1, 0}, inf, xs{-1, 1, inf, 0}, 0},
		{
			"z = NaN if all logits are -Inf, with derivatives NaN",
			xs{-inf, -inf, 0, 1},
			nan,
			xs{nan, nan, nan, nan},
			0,
		},
		{"NaN goes through", xs{nan, 0, 0, 1}, nan, xs{nan, nan, nan, nan}, 0},
		{"a probability of NaN, too", xs{0, 0, nan, 1}, nan, xs{nan, nan, math.Ln2, math.Ln2}, 0},
		{"ln 2", xs{0, 0, 0, 1}, math.Ln2, xs{0.5, -0.5, math.Ln2, math.Ln2}, 0},
		{"certain, and right: e⁻²⁰", xs{20, 0, 1, 0}, 2.061153620314381e-09, xs{
			-2.0611536181902037e-09, 2.0611536181902037e-09, 2.061153620314381e-09, 20.00000000206115362,
		}, 4},
		{"certain, and right: e⁻⁴⁰", xs{0, 40, 0, 1}, 4.248354255291589e-18, xs{
			4.248354255291589e-18, -4.248354255291589e-18, 40, 4.248354255291589e-18,
		}, 4},
		{"ln 2 at 10⁸", xs{1e8, 1e8, 0, 1}, math.Ln2, xs{0.5, -0.5, math.Ln2, math.Ln2}, 0},
		{"ln 2 at 10¹⁷", xs{1e17, 1e17, 0, 1}, math.Ln2, xs{0.5, -0.5, math.Ln2, math.Ln2}, 0},
		{"the difference of logits", xs{800, -800, 0, 1}, 1600, xs{1, -1, 0, 1600}, 0},
		{"no probabilities, no loss", xs{3, 3, 0, 0}, 0, xs{0, 0, math.Ln2, math.Ln2}, 0},
	},
	"shift": {
		{"of nothing, the least", xs{}, -inf, xs{}, 0},
		{"the largest", xs{-800, 3, 3, -inf}, 3, xs{0, 0, 0, 0}, 0},
		{"+Inf", xs{1, inf}, inf, xs{0, 0}, 0},
		{"NaN goes through", xs{inf, nan, 1}, nan, xs{0, 0, 0}, 0},
	},
}

// softmax returns Softmax(x) and the derivatives of each of its numbers.
func softmax(x []float64) (z []float64, jacobian [][]float64) {
	for i := range x {
		leaves := gradus.Values(x)
		v := gradus.Softmax(leaves...)
		v[i].Backward()
		z = append(z, v[i].Data)
		row := make([]float64, len(x))
		for j := range leaves {
			row[j] = leaves[j].Grad
		}
		jacobian = append(jacobian, row)
	}
	return z, jacobian
}

// lseUnits returns the error of z = LogSumExp(x) in units of 2⁻⁵²: 1 for each exp, half for
// each +, as much of ln as it is large, at most 4 for 40 operands, and half of z. The error
// of another program may be as large: this is the sum of both.
func lseUnits(x []float64, z float64) float64 {
	return float64(len(x)) + 10 + math.Abs(z)
}

// softmaxUnits returns the error of exp(xᵢ − m)/Σ exp(xⱼ − m) in units of 2⁻⁵², relative to it:
// half of each difference, of which the largest that counts is 746, as e^−746 = 0; 1 for exp, in
// the numerator and in each term of the sum; half for each +, and half for the quotient. The error
// of another program may be as large: this is the sum of both.
func softmaxUnits(x []float64) float64 {
	least, m := inf, -inf
	for _, v := range x {
		least, m = min(least, v), max(m, v)
	}
	return 2 * (min(m-least, 746) + 3 + float64(len(x))/2)
}

// Softmax of two numbers is σ of their difference, and of its opposite. Computed with mpmath
// to 60 digits.
const sigmaOf1, sigmaOfMinus1 = 0.7310585786300048792511592, 0.2689414213699951207488408

func TestSoftmax(t *testing.T) {
	for _, tt := range []struct {
		why  string
		x, z []float64
	}{
		{"of nothing, nothing", xs{}, nil},
		{"of one number, 1", xs{-800}, xs{1}},
		{"equal shares", xs{800, 800}, xs{0.5, 0.5}},
		{"equal shares", xs{-800, -800}, xs{0.5, 0.5}},
		{"equal shares", xs{3, 3, 3, 3}, xs{0.25, 0.25, 0.25, 0.25}},
		{"e⁻¹⁶⁰⁰ underflows", xs{800, -800}, xs{1, 0}},
		{"σ(1) and σ(-1)", xs{1, 0}, xs{sigmaOf1, sigmaOfMinus1}},
		{"σ(1) and σ(-1), far from 0", xs{800, 799}, xs{sigmaOf1, sigmaOfMinus1}},
		{"σ(-1) and σ(1), far from 0", xs{-800, -799}, xs{sigmaOfMinus1, sigmaOf1}},
		{"no share for -Inf", xs{-inf, 3}, xs{0, 1}},
		{"Inf − Inf = NaN", xs{inf, 3}, xs{nan, nan}},
		{"equal shares of large numbers", xs{1e16, 1e16}, xs{0.5, 0.5}},
		{"σ(2) and σ(-2), far from 0", xs{1e16, 1e16 - 2}, xs{0.8807970779778824, 0.11920292202211755}},
		{"-Inf − -Inf = NaN", xs{-inf, -inf}, xs{nan, nan}},
		{"NaN goes through", xs{nan, 3}, xs{nan, nan}},
	} {
		t.Run(fmt.Sprint(tt.x), func(t *testing.T) {
			z, jacobian := softmax(tt.x)
			units := softmaxUnits(tt.x)
			if diff := cmp.Diff(tt.z, z, near(units)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.why, diff)
			}
			if anyNaN(tt.z) {
				return // TestTorch has their derivatives
			}
			for i := range jacobian {
				for j, got := range jacobian[i] {
					want := -tt.z[i] * tt.z[j]
					if i == j {
						want += tt.z[i]
					}
					if !(math.Abs(got-want) <= 3*units*0x1p-52*tt.z[i]) {
						t.Errorf("derivative %d of %d = %v, want %v", j, i, got, want)
					}
				}
			}
		})
	}
}

// LogSumExp(x + c) = LogSumExp(x) + c, and its derivatives are the same, however large c is.
func TestLogSumExpShifted(t *testing.T) {
	for _, tt := range []struct {
		x  []float64
		z  float64
		dx []float64
	}{
		{xs{0, 0}, math.Ln2, xs{0.5, 0.5}},
		{xs{0, 0, 0, 0}, 2 * math.Ln2, xs{0.25, 0.25, 0.25, 0.25}},
		{xs{1, 0}, 1.313261687518222834048995, xs{sigmaOf1, sigmaOfMinus1}},
	} {
		for _, c := range []float64{0, 800, -800, 1e6} {
			t.Run(fmt.Sprint(tt.x, c), func(t *testing.T) {
				x := slices.Clone(tt.x)
				for i := range x {
					x[i] += c
				}
				got := evaluate(appliedBy()["LogSumExp"], x)
				if bound := lseUnits(x, got.Value) * 0x1p-52; !agree(got.Value, tt.z+c, bound) {
					t.Errorf("value = %v, want %v ± %.1g", got.Value, tt.z+c, bound)
				}
				if diff := cmp.Diff(tt.dx, got.Partials, near(softmaxUnits(x))); diff != "" {
					t.Errorf("derivatives (-want +got):\n%s", diff)
				}
			})
		}
	}
}
