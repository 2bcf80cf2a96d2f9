package gradus_test

import (
	"math"
)

// The constants are those of math, or computed with mpmath to 60 digits. The units are
// those of the sources of package math, rounded up, plus one where the derivative takes
// another step or two.
var elementaryCases = map[string][]specialCase{
	"exp": {
		{"Exp(+Inf) = +Inf, with derivative +Inf", xs{inf}, inf, xs{inf}, 0},
		{"Exp(-Inf) = 0, with derivative 0", xs{-inf}, 0, xs{0}, 0},
		{"exp 0 = 1", xs{0}, 1, xs{1}, 0},
		{"exp 0 = 1", xs{minus0}, 1, xs{1}, 0},
		{"e", xs{1}, math.E, xs{math.E}, 1},
		{"NaN goes through", xs{nan}, nan, xs{nan}, 0},
		{"overflow", xs{800}, inf, xs{inf}, 0},
		{"underflow", xs{-800}, 0, xs{0}, 0},
		{
			"near overflow",
			xs{709},
			8.218407461554972189241372e+307,
			xs{8.218407461554972189241372e+307},
			1,
		},
		{"subnormal", xs{-740}, 4.18873988004804893945754e-322, xs{4.18873988004804893945754e-322}, 1},
	},
	"ln": {
		{"Log(±0) = -Inf, with derivative ±Inf", xs{0}, -inf, xs{inf}, 0},
		{"Log(±0) = -Inf, with derivative ±Inf", xs{minus0}, -inf, xs{-inf}, 0},
		{"Log(+Inf) = +Inf, with derivative 0", xs{inf}, inf, xs{0}, 0},
		{"Log(x < 0) = NaN, with derivative NaN", xs{-1}, nan, xs{nan}, 0},
		{"Log(x < 0) = NaN, with derivative NaN", xs{-800}, nan, xs{nan}, 0},
		{"Log(x < 0) = NaN, with derivative NaN", xs{-inf}, nan, xs{nan}, 0},
		{"NaN goes through", xs{nan}, nan, xs{nan}, 0},
		{"ln 1 = 0", xs{1}, 0, xs{1}, 0},
		{"ln 800", xs{800}, 6.684611727667927296287679, xs{1. / 800}, 1},
		{"the least number: 1/x overflows", xs{0x1p-1074}, -1074 * math.Ln2, xs{inf}, 1},
	},
	"sin": {
		{"Sin(±Inf) = NaN", xs{inf}, nan, xs{nan}, 0},
		{"Sin(±Inf) = NaN", xs{-inf}, nan, xs{nan}, 0},
		{"sin is odd", xs{0}, 0, xs{1}, 0},
		{"sin is odd", xs{minus0}, minus0, xs{1}, 0},
		{"NaN goes through", xs{nan}, nan, xs{nan}, 0},
		{"sin 800", xs{800}, 0.893969648197021417904936, xs{-0.4481275132174923275554459}, 1},
		{"sin is odd", xs{-800}, -0.893969648197021417904936, xs{-0.4481275132174923275554459}, 1},
	},
	"cos": {
		{"Cos(±Inf) = NaN", xs{inf}, nan, xs{nan}, 0},
		{"Cos(±Inf) = NaN", xs{-inf}, nan, xs{nan}, 0},
		{"cos is even, −sin odd", xs{0}, 1, xs{minus0}, 0},
		{"cos is even, −sin odd", xs{minus0}, 1, xs{0}, 0},
		{"NaN goes through", xs{nan}, nan, xs{nan}, 0},
		{"cos 800", xs{800}, -0.4481275132174923275554459, xs{-0.893969648197021417904936}, 1},
		{
			"cos is even, −sin odd",
			xs{-800},
			-0.4481275132174923275554459,
			xs{0.893969648197021417904936},
			1,
		},
	},
	"tan": {
		{"Tan(±Inf) = NaN", xs{inf}, nan, xs{nan}, 0},
		{"Tan(±Inf) = NaN", xs{-inf}, nan, xs{nan}, 0},
		{"tan is odd", xs{0}, 0, xs{1}, 0},
		{"tan is odd", xs{minus0}, minus0, xs{1}, 0},
		{"NaN goes through", xs{nan}, nan, xs{nan}, 0},
		{"tan 800", xs{800}, -1.99490016084583929280379, xs{4.979626651742755481812577}, 4},
		{"tan is odd", xs{-800}, 1.99490016084583929280379, xs{4.979626651742755481812577}, 4},
	},
	"tanh": {
		{"Tanh(±Inf) = ±1, with derivative 0", xs{inf}, 1, xs{0}, 0},
		{"Tanh(±Inf) = ±1, with derivative 0", xs{-inf}, -1, xs{0}, 0},
		{"saturated", xs{800}, 1, xs{0}, 0},
		{"saturated", xs{-800}, -1, xs{0}, 0},
		{"1 − 2e⁻⁴⁰ rounds to 1", xs{20}, 1, xs{0}, 0},
		{"tanh is odd", xs{0}, 0, xs{1}, 0},
		{"tanh is odd", xs{minus0}, minus0, xs{1}, 0},
		{"NaN goes through", xs{nan}, nan, xs{nan}, 0},
		{
			"tanh 1; 1 − tanh² cancels",
			xs{1},
			0.7615941559557648881194583,
			xs{0.4199743416140260693944967},
			5,
		},
	},
}

