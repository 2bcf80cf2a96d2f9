package bench

import (
	"github.com/gradus-go/gradus/bench/internal/model"
	"github.com/gradus-go/gradus/bench/internal/network"
	"github.com/gradus-go/gradus/bench/internal/python"
)

// loadNetwork returns what the Python process is told about a network.
func loadNetwork(n *network.Network) map[string]any {
	acts := make([]string, len(n.Acts))
	for k, act := range n.Acts {
		acts[k] = act.String()
	}
	return map[string]any{
		"widths": n.Widths, "acts": acts, "scale": n.Scale, "loss": n.Loss, "rate": n.Rate,
		"batch": n.Batch, "p": python.Encode(n.P), "x": python.Encode(n.X), "t": python.Encode(n.T),
	}
}

// loadModel returns what the Python process is told about a model that it knows by this name.
func loadModel(name string, d *model.Data) map[string]any {
	return map[string]any{
		"model": name, "rate": 0.0, "batch": d.Samples(), "blocks": d.Blocks,
		"p": python.Encode(d.P), "x": python.Encode(d.X),
	}
}

// inPython tells the Python process what to compute and returns the variants that can.
func inPython(p *python.Process, load map[string]any) ([]variant, error) {
	var loaded struct{ Variants []string }
	err := p.Ask(map[string]any{"load": load}, &loaded)
	var v []variant
	for _, name := range loaded.Variants {
		v = append(v, variant{
			name: name, samples: load["batch"].(int),
			time: func(k int) (float64, error) {
				var answer struct{ NS float64 }
				err := p.Ask(map[string]any{"time": name, "n": k}, &answer)
				return answer.NS, err
			},
			result: func() (result, error) { return resultInPython(p, name, load["rate"] != 0.0) },
		})
	}
	return v, err
}

// resultInPython runs one step of the variant with that name.
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
