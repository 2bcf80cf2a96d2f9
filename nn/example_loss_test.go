package nn_test

import (
	"fmt"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
)

// A loss of one's own: the mean relative error.
func ExampleLoss() {
	var loss nn.Loss = func(y, t []*gradus.Value) *gradus.Value {
		errors := make([]*gradus.Value, len(y))
		for i := range y {
			errors[i] = y[i].Sub(t[i]).Div(t[i]).Abs()
		}
		return gradus.Mean(errors...)
	}
	y, t := gradus.Values([]float64{1, 2}), gradus.Values([]float64{2, 4})
	fmt.Println(loss(y, t).Data)
	// Output: 0.5
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

// The last target is wrong. Of the absolute error it has a third of the influence, of the squared
// one nearly all.
func ExampleMeanAbsoluteError() {
	y, t := []float64{1, 2, 3}, []float64{1.5, 1, 300}
	printLoss(nn.MeanAbsoluteError, y, t)
	printLoss(nn.MeanSquaredError, y, t)
	// Output:
	// L = 99.5, dL/dy = -0.3333 0.3333 -0.3333
	// L = 2.94e+04, dL/dy = -0.3333 0.6667 -198
}

// Errors up to 1 are squared, and the derivative grows with them. From there on it is 1.
func ExampleHuber() {
	for _, y := range []float64{0.5, 1, 2, 100} {
		printLoss(nn.Huber(1), []float64{y}, []float64{0})
	}
	// Output:
	// L = 0.125, dL/dy = 0.5
	// L = 0.5, dL/dy = 1
	// L = 1.5, dL/dy = 1
	// L = 99.5, dL/dy = 1
}

// The derivative is tanh of the error.
func ExampleLogCosh() {
	for _, y := range []float64{0.1, 1, 10, 800} {
		printLoss(nn.LogCosh, []float64{y}, []float64{0})
	}
	// Output:
	// L = 0.004992, dL/dy = 0.09967
	// L = 0.4338, dL/dy = 0.7616
	// L = 9.307, dL/dy = 1
	// L = 799.3, dL/dy = 1
}

// Of the targets 1, 2, 3 and 4, three are below 3.5. There the derivatives, ¼ for each that is
// below and −¾ for each that is above, add up to 0.
func ExampleQuantile() {
	for _, y := range []float64{1.5, 2.5, 3.5, 4.5} {
		output := gradus.New(y)
		for t := range 4 {
			nn.Quantile(0.75)([]*gradus.Value{output}, gradus.Values([]int{t + 1})).Backward()
		}
		fmt.Printf("y = %v: dL/dy = %v\n", y, output.Grad)
	}
	// Output:
	// y = 1.5: dL/dy = -2
	// y = 2.5: dL/dy = -1
	// y = 3.5: dL/dy = 0
	// y = 4.5: dL/dy = 1
}

// One visitor came. The loss is least where exp y = 1 is expected.
func ExamplePoissonNLL() {
	for _, y := range []float64{-1, 0, 1} {
		printLoss(nn.PoissonNLL, []float64{y}, []float64{1})
	}
	// Output:
	// L = 1.368, dL/dy = -0.6321
	// L = 1, dL/dy = 0
	// L = 1.718, dL/dy = 1.718
}

// Where softmax(y) is the target, the divergence is 0, and the cross-entropy is ln 2, the entropy
// of the target.
func ExampleKLDivergence() {
	t := []float64{0.5, 0.5}
	for _, y := range [][]float64{{7, 7}, {7, 5}} {
		printLoss(nn.SoftmaxCrossEntropy, y, t)
		printLoss(nn.KLDivergence, y, t)
	}
	// Output:
	// L = 0.6931, dL/dy = 0 0
	// L = 0, dL/dy = 0 0
	// L = 1.127, dL/dy = 0.3808 -0.3808
	// L = 0.4338, dL/dy = 0.3808 -0.3808
}

// The class is the first. Its output is larger by 1 than the second one, but not than the third.
func ExampleMultiClassHinge() {
	printLoss(nn.MultiClassHinge, []float64{2, 0.5, 1.5}, nn.OneHot(3, 0))
	// Output:
	// L = 0.1667, dL/dy = -0.3333 0 0.3333
}

// What is nearly right already matters much less, and what is wrong nearly as much as before.
func ExampleFocal() {
	for _, y := range []float64{-2, 0, 2, 4} {
		printLoss(nn.BinaryCrossEntropy, []float64{y}, []float64{1})
		printLoss(nn.Focal(2, nn.BinaryCrossEntropy), []float64{y}, []float64{1})
	}
	// Output:
	// L = 2.127, dL/dy = -0.8808
	// L = 1.65, dL/dy = -1.077
	// L = 0.6931, dL/dy = -0.5
	// L = 0.1733, dL/dy = -0.2983
	// L = 0.1269, dL/dy = -0.1192
	// L = 0.001804, dL/dy = -0.004871
	// L = 0.01815, dL/dy = -0.01799
	// L = 5.872e-06, dL/dy = -1.735e-05
}

// The target 1 becomes 0.95, and 0 becomes 0.05. So the loss is least where the outputs differ by
// ln(0.95/0.05) = 2.94. Beyond it, the derivatives pull them back together.
func ExampleLabelSmoothing() {
	loss := nn.LabelSmoothing(0.1, nn.SoftmaxCrossEntropy)
	for _, y := range []float64{0, 2, 4, 8} {
		printLoss(loss, []float64{y, 0}, []float64{1, 0})
	}
	// Output:
	// L = 0.6931, dL/dy = -0.45 0.45
	// L = 0.2269, dL/dy = -0.0692 0.0692
	// L = 0.2181, dL/dy = 0.03201 -0.03201
	// L = 0.4003, dL/dy = 0.04966 -0.04966
}

// Of ten samples, one is of the second class: with these weights both classes matter as much, and
// the mean of the weights over the samples is 1.
func ExampleWeighted() {
	loss := nn.Weighted([]float64{10. / 9 / 2, 10. / 1 / 2}, nn.SoftmaxCrossEntropy)
	printLoss(loss, []float64{0, 0}, nn.OneHot(2, 0))
	printLoss(loss, []float64{0, 0}, nn.OneHot(2, 1))
	// Output:
	// L = 0.3851, dL/dy = -0.2778 0.2778
	// L = 3.466, dL/dy = 2.5 -2.5
}

// Targets are 1 and 0 for most losses of classes, but for Hinge they are 1 and −1.
func ExampleLoss_CheckTargets() {
	t := [][]float64{{1}, {0}, {1}}
	fmt.Println(nn.Loss(nn.BinaryCrossEntropy).CheckTargets(t))
	fmt.Printf("%.48s …\n", nn.Loss(nn.Hinge).CheckTargets(t))
	// Output:
	// <nil>
	// nn: Hinge: targets[1][0] is 0, want 1 or −1, the …
}
