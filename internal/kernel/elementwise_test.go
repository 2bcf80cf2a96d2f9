package kernel

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/gradus-go/gradus/internal/elementary"
)

// An elementwise is a function that works element by element: of the vectors, the first ones are
// results, and the last ones, ones in number, may be one number.
type elementwise struct {
	name                   string
	vectors, results, ones int
	run                    func(v [][]float64)
	want                   func(v []float64) // what the function does to one element
}

var elementwises = []elementwise{
	{
		"Add", 3, 1, 2,
		func(v [][]float64) { Add(v[0], v[1], v[2]) },
		func(v []float64) { v[0] = v[1] + v[2] },
	},
	{
		"Sub", 3, 1, 2,
		func(v [][]float64) { Sub(v[0], v[1], v[2]) },
		func(v []float64) { v[0] = v[1] - v[2] },
	},
	{
		"Mul", 3, 1, 2,
		func(v [][]float64) { Mul(v[0], v[1], v[2]) },
		func(v []float64) { v[0] = v[1] * v[2] },
	},
	{
		"Div", 3, 1, 2,
		func(v [][]float64) { Div(v[0], v[1], v[2]) },
		func(v []float64) { v[0] = v[1] / v[2] },
	},
	{
		"MulAdd", 4, 1, 3,
		func(v [][]float64) { MulAdd(v[0], v[1], v[2], v[3]) },
		func(v []float64) { v[0] = float64(v[1]*v[2]) + v[3] },
	},
	{
		"ReLU", 2, 1, 0,
		func(v [][]float64) { ReLU(v[0], v[1]) },
		func(v []float64) { v[0] = max(v[1], 0) },
	},
	{
		"Max", 3, 1, 2,
		func(v [][]float64) { Max(v[0], v[1], v[2]) },
		func(v []float64) { v[0] = max(v[1], v[2]) },
	},
	{
		"Min", 3, 1, 2,
		func(v [][]float64) { Min(v[0], v[1], v[2]) },
		func(v []float64) { v[0] = min(v[1], v[2]) },
	},
	{
		"Choose", 4, 1, 3,
		func(v [][]float64) { Choose(v[0], v[1], v[2], v[3]) },
		func(v []float64) {
			switch {
			case v[1] > 0:
				v[0] = v[2]
			case v[1] <= 0:
				v[0] = v[3]
			default:
				v[0] = v[1]
			}
		},
	},
	{
		"ElseGrad", 3, 1, 1,
		func(v [][]float64) { ElseGrad(v[0], v[1], v[2]) },
		func(v []float64) {
			if !(v[2] > 0) {
				v[0] += v[1]
			}
			if math.IsNaN(v[2]) {
				v[0] = v[2]
			}
		},
	},
	{
		"LargerGrad", 4, 1, 2,
		func(v [][]float64) { LargerGrad(v[0], v[1], v[2], v[3]) },
		func(v []float64) {
			switch x, y := v[2], v[3]; {
			case x > y:
				v[0] += v[1]
			case x == y:
				v[0] += float64(v[1] / 2) // not fused
			case math.IsNaN(x) || math.IsNaN(y):
				v[0] = math.NaN()
			}
		},
	},
	{
		"InverseSqrt", 2, 1, 0,
		func(v [][]float64) { InverseSqrt(v[0], v[1]) },
		func(v []float64) { v[0] = math.Pow(v[1], -0.5) },
	},
	{
		"MulGrad", 5, 2, 0,
		func(v [][]float64) { MulGrad(v[0], v[1], v[2], v[3], v[4]) },
		func(v []float64) {
			v[0] += float64(v[2] * v[4])
			v[1] += float64(v[2] * v[3])
		},
	},
	{
		"DivGrad", 5, 2, 0,
		func(v [][]float64) { DivGrad(v[0], v[1], v[2], v[3], v[4]) },
		func(v []float64) {
			v[0] += float64(v[2] * (1 / v[3]))
			v[1] += float64(v[2] * (-v[4] / v[3]))
		},
	},
	{
		"SquareGrad", 3, 1, 0,
		func(v [][]float64) { SquareGrad(v[0], v[1], v[2]) },
		func(v []float64) { v[0] += float64(v[1] * (2 * v[2])) },
	},
	{
		"ReLUGrad", 3, 1, 1,
		func(v [][]float64) { ReLUGrad(v[0], v[1], v[2]) },
		func(v []float64) {
			if !(v[2] <= 0) {
				v[0] += v[1]
			}
			if math.IsNaN(v[2]) {
				v[0] = v[2]
			}
		},
	},
	{
		"TanhGrad", 3, 1, 0,
		func(v [][]float64) { TanhGrad(v[0], v[1], v[2]) },
		func(v []float64) { v[0] += float64(v[1] * (1 - float64(v[2]*v[2]))) },
	},
	{
		"SigmoidGrad", 3, 1, 0,
		func(v [][]float64) { SigmoidGrad(v[0], v[1], v[2]) },
		func(v []float64) { v[0] += float64(v[1] * (v[2] * (1 - v[2]))) },
	},
	{
		"SoftplusGrad", 4, 1, 0,
		func(v [][]float64) { SoftplusGrad(v[0], v[1], v[2], v[3]) },
		func(v []float64) {
			if v[2] < 0 {
				v[0] += float64(v[1] * (v[3] / (1 + v[3])))
			} else {
				v[0] += float64(v[1] * (1 / (1 + v[3])))
			}
		},
	},
	{
		"Accelerate", 3, 1, 0,
		func(v [][]float64) { Accelerate(v[0], v[1], v[2], 0.9, 0.01) },
		func(v []float64) { v[0] = float64(0.9*v[0]) + (v[2] + float64(0.01*v[1])) },
	},
	{
		"Adam", 4, 3, 0,
		func(v [][]float64) { adam.Step(v[0], v[1], v[2], v[3]) },
		func(v []float64) {
			g := v[3] + float64(adam.Decay*v[0])
			v[1] = float64(adam.Beta1*v[1]) + float64((1-adam.Beta1)*g)
			v[2] = float64(adam.Beta2*v[2]) + float64((1-adam.Beta2)*g*g)
			step := adam.Rate * v[1] / (float64(adam.Root*math.Sqrt(v[2])) + adam.Epsilon)
			v[0] = float64(adam.Keep*v[0]) - step
		},
	},
}

