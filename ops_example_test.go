package gradus_test

import (
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gradus-go/gradus"
)

// noMethod lists the ops that no method or function applies, and why.
var noMethod = map[string]string{
	"step": "it stands in formulas of derivatives",
	"sign": "it stands in formulas of derivatives",
}

// packageDoc returns the documentation of the package, with the Examples of example*_test.go.
func packageDoc(t *testing.T) *doc.Package {
	t.Helper()
	paths, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	fset := token.NewFileSet()
	var files []*ast.File
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") && !strings.HasPrefix(path, "example") {
			continue
		}
		file, err := parser.ParseFile(fset, path, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	pkg, err := doc.NewFromFiles(fset, files, "github.com/gradus-go/gradus")
	if err != nil {
		t.Fatal(err)
	}
	return pkg
}

// A symbol is what go/doc knows of an exported type, function or method.
type symbol struct {
	comment  string
	examples []*doc.Example
}

// symbols returns the exported types, functions and methods by name: "Sum", "Value.Add".
func symbols(t *testing.T) map[string]symbol {
	t.Helper()
	all := map[string]symbol{}
	add := func(prefix string, funcs []*doc.Func) {
		for _, f := range funcs {
			all[prefix+f.Name] = symbol{f.Doc, f.Examples}
		}
	}
	pkg := packageDoc(t)
	add("", pkg.Funcs)
	for _, typ := range pkg.Types {
		all[typ.Name] = symbol{typ.Doc, typ.Examples}
		add("", typ.Funcs)
		add(typ.Name+".", typ.Methods)
	}
	return all
}

func TestEverySymbolHasAnExample(t *testing.T) {
	for name, s := range symbols(t) {
		if len(s.examples) == 0 {
			t.Errorf("%s has no Example", name)
		}
		for _, e := range s.examples {
			if e.Output == "" && !e.EmptyOutput {
				t.Errorf("Example%s has no output to compare, so that go test does not run it", e.Name)
			}
		}
	}
}

// Every op is applied by a method or function, and so has an Example.
func TestEveryOpHasAnExample(t *testing.T) {
	all := symbols(t)
	applied := map[string]bool{}
	for name, op := range appliedBy() {
		applied[op.Name()] = applied[op.Name()] || len(all[name].examples) > 0
	}
	for _, op := range gradus.Ops() {
		why, exempt := noMethod[op.Name()]
		switch {
		case exempt && applied[op.Name()]:
			t.Errorf("op %q has an Example and is listed as having none (%s)", op.Name(), why)
		case !exempt && !applied[op.Name()]:
			t.Errorf("op %q has no Example", op.Name())
		}
	}
}
