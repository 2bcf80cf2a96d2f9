// Package dataset has the images of handwritten digits that a network learns to read: a small
// set of them in the program, and larger ones, such as MNIST, from a folder.
package dataset

import (
	"cmp"
	"math/rand/v2"
	"slices"
)

// Data are images in two sets, all of the same size.
type Data struct {
	Name                   string
	File                   string // that of the images in Test, in which Index counts
	Height, Width, Classes int    // the classes are 0 to Classes − 1
	Train, Test            Set
}

// A Set has, for each image, a row in X of its pixels, row by row, from 0, the background, to 1;
// its class in Labels; and in Index, from 0, where it is in its file.
//
// Sets that come from the same Set share the rows, so do not change them.
type Set struct {
	X      [][]float64
	Labels []int
	Index  []int
}

// newSet returns images from their pixels, which are 0 to most, and their labels. The rows of X
// are parts of one array.
func newSet(pixels, labels []byte, most float64) Set {
	flat, n := make([]float64, len(pixels)), len(labels)
	for i, p := range pixels {
		flat[i] = float64(p) / most
	}
	rows := slices.Chunk(flat, len(flat)/n)
	s := Set{slices.Collect(rows), make([]int, n), make([]int, n)}
	for i, label := range labels {
		s.Labels[i], s.Index[i] = int(label), i
	}
	return s
}

// Slice returns the images in [from, to).
func (s Set) Slice(from, to int) Set {
	return Set{s.X[from:to:to], s.Labels[from:to:to], s.Index[from:to:to]}
}

// Without returns all but the images in [from, to).
func (s Set) Without(from, to int) Set {
	return Set{
		slices.Concat(s.X[:from], s.X[to:]),
		slices.Concat(s.Labels[:from], s.Labels[to:]),
		slices.Concat(s.Index[:from], s.Index[to:]),
	}
}

// Stratified returns the images in a random order that spreads every class evenly: wherever one
// cuts, each part has about its share of each class. So a beginning and the rest are a
// stratified split, and equal slices are stratified folds.
//
// The r-th of the n images of a class, in random order, goes to (r + ½)/n of the way, r from 0.
// Where several classes meet, chance decides which comes first.
func (s Set) Stratified(rng *rand.Rand) Set {
	count, seen := map[int]int{}, map[int]int{}
	for _, label := range s.Labels {
		count[label]++
	}
	place := make([]float64, len(s.Labels))
	for _, i := range rng.Perm(len(place)) {
		label := s.Labels[i]
		place[i] = (float64(seen[label]) + 0.5) / float64(count[label])
		seen[label]++
	}
	order := rng.Perm(len(place))
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(place[i], place[j]) })
	return Set{pick(s.X, order), pick(s.Labels, order), pick(s.Index, order)}
}

// pick returns the elements in this order.
func pick[T any](from []T, order []int) []T {
	picked := make([]T, len(order))
	for k, i := range order {
		picked[k] = from[i]
	}
	return picked
}

// Targets returns for each image a row of zeros with a 1 at its class. The images of a class
// share one row, so do not change it. It panics if a label is not below classes.
func (s Set) Targets(classes int) [][]float64 {
	oneHot := make([][]float64, classes)
	for class := range oneHot {
		oneHot[class] = make([]float64, classes)
		oneHot[class][class] = 1
	}
	rows := make([][]float64, len(s.Labels))
	for i, label := range s.Labels {
		rows[i] = oneHot[label]
	}
	return rows
}
