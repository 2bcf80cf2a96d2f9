package gofile

import (
	"bytes"
	"cmp"
	"encoding/json"
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/gradus-go/gradus/internal/elementary"
	"github.com/gradus-go/gradus/source/internal/gofile/kernels"
)

var update = flag.Bool("update", false, "write helpers.json")

// The file of declarations has those of the packages.
func TestHelpers(t *testing.T) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(declarations()); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile("helpers.json", b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if !bytes.Equal(b.Bytes(), helpersJSON) {
		t.Error("helpers.json is not what packages elementary and kernels declare; want go test -run " +
			"TestHelpers -update")
	}
}

// declarations returns the declarations of packages elementary and kernels, by their names in the file.
func declarations() map[string]declaration {
	all := map[string]declaration{}
	var files []*ast.File
	texts := slices.Concat(elementary.Texts, []string{kernels.Slopes, kernels.Loops})
	for _, text := range texts {
		file, err := parser.ParseFile(token.NewFileSet(), "", text, parser.ParseComments)
		if err != nil {
			panic(err) // the text is that of a package in this program
		}
		files = append(files, file)
	}
	names := map[string]bool{}
	for _, file := range files {
		eachDeclaration(file, func(name string, _ ast.Node) { names[name] = true })
	}
	for i, file := range files {
		eachDeclaration(file, func(name string, d ast.Node) {
			c := copied(texts[i], d, names)
			before := all[lower(name)]
			all[lower(name)] = declaration{before.Text + c.Text, append(before.Needs, c.Needs...)}
		})
	}
	return all
}

// eachDeclaration calls f for what a file declares. The name of a method is that of its type.
func eachDeclaration(file *ast.File, f func(name string, d ast.Node)) {
	for _, d := range file.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Recv == nil {
				f(d.Name.Name, d)
			} else {
				f(d.Recv.List[0].Type.(*ast.StarExpr).X.(*ast.Ident).Name, d)
			}
		case *ast.GenDecl:
			switch s := d.Specs[0].(type) {
			case *ast.TypeSpec:
				f(s.Name.Name, d)
			case *ast.ValueSpec:
				f(s.Names[0].Name, d)
			}
		}
	}
}

// copied returns the text of a declaration, in which the given names and those that are qualified by the
// name of package elementary are in lower case.
func copied(text string, node ast.Node, names map[string]bool) (d declaration) {
	type edit struct {
		from, to int
		text     string
	}
	var edits []edit
	start, fields := node.Pos(), map[*ast.Ident]bool{}
	rename := func(from, to token.Pos, name string) {
		edits = append(edits, edit{int(from) - 1, int(to) - 1, lower(name)})
	}
	documented := func(doc *ast.CommentGroup, isMethod bool) { // a method keeps its name
		start = doc.Pos()
		word, _, _ := strings.Cut(strings.TrimPrefix(doc.List[0].Text, "// "), " ")
		if names[word] && !isMethod {
			rename(start+3, start+3+token.Pos(len(word)), word)
		}
	}
	ast.Inspect(node, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			if n.Doc != nil {
				documented(n.Doc, n.Recv != nil)
			}
			fields[n.Name] = n.Recv != nil
		case *ast.GenDecl:
			if n.Doc != nil {
				documented(n.Doc, false)
			}
		case *ast.Field: // of a struct, or a parameter
			for _, name := range n.Names {
				fields[name] = true
			}
		case *ast.SelectorExpr:
			fields[n.Sel] = true
			switch x, _ := n.X.(*ast.Ident); {
			case x != nil && x.Name == "elementary":
				rename(n.Pos(), n.End(), n.Sel.Name)
				d.Needs = append(d.Needs, lower(n.Sel.Name))
			case x != nil && x.Name == "math":
				d.Needs = append(d.Needs, "math")
			}
		case *ast.Ident:
			if names[n.Name] && !fields[n] {
				rename(n.Pos(), n.End(), n.Name)
				d.Needs = append(d.Needs, lower(n.Name))
			}
		}
		return true
	})
	slices.SortFunc(edits, func(a, b edit) int { return cmp.Compare(a.from, b.from) })
	at := int(start) - 1
	for _, e := range edits {
		d.Text += text[at:e.from] + e.text
		at = e.to
	}
	d.Text += text[at:int(node.End())-1] + "\n\n"
	return d
}
