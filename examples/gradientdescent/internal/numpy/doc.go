// Package numpy generates the random numbers of NumPy, for tutorials whose code is written with it.
package numpy
