package nn_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/gradus-go/gradus/nn"
)

func TestNewMaskPanics(t *testing.T) {
	half := func(*rand.Rand) float64 { return 0.5 }
	for want, f := range map[string]func(){
		"got 0 numbers, want from 1 to 2³⁰":                 func() { nn.NewMask(0, 1, half) },
		"got 2147483647 numbers, want from 1 to 2³⁰":        func() { nn.NewMask(1<<31-1, 1, half) },
		"the function is nil, want one that draws a number": func() { nn.NewMask(1, 1, nil) },
	} {
		func() {
			defer func() {
				if got := fmt.Sprint(recover()); got != "nn: NewMask: "+want {
					t.Errorf("panic %s, want %s", got, want)
				}
			}()
			f()
		}()
	}
}
