// Package graphs has graphs for the tests of package replay and of its internals: layers of
// neurons, whose sums of products are written in all the ways in which people write them.
package graphs
