package main

import "github.com/gradus-go/gradus/examples/internal/report"

// Products that may become a term of a sum are rounded explicitly here, float64(x*y). Otherwise a
// compiler may fuse product and sum into one operation with one rounding, as it does on arm64, and
// numeric derivatives, which depend on all digits, would differ between machines.

func sq(x float64) float64 { return float64(x * x) }

func cb(x float64) float64 { return float64(x * x * x) }

func add(a, b float64) float64 { return a + b }

func add3(a, b, c float64) float64 { return a + b + c }

func doubleIt(x float64) float64 { return 2 * x }

func sum(args ...float64) (s float64) {
	for _, i := range args {
		s += i
	}
	return s
}

func applyTransformation(f func(float64) float64, arr []float64) (result []float64) {
	for _, a := range arr {
		result = append(result, f(a))
	}
	return result
}

func writingFunctions(r *report.Report) {
	r.Calls("Writing Functions")
	r.Call("sq(4)", "16", sq(4))
	r.Call("sq(10)", "100", sq(10))
	r.Call("add(10, 20)", "30", add(10, 20))
	r.Call("add(10.5, 120)", "130.5", add(10.5, 120))
}

func variableArguments(r *report.Report) {
	arr := []float64{0, 1, 2}
	r.Calls("Variable arguments to a function, and calling a function with them")
	r.Call("sum(1)", "1", sum(1))
	r.Call("sum(2, 3)", "5", sum(2, 3))
	r.Call("sum(2, 3, 4)", "9", sum(2, 3, 4))
	r.Call("add(*range(3))", "3", add3(arr[0], arr[1], arr[2]))
	r.Call("the same in Go: sum(arr...)", "–", sum(arr...))
}

func functionsAsValues(r *report.Report) {
	arr := []float64{1, 2, 3}
	r.Calls("Passing a function as argument")
	r.Call("apply_transformation(double_it, [1,2,3])", "[2, 4, 6]", applyTransformation(doubleIt, arr)...)
	r.Call("apply_transformation(sq, [1,2,3])", "[1, 4, 9]", applyTransformation(sq, arr)...)
}
