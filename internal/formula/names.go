package formula

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/derivative"
)

// partsOfNetwork takes a name apart that has the form of those that package nn gives to parameters and
// results: layer3.neuron1.w2, or neuron1.w2 in a layer that stands alone, and .b, .z and .a for those of
// which a neuron has one, which have no weight. In place of a number may stand #, except of the layer.
func partsOfNetwork(name string) (layer, neuron, letter, weight string, ok bool) {
	rest, ok := strings.CutPrefix(name, "layer")
	if ok {
		layer, rest = cutIndex(rest)
		rest, ok = strings.CutPrefix(rest, ".")
		if !ok || layer == "" || layer == "#" {
			return "", "", "", "", false
		}
	}
	if rest, ok = strings.CutPrefix(rest, "neuron"); !ok {
		return "", "", "", "", false
	}
	neuron, rest = cutIndex(rest)
	rest, ok = strings.CutPrefix(rest, ".")
	letter = rest
	if after, isWeight := strings.CutPrefix(rest, "w"); isWeight {
		letter = "w"
		weight, rest = cutIndex(after)
		return layer, neuron, letter, weight, ok && neuron != "" && weight != "" && rest == ""
	}
	isOne := letter == "b" || letter == "z" || letter == "a"
	return layer, neuron, letter, "", ok && neuron != "" && isOne
}

// cutIndex takes the index off that a text begins with: # or a number from 1.
func cutIndex(s string) (index, rest string) {
	if after, ok := strings.CutPrefix(s, "#"); ok {
		return "#", after
	}
	if strings.HasPrefix(s, "0") {
		return "", s
	}
	rest = strings.TrimLeft(s, "0123456789")
	return s[:len(s)-len(rest)], rest
}

// A networkName is a name that package nn gives.
type networkName struct {
	letter, layer string // layer is empty in a layer that stands alone
	indices       string // of the neuron, and of the weight
	isShort       bool   // the indices are digits with nothing between them
}

// Short returns a name of package nn as books write it: layer3.neuron1.w2 is w⁽³⁾₁₂, and
// layer3.neuron1.b is b⁽³⁾₁. If an index has more than one digit, they stand in brackets, since w₁₁₂
// could be two: layer3.neuron11.w2 is w⁽³⁾[11,2]. Other notations than text need a comma alone. Other
// names stay as they are.
func (n Notation) Short(name string) string {
	layer, neuron, letter, weight, ok := partsOfNetwork(name)
	if !ok {
		return n.usual(name)
	}
	short := networkName{letter: letter, layer: layer, indices: neuron + weight}
	isOne := weight == ""
	hasOneDigit := len(neuron) == 1 && len(weight) <= 1
	if !isOne && (!hasOneDigit || strings.Contains(short.indices, "#")) {
		short.indices = neuron + "," + weight
	}
	short.isShort = !strings.ContainsAny(short.indices, ",#")
	return n.ofNetwork(short)
}

// For returns a notation for formulas of these values. It writes their names by [Notation.Short], but
// names that would look alike, such as W2 and W_2 in LaTeX and MathML, in full.
func (n Notation) For(values []*gradus.Value) Notation {
	quoted := func(s string) string { return n.Words(strconv.QuoteToASCII(s)) }
	forms := []func(name string) string{n.Short, n.Words, quoted}
	form := map[string]int{} // of each name; the last form differs for all names
	var all []string
	for _, v := range values {
		d, _ := derivative.Parse(v.Name())
		all = append(all, v.Name(), d.Of)
		all = append(all, d.By...)
	}
	slices.Sort(all)
	all = slices.Compact(all)
	for {
		names, written := map[string]string{}, map[string]string{}
		alike := false
		for _, name := range all {
			names[name] = forms[form[name]](name)
			if other, taken := written[names[name]]; taken {
				alike = true
				form[name] = min(form[name]+1, len(forms)-1)
				form[other] = min(form[other]+1, len(forms)-1)
			}
			written[names[name]] = name
		}
		if !alike {
			return Notation{n.language, n.shapes, names}
		}
	}
}

// name writes a name, as [Notation.For] has decided.
func (n Notation) name(s string) string {
	if written, ok := n.names[s]; ok {
		return written
	}
	return n.usual(s)
}

// usual writes a name. The name of a derivative has those of its values in short, and is a fraction
// where the notation has fractions.
func (n Notation) usual(s string) string {
	switch d, isDerivative := derivative.Parse(s); {
	case isDerivative && !n.isFlat():
		return n.quotient(d)
	case isDerivative && d.String() == s:
		return d.Write(n.Short)
	}
	return n.symbol(s)
}

// printable writes control characters, and bytes that are no UTF-8, as Go writes them in a string: a
// line end as \n. A name must not end the line in which it stands, nor talk to a terminal.
func printable(s string) string {
	isHarmless := func(r rune) bool { return r == ' ' || unicode.IsGraphic(r) && r != utf8.RuneError }
	if strings.IndexFunc(s, func(r rune) bool { return !isHarmless(r) }) < 0 {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if isHarmless(r) {
			b.WriteRune(r)
		} else {
			quoted := strconv.Quote(s[i : i+size])
			b.WriteString(quoted[1 : len(quoted)-1])
		}
		i += size
	}
	return b.String()
}
