package steps

import (
	"fmt"
	"math"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/course/exercises/4-engine/engine"
	"github.com/gradus-go/gradus/course/internal/checking"
)

// The two tests of micrograd, with a name for each value that it changes on its way.
// Source: https://github.com/karpathy/micrograd/blob/master/test/test_engine.py
const (
	sanity = `x = −4
u = 2·x
v = u + 2
z = v + x
w = z·x
r = relu(z)
q = r + w
s = z·z
h = relu(s)
p = q·x
m = h + q
y = m + p`
	more = `a = −4; b = 2
c₁ = a + b
d₁ = a·b + b^3
c₂ = c₁ + (c₁ + 1)
c₃ = c₂ + (1 + c₂ + (0 − a))
d₂ = d₁ + (d₁·2 + relu(b + a))
d₃ = d₂ + (3·d₂ + relu(b − a))
e = c₃ − d₃
f = e^2.0
g₁ = f/2.0
g = g₁ + 10.0/f`
)

// peer compares all values and gradients of a graph with those of package gradus.
func peer(e engine.Engine, text string) *checking.Finding {
	g := build(e, text)
	if f := g.values(e); f != nil {
		return engine.Wrong(f.Factor, f.Text)
	}
	e.Backward(g.built[g.root()])
	g.root().Backward()
	if f := g.gradients(e, "after Backward,"); f != nil {
		return engine.Wrong(f.Factor, f.Text)
	}
	return nil
}

// neuron checks what a neuron computes, and its gradients.
func neuron(e engine.Engine) *checking.Finding {
	const text = "for w = [0.5 −1], b = 0.25 and x = [2 0.5], "
	w, b, x := []any{e.New(0.5), e.New(-1)}, e.New(0.25), []any{e.New(2), e.New(0.5)}
	y := e.Neuron(w, b, x)
	if y == nil {
		return engine.Wrong("Neuron", "Neuron returns nil", "nil is returned")
	}
	const z = 0.5*2 - 1*0.5 + 0.25
	if data := e.Data(y); !engine.Equal(data, math.Tanh(z)) {
		if data == 0 && len(e.Parents(y)) == 0 {
			return engine.Todo("Neuron")
		}
		var what []string
		for _, s := range []struct {
			what string
			y    float64
		}{
			{"tanh is missing: this is the sum z", z},
			{"b is added behind tanh, and belongs into the sum", math.Tanh(z-0.25) + 0.25},
			{"b is missing", math.Tanh(z - 0.25)},
			{"tanh and b are missing", z - 0.25},
			{"the products are lost: z.Add returns a new Value, and does not change z", math.Tanh(0.25)},
			{"only the last product is in the sum", math.Tanh(-0.5 + 0.25)},
			{"only the first product is in the sum", math.Tanh(1 + 0.25)},
			{"the sum of the weights: the inputs are missing", math.Tanh(0.5 - 1 + 0.25)},
			{"b is added for each input, and belongs there once", math.Tanh(z + 0.25)},
			{"w + x stands where w·x belongs", math.Tanh(0.5 + 2 - 1 + 0.5 + 0.25)},
			{"tanh is taken of each product, and not of the sum", math.Tanh(1) + math.Tanh(-0.5) + 0.25},
		} {
			if engine.Equal(data, s.y) {
				what = append(what, s.what)
			}
		}
		found := fmt.Sprintf("%sNeuron is %s, and should be tanh(%v) = %s", text, engine.Number(data), z,
			engine.Number(math.Tanh(z)))
		return engine.Wrong("Neuron", found, what...)
	}
	e.Backward(y)
	slope := 1 - math.Tanh(z)*math.Tanh(z)
	for i, p := range append(append([]any{}, w...), b) {
		name, want := []string{"w₁", "w₂", "b"}[i], []float64{2, 0.5, 1}[i]*slope
		if grad := e.Grad(p); !engine.Equal(grad, want) {
			found := fmt.Sprintf("%sthe Grad of %s is %s after Backward, and should be %s", text, name,
				engine.Number(grad), engine.Number(want))
			return engine.Wrong("∂y/∂"+name, found,
				"the graph does not reach it: a new Value was made from its Data, where the Value itself belongs")
		}
	}
	return nil
}

