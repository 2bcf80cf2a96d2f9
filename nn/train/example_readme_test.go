package train_test

import (
	"context"
	"fmt"
	"log"
	"math/rand/v2"

	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/health"
	"github.com/gradus-go/gradus/nn/optim"
	"github.com/gradus-go/gradus/nn/train"
)

// A network learns exclusive or.
func Example_readme() {
	net := nn.NewMLP(rand.New(rand.NewPCG(1, 0)), 2,
		nn.Dense{Units: 4, Activation: nn.Tanh}, nn.Dense{Units: 1})
	xor := train.Data{
		X: [][]float64{{0, 0}, {0, 1}, {1, 0}, {1, 1}},
		T: [][]float64{{0}, {1}, {1}, {0}},
	}
	report, err := health.Check(net, nn.MeanSquaredError, xor.X, xor.T, 0.05)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Print(report)
	err = train.Run(context.Background(), train.Config{
		Net: net, Loss: nn.MeanSquaredError, Data: xor, Epochs: 200,
		Optimizer: optim.NewAdam(optim.Constant(0.05)),
	})
	if err != nil {
		log.Fatal(err)
	}
	p, err := train.NewPredictor(net)
	if err != nil {
		log.Fatal(err)
	}
	y, err := p.Predict(xor.X)
	if err != nil {
		log.Fatal(err)
	}
	for i, x := range xor.X {
		fmt.Printf("%v xor %v: %t\n", x[0], x[1], y[i][0] > 0.5)
	}

	// Output:
	// layer              1          2
	// units              4          1
	// activation φ    tanh   identity
	// ‖∂L/∂W‖          1.7          2
	// ∂L/∂w = 0        0 %        0 %
	// ∂L/∂w tiny       0 %        0 %
	// φ saturated      0 %        0 %
	// dead units       0 %        0 %
	// ‖W‖              1.7        1.1
	// update/‖W‖      0.05       0.09
	// smallest z     -1.76     -0.405
	// largest z      0.645          0
	// healthy: no factor stops the gradient; a step of gradient descent at rate 0.05
	//   changes the weights of each layer by 0.049 to 0.088 of their norm
	// 0 xor 0: false
	// 0 xor 1: true
	// 1 xor 0: true
	// 1 xor 1: false
}
