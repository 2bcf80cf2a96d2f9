package gradus_test

import "math"

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
		{"Dot() = 0", xs{}, 0, xs{}, 0},
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
			"LogSumExp(x) = +Inf if one is +Inf, whose derivative is NaN; the others' are 0",
			xs{1, inf, -inf, 800},
			inf,
			xs{0, nan, 0, 0},
			0,
		},
		{"of two Infs", xs{inf, inf}, inf, xs{nan, nan}, 0},
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
}
