// Package python runs what of the benchmarks is written in Python, in processes that answer
// requests.
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

// The programs, each of which says what can be asked and what it answers.
var (
	//go:embed bench.py
	Bench string
	//go:embed epoch.py
	Epoch string
)

//go:embed serve.py
var serve string

// A Process runs one of the programs.
type Process struct {
	// On how many threads OpenBLAS and PyTorch run, whatever they were asked for; 0 if that is
	// not known.
	BLASThreads, TorchThreads int

	cmd      *exec.Cmd
	requests io.WriteCloser
	answers  *json.Decoder
	stderr   bytes.Buffer
}

type versions struct {
	Python, NumPy, BLAS, Torch string
	BLASThreads, TorchThreads  int
}

const install = "apt-get install python3-numpy libopenblas0-serial python3-torch"

// Start starts the first interpreter that has NumPy, Debian's before others, on so many threads,
// and says what takes part and what is missing.
func Start(program string, threads int) (*Process, string) {
	for _, interpreter := range []string{"/usr/bin/python3", "python3"} {
		p, v, err := newProcess(interpreter, program, threads)
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

func newProcess(interpreter, program string, threads int) (*Process, versions, error) {
	p := &Process{cmd: exec.Command(interpreter, "-c", serve+program)}
	p.cmd.Env = slices.DeleteFunc(os.Environ(), func(s string) bool {
		return strings.HasPrefix(s, "OPENBLAS_")
	})
	for _, library := range []string{"OMP", "OPENBLAS", "MKL"} {
		p.cmd.Env = append(p.cmd.Env, fmt.Sprintf("%s_NUM_THREADS=%d", library, threads))
	}
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
	p.BLASThreads, p.TorchThreads = v.BLASThreads, v.TorchThreads
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

// Encode returns x as the programs have it.
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
