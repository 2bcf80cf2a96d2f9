"""Writes torch.json: every op's value and derivatives as PyTorch computes them in float64.

    python3 -P torch.py > torch.json

Run it where PyTorch is installed; Debian has it as python3-torch. -P keeps this file from
being taken for PyTorch. The tests read the JSON file only. Its numbers are the shortest
decimals that round to the same float64, and NaN and infinities are strings. "dx" is null
where PyTorch has no derivative.
"""

import itertools
import json
import platform
import random
import sys

import torch
import torch.nn.functional as F

SEED = 20250601
POINTS = 20  # ordinary points of each op
SIZES = [1, 2, 5, 40]  # numbers of operands of the n-ary ops

nan, inf = float("nan"), float("inf")
EDGES = [nan, inf, -inf, 0.0, -0.0, 1.0, -1.0, 800.0, -800.0]
# The n-ary ops see all of these; dot sees the product of each with its reverse.
VECTORS = [
    [], [0.0], [-0.0], [nan], [inf], [-inf], [800.0], [-800.0],
    [0.0, -0.0], [nan, 1.0], [1.0, nan], [nan, inf], [inf, 1.0], [inf, inf], [inf, -inf],
    [-inf, 1.0], [-inf, -inf], [inf, 0.0], [0.0, 0.0], [3.0, 3.0, 3.0],
    [800.0, 800.0], [-800.0, -800.0], [800.0, -800.0], [800.0, 801.0, 799.5],
    [1e16, 1e16], [1e16, 1e16 - 2],
]


def step(x):
    if x.requires_grad:  # torch.heaviside has no derivative at all
        x = x.detach()
    return torch.heaviside(x, torch.zeros_like(x))


# Op name, function, bounds of each operand's ordinary points, further special operands.
UNARY = [
    ("neg", torch.neg, (-10, 10), []),
    ("square", torch.square, (-10, 10), [1e200]),
    ("√", torch.sqrt, (0.01, 100), [5e-324]),
    ("exp", torch.exp, (-20, 20), [700.0, -700.0, -740.0]),
    ("ln", torch.log, (0.01, 100), [5e-324]),
    ("log1p", torch.log1p, (-0.9, 10), [1e-10, 5e-324]),
    ("expm1", torch.expm1, (-20, 20), [1e-10, 700.0, -40.0]),
    ("sin", torch.sin, (-10, 10), []),
    ("cos", torch.cos, (-10, 10), []),
    ("tan", torch.tan, (-1.5, 1.5), []),
    ("arcsin", torch.asin, (-0.95, 0.95), [1e-10]),
    ("arccos", torch.acos, (-0.95, 0.95), [1e-10]),
    ("arctan", torch.atan, (-10, 10), [1e-10, 1e200]),
    ("sinh", torch.sinh, (-20, 20), [1e-10, 700.0]),
    ("cosh", torch.cosh, (-20, 20), [1e-10, 700.0]),
    ("tanh", torch.tanh, (-5, 5), [18.0, 20.0]),
    ("erf", torch.erf, (-4, 4), [1e-10, 6.0, 20.0]),
    ("σ", torch.sigmoid, (-20, 20), [36.0, 37.0, -37.0, -700.0, -740.0]),
    ("softplus", F.softplus, (-20, 20), [20.0, 25.0, -37.0, -700.0, -740.0]),
    ("ELU", F.elu, (-20, 20), [40.0]),
    ("SiLU", F.silu, (-20, 20), [37.0, -37.0, -700.0, -740.0]),
    ("GELU", F.gelu, (-5, 5), [-6.0, 40.0, -40.0]),
    ("abs", torch.abs, (-10, 10), []),
    ("ReLU", F.relu, (-10, 10), []),
    ("LeakyReLU(0.01)", F.leaky_relu, (-10, 10), []),
    ("LeakyReLU(0.25)", lambda x: F.leaky_relu(x, 0.25), (-10, 10), []),
    ("step", step, (-10, 10), []),
    ("sign", torch.sign, (-10, 10), []),
]
BINARY = [
    ("+", torch.add, (-10, 10), (-10, 10), []),
    ("−", torch.sub, (-10, 10), (-10, 10), []),
    ("·", torch.mul, (-10, 10), (-10, 10), []),
    ("/", torch.div, (-10, 10), (-10, 10), []),
    ("^", torch.pow, (0.1, 5), (-5, 5), [0.5, -0.5, 2.0, 3.0, -3.0]),
    ("max", torch.maximum, (-10, 10), (-10, 10), []),
    ("min", torch.minimum, (-10, 10), (-10, 10), []),
]
NARY = [
    ("sum", torch.sum),
    ("mean", torch.mean),
    ("logsumexp", lambda x: torch.logsumexp(x, 0)),
    ("shift", lambda x: x.detach().amax(0) if len(x) else torch.tensor(-inf)),
]


