package nn

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/gradus-go/gradus"
)

// A Loss returns a number for the outputs y and the targets t of one sample. The better the outputs
// fit the targets, the smaller is the number. For several samples, package train takes the mean of their
// losses.
//
// The losses of this package panic if y and t differ in length, are empty, or contain nil.
type Loss func(y, t []*gradus.Value) *gradus.Value

// HalfSquaredError is the loss of the first tutorial. The factor ½ cancels the 2 in the
// derivative of the square.
//
//	L = ½·Σ(yᵢ − tᵢ)²    ∂L/∂yᵢ = yᵢ − tᵢ
func HalfSquaredError(y, t []*gradus.Value) *gradus.Value {
	checkLoss("HalfSquaredError", y, t)
	return gradus.Const(0.5).Mul(gradus.Sum(squaredErrors(y, t)...))
}

// SumSquaredErrors is the error that the second and the third tutorial minimise.
//
//	L = Σ(yᵢ − tᵢ)²    ∂L/∂yᵢ = 2(yᵢ − tᵢ)
func SumSquaredErrors(y, t []*gradus.Value) *gradus.Value {
	checkLoss("SumSquaredErrors", y, t)
	return gradus.Sum(squaredErrors(y, t)...)
}

// MeanSquaredError is the mean of the squared errors of the n outputs.
//
//	L = Σ(yᵢ − tᵢ)²/n    ∂L/∂yᵢ = 2(yᵢ − tᵢ)/n
func MeanSquaredError(y, t []*gradus.Value) *gradus.Value {
	checkLoss("MeanSquaredError", y, t)
	return gradus.Mean(squaredErrors(y, t)...)
}

// BinaryCrossEntropy is the mean, over the n outputs, of the cross-entropy between the
// probability tᵢ, which is usually 0 or 1, and the probability σ(yᵢ).
//
// The outputs are logits: this function applies σ to them, and so the last layer of the network
// has no activation. That way nothing overflows or cancels, however large yᵢ is; see
// [gradus.Value.SigmoidCrossEntropy].
//
//	L = −Σ(tᵢ·ln σ(yᵢ) + (1 − tᵢ)·ln(1 − σ(yᵢ)))/n = Σ(softplus(yᵢ) − tᵢ·yᵢ)/n
//	∂L/∂yᵢ = (σ(yᵢ) − tᵢ)/n
func BinaryCrossEntropy(y, t []*gradus.Value) *gradus.Value {
	checkLoss("BinaryCrossEntropy", y, t)
	terms := make([]*gradus.Value, len(y))
	for i := range y {
		terms[i] = y[i].SigmoidCrossEntropy(t[i])
	}
	return gradus.Mean(terms...)
}

// SoftmaxCrossEntropy is the cross-entropy between the probabilities t of the classes, of which
// usually one is 1 and the others are 0, as [OneHot] returns them, and the probabilities softmax(y).
//
// The outputs are logits: this function applies softmax to them, and so the last layer of the
// network has no activation. That way nothing overflows or cancels, however large yᵢ is, and a
// logit of −Inf takes its class out of the choice; see [gradus.SoftmaxCrossEntropy].
//
//	L = −Σ tᵢ·ln softmax(y)ᵢ = Σ tᵢ·(ln Σ exp(yⱼ) − yᵢ)    ∂L/∂yᵢ = softmax(y)ᵢ·Σtⱼ − tᵢ
func SoftmaxCrossEntropy(y, t []*gradus.Value) *gradus.Value {
	checkLoss("SoftmaxCrossEntropy", y, t)
	return gradus.SoftmaxCrossEntropy(y, t)
}

// Hinge is the loss of support vector machines and of micrograd's demo. A target tᵢ is +1 or −1:
// the sign that yᵢ should have. The loss of an output is 0 if it has the right sign and a size
// of at least 1, and otherwise 1 − tᵢ·yᵢ. Hinge is the mean of these losses.
//
//	L = Σ max(0, 1 − tᵢ·yᵢ)/n    ∂L/∂yᵢ = −tᵢ/n where tᵢ·yᵢ < 1, else 0
func Hinge(y, t []*gradus.Value) *gradus.Value {
	checkLoss("Hinge", y, t)
	one := gradus.Const(1)
	terms := make([]*gradus.Value, len(y))
	for i := range y {
		terms[i] = one.Sub(t[i].Mul(y[i])).ReLU()
	}
	return gradus.Mean(terms...)
}

// LossNamed returns the loss of this package that has the name, such as "Hinge".
//
// It returns an error that lists the names if there is none of that name.
func LossNamed(name string) (Loss, error) {
	losses := map[string]Loss{
		"BinaryCrossEntropy": BinaryCrossEntropy, "HalfSquaredError": HalfSquaredError, "Hinge": Hinge,
		"MeanSquaredError": MeanSquaredError, "SoftmaxCrossEntropy": SoftmaxCrossEntropy,
		"SumSquaredErrors": SumSquaredErrors,
	}
	if loss := losses[name]; loss != nil {
		return loss, nil
	}
	return nil, fmt.Errorf("nn: the name of the loss is %.40q, want one of %s",
		name, strings.Join(slices.Sorted(maps.Keys(losses)), ", "))
}

func squaredErrors(y, t []*gradus.Value) []*gradus.Value {
	squares := make([]*gradus.Value, len(y))
	for i := range y {
		squares[i] = y[i].Sub(t[i]).Square()
	}
	return squares
}

// OneHot returns the targets that n outputs have for a class, counted from 0: 1 for the class and 0 for
// the others.
//
//	OneHot(3, 1) = [0 1 0]
//
// It panics if class is not one of 0 to n − 1.
func OneHot(n, class int) []float64 {
	if class < 0 || class >= n {
		panic(fmt.Sprintf("nn: OneHot: got class %d of %d, counted from 0: there is none", class, n))
	}
	t := make([]float64, n)
	t[class] = 1
	return t
}

func checkLoss(loss string, y, t []*gradus.Value) {
	if len(y) != len(t) || len(y) == 0 {
		hint := ""
		if len(t) == 1 {
			hint = "; OneHot makes the targets of a class"
		}
		panic(fmt.Sprintf("nn: %s: got %d outputs and %d targets, want the same number of both, "+
			"at least 1%s", loss, len(y), len(t), hint))
	}
	mustBeValues(loss, "output", y)
	mustBeValues(loss, "target", t)
}
