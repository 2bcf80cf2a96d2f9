package gofile

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/formula"
	"github.com/gradus-go/gradus/internal/listing"
)

// testFile is the test, with words in braces for what differs from file to file.
const testFile = `import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/gradus-go/gradus/formula"
)

// {{Func}} computes the bits that gradus does, at the numbers of the graph and at random ones.
func Test{{Func}}(t *testing.T) {
	for k := range uint64(20) {
		numbers, rng := "", rand.New(rand.NewPCG(1, k))
		for _, name := range strings.Fields(leavesOf{{Func}}) {
			numbers += fmt.Sprintf("%s = %v\n", name, rng.NormFloat64())
		}
		if k == 0 {
			numbers = "" // those of the text of the graph stay
		}
		g, err := formula.Read(graphOf{{Func}}, numbers)
		if err != nil {
			t.Fatal(err)
		}
		var x [{{Inputs}}]float64
		for i := range x {
			x[i] = g.Value(fmt.Sprint("x", i)).Data
		}
		var w, dw [{{Params}}]float64
		for i := range w {
			w[i] = g.Value(fmt.Sprint("w", i)).Data
		}
		y := g.Value("y")
		y.Backward()
		same := func(what string, got, want float64) {
			if math.Float64bits(got) != math.Float64bits(want) && (got == got || want == want) {
				t.Errorf("numbers %d: %s is %v, want %v", k, what, got, want)
			}
		}
		same("the output", {{Func}}({{Args}}), y.Data)
		for i, d := range dw {
			same(fmt.Sprintf("dw[%d]", i), d, g.Value(fmt.Sprint("w", i)).Grad)
		}
	}
}

const leavesOf{{Func}} = {{Leaves}}

const graphOf{{Func}} = {{Graph}}
`

// Test returns the test of the file, which needs gradus.
func (f File) Test(p *listing.Program) ([]byte, error) {
	var leaves []*gradus.Value
	var names, args []string
	values := make([]*gradus.Value, len(p.Ops))
	for i := range p.Ops {
		switch k := i - p.Inputs; {
		case k < 0:
			values[i] = gradus.New(p.Data[i]).As(fmt.Sprint("x", i))
			args = append(args, fmt.Sprintf("x[%d]", i))
		case k < p.Params:
			values[i] = gradus.New(p.Data[i]).As(fmt.Sprint("w", k))
		case p.IsLeaf(int32(i)):
			values[i] = gradus.Const(p.Data[i])
		default:
			var x []*gradus.Value
			for _, a := range p.Operands(int32(i)) {
				x = append(x, values[a])
			}
			values[i] = p.Op(int32(i)).Apply(x...)
		}
		if name := values[i].Name(); name != "" {
			leaves, names = append(leaves, values[i]), append(names, name)
		}
	}
	root := values[p.Outputs[0]]
	if root.Op() == nil {
		return nil, fmt.Errorf("source: the output is a leaf, and there is nothing to test")
	}
	text, err := formula.Text(append(leaves, root.As("y"))...) // leaves that it does not need have numbers, too
	if err != nil {
		return nil, err
	}
	if newGraph(p).inArray {
		args = []string{"&x"}
	}
	if p.Params > 0 {
		args = append(append([]string{"&w"}, args...), "&dw")
		if f.Named {
			args = append(args, "map[string]float64{}", "map[string]float64{}")
		}
	}
	text = strings.NewReplacer(
		"{{Func}}", f.Func, "{{Inputs}}", strconv.Itoa(p.Inputs), "{{Params}}", strconv.Itoa(p.Params),
		"{{Args}}", strings.Join(args, ", "),
		"{{Leaves}}", strconv.Quote(strings.Join(names, " ")), "{{Graph}}", "`"+text+"`",
	).Replace(testFile)
	return formatted(f.header() + text)
}
