"""Writes torch.json: layers as PyTorch computes them in float64.

    python3 -P torch.py > torch.json

Run it where PyTorch is installed; Debian has it as python3-torch. -P keeps this file from
being taken for PyTorch. The tests read the JSON file only. Its numbers are the shortest
decimals that round to the same float64.

Of each layer there are the parameters in the order of this project, inputs x, outputs y,
and the gradients of Σ v·y with respect to parameters and inputs.
"""

import json
import platform
import sys

import torch
from torch import nn
import torch.nn.functional as F

SEED = 20261130


def numbers(*tensors):
    return [v for t in tensors for v in t.detach().reshape(-1).tolist()]


def case(module, x, order, forward=None, **more):
    """order(read) lists what read returns of the parameters, in our order."""
    for p in module.parameters() if module else []:
        p.data.uniform_(-1, 1)
    y = (forward or module)(x)
    v = torch.rand_like(y) * 2 - 1
    (v * y).sum().backward()
    return {"params": order(lambda p: p.data), "grad": order(lambda p: p.grad), "x": numbers(x),
            "y": numbers(y), "v": numbers(v), "dx": numbers(x.grad) if x.is_floating_point() else [],
            **more}


def leaf(*shape):
    return (torch.rand(*shape) * 2 - 1).requires_grad_()


def rows(*matrices):
    """The rows of matrices side by side."""
    return [v for row in zip(*matrices) for m in row for v in numbers(m)]


def conv(channels, filters, size, stride, padding, height, width, bias=True, activation=lambda z: z):
    m = nn.Conv2d(channels, filters, size, stride, padding, bias=bias)
    order = lambda read: rows(*[read(p) for p in m.parameters()])
    return case(m, leaf(1, channels, height, width), order, lambda x: activation(m(x)))


def lstm(inputs, units, steps, every):
    m = nn.LSTM(inputs, units, batch_first=True)

    def order(read):
        biases = read(m.bias_ih_l0) + read(m.bias_hh_l0)
        if read(m.bias_ih_l0) is m.bias_ih_l0.grad:
            biases = read(m.bias_ih_l0)
        return rows(read(m.weight_ih_l0), read(m.weight_hh_l0), biases)

    return case(m, leaf(1, steps, inputs), order, lambda x: m(x)[0] if every else m(x)[0][:, -1])


def gru(inputs, units, steps, every):
    m = nn.GRU(inputs, units, batch_first=True)

    def order(read):
        i, h = read(m.weight_ih_l0), read(m.weight_hh_l0)
        bi, bh = read(m.bias_ih_l0), read(m.bias_hh_l0)
        both, n = (bi if bi is m.bias_ih_l0.grad else bi + bh), 2 * units
        return rows(i[:n], h[:n], both[:n]) + rows(i[n:], bi[n:]) + rows(h[n:], bh[n:])

    return case(m, leaf(1, steps, inputs), order, lambda x: m(x)[0] if every else m(x)[0][:, -1])


def attention(width, heads, positions, causal, bias):
    m = nn.MultiheadAttention(width, heads, bias=bias, batch_first=True)
    mask = torch.full((positions, positions), float("-inf")).triu(1) if causal else None

    def order(read):
        into = [read(m.in_proj_weight)] + ([read(m.in_proj_bias)] if bias else [])
        out = [read(p) for p in m.out_proj.parameters()]
        return rows(*into) + rows(*out)

    return case(m, leaf(1, positions, width), order, lambda x: m(x, x, x, attn_mask=mask)[0])


def layer_norm(width, positions):
    m = nn.LayerNorm(width)
    return case(m, leaf(positions, width), lambda read: numbers(*[read(p) for p in m.parameters()]))


def rms_norm(width, positions, scale=1.0):
    """nn.RMSNorm is younger than the version that Debian has: this is its definition."""
    m = nn.ParameterList([nn.Parameter(torch.ones(width))])
    x = (leaf(positions, width).detach() * scale).requires_grad_()
    epsilon = torch.finfo(torch.float64).eps
    return case(m, x, lambda read: numbers(read(m[0])),
                lambda x: x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + epsilon) * m[0])


def embedding():
    m = nn.Embedding(5, 3)
    return case(m, torch.tensor([4, 0, 4, 2]), lambda read: numbers(read(m.weight)))


def dropout(p, n):
    seed = torch.initial_seed() + 1

    def drop(x):
        torch.manual_seed(seed)
        return F.dropout(x, p)

    mask = drop(torch.ones(n))
    return case(None, leaf(n), lambda read: [], drop, mask=numbers(mask))


def pool(module, channels, height, width):
    return case(module, leaf(1, channels, height, width), lambda read: [])


def main():
    torch.set_default_dtype(torch.float64)
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    cases = {
        "conv": conv(2, 3, 3, 1, 0, 5, 4),
        "conv, padding": conv(1, 2, 3, 1, 1, 4, 4, activation=torch.tanh),
        "conv, stride": conv(2, 2, 3, 2, 2, 6, 5, bias=False, activation=torch.relu),
        "max": pool(nn.MaxPool2d(2), 2, 5, 4),
        "max, stride": pool(nn.MaxPool2d(3, 2), 1, 7, 6),
        "mean": pool(nn.AvgPool2d(2), 2, 5, 4),
        "mean, stride": pool(nn.AvgPool2d(3, 2), 1, 7, 6),
        "lstm": lstm(3, 4, 5, False),
        "lstm, every": lstm(2, 2, 3, True),
        "gru": gru(3, 4, 5, False),
        "gru, every": gru(2, 2, 3, True),
        "attention": attention(4, 1, 3, True, True),
        "attention, heads": attention(6, 3, 4, True, False),
        "attention, full": attention(4, 2, 3, False, True),
        "layer norm": layer_norm(5, 3),
        "rms norm": rms_norm(5, 3),
        "rms norm, small": rms_norm(3, 2, 1e-8),
        "embedding": embedding(),
        "dropout": dropout(0.3, 8),
    }
    head = {"torch": torch.__version__, "python": platform.python_version(), "seed": SEED}
    lines = [json.dumps(name) + ": " + json.dumps(c, allow_nan=False) for name, c in cases.items()]
    sys.stdout.write(json.dumps(head)[:-1] + ',\n"cases": {\n' + ",\n".join(lines) + "\n}}\n")


if __name__ == "__main__":
    main()
