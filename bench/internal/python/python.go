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

// The programs. The comment at the top of each says which requests it answers, and how.
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
	// The number of threads that OpenBLAS and PyTorch really use, which may differ from what
	// Start was given; 0 if it is not known.
	BLASThreads, TorchThreads int

	cmd      *exec.Cmd
	requests io.WriteCloser
	answers  *json.Decoder
	stderr   bytes.Buffer
}

// versions are the first answer of each program. What is not installed is "" or 0.
type versions struct {
	Python, NumPy, BLAS, Torch string
	BLASThreads, TorchThreads  int
}

const install = "apt-get install python3-numpy libopenblas0-serial python3-torch"

// Start starts a program in the first Python interpreter that has NumPy, Debian's before others, and
// lets NumPy and PyTorch use that many threads. It returns the process and a text that names the
// versions in use, or says how to install what is missing. The process is nil if there is no
// NumPy.
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
	_ = p.requests.Close() // the program ends when its input does
	return p.cmd.Wait()
}

// Ask sends a request and stores what the program answers in answer, a pointer, as json.Unmarshal
// does. It returns an error with the program's stderr if the program ends instead.
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

// Encode returns numbers in the form in which the programs read and write them.
func Encode(x []float64) string {
	b := make([]byte, 0, 8*len(x))
	b, _ = binary.Append(b, binary.LittleEndian, x) // a slice of numbers cannot fail
	return base64.StdEncoding.EncodeToString(b)
}

// Decode returns the numbers that were encoded.
func Decode(s string) ([]float64, error) {
	b, err := base64.StdEncoding.DecodeString(s)
	if err != nil {
		return nil, fmt.Errorf("python: %w", err)
	}
	x := make([]float64, len(b)/8)
	_, err = binary.Decode(b, binary.LittleEndian, x)
	return x, err
}
