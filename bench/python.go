package bench

import "github.com/gradus-go/gradus/bench/internal/python"

// inPython hands the network over and returns the ways in which it can be computed there.
func inPython(p *python.Process, n *network) ([]variant, error) {
	acts := make([]string, len(n.acts))
	for k, act := range n.acts {
		acts[k] = names[act]
	}
	var loaded struct{ Variants []string }
	err := p.Ask(map[string]any{"load": map[string]any{
		"widths": n.widths, "acts": acts, "scale": n.scale, "loss": n.loss, "rate": n.rate,
		"batch": n.batch, "p": python.Encode(n.p), "x": python.Encode(n.x), "t": python.Encode(n.t),
	}}, &loaded)
	var v []variant
	for _, name := range loaded.Variants {
		v = append(v, variant{
			name: name, samples: n.batch,
			time: func(k int) (float64, error) {
				var answer struct{ NS float64 }
				err := p.Ask(map[string]any{"time": name, "n": k}, &answer)
				return answer.NS, err
			},
			result: func() (result, error) { return resultInPython(p, name, n.rate != 0) },
		})
	}
	return v, err
}

func resultInPython(p *python.Process, name string, updated bool) (result, error) {
	var answer struct {
		Loss         float64
		Grad, Params string
	}
	if err := p.Ask(map[string]any{"check": name}, &answer); err != nil {
		return result{}, err
	}
	grad, err := python.Decode(answer.Grad)
	r := result{out: answer.Loss, grad: grad}
	if err == nil && updated {
		r.params, err = python.Decode(answer.Params)
	}
	return r, err
}
