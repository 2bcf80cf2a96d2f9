package formulas

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/finite"
	"github.com/gradus-go/gradus/internal/formulary"
	"github.com/gradus-go/gradus/play/internal/written"
	"github.com/gradus-go/gradus/source"
)

// A Code is a program, or a command.
type Code struct {
	Text string `json:"text"`
}

// Command returns the command that prints the numbers of the view in a terminal.
func Command(a Asked) (Code, error) {
	r, _, err := a.read()
	if err != nil {
		return Code{}, err
	}
	command := "gradus eval"
	if a.Of != "" {
		command = written.Shell(command+" -of", a.Of)
	}
	if a.By != "" {
		command = written.Shell(command+" -by", a.By)
	}
	args := []string{strings.TrimSpace(r.Text)}
	for k, name := range r.Guessed {
		args = append(args, fmt.Sprint(name, "=", formulary.Guess(k)))
	}
	return Code{written.Shell(command, args...)}, nil
}

// A program is what Go writes: all values with a gradient, and the leaves among them.
type program struct {
	root        string
	all, leaves []*gradus.Value
}

// Go returns a program that computes the values and gradients with the standard library alone, and prints
// them with all digits.
func Go(a Asked) (Code, error) {
	r, _, err := a.read()
	if err != nil {
		return Code{}, err
	}
	p := program{root: r.Root.Name()}
	for _, name := range r.Names() {
		if v := r.Value(name); !v.IsConst() && v.HasGrad() {
			p.all = append(p.all, v)
			if v.Op() == nil {
				p.leaves = append(p.leaves, v)
			}
		}
	}
	g := source.Go{Package: "main", Named: true, Params: p.leaves, Origin: "From the formulas:\n\n\t" +
		strings.ReplaceAll(strings.TrimSpace(r.String()), "\n", "\n\t") + "\n\nby the playground of Gradus."}
	text, err := g.Graph(r.Root)
	if err != nil {
		return Code{}, err
	}
	return Code{p.withMain(string(text))}, nil
}

// withMain adds a function main to a program, which prints what Gradient computes of the values with names.
func (p *program) withMain(text string) string {
	var numbers []string
	for _, v := range p.leaves {
		numbers = append(numbers, finite.Literal(v.Data))
	}
	needsMath := slices.ContainsFunc(numbers, func(s string) bool { return strings.HasPrefix(s, "math.") })
	imports := "import (\n\t\"fmt\"\n"
	if strings.Contains(text, "\nimport \"math\"\n") || needsMath {
		imports += "\t\"math\"\n"
	}
	text = strings.Replace(text, "\nimport \"math\"\n", "", 1)
	head, rest, _ := strings.Cut(text, "\npackage main\n")
	return head + "\npackage main\n\n" + imports + ")\n\n" + fmt.Sprintf(`func main() {
	numbers := [...]float64{%s}
	var gradient [%d]float64
	values, gradients := map[string]float64{}, map[string]float64{}
	Gradient(&numbers, &gradient, values, gradients)
	for k, name := range []string{%s} {
		values[name], gradients[name] = numbers[k], gradient[k]
	}
	for _, name := range []string{%s} {
		fmt.Println(name, "=", values[name], %s+name, "=", gradients[name])
	}
}
`, strings.Join(numbers, ", "), len(p.leaves), list(p.leaves), list(p.all), strconv.Quote("d"+p.root+"/d")) +
		"\n" + strings.TrimLeft(rest, "\n")
}

// list returns the names of values as Go.
func list(values []*gradus.Value) string {
	var names []string
	for _, v := range values {
		names = append(names, strconv.Quote(v.Name()))
	}
	return strings.Join(names, ", ")
}
