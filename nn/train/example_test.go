package train_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/optim"
	"github.com/gradus-go/gradus/nn/train"
)

// In an epoch, five samples make one step if the batch is all of them, three steps with batches of
// two, and five steps with batches of one. Smaller batches make more steps for the same work.
func ExampleConfig() {
	for _, batch := range []int{0, 2, 1} {
		steps, loss := 0, 0.0
		err := train.Run(context.Background(), train.Config{
			Net: neuron(), Loss: nn.HalfSquaredError, Data: onLine(),
			Optimizer: optim.NewSGD(optim.Constant(0.1)),
			Batch:     batch,
			Epochs:    5,
			Seed:      1,
			Callback:  func(s train.State) { steps, loss = steps+1, s.EpochLoss },
		})
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("Batch: %d makes %d steps, to a loss of %.4f\n", batch, steps, loss)
	}
	// Output:
	// Batch: 0 makes 5 steps, to a loss of 0.8863
	// Batch: 2 makes 15 steps, to a loss of 0.0344
	// Batch: 1 makes 25 steps, to a loss of 0.0053
}

// With three classes, each sample has three targets: 1 for its class and 0 for the others.
func ExampleData() {
	points := []struct {
		x, y  float64
		class int
	}{{0, 1, 0}, {1, -1, 1}, {-1, -1, 2}, {0.1, 0.8, 0}, {0.9, -1.1, 1}, {-1.2, -0.8, 2}}
	var data train.Data
	for _, p := range points {
		t := make([]float64, 3)
		t[p.class] = 1
		data.X, data.T = append(data.X, []float64{p.x, p.y}), append(data.T, t)
	}
	fmt.Println(data.X[1], data.T[1])
	net := nn.NewMLP(rand.New(rand.NewPCG(1, 0)), 2, nn.Dense{Units: 3})
	err := train.Run(context.Background(), train.Config{
		Net: net, Loss: nn.SoftmaxCrossEntropy, Data: data,
		Optimizer: optim.NewSGD(optim.Constant(1)), Epochs: 50,
		Callback: func(s train.State) {
			if s.Epoch%25 == 0 {
				fmt.Printf("epoch %d: loss %.2f\n", s.Epoch, s.Loss)
			}
		},
	})
	fmt.Println(err)
	// Output:
	// [1 -1] [0 1 0]
	// epoch 25: loss 0.04
	// epoch 50: loss 0.02
	// <nil>
}

// Loss is the mean over the batch, and EpochLoss the mean over all samples of the epoch so far.
// The loss of a sample is computed before the update of its batch.
func ExampleState() {
	err := train.Run(context.Background(), train.Config{
		Net: neuron(), Loss: nn.HalfSquaredError, Data: onLine(),
		Optimizer: optim.NewSGD(optim.Constant(0.125)), Batch: 2, Epochs: 2,
		Callback: func(s train.State) {
			fmt.Printf("epoch %d/%d, batch %d/%d: loss %.3f for samples %v, %.3f so far\n",
				s.Epoch, s.Epochs, s.Batch, s.Batches, s.Loss, s.Samples, s.EpochLoss)
		},
	})
	fmt.Println(err)
	// Output:
	// epoch 1/2, batch 1/3: loss 2.500 for samples [0 2], 2.500 so far
	// epoch 1/2, batch 2/3: loss 6.676 for samples [3 4], 4.588 so far
	// epoch 1/2, batch 3/3: loss 0.026 for samples [1], 3.675 so far
	// epoch 2/2, batch 1/3: loss 1.792 for samples [4 0], 1.792 so far
	// epoch 2/2, batch 2/3: loss 0.376 for samples [3 2], 1.084 so far
	// epoch 2/2, batch 3/3: loss 0.010 for samples [1], 0.869 so far
	// <nil>
}

