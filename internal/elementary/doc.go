// Package elementary has functions of numbers that package math lacks, and those that it has wrong at
// some numbers. On amd64, where package math uses assembly, some of its functions are wrong; here they
// are right on every architecture, and everywhere else they return what package math returns.
package elementary
