"""Trains a network of layers 784-30-10 in NumPy and PyTorch for the program epoch.

The requests, and what is answered (serve.py says how both are written):

    {"load": data}                             keeps the data, and answers with the names of the
                                               variants
    {"train": variant, "batch": n, "rate": r}  trains for an epoch from the start; answers with its
                                               time in nanoseconds, its mean loss, and the Euclidean
                                               norm of the parameters at its end

The data are images and labels as bytes in base64, the order of the images, and the network.
"""


class Data:
    def __init__(self, data):
        self.net, self.order = data, np.array(data["order"])
        pixels = np.frombuffer(base64.b64decode(data["images"]), np.uint8)
        self.x = pixels.reshape(len(self.order), -1) / 255
        self.labels = np.frombuffer(base64.b64decode(data["labels"]), np.uint8).astype(np.int64)

    def layers(self):
        """Returns copies of the weights and biases with which training begins."""
        return [(w[:, :-1].copy(), w[:, -1].copy()) for w in matrices(self.net)]


def vectors(data, rate):
    """Trains image by image in NumPy. Returns the sum of the losses, and the parameters."""
    (w1, b1), (w2, b2) = data.layers()
    total = 0.0
    for i in data.order:
        x, label = data.x[i], data.labels[i]
        a = np.maximum(w1 @ x + b1, 0)
        y = w2 @ a + b2
        y -= y.max()
        d2 = np.exp(y)
        whole = d2.sum()
        total += np.log(whole) - y[label]
        d2 /= whole
        d2[label] -= 1
        d1 = (d2 @ w2) * (a > 0)
        w2 -= rate * np.outer(d2, a)
        b2 -= rate * d2
        w1 -= rate * np.outer(d1, x)
        b1 -= rate * d1
    return total, [w1, b1, w2, b2]


def products(data, batch, rate):
    """Trains batch by batch in NumPy, with products of matrices."""
    (w1, b1), (w2, b2) = data.layers()
    total = 0.0
    for start in range(0, len(data.order), batch):
        rows = data.order[start : start + batch]
        x, labels, each = data.x[rows], data.labels[rows], np.arange(len(rows))
        a = np.maximum(x @ w1.T + b1, 0)
        y = a @ w2.T + b2
        y -= y.max(axis=1, keepdims=True)
        d2 = np.exp(y)
        whole = d2.sum(axis=1, keepdims=True)
        total += np.log(whole).sum() - y[each, labels].sum()
        d2 /= whole
        d2[each, labels] -= 1
        d2 *= rate / len(rows)
        d1 = (d2 @ w2) * (a > 0)
        w2 -= d2.T @ a
        b2 -= d2.sum(axis=0)
        w1 -= d1.T @ x
        b1 -= d1.sum(axis=0)
    return total, [w1, b1, w2, b2]


def pytorch(data, batch, rate):
    """Trains as in PyTorch's own tutorials."""
    widths = data.net["widths"]
    net = torch.nn.Sequential(
        torch.nn.Linear(widths[0], widths[1]), torch.nn.ReLU(), torch.nn.Linear(*widths[1:])
    ).double()
    with torch.no_grad():
        for layer, (w, b) in zip((net[0], net[2]), data.layers()):
            layer.weight.copy_(torch.from_numpy(w))
            layer.bias.copy_(torch.from_numpy(b))
    x, labels = torch.from_numpy(data.x), torch.from_numpy(data.labels)
    criterion = torch.nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(net.parameters(), lr=rate)
    total = 0.0
    for rows in torch.from_numpy(data.order).split(batch):
        optimizer.zero_grad()
        loss = criterion(net(x[rows]), labels[rows])
        loss.backward()
        optimizer.step()
        total += loss.item() * len(rows)
    return total, [p.detach().numpy() for p in net.parameters()]


def train(variant, batch, rate):
    if variant == "PyTorch":
        return pytorch(loaded, batch, rate)
    if batch == 1:
        return vectors(loaded, rate)
    return products(loaded, batch, rate)


def answer(request):
    global loaded
    if "load" in request:
        loaded = Data(request["load"])
        return {"variants": ["NumPy", "PyTorch"] if torch else ["NumPy"]}
    start = time.perf_counter_ns()
    total, parameters = train(request["train"], request["batch"], request["rate"])
    ns = time.perf_counter_ns() - start
    norm = np.linalg.norm(np.concatenate([p.ravel() for p in parameters]))
    return {"ns": ns, "loss": total / len(loaded.order), "norm": norm}


serve(answer)
