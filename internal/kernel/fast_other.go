//go:build !amd64

package kernel

// fast is false where there is no assembly: the functions that stand for it are not called.
var fast = false

func nt1(_, _ int, _ *float64, _ int, _ *float64, _ int, _ *float64, _ int) {}
func nt2(_, _ int, _ *float64, _ int, _ *float64, _ int, _ *float64, _ int) {}

func nn1(_, _ int, _ *float64, _, _ int, _ *float64, _ int, _ *float64, _ int, _ bool) {}
func nn4(_, _ int, _ *float64, _, _ int, _ *float64, _ int, _ *float64, _ int, _ bool) {}
