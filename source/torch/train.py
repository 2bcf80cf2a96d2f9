"""Trains the model in MODULE.py, which gradus wrote, in float64: on one process, or on many.

    python3 TRAIN.py DATA
    torchrun --nproc_per_node 2 TRAIN.py DATA

(PyTorch 1.13 with Python 3.11, as in Debian 12, needs the options -r 1 -t 1 before the name of the script.)

DATA is a .npz file with an array "inputs" that has a row for each sample and a column for each input of the
model, or a .csv file with the names of the inputs in its first row. Each step reduces the mean, over the
samples of a batch, of the model's (first) output. Of several processes each computes a part of the batch,
and DistributedDataParallel adds up the gradients, so that their number changes nothing but roundings.

The parameters come from MODULE.npz. The trained ones go there, too, unless -save names another file. In Go,
torch.ReadParams reads it.
"""

import argparse
import csv
import os

import numpy
import torch
import torch.distributed as dist
from torch.nn.parallel import DistributedDataParallel

import MODULE as module

OPTIMIZERS = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam, "adamw": torch.optim.AdamW}


def read(file):
    """Returns the samples in a file, a row for each."""
    if file.endswith(".csv"):
        with open(file, newline="") as f:
            rows = list(csv.DictReader(f, skipinitialspace=True))
        missing = [name for name in module.INPUTS if rows and name not in rows[0]]
        if missing or not rows:
            raise SystemExit(f"{file}: want rows, below the names {', '.join(module.INPUTS)}")
        samples = numpy.array([[float(row[name]) for name in module.INPUTS] for row in rows])
    else:
        samples = numpy.load(file)["inputs"].astype(numpy.float64)
    if samples.ndim != 2 or samples.shape[1] != len(module.INPUTS) or len(samples) == 0:
        raise SystemExit(f"{file}: the shape is {samples.shape}, want rows of {len(module.INPUTS)}")
    return torch.from_numpy(samples)


def parallel(model, samples):
    """Returns the model, ready for several processes if torchrun has started them."""
    if "RANK" not in os.environ:
        return model
    backward(model, samples[:1])
    unused = any(p.grad is None for p in model.parameters())
    model.zero_grad()
    dist.init_process_group("gloo")
    return DistributedDataParallel(model, find_unused_parameters=unused)


def backward(model, batch):
    """Leaves the gradient of the mean over a batch in the parameters. Returns the mean."""
    rank, processes = (dist.get_rank(), dist.get_world_size()) if dist.is_initialized() else (0, 1)
    outputs = model(batch[rank::processes])
    total = (outputs[0] if len(module.OUTPUTS) > 1 else outputs).sum()
    (total * processes / len(batch)).backward()  # DistributedDataParallel takes the mean of the processes
    mean = total.detach() / len(batch)
    if processes > 1:
        dist.all_reduce(mean)
    return mean.item()


def batches(samples, size, generator):
    """Returns the batches of an epoch: in the order of the samples, or shuffled if there is a generator."""
    if generator:
        samples = samples[torch.randperm(len(samples), generator=generator)]
    return samples.split(size)


def train(model, samples, args):
    """Trains the model. Prints, for each epoch, the mean of the losses that its batches had."""
    generator = torch.Generator().manual_seed(args.shuffle) if args.shuffle is not None else None
    optimizer = OPTIMIZERS[args.optimizer](model.parameters(), lr=args.rate)
    for epoch in range(1, args.epochs + 1):
        loss = 0.0
        for batch in batches(samples, args.batch, generator):
            optimizer.zero_grad()
            loss += backward(model, batch) * len(batch) / len(samples)
            optimizer.step()
        if is_first():
            print(f"epoch {epoch}: loss {loss!r}", flush=True)


def is_first():
    return not dist.is_initialized() or dist.get_rank() == 0


def end():
    """Ends the threads with which processes exchange numbers. One that outlives Python aborts its process."""
    if dist.is_initialized():
        dist.destroy_process_group()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data")
    parser.add_argument("-epochs", type=int, default=3)
    parser.add_argument("-batch", type=int, default=32, help="samples in a batch, of all processes")
    parser.add_argument("-rate", type=float, default=0.1)
    parser.add_argument("-optimizer", choices=OPTIMIZERS, default="sgd")
    parser.add_argument("-shuffle", type=int, metavar="SEED", help="shuffle the samples before each epoch")
    parser.add_argument("-save", metavar="FILE", default=module.PARAMETERS)
    args = parser.parse_args()
    model, samples = module.load(), read(args.data)
    train(parallel(model, samples), samples, args)
    if is_first():
        module.save(model, args.save)
    end()


if __name__ == "__main__":
    main()
