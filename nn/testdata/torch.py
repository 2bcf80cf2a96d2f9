"""Writes torch.json: activations, losses and networks as PyTorch computes them in float64.

    python3 -P torch.py > torch.json

Run it where PyTorch is installed; Debian has it as python3-torch. -P keeps this file from
being taken for PyTorch. The tests read the JSON file only. Its numbers are the shortest
decimals that round to the same float64.
"""

import json
import platform
import random
import sys

import torch
import torch.nn.functional as F

SEED = 20250602
POINTS = 20  # ordinary points of each activation
WIDTHS = [1, 2, 3, 10, 40]  # numbers of outputs that the losses see
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
    dy, dt = torch.autograd.grad(loss, [y, t])
    return {"y": numbers([y]), "t": numbers([t]), "loss": loss.item(),
            "dy": numbers([dy]), "dt": numbers([dt])}


def targets(rng, kind, n):
    """A hard and a soft target for n outputs."""
    if kind == "any":
        return [[float(rng.randrange(2)) for _ in range(n)], [rng.uniform(-3, 3) for _ in range(n)]]
    if kind == "bits":
        return [[float(rng.randrange(2)) for _ in range(n)], [rng.random() for _ in range(n)]]
    if kind == "signs":
        return [[rng.choice([-1.0, 1.0]) for _ in range(n)], [rng.uniform(-1, 1) for _ in range(n)]]
    hot, soft = rng.randrange(n), [rng.random() for _ in range(n)]
    return [[float(i == hot) for i in range(n)], [x / sum(soft) for x in soft]]


def loss_points(rng, kind, f):
    points = []
    for n in WIDTHS:
        outputs = [[rng.uniform(-size, size) for _ in range(n)] for size in [1, 10, 100, 800]]
        outputs += [[rng.choice(few) for _ in range(n)] for few in [EDGES, [-800.0, 800.0], [3.0]]]
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
    losses = {name: loss_points(rng, *loss) for name, loss in LOSSES.items()}
    write(activations, losses, [network(rng, *n) for n in NETWORKS])


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
