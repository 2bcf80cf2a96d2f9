package nn_test

import (
	"fmt"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
)

// A loss of one's own: the mean absolute error.
func ExampleLoss() {
	var loss nn.Loss = func(y, t []*gradus.Value) *gradus.Value {
		errors := make([]*gradus.Value, len(y))
		for i := range y {
			errors[i] = y[i].Sub(t[i]).Abs()
		}
		return gradus.Mean(errors...)
	}
	y, t := gradus.Values([]float64{1, 2}), gradus.Values([]float64{1.5, 0})
	fmt.Println(loss(y, t).Data)
	// Output: 1.25
}

// printLoss prints a loss and its derivatives with respect to the outputs.
func printLoss(loss nn.Loss, outputs, targets []float64) {
	y := gradus.Values(outputs)
	l := loss(y, gradus.Values(targets))
	l.Backward()
	fmt.Printf("L = %.4g, dL/dy =", l.Data)
	for i := range y {
		fmt.Printf(" %.4g", y[i].Grad)
	}
	fmt.Println()
}

// The errors are 3 and −1: L = ½(9 + 1).
func ExampleHalfSquaredError() {
	printLoss(nn.HalfSquaredError, []float64{3, 0}, []float64{0, 1})
	// Output: L = 5, dL/dy = 3 -1
}

// The errors are 3 and −1: L = 9 + 1.
func ExampleSumSquaredErrors() {
	printLoss(nn.SumSquaredErrors, []float64{3, 0}, []float64{0, 1})
	// Output: L = 10, dL/dy = 6 -2
}

// The errors are 3 and −1: L = (9 + 1)/2.
func ExampleMeanSquaredError() {
	printLoss(nn.MeanSquaredError, []float64{3, 0}, []float64{0, 1})
	// Output: L = 5, dL/dy = 3 -1
}

// The derivative is σ(y) − t. It does not vanish where the network is sure of a wrong answer.
func ExampleBinaryCrossEntropy() {
	for _, y := range []float64{0, 2, -2, -800} {
		printLoss(nn.BinaryCrossEntropy, []float64{y}, []float64{1})
	}
	// Output:
	// L = 0.6931, dL/dy = -0.5
	// L = 0.1269, dL/dy = -0.1192
	// L = 2.127, dL/dy = -0.8808
	// L = 800, dL/dy = -1
}

// The derivatives are softmax(y) − t. They add up to 0.
func ExampleSoftmaxCrossEntropy() {
	printLoss(nn.SoftmaxCrossEntropy, []float64{0, 0}, []float64{1, 0}) // L = ln 2
	printLoss(nn.SoftmaxCrossEntropy, []float64{1, 2, 3}, []float64{0, 0, 1})
	printLoss(nn.SoftmaxCrossEntropy, []float64{800, -800}, []float64{0, 1})
	// Output:
	// L = 0.6931, dL/dy = -0.5 0.5
	// L = 0.4076, dL/dy = 0.09003 0.2447 -0.3348
	// L = 1600, dL/dy = 1 -1
}

// The target of class 2 of 3.
func ExampleOneHot() {
	t := nn.OneHot(3, 2)
	fmt.Println(t)
	printLoss(nn.SoftmaxCrossEntropy, []float64{1, 2, 3}, t)
	// Output:
	// [0 0 1]
	// L = 0.4076, dL/dy = 0.09003 0.2447 -0.3348
}

// Two outputs have the right sign, but only one of them is large enough. The third has the wrong
// sign.
func ExampleHinge() {
	printLoss(nn.Hinge, []float64{-3, 0.5, 2}, []float64{-1, 1, -1})
	// Output:
	// L = 1.167, dL/dy = 0 -0.3333 0.3333
}

func ExampleLossNamed() {
	loss, err := nn.LossNamed("HalfSquaredError")
	fmt.Println(loss(gradus.Values([]float64{3}), gradus.Values([]float64{1})).Data, err)
	_, err = nn.LossNamed("Hings")
	fmt.Printf("%.60s …\n", err)
	// Output:
	// 2 <nil>
	// nn: the name of the loss is "Hings", want one of BinaryCross …
}
