package bench

import (
	"fmt"
	"strings"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/bench/internal/written/digits"
	"github.com/gradus-go/gradus/bench/internal/written/logistic"
	"github.com/gradus-go/gradus/bench/internal/written/net111"
	"github.com/gradus-go/gradus/bench/internal/written/net16"
	"github.com/gradus-go/gradus/bench/internal/written/net2332"
	"github.com/gradus-go/gradus/source"
)

// written has the rows that are also written out as Go: the package in bench/internal/written, and what
// runs a step of its function.
var written = map[string]struct {
	name string
	step func(p, dp, x []float64, out *float64) func()
}{
	"1-1-1": {"net111", func(p, dp, x []float64, out *float64) func() {
		w, dw, x1, t := (*[4]float64)(p), (*[4]float64)(dp), x[0], x[1]
		return func() { *out = net111.Gradient(w, x1, t, dw) }
	}},
	"2-3-3-2": {"net2332", func(p, dp, x []float64, out *float64) func() {
		w, dw, x0 := (*[29]float64)(p), (*[29]float64)(dp), (*[4]float64)(x)
		return func() { *out = net2332.Gradient(w, x0[0], x0[1], x0[2], x0[3], dw) }
	}},
	"2-16-16-1": {"net16", func(p, dp, x []float64, out *float64) func() {
		w, dw, x0 := (*[337]float64)(p), (*[337]float64)(dp), (*[2]float64)(x)
		return func() { *out = net16.Gradient(w, x0, dw) }
	}},
	"784-30-10": {"digits", func(p, dp, x []float64, out *float64) func() {
		w, dw, x0 := (*[23860]float64)(p), (*[23860]float64)(dp), (*[794]float64)(x)
		return func() { *out = digits.Gradient(w, x0, dw) }
	}},
	"logistic": {"logistic", func(p, dp, _ []float64, out *float64) func() {
		w, dw := (*[11]float64)(p), (*[11]float64)(dp)
		return func() { *out = logistic.Gradient(w, dw) }
	}},
}

// writeOut returns the file for a row.
func (r *row) writeOut() ([]byte, error) {
	e := r.scalar()
	x := gradus.Values(e.inputs)
	return source.Go{
		Package: written[r.name].name, Params: e.p,
		Origin: fmt.Sprintf("From the row %s of package bench, by go test ./bench -run TestWrittenOut -update.",
			r.name),
	}.Graph(e.build(gradus.Const, x), x...)
}

// writtenOut returns the variant that runs the file.
func (r *row) writtenOut() variant {
	e := r.scalar()
	p, dp, out := make([]float64, len(e.p)), make([]float64, len(e.p)), new(float64)
	for i, v := range e.p {
		p[i] = v.Data
	}
	step := written[r.name].step(p, dp, e.inputs, out)
	return variant{name: "written out as Go", step: step, result: func() (result, error) {
		step()
		return result{out: *out, grad: dp}, nil
	}}
}

// writtenFile returns the name of the file for a row, from the folder of package bench.
func (r *row) writtenFile() string {
	return strings.ReplaceAll("internal/written/NAME/NAME.go", "NAME", written[r.name].name)
}
