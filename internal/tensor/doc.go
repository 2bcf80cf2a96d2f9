// Package tensor reads and writes arrays of float64 in the files of other engines: .npz, which
// NumPy, PyTorch and JAX read without another package, and .safetensors.
package tensor
