package gradus_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/diff/fd"

	"github.com/gradus-go/gradus"
)

var (
	nan, inf = math.NaN(), math.Inf(1)
	minus0   = math.Copysign(0, -1) // the literal -0.0 is +0
)

// everyOp returns the ops of the package, and some as a user makes them: whatever holds for
// the former must hold for the latter.
func everyOp() []*gradus.Op {
	return append(gradus.Ops(),
		gradus.LeakyReLU(0.25),
		gradus.LeakyReLU(2),  // not max(x, slope·x)
		gradus.LeakyReLU(-2), // not monotonic
		gradus.Func1("cube",
			func(x float64) float64 { return x * x * x },
			func(x float64) float64 { return 3 * x * x }),
		gradus.Func2("hypot", math.Hypot,
			func(x, y float64) float64 { return x / math.Hypot(x, y) },
			func(x, y float64) float64 { return y / math.Hypot(x, y) }),
		gradus.FuncN("norm", norm, func(dx, x []float64) {
			for i, v := range x {
				dx[i] = v / norm(x)
			}
		}))
}

// norm returns √(x₀² + x₁² + … ).
func norm(x []float64) (z float64) {
	for _, v := range x {
		z = math.Hypot(z, v)
	}
	return z
}

// A domain says where an op is tried at random.
type domain struct {
	x, y span // y is for the second of two operands, x for all others
	// room is the distance of operand i to the nearest kink or singularity of the function,
	// in the complex plane. It is nil if there is none within 2 of the domain.
	room func(x []float64, i int) float64
	// held says why the derivatives are 0 by definition, if they are not those of the function.
	held string
}

type span struct{ lo, hi float64 }

// domains has a row for every op. The signs of the operands are mixed where the function
// takes them. Those of n-ary functions are positive, lest rounding errors grow beyond the
// result.
var domains = map[string]domain{
	"+":        {x: span{-8, 8}, y: span{-8, 8}},
	"−":        {x: span{-8, 8}, y: span{-8, 8}},
	"·":        {x: span{-8, 8}, y: span{-8, 8}},
	"/":        {x: span{-8, 8}, y: span{-8, 8}, room: secondFromZero},
	"neg":      {x: span{-8, 8}},
	"^":        {x: span{0.25, 5}, y: span{-3, 3}, room: firstFromZero},
	"square":   {x: span{-8, 8}},
	"√":        {x: span{0.25, 50}, room: firstFromZero},
	"exp":      {x: span{-30, 30}},
	"ln":       {x: span{0.25, 50}, room: firstFromZero},
	"log1p":    {x: span{-0.75, 50}, room: fromMinusOne},
	"expm1":    {x: span{-30, 30}},
	"sin":      {x: span{-8, 8}},
	"cos":      {x: span{-8, 8}},
	"tan":      {x: span{-1.25, 1.25}, room: fromPole},
	"arcsin":   {x: span{-0.75, 0.75}, room: fromBranchPoint},
	"arccos":   {x: span{-0.75, 0.75}, room: fromBranchPoint},
	"arctan":   {x: span{-8, 8}, room: fromI},
	"sinh":     {x: span{-8, 8}},
	"cosh":     {x: span{-8, 8}},
	"tanh":     {x: span{-4, 4}, room: fromImaginaryPole},
	"erf":      {x: span{-4, 4}},
	"σ":        {x: span{-30, 8}},
	"softplus": {x: span{-30, 30}},
	"ELU":      {x: span{-30, 30}, room: firstFromZero},
	"SiLU":     {x: span{-30, 8}},
	"GELU":     {x: span{-8, 8}},

	"sigmoidcrossentropy": {x: span{-8, 8}, y: span{0, 1}},

	"abs":             {x: span{-8, 8}, room: firstFromZero},
	"ReLU":            {x: span{-8, 8}, room: firstFromZero},
	"LeakyReLU(0.01)": {x: span{-8, 8}, room: firstFromZero},
	"LeakyReLU(0.25)": {x: span{-8, 8}, room: firstFromZero},
	"LeakyReLU(2)":    {x: span{-8, 8}, room: firstFromZero},
	"LeakyReLU(-2)":   {x: span{-8, 8}, room: firstFromZero},
	"max":             {x: span{-8, 8}, y: span{-8, 8}, room: apart},
	"min":             {x: span{-8, 8}, y: span{-8, 8}, room: apart},
	"where":           {x: span{-8, 8}, room: firstFromZero},
	"pick":            {x: span{-0.5, 2.5}, room: fromHalf},
	"step":            {x: span{-8, 8}, room: firstFromZero},
	"sign":            {x: span{-8, 8}, room: firstFromZero},
	"sum":             {x: span{0.5, 4}},
	"mean":            {x: span{0.5, 4}},
	"dot":             {x: span{0.5, 4}},
	"logsumexp":       {x: span{0.5, 4}},

	"softmaxcrossentropy": {x: span{0.5, 4}},
	"shift":               {x: span{0.5, 4}, held: "what is subtracted from all operands cancels"},

	"cube":  {x: span{-8, 8}},
	"norm":  {x: span{0.5, 4}, room: func(x []float64, _ int) float64 { return norm(x) }},
	"hypot": {x: span{-8, 8}, y: span{-8, 8}, room: fromOrigin},
}

