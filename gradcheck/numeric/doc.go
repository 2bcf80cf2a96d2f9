// Package numeric estimates derivatives from values of a function alone. This is slow and inexact,
// but independent of any rule of differentiation, which is why package gradcheck uses it to test
// automatic differentiation.
//
// A [Difference] is a difference quotient, central or forward. [Diff] and [Diffp] are the forward
// differences of the tutorial "Coding Backpropagation and Gradient Descent From Scratch", and
// return its digits. [NewSweep] tries many steps, and shows why the tutorial's is a poor choice.
package numeric
