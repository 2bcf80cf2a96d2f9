package train_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/optim"
	"github.com/gradus-go/gradus/nn/train"
)

// No straight line separates the classes of XOR. Four hidden neurons do.
func Example() {
	data := train.Data{
		X: [][]float64{{0, 0}, {0, 1}, {1, 0}, {1, 1}},
		T: [][]float64{{-1}, {1}, {1}, {-1}},
	}
	net := nn.NewMLP(rand.New(rand.NewPCG(1, 0)), 2,
		nn.Dense{Units: 4, Activation: nn.Tanh},
		nn.Dense{Units: 1})
	err := train.Run(context.Background(), train.Config{
		Net: net, Loss: nn.Hinge, Data: data,
		Optimizer: optim.NewAdam(optim.Constant(0.1)),
		Epochs:    100,
		Callback: func(s train.State) {
			if s.Epoch == 1 || s.Epoch%50 == 0 {
				fmt.Printf("epoch %3d of %d: loss %.1f\n", s.Epoch, s.Epochs, s.Loss)
			}
		},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	p, err := train.NewPredictor(net)
	if err != nil {
		fmt.Println(err)
		return
	}
	y, err := p.Predict(data.X)
	if err != nil {
		fmt.Println(err)
		return
	}
	for i, x := range data.X {
		fmt.Printf("%v xor %v: %t\n", x[0], x[1], y[i][0] > 0)
	}
	// Output:
	// epoch   1 of 100: loss 1.0
	// epoch  50 of 100: loss 0.0
	// epoch 100 of 100: loss 0.0
	// 0 xor 0: false
	// 0 xor 1: true
	// 1 xor 0: true
	// 1 xor 1: false
}

// neuron returns a network that is one neuron, w·x + b with w = b = 0.
func neuron() *nn.MLP {
	rng := rand.New(rand.NewPCG(1, 0))
	return nn.NewMLP(rng, 1, nn.Dense{Units: 1, Init: nn.Constant(0)})
}

// onLine returns points of the line 2x + 1.
func onLine() train.Data {
	return train.Data{
		X: [][]float64{{-2}, {-1}, {0}, {1}, {2}},
		T: [][]float64{{-3}, {-1}, {1}, {3}, {5}},
	}
}

// A neuron finds the line that its samples lie on.
func ExampleRun() {
	net := neuron()
	err := train.Run(context.Background(), train.Config{
		Net: net, Loss: nn.HalfSquaredError, Data: onLine(),
		Optimizer: optim.NewSGD(optim.Constant(0.25)),
		Epochs:    8,
		Callback: func(s train.State) {
			w, b := net.Params()[0], net.Params()[1]
			fmt.Printf("loss %.4f, then %.3fx + %.3f\n", s.Loss, w.Data, b.Data)
		},
	})
	fmt.Println(err)
	// Output:
	// loss 4.5000, then 1.000x + 0.250
	// loss 1.2812, then 1.500x + 0.438
	// loss 0.4082, then 1.750x + 0.578
	// loss 0.1515, then 1.875x + 0.684
	// loss 0.0657, then 1.938x + 0.763
	// loss 0.0321, then 1.969x + 0.822
	// loss 0.0168, then 1.984x + 0.867
	// loss 0.0092, then 1.992x + 0.900
	// <nil>
}

// The callback cancels the context when the loss is small enough, and training stops. The network
// then has the parameters of the last step.
func ExampleRun_cancel() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	net := neuron()
	err := train.Run(ctx, train.Config{
		Net: net, Loss: nn.HalfSquaredError, Data: onLine(),
		Optimizer: optim.NewSGD(optim.Constant(0.25)),
		Epochs:    1000,
		Callback: func(s train.State) {
			if s.Loss < 1e-6 {
				cancel()
			}
		},
	})
	fmt.Println(err)
	fmt.Println(errors.Is(err, context.Canceled))
	w, b := net.Params()[0], net.Params()[1]
	fmt.Printf("%.3fx + %.3f\n", w.Data, b.Data)
	// Output:
	// train: stopped before batch 1 of 1 of epoch 25: context canceled
	// true
	// 2.000x + 0.999
}

// A recording would repeat for every sample what this loss did for the first one. With Eager, the
// loss is called for every sample.
func ExampleRun_eager() {
	c := train.Config{
		Net: neuron(), Data: onLine(), Optimizer: optim.NewSGD(optim.Constant(0.1)), Epochs: 1,
		Loss: func(y, t []*gradus.Value) *gradus.Value {
			e := y[0].Sub(t[0])
			if e.Data < 0 { // e.Abs() decides anew each time
				return e.Neg()
			}
			return e
		},
	}
	fmt.Println(train.Run(context.Background(), c) == nil)
	c.Eager = true
	fmt.Println(train.Run(context.Background(), c))
	// Output:
	// false
	// <nil>
}