def numbers(tensors):
    """The numbers in tensors, as JSON can hold them."""
    x = [v for t in tensors for v in t.detach().reshape(-1).tolist()]
    return [v if abs(v) < inf else str(v).replace("inf", "Inf").replace("nan", "NaN") for v in x]


def point(f, *x):
    """f at x: one or two numbers, or lists of numbers."""
    x = [torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in x]
    z = f(*x)
    dx = numbers(torch.autograd.grad(z, x)) if z.requires_grad else None
    return {"x": numbers(x), "z": numbers([z])[0], "dx": dx}


def softmax(x):
    x = torch.tensor(x, dtype=torch.float64, requires_grad=True)
    z = torch.softmax(x, 0)
    rows = [torch.autograd.grad(v, x, retain_graph=True) for v in z]
    return {"x": numbers([x]), "z": numbers([z]), "jacobian": [numbers(row) for row in rows]}


def main():
    torch.set_num_threads(1)
    rng = random.Random(SEED)

    def draw(lo, hi):
        return rng.uniform(lo, hi)

    points = {}
    for name, f, domain, more in UNARY:
        x = [draw(*domain) for _ in range(POINTS)] + EDGES + more
        points[name] = [point(f, v) for v in x]
    for name, f, first, second, more in BINARY:
        xy = [(draw(*first), draw(*second)) for _ in range(POINTS)]
        xy += itertools.product(EDGES + more, repeat=2)
        points[name] = [point(f, *v) for v in xy]
    for name, f in NARY:
        x = [[draw(-10, 10) for _ in range(n)] for n in SIZES * (POINTS // 4)]
        points[name] = [point(f, v) for v in x + VECTORS]
    abc = [[draw(-10, 10) for _ in range(3)] for _ in range(POINTS)]
    abc += [[c, a, b] for c in [inf, -inf, 0.0, -0.0, 1.0] for a in [1.0, nan] for b in [2.0, nan]]
    points["where"] = [point(lambda x: torch.where(x[0] > 0, x[1], x[2]), v) for v in abc]
    points["sigmoidcrossentropy"] = [
        point(F.binary_cross_entropy_with_logits, draw(-10, 10), draw(0, 1)) for _ in range(POINTS)
    ] + [
        point(F.binary_cross_entropy_with_logits, y, t)
        for y in EDGES + [40.0, -40.0] for t in [0.0, 0.5, 1.0, nan]
    ]
    yt = []
    for n in SIZES * (POINTS // 4):
        t = [draw(0, 1) for _ in range(n)]
        yt.append(([draw(-10, 10) for _ in t], [v / sum(t) for v in t]))
    for y in VECTORS + [[1e8, 1e8], [1e17, 1e17], [-inf, 0.0, 0.0]]:
        if y:
            yt += [(y, [0.0] * (len(y) - 1) + [1.0]), (y, [1.0 / len(y)] * len(y))]
    points["softmaxcrossentropy"] = [
        point(lambda y, t: (t * (0.0 - torch.log_softmax(y, 0))).sum(), *v) for v in yt
    ]
    w = [[draw(-10, 10) for _ in range(n)] for n in SIZES * (POINTS // 4)]
    wx = [(v, [draw(-10, 10) for _ in v]) for v in w] + [(v, v[::-1]) for v in VECTORS]
    points["dot"] = [point(torch.dot, *v) for v in wx]
    x = [[draw(-10, 10) for _ in range(n)] for n in [1, 2, 5] * (POINTS // 3)]
    ix = [[float(rng.randrange(n))] + [draw(-10, 10) for _ in range(n)] for n in SIZES * (POINTS // 4)]
    ix += [[i, *v] for i in [0.0, -0.0, 1.0, 2.0] for v in itertools.permutations([nan, inf, -0.0])]
    points["pick"] = [point(lambda v: v[1:][v[0].long()], v) for v in ix]
    write(points, [softmax(v) for v in x + [v for v in VECTORS if v]])


def write(points, softmax_points):
    """One line a point, so that two versions of the file can be compared."""
    head = {"torch": torch.__version__, "python": platform.python_version(), "seed": SEED}

    def lines(rows):
        return "[\n" + ",\n".join(json.dumps(p, allow_nan=False) for p in rows) + "\n]"

    ops = [json.dumps(op, ensure_ascii=False) + ": " + lines(p) for op, p in points.items()]
    text = json.dumps(head)[:-1] + ',\n"points": {\n' + ",\n".join(ops) + "\n},\n"
    sys.stdout.write(text + '"softmax": ' + lines(softmax_points) + "\n}\n")


if __name__ == "__main__":
    main()
