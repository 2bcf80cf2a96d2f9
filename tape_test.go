package gradus_test

import (
	"math"
	"runtime"
	"testing"
	"weak"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus"
)

// Each case builds on the tape it is given and returns nodes whose Grad is to be checked.
func TestTape(t *testing.T) {
	for _, tt := range []struct {
		name  string
		build func(tape *gradus.Tape) []*gradus.Value
		want  []float64
	}{
		{"leaves of a tape accumulate like any other", func(tape *gradus.Tape) []*gradus.Value {
			x := tape.New(3)
			y := x.Square()
			y.Backward()
			y.Backward()
			return []*gradus.Value{x, y}
		}, []float64{12, 1}},
		{"a leaf of the tape as root", func(tape *gradus.Tape) []*gradus.Value {
			x := tape.New(3)
			x.Square()
			x.Backward()
			return []*gradus.Value{x}
		}, []float64{1}},
		{"parameters are ordinary leaves", func(tape *gradus.Tape) []*gradus.Value {
			w, x := gradus.New(5), tape.New(3)
			w.Mul(x).Add(w).Backward()
			return []*gradus.Value{w, x}
		}, []float64{4, 5}},
		{"the tape is found through any operand", func(tape *gradus.Tape) []*gradus.Value {
			w, x := gradus.New(5), tape.New(3)
			gradus.Sum(w, w, x).Mul(w).Backward()
			return []*gradus.Value{w, x}
		}, []float64{23, 5}},
		{"an unused logarithm of 0 stays out", func(tape *gradus.Tape) []*gradus.Value {
			x := tape.New(0)
			x.Log().Mul(x)
			x.Add(x).Backward()
			return []*gradus.Value{x}
		}, []float64{2}},
		{"0·∞ is NaN where the root does depend on it", func(tape *gradus.Tape) []*gradus.Value {
			x := tape.New(0)
			x.Log().Mul(gradus.New(0)).Backward()
			return []*gradus.Value{x}
		}, []float64{math.NaN()}},
		{"a root in the middle", func(tape *gradus.Tape) []*gradus.Value {
			x := tape.New(3)
			y := x.Square()
			later := y.Exp()
			y.Backward()
			return []*gradus.Value{x, y, later}
		}, []float64{6, 1, 0}},
		{"the root in the middle, after a later one", func(tape *gradus.Tape) []*gradus.Value {
			x := tape.New(3)
			y := x.Square()
			y.Neg().Backward()
			x.ZeroGrad()
			y.Backward()
			return []*gradus.Value{x, y}
		}, []float64{6, 1}},
		{"a product just before its sum: w + w·x", func(tape *gradus.Tape) []*gradus.Value {
			w, x := gradus.New(5), tape.New(3)
			y := w.Mul(x)
			w.Add(y).Mul(w).Backward()
			return []*gradus.Value{w, x, y}
		}, []float64{5 + 15 + 5*(1+3), 25, 5}},
		{"a product just before its sum, used again: (w + x²)·x²", func(tape *gradus.Tape) []*gradus.Value {
			w, x := gradus.New(5), tape.New(3)
			y := x.Mul(x)
			z := w.Add(y)
			z.Mul(y).Backward()
			return []*gradus.Value{w, x, y, z}
		}, []float64{9, (5 + 2*9) * 6, 5 + 2*9, 9}},
		{"interior nodes off the tape: 5x + (w² + w) at w = 5", func(tape *gradus.Tape) []*gradus.Value {
			w, x := gradus.New(5), tape.New(3)
			penalty := w.Square().Add(w)
			w.Mul(x).Add(penalty).Backward()
			return []*gradus.Value{w, x, penalty}
		}, []float64{3 + 11, 5, 1}},
		{"off the tape, a node below another, each used twice", func(tape *gradus.Tape) []*gradus.Value {
			w, x := gradus.New(2), tape.New(3)
			low := w.Square()
			high := low.Mul(w) // w³
			y := low.Mul(x).Add(high.Mul(x)).Add(low).Add(high)
			low.Grad, high.Grad = 100, 100
			y.Backward()
			w.ZeroGrad()
			y.Backward()
			return []*gradus.Value{w, low, high}
		}, []float64{4 * (4 + 12), 4 + 2*4, 4}},
		{"off the tape, a node that the root does not depend on", func(tape *gradus.Tape) []*gradus.Value {
			w, x := gradus.New(2), tape.New(3)
			used, unused := w.Square(), w.Exp()
			y := x.Mul(used)
			y.Add(unused)
			y.Backward()
			if unused.HasGrad() || !used.HasGrad() {
				t.Errorf("HasGrad is %t and %t, want false and true", unused.HasGrad(), used.HasGrad())
			}
			return []*gradus.Value{w, used, unused}
		}, []float64{12, 3, 0}},
		{"an n-ary interior node off the tape", func(tape *gradus.Tape) []*gradus.Value {
			w, x := gradus.Values([]float64{1, 2}), tape.New(3)
			gradus.Sum(x, gradus.Dot(w, w)).Backward()
			return []*gradus.Value{w[0], w[1], x}
		}, []float64{2, 4, 1}},
		{"an interior node off the tape in a dot product", func(tape *gradus.Tape) []*gradus.Value {
			w, x := gradus.New(5), tape.New(3)
			gradus.Dot([]*gradus.Value{x, w}, []*gradus.Value{w, w.Square()}).Backward() // 5x + w³
			return []*gradus.Value{w, x}
		}, []float64{3 + 75, 5}},
		{"a dot product with operands twice and thrice", func(tape *gradus.Tape) []*gradus.Value {
			w, x := gradus.New(5), tape.New(3)
			y := x.Neg()
			gradus.Dot([]*gradus.Value{y, y, w}, []*gradus.Value{y, w, w}).Backward()
			return []*gradus.Value{w, x, y}
		}, []float64{-3 + 10, 6 - 5, -6 + 5}},
		{"what is in Grad before Backward has no influence", func(tape *gradus.Tape) []*gradus.Value {
			x := tape.New(3)
			y := x.Mul(x)
			z := gradus.Dot([]*gradus.Value{y}, []*gradus.Value{y}).Add(y) // x⁴ + x²
			z.Backward()
			y.Grad, z.Grad = 100, 100
			z.Backward()
			return []*gradus.Value{x, y, z}
		}, []float64{2 * (108 + 6), 19, 1}},
		{"two tapes", func(tape *gradus.Tape) []*gradus.Value {
			var other gradus.Tape
			x, y := tape.New(3), other.New(4)
			x2, y2 := x.Square(), y.Square().As("y²")
			x2.Mul(y2).Mul(y).Backward() // x²·y³
			return []*gradus.Value{x, y, x2, y2}
		}, []float64{6 * 64, 9 * 48, 64, 36}},
		{"names and any number of operands", func(tape *gradus.Tape) []*gradus.Value {
			x := tape.New(3).As("x")
			y := gradus.Mean(x, x.Square().As("x²"), x).As("mean").As("average")
			z := y.Mul(y.As("again"))
			z.Backward()
			return []*gradus.Value{x, y}
		}, []float64{2 * 5 * 8. / 3, 10}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var tape gradus.Tape
			for range 3 {
				var got []float64
				for _, v := range tt.build(&tape) {
					got = append(got, v.Grad)
					if v.Grad != 0 && !v.HasGrad() {
						t.Errorf("%v was computed, and HasGrad is false", v.Grad)
					}
				}
				near := cmp.Comparer(func(x, y float64) bool {
					return x == y || math.Abs(x-y) < 1e-14*math.Abs(x) || math.IsNaN(x) && math.IsNaN(y)
				})
				if diff := cmp.Diff(tt.want, got, near); diff != "" {
					t.Errorf("Grad of the nodes (-want +got):\n%s", diff)
				}
				tape.Reset()
			}
		})
	}
}

