// Package mersenne generates the random numbers of NumPy and of CPython, for examples that follow a
// program written with one of them: with the same seed they draw the same numbers. Both have the
// generator MT19937 of M. Matsumoto and T. Nishimura, Mersenne Twister, ACM TOMACS 8(1), 1998, which is
// gonum's here. They seed it in different ways.
package mersenne
