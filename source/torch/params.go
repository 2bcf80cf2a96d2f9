package torch

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/gradus-go/gradus/internal/tensor"
	"github.com/gradus-go/gradus/internal/wholefile"
	"github.com/gradus-go/gradus/replay"
)

// WriteParams writes the numbers of a program's parameters, those of [replay.Program.Numbers], into a
// file, whose ending says how: .npz, which NumPy, PyTorch and JAX read without another package, or
// .safetensors. It has the arrays that the module of [Module] has, with the same names and shapes.
//
// Whatever happens, the file has either its old contents or all of the new ones.
//
// It returns an error if the file cannot be written or has another ending. It panics if the program
// is nil or zero.
func WriteParams(file string, p *replay.Program) error {
	arrays, places := newModule(p, "WriteParams").tensors()
	for i := range arrays {
		for _, k := range places[i] {
			arrays[i].Data = append(arrays[i].Data, p.Numbers()[k])
		}
	}
	var b bytes.Buffer
	err := tensor.Write(&b, file, arrays)
	if err == nil {
		err = wholefile.Write(file, b.Bytes())
	}
	if err != nil {
		return fmt.Errorf("torch: WriteParams: %s: %w", file, err)
	}
	return nil
}

// ReadParams reads the numbers of a program's parameters from a file that [WriteParams] wrote, or
// that NumPy, PyTorch or JAX wrote with arrays of the same names and shapes. [replay.Program.Store]
// then copies them into the Values. Numbers of 32 bits are taken, too, and other arrays are
// ignored.
//
// It returns an error that names the array, and leaves the program as it is, if one is missing or
// has another shape, if its numbers are no floating-point numbers, or if the file is damaged. It
// panics if the program is nil or zero.
func ReadParams(file string, p *replay.Program) error {
	arrays, places := newModule(p, "ReadParams").tensors()
	if err := tensor.Read(file, arrays); err != nil {
		return fmt.Errorf("torch: ReadParams: %s: %w", file, err)
	}
	for i, a := range arrays {
		for j, k := range places[i] {
			p.Numbers()[k] = a.Data[j]
		}
	}
	return nil
}

// tensors returns the arrays of the parameters without numbers, and where in Data each of their
// numbers is.
func (m *module) tensors() (arrays []tensor.Tensor, places [][]int) {
	at := make([]int, len(m.Numbers))
	for k, node := range m.Order {
		at[m.Slots[node]] = k
	}
	for _, piece := range m.params {
		name := strings.TrimPrefix(piece.name, "self.")
		arrays = append(arrays, tensor.Tensor{Name: name, Shape: piece.shape()})
		places = append(places, at[piece.start:piece.start+piece.n])
	}
	return arrays, places
}
