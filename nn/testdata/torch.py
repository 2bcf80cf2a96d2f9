"""Writes torch.json: activations, losses and networks as PyTorch computes them in float64.

    python3 -P torch.py > torch.json

Run it where PyTorch is installed; Debian has it as python3-torch. -P keeps this file from
being taken for PyTorch. The tests read the JSON file only. Its numbers are the shortest
decimals that round to the same float64.
"""

import json
import math
import platform
import random
import sys

import torch
import torch.nn.functional as F

SEED = 20250602
POINTS = 20  # ordinary points of each activation
WIDTHS = [1, 2, 3, 10, 40]  # numbers of outputs that the losses see
MORE_WIDTHS = [1, 2, 7]  # and those of MORE_LOSSES
KINKS = [3.0, -3.0, 6.0]  # of activations, besides the edges
EDGES = [0.0, 1.0, -1.0, 20.0, -20.0, 40.0, -40.0, 800.0, -800.0]


def softplus(z):
    return F.softplus(z, threshold=40.0)  # from there on it is z, and to 53 bits it is


ACTIVATIONS = {
    "identity": lambda z: 1 * z,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "ReLU": F.relu,
    "softplus": softplus,
    "scaledSigmoid(0.01)": lambda z: torch.sigmoid(0.01 * z),
    "scaledSigmoid(-2.5)": lambda z: torch.sigmoid(-2.5 * z),
    "leakyReLU(0.01)": F.leaky_relu,
    "leakyReLU(0.25)": lambda z: F.leaky_relu(z, 0.25),
}
# Each has the targets it is meant for.
LOSSES = {
    "HalfSquaredError": ("any", lambda y, t: 0.5 * F.mse_loss(y, t, reduction="sum")),
    "SumSquaredErrors": ("any", lambda y, t: F.mse_loss(y, t, reduction="sum")),
    "MeanSquaredError": ("any", F.mse_loss),
    "BinaryCrossEntropy": ("bits", F.binary_cross_entropy_with_logits),
    "SoftmaxCrossEntropy": ("classes", F.cross_entropy),
    "Hinge": ("signs", lambda y, t: F.relu(1 - t * y).mean()),
}


def hardsigmoid(z):
    """F.hardsigmoid, whose slope 1/6 PyTorch 1.13 rounds to float32."""
    return F.relu6(z + 3) / 6


def hardswish(z):
    """F.hardswish with the slopes 0 and 1 at -3 and 3, as since 2025: PyTorch's issue 147801."""
    return z * F.relu6(z + 3) / 6 if abs(z.item()) == 3 else F.hardswish(z)


# These are computed last, so that the numbers of the others stay what they were.
MORE_ACTIVATIONS = {
    "ELU": F.elu,
    "SiLU": F.silu,
    "GELU": F.gelu,
    "GELUTanh": lambda z: F.gelu(z, approximate="tanh"),
    "mish": F.mish,
    "SELU": F.selu,
    "softsign": F.softsign,
    "hardtanh": F.hardtanh,
    "ReLU6": F.relu6,
    "hardsigmoid": hardsigmoid,
    "hardswish": hardswish,
}


def log_cosh(y, t):
    e = (y - t).abs()
    return (e + F.softplus(-2 * e, threshold=40.0) - math.log(2)).mean()


def pinball(y, t):
    return torch.maximum(0.9 * (t - y), (0.9 - 1) * (t - y)).mean()


def divergence(y, t):
    """Where a target is 0, PyTorch 1.13 has NaN as the derivative by it."""
    return F.kl_div(F.log_softmax(y, 0), t, reduction="sum")


def of_class(f):
    """A loss of the class that a one-hot target has, which has no derivative by the target."""
    return lambda y, t: f(y[None], t.argmax()[None])


def focal(y, t):
    p = F.softmax(y, 0)[t.argmax()]
    return (1 - p) ** 2 * F.cross_entropy(y, t.detach())


def binary_focal(y, t):
    p = torch.sigmoid(y)
    q = torch.where(t > 0.5, p, 1 - p)
    return ((1 - q) ** 1.5 * F.binary_cross_entropy_with_logits(y, t.detach())).sum()


def weighted(y, c):
    """Class i has the weight i + 1/2."""
    weights = torch.arange(y.shape[1], dtype=torch.float64) + 0.5
    return F.cross_entropy(y, c, weight=weights, reduction="none")[0]


MORE_LOSSES = {
    "MeanAbsoluteError": ("any", F.l1_loss),
    "Huber(1)": ("any", F.huber_loss),
    "Huber(2.5)": ("any", lambda y, t: F.huber_loss(y, t, delta=2.5)),
    "Huber(0.5)": ("any", lambda y, t: 0.5 * F.smooth_l1_loss(y, t, beta=0.5)),
    "LogCosh": ("any", log_cosh),
    "Quantile(0.9)": ("any", pinball),
    "PoissonNLL": ("counts", F.poisson_nll_loss),
    "KLDivergence": ("classes", divergence),
    "MultiClassHinge": ("class", of_class(F.multi_margin_loss)),
    "Focal(2, SoftmaxCrossEntropy)": ("class", focal),
    "Focal(1.5, BinaryCrossEntropy)": ("bit", binary_focal),
    "LabelSmoothing(0.1, SoftmaxCrossEntropy)":
        ("class", of_class(lambda y, c: F.cross_entropy(y, c, label_smoothing=0.1))),
    "Weighted(i + 0.5, SoftmaxCrossEntropy)": ("class", of_class(weighted)),
}
# Inputs, then the units and the activation of each layer, whether it has a bias; the loss.
NETWORKS = [
    (3, [(5, "tanh", True), (4, "sigmoid", True), (2, "identity", True)], "SoftmaxCrossEntropy"),
    (2, [(6, "softplus", True), (3, "leakyReLU(0.25)", False), (2, "scaledSigmoid(-2.5)", True)],
     "SumSquaredErrors"),
    (4, [(7, "ReLU", False), (7, "tanh", True), (1, "identity", False)], "BinaryCrossEntropy"),
]


