package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

const (
	steps     = 1000 // of training
	names     = "internal/corpus/names2018.txt.gz"
	reference = "examples/gpt/testdata/names2018.txt"
)

// readReference returns the losses of the original program.
func readReference() (losses []float64, err error) {
	text, err := os.ReadFile(reference)
	if err != nil {
		return nil, fmt.Errorf("%w: want the root of a checkout as the current folder", err)
	}
	for line := range strings.Lines(string(text)) {
		if x, err := strconv.ParseFloat(strings.TrimSpace(line), 64); err == nil {
			losses = append(losses, x)
		}
	}
	if len(losses) != steps {
		return nil, fmt.Errorf("%s has %d losses, want %d", reference, len(losses), steps)
	}
	return losses, nil
}

// A variant is a program that trains.
type variant struct {
	name    string
	command []string
	steps   int
	reports bool // prints all losses, and last the seconds of CPU that all 1,000 steps take
}

// findVariants builds the example in a folder and looks for Python. It also returns a text that names
// the versions of Python and PyTorch, or says how to install what is missing.
func findVariants(folder string, pythonSteps int) (all []variant, python string, err error) {
	gpt := filepath.Join(folder, "gpt")
	build := exec.Command("go", "build", "-ldflags=-funcalign=64", "-o", gpt, "./examples/gpt")
	if out, err := build.CombinedOutput(); err != nil {
		return nil, "", fmt.Errorf("go build ./examples/gpt: %w: %s", err, bytes.TrimSpace(out))
	}
	for _, mode := range []string{"", "exact", "eager"} {
		v := variant{name: "gradus", command: []string{gpt, "-quick"}, steps: steps}
		if mode != "" {
			v.name += ", " + mode
			v.command = append(v.command, "-mode", mode)
		}
		all = append(all, v)
	}
	const install = "apt-get install python3-torch"
	plain, version := interpreter("import sys; print('Python', sys.version.split()[0])")
	torch, torchVersion := interpreter("import torch; print('PyTorch', torch.__version__)")
	switch {
	case plain == "":
		return all, "Python and PyTorch are missing: " + install, nil
	case torch == "":
		python = version + "; PyTorch is missing: " + install
	default:
		python = version + ", " + torchVersion
		all = append(all, variant{
			"PyTorch", []string{torch, "bench/names/pytorch.py", names, strconv.Itoa(steps)}, steps, true,
		})
	}
	all = append(all, variant{
		"plain Python",
		[]string{plain, "bench/names/python.py", names, strconv.Itoa(pythonSteps)},
		pythonSteps, true,
	})
	return all, python, nil
}

// interpreter returns the first Python that runs a program, Debian's before others, and what that prints.
func interpreter(program string) (python, output string) {
	for _, python := range []string{"/usr/bin/python3", "python3"} {
		if out, err := exec.Command(python, "-c", program).Output(); err == nil {
			return python, strings.TrimSpace(string(out))
		}
	}
	return "", ""
}

// A result is how many seconds of CPU a program takes for all steps, and how many of them are training
// alone.
type result struct{ cpu, training float64 }

// least keeps the shorter times.
func (r *result) least(next result) {
	if r.cpu == 0 {
		*r = next
	}
	r.cpu, r.training = min(r.cpu, next.cpu), min(r.training, next.training)
}

// run runs the program. It returns an error if the losses that it prints are not those that are wanted.
func (v variant) run(want []float64) (result, error) {
	output, cpu, err := execute(v.command)
	if err != nil {
		return result{}, err
	}
	if !v.reports {
		return result{cpu: cpu}, checkRows(output, want)
	}
	var numbers []float64
	for lines := bufio.NewScanner(output); lines.Scan(); {
		x, err := strconv.ParseFloat(lines.Text(), 64)
		if err != nil {
			return result{}, err
		}
		numbers = append(numbers, x)
	}
	if len(numbers) != v.steps+1 {
		return result{}, fmt.Errorf("it prints %d numbers, want %d losses and a time", len(numbers), v.steps)
	}
	for i, loss := range numbers[:v.steps] {
		if !(math.Abs(loss-want[i]) <= 1e-9*want[i]) {
			return result{}, fmt.Errorf("the loss of step %d is %v, want %v", i+1, loss, want[i])
		}
	}
	training := numbers[v.steps]
	if v.steps < steps {
		cpu = training // the time of the process is that of fewer steps
	}
	return result{cpu, training}, nil
}

// execute runs a program, and returns what it prints and how many seconds of CPU it took.
func execute(command []string) (output *bytes.Buffer, cpu float64, err error) {
	var stdout, stderr bytes.Buffer
	c := exec.Command(command[0], command[1:]...)
	c.Stdout, c.Stderr = &stdout, &stderr
	c.Env = append(os.Environ(), "OMP_NUM_THREADS=1", "OPENBLAS_NUM_THREADS=1")
	if err := c.Run(); err != nil {
		return nil, 0, fmt.Errorf("%w: %s", err, bytes.TrimSpace(stderr.Bytes()))
	}
	return &stdout, (c.ProcessState.UserTime() + c.ProcessState.SystemTime()).Seconds(), nil
}

// loop returns how many seconds of CPU 1,000 steps of a program of gradus take by themselves: a tenth of
// the difference between 11,000 steps and 1,000, which took whole.
func (v variant) loop(whole float64) (float64, error) {
	const times = 11
	longer := append(slices.Clip(v.command), "-steps", strconv.Itoa(times*steps))
	_, cpu, err := execute(longer)
	return (cpu - whole) / (times - 1), err
}

// checkRows compares the losses in the table that examples/gpt prints.
func checkRows(output *bytes.Buffer, want []float64) error {
	rows := 0
	for lines := bufio.NewScanner(output); lines.Scan(); {
		fields := strings.Fields(lines.Text())
		if len(fields) != 3 {
			continue
		}
		step, err := strconv.Atoi(fields[0])
		if err != nil || step < 1 || step > steps {
			continue
		}
		rows++
		if loss := fmt.Sprintf("%.4f", want[step-1]); fields[1] != loss {
			return fmt.Errorf("the loss of step %d is %s, want %s", step, fields[1], loss)
		}
	}
	if rows < 10 {
		return errors.New("it prints no table of losses")
	}
	return nil
}
