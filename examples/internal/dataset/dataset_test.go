package dataset

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// labelled returns images of one pixel with these labels, all different. Their Index begins at 100.
func labelled(labels ...int) (s Set) {
	for i, label := range labels {
		s.X = append(s.X, []float64{float64(i)})
		s.Labels, s.Index = append(s.Labels, label), append(s.Index, 100+i)
	}
	return s
}

func TestNewSet(t *testing.T) {
	got := newSet([]byte{0, 1, 4, 5, 3, 2}, []byte{9, 0}, 5)
	want := Set{[][]float64{{0, 0.2, 0.8}, {1, 0.6, 0.4}}, []int{9, 0}, []int{0, 1}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestSliceWithout(t *testing.T) {
	s := labelled(5, 6, 7)
	for _, test := range []struct {
		from, to       int
		slice, without []int // where the images were
	}{
		{0, 0, nil, []int{0, 1, 2}},
		{0, 1, []int{0}, []int{1, 2}},
		{1, 2, []int{1}, []int{0, 2}},
		{1, 3, []int{1, 2}, []int{0}},
		{2, 3, []int{2}, []int{0, 1}},
		{0, 3, []int{0, 1, 2}, nil},
		{3, 3, nil, []int{0, 1, 2}},
	} {
		slice, without := s.Slice(test.from, test.to), s.Without(test.from, test.to)
		for _, part := range []*Set{&slice, &without} { // appending must not reach the other images
			*part = Set{
				append(part.X, []float64{-1}), append(part.Labels, -1), append(part.Index, -1),
			}
		}
		check(t, slice, test.slice)
		check(t, without, test.without)
	}
	if diff := cmp.Diff(labelled(5, 6, 7), s); diff != "" {
		t.Errorf("the whole set has changed (-want +got):\n%s", diff)
	}
}

// check fails unless s has the images of labelled(5, 6, 7) with these numbers, and then one of −1.
func check(t *testing.T, got Set, places []int) {
	t.Helper()
	var want Set
	for _, i := range places {
		want.X = append(want.X, []float64{float64(i)})
		want.Labels, want.Index = append(want.Labels, 5+i), append(want.Index, 100+i)
	}
	want = Set{append(want.X, []float64{-1}), append(want.Labels, -1), append(want.Index, -1)}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("images %v (-want +got):\n%s", places, diff)
	}
}

func TestTargets(t *testing.T) {
	want := [][]float64{{0, 0, 1, 0}, {1, 0, 0, 0}, {0, 0, 1, 0}}
	if diff := cmp.Diff(want, labelled(2, 0, 2).Targets(4)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Neither of them allocates an array for every image.
func TestAllocations(t *testing.T) {
	pixels, labels := make([]byte, 4000), make([]byte, 1000)
	s := newSet(pixels, labels, 255)
	for name, f := range map[string]func(){
		"newSet":  func() { newSet(pixels, labels, 255) },
		"Targets": func() { s.Targets(10) },
	} {
		if n := testing.AllocsPerRun(10, f); n > 100 {
			t.Errorf("%s of 1000 images allocates %v times, want at most 100", name, n)
		}
	}
}

// Every slice of the order has about its share of each class. This bound on the difference can be
// proved: up to the place p, 0 for the beginning and 1 for the end, there are n·p ± ½ of the n images
// of a class. So with K classes, the first images of the order have at most ½(1−q) + ½q(K−1) images
// too few or too many of a class whose share is q. A slice is the difference of two such beginnings.
func TestStratifiedSpreads(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 0))
	for range 50 {
		var labels []int
		classes := 1 + rng.IntN(12)
		for class := range classes {
			labels = append(labels, slices.Repeat([]int{class}, 1+rng.IntN(40))...)
		}
		rng.Shuffle(len(labels), func(i, j int) { labels[i], labels[j] = labels[j], labels[i] })
		s := labelled(labels...)
		stratified := s.Stratified(rng)
		demandSameImages(t, s, stratified)
		for class := range classes {
			share := float64(count(labels, class)) / float64(len(labels))
			most := 0.5*(1-share) + 0.5*share*float64(classes-1) + 1e-9 // rounding
			for from := range labels {
				for to := from; to <= len(labels); to++ {
					n := count(stratified.Labels[from:to], class)
					off := float64(n) - share*float64(to-from)
					bound := most
					if from > 0 {
						bound *= 2
					}
					if off < -bound || off > bound {
						t.Fatalf("%v: %d of class %d in [%d, %d), want %.1f ± %.1f",
							stratified.Labels, n, class, from, to, share*float64(to-from), bound)
					}
				}
			}
		}
	}
}

func count(labels []int, class int) (n int) {
	for _, label := range labels {
		if label == class {
			n++
		}
	}
	return n
}

// demandSameImages fails unless every image occurs once, with its pixels, its label and its index.
func demandSameImages(t *testing.T, want, got Set) {
	t.Helper()
	n := len(want.X)
	if len(got.X) != n || len(got.Labels) != n || len(got.Index) != n {
		t.Fatalf("%d rows, %d labels, %d indices, want %d",
			len(got.X), len(got.Labels), len(got.Index), n)
	}
	at, seen := map[int]int{}, map[int]bool{}
	for i, index := range want.Index {
		at[index] = i
	}
	for k, index := range got.Index {
		i, known := at[index]
		if !known || seen[index] || &got.X[k][0] != &want.X[i][0] || got.Labels[k] != want.Labels[i] {
			t.Fatalf("image %d: index %d, label %d, pixels %v, want one of the images, once",
				k, index, got.Labels[k], got.X[k])
		}
		seen[index] = true
	}
}

// With two classes of two images each, images of both classes get the same place twice. Each class can
// be in two orders, too, so that there are 2⁴ orders. All of them are equally likely.
func TestStratifiedIsRandom(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 0))
	s := labelled(0, 0, 1, 1)
	times := map[[4]int]int{}
	for range 16_000 {
		times[[4]int(s.Stratified(rng).Index)]++
	}
	if len(times) != 16 {
		t.Errorf("%d orders, want 16", len(times))
	}
	for order, n := range times { // 1000 ± 31
		if n < 850 || n > 1150 {
			t.Errorf("%v comes %d times in 16000, want about 1000", order, n)
		}
	}
}

// A seed gives the same order on every machine. This order was computed by a Python program with
// PCG-DXSM, Lemire's method, the shuffle of Fisher and Yates, and fractions.
func TestStratifiedOrder(t *testing.T) {
	s := labelled(0, 1, 2, 0, 1, 2, 0, 1, 0, 0)
	want := []int{103, 104, 102, 106, 109, 101, 108, 105, 107, 100}
	for range 2 {
		got := s.Stratified(rand.New(rand.NewPCG(1, 2)))
		if diff := cmp.Diff(want, got.Index); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
	if diff := cmp.Diff(labelled(0, 1, 2, 0, 1, 2, 0, 1, 0, 0), s); diff != "" {
		t.Errorf("the set itself has changed (-want +got):\n%s", diff)
	}
	empty := Set{}.Stratified(rand.New(rand.NewPCG(1, 2)))
	if len(empty.X)+len(empty.Labels)+len(empty.Index) > 0 {
		t.Errorf("no images become %v", empty)
	}
}
