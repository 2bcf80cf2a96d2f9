package nn

import (
	"fmt"

	"github.com/gradus-go/gradus"
)

// A Loss is a number that is the smaller the closer the outputs y are to the targets t. It is
// that of one sample; over samples, package train takes the mean.
//
// The losses of this package panic if y and t differ in length or are empty.
type Loss func(y, t []*gradus.Value) *gradus.Value

// HalfSquaredError is the first tutorial's loss, and makes ∂L/∂y plain.
//
//	L = ½·Σ(yᵢ − tᵢ)²    ∂L/∂yᵢ = yᵢ − tᵢ
func HalfSquaredError(y, t []*gradus.Value) *gradus.Value {
	checkLoss("HalfSquaredError", y, t)
	return gradus.New(0.5).Mul(gradus.Sum(squaredErrors(y, t)...))
}

// SumSquaredErrors is the error of the second tutorial and the third.
//
//	L = Σ(yᵢ − tᵢ)²    ∂L/∂yᵢ = 2(yᵢ − tᵢ)
func SumSquaredErrors(y, t []*gradus.Value) *gradus.Value {
	checkLoss("SumSquaredErrors", y, t)
	return gradus.Sum(squaredErrors(y, t)...)
}

// MeanSquaredError is the mean over the n outputs.
//
//	L = Σ(yᵢ − tᵢ)²/n    ∂L/∂yᵢ = 2(yᵢ − tᵢ)/n
func MeanSquaredError(y, t []*gradus.Value) *gradus.Value {
	checkLoss("MeanSquaredError", y, t)
	return gradus.Mean(squaredErrors(y, t)...)
}

// BinaryCrossEntropy is the mean over the n outputs of the cross-entropy between the
// probability tᵢ, mostly 0 or 1, and σ(yᵢ). The outputs are logits, the arguments of σ: the
// network's last layer has no activation. So it does not overflow, however large they are, and
// is off by roundings of numbers of the size of yᵢ.
//
//	L = −Σ(tᵢ·ln σ(yᵢ) + (1 − tᵢ)·ln(1 − σ(yᵢ)))/n = Σ(softplus(yᵢ) − tᵢ·yᵢ)/n
//	∂L/∂yᵢ = (σ(yᵢ) − tᵢ)/n
func BinaryCrossEntropy(y, t []*gradus.Value) *gradus.Value {
	checkLoss("BinaryCrossEntropy", y, t)
	terms := make([]*gradus.Value, len(y))
	for i := range y {
		terms[i] = y[i].Softplus().Sub(t[i].Mul(y[i]))
	}
	return gradus.Mean(terms...)
}

// SoftmaxCrossEntropy is the cross-entropy between the probabilities t of the classes, mostly
// one 1 and else 0, and the softmax of y. The outputs are logits, as in [BinaryCrossEntropy],
// to the same effect.
//
//	L = −Σ tᵢ·ln softmax(y)ᵢ = Σ tᵢ·(ln Σ exp(yⱼ) − yᵢ)    ∂L/∂yᵢ = softmax(y)ᵢ·Σtⱼ − tᵢ
func SoftmaxCrossEntropy(y, t []*gradus.Value) *gradus.Value {
	checkLoss("SoftmaxCrossEntropy", y, t)
	whole := gradus.LogSumExp(y...)
	minusLog := make([]*gradus.Value, len(y))
	for i := range y {
		minusLog[i] = whole.Sub(y[i])
	}
	return gradus.Dot(t, minusLog)
}

// Hinge is the mean over the n outputs of what they lack of a margin of 1 on the right side,
// which tᵢ = ±1 tells. It is the loss of support vector machines and of micrograd's demo.
//
//	L = Σ max(0, 1 − tᵢ·yᵢ)/n    ∂L/∂yᵢ = −tᵢ/n where tᵢ·yᵢ < 1, else 0
func Hinge(y, t []*gradus.Value) *gradus.Value {
	checkLoss("Hinge", y, t)
	one := gradus.New(1)
	terms := make([]*gradus.Value, len(y))
	for i := range y {
		terms[i] = one.Sub(t[i].Mul(y[i])).ReLU()
	}
	return gradus.Mean(terms...)
}

func squaredErrors(y, t []*gradus.Value) []*gradus.Value {
	squares := make([]*gradus.Value, len(y))
	for i := range y {
		squares[i] = y[i].Sub(t[i]).Square()
	}
	return squares
}

func checkLoss(loss string, y, t []*gradus.Value) {
	if len(y) != len(t) || len(y) == 0 {
		panic(fmt.Sprintf("nn: %s: got %d outputs and %d targets, want as many, at least 1",
			loss, len(y), len(t)))
	}
}
