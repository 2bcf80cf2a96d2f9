"""Writes torch.json: a training as PyTorch does it in float64.

    python3 -P torch.py > torch.json

Run it where PyTorch is installed; Debian has it as python3-torch. -P keeps this file from
being taken for PyTorch. The tests read the JSON file only. Its numbers are the shortest
decimals that round to the same float64.

Everything takes part at once: a convolution, a mask of dropout, weights of samples, steps of
two batches, optimisers of groups with schedules, weight decay and a frozen bias, clipping, and
a validation loss. The order of the samples is that of package train, for the seed 5.
"""

import json
import math
import platform
import sys

import torch
from torch import nn
import torch.nn.functional as F

SEED = 20261130

ORDER = [[0, 1, 6, 4, 5, 2, 3], [0, 5, 3, 2, 6, 1, 4], [3, 5, 4, 1, 0, 2, 6],
         [3, 5, 0, 1, 4, 6, 2], [2, 3, 1, 4, 5, 0, 6]]  # of the samples, epoch by epoch

SEED_OF_TRAINING, BATCH, ACCUMULATE, CLIP, P = 5, 2, 2, 2.7, 0.25


def mask(epoch, row):
    """What dropout with p = 1/4 multiplies 18 numbers by, from the generator PCG-DXSM, of 128 bits.

    Package train seeds it with the seed and with epoch and row: epochs are counted from 1.
    """
    bits, state, numbers = 2 ** 64 - 1, SEED_OF_TRAINING << 64 | epoch << 32 ^ row, []
    for _ in range(18):
        state = (state * 0x2360ed051fc65da44385df649fccf645
                 + 0x5851f42d4c957f2d14057b7ef767814f) % 2 ** 128
        x, low = state >> 64, state & bits
        x = (x ^ x >> 32) * 0xda942042e4dd58b5 & bits
        x = (x ^ x >> 48) * (low | 1) & bits
        numbers.append(0.0 if (x & 2 ** 53 - 1) / 2 ** 53 < P else 1 / (1 - P))
    return numbers


def schedules():
    def cosine(start, end, steps):
        return lambda k: end + (start - end) * (1 + math.cos(math.pi * min(k, steps) / steps)) / 2

    def warm_up(steps, then):
        return lambda k: then(0) * (k + 1) / (steps + 1) if k < steps else then(k - steps)

    return [warm_up(3, cosine(0.2, 0.02, 6)), lambda k: 0.05 * 0.5 ** (k // 4),
            warm_up(2, lambda k: 0.02 * 0.9 ** k), lambda k: 0.01]


def optimisers(conv, dense):
    return [torch.optim.SGD([conv.weight], lr=1, momentum=0.9, nesterov=True, weight_decay=0.02),
            torch.optim.RMSprop([conv.bias], lr=1, momentum=0.5, centered=True, weight_decay=0.1),
            torch.optim.RMSprop([dense.weight], lr=1, alpha=0.9),
            torch.optim.AdamW([dense.bias], lr=1, weight_decay=0.3)]


class Training:
    def __init__(self):
        self.conv, self.dense = nn.Conv2d(1, 2, 3), nn.Linear(18, 3)
        self.frozen = nn.Parameter(torch.rand(1) - 0.5)  # is added to the first output
        self.trained = [*self.conv.parameters(), *self.dense.parameters()]
        for p in self.trained:
            p.data.uniform_(-0.5, 0.5)
        self.x, self.vx = torch.rand(7, 25) * 2 - 1, torch.rand(3, 25) * 2 - 1
        self.classes, self.v_classes = torch.tensor([0, 1, 2, 1, 0, 2, 1]), torch.tensor([2, 0, 1])
        self.weights, self.v_weights = torch.rand(7) * 4, torch.rand(3) * 4

    def params(self):
        """The parameters in the order of the project: of each filter and neuron, weights and bias."""
        rows = [torch.cat((m.weight.reshape(len(m.bias), -1), m.bias[:, None]), 1).reshape(-1)
                for m in (self.conv, self.dense)]
        return torch.cat([*rows, self.frozen]).tolist()

    def losses(self, x, classes, weights, masks):
        h = torch.tanh(self.conv(x.reshape(-1, 1, 5, 5))).reshape(-1, 18) * masks
        logits = self.dense(h) + self.frozen * torch.tensor([1.0, 0.0, 0.0])
        return weights * F.cross_entropy(logits, classes, reduction="none")

    def run(self):
        steps = [(o, torch.optim.lr_scheduler.LambdaLR(o, rate))
                 for o, rate in zip(optimisers(self.conv, self.dense), schedules())]
        losses, validation, norms = [], [], []
        for epoch, order in enumerate(ORDER, 1):
            batches = [order[i:i + BATCH] for i in range(0, len(order), BATCH)]
            for i in range(0, len(batches), ACCUMULATE):
                group = batches[i:i + ACCUMULATE]
                for rows in group:
                    masks = torch.tensor([mask(epoch, row) for row in rows])
                    batch = self.losses(self.x[rows], self.classes[rows], self.weights[rows], masks)
                    losses.append(batch.mean().item())
                    (batch.sum() / sum(len(b) for b in group)).backward()
                norms.append(nn.utils.clip_grad_norm_(self.trained, CLIP).item())
                for o, schedule in steps:
                    o.step()
                    schedule.step()
                for p in [*self.trained, self.frozen]:
                    p.grad = None
            with torch.no_grad():
                v = self.losses(self.vx, self.v_classes, self.v_weights, torch.ones(18))
                validation.append(v.mean().item())
        if not min(norms) < CLIP < max(norms):
            sys.exit(f"the norms are {norms}, want some that are clipped and some that are not")
        return {"losses": losses, "validation": validation}


def main():
    torch.set_default_dtype(torch.float64)
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    t = Training()
    before = t.params()
    result = t.run()
    contents = {
        "torch": torch.__version__, "python": platform.python_version(), "seed": SEED,
        "order": ORDER, "before": before, "after": t.params(), **result,
        "x": t.x.tolist(), "classes": t.classes.tolist(), "weights": t.weights.tolist(),
        "vx": t.vx.tolist(), "vclasses": t.v_classes.tolist(), "vweights": t.v_weights.tolist(),
    }
    lines = [json.dumps(key) + ": " + json.dumps(c, allow_nan=False) for key, c in contents.items()]
    sys.stdout.write("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    main()