func firstFromZero(x []float64, i int) float64 {
	if i != 0 {
		return inf
	}
	return math.Abs(x[0])
}

// fromHalf is how far the index of pick is from the nearest jump, or 0 if it picks nothing.
func fromHalf(x []float64, i int) float64 {
	at := math.Round(x[0])
	switch {
	case i != 0:
		return inf
	case at < 0 || at > float64(len(x)-2):
		return 0
	}
	return 0.5 - math.Abs(x[0]-at)
}

func secondFromZero(x []float64, i int) float64 { return firstFromZero(x[1:], i-1) }
func apart(x []float64, _ int) float64          { return math.Abs(x[0] - x[1]) }

// log1p has its singularity at −1, arcsin and arccos at ±1, and arctan at ±i.
func fromMinusOne(x []float64, _ int) float64    { return 1 + x[0] }
func fromBranchPoint(x []float64, _ int) float64 { return 1 - math.Abs(x[0]) }
func fromI(x []float64, _ int) float64           { return math.Hypot(x[0], 1) }

// tan has poles at ±π/2, tanh at ±π/2·i, and hypot is singular at x = ±y·i.
func fromPole(x []float64, _ int) float64          { return math.Pi/2 - math.Abs(x[0]) }
func fromImaginaryPole(x []float64, _ int) float64 { return math.Hypot(x[0], math.Pi/2) }
func fromOrigin(x []float64, _ int) float64        { return math.Hypot(x[0], x[1]) }

// domainOf returns the domain of op, which it must have.
func domainOf(t *testing.T, op *gradus.Op) domain {
	t.Helper()
	d, ok := domains[op.Name()]
	if !ok {
		t.Fatalf("op %q has no row in the table of domains", op.Name())
	}
	return d
}

// radius is half the room, or 1 if there is more: within that distance of operand i, in the
// complex plane, the function is smooth and about as large as it is on the real line.
func (d domain) radius(x []float64, i int) float64 {
	if d.room == nil {
		return 1
	}
	return min(1, d.room(x, i)/2)
}

// draw returns n operands with room around them. They are multiples of 2⁻¹², so that moving
// them by a power of two not much smaller is exact.
func (d domain) draw(rng *rand.Rand, n int) []float64 {
	x := make([]float64, n)
	for {
		room := true
		for i := range x {
			s := d.x
			if i == 1 && d.y != (span{}) {
				s = d.y
			}
			x[i] = math.Round((s.lo+(s.hi-s.lo)*rng.Float64())*0x1p12) / 0x1p12
		}
		for i := range x {
			room = room && d.radius(x, i) >= 0.125
		}
		if room {
			return x
		}
	}
}

