package doccheck

import (
	"fmt"
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A Symbol is what go/doc knows of an exported type, function or method.
type Symbol struct {
	Comment  string
	Examples []*doc.Example
	Callable bool // it is a function or a method of a type that is no interface
}

// Symbols returns the exported types, functions and methods of the package in a folder by
// name, as "Sum" and "Value.Add", with the Examples of its example*_test.go files.
func Symbols(folder string) (map[string]Symbol, error) {
	paths, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		return nil, err
	}
	fset := token.NewFileSet()
	var files []*ast.File
	for _, path := range paths {
		name := filepath.Base(path)
		if strings.HasSuffix(name, "_test.go") && !strings.HasPrefix(name, "example") {
			continue
		}
		file, err := parser.ParseFile(fset, path, nil, parser.ParseComments)
		if err != nil {
			return nil, err
		}
		files = append(files, file)
	}
	pkg, err := doc.NewFromFiles(fset, files, "example.org/"+filepath.Base(folder))
	if err != nil {
		return nil, err
	}
	all := map[string]Symbol{}
	add := func(prefix string, funcs []*doc.Func) {
		for _, f := range funcs {
			all[prefix+f.Name] = Symbol{f.Doc, f.Examples, true}
		}
	}
	add("", pkg.Funcs)
	for _, typ := range pkg.Types {
		all[typ.Name] = Symbol{typ.Doc, typ.Examples, false}
		add("", typ.Funcs)
		add(typ.Name+".", typ.Methods)
	}
	return all, nil
}

// TestExamples fails with a sentence for every exported symbol of the package in a folder that has
// no Example, and for every Example without output, which go test does not run.
func TestExamples(tb testing.TB, folder string) {
	tb.Helper()
	all, err := Symbols(folder)
	if err != nil {
		tb.Fatal(err)
	}
	report(tb, missing(all))
}

// missing returns the sentences of TestExamples.
func missing(all map[string]Symbol) (sentences []string) {
	for name, s := range all {
		if len(s.Examples) == 0 {
			sentences = append(sentences, name+" has no Example")
		}
		for _, e := range s.Examples {
			if e.Output == "" && !e.EmptyOutput {
				sentences = append(sentences, fmt.Sprintf("Example%s has no output to compare", e.Name))
			}
		}
	}
	return sentences
}

// report fails with each of the sentences, in alphabetical order.
func report(tb testing.TB, sentences []string) {
	tb.Helper()
	slices.Sort(sentences)
	for _, s := range sentences {
		tb.Error(s)
	}
}
