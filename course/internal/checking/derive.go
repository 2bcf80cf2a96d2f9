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
	d, above, isNumberHere := gradcheck.Derivation{}, map[string]gradcheck.Formula{}, map[string]bool{}
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
			isNumberHere[line.Key] = true
			if strings.Contains(line.Formula, ".") {
				d[line.Key] = line.Formula
			}
		}
	}
	root := g.Results[len(g.Results)-1]
	found, err := gradcheck.CheckDerivation(root, d)
	if err != nil {
		return Wrong("answer.txt", "%s", strings.TrimPrefix(err.Error(), "gradcheck: "))
	}
	given, v := byKey(lines), values{g, root, above}
	number := func(f gradcheck.Finding) int { return given[plainKey(f.Name)].Number }
	slices.SortFunc(found, func(a, b gradcheck.Finding) int { return number(a) - number(b) })
	for i, f := range found {
		found[i] = v.byItself(f, d, given)
	}
	f := Derivatives(found)
	for i := range f {
		line := given[plainKey(f[i].Name)]
		if isNumberHere[line.Key] {
			f[i].refuseNumber(line, g.Names(), f[i].OK || found[i].Coincidence)
			continue
		}
		v.explain(&f[i], found[i], line)
	}
	return f
}

// byItself returns the finding on a line if only the lines whose derivatives its formula uses are known
// besides. It does so where the other lines may mislead: the line of dL/dy may be right, and still it is in
// dL/dy that the sign is wrong in dL/dW2 = (t − y)·a, which does not use it. A finding on a line that is
// right or rests on another wrong one is returned as it is.
func (v values) byItself(
	f gradcheck.Finding, d gradcheck.Derivation, given map[string]Line,
) gradcheck.Finding {
	misled := f.Slips == nil || f.Follows != nil || !slices.ContainsFunc(f.Slips, saysWhy) ||
		slices.ContainsFunc(f.Slips, isInLine)
	if f.OK || f.Follows != nil && f.Slips == nil || !misled {
		return f
	}
	used := gradcheck.Derivation{}
	var use func(l Line)
	use = func(l Line) {
		used[l.Key] = d[l.Key]
		for _, name := range namesIn(l, v.above) {
			for _, above := range given {
				if alias(above.Key) == name && above.Number < l.Number {
					use(above)
				}
			}
		}
	}
	use(given[plainKey(f.Name)])
	found, err := gradcheck.CheckDerivation(v.root, used)
	i := slices.IndexFunc(found, func(g gradcheck.Finding) bool { return g.Name == f.Name })
	if err != nil || found[i].Slips == nil || found[i].Follows != nil {
		return f
	}
	return found[i]
}

// saysWhy reports whether a slip says more of a factor than that its sign is wrong, or that it is off by a 2.
func saysWhy(s gradcheck.Slip) bool {
	return !slices.ContainsFunc([]string{"wrong sign", "twice too", "half as"}, func(clause string) bool {
		return strings.HasPrefix(s.What, clause)
	})
}

// isInLine reports whether a slip is one in a factor whose own line is right.
func isInLine(s gradcheck.Slip) bool { return strings.HasSuffix(s.What, "in this line") }

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

// withoutAliases returns a message with the derivatives in place of their aliases.
func withoutAliases(message string, above map[string]gradcheck.Formula) string {
	for key := range above {
		message = strings.ReplaceAll(message, key, strings.Replace(key, "_d", "/d", 1))
	}
	return message
}

// instead says what to write in place of a derivative that no line above gives.
func instead(d string, above map[string]gradcheck.Formula, names []string) string {
	for _, key := range slices.Sorted(maps.Keys(above)) {
		if strings.EqualFold(key, alias(d)) {
			return fmt.Sprintf("is %s meant?", strings.Replace(key, "_d", "/d", 1))
		}
	}
	return "write its formula, with the names " + strings.Join(names, ", ")
}

// derivativeIn finds a derivative in a formula.
var derivativeIn = regexp.MustCompile(`[d∂][\pL\pN_]+/[d∂][\pL\pN_]+`)

// rule returns the formula of the line as a function of the named values of the graph. Those above
// are the formulas of the lines above, by their aliases. The error shows the place in the text.
func (l Line) rule(above map[string]gradcheck.Formula, names []string) (gradcheck.Formula, error) {
	rule, err := formula.Function(l.withAliases(above))
	if e := new(formula.Error); errors.As(err, &e) {
		e.Line, e.Column, e.Text = l.Number, e.Column+l.column, l.Text
		e.Message = withoutAliases(e.Message, above)
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
				return nil, fmt.Errorf("answer.txt: line %d: %s is not given by a line above; %s", l.Number, d,
					instead(d, above, names))
			}
		}
		return nil, fmt.Errorf("answer.txt: line %d: %s", l.Number, withoutAliases(unknown(name, names), above))
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

// refuseNumber makes a finding on a line that is a number, where a formula is asked for, a wrong one.
func (f *Finding) refuseNumber(l Line, names []string, isRight bool) {
	_, rest, _ := strings.Cut(f.Text, "\n")
	if isShort(l.Formula) {
		rest, f.Slips = "", nil
	}
	f.OK, f.Text = false, strings.TrimSpace(aNumber(l, names, isRight)+"\n"+rest)
}

// isShort reports whether a number is rounded to so few digits that some slip explains it by coincidence.
func isShort(number string) bool {
	all := strings.TrimLeft(strings.Map(func(r rune) rune {
		if strings.ContainsRune(digits, r) {
			return r
		}
		return -1
	}, number), "0")
	return strings.Contains(number, ".") && len(all) < 4
}

// aNumber says that a line has a number where a formula is asked for, and whether it is right for the numbers
// of the text.
func aNumber(l Line, names []string, isRight bool) string {
	is := "is a number"
	if _, err := strconv.ParseFloat(strings.ReplaceAll(l.Formula, "−", "-"), 64); err != nil {
		is = "has no name in it"
	}
	if isRight {
		is = "is right for the numbers of the text"
	}
	return fmt.Sprintf("%s = %s %s, and a formula is asked for, which is right for other numbers, too; "+
		"write it with the names %s", l.Key, l.Formula, is, strings.Join(names, ", "))
}

// Derivatives returns findings of package gradcheck as findings on an answer.
func Derivatives(found gradcheck.Findings) (f Findings) {
	for _, g := range found {
		finding := Finding{
			Name: g.Name, OK: g.OK, Text: g.String(), Factor: g.FirstWrong(),
			Rests: g.Follows != nil,
		}
		for _, s := range g.Slips {
			finding.Slips = append(finding.Slips, s.String())
		}
		f = append(f, finding)
	}
	return f
}
