package source_test

import (
	"bytes"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/formula"
	"github.com/gradus-go/gradus/internal/doccheck"
	"github.com/gradus-go/gradus/internal/shapes"
	"github.com/gradus-go/gradus/replay"
	"github.com/gradus-go/gradus/source"
)

var update = flag.Bool("update", false, "write the golden files")

const tutorial = `
input x = 1, t = 0
W1 = 0.5; b1 = 0
W2 = -1; b2 = 0
z = W1·x + b1
a = σ(z)
y = W2·a + b2
L = ½(y − t)²`

// The network of the first tutorial, whose function the README shows.
func TestTutorial(t *testing.T) {
	g, err := formula.Read(tutorial)
	if err != nil {
		t.Fatal(err)
	}
	text, err := source.Go{Package: "net", Func: "Loss", Params: g.Parameters}.Graph(g.Value("L"), g.Inputs...)
	if err != nil {
		t.Fatal(err)
	}
	golden := filepath.Join("testdata", "tutorial.golden")
	if *update {
		if err := os.WriteFile(golden, text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(text)); diff != "" {
		t.Errorf("the file (-want +got):\n%s", diff)
	}
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, function, _ := strings.Cut(string(text), "\n\n// Loss")
	function, _, _ = strings.Cut("// Loss"+function, "\n\n// sigmoid")
	if !bytes.Contains(readme, []byte("```go\n"+function+"\n```\n")) {
		t.Errorf("the README does not show this function:\n%s", function)
	}
}

// check type-checks a file, whose imports are of the standard library, and which may declare nothing twice.
func check(t *testing.T, text []byte) *ast.File {
	t.Helper()
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, "f.go", text, parser.ParseComments)
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	config := types.Config{Importer: mathOnly{}}
	if _, err := config.Check("f", files, []*ast.File{file}, nil); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return file
}

// mathOnly imports package math, of which it knows what a file may use.
type mathOnly struct{}

func (mathOnly) Import(path string) (*types.Package, error) {
	if path != "math" {
		return nil, fmt.Errorf("the file imports %s, want math alone", path)
	}
	pkg := types.NewPackage("math", "math")
	number := types.NewVar(token.NoPos, pkg, "", types.Typ[types.Float64])
	for _, name := range []string{"Exp", "Abs", "Log", "Tanh", "Sin", "Cos"} {
		signature := types.NewSignatureType(nil, nil, nil, types.NewTuple(number), types.NewTuple(number), false)
		pkg.Scope().Insert(types.NewFunc(token.NoPos, pkg, name, signature))
	}
	two := types.NewSignatureType(nil, nil, nil, types.NewTuple(number, number), types.NewTuple(number), false)
	pkg.Scope().Insert(types.NewFunc(token.NoPos, pkg, "Copysign", two))
	pkg.MarkComplete()
	return pkg, nil
}

// Labels may be any text: what is no identifier, a keyword, a name of Go or of the file, or differs from
// another in its accents alone or not at all; and none ends the comment in which it stands.
func TestLabels(t *testing.T) {
	labels := []string{
		"func", "float64", "math", "sigmoid", "w", "dw", "x", "p", "dp", "params", "i", "e",
		"é", "e\u0301", "E", "1st",
		"", "_", "__", "a b", "a_b", "a.b", "dL/dw", "w₁", "w1", "w⁽¹⁾₁", "\n)", "*/ /*", "// x",
		"\u2028", "\xff", "日本",
		"𝒲", "nil", "len", "range", "dL_da", "a", "Loss", "L", "v1", "t1",
		"d", "same", "same", "same", "\u200b", "α′", "true",
		"_2", "w_2", "int", "max", "Label", "loss", "lossNumbers1",
	}
	for n := 1; n <= len(labels); n += 7 {
		var params, terms []*gradus.Value
		for k, label := range labels[:n] {
			v := gradus.New(float64(k)).As(label)
			params = append(params, v)
			terms = append(terms, v.Mul(v.Sigmoid().As(labels[len(labels)-1-k])))
		}
		for _, output := range []string{"L", "", "w", "func", "a b", "\n"} {
			x := gradus.New(1).As(labels[n-1])
			sum := gradus.Const(0)
			for _, v := range terms {
				sum = sum.Add(v)
			}
			g := source.Go{Func: "Loss", Params: params, Origin: "a\rb\n*/ x", Named: n%2 == 0}
			text, err := g.Graph(sum.Mul(x).As(output), x)
			if err != nil {
				t.Fatalf("%d labels, output %q: %v", n, output, err)
			}
			check(t, text)
		}
	}
}

// The test of a function that writes down named results calls it with two maps.
func TestNamedTest(t *testing.T) {
	text, err := source.Go{Named: true}.Test(gradus.New(2).As("w").Sin().Square().As("y"))
	if want := "Gradient(&w, &dw, map[string]float64{}, map[string]float64{})"; err != nil ||
		!strings.Contains(string(text), want) {
		t.Errorf("error %v; the test does not call %s:\n%s", err, want, text)
	}
}

// The same graph, built again, has the same file.
func TestDeterministic(t *testing.T) {
	for _, shape := range shapes.All {
		var first []byte
		for range 3 {
			text, err := source.Go{}.Graph(shape.Make(300))
			if err != nil {
				t.Fatal(err)
			}
			if first == nil {
				first = text
			} else if !bytes.Equal(text, first) {
				t.Errorf("%s: the file differs from the one before", shape.Name)
			}
		}
	}
}

func TestErrors(t *testing.T) {
	w := gradus.New(2).As("w")
	cube := gradus.Func1("cube",
		func(x float64) float64 { return x * x * x }, func(x float64) float64 { return 3 * x * x })
	long := w
	for range 100_000 {
		long = long.Sin()
	}
	for _, tt := range []struct {
		name string
		g    source.Go
		out  *gradus.Value
		want string
	}{
		{"an op of one's own", source.Go{}, cube.Apply(w), "cube: no Go is known for an op of one's own"},
		{"100,000 nodes", source.Go{}, long, "100001 nodes lie in matrices or vectors; want at most 20000"},
		{"a package", source.Go{Package: "a b"}, w.Sin(), `Package is "a b", want an identifier`},
		{"a function", source.Go{Func: "func"}, w.Sin(), `Func is "func", want an identifier`},
		{"not exported", source.Go{Func: "loss"}, w.Sin(), "Func is loss, want a name that begins with a capital"},
		{"nil", source.Go{}, nil, "output 1 of 1 is nil"},
	} {
		_, err := tt.g.Graph(tt.out)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: error %v, want %q", tt.name, err, tt.want)
		}
		if _, again := tt.g.Test(tt.out); again == nil || again.Error() != err.Error() {
			t.Errorf("%s: Test returns %v, want the error of Graph", tt.name, again)
		}
	}
	p, err := replay.Recorder{}.Record(w.Sin(), w.Cos())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := (source.Go{}).Program(p); err == nil || !strings.Contains(err.Error(), "2 outputs, want one") {
		t.Errorf("two outputs: error %v", err)
	}
}

// Zero values, nil among them, are taken or refused with a sentence.
func TestZeroValues(t *testing.T) {
	doccheck.TestZeros(t, ".", nil, []any{new(source.Go)})
}

func TestEverySymbolHasAnExample(t *testing.T) { doccheck.TestExamples(t, ".") }
