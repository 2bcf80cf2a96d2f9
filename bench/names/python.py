"""Trains the GPT of examples/gpt in plain Python, one number at a time.

Usage: python3 python.py NAMES.txt.gz STEPS

It prints the loss of each of the first STEPS of 1,000 steps, and last how many seconds of CPU all 1,000 take: those
that the steps took, multiplied by the number of predictions in 1,000 names and divided by that in theirs. The
formulas are those of main.go in examples/gpt, and so is the order of all random numbers.
"""

import gzip, math, random, sys, time

WIDTH, HEADS, CONTEXT = 16, 4, 16


class Value:
    """A number that remembers from which others it was computed, and the derivatives by them."""

    __slots__ = ("data", "grad", "parents", "slopes")

    def __init__(self, data, parents=(), slopes=()):
        self.data, self.grad, self.parents, self.slopes = data, 0.0, parents, slopes

    def __add__(self, y):
        y = y if isinstance(y, Value) else Value(y)
        return Value(self.data + y.data, (self, y), (1.0, 1.0))

    def __mul__(self, y):
        y = y if isinstance(y, Value) else Value(y)
        return Value(self.data * y.data, (self, y), (y.data, self.data))

    def power(self, n):
        return Value(self.data ** n, (self,), (n * self.data ** (n - 1),))

    def exp(self):
        z = math.exp(self.data)
        return Value(z, (self,), (z,))

    def log(self):
        return Value(math.log(self.data), (self,), (1 / self.data,))

    def relu(self):
        return Value(max(0.0, self.data), (self,), (float(self.data > 0),))

    def backward(self):
        order, seen, stack = [], {self}, [(self, iter(self.parents))]
        while stack:
            node, rest = stack[-1]
            for parent in rest:
                if parent not in seen:
                    seen.add(parent)
                    stack.append((parent, iter(parent.parents)))
                    break
            else:
                order.append(node)
                stack.pop()
        self.grad = 1.0
        for node in reversed(order):
            for parent, slope in zip(node.parents, node.slopes):
                parent.grad += node.grad * slope


def total(values):
    z = values[0]
    for v in values[1:]:
        z = z + v
    return z


def dot(x, y):
    return total([a * b for a, b in zip(x, y)])


def times(matrix, x):
    return [dot(row, x) for row in matrix]


def plus(x, y):
    return [a + b for a, b in zip(x, y)]


def norm(x):
    scale = (dot(x, x) * (1 / len(x)) + 1e-5).power(-0.5)
    return [v * scale for v in x]


def softmax(x):
    largest = max(v.data for v in x)
    e = [(v + -largest).exp() for v in x]
    inverse = total(e).power(-1)
    return [v * inverse for v in e]


def scores(m, token, p, keys, values):
    x = norm(plus(m["embed"][token], m["position"][p]))
    h = norm(x)
    query = times(m["query"], h)
    keys.append(times(m["key"], h))
    values.append(times(m["value"], h))
    means, size = [], WIDTH // HEADS
    for j in range(0, WIDTH, size):
        part = slice(j, j + size)
        weights = softmax([dot(query[part], k[part]) * size ** -0.5 for k in keys])
        means += [dot(weights, column) for column in zip(*[v[part] for v in values])]
    x = plus(times(m["join"], means), x)
    x = plus(times(m["narrow"], [v.relu() for v in times(m["widen"], norm(x))]), x)
    return times(m["out"], x)


def main(file, steps):
    random.seed(42)
    names = gzip.open(file, "rt").read().split()
    random.shuffle(names)
    letters = sorted(set("".join(names)))
    sizes = {"embed": (27, 16), "position": (16, 16), "out": (27, 16), "query": (16, 16), "key": (16, 16),
             "value": (16, 16), "join": (16, 16), "widen": (64, 16), "narrow": (16, 64)}
    m = {name: [[Value(random.gauss(0, 0.08)) for _ in range(columns)] for _ in range(rows)]
         for name, (rows, columns) in sizes.items()}
    params = [p for matrix in m.values() for row in matrix for p in row]
    mean, square = [0.0] * len(params), [0.0] * len(params)
    start = time.process_time()
    for step in range(steps):
        edge = len(letters)
        tokens = [edge] + [letters.index(c) for c in names[step]] + [edge]
        keys, values, n = [], [], min(CONTEXT, len(tokens) - 1)
        losses = [softmax(scores(m, tokens[p], p, keys, values))[tokens[p + 1]].log() for p in range(n)]
        loss = total(losses) * (-1 / n)
        loss.backward()
        rate = 0.01 * (1 - step / 1000)
        for i, p in enumerate(params):
            mean[i] = 0.85 * mean[i] + 0.15 * p.grad
            square[i] = 0.99 * square[i] + 0.01 * p.grad ** 2
            first, second = mean[i] / (1 - 0.85 ** (step + 1)), square[i] / (1 - 0.99 ** (step + 1))
            p.data -= rate * first / (second ** 0.5 + 1e-8)
            p.grad = 0.0
        print(repr(loss.data))
    predictions = [min(CONTEXT, len(name) + 1) for name in names[:1000]]
    print((time.process_time() - start) * sum(predictions) / sum(predictions[:steps]))


main(sys.argv[1], int(sys.argv[2]))
