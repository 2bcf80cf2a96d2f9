"""Computes what modules return that package torch wrote, for tests.

    python3 values.py FOLDER <requests

A request is the name of a module in the folder and a row of inputs for each sample. For each there is a list of
the outputs of each sample, as hexadecimal floating-point numbers. The gradients of the sum of the first output
go into NAME_gradients.npz, under the names of the parameters, and the parameters, as they were loaded, into
NAME_saved.npz.
"""

import importlib
import json
import os
import sys

import numpy
import torch

torch.set_num_threads(1)
folder = sys.argv[1]
sys.path.insert(0, folder)
answers = []
for request in json.load(sys.stdin):
    name = request["Name"]
    module = importlib.import_module(name)
    model, inputs = module.load(), torch.tensor(request["Inputs"], dtype=torch.float64)
    outputs = model(inputs)
    outputs = outputs if isinstance(outputs, tuple) else (outputs,)
    if not (len(outputs) == len(module.OUTPUTS) and inputs.shape[1] == len(module.INPUTS)):
        sys.exit(f"{name}: {len(outputs)} outputs of {module.INPUTS}, want {module.OUTPUTS}")
    if outputs[0].requires_grad:  # it depends on a parameter
        outputs[0].sum().backward()
    one = model(inputs[0])  # a sample by itself, without the first index
    one = one[0] if isinstance(one, tuple) else one
    if one.shape != () or not torch.allclose(one, outputs[0][0], rtol=1e-13, atol=1e-13, equal_nan=True):
        sys.exit(f"{name}: {one} for the first sample, want {outputs[0][0]}")
    gradients = {n: (torch.zeros_like(p) if p.grad is None else p.grad) for n, p in model.named_parameters()}
    path = os.path.join(folder, name)
    numpy.savez(path + "_gradients.npz", **{n: g.numpy() for n, g in gradients.items()})
    module.save(model, path + "_saved.npz")
    answers.append([[v.hex() for v in row] for row in torch.stack(outputs, -1).tolist()])
print(json.dumps(answers))
