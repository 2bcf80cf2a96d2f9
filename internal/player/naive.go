package player

import (
	"fmt"
	"math"

	"github.com/gradus-go/gradus/internal/chain"
	"github.com/gradus-go/gradus/internal/formula"
)

// The naive recursion takes a step for each path through the graph, and these can be more than
// any computer can run.
const (
	naiveSteps = 10_000 // it is stopped after so many steps
	naiveShown = 40     // the list shows so many steps, and those that lead to a wrong number
)

// A recursion is the naive one: it hands on a contribution as soon as it arrives, first to the
// operands of a node and then to theirs, without sorting the graph.
type recursion struct {
	*Player
	grad  []float64 // of each node, so far
	size  []float64 // Σ |contribution| to each node: rounding errors are small beside it
	last  []int     // the last step that adds to each node
	steps []Step
}

// naive runs the recursion and lists its steps.
func (p *Player) naive() {
	n := len(p.graph.Nodes)
	r := recursion{
		Player: p, grad: make([]float64, n), size: make([]float64, n), last: make([]int, n),
	}
	total := r.paths()
	r.grad[n-1] = 1
	r.visit(n - 1)
	p.Naive = []frame{p.begin()}
	wrong := -1
	if float64(len(r.steps)) == total {
		wrong = r.firstWrong()
	}
	r.frames(wrong)
	p.Sentences["naive"] = sentence(total)
	p.verdict = r.verdict(wrong, total)
}

// paths returns the number of steps that the recursion takes if it is not stopped.
func (r *recursion) paths() (total float64) {
	visits := make([]float64, len(r.graph.Nodes))
	visits[len(visits)-1] = 1
	for k := len(r.graph.Edges) - 1; k >= 0; k-- {
		e := r.graph.Edges[k]
		if r.Nodes[e.From].Const {
			continue
		}
		visits[e.From] += visits[e.To]
		total += visits[e.To]
	}
	return total
}

// visit hands on the gradient that a node has so far.
func (r *recursion) visit(node int) {
	for j := range r.graph.Nodes[node].Parents() {
		if len(r.steps) == naiveSteps {
			return
		}
		edge, ok := r.edges[[2]int{node, j}]
		if !ok || r.Nodes[r.graph.Edges[edge].From].Const {
			continue
		}
		s, to := r.byEdge[edge], r.graph.Edges[edge].From
		s.Gradient = r.grad[node]
		s.Contribution = chain.Contribution(s.Node, s.Operand, s.Local, s.Gradient)
		r.grad[to] += s.Contribution
		r.size[to] += math.Abs(s.Contribution)
		r.last[to] = len(r.steps)
		s.Sum = r.grad[to]
		r.steps = append(r.steps, s)
		r.visit(to)
	}
}

// firstWrong returns the first step after which the gradient of a node is final and wrong, or -1
// if there is none.
func (r *recursion) firstWrong() int {
	wrong := -1
	for i, v := range r.graph.Nodes {
		right := v.IsConst() || math.Abs(r.grad[i]-v.Grad) <= 1e-9*r.size[i] || r.grad[i] == v.Grad ||
			math.IsNaN(r.grad[i]) && math.IsNaN(v.Grad)
		if !right && (wrong < 0 || r.last[i] < wrong) {
			wrong = r.last[i]
		}
	}
	return wrong
}

// frames lists the first steps, and then the last ones before the wrong number.
func (r *recursion) frames(wrong int) {
	skipped := frame{Node: -1, Edge: -1, To: -1, Sets: map[int]shown{}}
	from, to := naiveShown, max(naiveShown, wrong-5)
	for i, s := range r.steps[:min(len(r.steps), max(naiveShown, wrong+1))] {
		f := r.frame(s, i+1)
		if from <= i && i < to {
			skipped.Sets[f.To] = f.Sets[f.To]
			if i+1 == to {
				skipped.Say = fmt.Sprintf("Steps %d to %d: these are left out here.", from+1, to)
				r.Naive = append(r.Naive, skipped)
			}
			continue
		}
		if i == wrong {
			f.Right = show(s.Parent().Grad)[0]
			f.Note = " This is the first wrong number: Backward has " + minus(f.Right) + "."
		}
		r.Naive = append(r.Naive, f)
	}
}

// verdict returns sentences about how the recursion ends.
func (r *recursion) verdict(wrong int, total float64) string {
	steps := fmt.Sprintf("Steps of the recursion: %.4g. Steps of Backward: %d.", total, r.stepCount)
	switch {
	case total > float64(len(r.steps)):
		steps = "It was stopped. " + steps
	case wrong >= 0:
		s := r.steps[wrong]
		d := r.Nodes[r.graph.Place[s.Parent()]].D
		steps = fmt.Sprintf("The first wrong number comes with step %d: %s is %s, and Backward has %s. %s",
			wrong+1, d, minus(formula.Short(s.Sum)), minus(formula.Short(s.Parent().Grad)), steps)
	case total == float64(r.stepCount):
		steps = "Here it gets every number right, since no result is used twice. " + steps
	default:
		steps = "Here it gets every number right, although a result is used twice. " + steps
	}
	if last := r.Naive[len(r.Naive)-1].Step; last < len(r.steps) {
		steps += fmt.Sprintf(" The list ends with step %d.", last)
	}
	return steps
}
