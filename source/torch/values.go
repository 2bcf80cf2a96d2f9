package torch

import (
	"fmt"
	"strings"
)

// A value is an expression of Python: a tensor, or a number that is written out.
type value struct {
	text    string
	batched bool
	literal bool
}

// tensor returns a value as an expression that is a tensor.
func (v value) tensor() string {
	if v.literal {
		return "inputs.new_tensor(" + v.text + ")"
	}
	return v.text
}

// element returns the number at a slot.
func (m *memory) element(s int32) value {
	p := m.at[s]
	i := s - p.start
	switch {
	case m.alone[s] != "":
		return value{text: m.alone[s], batched: true}
	case p.role == constant:
		return value{text: literal(m.Numbers[s]), literal: true}
	case p.scalar:
		return value{text: p.name, batched: p.batched}
	case p.columns > 0:
		return value{text: fmt.Sprintf("%s[%d, %d]", p.name, i/p.columns, i%p.columns)}
	}
	return value{text: fmt.Sprintf("%s[..., %d]", p.name, i), batched: p.batched}
}

// part returns n of the slots of a piece as a vector.
func (m *memory) part(p *piece, at, n int32) value {
	v := value{text: p.name, batched: p.batched}
	if p.scalar {
		v.text = m.element(at).tensor() + "[..., None]"
		return v
	}
	if p.columns > 0 {
		v.text += ".flatten()"
	}
	if n != p.n {
		v.text += fmt.Sprintf("[..., %d:%d]", at-p.start, at-p.start+n)
	}
	return v
}

// vector returns the n numbers from a slot on.
func (m *memory) vector(at, n int32) value {
	var parts []value
	for s := at; s < at+n; {
		p := m.at[s]
		k := min(p.start+p.n, at+n) - s
		parts = append(parts, m.part(p, s, k))
		s += k
	}
	return joined(parts)
}

// joined returns vectors, one after the other, as one.
func joined(parts []value) value {
	switch len(parts) {
	case 0:
		return value{text: "inputs.new_zeros(0)"}
	case 1:
		return parts[0]
	}
	all, batched := make([]string, len(parts)), false
	for i, v := range parts {
		all[i], batched = v.text, batched || v.batched
	}
	return value{text: "_join(" + strings.Join(all, ", ") + ")", batched: batched}
}
