// Package gradcheck answers three questions about a derivative: what is it numerically,
// does automatic differentiation agree, and where did my own derivation go wrong.
//
//   - Numerically: [Diff] and [Diffp] are the forward differences of a tutorial, digit for
//     digit; [Central] and [CentralPartial] are what to use instead; [NewSweep] shows why.
//   - Does it agree: [Check] compares the gradient that Backward finds with central
//     differences, each with an error bar. [Test] does so in a test.
//   - Where did I go wrong: [CheckDerivation] compares the partial derivatives that a student
//     derived by hand with those of the graph, names the first wrong local factor and lists
//     the usual slips that would explain it. [TestDerivation] does so in a test.
package gradcheck
