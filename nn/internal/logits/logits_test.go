package logits_test

import (
	"fmt"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/internal/logits"
)

// each returns f of each of the numbers.
func each(z []*gradus.Value, f func(z *gradus.Value) *gradus.Value) (y []*gradus.Value) {
	for _, v := range z {
		y = append(y, f(v))
	}
	return y
}

func TestCheck(t *testing.T) {
	const (
		sigmoid = "the loss, a binary cross-entropy, applies σ to the outputs, and so does the network: want " +
			"outputs without σ, as those of a last layer without activation"
		softmax = "the loss, a cross-entropy, applies softmax to the outputs, which are σ or softmax of " +
			"something already: want outputs without them, as those of a last layer without activation"
		fine = "<nil>"
	)
	z := gradus.Values([]float64{0.3, -1.2})
	σ, p := each(z, (*gradus.Value).Sigmoid), gradus.Softmax(z...)
	scaled, tanh := each(z, nn.ScaledSigmoid(3).Apply), each(z, (*gradus.Value).Tanh)
	half := each(z, func(z *gradus.Value) *gradus.Value { return z.Div(2) })
	by := z[0].Add(z[1])
	for _, tt := range []struct {
		name string
		y    []*gradus.Value
		loss nn.Loss
		want string
	}{
		{"σ, and σ of the loss", σ, nn.BinaryCrossEntropy, sigmoid},
		{"one output of two", []*gradus.Value{z[0], σ[1]}, nn.BinaryCrossEntropy, sigmoid},
		{"scaled", scaled, nn.BinaryCrossEntropy, sigmoid},
		{"softmax, and σ of the loss", p, nn.BinaryCrossEntropy, fine},
		{"σ, and softmax of the loss", σ, nn.SoftmaxCrossEntropy, softmax},
		{"softmax twice", p, nn.SoftmaxCrossEntropy, softmax},
		{"of a loss that has softmax", p, nn.KLDivergence, softmax},
		{"of a loss of a loss", p, nn.Focal(2, nn.LabelSmoothing(0.1, nn.SoftmaxCrossEntropy)), softmax},
		{"weighted", σ, nn.Weighted([]float64{1, 2}, nn.BinaryCrossEntropy), sigmoid},
		{"logits", z, nn.BinaryCrossEntropy, fine},
		{"logits of classes", z, nn.SoftmaxCrossEntropy, fine},
		{"tanh", tanh, nn.BinaryCrossEntropy, fine},
		{"tanh of classes", tanh, nn.SoftmaxCrossEntropy, fine},
		{"σ of one class", []*gradus.Value{σ[0], z[1]}, nn.SoftmaxCrossEntropy, fine},
		{"σ of the other", []*gradus.Value{z[0], σ[1]}, nn.SoftmaxCrossEntropy, fine},
		{"softmax of one class", []*gradus.Value{p[0], z[1]}, nn.SoftmaxCrossEntropy, fine},
		{"softmax of the other", []*gradus.Value{σ[0], p[1]}, nn.SoftmaxCrossEntropy, fine},
		{"softmax in another order", []*gradus.Value{p[1], p[0]}, nn.SoftmaxCrossEntropy, fine},
		{"σ behind softmax", []*gradus.Value{p[0], σ[1]}, nn.SoftmaxCrossEntropy, fine},
		{"quotients", half, nn.SoftmaxCrossEntropy, fine},
		{"quotients of a sum", []*gradus.Value{z[0].Div(by), z[1].Div(by)}, nn.SoftmaxCrossEntropy, fine},
		{"two of three shares", gradus.Softmax(z[0], z[1], by)[:2], nn.SoftmaxCrossEntropy, fine},
		{"a loss of numbers", σ, nn.MeanSquaredError, fine},
	} {
		loss := tt.loss(tt.y, gradus.Values([]float64{1, 0}))
		if got := fmt.Sprint(logits.Check(gradus.Topo(loss))); got != tt.want {
			t.Errorf("%s: error %s\nwant %s", tt.name, got, tt.want)
		}
	}
}
