package chart_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"

	"github.com/gradus-go/gradus/chart"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/data"
	"github.com/gradus-go/gradus/nn/optim"
	"github.com/gradus-go/gradus/nn/train"
)

// weighPenguins goes from a CSV file to a trained network with its curve: it predicts how much a penguin
// weighs from all else, and returns R² for penguins that the network has not seen.
func weighPenguins(file, curve string) (r2 float64, err error) {
	penguins, err := data.ReadCSV(file, data.CSV{
		Target: "body_mass_g", Categorical: []string{"species", "island", "sex"}, Missing: "NA", DropMissing: true,
	})
	if err != nil {
		return 0, err
	}
	training, test, err := penguins.Split(1, 0.2)
	if err != nil {
		return 0, err
	}
	if _, err := data.Standardise(training, test); err != nil {
		return 0, err
	}
	if _, err := data.StandardiseTargets(training, test); err != nil {
		return 0, err
	}
	net := nn.NewMLP(rand.New(rand.NewPCG(1, 0)), len(training.Inputs),
		nn.Dense{Units: 8, Activation: nn.Tanh}, nn.Dense{Units: 1})
	var losses []float64
	err = train.Run(context.Background(), train.Config{
		Net: net, Loss: nn.MeanSquaredError, Data: train.Data{X: training.X, T: training.T},
		Optimizer: optim.NewAdam(optim.Constant(0.01)), Epochs: 200,
		Callback: func(s train.State) { losses = append(losses, s.Loss) },
	})
	if err != nil {
		return 0, err
	}
	p, err := train.NewPredictor(net)
	if err != nil {
		return 0, err
	}
	y, err := p.Predict(test.X)
	if err != nil {
		return 0, err
	}
	r2, err = data.R2(y, test.T)
	return r2, errors.Join(err, chart.Loss(chart.Named("training", losses)).Save(curve))
}

func Example_csv() {
	folder, err := os.MkdirTemp("", "penguins")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = os.RemoveAll(folder) }()
	r2, err := weighPenguins("../examples/penguins/penguins.csv", filepath.Join(folder, "loss.png"))
	fmt.Printf("R² = %.2f, error %v\n", r2, err)
	// Output:
	// R² = 0.91, error <nil>
}
