package course

import (
	"fmt"
	"strings"

	"github.com/gradus-go/gradus/course/internal/checking"
)

// samples reads a text with right and wrong answers to an exercise whose answers are formulas. They
// are separated by empty lines:
//
//	wrong: the sign of the error
//	dL/dW2 = (t − y)·a
//	factor: ∂L/∂y
//	slip: wrong sign
//
// A right one begins with "right:" and has no factor and no slip. The lines of the solution take
// the place of those that a sample leaves out.
func samples(text, solution string) (right, wrong []checking.Sample, err error) {
	for i, block := range strings.Split(strings.TrimSpace(text), "\n\n") {
		var s checking.Sample
		var given []string
		kind := ""
		for _, line := range strings.Split(block, "\n") {
			word, rest, _ := strings.Cut(line, ":")
			switch rest = strings.TrimSpace(rest); {
			case line == "" || strings.HasPrefix(line, "#"):
			case word == "right" || word == "wrong":
				kind, s.Name = word, rest
			case word == "factor":
				s.Factor = rest
			case word == "slip":
				s.Slip = rest
			default:
				given = append(given, line)
			}
		}
		if kind == "" && given == nil {
			continue // comments
		}
		if (kind == "wrong") != (s.Factor != "" && s.Slip != "") || kind == "" || s.Name == "" || given == nil {
			return nil, nil, fmt.Errorf("block %d, %q, is no sample; want a line \"right: NAME\" or \"wrong: NAME\", "+
				"lines of an answer and, if it is wrong, a line \"factor: …\" and one \"slip: …\"", i+1, s.Name)
		}
		if s.Answer, err = replaced(solution, strings.Join(given, "\n")); err != nil {
			return nil, nil, fmt.Errorf("%q: %w", s.Name, err)
		}
		if kind == "right" {
			right = append(right, s)
		} else {
			wrong = append(wrong, s)
		}
	}
	return right, wrong, nil
}

// replaced returns the solution with the given lines in place of its own.
func replaced(solution, given string) (string, error) {
	lines, err := checking.Lines(solution)
	if err != nil {
		return "", err
	}
	others, err := checking.Lines(given)
	if err != nil {
		return "", err
	}
	known := map[string]string{}
	for _, line := range others {
		known[line.Key] = line.Text
	}
	var b strings.Builder
	for _, line := range lines {
		if text, ok := known[line.Key]; ok {
			line.Text = text
		}
		delete(known, line.Key)
		fmt.Fprintln(&b, line.Text)
	}
	for key := range known {
		return "", fmt.Errorf("the solution has no line for %s", key)
	}
	return b.String(), nil
}
