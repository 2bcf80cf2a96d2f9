package gpt

import "math"

// A plain model computes with numbers what the model computes with Values.
type plain struct{ *Session }

func (p plain) times(w matrix, x []float64) []float64 {
	y := make([]float64, len(w))
	for i, row := range w {
		for j, v := range row {
			y[i] += v.Data * x[j]
		}
	}
	return y
}

func (p plain) norm(x []float64) []float64 {
	sum, y := 0.0, make([]float64, len(x))
	for _, v := range x {
		sum += v * v
	}
	for i, v := range x {
		y[i] = v / math.Sqrt(sum/float64(len(x))+1e-5)
	}
	return y
}

func (p plain) softmax(z []float64) []float64 {
	sum, y := 0.0, make([]float64, len(z))
	for i, v := range z {
		y[i] = math.Exp(v)
		sum += y[i]
	}
	for i := range y {
		y[i] /= sum
	}
	return y
}

// run returns the probabilities at each position, and the weights by layer, head and position.
func (p plain) run(tokens []float64) (probabilities [][]float64, weights map[[3]int][]float64) {
	size, m := p.Width/p.Heads, p.model
	keys, values := make([][][]float64, p.Layers), make([][][]float64, p.Layers)
	weights = map[[3]int][]float64{}
	for at, token := range tokens[:len(tokens)-1] {
		x := make([]float64, p.Width)
		for j := range x {
			x[j] = m.embed[int(token)][j].Data + m.position[at][j].Data
		}
		x = p.norm(x)
		for i, l := range m.layers {
			h := p.norm(x)
			query, found := p.times(l.query, h), make([]float64, p.Width)
			keys[i], values[i] = append(keys[i], p.times(l.key, h)), append(values[i], p.times(l.value, h))
			for head := range p.Heads {
				var fits []float64
				for t := range at + 1 {
					fit := 0.0
					for j := head * size; j < (head+1)*size; j++ {
						fit += query[j] * keys[i][t][j]
					}
					fits = append(fits, fit/math.Sqrt(float64(size)))
				}
				a := p.softmax(fits)
				weights[[3]int{i, head, at}] = a
				for j := head * size; j < (head+1)*size; j++ {
					for t := range a {
						found[j] += a[t] * values[i][t][j]
					}
				}
			}
			for j, y := range p.times(l.join, found) {
				x[j] += y
			}
			wide := p.times(l.widen, p.norm(x))
			for j := range wide {
				wide[j] = max(0, wide[j])
			}
			for j, y := range p.times(l.narrow, wide) {
				x[j] += y
			}
		}
		probabilities = append(probabilities, p.softmax(p.times(m.out, x)))
	}
	return probabilities, weights
}
