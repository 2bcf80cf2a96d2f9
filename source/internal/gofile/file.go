// Package gofile writes a recorded program as a file of Go that needs the standard library alone.
//
// group.go and sums.go find out what is computed in loops; item.go has what they find. writer.go writes
// the computation of the output, backward.go that of the gradient with expressions of expr.go and ops.go,
// and rules.go the comments. helpers.go copies the functions that the file needs. file.go puts all
// together.
package gofile

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/listing"
)

// A File says what is not in the program.
type File struct {
	Package, Func string
	Named         bool     // the function writes down the numbers of named results
	Origin        []string // lines of the header: what the file was generated from, and how
}

// mostStatements bounds the length of the function. The compiler takes a second for so many lines.
const mostStatements = 20000

// Write returns the file.
func (f File) Write(p *listing.Program) ([]byte, error) {
	g := newGraph(p)
	if unknown := g.opsOf(); unknown != nil {
		var list []string
		for _, op := range unknown {
			list = append(list, op.Name())
		}
		return nil, fmt.Errorf("source: %s: no Go is known for an op of one's own, made by Func1, Func2 or FuncN; "+
			"want ops of package gradus only", strings.Join(list, ", "))
	}
	first := newWriter(g, f.Func, nil)
	if f.Named && p.Params > 0 {
		first.report()
	}
	first.body()
	if n := len(first.statements); n > mostStatements {
		return nil, fmt.Errorf("source: the program needs %d statements, since few of its %d nodes lie in "+
			"matrices or vectors; want at most %d, for which the compiler takes a second",
			n, len(p.Ops), mostStatements)
	}
	second := newWriter(g, f.Func, first.occurrences())
	if f.Named && p.Params > 0 {
		second.report()
	}
	second.body()
	file, err := formatted(f.header() + withHelpers(second.function(f.Func)))
	if err != nil {
		return nil, fmt.Errorf("source: the generated file is no Go, by a mistake in package source: %w", err)
	}
	return file, nil
}

// newWriter returns a writer with names for leaves and the result. The first one has no counts.
func newWriter(g *graph, function string, counts map[string]int) *writer {
	w := &writer{
		graph: g, order: g.items(), names: newNames(), counts: counts, value: map[*item]string{},
		grad: map[*item]string{}, inline: map[*item]expr{}, power: map[*item]expr{}, raw: map[string]bool{},
		arrays: map[int][]string{},
		values: map[string]*gradus.Value{}, of: map[*item]*gradus.Value{}, aliases: make([]string, g.Params),
		finals: make([]string, g.Params),
	}
	w.root = ref{c: g.data[g.Outputs[0]]}
	for _, it := range w.order {
		if k := slices.Index(it.nodes, g.Outputs[0]); k >= 0 && it.kind != numbers {
			w.root = ref{item: it, off: k}
		}
	}
	w.rootName = g.Names[g.Outputs[0]]
	for _, it := range w.order {
		switch {
		case it.kind == params:
			w.array = w.names.array(g.Names, "w", "p", "params")
			w.value[it] = w.array
		case it.kind == inputs && it.n > 0:
			w.value[it] = w.names.array(g.Names, "x", "in", "inputs")
		case it.kind == inputs:
			w.value[it] = w.names.of(it.label, "x")
		case it.kind == numbers:
			w.value[it] = w.names.fresh(lower(function) + "Numbers")
		}
	}
	w.plan()
	if w.small = w.isSmall(); w.small {
		for k, i := range g.Order {
			w.aliases[k] = w.names.of(g.Names[i], "w")
		}
	}
	w.result = w.names.of(w.rootName, "y")
	if w.rootName == "" {
		w.rootName = w.result
	}
	return w
}

// body writes the statements of the function.
func (w *writer) body() {
	var aliases, places []string
	for k, name := range w.aliases {
		if name != "" && w.live[w.Order[k]] {
			aliases, places = append(aliases, name), append(places, fmt.Sprintf("%s[%d]", w.array, k))
		}
	}
	if aliases != nil {
		w.write(strings.Join(aliases, ", ")+" := "+strings.Join(places, ", "), "")
	}
	w.section(w.forward)
	if w.root.item == nil || w.root.kind < values {
		w.write(w.result+" = "+w.read(w.root).text, "")
	}
	if w.Params > 0 {
		w.write("if d"+w.array+" == nil {\nreturn "+w.result+"\n}\n", "")
		w.section(w.backward)
		for k, name := range w.finals {
			if name != "" {
				w.finals[k] = "0 + " + name
			} else if w.small {
				w.finals[k] = "0"
			}
		}
		if w.small {
			w.write("\n// A sum that begins with 0 makes 0 of −0.", "")
			places = make([]string, w.Params)
			for k := range w.finals {
				places[k] = fmt.Sprintf("d%s[%d]", w.array, k)
			}
			w.write(strings.Join(places, ", ")+" = "+strings.Join(w.finals, ", "), "")
		}
	}
	w.write("return "+w.result, "")
}

// section writes statements, and in front of them the arrays that they need.
func (w *writer) section(write func()) {
	at := len(w.statements)
	w.write("", "")
	w.arrays, w.sizes = map[int][]string{}, nil
	write()
	for _, n := range w.sizes {
		w.statements[at].code += fmt.Sprintf("var %s [%d]float64\n", strings.Join(w.arrays[n], ", "), n)
	}
}

// identifiers returns the words of a text of Go, each as often as it occurs.
func identifiers(text string) []string {
	isDigit := func(r rune) bool { return '0' <= r && r <= '9' }
	words := strings.FieldsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && r != '_' && !isDigit(r)
	})
	for i := range words {
		words[i] = strings.TrimLeftFunc(words[i], isDigit) // 2x is 2 and x
	}
	return slices.DeleteFunc(words, func(word string) bool { return word == "" })
}

// occurrences counts how often each variable occurs, its definition included.
func (w *writer) occurrences() map[string]int {
	counts := map[string]int{}
	for _, s := range w.statements {
		for _, name := range identifiers(s.code) {
			counts[name]++
		}
	}
	return counts
}
