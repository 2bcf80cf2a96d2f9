// Package shapes has ten awkward graphs, on which tests and benchmarks try everything that reads graphs.
// A reader that follows every path, or that writes every formula out, does not come to an end on them.
package shapes
