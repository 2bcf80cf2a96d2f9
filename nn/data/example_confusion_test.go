package data_test

import (
	"fmt"
	"log"

	"github.com/gradus-go/gradus/nn/data"
)

// The outputs of a network for six pictures, and what is on them.
var (
	outputs = [][]float64{{3, 1}, {2, 0}, {0, 1}, {1, 4}, {2, 1}, {0, 5}}
	targets = [][]float64{{1, 0}, {1, 0}, {1, 0}, {0, 1}, {0, 1}, {0, 1}}
)

func ExampleNewConfusion() {
	c, err := data.NewConfusion(outputs, targets, "cat", "dog")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Print(c)

	// Output:
	// class cat dog  precision   recall
	//   cat   2   1     66.6 %   66.6 %
	//   dog   1   2     66.6 %   66.6 %
}

func ExampleConfusion() {
	c := &data.Confusion{Classes: []string{"ill", "well"}, Counts: [][]int{{8, 2}, {10, 80}}}
	fmt.Printf("right: %v; ill and found: %v; found and ill: %.2f\n", c.Accuracy(), c.Recall(0), c.Precision(0))

	// Output:
	// right: 0.88; ill and found: 0.8; found and ill: 0.44
}

// A network with one output, a logit, for two classes.
func ExampleCountConfusion() {
	logits := [][]float64{{-2}, {0.5}, {3}}
	predicted := make([]int, len(logits))
	for i, y := range logits {
		if y[0] > 0 {
			predicted[i] = 1
		}
	}
	c, err := data.CountConfusion([]int{0, 0, 1}, predicted, "no", "yes")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Print(c)

	// Output:
	// class  no yes  precision   recall
	//    no   1   1    100.0 %   50.0 %
	//   yes   ·   1     50.0 %  100.0 %
}

func ExampleAccuracy() {
	fmt.Println(data.Accuracy(outputs[:4], targets[:4]))

	// Output:
	// 0.75 <nil>
}

func ExampleConfusion_Accuracy() {
	c := &data.Confusion{Classes: []string{"cat", "dog"}, Counts: [][]int{{3, 1}, {0, 4}}}
	fmt.Println(c.Accuracy())

	// Output:
	// 0.875
}

func ExampleConfusion_Precision() {
	c := &data.Confusion{Classes: []string{"cat", "dog"}, Counts: [][]int{{3, 1}, {0, 4}}}
	fmt.Println(c.Precision(0), c.Precision(1))

	// Output:
	// 1 0.8
}

func ExampleConfusion_Recall() {
	c := &data.Confusion{Classes: []string{"cat", "dog"}, Counts: [][]int{{3, 1}, {0, 4}}}
	fmt.Println(c.Recall(0), c.Recall(1))

	// Output:
	// 0.75 1
}

func ExampleConfusion_String() {
	c := &data.Confusion{Classes: []string{"cat", "dog"}, Counts: [][]int{{3, 1}, {0, 4}}}
	fmt.Print(c.String())

	// Output:
	// class cat dog  precision   recall
	//   cat   3   1    100.0 %   75.0 %
	//   dog   ·   4     80.0 %  100.0 %
}

func ExampleR2() {
	fmt.Println(data.R2([][]float64{{1}, {2}, {4}}, [][]float64{{1}, {2}, {3}}))

	// Output:
	// 0.5 <nil>
}
