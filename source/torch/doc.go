// Package torch writes a recorded program for PyTorch: as a module with matrices, its parameters,
// and a script that trains them on one process or on many. The parameters come back from files that
// NumPy, PyTorch and JAX write:
//
//	err := torch.Write("model.py", p) // and model.npz, model_train.py
//	…                                 // torchrun --nproc_per_node 8 model_train.py samples.csv
//	err = torch.ReadParams("model.npz", p)
//	p.Store() // the trained numbers go back into the Values
package torch
