"""Trains the GPT of examples/gpt with PyTorch, on one thread, with matrices and float64.

Usage: python3 pytorch.py NAMES.txt.gz STEPS

It prints the loss of each of the first STEPS of 1,000 steps, and last how many seconds of CPU all 1,000 take: those
that the steps took, multiplied by the number of predictions in 1,000 names and divided by that in theirs.
"""

import gzip, random, sys, time

import torch
import torch.nn.functional as F

WIDTH, HEADS, CONTEXT = 16, 4, 16
torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)


def norm(x):
    return x * (x.pow(2).mean(-1, keepdim=True) + 1e-5) ** -0.5


def scores(m, tokens):
    n = len(tokens)
    x = norm(m["embed"][tokens] + m["position"][:n])
    h = norm(x)
    query, key, value = ((h @ m[name].T).view(n, HEADS, -1).transpose(0, 1) for name in ("query", "key", "value"))
    fits = query @ key.transpose(1, 2) * (WIDTH // HEADS) ** -0.5
    later = torch.ones(n, n, dtype=torch.bool).triu(1)
    weights = fits.masked_fill(later, float("-inf")).softmax(-1)
    x = (weights @ value).transpose(0, 1).reshape(n, WIDTH) @ m["join"].T + x
    x = F.relu(norm(x) @ m["widen"].T) @ m["narrow"].T + x
    return x @ m["out"].T


def main(file, steps):
    random.seed(42)
    names = gzip.open(file, "rt").read().split()
    random.shuffle(names)
    letters = sorted(set("".join(names)))
    sizes = {"embed": (27, 16), "position": (16, 16), "out": (27, 16), "query": (16, 16), "key": (16, 16),
             "value": (16, 16), "join": (16, 16), "widen": (64, 16), "narrow": (16, 64)}
    m = {name: torch.tensor([[random.gauss(0, 0.08) for _ in range(columns)] for _ in range(rows)],
                            requires_grad=True)
         for name, (rows, columns) in sizes.items()}
    adam = torch.optim.Adam(m.values(), lr=0.01, betas=(0.85, 0.99), eps=1e-8)
    start = time.process_time()
    for step in range(steps):
        edge = len(letters)
        tokens = torch.tensor([edge] + [letters.index(c) for c in names[step]] + [edge])[:CONTEXT + 1]
        loss = F.cross_entropy(scores(m, tokens[:-1]), tokens[1:])
        adam.zero_grad()
        loss.backward()
        adam.param_groups[0]["lr"] = 0.01 * (1 - step / 1000)
        adam.step()
        print(repr(loss.item()))
    predictions = [min(CONTEXT, len(name) + 1) for name in names[:1000]]
    print((time.process_time() - start) * sum(predictions) / sum(predictions[:steps]))


main(sys.argv[1], int(sys.argv[2]))
