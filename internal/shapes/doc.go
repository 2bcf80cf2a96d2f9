// Package shapes has graphs for tests. All are eleven awkward ones, on which tests and benchmarks try
// everything that reads graphs. A reader that follows every path, or that writes every formula out, does not
// come to an end on them. Pages are those that one steps through.
package shapes
