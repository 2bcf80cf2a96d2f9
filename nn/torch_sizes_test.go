package nn_test

import "math"

// A lossSize bounds the errors of a loss and of its derivatives, ours and PyTorch's together: so
// many ulps of a number of the given size. A sum of n terms, added up in any order, is off by n/2
// ulps in each of the two, and a term by a few roundings. Where nothing cancels, the size is that
// of the number itself.
type lossSize struct {
	lossUlps, loss float64
	ulps           float64 // of the derivatives
	dy, dt         func(i int, d float64) float64
}

func newLossSize(name string, y, t []float64, loss float64) lossSize {
	n := float64(len(y))
	s := lossSize{lossUlps: n + 5, loss: loss, ulps: 4, dy: plain, dt: plain}
	switch name {
	case "BinaryCrossEntropy":
		// softplus(y) − t·y, and σ(y) − t
		s.loss = 0
		for i := range y {
			s.loss += (softplus(y[i]) + math.Abs(t[i]*y[i])) / n
		}
		s.dy = func(i int, _ float64) float64 { return (sigmoid(y[i]) + math.Abs(t[i])) / n }
	case "LogCosh": // e − ln 2 + …, and 1 − …
		s.loss = 1
		for i := range y {
			s.loss += math.Abs(y[i]-t[i]) / n
		}
		s.dy = func(int, float64) float64 { return 1 / n }
		s.dt = s.dy
	case "PoissonNLL": // exp y − t·y, and exp y − t
		s.loss = 0
		for i := range y {
			s.loss += (math.Exp(y[i]) + math.Abs(t[i]*y[i])) / n
		}
		s.dy = func(i int, _ float64) float64 { return (math.Exp(y[i]) + t[i]) / n }
	case "Focal(1.5, BinaryCrossEntropy)": // in 1 − p of PyTorch digits cancel
		s.loss = 1 + math.Abs(y[0])
		s.dy = func(i int, _ float64) float64 { return 1 + math.Abs(y[i]) }
	case "MultiClassHinge": // 1 + y − y of the class
		s.loss = 1
		for i := range y {
			s.loss += 2 * math.Abs(y[i])
		}
	case "SoftmaxCrossEntropy", "KLDivergence", "Focal(2, SoftmaxCrossEntropy)",
		"LabelSmoothing(0.1, SoftmaxCrossEntropy)", "Weighted(i + 0.5, SoftmaxCrossEntropy)":
		// lse − y, and exp(y − lse)·Σt − t, where the exponent is as precise as lse and y are
		largest, whole, sumT := math.Inf(-1), 0.0, 0.0
		for i := range y {
			largest, sumT = max(largest, y[i]), sumT+math.Abs(t[i])
		}
		for i := range y {
			whole += math.Exp(y[i] - largest)
		}
		lse := largest + math.Log(whole)
		off := func(i int) float64 { return math.Abs(lse) + math.Abs(y[i]) }
		s.loss = 0
		for i := range y {
			s.loss += math.Abs(t[i]) * off(i)
		}
		s.dy = func(i int, _ float64) float64 {
			return math.Exp(y[i]-lse)*sumT*(1+off(i)) + math.Abs(t[i])
		}
		s.dt = func(i int, _ float64) float64 { return off(i) }
		s.ulps = n + 5 // they rest on the sum in lse
	case "Hinge": // 1 − t·y
		s.loss = 0
		for i := range y {
			s.loss += (1 + math.Abs(t[i]*y[i])) / n
		}
	}
	return s
}

func plain(_ int, d float64) float64 { return d }

func sigmoid(x float64) float64  { return 1 / (1 + math.Exp(-x)) }
func softplus(x float64) float64 { return max(x, 0) + math.Log1p(math.Exp(-math.Abs(x))) }
