package replay

import "github.com/gradus-go/gradus/replay/internal/compile"

// JoinAlways makes all goroutines join in, however short the calls are.
func (b *Batch) JoinAlways() *Batch {
	b.least = 0
	return b
}

// Workers returns how many goroutines there are at most.
func (b *Batch) Workers() int { return len(b.workers) }

// Code returns what the graph was compiled to.
func (p *Program) Code() *compile.Program { return p.code }
