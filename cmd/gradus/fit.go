package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"os/signal"
	"slices"

	"github.com/urfave/cli/v3"
	"gonum.org/v1/gonum/mat"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/chart"
	"github.com/gradus-go/gradus/internal/finite"
	"github.com/gradus-go/gradus/internal/formula"
	"github.com/gradus-go/gradus/internal/program"
	"github.com/gradus-go/gradus/internal/program/progress"
	"github.com/gradus-go/gradus/replay"
)

func fitCommand() *cli.Command {
	method, rate, steps := "descent", 0.1, 100
	return onFormulas(&cli.Command{
		Name: "fit", Usage: "change the parameters until the result is small",
		Description: about("fit"),
		Flags: []cli.Flag{
			ofFlag(), byFlag("the parameters"),
			&cli.StringFlag{Name: "data", Usage: "the CSV `FILE`, or - for standard input"},
			setting("method", program.OneOf(&method, "descent", "newton"),
				"the `NAME` of the method: descent, or newton"),
			setting("rate", program.Between(&rate, 0, 1e9),
				"the `FACTOR` of a step; if not given, 0.1, or 1 with newton"),
			setting("steps", program.Whole(&steps, 0, 100_000), "the `NUMBER` of steps at most; if not given, 100"),
			pictureFlag("the losses"),
		},
	}, func(c *cli.Command, w io.Writer, p *problem) error {
		if err := canSave(c.String("o")); err != nil {
			return err
		}
		if c.String("by") != "" {
			if err := p.mustFit(); err != nil {
				return err
			}
		}
		if method == "newton" && !c.IsSet("rate") {
			rate = 1
		}
		f, err := p.newFit(method == "newton")
		if err != nil {
			return err
		}
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
		defer stop()
		p.stop() // run has a bar
		if err := f.run(ctx, w, c.Root().ErrWriter, rate, steps); err != nil {
			return err
		}
		return save(c.String("o"), chart.Chart{
			Title: "Fitting the parameters of " + f.name, X: chart.Axis{Label: "step", Whole: true},
			Y:      chart.Axis{Label: f.name, Log: slices.Min(f.losses) > 0},
			Series: []chart.Series{chart.Sequence("", chart.Line, f.losses...)},
		})
	})
}

// mustFit returns an error if one of the values by which the result is derived cannot be changed.
func (p *problem) mustFit() error {
	for _, v := range p.By {
		switch {
		case v.Op() != nil:
			return fmt.Errorf("-by: %s is computed from other values; want names of numbers", v.Name())
		case slices.Contains(p.data.names, v.Name()):
			return fmt.Errorf("-by: %s is a column of the data; want names of other numbers", v.Name())
		}
	}
	return nil
}

// A getter is the value of a flag, as package cli wants it.
type getter struct{ flag.Value }

func (g getter) Get() any { return g.Value }

func setting(name string, v flag.Value, usage string) cli.Flag {
	return &cli.GenericFlag{Name: name, Value: getter{v}, Usage: usage}
}

// A fit computes the mean loss of the rows of data, its derivatives, and steps downwards.
type fit struct {
	name    string
	by      []*gradus.Value
	program *replay.Program
	batch   *replay.Batch
	outputs int
	rows    []float64
	losses  []float64
	numeral func(float64) string // writes the number of a parameter
}

func (p *problem) newFit(newton bool) (f *fit, err error) {
	inputs := []*gradus.Value{gradus.New(0)}
	f = &fit{name: p.Root.Name(), numeral: formula.Exact}
	f.rows = []float64{0} // without use, if there are no data
	if p.Value("e") != nil {
		f.numeral = unscaled
	}
	if len(p.data.names) > 0 {
		inputs, f.rows = nil, p.data.rows
	}
	for _, name := range p.data.names {
		inputs = append(inputs, p.Value(name))
	}
	f.by = slices.DeleteFunc(p.By, func(v *gradus.Value) bool { return slices.Contains(inputs, v) })
	if len(f.by) == 0 {
		return nil, fmt.Errorf("there is no parameter that %s depends on; want one such as w = 0.5", f.name)
	}
	outputs := append([]*gradus.Value{p.Root}, gradus.Gradient(p.Root, f.by...)...)
	if newton {
		outputs = append(outputs, slices.Concat(gradus.Hessian(p.Root, f.by...)...)...)
	}
	f.outputs = len(outputs)
	if f.program, err = (replay.Recorder{Inputs: inputs, Params: f.by}).Record(outputs...); err == nil {
		f.batch = f.program.Batch(len(f.rows)/len(inputs), 0)
	}
	return f, err
}

