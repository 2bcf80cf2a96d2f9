"""Runs networks in NumPy and PyTorch for package bench.

The requests, and what is answered (serve.py says how both are written):

    {"load": network}           keeps the network, and answers with the names of its variants
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


def variants(net):
    found = {}
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
