package torch

import (
	_ "embed" // train.py
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/gradus-go/gradus/internal/wholefile"
	"github.com/gradus-go/gradus/replay"
)

//go:embed train.py
var train string

// Module returns a program as a file of Python with an nn.Module of PyTorch, in float64. Its
// parameters have the names of ours, as far as they are identifiers of Python, and what replay
// multiplies as a matrix is one there, named after what its elements have in common:
// layer1.neuron1.w1, layer1.neuron1.w2, … are layer1_neuron_w. The method forward takes a tensor
// whose last index goes through the inputs, in the order of the recording, with a row for each
// sample, say. It returns the output for each sample, or a tuple if there are several.
//
// Values and gradients are those of the program up to rounding, but where the condition of a Where is NaN:
// the program computes NaN there, and PyTorch takes what Where chooses if the condition is 0. The file ends
// with functions that load and save the parameters: those that [WriteParams] writes and [ReadParams] reads.
// The bytes depend on nothing but the program.
//
// It returns an error that names the function if the program has one that is not of package gradus.
// It panics if the program is nil or zero.
func Module(p *replay.Program) (string, error) {
	text, err := newModule(p, "Module").text()
	if err != nil {
		return "", fmt.Errorf("torch: Module: %w", err)
	}
	return text, nil
}

var moduleName = regexp.MustCompile(`^[A-Za-z_]\w*$`)

// mustImport returns an error if Python cannot import a file with that name.
func mustImport(name string) error {
	if !moduleName.MatchString(name) || newNames(keywords, imported)[name] > 0 {
		return fmt.Errorf("%q cannot be the name of a module of Python, want letters, digits and underscores, "+
			"as in model", name)
	}
	return nil
}

// Write writes what [Module] returns into a file, such as model.py, and two more beside it. The
// file model.npz has the numbers of the parameters, as [WriteParams] writes them. model_train.py
// trains the model on one process or, started by torchrun, on many:
//
//	python3 model_train.py samples.npz
//	torchrun --nproc_per_node 4 model_train.py samples.npz
//
// Its option -h explains it. Files with these names are overwritten.
//
// It returns the errors of [Module], and an error if a file cannot be written or does not end in
// .py. It panics if the program is nil or zero.
func Write(file string, p *replay.Program) error {
	m := newModule(p, "Write")
	base, isPython := strings.CutSuffix(file, ".py")
	name := filepath.Base(base)
	if !isPython {
		return fmt.Errorf("torch: Write: %s: the ending is %q, want .py", file, filepath.Ext(file))
	}
	if err := mustImport(name); err != nil {
		return fmt.Errorf("torch: Write: %w", err)
	}
	text, err := m.text()
	if err != nil {
		return fmt.Errorf("torch: Write: %s: %w", file, err)
	}
	script := strings.NewReplacer("MODULE", name, "TRAIN", name+"_train").Replace(train)
	err = errors.Join(
		wholefile.Write(file, []byte(text)), wholefile.Write(base+"_train.py", []byte(script)),
		WriteParams(base+".npz", p),
	)
	if err != nil {
		return fmt.Errorf("torch: Write: %w", err)
	}
	return nil
}