// A chain over many blocks of the tape, of another length each time.
func TestTapeBlocks(t *testing.T) {
	var tape gradus.Tape
	for _, n := range []int{1, 254, 255, 256, 257, 511, 512, 513, 10_000, 3, 300} {
		tape.Reset()
		x, one := tape.New(1), gradus.New(1)
		sum := x
		for range n {
			sum = sum.Add(x).Mul(one)
		}
		sum.Backward()
		if want := float64(n + 1); x.Grad != want || sum.Data != want {
			t.Errorf("a sum of %d: %v with Grad %v, want %v", n+1, sum.Data, x.Grad, want)
		}
		if got := len(gradus.Topo(sum)); got != 2*n+2 {
			t.Errorf("a sum of %d has %d nodes, want %d", n+1, got, 2*n+2)
		}
	}
}

// Functions of so many numbers that their operands fill a block, or more.
func TestTapeWide(t *testing.T) {
	var tape gradus.Tape
	for _, n := range []int{255, 256, 257, 1000, 2, 256} {
		tape.Reset()
		x := make([]*gradus.Value, n)
		for i := range x {
			x[i] = tape.New(float64(i))
		}
		first := gradus.Sum(x...)
		gradus.Dot(x, x).Add(first).Backward()
		if got, want := first.Data, float64(n*(n-1)/2); got != want {
			t.Errorf("sum of %d = %v, want %v", n, got, want)
		}
		for i, v := range x {
			if want := float64(2*i + 1); v.Grad != want {
				t.Fatalf("Grad of operand %d of %d = %v, want %v", i, n, v.Grad, want)
			}
		}
	}
}

