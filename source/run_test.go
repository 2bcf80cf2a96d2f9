package source_test

import (
	"errors"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/source"
)

// The tests that Go.Test writes compile and pass, whatever numbers the graph has: in leaves that are
// parameters, inputs, constants, or that nothing is computed from. They fail if the code is wrong, at the
// numbers of the graph alone, or at all others.
func TestTests(t *testing.T) {
	module := t.TempDir()
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	mod, err := os.ReadFile("../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	sum, err := os.ReadFile("../go.sum")
	if err != nil {
		t.Fatal(err)
	}
	const gradusModule = "github.com/gradus-go/gradus"
	write(t, module, "go.sum", sum)
	write(t, module, "go.mod", []byte(strings.Replace(string(mod), "module "+gradusModule, "module tests", 1)+
		"\nrequire "+gradusModule+" v0.0.0\nreplace "+gradusModule+" => "+root+"\n"))
	for name, x := range map[string]float64{
		"infinite": math.Inf(1), "negative": math.Inf(-1), "nan": math.NaN(), "zero": math.Copysign(0, -1),
		"tiny": 5e-324, "large": -1.5e300, "whole": 1e21, "plain": 0.1,
	} {
		w, v, unused := gradus.New(x).As("w"), gradus.New(2).As("v"), gradus.New(x).As("unused")
		input, c := gradus.New(x), gradus.Const(x)
		several := []*gradus.Value{w.Mul(input), v.Mul(c), c.Add(w), v.Div(c), c.Neg(), v.Max(c)}
		g := source.Go{Package: name, Params: []*gradus.Value{w, v, unused}, Named: name == "plain"}
		z := gradus.Dot(several, []*gradus.Value{c, v, w, c, gradus.Const(-x), c}).Add(v.Pow(c)).As("z")
		for file, of := range map[string]func(*gradus.Value, ...*gradus.Value) ([]byte, error){
			"f.go": g.Graph, "f_test.go": g.Test,
		} {
			text, err := of(z, input)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			write(t, filepath.Join(module, name), file, text)
		}
	}
	for name, wrong := range map[string]string{"wrong-here": "==", "wrong-elsewhere": "!="} {
		w := gradus.New(7).As("w")
		g, z := source.Go{Package: "wrong", Params: []*gradus.Value{w}}, w.Square().As("z")
		text, err := g.Graph(z)
		testText, errOfTest := g.Test(z)
		if err := errors.Join(err, errOfTest); err != nil {
			t.Fatal(err)
		}
		const line = "\tw := p[0]\n"
		code := strings.Replace(string(text), line, line+"if w "+wrong+" 7 { w++ }\n", 1)
		write(t, filepath.Join(module, name), "f.go", []byte(code))
		write(t, filepath.Join(module, name), "f_test.go", testText)
	}
	test := exec.Command("go", "test", "./...")
	test.Dir = module
	out, err := test.CombinedOutput()
	for want, n := range map[string]int{
		"ok  \ttests/": 8, "FAIL\ttests/wrong-": 2, "FAIL\ttests/": 2, "the output is": 20, "build failed": 0,
	} {
		if got := strings.Count(string(out), want); got != n {
			t.Errorf("%q is printed %d times, want %d; go test: %v\n%s", want, got, n, err, out)
		}
	}
}

// write writes a file into a folder, which it makes.
func write(t *testing.T, folder, name string, text []byte) {
	t.Helper()
	if err := os.MkdirAll(folder, 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, name), text, 0o666); err != nil {
		t.Fatal(err)
	}
}
