// Package data brings a table to a network, and says how good the network's outputs are.
//
// [ReadCSV] reads a CSV file as a [Table]: rows of inputs X and of targets T, as package train and
// package health want them. [Table.Split] divides it, [Standardise] gives all inputs a similar size, and
// its [Scaler] is saved beside the network, for later predictions. [NewConfusion], [Accuracy] and [R2]
// compare outputs with targets.
//
// Nothing is guessed that could silently give a wrong number: a cell that is neither a number nor
// a name where names were announced is an error with its line and its column.
//
// Package train makes batches itself. In a loop of your own, rng.Perm gives an order of the rows, and
// slices.Chunk the batches:
//
//	for batch := range slices.Chunk(rng.Perm(len(t.X)), 32) {
package data