// Longer and longer operand lists must not leave ever more blocks that are too small behind.
func TestTapeMemoryIsBounded(t *testing.T) {
	var tape gradus.Tape
	w := gradus.Values(make([]float64, 3000))
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	for n := range w {
		tape.Reset()
		gradus.Sum(append(w[:n:n], tape.New(1))...)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	// 8 bytes for each operand of the longest list, and as much again in each of two blocks
	// that it outgrew; without that bound it is 36 MB.
	if grown := int64(after.HeapAlloc) - int64(before.HeapAlloc); grown > 1<<20 {
		t.Errorf("the tape takes %d bytes, want 1 MiB at most", grown)
	}
	runtime.KeepAlive(&tape)
}

// A place on the tape must not keep a name or operands from before Reset.
func TestTapeForgets(t *testing.T) {
	var tape gradus.Tape
	for range 2 {
		x := tape.New(1)
		y := x.Neg()
		if x.Name() != "" || y.Name() != "" || x.HasGrad() || y.HasGrad() || x.Grad != 0 || y.Grad != 0 {
			t.Errorf("new nodes %v and %v have a past", x, y)
		}
		sum := gradus.Sum(x.As("x"), y.As("y"), x)
		if x.Name() != "x" || y.Name() != "y" || sum.Name() != "" {
			t.Errorf("names %q, %q and %q, want x, y and none", x.Name(), y.Name(), sum.Name())
		}
		sum.As("sum").Backward()
		tape.Reset()
	}
}

// Nor must it if the node before had any number of operands, and so a name and operands of its own.
func TestTapeForgetsOperands(t *testing.T) {
	var tape gradus.Tape
	gradus.Sum(tape.New(1), tape.New(2)).As("sum")
	tape.Reset()
	x, y := tape.New(3), tape.New(4)
	z := x.Mul(y) // in the place of sum
	if z.Name() != "" {
		t.Errorf("the name is %q, want none", z.Name())
	}
	sum := gradus.Sum(z, z)
	if z.As("z"); sum.Name() != "" {
		t.Errorf("to name one node names another %q", sum.Name())
	}
	sum.Backward()
	if x.Grad != 8 || y.Grad != 6 {
		t.Errorf("Grad = %v, %v, want 8, 6", x.Grad, y.Grad)
	}
}

func TestTapeStale(t *testing.T) {
	const want = "gradus: Tape: a Value was used after Reset: it was node 2, and 1 have been recorded since"
	for _, tt := range []struct {
		name string
		use  func(fresh, stale *gradus.Value)
	}{
		{"operand", func(_, stale *gradus.Value) { stale.Neg() }},
		{"first operand", func(fresh, stale *gradus.Value) { stale.Add(fresh) }},
		{"first operand, with a number", func(_, stale *gradus.Value) { stale.Mul(2) }},
		{"second operand", func(fresh, stale *gradus.Value) { fresh.Add(stale) }},
		{"operand on another tape", func(_, stale *gradus.Value) { new(gradus.Tape).New(1).Add(stale) }},
		{"one of many", func(fresh, stale *gradus.Value) { gradus.Sum(fresh, fresh, stale) }},
		{"one of a dot product", func(fresh, stale *gradus.Value) {
			gradus.Dot([]*gradus.Value{fresh, fresh}, []*gradus.Value{fresh, stale})
		}},
		{"Backward", func(_, stale *gradus.Value) { stale.Backward() }},
		{"As", func(_, stale *gradus.Value) { stale.As("late") }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, apply := range []func(*gradus.Value) *gradus.Value{
				(*gradus.Value).Exp,
				func(x *gradus.Value) *gradus.Value { return gradus.Sum(x) }, // has operands of its own
			} {
				var tape gradus.Tape
				stale := apply(tape.New(1))
				tape.Reset()
				fresh := tape.New(2)
				func() {
					defer func() {
						if got := recover(); got != want {
							t.Errorf("panic %q, want %q", got, want)
						}
					}()
					tt.use(fresh, stale)
				}()
			}
		})
	}
}

