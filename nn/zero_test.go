package nn_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/gradus-go/gradus/internal/doccheck"
	"github.com/gradus-go/gradus/nn"
)

// Zero values, nil among them, are taken or refused with a sentence, and nothing is written.
func TestZeroValues(t *testing.T) {
	source, err := filepath.Abs(".")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	doccheck.TestZeros(t, source, []any{
		nn.NewMLP, nn.NewLayer, nn.Stack, nn.Load, nn.SaveParams, nn.LoadParams,
		nn.NewActivation, nn.ActivationNamed, nn.Activations, nn.ScaledSigmoid, nn.LeakyReLU,
		nn.Uniform, nn.Normal, nn.Constant, nn.Xavier, nn.XavierNormal, nn.He, nn.HeUniform, nn.LeCun, nn.InitNamed,
		nn.HalfSquaredError, nn.SumSquaredErrors, nn.MeanSquaredError,
		nn.BinaryCrossEntropy, nn.SoftmaxCrossEntropy, nn.Hinge, nn.LossNamed, nn.OneHot,
		nn.MeanAbsoluteError, nn.Huber, nn.LogCosh, nn.Quantile, nn.PoissonNLL,
		nn.KLDivergence, nn.MultiClassHinge, nn.Focal, nn.LabelSmoothing, nn.Weighted,
		nn.NewMask,
	}, []any{new(nn.MLP), new(nn.Layer), new(nn.Neuron), new(nn.Activation), new(nn.Loss)})
	entries, err := os.ReadDir(".")
	if err != nil || len(entries) != 0 {
		t.Errorf("in the folder is %v, error %v, want nothing", entries, err)
	}
}