// Within an epoch the network keeps the parameters with which the epoch began. Store writes those of a
// step.
func ExampleState_Store() {
	net := neuron()
	w := net.Params()[0]
	err := train.Run(context.Background(), train.Config{
		Net: net, Loss: nn.HalfSquaredError, Data: onLine(),
		Optimizer: optim.NewSGD(optim.Constant(0.125)), Batch: 2, Epochs: 1,
		Callback: func(s train.State) {
			before := w.Data
			s.Store()
			fmt.Printf("batch %d of %d: w = %.3f, stored %.3f\n", s.Batch, s.Batches, before, w.Data)
		},
	})
	fmt.Println(err)
	// Output:
	// batch 1 of 3: w = 0.000, stored 0.375
	// batch 2 of 3: w = 0.375, stored 1.094
	// batch 3 of 3: w = 1.122, stored 1.122
	// <nil>
}

// A rate that is too large multiplies the error by more than 1 in every step, until it overflows.
// Here the mean of x² is 2, and rates below 1 are small enough.
func ExampleNonFiniteError() {
	for rate := 6.0; ; rate /= 2 {
		net := neuron()
		err := train.Run(context.Background(), train.Config{
			Net: net, Loss: nn.HalfSquaredError, Data: onLine(),
			Optimizer: optim.NewSGD(optim.Constant(rate)), Epochs: 1000,
		})
		var diverged *train.NonFiniteError
		if errors.As(err, &diverged) {
			fmt.Printf("rate %v: after %d epochs %s = %v\n",
				rate, diverged.Epoch-1, diverged.Node, diverged.Value)
			continue
		}
		fmt.Printf("rate %v: %.3fx + %.3f\n", rate, net.Params()[0].Data, net.Params()[1].Data)
		return
	}
	// Output:
	// rate 6: after 148 epochs (square, in loss) = +Inf
	// rate 3: after 220 epochs (square, in loss) = +Inf
	// rate 1.5: after 510 epochs the sum of the losses = +Inf
	// rate 0.75: 2.000x + 1.000
}

// The error says in which row of the data to look, and which number is not finite.
func ExampleNonFiniteError_Error() {
	data := onLine()
	data.T[3][0] = math.NaN()
	c := train.Config{
		Net: neuron(), Loss: nn.HalfSquaredError, Data: data,
		Optimizer: optim.NewSGD(optim.Constant(0.1)), Batch: 1, Epochs: 1,
	}
	fmt.Println(train.Run(context.Background(), c))
	c.Data, c.Net, c.Optimizer = onLine(), neuron(), optim.NewSGD(optim.Constant(0.1))
	c.Loss = func(y, _ []*gradus.Value) *gradus.Value { return y[0].Exp().Sub(gradus.New(1)).Log() }
	fmt.Println(train.Run(context.Background(), c))
	// Output:
	// train: epoch 1, batch 3 of 5: t1 is NaN for the row Data.X[3]
	// train: epoch 1, batch 1 of 5: loss is -Inf for the row Data.X[0]
}

// weightedSum returns a network without hidden layers, which computes 3·x1 − x2 + 10.
func weightedSum() *nn.MLP {
	net := nn.NewMLP(rand.New(rand.NewPCG(1, 0)), 2, nn.Dense{Units: 1})
	for i, w := range []float64{3, -1, 10} {
		net.Params()[i].Data = w
	}
	return net
}

// A Predictor is made once, and computes with the parameters that the network has when Predict is
// called.
func ExamplePredictor() {
	net := weightedSum()
	p, err := train.NewPredictor(net)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, bias := range []float64{10, 20} {
		net.Layers[0].Neurons[0].B.Data = bias
		fmt.Println(p.Predict([][]float64{{0, 0}, {1, 2}}))
	}
	// Output:
	// [[10] [11]] <nil>
	// [[20] [21]] <nil>
}

func ExampleNewPredictor() {
	_, err := train.NewPredictor(&nn.MLP{})
	fmt.Println(err)
	// Output: train: NewPredictor: nn: the MLP has no layers, want one or more
}

func ExamplePredictor_Predict() {
	p, err := train.NewPredictor(weightedSum())
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(p.Predict([][]float64{{0, 0}, {1, 2}, {-1, 7}}))
	fmt.Println(p.Predict([][]float64{{0, 0}, {1}}))
	// Output:
	// [[10] [11] [0]] <nil>
	// [] train: Predict: x[1] has 1 input, want 2
}
