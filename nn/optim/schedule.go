package optim

import (
	"fmt"
	"math"
)

// StepDecay returns a Rate that is multiplied by a factor after every so many steps:
//
//	η = rate·factorᵏ,    k = ⌊step/every⌋
//
// PyTorch's StepLR has the same formula.
//
// It panics if rate is 0, if factor is not a positive finite number, or if every is less than 1.
func StepDecay(rate, factor float64, every int) Rate {
	mustLearn("StepDecay", rate)
	mustBePositive("StepDecay: factor", factor)
	if every < 1 {
		panic(fmt.Sprintf("optim: StepDecay: every is %d, want at least 1", every))
	}
	return func(step int) float64 { return rate * math.Pow(factor, float64(step/every)) }
}

// Exponential returns a Rate that is multiplied by a factor after each step:
//
//	η = rate·factorˢᵗᵉᵖ
//
// To reach a tenth of the rate after n steps, the factor is 0.1 to the power of 1/n. PyTorch's
// ExponentialLR has the same formula.
//
// It panics if rate is 0, or if factor is not a positive finite number.
func Exponential(rate, factor float64) Rate {
	mustLearn("Exponential", rate)
	mustBePositive("Exponential: factor", factor)
	return func(step int) float64 { return rate * math.Pow(factor, float64(step)) }
}

// WarmUp returns a Rate that rises along a straight line in so many steps and then is that of
// another Rate, whose steps are counted from there:
//
//	η = then(0)·(step + 1)/(steps + 1)    for step < steps, then then(step − steps)
//
// The line starts from 0 one step before the first, so that no step is lost to a rate of 0, and it
// meets the other Rate at the first step of that: no rate is used twice. With 4 steps it is ⅕, ⅖, ⅗
// and ⅘ of then(0).
//
// In PyTorch it is a SequentialLR whose milestone is steps, of a LinearLR with a start_factor of
// 1/(steps + 1) and total_iters of steps, and of the other schedule. A LambdaLR with step/steps is not
// the same: its first step has the rate 0.
//
// It panics if steps is less than 0, or if then is nil.
//
// Source: P. Goyal et al., Accurate, Large Minibatch SGD: Training ImageNet in 1 Hour, 2017,
// arXiv:1706.02677, section 2.2, gradual warm-up.
func WarmUp(steps int, then Rate) Rate {
	if steps < 0 {
		panic(fmt.Sprintf("optim: WarmUp: steps is %d, want at least 0", steps))
	}
	if then == nil {
		panic("optim: WarmUp: the Rate is nil, want one, such as optim.Constant(0.01)")
	}
	return func(step int) float64 {
		if step < steps {
			return then(0) * float64(step+1) / float64(steps+1)
		}
		return then(step - steps)
	}
}
