package train_test

import (
	"context"
	"strings"
	"testing"

	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/optim"
	"github.com/gradus-go/gradus/nn/train"
)

// What the callback does to the parameters would be lost, since Run trains a copy. It is an error.
func TestChangedParameters(t *testing.T) {
	for _, tt := range []struct {
		name         string
		epoch, batch int // when the callback changes a parameter
		want         string
	}{
		{"at once", 1, 1, "train: after epoch 1: the parameter "},
		{"after an epoch", 1, 2, "train: after epoch 2: the parameter "},
		{"in the last epoch", 3, 1, "train: after epoch 3: the parameter "},
		{"at the end", 3, 2, "train: in the end: the parameter "},
		{"not at all", 4, 1, ""},
	} {
		for name, eager := range ways {
			net := line(-1)
			c := train.Config{
				Net: net, Loss: nn.MeanSquaredError, Data: train.Data{X: rows(1, 2, 3), T: rows(2, 4, 6)},
				Batch: 2, Epochs: 3, Optimizer: optim.NewSGD(optim.Constant(0.01)), Eager: eager,
			}
			c.Callback = func(s train.State) {
				s.Store()
				if s.Epoch == tt.epoch && s.Batch == tt.batch {
					net.Layers[0].Neurons[0].W[0].Data = 5
				}
			}
			got := message(train.Run(context.Background(), c))
			if !strings.HasPrefix(got, tt.want) || (got == "") != (tt.want == "") {
				t.Errorf("%s, %s: error %q, want %s", tt.name, name, got, tt.want)
			}
		}
	}
}
