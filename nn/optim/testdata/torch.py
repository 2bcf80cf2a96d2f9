"""Writes torch.json: ten steps of each optimiser as PyTorch takes them in float64.

    python3 -P torch.py > torch.json

Run it where PyTorch is installed; Debian has it as python3-torch. -P keeps this file from
being taken for PyTorch. The tests read the JSON file only. Its numbers are the shortest
decimals that round to the same float64. "norm" is that of the gradient before it is clipped,
and null where it is not.
"""

import json
import platform
import sys

import torch
from torch.optim import SGD, Adam, AdamW
from torch.optim.lr_scheduler import CosineAnnealingLR, LinearLR

STEPS = 10
START = [-1.2, 1.0, -0.5, 0.8, 1.5]


def rosenbrock(x):
    """A curved valley in five dimensions, with its minimum of 0 at (1, 1, 1, 1, 1)."""
    return (100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2).sum()


def linear(optimizer):  # from the rate to a tenth of it in 5 steps, so that 5 are left
    return LinearLR(optimizer, start_factor=1.0, end_factor=0.1, total_iters=5)


def cosine(optimizer):
    return CosineAnnealingLR(optimizer, T_max=STEPS, eta_min=0.01)


# The name of a run, its optimiser, scheduler and the norm at which gradients are clipped.
RUNS = [
    ("SGD", lambda x: SGD(x, lr=2e-4), None, None),
    ("SGD, momentum", lambda x: SGD(x, lr=2e-4, momentum=0.9), None, None),
    ("SGD, decay", lambda x: SGD(x, lr=2e-4, weight_decay=5), None, None),
    ("SGD, momentum, decay", lambda x: SGD(x, lr=2e-4, momentum=0.9, weight_decay=5), None, None),
    ("SGD, linear rate", lambda x: SGD(x, lr=2e-4, momentum=0.5), linear, None),
    ("SGD, clipped", lambda x: SGD(x, lr=5e-4, momentum=0.9), None, 200),
    ("Adam", lambda x: Adam(x, lr=0.1), None, None),
    ("Adam, betas, epsilon", lambda x: Adam(x, lr=0.1, betas=(0.7, 0.9), eps=5), None, None),
    ("Adam, decay", lambda x: Adam(x, lr=0.1, weight_decay=50), None, None),
    ("Adam, cosine rate", lambda x: Adam(x, lr=0.1), cosine, None),
    ("Adam, clipped", lambda x: Adam(x, lr=0.1), None, 200),
    ("AdamW", lambda x: AdamW(x, lr=0.1), None, None),
    ("AdamW, decay", lambda x: AdamW(x, lr=0.1, weight_decay=0.5), None, None),
]


def run(make, schedule, limit):
    """The parameters after each step, and the norms of the gradients if they are clipped."""
    x = torch.tensor(START, dtype=torch.float64, requires_grad=True)
    optimizer = make([x])
    scheduler = schedule and schedule(optimizer)
    for _ in range(STEPS):
        optimizer.zero_grad()
        rosenbrock(x).backward()
        norm = limit and torch.nn.utils.clip_grad_norm_([x], limit).item()
        optimizer.step()
        if scheduler:
            scheduler.step()
        yield {"params": x.tolist(), "norm": norm}


def main():
    torch.set_num_threads(1)
    head = {"torch": torch.__version__, "python": platform.python_version(), "start": START}
    runs = []
    for name, *how in RUNS:  # one line a step, so that two versions of the file can be compared
        steps = ",\n".join(json.dumps(s, allow_nan=False) for s in run(*how))
        runs.append(json.dumps(name) + ": [\n" + steps + "\n]")
    sys.stdout.write(json.dumps(head)[:-1] + ',\n"runs": {\n' + ",\n".join(runs) + "\n}}\n")


if __name__ == "__main__":
    main()
