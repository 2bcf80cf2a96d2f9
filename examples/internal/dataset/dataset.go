package dataset

import (
	"cmp"
	"math/rand/v2"
	"slices"

	"github.com/gradus-go/gradus/nn"
)

// Data holds images in two sets, all of the same size.
type Data struct {
	Name                   string
	File                   string // the file of the images in Test, in which their Index counts
	Height, Width, Classes int    // the classes are 0 to Classes − 1
	Train, Test            Set
}

// A Set is a list of labelled images. Sets that are made from the same Set share the slices in X, so
// do not change them.
type Set struct {
	X      [][]float64 // the pixels of each image, row by row, from 0, the background, to 1
	Labels []int       // the class of each image
	Index  []int       // the place of each image in its file, from 0
}

// newSet returns images with these pixels, from 0 to most, and these labels. The slices in X are parts
// of one array.
func newSet(pixels, labels []byte, most float64) Set {
	flat, n := make([]float64, len(pixels)), len(labels)
	for i, p := range pixels {
		flat[i] = float64(p) / most
	}
	rows := slices.Chunk(flat, len(flat)/n)
	s := Set{slices.AppendSeq(make([][]float64, 0, n), rows), make([]int, n), make([]int, n)}
	for i, label := range labels {
		s.Labels[i], s.Index[i] = int(label), i
	}
	return s
}

// Slice returns the images with the numbers in [from, to).
func (s Set) Slice(from, to int) Set {
	return Set{s.X[from:to:to], s.Labels[from:to:to], s.Index[from:to:to]}
}

// Without returns all images but those with the numbers in [from, to).
func (s Set) Without(from, to int) Set {
	return Set{
		slices.Concat(s.X[:from], s.X[to:]),
		slices.Concat(s.Labels[:from], s.Labels[to:]),
		slices.Concat(s.Index[:from], s.Index[to:]),
	}
}

// Stratified returns the images in a random order in which every class is spread evenly: each slice
// of the result has about its share of each class. So the first images and the others make a
// stratified split, and slices of equal length are stratified folds.
//
// If a class has n images, they are put in a random order, and the r-th of them, counted from 0, gets
// the place (r + ½)/n between the beginning, 0, and the end, 1. Images of several classes with the
// same place come in random order.
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

// pick returns the elements with these indices.
func pick[T any](from []T, order []int) []T {
	picked := make([]T, len(order))
	for k, i := range order {
		picked[k] = from[i]
	}
	return picked
}

// Targets returns the target outputs for each image: zeros, and a 1 at its class. The images of a class
// share one slice, so do not change it. Targets panics if a label is not less than classes.
func (s Set) Targets(classes int) [][]float64 {
	oneHot := make([][]float64, classes)
	for class := range oneHot {
		oneHot[class] = nn.OneHot(classes, class)
	}
	rows := make([][]float64, len(s.Labels))
	for i, label := range s.Labels {
		rows[i] = oneHot[label]
	}
	return rows
}
