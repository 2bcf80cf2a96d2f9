// Package gradcheck answers two questions about a derivative: does automatic differentiation
// agree with numeric differentiation, and where did a derivation by hand go wrong. Package
// gradcheck/numeric has the numeric derivatives themselves.
//
//   - Does autodiff agree: [Check] compares the gradient that Backward finds with central
//     differences, each with an error bar. [Test] does the same in a test.
//   - Where did the derivation go wrong: [CheckDerivation] compares the partial derivatives that
//     a student derived by hand with those of the graph. It names the first wrong local factor
//     and lists the usual slips that would explain it, for higher derivatives such as d²L/dw dv, too.
//     [TestDerivation] does the same in a test.
//
// Constants, made by [gradus.Const] or from numbers that were operands, stay as they are: they
// cannot be checked as parameters, nothing is differentiated with respect to them, and no
// checker changes their numbers.
package gradcheck
