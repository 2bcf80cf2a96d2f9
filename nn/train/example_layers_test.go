package train_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"

	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/layer"
	"github.com/gradus-go/gradus/nn/optim"
	"github.com/gradus-go/gradus/nn/train"
)

// images returns images of 8×8 noisy pixels, each with a bar that is horizontal in class 0 and vertical in
// class 1.
func images(rng *rand.Rand, n int) (d train.Data) {
	for range n {
		x := make([]float64, 64)
		place, class := rng.IntN(8), rng.IntN(2)
		for i := range x {
			x[i] = 0.5 * rng.NormFloat64()
			if class == 0 && i/8 == place || class == 1 && i%8 == place {
				x[i]++
			}
		}
		d.X, d.T = append(d.X, x), append(d.T, nn.OneHot(2, class))
	}
	return d
}

// A convolution is trained as people do it. The convolution itself has a smaller rate than the rest.
func Example_layers() {
	folder, err := os.MkdirTemp("", "bars")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = os.RemoveAll(folder) }()
	ctx, file := context.Background(), filepath.Join(folder, "bars.checkpoint")
	rng := rand.New(rand.NewPCG(1, 0))
	training, validation, test := images(rng, 300), images(rng, 100), images(rng, 500)

	conv := layer.NewConv(rng, layer.Conv{
		In: layer.Image{Height: 8, Width: 8, Channels: 1}, Filters: 6, Size: 3, Activation: nn.ReLU,
	})
	pool := layer.MaxPool{In: conv.Out(), Size: 3}
	net := layer.NewSequence(conv, pool,
		layer.NewDropout(pool.Out().Numbers(), 0.25),
		nn.NewMLP(rng, pool.Out().Numbers(), nn.Dense{Units: 2}))
	err = train.Run(ctx, train.Config{
		Net: net, Loss: nn.SoftmaxCrossEntropy, Data: training, Batch: 10, Epochs: 60,
		Optimizer: optim.Clip(optim.NewGroups(
			optim.NewAdamW(optim.WarmUp(30, optim.Cosine(0.01, 0, 1800))),
			optim.Group{Params: conv.Params(), Optimizer: optim.NewAdam(optim.Constant(0.003))}), 1),
		Validation: validation, Patience: 20, // ends early, with the best parameters
		Checkpoint: file, // run again after Ctrl-C, it goes on with the same bits
	})
	if err != nil {
		fmt.Println(err)
		return
	}

	fmt.Printf("%d parameters, %.0f %% of other images are right\n", len(net.Params()), 100*accuracy(net, test))

	// Output:
	// 110 parameters, 91 % of other images are right
}
