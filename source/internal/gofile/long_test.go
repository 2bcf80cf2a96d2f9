package gofile

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/shapes"
)

// The gradient of what is used often is a sum of many terms. It begins in one line, to which the others are
// added, so that no line is long: of a number with and without a name, of lanes, of few parameters, which are
// variables, and of many, which are an array; where the first term is a number, and where it is a product of
// which the line is full.
func TestLongSums(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 9))
	long := func(v, u *gradus.Value, k int, label string) *gradus.Value { // a use of v with a long term
		factor := u.Sin().As(label)
		target := v.Sub(u.Mul(float64(k) / 7))
		return v.Mul(factor).Add(float64(k)).SigmoidCrossEntropy(target)
	}
	functions := []func(*gradus.Value) *gradus.Value{
		(*gradus.Value).Sin, (*gradus.Value).Cos, (*gradus.Value).Tanh, (*gradus.Value).Exp,
		(*gradus.Value).Sigmoid, (*gradus.Value).SiLU, (*gradus.Value).Square, (*gradus.Value).Neg,
	}
	var all []*sample
	for _, params := range []int{2, 12} {
		for _, label := range []string{"", "a_name", strings.Repeat("long_name", 12)} {
			for _, constants := range []int{0, 3, 60} {
				w := leaves(r, params, 1)
				s := &sample{name: fmt.Sprintf("%d parameters, %d constants, label %q", params, constants, label)}
				s.params = w
				v := w[0].Mul(w[1]).As(label)
				z := w[1].Cos()
				for range constants {
					z = z.Add(v)
				}
				for k := range 12 {
					z = z.Add(long(v, w[k%params], k, label))
				}
				for range constants {
					z = z.Add(v)
				}
				s.out = z.As("L")
				all = append(all, s)
			}
		}
	}
	w := leaves(r, 12, 1)
	u := lanes(len(w), func(i int) *gradus.Value { return w[i].Sin() })
	var used []*gradus.Value
	for _, f := range functions {
		used = append(used, lanes(len(w), func(i int) *gradus.Value { return f(u[i]) })...)
	}
	n := len(used) / 2
	all = append(all, &sample{name: "lanes", params: w, out: gradus.Dot(used[:n], used[n:]).As("L")})
	const name, lane, param = `(?m)^\w+ \+= `, `(?m)^\w+\[i\] \+= `, `(?m)^dw\[0\] \+= `
	found := map[string]int{}
	for _, s := range all {
		text := written(t, "F", s)
		for line := range strings.Lines(text) {
			most := 250
			if strings.Contains(s.name, "long_name") {
				most *= 3
			}
			if n := utf8.RuneCountInString(line); n > most && strings.Contains(line, "dL_d") {
				t.Errorf("%s: a line has %d characters: %.200s…", s.name, n, line)
			}
			if strings.HasSuffix(line, " += 1\n") && !strings.Contains(text, "float64(") {
				t.Errorf("%s: a number is added on a line of its own: %s", s.name, line)
			}
		}
		for _, line := range []string{name, lane, param} {
			found[line] += len(regexp.MustCompile(line).FindAllString(text, -1))
		}
	}
	for line, n := range map[string]int{name: 50, lane: 4, param: 5} {
		if found[line] < n {
			t.Errorf("%d lines are of the form %s, want at least %d", found[line], line, n)
		}
	}
	mustAgree(t, all)
}

// A comment has a rule of the chain rule that one can read, however long the chain is: where it would be too
// long, the rest of it begins anew, by the variable of a gradient.
func TestLongRules(t *testing.T) {
	for _, shape := range shapes.All {
		if shape.Name != "recurrent" {
			continue
		}
		s := &sample{name: shape.Name, out: shape.Make(400)}
		for _, v := range gradus.Topo(s.out) {
			if v.Op() == nil && !v.IsConst() {
				s.params = append(s.params, v)
			}
		}
		text, rules, cut := written(t, "F", s), 0, 0
		for line := range strings.Lines(text) {
			if _, rule, ok := strings.Cut(line, " // ∂"); ok {
				rules++
				cut += strings.Count(rule, "…")
			}
		}
		if rules < 50 || cut > 2 { // those of the two weights that all steps use
			t.Errorf("%s: %d rules, of which %d are cut off, in\n%s", s.name, rules, cut, text)
		}
	}
}
