// Package operation checks the operations of a learner's engine, such as Mul: what they compute, the
// operands that they remember, and their derivatives, against the ops of package gradus.
package operation
