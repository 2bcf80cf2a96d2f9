package nn

import "github.com/gradus-go/gradus"

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
	return gradus.Mean(terms("BinaryCrossEntropy", y, t, func(y, t *gradus.Value) *gradus.Value {
		return y.SigmoidCrossEntropy(t)
	})...)
}

// checkClasses panics unless there are two classes or more: with one, softmax is 1, and nothing is learned.
func checkClasses(loss string, y, t []*gradus.Value) {
	checkLoss(loss, y, t)
	mustBe(loss, len(y) > 1, "one output",
		"one for each class, at least 2; BinaryCrossEntropy takes one for two classes")
}

// SoftmaxCrossEntropy is the cross-entropy between the probabilities t of the classes, whose sum is 1
// and of which usually one is 1 and the others are 0, as [OneHot] returns them, and the probabilities
// softmax(y).
//
// The outputs are logits: this function applies softmax to them, and so the last layer of the
// network has no activation. That way nothing overflows or cancels, however large yᵢ is, and a
// logit of −Inf takes its class out of the choice; see [gradus.SoftmaxCrossEntropy].
//
//	L = −Σ tᵢ·ln softmax(y)ᵢ = Σ tᵢ·(ln Σ exp(yⱼ) − yᵢ)    ∂L/∂yᵢ = softmax(y)ᵢ·Σtⱼ − tᵢ
func SoftmaxCrossEntropy(y, t []*gradus.Value) *gradus.Value {
	checkClasses("SoftmaxCrossEntropy", y, t)
	return gradus.SoftmaxCrossEntropy(y, t)
}

// KLDivergence is the Kullback–Leibler divergence of the probabilities softmax(y) from the
// probabilities t: [SoftmaxCrossEntropy] less its least value, which is the entropy of t, so that
// it is 0 where the network is right. The derivatives with respect to the outputs are the same.
// PyTorch's KLDivLoss, whose inputs are ln softmax(y), has this as the sum of a sample.
//
//	L = Σ tᵢ·(ln tᵢ − ln softmax(y)ᵢ), where 0·ln 0 = 0    ∂L/∂yᵢ = softmax(y)ᵢ·Σtⱼ − tᵢ
func KLDivergence(y, t []*gradus.Value) *gradus.Value {
	checkClasses("KLDivergence", y, t)
	logs := terms("KLDivergence", y, t, func(_, t *gradus.Value) *gradus.Value {
		return gradus.Where(t, t, 1).Log()
	})
	return gradus.SoftmaxCrossEntropy(y, t).Add(gradus.Dot(t, logs))
}

// Hinge is the loss of support vector machines and of micrograd's demo. A target tᵢ is +1 or −1:
// the sign that yᵢ should have. The loss of an output is 0 if it has the right sign and a size
// of at least 1, and otherwise 1 − tᵢ·yᵢ. Hinge is the mean of these losses.
//
//	L = Σ max(0, 1 − tᵢ·yᵢ)/n    ∂L/∂yᵢ = −tᵢ/n where tᵢ·yᵢ < 1, else 0
func Hinge(y, t []*gradus.Value) *gradus.Value {
	one := gradus.Const(1)
	return gradus.Mean(terms("Hinge", y, t, func(y, t *gradus.Value) *gradus.Value {
		return one.Sub(t.Mul(y)).ReLU()
	})...)
}

// MultiClassHinge demands that the output of the class is larger by 1 than each other. The targets
// are those of [OneHot]. It is PyTorch's MultiMarginLoss, which divides by all n outputs.
//
//	L = Σ max(0, 1 + yⱼ − y꜀)/n over all j but the class c
//	∂L/∂yⱼ = 1/n where the sum's term is not 0    ∂L/∂y꜀ = −k/n, where k terms are not 0
//
// Source: J. Weston, C. Watkins, Support vector machines for multi-class pattern recognition, ESANN
// 1999.
func MultiClassHinge(y, t []*gradus.Value) *gradus.Value {
	checkClasses("MultiClassHinge", y, t)
	margin := gradus.Const(1).Sub(gradus.Dot(t, y))
	return gradus.Mean(terms("MultiClassHinge", y, t, func(y, t *gradus.Value) *gradus.Value {
		return gradus.Const(1).Sub(t).Mul(y.Add(margin).ReLU())
	})...)
}
