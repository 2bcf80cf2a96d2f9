"""Writes the gradient of the mean over the first samples, for a test.

    torchrun gradient.py FOLDER SAMPLES FILE

The folder has model.py, model_train.py and samples.csv.
"""

import os
import sys

folder, samples, file = sys.argv[1], int(sys.argv[2]), sys.argv[3]
sys.path.insert(0, folder)

import model_train

model = model_train.module.load()
rows = model_train.read(os.path.join(folder, "samples.csv"))
model_train.backward(model_train.parallel(model, rows), rows[:samples])
if model_train.dist.get_world_size() != 2:
    sys.exit("want two processes")
if model_train.is_first():
    model_train.numpy.savez(file, **{n: p.grad.numpy() for n, p in model.named_parameters()})
model_train.end()