func TestTapeNil(t *testing.T) {
	var tape gradus.Tape
	x := tape.New(1)
	for _, tt := range []struct {
		name, want string
		call       func()
	}{
		{"unary", "gradus: exp: operand 1 of 1 is nil, want a Value", func() { (*gradus.Value)(nil).Exp() }},
		{"binary", "gradus: +: operand 2 of 2 is nil, want a Value", func() { x.Add(nil) }},
		{"any number", "gradus: sum: operand 3 of 3 is nil, want a Value", func() { gradus.Sum(x, x, nil) }},
		{"dot", "gradus: dot: operand 4 of 4 is nil, want a Value", func() {
			gradus.Dot([]*gradus.Value{x, x}, []*gradus.Value{x, nil})
		}},
	} {
		func() {
			defer func() {
				if got := recover(); got != tt.want {
					t.Errorf("%s: panic %q, want %q", tt.name, got, tt.want)
				}
			}()
			tt.call()
		}()
	}
	y := x.Square() // the tape is as it was
	y.Backward()
	if x.Grad != 2 {
		t.Errorf("Grad = %v after panics, want 2", x.Grad)
	}
}

// Two tapes can be tied in a knot: z takes the place of the operand of y, and y is the
// operand of z.
func TestTapeCycle(t *testing.T) {
	for _, tt := range []struct {
		sort func(*gradus.Value)
		want string
	}{
		{(*gradus.Value).Backward, "2 nodes"},
		{func(z *gradus.Value) { gradus.Topo(z) }, "4 nodes"}, // two of them leaves
	} {
		var one, two gradus.Tape
		y := two.New(1).Add(one.New(1).Neg())
		one.Reset()
		z := one.New(1).Mul(y)
		mustPanic(t, "gradus: Topo: "+tt.want+" are on a cycle or below one: a Value was used after Reset of "+
			"its tape, or another goroutine is using the graph", func() { tt.sort(z) })
	}
}

func TestAllocations(t *testing.T) {
	w := gradus.Values([]float64{1, 2, 3})
	x := gradus.New(1)
	var tape gradus.Tape
	tape.New(1).Mul(x.Square())
	cube := gradus.Func1("cube", math.Cbrt, math.Cbrt)
	slope := gradus.Gradient(cube.Apply(x), x)[0]
	hypot := gradus.Func2("hypot", math.Hypot, math.Hypot, math.Hypot)
	average := gradus.FuncN("average", norm, func(dx, x []float64) { copy(dx, x) })
	z := average.Apply(w...)
	for _, tt := range []struct {
		name string
		step func()
		want float64
	}{
		{"unary", func() { x.Exp() }, 1},
		{"binary", func() { x.Mul(x) }, 1},
		{"any number: node, operands", func() { gradus.Dot(w, w) }, 2},
		{"Func1", func() { cube.Apply(x) }, 1},
		{"Func1, the derivative", func() { slope.Op().Apply(x) }, 1},
		{"Func2", func() { hypot.Apply(x, x) }, 1},
		{"FuncN: node, operands, copy", func() { average.Apply(w...) }, 3},
		{"Backward of FuncN: copy, derivatives", z.Backward, 2},
		{"Parents", func() { _ = x.Parents() }, 0},
		{"ZeroGrad of a leaf", func() { x.ZeroGrad() }, 0},
		{"tape, after a graph that was not on it alone", func() {
			tape.Reset()
			for range 200 { // so that memory taken once in 256 nodes shows
				v := [3]*gradus.Value{tape.New(1), tape.New(2), tape.New(3)}
				y := gradus.Dot(w, v[:]).As("y").Add(x).Tanh().Add(w[0].Mul(v[0]))
				gradus.LogSumExp(y, y.Neg(), x).Backward()
			}
		}, 0},
	} {
		if got := testing.AllocsPerRun(100, tt.step); got != tt.want {
			t.Errorf("%s: %v allocations, want %v", tt.name, got, tt.want)
		}
	}
}

