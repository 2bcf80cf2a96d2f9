package derivative

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Name is the name of a derivative, in parts.
type Name struct {
	Of    string   // the name of the value that is differentiated
	By    []string // with respect to the values of these names, one after the other
	Local bool     // the last of these derivatives is a local one, with other values held fixed
}

// A Power says how often a value is among those with respect to which a derivative is taken.
type Power struct {
	Name     string
	Exponent int
}

// most is the highest exponent that is written or read, so that each is one digit. A derivative of a higher
// order is written as the derivative of one of this order.
const most = 9

// Parse reads a text as the name of a derivative, such as dL/dw or ∂²L/∂w∂v, of values whose names are not
// known. Any text counts as one that begins with a letter and has no slash. It reports false if the text is
// no such name, or if there are several ways to read it.
func Parse(text string) (n Name, ok bool) {
	isName := func(name string) bool {
		r, _ := utf8.DecodeRuneInString(name)
		return unicode.IsLetter(r) && !strings.ContainsAny(name, "/∂") && strings.TrimRight(name, " ^") == name
	}
	if !strings.Contains(text, "/") { // data_dim is no derivative
		return Name{}, false
	}
	if ways := Read(text, isName); len(ways) == 1 {
		return ways[0], true
	}
	return Name{}, false
}

// Of returns the name of the derivative of the value named of with respect to the one named by. If of is
// itself the name of a derivative, such as dL/dw, it is a higher derivative: of L with respect to w and by.
func Of(of, by string, local bool) Name {
	n, ok := Parse(of)
	if !ok {
		n = Name{Of: of}
	}
	return Name{n.Of, append(n.By, by), local}
}

// Inner returns the derivative that stands in parentheses in the name, since it is differentiated once more
// in another way: for a local derivative, as in ∂(dL/dw)/∂v, with respect to L itself or to another
// derivative, as in d(dL/dw)/dL, or where the order would be above 9. Otherwise it reports false.
func (n Name) Inner() (inner Name, ok bool) {
	last := len(n.By) - 1
	_, isDerivative := Parse(n.By[last])
	if last < 1 || !n.Local && !isDerivative && n.By[last] != n.Of && last < most {
		return Name{}, false
	}
	return Name{Of: n.Of, By: n.By[:last]}, true
}

// Powers returns each of the values in By once.
func (n Name) Powers() (powers []Power) {
	for _, by := range n.By {
		i := slices.IndexFunc(powers, func(p Power) bool { return p.Name == by })
		if i < 0 {
			i, powers = len(powers), append(powers, Power{Name: by})
		}
		powers[i].Exponent++
	}
	return powers
}

// String returns the name as text, see [Name.Write]. Names of derivatives among those of the values are in
// parentheses.
func (n Name) String() string {
	return n.Write(func(name string) string {
		if _, ok := Parse(name); ok {
			return "(" + name + ")"
		}
		return name
	})
}

// Write returns the name as text: dL/dw, d²L/dw² or d³L/dw² dv, and of a local derivative ∂L/∂w or
// ∂(dL/dw)/∂v. It writes the name of each value by the function.
func (n Name) Write(name func(string) string) string {
	d := "d"
	if n.Local {
		d = "∂"
	}
	if inner, ok := n.Inner(); ok {
		return d + "(" + inner.Write(name) + ")/" + d + name(n.By[len(n.By)-1])
	}
	var below []string
	for _, p := range n.Powers() {
		below = append(below, d+name(p.Name)+marks(p.Exponent)[0])
	}
	return d + marks(len(n.By))[0] + name(n.Of) + "/" + strings.Join(below, " ")
}

// marks returns the ways to write an exponent, the best first.
func marks(exponent int) []string {
	if exponent == 1 {
		return []string{""}
	}
	digit := strconv.Itoa(exponent)
	return []string{string([]rune("⁰¹²³⁴⁵⁶⁷⁸⁹")[exponent]), "^" + digit, digit}
}

// Read returns the ways to read a text as the name of a derivative of values for whose names isName holds.
// First come the first derivatives, in the order of the places where the text can be cut.
//
// It reads all that [Name.Write] writes, and also ∂²L/∂w∂v, d2L/dw2, d^2L/dw^2 and d2L_dw_dv. A digit after a
// name may be an exponent or belong to the name. But the order above the line is the sum of the exponents
// below it, which nearly always leaves one way. The order and each exponent are at most 9.
func Read(text string, isName func(name string) bool) (ways []Name) {
	d := "d"
	if strings.HasPrefix(text, "∂") {
		d = "∂"
	}
	for order := 1; order <= most; order++ {
		for _, mark := range marks(order) {
			rest, ok := strings.CutPrefix(text, d+mark)
			for i := range rest {
				if !ok || rest[i] != '/' && rest[i] != '_' {
					continue
				}
				for _, by := range below(rest[i+1:], d, order, isName) {
					for _, of := range above(rest[:i], isName) {
						ways = append(ways, Name{of.Of, slices.Concat(of.By, by), d == "∂" && order == 1})
					}
				}
			}
		}
	}
	return ways
}

// Orders finds out why a text cannot be read: it returns its order above the line and that below it, if they
// differ and the text could be read if they did not.
func Orders(text string, isName func(name string) bool) (above, below int, ok bool) {
	d := "d"
	if strings.HasPrefix(text, "∂") {
		d = "∂"
	}
	for above = most; above > 0; above-- {
		for _, mark := range marks(above) {
			rest, marked := strings.CutPrefix(text, d+mark)
			for below = 1; marked && below <= most; below++ {
				if below != above && len(Read(d+marks(below)[0]+rest, isName)) > 0 {
					return above, below, true
				}
			}
		}
	}
	return 0, 0, false
}

// above reads what stands above the line without its d: a name, or a derivative in parentheses.
func above(text string, isName func(name string) bool) (ways []Name) {
	if name := bare(text, isName); isName(name) {
		ways = append(ways, Name{Of: name})
	}
	if inner := bare(text, func(string) bool { return false }); inner != text {
		ways = append(ways, Read(inner, isName)...)
	}
	return slices.DeleteFunc(ways, func(n Name) bool { return n.Local })
}

// bare returns a text without parentheses around it, unless they are part of a name.
func bare(text string, isName func(name string) bool) string {
	inner, opened := strings.CutPrefix(text, "(")
	inner, closed := strings.CutSuffix(inner, ")")
	if opened && closed && !isName(text) {
		return inner
	}
	return text
}

// below reads what stands below the line: names with exponents that add up to the order, each after a d. It
// stops at two ways, since there may be very many.
func below(text, d string, order int, isName func(name string) bool) (ways [][]string) {
	text, ok := strings.CutPrefix(text, d)
	for i := 1; ok && i <= len(text) && len(ways) < 2; i++ {
		rest := strings.TrimLeft(text[i:], " ·_")
		if i < len(text) && !strings.HasPrefix(rest, d) {
			continue
		}
		for exponent := 1; exponent <= order; exponent++ {
			for _, mark := range marks(exponent) {
				name, ok := strings.CutSuffix(text[:i], mark)
				if name = bare(name, isName); !ok || !isName(name) {
					continue
				}
				more := [][]string{nil}
				if i < len(text) {
					more = below(rest, d, order-exponent, isName)
				} else if exponent < order {
					more = nil
				}
				for _, by := range more {
					ways = append(ways, slices.Concat(slices.Repeat([]string{name}, exponent), by))
				}
			}
		}
	}
	return ways
}
