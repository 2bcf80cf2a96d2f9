// Package chain looks at a graph as a student applying the chain rule to it does: at the
// values that have a name, and at the local derivatives between them.
package chain
