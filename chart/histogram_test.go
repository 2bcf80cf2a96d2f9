package chart

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gradus-go/gradus/internal/picture/picturetest"
)

// bins writes the places and the counts of bins that are not empty.
func bins(c Chart) string {
	var s strings.Builder
	for i, b := range c.Bins {
		if i < len(c.Y.Names) {
			fmt.Fprintf(&s, "%q ", c.Y.Names[i])
		}
		for k, n := range b.Counts {
			if n > 0 {
				fmt.Fprintf(&s, "%.3g…%.3g:%d ", b.Edges[k], b.Edges[k+1], n)
			}
		}
	}
	return strings.TrimSpace(s.String())
}

func TestHistogram(t *testing.T) {
	thousand := make([]float64, 1000)
	for i := range thousand {
		thousand[i] = float64(i)
	}
	for _, test := range []struct {
		name string
		sets []Series
		want string
	}{
		{"one", []Series{Named("a", []float64{0, 0.05, 0.25, 1})}, "0…0.1:2 0.2…0.3:1 0.9…1:1"},
		{"a number alone", []Series{Named("a", []float64{7})}, "7…8:1"},
		{"0 alone", []Series{Named("a", []float64{0})}, "0…0.1:1"},
		{"huge", []Series{Named("a", []float64{-1e307, 1e307})}, "-1e+307…-8e+306:1 8e+306…1e+307:1"},
		{"a thousand", []Series{Named("a", thousand)}, "0…100:100 100…200:100 200…300:100 300…400:100 " +
			"400…500:100 500…600:100 600…700:100 700…800:100 800…900:100 900…1e+03:100"},
		{
			"rows",
			[]Series{Named("a", []float64{-1, 0}), Named("b", []float64{1, 1})},
			`"a" -1…-0.8:1 0…0.2:1 "b" 0.8…1:2`,
		},
		{
			"of different sizes",
			[]Series{Named("a", []float64{-1, 0.01, 0, 0, 0}), Named("b", []float64{1e-4})},
			`"a\n60.0 % are 0" 0.01…0.0316:1 0.316…1:1 "b" 0.0001…0.000316:1`,
		},
		{"zeros", []Series{Named("a", []float64{0}), Named("b", []float64{0})}, `"a" 0…0.1:1 "b" 0…0.1:1`},
	} {
		c := Histogram(test.sets...)
		if got := bins(c); got != test.want || c.Err != nil {
			t.Errorf("%s: %s, %v; want\n%s", test.name, got, c.Err, test.want)
		}
		if err := c.Save(filepath.Join(t.TempDir(), "histogram.svg")); err != nil {
			t.Errorf("%s: %v", test.name, err)
		}
	}
}

// Each row has bars up to the same height, from its base line, and none where there are no numbers.
func TestHistogramRows(t *testing.T) {
	c := Histogram(Named("a", []float64{0.05, 0.05, 0.55}), Named("b", []float64{0.95, 0}))
	img, at := picturetest.Saved(t, c), placed(t, c)
	for _, test := range []struct {
		x, y   float64 // y is 1 for the second row
		inside bool
	}{
		{0.05, -0.3, true},
		{0.05, 0.3, true},
		{0.55, 0.2, true},
		{0.55, -0.1, false},
		{0.25, 0.3, false},
		{0.95, 0.3, false},
		{0.95, 0.7, true},
		{0.05, 0.7, true},
		{0.55, 1.3, false},
	} {
		if got := picturetest.At(img, at(test.x, test.y)); (got.R < 200) != test.inside {
			t.Errorf("at (%v, %v) there is %v; a bar: %t", test.x, test.y, got, test.inside)
		}
	}
}

// One histogram has an axis of counts, which are whole numbers.
func TestHistogramCounts(t *testing.T) {
	found := texts(t, savedAs(t, "one.svg", Histogram(Named("a", []float64{3, 4}))))
	if found["1"] != 1 || found["0.5"] > 0 {
		t.Errorf("%v, want a tick at 1 and none at 0.5", found)
	}
}
