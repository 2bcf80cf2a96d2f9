package replay

// JoinAlways makes all goroutines join in, however short the calls are.
func (b *Batch) JoinAlways() *Batch {
	b.least = 0
	return b
}
