package replay

import (
	"github.com/gradus-go/gradus/internal/listing"
	"github.com/gradus-go/gradus/replay/internal/compile"
)

// Package source writes programs as text. It asks package listing for the description.
func init() {
	listing.Of = func(program any) *listing.Program { return program.(*Program).describe() }
}

// describe compiles the graph again, with memory of its own, which is then the same whether the program
// shares its parameters with another or not, and without Gather and Repeats: a reader has an instruction for
// each product, and no copies for the sake of speed. It returns nil if the program is nil or zero.
func (p *Program) describe() *listing.Program {
	if p == nil || p.code == nil {
		return nil
	}
	g, names := p.graph, make([]string, len(p.graph.Ops))
	for k, i := range g.named {
		names[i] = g.names[k]
	}
	without := compile.Pass(p.options.Without) | compile.Gather | compile.Repeats
	code := compile.Compile(&g.Graph, compile.Options{Without: without, Listed: true})
	d := &listing.Program{Graph: &g.Graph, Names: names, Slots: code.Slots, Numbers: code.Memory}
	d.Order = make([]int32, g.Params)
	for k, v := range g.values {
		i, node := p.Index(v), int32(g.Inputs+k)
		d.Order[i], d.Numbers[d.Slots[node]], names[node] = node, p.data[i], v.Name()
	}
	for i := range code.Code {
		d.Insts = append(d.Insts, code.Code[i].Describe(code.Layout.MatLen()))
	}
	return d
}
