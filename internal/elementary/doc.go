// Package elementary has those functions of package math that are wrong at some numbers on amd64,
// where package math uses assembly, and are right here on every architecture. Everywhere else
// they return what package math returns.
package elementary