// The functions of exp that must not overflow on the way. σ(x) = e^x and softplus(x) = e^x
// to within less than a digit for x < −37.
var stableCases = map[string][]specialCase{
	"σ": {
		{"Sigmoid(+Inf) = 1, with derivative 0", xs{inf}, 1, xs{0}, 0},
		{"Sigmoid(-Inf) = 0, with derivative 0", xs{-inf}, 0, xs{0}, 0},
		{"saturated", xs{800}, 1, xs{0}, 0},
		{"e⁻⁸⁰⁰ underflows", xs{-800}, 0, xs{0}, 0},
		{"NaN goes through", xs{nan}, nan, xs{nan}, 0},
		{"σ(0) = ½", xs{0}, 0.5, xs{0.25}, 0},
		{"σ(0) = ½", xs{minus0}, 0.5, xs{0.25}, 0},
		{"σ(1) = 1/(1 + e⁻¹)", xs{1}, 0.7310585786300048792511592, xs{0.1966119332414818525374247}, 4},
		{"σ(-1) = 1 − σ(1)", xs{-1}, 0.2689414213699951207488408, xs{0.1966119332414818525374247}, 4},
		{
			"1 − 2.1·2⁻⁵³ rounds to 1 − 2⁻⁵², and z(1 − z) has that error",
			xs{36},
			1 - 0x1p-52,
			xs{(1 - 0x1p-52) * 0x1p-52},
			0,
		},
		{"1 − 0.8·2⁻⁵³ rounds to 1, and the derivative is exactly 0", xs{37}, 1, xs{0}, 0},
		{"e⁻³⁷", xs{-37}, 8.533047625744065066149032e-17, xs{8.533047625744064338020014e-17}, 4},
		{"e⁻⁷⁰⁸", xs{-708}, 3.307553003638407996201174e-308, xs{3.307553003638407996201174e-308}, 1},
		{
			"subnormal e⁻⁷⁴⁰",
			xs{-740},
			4.18873988004804893945754e-322,
			xs{4.18873988004804893945754e-322},
			1,
		},
	},
	"softplus": {
		{"Softplus(+Inf) = +Inf, with derivative 1", xs{inf}, inf, xs{1}, 0},
		{"Softplus(-Inf) = 0, with derivative 0", xs{-inf}, 0, xs{0}, 0},
		{"ln(1 + e⁸⁰⁰) = 800 + e⁻⁸⁰⁰", xs{800}, 800, xs{1}, 0},
		{"e⁻⁸⁰⁰ underflows", xs{-800}, 0, xs{0}, 0},
		{"NaN goes through", xs{nan}, nan, xs{nan}, 0},
		{"ln 2", xs{0}, math.Ln2, xs{0.5}, 1},
		{"ln 2", xs{minus0}, math.Ln2, xs{0.5}, 1},
		{"ln(1 + e), σ(1)", xs{1}, 1.313261687518222834048995, xs{0.7310585786300048792511592}, 3},
		{"ln(1 + e⁻¹), σ(-1)", xs{-1}, 0.3132616875182228340489955, xs{0.2689414213699951207488408}, 3},
		{"37 + 0.8·2⁻⁵³", xs{37}, 37, xs{1}, 0},
		{"e⁻³⁷", xs{-37}, 8.533047625744065430213541e-17, xs{8.533047625744065066149032e-17}, 3},
		{
			"subnormal e⁻⁷⁴⁰",
			xs{-740},
			4.18873988004804893945754e-322,
			xs{4.18873988004804893945754e-322},
			2,
		},
	},
}
