// Package chain looks at a graph as a student does who applies the chain rule to it: at the
// values that have a name, and at the local derivatives between them.
package chain
