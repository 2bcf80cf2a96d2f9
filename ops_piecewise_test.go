package gradus_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/gradus-go/gradus"
)

var piecewiseCases = map[string][]specialCase{
	"abs": {
		{
			"Abs(±0) = 0, with derivative 0: the mean of both sides, as PyTorch has it",
			xs{0},
			0,
			xs{0},
			0,
		},
		{
			"Abs(±0) = 0, with derivative 0: the mean of both sides, as PyTorch has it",
			xs{minus0},
			0,
			xs{0},
			0,
		},
		{"Abs(±Inf) = +Inf, with derivative ±1", xs{inf}, inf, xs{1}, 0},
		{"Abs(±Inf) = +Inf, with derivative ±1", xs{-inf}, inf, xs{-1}, 0},
		{"a NaN has no sign", xs{nan}, nan, xs{nan}, 0},
		{"−x beside the kink", xs{-0x1p-1074}, 0x1p-1074, xs{-1}, 0},
		{"x beside the kink", xs{0x1p-1074}, 0x1p-1074, xs{1}, 0},
	},
	"ReLU": {
		{"ReLU(±0) = 0, with derivative 0; PyTorch has the same derivative", xs{0}, 0, xs{0}, 0},
		{"ReLU(±0) = 0, with derivative 0; PyTorch has the same derivative", xs{minus0}, 0, xs{0}, 0},
		{"ReLU(NaN) = NaN, with derivative NaN", xs{nan}, nan, xs{nan}, 0},
		{"open", xs{inf}, inf, xs{1}, 0},
		{"shut", xs{-inf}, 0, xs{0}, 0},
		{"open", xs{800}, 800, xs{1}, 0},
		{"shut", xs{-800}, 0, xs{0}, 0},
		{"open beside the kink", xs{0x1p-1074}, 0x1p-1074, xs{1}, 0},
		{"shut beside the kink", xs{-0x1p-1074}, 0, xs{0}, 0},
	},
	"LeakyReLU(0.01)": {
		{"open", xs{800}, 800, xs{1}, 0},
		{"leaking", xs{-800}, -800 * 0.01, xs{0.01}, 0},
		{"the kink belongs to the left", xs{0}, 0, xs{0.01}, 0},
		{"NaN goes through", xs{nan}, nan, xs{nan}, 0},
	},
	"LeakyReLU(0.25)": {
		{"LeakyReLU(±0) = slope·±0, with derivative slope, as PyTorch has it", xs{0}, 0, xs{0.25}, 0},
		{
			"LeakyReLU(±0) = slope·±0, with derivative slope, as PyTorch has it",
			xs{minus0},
			minus0,
			xs{0.25},
			0,
		},
		{"LeakyReLU(NaN) = NaN, with derivative NaN", xs{nan}, nan, xs{nan}, 0},
		{"open", xs{inf}, inf, xs{1}, 0},
		{"leaking", xs{-inf}, -inf, xs{0.25}, 0},
		{"open", xs{800}, 800, xs{1}, 0},
		{"leaking", xs{-800}, -200, xs{0.25}, 0},
	},
	"LeakyReLU(2)": {
		{"a slope may be steep", xs{-800}, -1600, xs{2}, 0},
		{"open", xs{800}, 800, xs{1}, 0},
	},
	"LeakyReLU(-2)": {
		{"a negative slope turns the sign of 0", xs{0}, minus0, xs{-2}, 0},
		{"a negative slope turns the sign of 0", xs{minus0}, 0, xs{-2}, 0},
		{"a slope may be negative", xs{-800}, 1600, xs{-2}, 0},
	},
	"max": {
		{"Max(x, x) has the derivatives ½ and ½, as PyTorch has it", xs{3, 3}, 3, xs{0.5, 0.5}, 0},
		{
			"Max(x, x) has the derivatives ½ and ½, as PyTorch has it",
			xs{inf, inf},
			inf,
			xs{0.5, 0.5},
			0,
		},
		{
			"Max(x, x) has the derivatives ½ and ½, as PyTorch has it",
			xs{-inf, -inf},
			-inf,
			xs{0.5, 0.5},
			0,
		},
		{"Max(+0, -0) = +0, with derivatives ½ and ½", xs{0, minus0}, 0, xs{0.5, 0.5}, 0},
		{"Max(+0, -0) = +0, with derivatives ½ and ½", xs{minus0, 0}, 0, xs{0.5, 0.5}, 0},
		{"Max(x, NaN) = Max(NaN, y) = NaN, with derivatives NaN", xs{1, nan}, nan, xs{nan, nan}, 0},
		{"Max(x, NaN) = Max(NaN, y) = NaN, with derivatives NaN", xs{nan, 1}, nan, xs{nan, nan}, 0},
		{"Max(x, NaN) = Max(NaN, y) = NaN, with derivatives NaN", xs{inf, nan}, nan, xs{nan, nan}, 0},
		{"Max(x, NaN) = Max(NaN, y) = NaN, with derivatives NaN", xs{nan, -inf}, nan, xs{nan, nan}, 0},
		{"the first is larger", xs{inf, 800}, inf, xs{1, 0}, 0},
		{"the second is larger", xs{-inf, -800}, -800, xs{0, 1}, 0},
		{"the second is larger, by the least number", xs{minus0, 0x1p-1074}, 0x1p-1074, xs{0, 1}, 0},
	},
	"where": {
		{"Where(±0, a, b) = b", xs{0, 5, 7}, 7, xs{0, 0, 1}, 0},
		{"Where(±0, a, b) = b", xs{minus0, 5, 7}, 7, xs{0, 0, 1}, 0},
		{"Where(NaN, a, b) = NaN, with derivatives NaN", xs{nan, 5, 7}, nan, xs{0, nan, nan}, 0},
		{"the smallest above 0", xs{5e-324, 5, 7}, 5, xs{0, 1, 0}, 0},
		{"what is not selected may be NaN", xs{1, 5, nan}, 5, xs{0, 1, 0}, 0},
		{"what is not selected may be NaN", xs{-inf, nan, 7}, 7, xs{0, 0, 1}, 0},
		{"NaN goes through", xs{inf, nan, 7}, nan, xs{0, 1, 0}, 0},
	},
	"pick": {
		{"the first", xs{0, 5, 7, -9}, 5, xs{0, 1, 0, 0}, 0},
		{"the first", xs{minus0, 5, 7, -9}, 5, xs{0, 1, 0, 0}, 0},
		{"the last", xs{2, 5, 7, -9}, -9, xs{0, 0, 0, 1}, 0},
		{"the index is rounded", xs{1.25, 5, 7, -9}, 7, xs{0, 0, 1, 0}, 0},
		{"the index is rounded", xs{-0x1.fffffffffffffp-2, 5, 7, -9}, 5, xs{0, 1, 0, 0}, 0},
		{"one value", xs{0, inf}, inf, xs{0, 1}, 0},
		{"what is not picked may be NaN", xs{1, nan, 7, nan}, 7, xs{0, 0, 1, 0}, 0},
		{"NaN goes through", xs{1, 5, nan}, nan, xs{0, 0, 1}, 0},
		{notPicked, xs{0}, nan, xs{0}, 0},
		{notPicked, xs{-1, 5, 7}, nan, xs{0, 0, 0}, 0},
		{notPicked, xs{-0.5, 5, 7}, nan, xs{0, 0, 0}, 0},
		{notPicked, xs{0.5, 5, 7}, nan, xs{0, 0, 0}, 0},
		{notPicked, xs{1.5, 5, 7}, nan, xs{0, 0, 0}, 0},
		{notPicked, xs{2, 5, 7}, nan, xs{0, 0, 0}, 0},
		{notPicked, xs{1e300, 5, 7}, nan, xs{0, 0, 0}, 0},
		{notPicked, xs{inf, 5, 7}, nan, xs{0, 0, 0}, 0},
		{notPicked, xs{-inf, 5, 7}, nan, xs{0, 0, 0}, 0},
		{"Pick(NaN, x...) = NaN, with derivatives NaN", xs{nan, 5, 7}, nan, xs{0, nan, nan}, 0},
	},
	"min": {
		{"Min(x, x) has the derivatives ½ and ½, as PyTorch has it", xs{3, 3}, 3, xs{0.5, 0.5}, 0},
		{
			"Min(x, x) has the derivatives ½ and ½, as PyTorch has it",
			xs{inf, inf},
			inf,
			xs{0.5, 0.5},
			0,
		},
		{
			"Min(x, x) has the derivatives ½ and ½, as PyTorch has it",
			xs{-inf, -inf},
			-inf,
			xs{0.5, 0.5},
			0,
		},
		{"Min(+0, -0) = -0, with derivatives ½ and ½", xs{0, minus0}, minus0, xs{0.5, 0.5}, 0},
		{"Min(+0, -0) = -0, with derivatives ½ and ½", xs{minus0, 0}, minus0, xs{0.5, 0.5}, 0},
		{"like zeros are that zero", xs{0, 0}, 0, xs{0.5, 0.5}, 0},
		{"Min(x, NaN) = Min(NaN, y) = NaN, with derivatives NaN", xs{1, nan}, nan, xs{nan, nan}, 0},
		{"Min(x, NaN) = Min(NaN, y) = NaN, with derivatives NaN", xs{nan, 1}, nan, xs{nan, nan}, 0},
		{"Min(x, NaN) = Min(NaN, y) = NaN, with derivatives NaN", xs{-inf, nan}, nan, xs{nan, nan}, 0},
		{"Min(x, NaN) = Min(NaN, y) = NaN, with derivatives NaN", xs{nan, inf}, nan, xs{nan, nan}, 0},
		{"the second is smaller", xs{inf, 800}, 800, xs{0, 1}, 0},
		{"the first is smaller", xs{-inf, -800}, -inf, xs{1, 0}, 0},
		{"the first is smaller, by the least number", xs{minus0, 0x1p-1074}, minus0, xs{1, 0}, 0},
	},
	"step": {
		{"the jump belongs to the left, and is flat", xs{0}, 0, xs{0}, 0},
		{"the jump belongs to the left, and is flat", xs{minus0}, 0, xs{0}, 0},
		{"on", xs{inf}, 1, xs{0}, 0},
		{"off", xs{-inf}, 0, xs{0}, 0},
		{"on", xs{0x1p-1074}, 1, xs{0}, 0},
		{"NaN goes through", xs{nan}, nan, xs{0}, 0},
	},
	"sign": {
		{"the jump is the mean of both sides, and is flat", xs{0}, 0, xs{0}, 0},
		{"the jump is the mean of both sides, and is flat", xs{minus0}, 0, xs{0}, 0},
		{"positive", xs{inf}, 1, xs{0}, 0},
		{"negative", xs{-inf}, -1, xs{0}, 0},
		{"negative", xs{-0x1p-1074}, -1, xs{0}, 0},
		{"NaN goes through", xs{nan}, nan, xs{0}, 0},
	},
}

