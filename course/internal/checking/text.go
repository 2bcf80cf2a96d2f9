package checking

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// A Line is a line of an answer in a text: what is asked for, and the formula.
type Line struct {
	Number             int    // in the text, counted from 1
	Key, Formula, Text string // "d²L/du dv", what stands behind the =, and the whole line
	column             int    // at which Formula begins, counted from 0
}

// Todo is what stands in place of an answer in the files as they are handed out.
const Todo = "TODO"

var (
	comment     = regexp.MustCompile(`\s*(#|//).*`)
	aroundSlash = regexp.MustCompile(` ?/ ?`)
)

// Lines returns the lines of an answer. Empty ones, and comments from # or // on, are left out.
func Lines(text string) (lines []Line, err error) {
	known := map[string]int{}
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimRight(comment.ReplaceAllString(line, ""), " \t\r")
		if line == "" {
			continue
		}
		key, formula, found := strings.Cut(line, "=")
		name := aroundSlash.ReplaceAllString(strings.Join(strings.Fields(key), " "), "/")
		plain := plainKey(name)
		switch {
		case !found || name == "":
			return nil, fmt.Errorf("line %d is %q; want a line such as dL/dw = 2x", i+1, strings.TrimSpace(line))
		case known[plain] > 0:
			return nil, fmt.Errorf("line %d is about %s, and so is line %d; want one line for it",
				i+1, name, known[plain])
		}
		known[plain] = i + 1
		trimmed := strings.TrimLeft(formula, " \t")
		lines = append(lines, Line{
			i + 1, name, strings.TrimSpace(formula), line,
			len([]rune(key)) + 1 + len([]rune(formula)) - len([]rune(trimmed)),
		})
	}
	return lines, nil
}

// plainKey returns the same for all ways to write a derivative: d²L/dv du, ∂²L/∂u∂v and d^2L/du dv.
func plainKey(key string) string {
	above, below, _ := strings.Cut(toPlain.Replace(key), "/")
	parts := strings.Fields(below)
	slices.Sort(parts)
	return strings.ReplaceAll(above, " ", "") + "/" + strings.Join(parts, "")
}

var toPlain = strings.NewReplacer("²", "2", "³", "3", "^", "", "∂", " d", "_d", "/d")

// A Problem is the derivatives of a graph that a learner derives, as formulas in a text.
type Problem struct {
	Graph    string // the definitions of the graph, in the language of package formula
	Solution string // a line for each derivative, with the right formula
}

// Check implements Checker, for an answer that is a string with a line for each derivative. A line
// may use the derivatives of the lines above it, as in
//
//	dL/dy = y − t
//	dL/da = dL/dy · W2
func (p Problem) Check(answer any) Findings {
	text, ok := answer.(string)
	if !ok {
		return Wrong("the answer", "the answer is a %T, and this exercise asks for formulas in a text", answer)
	}
	lines, err := Lines(text)
	if err != nil {
		return Wrong("answer.txt", "answer.txt: %v", err)
	}
	asked, err := Lines(p.Solution)
	if err != nil {
		return Wrong("the solution", "the solution of this exercise: %v", err)
	}
	f, toDo := complete(lines, asked)
	done := slices.DeleteFunc(lines, Line.toDo)
	if f == nil && len(done) > 0 {
		f = p.derive(done, asked)
	}
	return append(f, toDo...)
}

// toDo reports whether there is no formula yet.
func (l Line) toDo() bool {
	return l.Formula == "" || strings.Contains(strings.ToUpper(l.Formula), Todo)
}

// complete returns the findings on lines that are missing or not asked for, and on those still to do.
func complete(lines, asked []Line) (f, toDo Findings) {
	given, known := map[string]Line{}, map[string]bool{}
	for _, line := range lines {
		given[plainKey(line.Key)] = line
	}
	var names []string
	for _, want := range asked {
		names, known[plainKey(want.Key)] = append(names, want.Key), true
		line, ok := given[plainKey(want.Key)]
		switch {
		case !ok:
			f = append(f, wrong(want.Key, "there is no line for %[1]s; want one that begins with %[1]s =", want.Key))
		case line.toDo():
			const text = "%s is still to do: write your formula in place of %s"
			toDo = append(toDo, wrong(want.Key, text, want.Key, Todo))
		}
	}
	missing := len(f)
	for _, line := range lines {
		if known[plainKey(line.Key)] {
			continue
		}
		if missing > 0 && len(f) == missing { // it may be this one, written in another way
			f[0].Text += fmt.Sprintf(" (line %d begins with %s)", line.Number, line.Key)
		}
		f = append(f, wrong(line.Key, "line %d is about %s, which this exercise does not ask for; it asks for %s",
			line.Number, line.Key, strings.Join(names, ", ")))
	}
	return f, toDo
}
