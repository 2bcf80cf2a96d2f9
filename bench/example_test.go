package bench_test

import (
	"fmt"
	"strings"
	"time"

	"github.com/gradus-go/gradus/bench"
)

func ExampleRows() {
	for _, row := range bench.Rows() {
		fmt.Println(row)
	}
	// Output:
	// 1-1-1
	// 2-3-3-2
	// 2-16-16-1
	// 784-30-10
	// 2-1000-1000-2
	// product
	// logistic
	// 784-30-10x32
	// 784-30-10-Hv
	// gpt
	// gptx16
	// conv
	// convx32
	// lstm
	// lstmx32
}

func ExampleStart() {
	s := bench.Start(time.Millisecond, nil)
	timings, err := s.Measure("product")
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, t := range timings {
		fmt.Println(t.Variant)
	}
	fmt.Println("the graph takes more than twice the time of plain Go:", timings[1].Ratio > 2)
	fmt.Println(s.Close())
	// Output:
	// plain Go
	// eager
	// tape
	// replay
	// the graph takes more than twice the time of plain Go: true
	// <nil>
}

func ExampleSession_Measure() {
	s := bench.Start(time.Millisecond, nil)
	_, err := s.Measure("2-3-2")
	lines := strings.NewReplacer(" want", "\nwant", " product", "\nproduct")
	fmt.Println(lines.Replace(err.Error()))
	fmt.Println(s.Close())
	// Output:
	// bench: there is no row "2-3-2",
	// want one of 1-1-1, 2-3-3-2, 2-16-16-1, 784-30-10, 2-1000-1000-2,
	// product, logistic, 784-30-10x32, 784-30-10-Hv, gpt, gptx16, conv, convx32, lstm, lstmx32
	// <nil>
}

func ExampleSession_Growth() {
	s := bench.Start(time.Millisecond, nil)
	_, err := s.Growth("length")
	fmt.Println(err)
	fmt.Println(s.Close())
	// Output:
	// bench: there is no growth along "length", want one of width, depth, batch
	// <nil>
}

func ExampleGrowths() {
	fmt.Println(bench.Growths())
	// Output: [width depth batch]
}

func ExampleSession() {
	s := bench.Start(time.Millisecond, nil)
	for _, row := range []string{"1-1-1", "logistic"} {
		timings, err := s.Measure(row)
		if err != nil {
			fmt.Println(err)
			return
		}
		t := timings[0]
		fmt.Printf("%s, %s: ratio %v, %v allocations\n", t.Row, t.Variant, t.Ratio, t.Allocs)
	}
	fmt.Println(s.Close())
	// Output:
	// 1-1-1, plain Go: ratio 1, 0 allocations
	// logistic, plain Go: ratio 1, 0 allocations
	// <nil>
}

func ExampleSession_Close() {
	s := bench.Start(time.Millisecond, nil)
	fmt.Println(s.Close())
	// Output: <nil>
}

func ExampleTiming() {
	// The graph of the network 2-3-3-2 has 55 interior nodes.
	plain := bench.Timing{Row: "2-3-3-2", Variant: "plain Go", NS: 110, PerNode: 2, Ratio: 1}
	gonum := bench.Timing{Row: "2-3-3-2", Variant: "gonum", NS: 275, PerNode: 5, Ratio: 2.5}
	fmt.Println(gonum.NS/plain.NS == gonum.Ratio, gonum.NS/gonum.PerNode)
	// Output: true 55
}

func ExampleCurve() {
	// A network of twice the width has four times as many weights. These no longer fit into the
	// cache, and each takes twice as long: together, the new network takes eight times as long.
	c := bench.Curve{
		Along: "width", Variant: "plain Go",
		X:  []float64{1024, 2048},
		NS: []float64{0.35, 0.7},
	}
	fmt.Println(4 * c.NS[1] / c.NS[0])
	// Output: 8
}