func TestClamp(t *testing.T) {
	for _, tt := range []struct{ x, lo, hi, z, dx, dlo, dhi float64 }{
		{0.7, 0, 1, 0.7, 1, 0, 0},
		{-0.7, 0, 1, 0, 0, 1, 0},
		{1.7, 0, 1, 1, 0, 0, 1},
		{0, 0, 1, 0, 0.5, 0.5, 0}, // at a bound
		{1, 0, 1, 1, 0.5, 0, 0.5},
		{0.5, 1, 0, 0, 0, 0, 1}, // hi, if the bounds are the wrong way around
		{inf, 0, 1, 1, 0, 0, 1},
		{nan, 0, 1, nan, nan, nan, nan},
	} {
		x, lo, hi := gradus.New(tt.x), gradus.New(tt.lo), gradus.New(tt.hi)
		z := x.Clamp(lo, hi)
		z.Backward()
		got, want := xs{z.Data, x.Grad, lo.Grad, hi.Grad}, xs{tt.z, tt.dx, tt.dlo, tt.dhi}
		if diff := cmp.Diff(want, got, cmpopts.EquateNaNs()); diff != "" {
			t.Errorf("Clamp(%v, %v, %v) and its derivatives (-want +got):\n%s", tt.x, tt.lo, tt.hi, diff)
		}
	}
}

const notPicked = "Pick(index, x...) = NaN if |index − i| ≥ ½ for each i, with derivatives 0"