def numbers(tensors):
    return [v for t in tensors for v in t.detach().reshape(-1).tolist()]


def leaf(x):
    return torch.tensor(x, dtype=torch.float64, requires_grad=True)


def activation_point(f, x):
    z = leaf(x)
    a = f(z)
    return {"z": x, "a": a.item(), "slope": torch.autograd.grad(a, z)[0].item()}


def loss_point(f, y, t):
    y, t = leaf(y), leaf(t)
    loss = f(y, t)
    dy, dt = torch.autograd.grad(loss, [y, t], allow_unused=True)
    return {"y": numbers([y]), "t": numbers([t]), "loss": loss.item(),
            "dy": numbers([dy]), "dt": [] if dt is None or dt.isnan().any() else numbers([dt])}


def targets(rng, kind, n):
    """A hard and a soft target for n outputs."""
    if kind == "any":
        return [[float(rng.randrange(2)) for _ in range(n)], [rng.uniform(-3, 3) for _ in range(n)]]
    if kind == "bits":
        return [[float(rng.randrange(2)) for _ in range(n)], [rng.random() for _ in range(n)]]
    if kind == "counts":
        return [[float(rng.randrange(9)) for _ in range(n)], [rng.uniform(0, 50) for _ in range(n)]]
    if kind in ("class", "bit"):
        hot = rng.sample(range(n), 2) if n > 1 else []
        return [[float(i == k) for i in range(n)] for k in hot] or [[0.0], [1.0]]
    if kind == "signs":
        return [[rng.choice([-1.0, 1.0]) for _ in range(n)], [rng.uniform(-1, 1) for _ in range(n)]]
    hot, soft = rng.randrange(n), [rng.random() for _ in range(n)]
    return [[float(i == hot) for i in range(n)], [x / sum(soft) for x in soft]]


def loss_points(rng, kind, f, widths):
    points = []
    for n in [1] if kind == "bit" else widths[kind == "class":]:
        outputs = [[rng.uniform(-size, size) for _ in range(n)] for size in [1, 10, 100, 800]]
        outputs += [[rng.choice(few) for _ in range(n)] for few in [EDGES, [-800.0, 800.0], [3.0]]]
        if kind == "counts":
            outputs = [[min(x, 30.0) for x in y] for y in outputs]
        points += [loss_point(f, y, t) for y in outputs for t in targets(rng, kind, n)]
    return points


def network(rng, inputs, layers, loss):
    modules, fan_in = [], inputs
    for units, _, bias in layers:
        linear = torch.nn.Linear(fan_in, units, bias=bias, dtype=torch.float64)
        with torch.no_grad():
            for p in linear.parameters():
                p.copy_(leaf([rng.uniform(-1, 1) for _ in range(p.numel())]).reshape(p.shape))
        modules.append(linear)
        fan_in = units
    x = leaf([rng.uniform(-1, 1) for _ in range(inputs)])
    kind, f = LOSSES[loss]
    t = targets(rng, kind, fan_in)[1]
    y = x
    for linear, (_, activation, _) in zip(modules, layers):
        y = ACTIVATIONS[activation](linear(y))
    z = f(y, leaf(t))
    z.backward()

    def row_by_row(read):
        """The numbers in our order: of each neuron its weights, then its bias."""
        return [v for m in modules for k in range(m.out_features)
                for v in numbers([read(p)[k] for p in m.parameters()])]

    return {
        "inputs": inputs, "loss": loss,
        "layers": [{"units": n, "activation": a, "bias": b} for n, a, b in layers],
        "params": row_by_row(lambda p: p), "x": numbers([x]), "t": t,
        "y": numbers([y]), "value": z.item(), "grad": row_by_row(lambda p: p.grad),
        "dx": numbers([x.grad]),
    }


def main():
    torch.set_num_threads(1)
    rng = random.Random(SEED)
    activations = {}
    for name, f in ACTIVATIONS.items():
        z = [rng.uniform(-20, 20) for _ in range(POINTS)] + EDGES
        activations[name] = [activation_point(f, x) for x in z]
    losses = {name: loss_points(rng, *loss, WIDTHS) for name, loss in LOSSES.items()}
    networks = [network(rng, *n) for n in NETWORKS]
    for name, f in MORE_ACTIVATIONS.items():
        z = [rng.uniform(-20, 20) for _ in range(POINTS)] + EDGES + KINKS
        activations[name] = [activation_point(f, x) for x in z]
    losses |= {name: loss_points(rng, *loss, MORE_WIDTHS) for name, loss in MORE_LOSSES.items()}
    write(activations, losses, networks)


def write(activations, losses, networks):
    """One line a point, so that two versions of the file can be compared."""
    head = {"torch": torch.__version__, "python": platform.python_version(), "seed": SEED}

    def lines(rows):
        return "[\n" + ",\n".join(json.dumps(p, allow_nan=False) for p in rows) + "\n]"

    def block(points):
        named = [json.dumps(name) + ": " + lines(p) for name, p in points.items()]
        return "{\n" + ",\n".join(named) + "\n}"

    text = json.dumps(head)[:-1] + ',\n"activations": ' + block(activations)
    text += ',\n"losses": ' + block(losses) + ',\n"networks": ' + lines(networks) + "\n}\n"
    sys.stdout.write(text)


if __name__ == "__main__":
    main()