var adam = Adam{Beta1: 0.9, Beta2: 0.999, Epsilon: 1e-8, Decay: 0.1, Keep: 0.99, Rate: 0.01, Root: 3}

// eachElementwise calls f for every function, and for every choice of the operands that are one number,
// as a set of bits, with all the instructions that there are.
func eachElementwise(t *testing.T, f func(t *testing.T, e elementwise, ones int)) {
	t.Helper()
	for _, in := range available() {
		for _, e := range elementwises {
			for ones := range 1 << e.ones {
				t.Run(fmt.Sprintf("%v %s %b", in, e.name, ones), func(t *testing.T) {
					force(t, in)
					f(t, e, ones<<(e.vectors-e.ones))
				})
			}
		}
	}
}

// check runs the function and compares the vectors with what they must be, to the bit but for NaN, and
// what is behind them with the guards that are there.
func (e elementwise) check(t *testing.T, v [][]float64) {
	t.Helper()
	want := make([][]float64, len(v))
	for k := range v {
		want[k] = slices.Clone(v[k][:cap(v[k])])
	}
	for i := range v[0] {
		x := make([]float64, len(v))
		for k := range v {
			x[k] = v[k][min(i, len(v[k])-1)]
		}
		e.want(x)
		for k := range e.results {
			want[k][i] = x[k]
		}
	}
	e.run(v)
	for k := range v {
		for i, got := range v[k][:cap(v[k])] {
			if w := want[k][i]; math.Float64bits(got) != math.Float64bits(w) && !(got != got && w != w) {
				t.Fatalf("vectors of %d: element %d of vector %d is %g, want %g", len(v[0]), i, k, got, w)
			}
		}
	}
}

func TestElementwise(t *testing.T) {
	eachElementwise(t, func(t *testing.T, e elementwise, ones int) {
		t.Helper()
		r := newRand(12)
		for _, n := range lengths() {
			v := make([][]float64, e.vectors)
			for k := range v {
				length := n
				if ones>>k&1 == 1 {
					length = 1
				}
				v[k] = moved(numbers(r, length), (n+k)%7)
			}
			e.check(t, v)
		}
	})
}

// Of positive numbers alone, the assembly computes 1/√x.
func TestInverseSqrt(t *testing.T) {
	eachSet(t, func(t *testing.T) {
		t.Helper()
		r := newRand(19)
		for _, n := range lengths() {
			x := numbers(r, n)
			for i := range x {
				x[i] = math.Ldexp(math.Abs(x[i]), r.IntN(2000)-1000)
			}
			z := moved(make([]float64, n), n%5)
			InverseSqrt(z, x)
			for i, v := range x {
				if want := math.Pow(v, -0.5); z[i] != want {
					t.Errorf("%d numbers: %g^−½ = %g, want %g", n, v, z[i], want)
				}
			}
			checkGuard(t, "InverseSqrt", z)
		}
	})
}

// Every number that is special meets every other, at every place of a vector.
func TestElementwiseSpecial(t *testing.T) {
	special := []float64{
		0, math.Copysign(0, -1), 1, -1, math.Inf(1), math.Inf(-1), math.NaN(), math.MaxFloat64,
		math.SmallestNonzeroFloat64, -math.SmallestNonzeroFloat64, 0x1p-1022, 0x1p-600, 0x1p600,
	}
	eachElementwise(t, func(t *testing.T, e elementwise, ones int) {
		t.Helper()
		n := 1
		for range e.vectors {
			n *= len(special)
		}
		const length = 39
		for from := 0; from < n; from += length {
			v := make([][]float64, e.vectors)
			for k, every := 0, 1; k < e.vectors; k, every = k+1, every*len(special) {
				for i := range length {
					v[k] = append(v[k], special[(from+i)/every%len(special)])
				}
				if ones>>k&1 == 1 {
					v[k] = v[k][:1]
				}
				v[k] = slices.Clip(v[k])
			}
			e.check(t, v)
		}
	})
}

