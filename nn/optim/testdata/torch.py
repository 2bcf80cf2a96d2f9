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
from torch.optim import SGD, Adam, AdamW, RMSprop
from torch.optim.lr_scheduler import (
    CosineAnnealingLR,
    ExponentialLR,
    LambdaLR,
    LinearLR,
    SequentialLR,
    StepLR,
)

STEPS = 10
START = [-1.2, 1.0, -0.5, 0.8, 1.5]


def rosenbrock(x):
    """A curved valley in five dimensions, with its minimum of 0 at (1, 1, 1, 1, 1)."""
    return (100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2).sum()


def linear(optimizer):  # from the rate to a tenth of it in 5 steps, so that 5 are left
    return LinearLR(optimizer, start_factor=1.0, end_factor=0.1, total_iters=5)


def cosine(optimizer):
    return CosineAnnealingLR(optimizer, T_max=STEPS, eta_min=0.01)


def steps(optimizer):
    return StepLR(optimizer, step_size=3, gamma=0.5)


def exponential(optimizer):
    return ExponentialLR(optimizer, gamma=0.8)


def warmup(optimizer):  # in 4 steps, from a fifth of the rate
    first = LinearLR(optimizer, start_factor=1 / 5, total_iters=4)
    return SequentialLR(optimizer, [first, ExponentialLR(optimizer, gamma=0.8)], milestones=[4])


def warmup_lambda(optimizer):  # the same by a formula
    return LambdaLR(optimizer, lambda k: (k + 1) / 5 if k < 4 else 0.8 ** (k - 4))


def each(optimizer):  # a schedule for each of two groups
    return LambdaLR(optimizer, [lambda k: 0.8**k, lambda k: 0.5 ** (k // 3)])


def two(x):
    """Groups that lie side by side, with rates and decays of their own."""
    return [{"params": x[:2], "lr": 1e-4, "weight_decay": 5, "nesterov": False}, {"params": x[2:]}]


def no_decay(x):
    """Groups that lie apart: there is no decay on the second and the fourth."""
    return [{"params": [x[0], x[2], x[4]]}, {"params": [x[1], x[3]], "weight_decay": 0}]


def frozen(*which):
    """Groups as of no_decay, some parameters of which are not trained."""

    def groups(x):
        for i in which:
            x[i].requires_grad = False
        return no_decay(x)

    return groups


# The name of a run, its optimiser, scheduler and the norm at which gradients are clipped.
RUNS = [
    ("SGD", lambda x: SGD(x, lr=2e-4), None, None),
    ("SGD, momentum", lambda x: SGD(x, lr=2e-4, momentum=0.9), None, None),
    ("SGD, decay", lambda x: SGD(x, lr=2e-4, weight_decay=5), None, None),
    ("SGD, momentum, decay", lambda x: SGD(x, lr=2e-4, momentum=0.9, weight_decay=5), None, None),
    ("SGD, linear rate", lambda x: SGD(x, lr=2e-4, momentum=0.5), linear, None),
    ("SGD, clipped", lambda x: SGD(x, lr=5e-4, momentum=0.9), None, 200),
    ("SGD, Nesterov", lambda x: SGD(x, lr=2e-4, momentum=0.9, nesterov=True), None, None),
    (
        "SGD, Nesterov, decay",
        lambda x: SGD(x, lr=2e-4, momentum=0.9, nesterov=True, weight_decay=5),
        exponential,
        200,
    ),
    ("SGD, step decay", lambda x: SGD(x, lr=2e-4, momentum=0.5), steps, None),
    ("SGD, exponential rate", lambda x: SGD(x, lr=2e-4, momentum=0.5), exponential, None),
    ("SGD, warm-up", lambda x: SGD(x, lr=2e-4, momentum=0.5), warmup, None),
    ("SGD, warm-up by lambda", lambda x: SGD(x, lr=2e-4, momentum=0.5), warmup_lambda, None),
    ("RMSProp", lambda x: RMSprop(x, lr=0.01), None, None),
    ("RMSProp, alpha, epsilon", lambda x: RMSprop(x, lr=0.01, alpha=0.5, eps=5), None, None),
    ("RMSProp, momentum", lambda x: RMSprop(x, lr=0.01, momentum=0.9), None, None),
    ("RMSProp, centered", lambda x: RMSprop(x, lr=0.01, centered=True), None, None),
    (
        "RMSProp, all",
        lambda x: RMSprop(x, lr=0.01, alpha=0.9, momentum=0.5, centered=True, weight_decay=50),
        exponential,
        400,
    ),
    ("Adam", lambda x: Adam(x, lr=0.1), None, None),
    ("Adam, betas, epsilon", lambda x: Adam(x, lr=0.1, betas=(0.7, 0.9), eps=5), None, None),
    ("Adam, decay", lambda x: Adam(x, lr=0.1, weight_decay=50), None, None),
    ("Adam, cosine rate", lambda x: Adam(x, lr=0.1), cosine, None),
    ("Adam, clipped", lambda x: Adam(x, lr=0.1), None, 200),
    ("AdamW", lambda x: AdamW(x, lr=0.1), None, None),
    ("AdamW, decay", lambda x: AdamW(x, lr=0.1, weight_decay=0.5), None, None),
]

# The same of runs with groups of parameters, and what makes these.
GROUPS = [
    ("groups, SGD", lambda x: SGD(x, lr=2e-4, momentum=0.9, nesterov=True), None, None, two),
    ("groups, AdamW", lambda x: AdamW(x, lr=0.1, weight_decay=0.5), None, None, no_decay),
    ("groups, schedules", lambda x: RMSprop(x, lr=0.01), each, None, no_decay),
    ("groups, clipped", lambda x: Adam(x, lr=0.1, weight_decay=50), None, 200, no_decay),
    ("groups, frozen", lambda x: AdamW(x, lr=0.1, weight_decay=0.5), None, None, frozen(1, 3)),
    (
        "groups, frozen, clipped",
        lambda x: SGD(x, lr=5e-4, momentum=0.9, weight_decay=5),
        None,
        200,
        frozen(2),
    ),
]


def run(make, schedule, limit, groups=None):
    """The parameters after each step, and the norms of the gradients if they are clipped."""
    x = [torch.tensor(START, dtype=torch.float64, requires_grad=True)]
    if groups:
        x = [torch.tensor([s], dtype=torch.float64, requires_grad=True) for s in START]
    optimizer = make(groups(x) if groups else x)
    scheduler = schedule and schedule(optimizer)
    for _ in range(STEPS):
        optimizer.zero_grad()
        rosenbrock(torch.cat(x)).backward()
        norm = limit and torch.nn.utils.clip_grad_norm_(x, limit).item()
        optimizer.step()
        if scheduler:
            scheduler.step()
        yield {"params": torch.cat(x).tolist(), "norm": norm}


def main():
    torch.set_num_threads(1)
    head = {"torch": torch.__version__, "python": platform.python_version(), "start": START}
    runs = []
    for name, *how in RUNS + GROUPS:  # one line a step, so that two versions of the file can be compared
        lines = ",\n".join(json.dumps(s, allow_nan=False) for s in run(*how))
        runs.append(json.dumps(name) + ": [\n" + lines + "\n]")
    sys.stdout.write(json.dumps(head)[:-1] + ',\n"runs": {\n' + ",\n".join(runs) + "\n}}\n")


if __name__ == "__main__":
    main()
