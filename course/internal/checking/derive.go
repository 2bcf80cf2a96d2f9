package checking

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/gradus-go/gradus/formula"
	"github.com/gradus-go/gradus/gradcheck"
)

// derive checks lines, which are the lines that are asked for, in any order.
func (p Problem) derive(lines, asked []Line) Findings {
	g, err := formula.Read(p.Graph)
	if err != nil || len(g.Results) == 0 {
		return Wrong("the graph", "the graph of this exercise cannot be read: %v", err)
	}
	constant, err := constants(asked, g.Names())
	if err != nil {
		return Wrong("the solution", "the solution of this exercise: %v", err)
	}
	d, above, numbers := gradcheck.Derivation{}, map[string]gradcheck.Formula{}, map[string]string{}
	for _, line := range lines {
		rule, err := line.rule(above, g.Names())
		if err != nil {
			return Wrong(line.Key, "%v", err)
		}
		above[alias(line.Key)], d[line.Key] = rule, rule
		switch isNumber := len(namesIn(line, above)) == 0; {
		case isNumber && constant[plainKey(line.Key)]:
			if strings.Contains(line.Formula, ".") {
				d[line.Key] = line.Formula // which may be rounded
			}
		case isNumber:
			numbers[line.Key] = number(line, g.Names())
		}
	}
	root := g.Results[len(g.Results)-1]
	found, err := gradcheck.CheckDerivation(root, d)
	if err != nil {
		return Wrong("answer.txt", "%s", strings.TrimPrefix(err.Error(), "gradcheck: "))
	}
	given, solution, v := byKey(lines), byKey(asked), values{g, root, above}
	number := func(f gradcheck.Finding) int { return given[plainKey(f.Name)].Number }
	slices.SortFunc(found, func(a, b gradcheck.Finding) int { return number(a) - number(b) })
	f := Derivatives(found)
	for i := range f {
		name := f[i].Name
		if numbers[name] != "" {
			_, rest, _ := strings.Cut(f[i].Text, "\n")
			f[i].OK, f[i].Text = false, strings.TrimSpace(numbers[name]+"\n"+rest)
			continue
		}
		v.explain(&f[i], found[i], given[plainKey(name)], solution[plainKey(name)])
	}
	return f
}

// byKey returns the lines by what they are about.
func byKey(lines []Line) map[string]Line {
	all := map[string]Line{}
	for _, line := range lines {
		all[plainKey(line.Key)] = line
	}
	return all
}

// constants reports for each key whether its line is a number, if all lines above are put into it.
func constants(lines []Line, names []string) (map[string]bool, error) {
	constant, above := map[string]bool{}, map[string]gradcheck.Formula{}
	for _, line := range lines {
		rule, err := line.rule(above, names)
		if err != nil {
			return nil, err
		}
		constant[plainKey(line.Key)], above[alias(line.Key)] = true, rule
		rule(func(string) float64 { constant[plainKey(line.Key)] = false; return 1 })
	}
	return constant, nil
}

// alias returns the name that stands for a derivative in formulas: dL_dW2 for dL/dW2, with as many
// letters.
func alias(key string) string { return strings.NewReplacer("/", "_", "∂", "d").Replace(key) }

// withAliases returns the formula with the aliases of the derivatives in place of them.
func (l Line) withAliases(above map[string]gradcheck.Formula) string {
	text := l.Formula
	keys := slices.SortedFunc(maps.Keys(above), func(a, b string) int { return len(b) - len(a) })
	for _, key := range keys {
		slashed := strings.Replace(key, "_d", "/d", 1)
		for _, written := range []string{slashed, strings.ReplaceAll(slashed, "d", "∂")} {
			text = strings.ReplaceAll(text, written, key)
		}
	}
	return text
}

// derivativeIn finds a derivative in a formula.
var derivativeIn = regexp.MustCompile(`[d∂][\pL\pN_]+/[d∂][\pL\pN_]+`)

// rule returns the formula of the line as a function of the named values of the graph. Those above
// are the formulas of the lines above, by their aliases. The error shows the place in the text.
func (l Line) rule(above map[string]gradcheck.Formula, names []string) (gradcheck.Formula, error) {
	rule, err := formula.Function(l.withAliases(above))
	if e := new(formula.Error); errors.As(err, &e) {
		e.Line, e.Column, e.Text = l.Number, e.Column+l.column, l.Text
	}
	if err != nil {
		return nil, fmt.Errorf("answer.txt: %s", strings.TrimPrefix(err.Error(), "formula: "))
	}
	for _, name := range namesIn(l, above) {
		if above[name] != nil || slices.Contains(names, name) {
			continue
		}
		for _, d := range derivativeIn.FindAllString(l.Formula, -1) {
			if strings.HasPrefix(d, name+"/") && above[alias(d)] == nil {
				return nil, fmt.Errorf("answer.txt: line %d: %s is not given by a line above; write its formula, "+
					"with the names %s", l.Number, d, strings.Join(names, ", "))
			}
		}
		return nil, fmt.Errorf("answer.txt: line %d: %s", l.Number, unknown(name, names))
	}
	known := maps.Clone(above)
	return func(value func(name string) float64) float64 {
		return rule(func(name string) float64 {
			if f := known[name]; f != nil {
				return f(value)
			}
			return value(name)
		})
	}, nil
}

// namesIn returns the names that the formula of a line asks for. A formula that cannot be read has
// none.
func namesIn(l Line, above map[string]gradcheck.Formula) (names []string) {
	rule, err := formula.Function(l.withAliases(above))
	if err != nil {
		return nil
	}
	rule(func(name string) float64 { names = append(names, name); return 1 })
	return names
}

// number says that a line has a number where a formula is asked for.
func number(l Line, names []string) string {
	is := "is a number"
	if _, err := strconv.ParseFloat(strings.ReplaceAll(l.Formula, "−", "-"), 64); err != nil {
		is = "has no name in it"
	}
	return fmt.Sprintf("%s = %s %s, and a formula is asked for, which is right for other numbers, too; "+
		"write it with the names %s", l.Key, l.Formula, is, strings.Join(names, ", "))
}

// Derivatives returns findings of package gradcheck as findings on an answer. A formula that is
// right by a coincidence of the given numbers is wrong.
func Derivatives(found gradcheck.Findings) (f Findings) {
	for _, g := range found {
		finding := Finding{
			Name: g.Name, OK: g.OK && !g.Coincidence, Text: g.String(), Factor: g.FirstWrong(),
			Rests: g.Follows != nil,
		}
		for _, s := range g.Slips {
			finding.Slips = append(finding.Slips, s.String())
		}
		if g.OK && g.Coincidence {
			finding.Text = fmt.Sprintf("%s is right for the given numbers, %.10g, and wrong for others",
				g.Name, g.Right)
		}
		f = append(f, finding)
	}
	return f
}
