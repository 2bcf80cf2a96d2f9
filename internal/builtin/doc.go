// Package builtin says which of the ops that package gradus defines an op is.
//
// A caller's own op may have any name, "+" among them. So a reader that treats some ops in a
// way of their own asks for the [Kind], which goes by identity, and never for the name.
package builtin
