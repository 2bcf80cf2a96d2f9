package nn

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/finite"
	"github.com/gradus-go/gradus/nn/internal/targets"
)

// A Loss returns a number for the outputs y and the targets t of one sample. The better the outputs
// fit the targets, the smaller is the number. For several samples, package train takes the mean of
// their losses. Which targets a loss allows is known to [Loss.CheckTargets].
//
// The losses of this package panic if y and t differ in length, are empty, or contain nil, and those of
// softmax and MultiClassHinge if there is one output alone, which could not learn.
type Loss func(y, t []*gradus.Value) *gradus.Value

// LossNamed returns the loss of this package that has the name, such as "Hinge" or "Huber(1.5)".
//
// It returns an error that lists the names if there is none of that name, or if its number is not
// one that the loss can have.
func LossNamed(name string) (Loss, error) {
	losses := map[string]Loss{
		"BinaryCrossEntropy": BinaryCrossEntropy, "HalfSquaredError": HalfSquaredError, "Hinge": Hinge,
		"KLDivergence": KLDivergence, "LogCosh": LogCosh, "MeanAbsoluteError": MeanAbsoluteError,
		"MeanSquaredError": MeanSquaredError, "MultiClassHinge": MultiClassHinge, "PoissonNLL": PoissonNLL,
		"SoftmaxCrossEntropy": SoftmaxCrossEntropy, "SumSquaredErrors": SumSquaredErrors,
	}
	if loss := losses[name]; loss != nil {
		return loss, nil
	}
	_, number, _ := strings.Cut(name, "(")
	x, _ := strconv.ParseFloat(strings.TrimSuffix(number, ")"), 64) // 0, if it is no number
	switch {
	case name == fmt.Sprintf("Huber(%v)", x) && x > 0 && finite.All(x):
		return Huber(x), nil
	case name == fmt.Sprintf("Quantile(%v)", x) && 0 < x && x < 1:
		return Quantile(x), nil
	}
	return nil, fmt.Errorf("nn: the name of the loss is %.40q, want one of %s, Huber(delta), Quantile(tau)",
		name, strings.Join(slices.Sorted(maps.Keys(losses)), ", "))
}

// CheckTargets returns an error that names the first target that the loss does not allow, such as 0, which is
// no sign, for [Hinge]. Row i of t has the targets of sample i. It knows the losses of this package; a loss
// of your own allows all targets.
func (l Loss) CheckTargets(t [][]float64) error { return targets.Check(l, t) }

// terms returns f of each output and its target. It panics unless these are of the same number.
func terms(loss string, y, t []*gradus.Value, f func(y, t *gradus.Value) *gradus.Value) []*gradus.Value {
	checkLoss(loss, y, t)
	z := make([]*gradus.Value, len(y))
	for i := range y {
		z[i] = f(y[i], t[i])
	}
	return z
}

// OneHot returns the targets that n outputs have for a class, counted from 0: 1 for the class and 0
// for the others.
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

// mustBe panics with what a loss got and wants, unless that is ok.
func mustBe(loss string, ok bool, got any, want string) {
	if !ok {
		panic(fmt.Sprintf("nn: %s: got %v, want %s", loss, got, want))
	}
}
