package source

import (
	"fmt"
	"go/token"
	"strings"
	"unicode"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/listing"
	"github.com/gradus-go/gradus/replay"
	"github.com/gradus-go/gradus/source/internal/gofile"
)

// A Go says how Go is written. The zero Go writes a function Gradient in a package generated.
//
// The function has the parameters in an array w, the inputs, and an array dw, and returns the output.
// Unless dw is nil, it sets dw to the gradient:
//
//	func Gradient(w *[4]float64, x, t float64, dw *[4]float64) (L float64)
//
// More than four inputs are an array x, and so are those of a graph of more than 200 nodes. Local variables
// are named after the labels of Values, and beside a line of the reverse part stands the rule that it is:
// ∂y/∂W2 = a. Products of matrices, and numbers that lie side by side, are computed in loops. The file has
// the same bytes whenever it is written.
//
// What the function computes has the same bits as the output and the gradient of the graph, as Backward
// leaves it in Grad. NaN is NaN, of whatever sign.
//
// All names of one file are in its package, so that two files need two packages.
type Go struct {
	Package string
	Func    string
	Origin  string // what the header says of where the file comes from, such as the command that wrote it

	// Named gives a function that has parameters two more, maps that are not nil. It puts the numbers of the
	// results that have a name into one, and the derivatives with respect to them into the other.
	Named bool

	// Params are the leaves in w, in this order, as in a [replay.Recorder]. All other leaves but the
	// inputs are constants then. If Params is nil, w has all leaves with a name that are neither inputs
	// nor constants, in the order of [gradus.Topo]. A Program has parameters already, and Params is not
	// used.
	Params []*gradus.Value
}

// Graph writes the graph under out. The inputs are the leaves that the function has as parameters of their
// own.
//
// It returns the errors of [replay.Recorder.Record] and of [Go.Program].
func (g Go) Graph(out *gradus.Value, inputs ...*gradus.Value) ([]byte, error) {
	d, err := g.record(out, inputs)
	if err != nil {
		return nil, err
	}
	return g.write(d)
}

// record returns the description of a graph, with the parameters as they were recorded.
func (g Go) record(out *gradus.Value, inputs []*gradus.Value) (*listing.Program, error) {
	p, err := replay.Recorder{Inputs: inputs, Params: g.Params}.Record(out)
	if err != nil {
		return nil, err
	}
	d := listing.Of(p)
	for k := range d.Order {
		d.Order[k] = int32(d.Inputs + k)
	}
	return d, nil
}

// Program writes a recorded program. The order of w and dw is that of Params and Numbers of the program,
// so that copy(w[:], p.Numbers()) takes the numbers along.
//
// It returns an error if Package or Func is not an identifier, Func that of no function, if the program
// has several outputs, if an op was made by Func1, Func2 or FuncN, whose Go nobody knows, or if the
// function would have more than 20,000 statements, as programs have of which little lies in matrices and
// vectors.
//
// It panics if the program is nil or zero.
func (g Go) Program(p *replay.Program) ([]byte, error) {
	d := listing.Of(p)
	if d == nil {
		panic("source: Go.Program: the Program is nil or zero, want one that replay.Record returned")
	}
	return g.write(d)
}

func (g Go) write(d *listing.Program) ([]byte, error) {
	if n := len(d.Outputs); n != 1 {
		return nil, fmt.Errorf("source: the program has %d outputs, want one", n)
	}
	f, err := g.file()
	if err != nil {
		return nil, err
	}
	return f.Write(d)
}

// file returns what the generator has to know, with the defaults.
func (g Go) file() (f gofile.File, err error) {
	f = gofile.File{Package: "generated", Func: "Gradient"}
	for _, part := range []struct {
		name string
		from string
		to   *string
	}{{"Package", g.Package, &f.Package}, {"Func", g.Func, &f.Func}} {
		if part.from == "" {
			continue
		}
		if !token.IsIdentifier(part.from) || part.from == "_" || part.from == "init" || part.from == "math" {
			return f, fmt.Errorf("source: %s is %q, want an identifier such as %s", part.name, part.from, *part.to)
		}
		*part.to = part.from
	}
	if f.Package == "main" && f.Func == "main" || !unicode.IsUpper([]rune(f.Func)[0]) {
		return f, fmt.Errorf("source: Func is %s, want a name that begins with a capital letter", f.Func)
	}
	f.Named = g.Named
	f.Origin = strings.FieldsFunc(g.Origin, func(r rune) bool { return r == '\n' || r == '\r' })
	return f, nil
}

// Test writes the test of a file that [Go.Graph] wrote of the same graph: it computes the graph with
// gradus, at its own numbers and at random ones, and compares all bits.
//
// It returns the errors of [Go.Graph].
func (g Go) Test(out *gradus.Value, inputs ...*gradus.Value) ([]byte, error) {
	if _, err := g.Graph(out, inputs...); err != nil {
		return nil, err
	}
	f, _ := g.file()
	d, _ := g.record(out, inputs)
	return f.Test(d)
}
