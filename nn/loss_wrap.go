package nn

import (
	"fmt"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/finite"
)

// aLoss is what a wrapper wants.
const aLoss = "a loss, such as SoftmaxCrossEntropy"

// Focal returns the focal loss that is made of a cross-entropy: [SoftmaxCrossEntropy], or
// [BinaryCrossEntropy] of one output. It is that loss times the part of the probability that the
// right class lacks, to the power gamma: samples that are nearly right matter less. With gamma = 0
// it is the loss itself; 2 is usual.
//
//	L = (1 − p)^γ·C, with the cross-entropy C = −ln p
//	∂L/∂C = (1 − p)^γ + γ·p·(1 − p)^(γ−1)·C
//
// It panics unless gamma is 0, or finite and at least 1, or if loss is nil.
//
// Source: T. Lin et al., Focal loss for dense object detection, ICCV 2017.
func Focal(gamma float64, loss Loss) Loss {
	mustBe("Focal", gamma == 0 || gamma >= 1 && finite.All(gamma), gamma, "0, or a finite number of at least 1")
	mustBe("Focal", loss != nil, "no loss", aLoss)
	return func(y, t []*gradus.Value) *gradus.Value {
		c := loss(y, t)
		return c.Neg().Expm1().Neg().Pow(gamma).Mul(c)
	}
}

// LabelSmoothing returns the loss of targets that are less sure than those of [OneHot]: of the
// probability of a class, a part epsilon is shared out evenly among all n classes, so that no
// output has to grow for ever. 0.1 is usual. With [SoftmaxCrossEntropy] it is PyTorch's
// CrossEntropyLoss with this label_smoothing.
//
//	L(y, t) = loss(y, (1 − ε)·t + ε/n)
//
// It panics unless epsilon is from 0 to 1, or if loss is nil. The loss panics if there is one
// target alone, of which no other class could have a part.
//
// Source: C. Szegedy et al., Rethinking the inception architecture for computer vision, CVPR 2016.
func LabelSmoothing(epsilon float64, loss Loss) Loss {
	mustBe("LabelSmoothing", 0 <= epsilon && epsilon <= 1, epsilon, "a number from 0 to 1")
	mustBe("LabelSmoothing", loss != nil, "no loss", aLoss)
	return func(y, t []*gradus.Value) *gradus.Value {
		mustBe("LabelSmoothing", len(t) != 1, "one target", "one for each class, at least 2")
		return loss(y, terms("LabelSmoothing", y, t, func(_, t *gradus.Value) *gradus.Value {
			return t.Mul(1 - epsilon).Add(epsilon / float64(len(y)))
		}))
	}
}

// Weighted returns a loss in which classes matter by their weights, such as rare ones more than
// others. The targets are those of [OneHot]. Of targets that are other probabilities, it takes the
// mean weight.
//
//	L(y, t) = Σ wᵢtᵢ · loss(y, t)
//
// For each sample it is PyTorch's CrossEntropyLoss with these weights and reduction='none'. The
// mean over a batch differs: package train divides the sum of the losses by the number of samples,
// and PyTorch by the sum of the weights of their classes. The two are equal if these weights have
// the mean 1 over the samples of the batch.
//
// It panics if a weight is negative or not finite, or if loss is nil. The loss panics if there is
// not one weight for each target.
func Weighted(weights []float64, loss Loss) Loss {
	for _, w := range weights {
		mustBe("Weighted", w >= 0 && finite.All(w), w, "weights that are finite and not negative")
	}
	mustBe("Weighted", loss != nil, "no loss", aLoss)
	constants := make([]*gradus.Value, len(weights))
	for i, w := range weights {
		constants[i] = gradus.Const(w)
	}
	return func(y, t []*gradus.Value) *gradus.Value {
		mustBe("Weighted", len(t) == len(constants), fmt.Sprintf("%d targets", len(t)),
			fmt.Sprintf("%d, one for each weight", len(constants)))
		return gradus.Dot(constants, t).Mul(loss(y, t))
	}
}
