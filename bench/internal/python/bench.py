"""Runs networks in NumPy and PyTorch for package bench.

The requests, and what is answered (serve.py says how both are written):

    {"load": network}           keeps the network, and answers with the names of its variants;
                                one with a "model" is the GPT, the convolution or the LSTM
    {"check": variant}          runs one step; answers with its loss, gradient and parameters
    {"time": variant, "n": n}   runs n steps; answers with their time in nanoseconds
"""


class Tutorial:
    """The algorithm of the tutorial "Practice Implementing Gradient Descent".

    It computes one sample at a time, and its psi, the derivatives with respect to the sums of
    a layer, from those of the next layer. A bias is the weight of an input that is always 1.

    The tutorial differentiates s(cz), s being the sigmoid function, but leaves out the factor c
    of the derivative. This class has it, as all other variants do.
    """

    def __init__(self, net):
        self.net, self.weights = net, matrices(net)
        self.x, self.t = decode(net["x"]), decode(net["t"])

    def step(self):
        c, weights = self.net["scale"], self.weights
        xs = [self.x]
        for w in weights:
            xs[-1] = np.append(xs[-1], 1.0)
            xs.append(1 / (1 + np.exp(-c * (w @ xs[-1]))))
        y = xs[-1]
        self.loss = ((self.t - y) ** 2).sum()
        psi = (-2 * (self.t - y) * c * y * (1 - y))[:, np.newaxis]
        self.gradients = [psi * xs[-2]]
        for w, x, below in zip(weights[:0:-1], xs[-2:0:-1], xs[-3::-1]):
            x = x[:-1]
            psi = (w[:, :-1] * (c * x * (1 - x))).T @ psi
            self.gradients.append(psi * below)
        self.gradients.reverse()
        if self.net["rate"]:
            for w, g in zip(weights, self.gradients):
                w -= self.net["rate"] * g

    def result(self):
        return self.loss, self.gradients, self.weights


class Torch:
    """The network in PyTorch, written as in PyTorch's own tutorials."""

    def __init__(self, net):
        self.net, self.layers = net, []
        for w in matrices(net):
            weight = torch.tensor(w[:, :-1].copy(), requires_grad=True)
            self.layers.append((weight, torch.tensor(w[:, -1].copy(), requires_grad=True)))
        self.parameters = [p for layer in self.layers for p in layer]
        self.x, self.t = torch.from_numpy(decode(net["x"])), torch.from_numpy(decode(net["t"]))
        if net["batch"] > 1:
            self.x = self.x.reshape(net["batch"], -1)
            self.t = self.t.reshape(net["batch"], -1)

    def step(self):
        net, a = self.net, self.x
        for p in self.parameters:
            p.grad = None
        for (w, b), act in zip(self.layers, net["acts"]):
            z = torch.nn.functional.linear(a, w, b)
            if net["scale"] != 1:
                z = z * net["scale"]
            a = {"none": lambda z: z, "sigmoid": torch.sigmoid, "tanh": torch.tanh}[act](z)
        loss = a.sum()
        if net["loss"]:
            loss = ((a - self.t) ** 2).sum()
            if net["loss"] != 1:
                loss = net["loss"] * loss
        loss.backward()
        self.loss = loss
        if net["rate"]:
            with torch.no_grad():
                for p in self.parameters:
                    p.add_(p.grad, alpha=-net["rate"])

    def result(self):
        def joined(f):
            return [np.column_stack([f(w).numpy(), f(b).numpy()]) for w, b in self.layers]

        return float(self.loss), joined(lambda p: p.grad), joined(lambda p: p.detach())


class Model:
    """A network that uses each weight more than once, in PyTorch. Each block of parameters is a tensor."""

    def __init__(self, net):
        p = torch.from_numpy(decode(net["p"])).split(net["blocks"])
        self.parameters = [block.clone().requires_grad_() for block in p]
        x = torch.from_numpy(decode(net["x"])).reshape(net["batch"], -1)
        self.losses = {"gpt": GPT, "conv": convolution, "lstm": LSTM}[net["model"]](x)

    def step(self):
        for p in self.parameters:
            p.grad = None
        self.loss = self.losses(*self.parameters)
        self.loss.backward()

    def result(self):
        parameters = [p.detach().numpy() for p in self.parameters]
        return float(self.loss), [p.grad.numpy() for p in self.parameters], parameters


def GPT(x):
    tokens = x.long()
    n = tokens.shape[1] - 1
    before, after = tokens[:, :-1], tokens[:, 1:].flatten()
    later = torch.ones(n, n).triu(1).bool()
    linear = torch.nn.functional.linear

    def norm(x):
        return x * (x.square().mean(-1, keepdim=True) + 1e-5).rsqrt()

    def loss(token, position, out, q, k, v, o, first, second):
        token, position, out, q, k, v, o, first = (
            w.view(-1, 16) for w in (token, position, out, q, k, v, o, first)
        )
        x = norm(torch.nn.functional.embedding(before, token) + position[:n])
        q, k, v = (linear(norm(x), w).view(-1, n, 4, 4).transpose(1, 2) for w in (q, k, v))
        logits = (q @ k.transpose(-1, -2) / 2).masked_fill(later, -math.inf)
        x = x + linear((logits.softmax(-1) @ v).transpose(1, 2).flatten(2), o)
        x = x + linear(linear(norm(x), first).relu(), second.view(16, 64))
        y = linear(x, out).flatten(0, 1)
        return torch.nn.functional.cross_entropy(y, after, reduction="sum") / n

    return loss


def convolution(x):
    image, classes = x[:, :64].reshape(-1, 1, 8, 8), x[:, 64].long()

    def loss(w1, b1, w2, b2, w3, b3):
        a = torch.nn.functional.conv2d(image, w1.view(4, 1, 3, 3), b1).relu()
        a = torch.nn.functional.conv2d(a, w2.view(8, 4, 3, 3), b2).relu()
        y = torch.nn.functional.linear(a.flatten(1), w3.view(10, 128), b3)
        return torch.nn.functional.cross_entropy(y, classes, reduction="sum")

    return loss


def LSTM(x):
    vectors, t = x[:, :-1].reshape(len(x), 16, 8), x[:, -1]
    start, none = torch.zeros(1, len(x), 16).double(), torch.zeros(64).double()

    def loss(w, b, out):
        w = w.view(64, 24)
        weights = w[:, :8], w[:, 8:], b, none
        states, _, _ = torch.lstm(
            vectors, (start, start), weights, True, 1, 0.0, True, False, True
        )
        return (states[:, -1] @ out - t).square().sum()

    return loss


def variants(net):
    found = {}
    if "model" in net:
        return {"PyTorch": Model(net)} if torch else found
    if net["batch"] == 1 and set(net["acts"]) == {"sigmoid"}:
        found["NumPy, the tutorial's"] = Tutorial(net)
    if torch:
        found["PyTorch"] = Torch(net)
    return found


def answer(request):
    global loaded
    if "load" in request:
        loaded = variants(request["load"])
        return {"variants": list(loaded)}
    if "check" in request:
        variant = loaded[request["check"]]
        variant.step()
        loss, gradient, parameters = variant.result()
        return {"loss": float(loss), "grad": encode(gradient), "params": encode(parameters)}
    step = loaded[request["time"]].step
    step()
    start = time.perf_counter_ns()
    for _ in range(request["n"]):
        step()
    return {"ns": time.perf_counter_ns() - start}


serve(answer)
