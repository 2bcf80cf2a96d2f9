package gofile

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/gradus-go/gradus/internal/elementary"
	"github.com/gradus-go/gradus/source/internal/gofile/kernels"
)

// A declaration is a function, a type with its methods, or a constant, that may be copied into a file.
type declaration struct {
	text  string   // with lower-case names
	needs []string // the declarations that it refers to, and "math" for the package
}

// helpers has the declarations of packages elementary and kernels, by their names in the file.
var helpers = sync.OnceValue(func() map[string]declaration {
	all := map[string]declaration{}
	var files []*ast.File
	texts := slices.Concat(elementary.Texts, []string{kernels.Slopes, kernels.Loops})
	for _, text := range texts {
		file, err := parser.ParseFile(token.NewFileSet(), "", text, parser.ParseComments)
		if err != nil {
			panic(fmt.Sprint("source: ", err)) // the text is that of a package in this program
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
			all[lower(name)] = declaration{before.text + c.text, append(before.needs, c.needs...)}
		})
	}
	return all
})

// lower returns the name with which a declaration is copied: with a lower-case letter, so that the file
// exports nothing but its function.
func lower(name string) string {
	r, size := utf8.DecodeRuneInString(name)
	return string(unicode.ToLower(r)) + name[size:]
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
	documented := func(doc *ast.CommentGroup) {
		start = doc.Pos()
		word, _, _ := strings.Cut(strings.TrimPrefix(doc.List[0].Text, "// "), " ")
		if names[word] {
			rename(start+3, start+3+token.Pos(len(word)), word)
		}
	}
	ast.Inspect(node, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			if n.Doc != nil {
				documented(n.Doc)
			}
			fields[n.Name] = n.Recv != nil
		case *ast.GenDecl:
			if n.Doc != nil {
				documented(n.Doc)
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
				d.needs = append(d.needs, lower(n.Sel.Name))
			case x != nil && x.Name == "math":
				d.needs = append(d.needs, "math")
			}
		case *ast.Ident:
			if names[n.Name] && !fields[n] {
				rename(n.Pos(), n.End(), n.Name)
				d.needs = append(d.needs, lower(n.Name))
			}
		}
		return true
	})
	slices.SortFunc(edits, func(a, b edit) int { return cmp.Compare(a.from, b.from) })
	at := int(start) - 1
	for _, e := range edits {
		d.text += text[at:e.from] + e.text
		at = e.to
	}
	d.text += text[at:int(node.End())-1] + "\n\n"
	return d
}

// withNeeds returns the names of the declarations, and of all that they need, sorted.
func withNeeds(names []string) []string {
	seen := map[string]bool{}
	var visit func(names []string)
	visit = func(names []string) {
		for _, name := range names {
			if !seen[name] {
				seen[name] = true
				visit(helpers()[name].needs)
			}
		}
	}
	visit(names)
	var all []string
	for name := range seen {
		if _, ok := helpers()[name]; ok || name == "math" {
			all = append(all, name)
		}
	}
	slices.Sort(all)
	return all
}
