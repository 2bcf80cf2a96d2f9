package formulary

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/gradus-go/gradus/formula"
)

// Set returns a text with another number for a name, and all else as it is. The number is put there as it
// was typed, if it can be read there.
func Set(text, name, to string) (string, error) {
	typed := strings.TrimSpace(to)
	x, err := parse(typed)
	if err != nil {
		return "", err
	}
	d, err := ReadDraft(text, "", "")
	if err != nil {
		return "", err
	}
	text = d.Text
	if len(d.Guessed) > 0 {
		text = strings.TrimRight(text, "\n") + "\n" + d.guesses()
	}
	for _, p := range definitions(text, name) {
		for _, number := range []string{
			typed, strconv.FormatFloat(x, 'g', -1, 64), strconv.FormatFloat(x, 'f', -1, 64),
		} {
			if changed := text[:p.from] + number + text[p.to:]; d.becomes(changed, name, x) {
				return changed, nil
			}
		}
	}
	return "", fmt.Errorf("the text has no number for %s that could be changed; "+
		"want a definition such as w = 0.5", shorten(name))
}

// A span is a part of a text.
type span struct{ from, to int }

// definitions returns the right-hand sides of what look like definitions of a name. Some may be in comments.
func definitions(text, name string) (all []span) {
	const blank = " \t\r"
	for at := 0; name != ""; at++ {
		i := strings.Index(text[at:], name)
		if i < 0 {
			break
		}
		at += i
		before := strings.TrimRight(text[:at], blank)
		for _, kind := range []string{"input", "const"} {
			if rest, ok := strings.CutSuffix(before, kind); ok && len(before) < at {
				before = strings.TrimRight(rest, blank)
				break
			}
		}
		right, isDefinition := strings.CutPrefix(strings.TrimLeft(text[at+len(name):], blank), "=")
		if !isDefinition || before != "" && !strings.ContainsRune(";,\n", rune(before[len(before)-1])) {
			continue
		}
		right = strings.TrimLeft(right, blank)
		from := len(text) - len(right)
		for _, end := range []string{";", ",", "#", "\n", "//"} {
			right, _, _ = strings.Cut(right, end)
		}
		all = append(all, span{from, from + len(strings.TrimRight(right, blank))})
	}
	return all
}

// parse reads a number as a person types it.
func parse(typed string) (float64, error) {
	named := ""
	f, err := formula.Function(typed)
	if err == nil {
		x := f(func(name string) float64 {
			named = name
			return 0
		})
		if named == "" {
			return x, nil
		}
	}
	return 0, fmt.Errorf("%s is no number; want one such as -0.5, 1e-3 or ½", strconv.Quote(shorten(typed)))
}

// shorten returns the beginning of a text that is long.
func shorten(text string) string {
	if r := []rune(text); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return text
}

// becomes reports whether a changed text says the same as the draft, but for one number.
func (d *Draft) becomes(text, name string, x float64) bool {
	changed, err := formula.Read(text)
	if err != nil || !slices.Equal(changed.Names(), d.Names()) {
		return false
	}
	for _, other := range d.Names() {
		was, is := d.Value(other), changed.Value(other)
		want := was.Data
		if other == name {
			want = x
		}
		if was.Op() == nil && (is.Op() != nil || !same(is.Data, want) || is.IsConst() != was.IsConst()) {
			return false
		}
	}
	return d.Value(name) != nil && d.Value(name).Op() == nil && len(changed.Inputs) == len(d.Inputs)
}

// same reports whether two numbers are the same, NaN included.
func same(x, y float64) bool { return x == y || x != x && y != y }
