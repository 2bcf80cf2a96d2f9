package replay

import "github.com/gradus-go/gradus/replay/internal/compile"

// JoinAlways makes all goroutines of a Batch join in, however short the calls are.
func (p *Program) JoinAlways() *Program { return p.JoinFrom(1) }

// JoinFrom makes them join in where a call has so many samples.
func (p *Program) JoinFrom(samples int) *Program {
	p.cost = worthwhile / float64(samples)
	return p
}

// Workers returns how many goroutines there are at most.
func (b *Batch) Workers() int { return len(b.workers) }

// Code returns what the graph was compiled to.
func (p *Program) Code() *compile.Program { return p.code }

// Memory returns the numbers and the gradients that lie behind Mat.
func (p *Program) Memory() (v, g []float64) { return p.run.V, p.run.G }
