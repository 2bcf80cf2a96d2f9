// Package formula reads formulas as text and gives a graph, and writes a graph as text.
//
//	input x = 1, t = 0      # what changes from sample to sample
//	W1 = 0.5; b1 = 0        # parameters
//	W2 = -1; b2 = 0
//	z = W1·x + b1
//	a = σ(z)
//	y = W2*a + b2
//	L = ½(y - t)²
//
// # Definitions
//
// A definition is a name, =, and a formula. Each is on a line of its own, or they are separated by
// semicolons or commas. They may stand in any order. A comment begins with # or //. Behind a formula, what
// may be a division as in Python is refused: // before a number or the name of a value, and 2x//y without
// spaces.
//
// A definition without a name on its right-hand side is a number: a parameter, or after the word input
// an input, for that line or up to the next semicolon. After the word const it is a constant. A number
// inside of a formula is a constant, too, and π is one if nothing else has its name.
//
// A name begins with a letter. Letters, digits, _, subscripts and primes follow, and superscripts in
// brackets: W1, w₁₂, w⁽³⁾₁₂, x′, dL_dW1. The names of functions are taken.
//
// # Formulas
//
// The operators are, from those that bind least to those that bind most:
//
//	a + b    a − b    a - b
//	a·b      a*b      a×b      a/b
//	−a       -a                         −a·b is (−a)·b, and −a² is −(a²)
//	2a       ½(a + b) a(1 − a)          a product without a sign
//	a^b      a**b     a²       a⁻¹      a^b^c is a^(b^c)
//	|a|      √a       tanh(a)   max(a, b)
//
// Operators of one line are applied from left to right. A product needs no sign between a number and what
// follows, before and after a bracket, and after a power such as a². What readers take in two ways is
// refused: 1/2a may be (1/2)·a or 1/(2a), a^2b may be (a^2)·b or a^(2b), and 2e1 may be 20 or 2·e1, if e1 is
// defined.
//
// The functions are the ops of [gradus.Ops], by their names in any case, and a few other names of them,
// which [Functions] lists; Σ is sum. LeakyReLU(a) has the slope 0.01, and LeakyReLU(0.2)(a) has 0.2. A
// function of any number of operands takes a range, too: sum(x1..x3) is sum(x1, x2, x3), and
// dot(w1..w3, x1..x3) is w1·x1 + w2·x2 + w3·x3. A range is an operand by itself: sum(2x1..x3) is refused.
package formula