// mean returns the loss, its gradient and its second derivatives, each as the mean over the rows.
func (f *fit) mean() []float64 {
	m := make([]float64, f.outputs)
	outputs := f.batch.Forward(f.rows)
	for i, x := range outputs {
		m[i%len(m)] += x / float64(len(outputs)/len(m))
	}
	return m
}

// direction returns the gradient or, in Newton's method, the solution s of H·s = gradient. Where the loss
// does not curve upwards in all directions, enough is added to the diagonal of H that it does. The unit of
// each parameter is that in which the diagonal is ±1, so that a small curvature counts beside a large one.
// Where no number is large enough, it is the gradient.
func (f *fit) direction(m []float64) []float64 {
	n := len(f.by)
	gradient, second := m[1:1+n], m[1+n:]
	if len(second) == 0 {
		return gradient
	}
	unit, g := make([]float64, n), mat.NewVecDense(n, nil)
	for i := range n {
		if unit[i] = 1; second[i*n+i] != 0 {
			unit[i] = 1 / math.Sqrt(math.Abs(second[i*n+i]))
		}
		g.SetVec(i, gradient[i]*unit[i])
	}
	for more := 0.0; more < 1e300; more = max(1e-6, 10*more) {
		h := mat.NewSymDense(n, nil)
		for i := range n {
			for j := range i + 1 {
				h.SetSym(i, j, second[i*n+j]*unit[i]*unit[j])
			}
			h.SetSym(i, i, h.At(i, i)+more)
		}
		var factors mat.Cholesky
		var s mat.VecDense
		if factors.Factorize(h) && factors.SolveVecTo(&s, g) == nil {
			for i := range n {
				s.SetVec(i, s.AtVec(i)*unit[i])
			}
			return s.RawVector().Data
		}
	}
	return gradient
}

// run takes the steps, until they change nothing any more. It prints about twenty of the losses, and the
// parameters.
func (f *fit) run(ctx context.Context, w, terminal io.Writer, rate float64, steps int) error {
	bar := progress.New(terminal, max(1, steps), "fitting")
	every := (steps + 19) / 20
	fmt.Fprintf(w, "#  step  %s\n", f.name)
	for step, goesOn := 0, true; goesOn; step++ {
		m := f.mean()
		if !finite.All(m...) {
			want := "other numbers to begin with"
			if step > 0 {
				want = fmt.Sprintf("a smaller -rate than %v, or %s", rate, want)
			}
			return failure{fmt.Errorf("%s is %s at step %d, or a derivative is not finite there; want %s",
				f.name, formula.Exact(m[0]), step, want)}
		}
		f.losses = append(f.losses, m[0])
		goesOn = false
		if step < steps && ctx.Err() == nil {
			for i, s := range f.direction(m) {
				x := &f.program.Numbers()[f.program.Index(f.by[i])]
				goesOn = goesOn || math.Abs(rate*s) > 1e-15*math.Abs(*x)
				*x -= float64(rate * s)
			}
		}
		_ = bar.Add(1)
		if !goesOn || step%every == 0 {
			_ = bar.Clear()
			fmt.Fprintf(w, "# %5d  %.6g\n", step, m[0])
		}
	}
	_ = bar.Finish()
	if ctx.Err() != nil {
		fmt.Fprintln(w, "# interrupted")
	}
	for _, v := range f.by {
		fmt.Fprintf(w, "%s = %s\n", v.Name(), f.numeral(f.program.Data(v)))
	}
	if first, last := f.losses[0], f.losses[len(f.losses)-1]; last > first {
		return failure{fmt.Errorf("%s has grown from %.4g to %.4g: the steps are too long; "+
			"want a smaller -rate than %v", f.name, first, last, rate)}
	}
	return nil
}