// A copy of a used tape would write over the nodes of the original.
func TestTapeCopy(t *testing.T) {
	var tape gradus.Tape
	unused := tape // the copy of a tape that was not used is a tape
	x := tape.New(3)
	copied := tape
	mustPanic(t, "gradus: Tape.New: the Tape is a copy, want the original", func() { copied.New(1) })
	mustPanic(t, "gradus: Tape.Reset: the Tape is a copy, want the original", func() { copied.Reset() })
	y := *x.Mul(2)
	const want = "gradus: Tape: a Value on a tape was copied: it was node 3; want the *Value"
	mustPanic(t, want, func() { y.Backward() })
	mustPanic(t, want, func() { y.As("y") })
	if y := unused.New(1); x.Data != 3 || y.Data != 1 {
		t.Errorf("the tapes hold %v and %v, want 3 and 1", x, y)
	}
}

// A dot product on a tape hands its gradients on to what was computed without one, on either side.
func TestTapeDotOfMixed(t *testing.T) {
	for _, swapped := range []bool{false, true} {
		var tape gradus.Tape
		a, x := gradus.New(2), tape.New(5)
		w, y := []*gradus.Value{gradus.New(1), a.Mul(3)}, []*gradus.Value{tape.New(4), x}
		if swapped {
			w, y = y, w
		}
		z := gradus.Dot(w, y)
		z.Backward()
		if z.Data != 34 || a.Grad != 15 || x.Grad != 6 {
			t.Errorf("swapped %t: z = %v, ∂z/∂a = %v, ∂z/∂x = %v, want 34, 15 and 6", swapped, z.Data, a.Grad, x.Grad)
		}
	}
}

// Where a derivative panics, on the tape or off it, no node off it stays marked.
func TestPanicOffTape(t *testing.T) {
	for _, onTape := range []bool{false, true} {
		fails := true
		id := gradus.Func1("id", func(x float64) float64 { return x }, func(float64) float64 {
			if fails {
				panic("no derivative today")
			}
			return 1
		})
		var tape gradus.Tape
		w, x := gradus.New(3), tape.New(2)
		low := w.Square()
		high := id.Apply(low)
		if onTape {
			high = id.Apply(x).Mul(low)
		}
		y := high.Mul(x).Add(low) // w²·x + w², or w²·x² + w²
		func() {
			defer func() { _ = recover() }()
			y.Backward()
		}()
		fails = false
		w.ZeroGrad()
		y.Backward()
		want := 3.0
		if onTape {
			want = 5
		}
		if low.Grad != want || w.Grad != 6*want {
			t.Errorf("on tape %t: Grad = %v and %v after a panic, want %v and %v",
				onTape, low.Grad, w.Grad, want, 6*want)
		}
	}
}

// After Reset a tape keeps no node alive that was computed off it.
func TestResetLetsGo(t *testing.T) {
	var tape gradus.Tape
	w, x := gradus.New(3), tape.New(2)
	off := func() weak.Pointer[gradus.Value] {
		penalty := w.Square()
		x.Mul(penalty).Backward()
		return weak.Make(penalty)
	}()
	tape.Reset()
	tape.New(1).Mul(tape.New(2)).Add(1) // takes the places of the nodes that had it as an operand
	runtime.GC()
	if off.Value() != nil {
		t.Error("the tape keeps a node alive after Reset")
	}
	runtime.KeepAlive(&tape)
}
