package formula

import (
	"strings"

	"github.com/gradus-go/gradus"
)

// The notation of one line of text.
type text struct{}

func (text) number(digits string) string     { return digits }
func (text) half() string                    { return "½" }
func (text) minus() string                   { return "−" }
func (text) first(part string) byte          { return part[0] }
func (text) bars(s string) string            { return "|" + s + "|" }
func (text) root(s string) string            { return "√(" + s + ")" }
func (text) function(op *gradus.Op) string   { return printable(op.Name()) }
func (text) symbol(name string) string       { return printable(name) }
func (text) Words(s string) string           { return printable(s) }
func (text) Parens(s string) string          { return "(" + s + ")" }
func (text) Product(factors []string) string { return strings.Join(factors, " · ") }
func (text) Mark(_, _, factor string) string { return factor }

func (text) operator(sign string) string {
	if sign == "," {
		return ", "
	}
	return " " + sign + " "
}

func (text) times(_, _ string, needed bool) string {
	if needed {
		return "·"
	}
	return ""
}

func (text) ofNetwork(name networkName) string {
	s := name.letter
	if name.layer != "" {
		s += superscripts.Replace("(" + name.layer + ")")
	}
	if name.isShort {
		return s + subscripts.Replace(name.indices)
	}
	return s + "[" + name.indices + "]"
}

var superscripts = strings.NewReplacer("−", "⁻", "(", "⁽", ")", "⁾", "0", "⁰", "1", "¹", "2", "²", "3", "³",
	"4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹")

var subscripts = strings.NewReplacer("0", "₀", "1", "₁", "2", "₂", "3", "₃", "4", "₄", "5", "₅", "6", "₆",
	"7", "₇", "8", "₈", "9", "₉")
