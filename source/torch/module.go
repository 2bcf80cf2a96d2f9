package torch

import (
	"fmt"
	"strings"

	"github.com/gradus-go/gradus/internal/listing"
	"github.com/gradus-go/gradus/replay"
)

// A module is a program on its way to Python.
type module struct {
	forward
	params, constants []*piece
	inputs            []string
	named             bool // some input has a label
}

// newModule names the parameters and the inputs of a program. function is the name of the calling
// function, for the text of a panic.
func newModule(p *replay.Program, function string) *module {
	mustBeRecorded(p, function)
	m := &module{forward: forward{memory: newMemory(listing.Of(p)), names: newNames(keywords, taken)}}
	m.alone = map[int32]string{}
	attributes, columns := newNames(keywords, taken), names{}
	for i, s := range m.Slots[:m.Inputs] {
		label := m.labels[s]
		if label == "" {
			label = fmt.Sprintf("x%d", i)
		} else {
			m.named = true
		}
		m.inputs = append(m.inputs, columns.unused(label))
	}
	for _, p := range m.pieces {
		switch {
		case p.role == input:
			p.name = "inputs"
		case p.role == param:
			m.params = append(m.params, p)
			p.name = "self." + attributes.unused(m.labelled(p.start, p.n, fmt.Sprintf("w%d", len(m.params))))
		case p.read && !p.scalar:
			m.constants = append(m.constants, p)
			p.name = fmt.Sprintf("self._constant%d", len(m.constants))
		}
	}
	return m
}

// mustBeRecorded panics if the program was not made by Record.
func mustBeRecorded(p *replay.Program, function string) {
	defer func() {
		if recover() != nil {
			panic("torch: " + function + ": the Program is nil or zero, want one that replay.Record returned")
		}
	}()
	p.Params() // panics if there is no program
}

// text returns the file.
func (m *module) text() (string, error) {
	m.nameInputs()
	for i := range m.Insts {
		if err := m.inst(&m.Insts[i]); err != nil {
			return "", err
		}
	}
	outputs, returned := m.outputs()
	body := m.class(returned)
	var t strings.Builder
	fmt.Fprintf(&t, "\"\"\"%s, for PyTorch: a graph with %s and %s.\n\n"+
		"Package torch of gradus wrote it from a recorded program. Do not edit it: write\n"+
		"it again. In forward, the last index of a tensor goes through its elements, and\n"+
		"those before it through the samples.\n\"\"\"\n\n",
		outputs[0], count(m.Inputs, "input"), count(m.Params, "parameter"))
	definitions := define(body)
	t.WriteString("import os\n\nimport numpy\nimport torch\n")
	if strings.Contains(body+definitions, "F.") {
		t.WriteString("import torch.nn.functional as F\n")
	}
	inputs := tuple("INPUTS", m.inputs)
	if !m.named {
		inputs = fmt.Sprintf("INPUTS = tuple(f\"x{i}\" for i in range(%d))", m.Inputs)
	}
	fmt.Fprintf(&t, "\n%s\n%s\n", inputs, tuple("OUTPUTS", outputs))
	t.WriteString("PARAMETERS = os.path.splitext(os.path.abspath(__file__))[0] + \".npz\"\n")
	for _, line := range m.indices {
		t.WriteString(broken(line) + "\n")
	}
	t.WriteString(body + definitions)
	return t.String(), nil
}

// nameInputs gives variables to the inputs that have labels and that an instruction reads alone.
func (m *module) nameInputs() {
	for i := range m.Insts {
		for _, r := range reads(&m.Insts[i]) {
			if m.role[r.at] == input && r.n == 1 && m.alone[r.at] == "" && identifier(m.labels[r.at]) != "" {
				v := m.element(r.at)
				m.alone[r.at] = m.names.unused(identifier(m.labels[r.at]))
				m.lines = append(m.lines, m.alone[r.at]+" = "+v.text)
			}
		}
	}
}

// outputs returns the names of the outputs, and what is returned.
func (m *module) outputs() (outputs []string, returned string) {
	for k, i := range m.Outputs {
		v := m.element(m.Slots[i])
		v.text = v.tensor()
		if !v.batched {
			v.text += ".expand(inputs.shape[:-1])"
		}
		if k > 0 {
			returned += ", "
		}
		returned += v.text
		label := identifier(m.Names[i])
		if label == "" {
			label = fmt.Sprintf("output%d", k)
		}
		outputs = append(outputs, label)
	}
	if len(outputs) > 1 {
		returned = "(" + returned + ")" // so that the line can be broken
	}
	return outputs, returned
}

// class returns the class.
func (m *module) class(returned string) string {
	var t strings.Builder
	t.WriteString("\n\nclass Model(torch.nn.Module):\n    def __init__(self):\n        super().__init__()\n")
	for _, p := range m.params {
		shape := strings.Trim(strings.ReplaceAll(fmt.Sprint(p.shape()), " ", ", "), "[]")
		fmt.Fprintf(&t, "        %s = _parameter(%s)\n", p.name, shape)
	}
	for _, p := range m.constants {
		var numbers []string
		for _, x := range m.Numbers[p.start : p.start+p.n] {
			numbers = append(numbers, literal(x))
		}
		name := strings.TrimPrefix(p.name, "self.")
		numbers[0] = fmt.Sprintf("[%s", numbers[0])
		end := "], dtype=torch.float64)"
		if p.columns > 0 {
			end += fmt.Sprintf(".reshape(-1, %d)", p.columns)
		}
		t.WriteString(wrapped(fmt.Sprintf("        self.register_buffer(%q, torch.tensor(", name), numbers,
			end+", persistent=False)") + "\n")
	}
	t.WriteString("\n    def forward(self, inputs):\n")
	for _, line := range append(m.lines, "return "+returned) {
		t.WriteString(broken("        "+line) + "\n")
	}
	return t.String()
}
