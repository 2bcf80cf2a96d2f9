package nn_test

import (
	"fmt"
	"math/rand/v2"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
)

// A parabola is a model of one's own: y = a·x² + c.
type parabola struct{ a, c *gradus.Value }

func (p parabola) Params() []*gradus.Value { return []*gradus.Value{p.a, p.c} }

func (p parabola) Forward(x ...*gradus.Value) []*gradus.Value {
	return []*gradus.Value{p.a.Mul(x[0].Square()).Add(p.c)}
}

func ExampleModel() {
	var model nn.Model = parabola{gradus.New(2).As("a"), gradus.New(1).As("c")}
	y := model.Forward(gradus.New(3))[0]
	y.Backward()
	fmt.Println("y =", y.Data)
	for _, p := range model.Params() {
		fmt.Printf("∂y/∂%s = %v\n", p.Name(), p.Grad)
	}
	// Output:
	// y = 19
	// ∂y/∂a = 9
	// ∂y/∂c = 1
}

// A noisy parabola adds noise to its input, so that it is trained with other numbers in each epoch.
type noisyParabola struct {
	parabola
	noise *nn.Mask
}

func (n noisyParabola) Masks() []*nn.Mask { return []*nn.Mask{n.noise} }

func (n noisyParabola) Forward(x ...*gradus.Value) []*gradus.Value {
	return n.parabola.Forward(x[0].Add(n.noise.Values[0]))
}

func ExampleMasked() {
	noise := nn.NewMask(1, 0, func(rng *rand.Rand) float64 { return rng.NormFloat64() / 10 })
	var model nn.Masked = noisyParabola{parabola{gradus.New(2).As("a"), gradus.New(1).As("c")}, noise}
	fmt.Println(len(model.Masks()), "mask, off:", model.Forward(gradus.New(3))[0].Data)
	// Output:
	// 1 mask, off: 19
}

// Dropout with p = ½: a number is 0 or 2 in training, and 1 otherwise.
func ExampleMask() {
	dropout := nn.NewMask(3, 1, func(rng *rand.Rand) float64 { return float64(2 * rng.IntN(2)) })
	rng := rand.New(rand.NewPCG(1, 0))
	for range 4 {
		fmt.Print(dropout.Draw(rng), " ")
	}
	fmt.Println("off:", dropout.Off)
	// Output:
	// 2 0 0 0 off: 1
}

func ExampleNewMask() {
	m := nn.NewMask(2, 1, func(rng *rand.Rand) float64 { return rng.Float64() })
	fmt.Println(m.Values[0].Data, m.Values[1].Data)
	// Output:
	// 1 1
}
