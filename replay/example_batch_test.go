package replay_test

import (
	"fmt"
	"log"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/replay"
)

// line is the loss (w·x + b − t)² of one sample, whose inputs are x and t.
func line() (p *replay.Program, w, b *gradus.Value) {
	x, t := gradus.New(0), gradus.New(0)
	w, b = gradus.New(0).As("w"), gradus.New(0).As("b")
	r := replay.Recorder{Inputs: []*gradus.Value{x, t}, InputGrads: true}
	p, err := r.Record(w.Mul(x).Add(b).Sub(t).Square())
	if err != nil {
		log.Fatal(err)
	}
	return p, w, b
}

// samples are points of the line t = 3x + 1, one after the other.
var samples = []float64{0, 1, 1, 4, 2, 7, 3, 10}

// A line is fitted to four points, all of them at once.
func ExampleBatch() {
	p, w, b := line()
	batch := p.Batch(4, 2)
	for range 1000 {
		batch.GradMean(samples)
		for i, g := range p.Gradient() {
			p.Numbers()[i] -= 0.1 * g
		}
	}
	fmt.Printf("w = %.3f, b = %.3f\n", p.Data(w), p.Data(b))
	// Output: w = 3.000, b = 1.000
}

func ExampleProgram_Batch() {
	p, _, _ := line()
	batch := p.Batch(1000, 0) // up to 1000 samples, on all processors
	fmt.Println(batch.Forward(samples))
	// Output: [1 16 49 100]
}

func ExampleBatch_Forward() {
	p, _, b := line()
	p.Numbers()[p.Index(b)] = 1
	fmt.Println(p.Batch(4, 1).Forward(samples)) // (3x)²
	// Output: [0 9 36 81]
}

func ExampleBatch_GradSum() {
	p, _, b := line()
	fmt.Println(p.Batch(4, 1).GradSum(samples))
	fmt.Println(p.Grad(b)) // −2Σt
	// Output:
	// [1 16 49 100]
	// -44
}

func ExampleBatch_GradMean() {
	p, _, b := line()
	p.Batch(4, 1).GradMean(samples)
	fmt.Println(p.Grad(b)) // −2Σt/4
	// Output: -11
}

// The inputs are in a table of their own.
func ExampleBatch_GradMeanFunc() {
	p, _, b := line()
	x, t := []float64{0, 1, 2, 3}, []float64{1, 4, 7, 10}
	losses := p.Batch(4, 1).GradMeanFunc(len(x), func(sample int, inputs []float64) {
		inputs[0], inputs[1] = x[sample], t[sample]
	})
	fmt.Println(losses)
	fmt.Println(p.Grad(b)) // −2Σt/4
	// Output:
	// [1 16 49 100]
	// -11
}

func ExampleBatch_InputGrad() {
	p, _, _ := line()
	batch := p.Batch(4, 1)
	batch.GradSum(samples)
	fmt.Println(batch.InputGrad()) // of x and t, sample by sample: 0 and 2t
	// Output: [0 2 0 8 0 14 0 20]
}
