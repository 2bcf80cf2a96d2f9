// Package significant counts the significant decimal digits that two numbers share, for tables
// and tests that compare a computed number with a published one.
package significant
