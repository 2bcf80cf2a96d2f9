package claim

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gradus-go/gradus/formula"
	"github.com/gradus-go/gradus/gradcheck"
)

// A Claim is a derivative that was derived by hand.
type Claim struct {
	Name   string // such as dL/dW2 or d²L/dw dv
	Right  string // the right-hand side
	File   string // the name of its text
	Line   int    // in its text, counted from 1
	Left   int    // the column in which it begins, counted from 1
	Column int    // that of the right-hand side
	Text   string // the line
}

// fails returns an error about the whole claim.
func (c Claim) fails(format string, args ...any) *formula.Error {
	return &formula.Error{
		File: c.File, Line: c.Line, Column: c.Left, Text: c.Text, Message: fmt.Sprintf(format, args...),
	}
}

// place says where the claim is, for somebody who reads another one: by its own text if its file has no name.
func (c Claim) place() string {
	if c.File == "" {
		return "as " + c.Name + " = " + strings.TrimSpace(c.Right)
	}
	return fmt.Sprintf("in line %d of %s", c.Line, c.File)
}

// Take returns the derivatives in texts, and takes them out there.
func Take(texts []formula.File) (claims []Claim) {
	for i, text := range texts {
		lines := strings.Split(text.Text, "\n")
		for n, line := range lines {
			rest := ""
			column := 1
			for part := range strings.SplitSeq(withoutComment(line), ";") {
				if name, right, ok := cut(part); ok {
					count := utf8.RuneCountInString
					left := column + count(part) - count(strings.TrimLeftFunc(part, unicode.IsSpace))
					at := column + count(part) - count(right)
					claims = append(claims, Claim{name, right, text.Name, n + 1, left, at, line})
					part = strings.Repeat(" ", utf8.RuneCountInString(part))
				}
				column += utf8.RuneCountInString(part) + 1
				rest += part + ";"
			}
			lines[n] = strings.TrimSuffix(rest, ";")
		}
		texts[i].Text = strings.Join(lines, "\n")
	}
	return claims
}

// withoutComment leaves // and a number behind a formula to package formula, which refuses them.
func withoutComment(line string) string {
	for _, sign := range []string{"#", "//"} {
		before, after, ok := strings.Cut(line, sign)
		before = strings.TrimRightFunc(before, unicode.IsSpace)
		first, _ := utf8.DecodeRuneInString(strings.TrimLeftFunc(after, unicode.IsSpace))
		if isDivision := sign == "//" && before != "" && '0' <= first && first <= '9'; ok && !isDivision {
			line = before
		}
	}
	return line
}

// cut returns the two sides of a derivative such as dL/dW2 = (y − t)·a or d²L/dw dv = x.
func cut(text string) (name, right string, ok bool) {
	left, right, _ := strings.Cut(text, "=")
	above, below, _ := strings.Cut(left, "/")
	of, by := strings.Fields(above), strings.Fields(below)
	isName := func(word string) bool {
		first, size := utf8.DecodeRuneInString(word)
		return (first == 'd' || first == '∂') && len(word) > size && !strings.Contains(word, "/")
	}
	ok = len(of) == 1 && len(by) > 0 && len(left) < len(text)
	for _, word := range append(of, by...) {
		ok = ok && isName(word)
	}
	return strings.Join(of, "") + "/" + strings.Join(by, " "), right, ok
}

// Derivation returns claims about the values of a graph as package gradcheck takes them. The right-hand
// side of one may have the names of others, as in dL/dW1 = dL/dz·x.
//
// The error is of type *[formula.Error], or says that there is no claim.
func Derivation(claims []Claim, g *formula.Graph) (gradcheck.Derivation, error) {
	if len(claims) == 0 {
		return nil, errors.New("there is no derivative to check; want one such as 'dL/dw = -0.3875'")
	}
	d := gradcheck.Derivation{}
	for i, e := range expand(claims, g) {
		c := claims[i]
		if d[c.Name] != nil {
			first := claims[slices.IndexFunc(claims, func(other Claim) bool { return other.Name == c.Name })]
			return nil, c.fails("%s is given twice, first %s; want it once", c.Name, first.place())
		}
		if strings.TrimSpace(c.Right) == "" {
			return nil, c.fails("%s has no right-hand side; want a number or a formula, as in dL/dw = (y − t)·x",
				c.Name)
		}
		if err := e.parse(c, g); err != nil {
			return nil, err
		}
		d[c.Name] = e.entry(g)
	}
	return d, nil
}

// Placed returns an error of [gradcheck.CheckDerivation] with the place of the claim that it is about, as one
// of type *[formula.Error]. It returns any other as it is.
func Placed(err error, claims []Claim) error {
	for _, c := range slices.Backward(claims) {
		if says, ok := about(err, c.Name); ok {
			return c.fails("%s", says)
		}
	}
	return err
}

// about returns what an error of CheckDerivation says if it is about the derivative with this name, or about
// it and another one.
func about(err error, name string) (says string, ok bool) {
	if err == nil {
		return "", false
	}
	message := strings.TrimPrefix(err.Error(), "gradcheck: ")
	says, ok = strings.CutPrefix(message, name+": ")
	return says, ok || strings.HasPrefix(message, name+" and ") ||
		strings.Contains(message, " and "+name+" are the same")
}