// A result may be the vector that is an operand, too.
func TestElementwiseInPlace(t *testing.T) {
	eachElementwise(t, func(t *testing.T, e elementwise, ones int) {
		t.Helper()
		for k := e.results; k < e.vectors && e.results == 1 && ones == 0; k++ {
			v := slices.Repeat([][]float64{numbers(newRand(13), 43)}, e.vectors)
			v[k] = numbers(newRand(14), 43)
			v[0] = slices.Clone(v[k])
			e.run(v)
			want := v[0]
			v[0] = v[k]
			e.run(v)
			if !same(v[0], want) {
				t.Errorf("operand %d as the result: %v, want %v", k, v[0], want)
			}
		}
	})
}

// Both gradients may be the same vector: that of the square x·x.
func TestElementwiseOneGradient(t *testing.T) {
	eachElementwise(t, func(t *testing.T, e elementwise, _ int) {
		t.Helper()
		if e.results != 2 {
			return
		}
		v := slices.Repeat([][]float64{numbers(newRand(15), 43)}, e.vectors)
		v[0] = numbers(newRand(16), 43)
		v[1] = v[0]
		want := slices.Clone(v[0])
		for i := range want {
			x := slices.Repeat([]float64{v[2][i]}, e.vectors)
			x[0], x[1] = want[i], 0
			e.want(x)
			want[i] = x[0] + x[1]
		}
		e.run(v)
		if !same(v[0], want) {
			t.Errorf("got %v, want %v", v[0], want)
		}
	})
}

// Where an operand is one number for all elements, its gradient is a sum over these.
func TestElementwiseSums(t *testing.T) {
	nan := math.NaN()
	for _, tt := range []struct {
		name string
		run  func(gx, gz, x, y []float64)
		want func(gx, gz, x, y float64) float64 // gx after one element
	}{
		{
			"ReLUGrad", func(gx, gz, x, _ []float64) { ReLUGrad(gx, gz, x) },
			func(gx, gz, x, _ float64) float64 { return gx + elementary.Choose(x, gz, 0) },
		},
		{
			"ElseGrad", func(gx, gz, x, _ []float64) { ElseGrad(gx, gz, x) },
			func(gx, gz, x, _ float64) float64 { return gx + elementary.Choose(x, 0, gz) },
		},
		{"LargerGrad", LargerGrad, func(gx, gz, x, y float64) float64 { return gx + gz*elementary.Larger(x, y) }},
	} {
		eachSet(t, func(t *testing.T) {
			t.Helper()
			r := newRand(21)
			for _, n := range []int{2, 5, 16, 43} {
				gz, vector := numbers(r, n), numbers(r, n)
				for _, x := range [][]float64{vector, {2}, {-2}, {0}, {nan}} {
					for _, y := range [][]float64{numbers(r, n), {0}, {nan}} {
						gx := moved([]float64{1}, 1)
						want := gx[0]
						for i, g := range gz {
							want = tt.want(want, g, x[min(i, len(x)-1)], y[min(i, len(y)-1)])
						}
						tt.run(gx, gz, x, y)
						if got := gx[0]; !(math.Abs(got-want) <= 1e-13*float64(n)) && !(got != got && want != want) {
							t.Errorf("%s of %d elements, x = %v, y = %v: %g, want %g", tt.name, n, x, y, got, want)
						}
						checkGuard(t, tt.name, gx)
					}
				}
			}
		})
	}
}

func TestElementwiseLengths(t *testing.T) {
	eachElementwise(t, func(t *testing.T, e elementwise, ones int) {
		t.Helper()
		for k := 1; k < e.vectors; k++ {
			for _, n := range []int{0, 1, 11, 13} {
				if n == 1 && ones>>k&1 == 1 || n == 1 && k >= e.vectors-e.ones {
					continue
				}
				v := slices.Repeat([][]float64{make([]float64, 12)}, e.vectors)
				v[k] = make([]float64, n)
				mustPanic(t, "lengths", func() { e.run(v) })
			}
		}
	})
}

func TestElementwiseNoAllocations(t *testing.T) {
	eachElementwise(t, func(t *testing.T, e elementwise, _ int) {
		t.Helper()
		v := slices.Repeat([][]float64{make([]float64, 43)}, e.vectors)
		if n := testing.AllocsPerRun(1, func() { e.run(v) }); n != 0 {
			t.Errorf("%g allocations", n)
		}
	})
}

func BenchmarkElementwise(b *testing.B) {
	for _, n := range []int{4, 5, 8, 12, 16, 19, 64, 1000} {
		for _, e := range elementwises {
			v := make([][]float64, e.vectors)
			for k := range v {
				v[k] = numbers(newRand(uint64(k)), n)
			}
			b.Run(fmt.Sprintf("%s/%d", e.name, n), func(b *testing.B) {
				for _, in := range available()[:2] {
					b.Run(in.String(), func(b *testing.B) {
						force(b, in)
						for b.Loop() {
							e.run(v)
						}
					})
				}
			})
		}
	}
}