// operandCounts returns the numbers of operands that op is tried with.
func operandCounts(op *gradus.Op) []int {
	switch {
	case op.Arity() >= 0:
		return []int{op.Arity()}
	case op.Name() == "dot" || op.Name() == "softmaxcrossentropy":
		return []int{2, 4, 10, 80}
	case op.Name() == "pick":
		return []int{2, 3, 6, 41}
	}
	return []int{1, 2, 5, 40}
}

// forEachPoint runs f for points random operands of op, a tenth of that for n-ary ops.
func forEachPoint(t *testing.T, op *gradus.Op, points int, f func(x []float64)) {
	t.Helper()
	d, rng := domainOf(t, op), rand.New(rand.NewPCG(20, 25))
	if op.Arity() < 0 {
		points /= 10
	}
	for _, n := range operandCounts(op) {
		for range points {
			f(d.draw(rng, n))
		}
	}
}

// central8 is the central difference of 8th order, f′ = Σ cᵢ·f(x + i·h)/h − h⁸·f⁽⁹⁾/630.
//
// Source: B. Fornberg, Generation of finite difference formulas on arbitrarily spaced
// grids, Math. Comp. 51(184), 1988, table 1.
var central8 = fd.Formula{
	Stencil: []fd.Point{
		{Loc: -4, Coeff: 1. / 280},
		{Loc: -3, Coeff: -4. / 105},
		{Loc: -2, Coeff: 1. / 5},
		{Loc: -1, Coeff: -4. / 5},
		{Loc: 1, Coeff: 4. / 5},
		{Loc: 2, Coeff: -1. / 5},
		{Loc: 3, Coeff: 4. / 105},
		{Loc: 4, Coeff: -1. / 280},
	},
	Derivative: 1,
	Step:       1,
}

// numericDerivative returns f′(x) and a bound on its error, for a function that is smooth
// within radius r of x and at most M there; M is taken from three points.
//
// The step h is a power of two between r/256 and r/128. By Cauchy, f⁽⁹⁾ is at most 9!·M/r⁹,
// so that the difference leaves out at most 576·(h/r)⁸·M/r < 2⁻⁴⁶·M/r. Rounding adds
// Σ|cᵢ| < 2.1 times the error of f, over h. That is 2⁻⁴⁰·³·M/r for an error of 12 units of
// 2⁻⁵³, which x^y and the logsumexp of 40 numbers may come near. Both together stay below
// 2⁻⁴⁰·M/r, which is 9·10⁻¹³ of the most that f′ can be.
func numericDerivative(f func(float64) float64, x, r float64) (d, bound float64) {
	_, exponent := math.Frexp(r)
	h := math.Ldexp(1, exponent-8)
	d = fd.Derivative(f, x, &fd.Settings{Formula: central8, Step: h})
	M := max(math.Abs(f(x-r)), math.Abs(f(x)), math.Abs(f(x+r)))
	return d, 0x1p-40 * M / r
}

func TestDerivatives(t *testing.T) {
	for _, op := range everyOp() {
		t.Run(op.Name(), func(t *testing.T) {
			d := domainOf(t, op)
			forEachPoint(t, op, 400, func(x []float64) {
				dx := make([]float64, len(x))
				op.Partials(dx, x, op.Eval(x...))
				moved := append([]float64(nil), x...)
				for i := range x {
					want, bound := numericDerivative(func(xi float64) float64 {
						moved[i] = xi
						return op.Eval(moved...)
					}, x[i], d.radius(x, i))
					moved[i] = x[i]
					if d.held != "" {
						want = 0
					}
					if !(math.Abs(dx[i]-want) <= bound) {
						t.Errorf("∂/∂x%d at %v = %v, want %v ± %.1g", i, x, dx[i], want, bound)
					}
				}
			})
		})
	}
}

// A row whose op is gone would go unnoticed.
func TestDomainsAreOfOps(t *testing.T) {
	names := map[string]bool{}
	for _, op := range everyOp() {
		names[op.Name()] = true
	}
	for name := range domains {
		if !names[name] {
			t.Errorf("the table of domains has a row for %q, and no op has that name", name)
		}
	}
}
