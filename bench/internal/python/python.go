// Package python runs the variants of package bench that are written in Python, in one process
// that answers requests.
package python

import (
	"bytes"
	_ "embed"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
)

//go:embed bench.py
var program string

// A Process runs bench.py, which says what can be asked and what it answers.
type Process struct {
	cmd      *exec.Cmd
	requests io.WriteCloser
	answers  *json.Decoder
	stderr   bytes.Buffer
}

type versions struct{ Python, NumPy, BLAS, Torch string }

const install = "apt-get install python3-numpy libopenblas0-serial python3-torch"

// Start starts the first interpreter that has NumPy, Debian's before others, and says
// what takes part and what is missing.
func Start() (*Process, string) {
	for _, interpreter := range []string{"/usr/bin/python3", "python3"} {
		p, v, err := newProcess(interpreter)
		if err != nil {
			continue
		}
		if v.NumPy == "" {
			_ = p.Close()
			continue
		}
		about := fmt.Sprintf("Python %s, NumPy %s (%s)", v.Python, v.NumPy, v.BLAS)
		if v.Torch == "" {
			return p, about + "; PyTorch is missing: " + install
		}
		return p, about + ", PyTorch " + v.Torch
	}
	return nil, "NumPy and PyTorch are missing: " + install
}

func newProcess(interpreter string) (*Process, versions, error) {
	p := &Process{cmd: exec.Command(interpreter, "-c", program)}
	p.cmd.Env = append(slices.DeleteFunc(os.Environ(), func(s string) bool {
		return strings.HasPrefix(s, "OPENBLAS_")
	}), "OMP_NUM_THREADS=1", "OPENBLAS_NUM_THREADS=1", "MKL_NUM_THREADS=1")
	p.cmd.Stderr = &p.stderr
	requests, err := p.cmd.StdinPipe()
	if err != nil {
		return nil, versions{}, err
	}
	answers, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, versions{}, err
	}
	if err := p.cmd.Start(); err != nil {
		return nil, versions{}, err
	}
	p.requests, p.answers = requests, json.NewDecoder(answers)
	var v versions
	if err := p.answers.Decode(&v); err != nil {
		_ = p.Close()
		return nil, versions{}, err
	}
	return p, v, nil
}

// Close ends the process. It does nothing for nil.
func (p *Process) Close() error {
	if p == nil {
		return nil
	}
	_ = p.requests.Close() // it ends when its input does
	return p.cmd.Wait()
}

// Ask sends a request and decodes the answer.
func (p *Process) Ask(request map[string]any, answer any) error {
	if err := json.NewEncoder(p.requests).Encode(request); err != nil {
		return fmt.Errorf("python: %w", err)
	}
	if err := p.answers.Decode(answer); err != nil {
		_ = p.Close() // so that stderr is complete
		return fmt.Errorf("python: %w: %s", err, strings.TrimSpace(p.stderr.String()))
	}
	return nil
}

// Encode returns x as bench.py has it.
func Encode(x []float64) string {
	b := make([]byte, 0, 8*len(x))
	b, _ = binary.Append(b, binary.LittleEndian, x) // a slice of numbers cannot fail
	return base64.StdEncoding.EncodeToString(b)
}

// Decode returns what Encode was given.
func Decode(s string) ([]float64, error) {
	b, err := base64.StdEncoding.DecodeString(s)
	if err != nil {
		return nil, fmt.Errorf("python: %w", err)
	}
	x := make([]float64, len(b)/8)
	_, err = binary.Decode(b, binary.LittleEndian, x)
	return x, err
}