// descend checks one step of gradient descent.
func descend(e engine.Engine) *checking.Finding {
	p := e.New(3)
	e.Backward(e.Mul(p, e.New(2)))
	e.Descend([]any{p}, 0.1)
	const text = "Descend with the rate 0.1, for p = 3 with the Grad 2: "
	data, grad := e.Data(p), e.Grad(p)
	if data == 3 && grad == 2 {
		return engine.Wrong("p", text+"p has the Data and the Grad that it had", "Descend is still to do, or "+
			"only a variable is changed and not the Value to which it points")
	}
	if !engine.Equal(data, 2.8) {
		var what []string
		for _, s := range []struct {
			what string
			p    float64
		}{
			{"it goes up the slope: the step is subtracted from p", 3.2},
			{"the rate is missing", 1},
			{"Grad was set to 0 before the step was made", 3},
			{"the step takes the place of p", -0.2},
			{"the step takes the place of p, and goes up the slope", 0.2},
			{"it multiplies p by rate times p: the gradient is missing", 2.7},
			{"it divides by the rate", -17},
			{"the step has the factor p, too", 2.4},
			{"the rate alone is subtracted: the gradient is missing", 2.9},
		} {
			if engine.Equal(data, s.p) {
				what = append(what, s.what)
			}
		}
		return engine.Wrong("p − rate·∂L/∂p", text+"p is "+engine.Number(data)+", and should be 3 − 0.1·2 = 2.8",
			what...)
	}
	if grad != 0 {
		return engine.Wrong("the Grad after the step", text+"its Grad is "+engine.Number(grad)+", and should be 0",
			"Grad is not set to 0, so that the next Backward adds to it")
	}
	q := e.New(3)
	e.Backward(e.Mul(q, e.New(2)))
	e.Descend([]any{e.New(1), q}, 0.1)
	if !engine.Equal(e.Data(q), 2.8) {
		return engine.Wrong("the second parameter", "Descend of two parameters: the second one made no step",
			"only the first parameter is changed")
	}
	return nil
}

// learn trains a neuron to be an AND, and compares the loss of each step with that of package gradus.
func learn(e engine.Engine) *checking.Finding {
	samples := [][3]float64{{-1, -1, -1}, {-1, 1, -1}, {1, -1, -1}, {1, 1, 1}}
	const rate, steps = 0.1, 50
	w, b := []any{e.New(0.5), e.New(-0.25)}, e.New(0)
	theirs := gradus.Values([]float64{0.5, -0.25, 0})
	for k := range steps {
		loss, want := e.New(0), gradus.Const(0)
		for _, s := range samples {
			y := e.Sub(e.Neuron(w, b, []any{e.New(s[0]), e.New(s[1])}), e.New(s[2]))
			loss = e.Add(loss, e.Mul(y, y))
			z := theirs[0].Mul(gradus.Const(s[0])).Add(theirs[1].Mul(gradus.Const(s[1]))).Add(theirs[2])
			want = want.Add(z.Tanh().Sub(gradus.Const(s[2])).Square())
		}
		if data := e.Data(loss); !engine.Equal(data, want.Data) {
			return engine.Wrong("the loss", fmt.Sprintf("a neuron learns AND: in step %d the loss is %s, and should "+
				"be %s", k+1, engine.Number(data), engine.Number(want.Data)))
		}
		e.Backward(loss)
		want.Backward()
		e.Descend(append(append([]any{}, w...), b), rate)
		for _, p := range theirs {
			p.Data -= float64(rate * p.Grad)
			p.ZeroGrad()
		}
	}
	return nil
}
