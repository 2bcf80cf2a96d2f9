"""Trains the network of the digits example in PyTorch, and compares the losses.

    go run ./examples/digits -export steps.json
    python3 examples/digits/pytorch.py steps.json

The file holds the initial weights and, for each step, which images are in the batch, the learning
rate and the loss that Gradus had. The images are read from their own files, not from this one. If
the program was given a folder with -data, run the script in the directory in which the program ran.

The script needs NumPy and PyTorch (Debian: apt-get install python3-torch). It computes in float64, on
one thread. It prints the largest difference between two losses; the exit status is 1 if that is more
than 1e-9. If a second file is given, the script writes PyTorch's losses into it. The tests of the
example compare with testdata/pytorch.json, which is made by

    go run ./examples/digits -epochs 2 -export steps.json
    python3 examples/digits/pytorch.py steps.json examples/digits/testdata/pytorch.json
"""

import gzip
import json
import os
import sys

import numpy
import torch

TOLERANCE = 1e-9
HERE = os.path.dirname(os.path.abspath(__file__))
ACTIVATIONS = {
    "ReLU": torch.nn.ReLU,
    "tanh": torch.nn.Tanh,
    "sigmoid": torch.nn.Sigmoid,
    # By default PyTorch takes softplus(z) for z above 20, which leaves out 2e-9.
    "softplus": lambda: torch.nn.Softplus(threshold=40),
    "identity": torch.nn.Identity,
}


def read_embedded():
    """Returns the pixels and labels of the embedded images."""
    with gzip.open(os.path.join(HERE, "../internal/dataset/digits.csv.gz"), "rt") as f:
        table = numpy.loadtxt(f, delimiter=",")
    return table[:, :-1] / 16, table[:, -1].astype(int)


def read_idx(folder, name, header):
    """Returns the bytes of a file in MNIST's format, without the header."""
    dotted = name.replace("-idx", ".idx")
    for candidate in name, dotted, name + ".gz", dotted + ".gz":
        path = os.path.join(folder, candidate)
        if os.path.isfile(path):
            with open(path, "rb") as f:
                data = f.read()
            if data[:2] == b"\x1f\x8b":
                data = gzip.decompress(data)
            return numpy.frombuffer(data, dtype=numpy.uint8, offset=header)
    sys.exit(f"{folder}: there is no {name}, neither plain nor compressed by gzip")


def read_folder(folder):
    """Returns the pixels and labels of the training images in a folder."""
    labels = read_idx(folder, "train-labels-idx1-ubyte", 8)
    pixels = read_idx(folder, "train-images-idx3-ubyte", 16)
    return pixels.reshape(len(labels), -1) / 255, labels.astype(int)


def build(layers):
    """Returns the network with its initial weights."""
    modules = []
    for layer in layers:
        if layer["activation"] not in ACTIVATIONS:
            sys.exit(f"the activation is {layer['activation']}, want one of {', '.join(ACTIVATIONS)}")
        weights = torch.tensor(layer["weights"])
        linear = torch.nn.Linear(weights.shape[1], weights.shape[0], bias=layer["biases"] is not None)
        with torch.no_grad():
            linear.weight.copy_(weights)
            if layer["biases"] is not None:
                linear.bias.copy_(torch.tensor(layer["biases"]))
        modules += [linear, ACTIVATIONS[layer["activation"]]()]
    return torch.nn.Sequential(*modules)


def read_export(name):
    """Returns what the program wrote into the file."""
    try:
        with open(name) as f:
            export = json.load(f)
    except (OSError, ValueError) as e:
        sys.exit(f"{name}: {e}, want the file of -export")
    if not isinstance(export, dict) or "steps" not in export:
        sys.exit(f"{name}: has no steps, want the file of -export")
    if not export["steps"]:
        sys.exit(f"{name}: there is no step in it, want one or more")
    return export


def main():
    if sys.argv[1:] in (["-h"], ["--help"]):
        print(__doc__)
        return
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    torch.set_default_dtype(torch.float64)
    torch.set_num_threads(1)
    export = read_export(sys.argv[1])
    try:
        results = open(sys.argv[2], "w") if len(sys.argv) == 3 else None
    except OSError as e:
        sys.exit(f"{sys.argv[2]}: {e}, want the name of a file to write")
    pixels, labels = read_folder(export["data"]) if export["data"] else read_embedded()
    pixels, labels = torch.from_numpy(pixels), torch.from_numpy(labels)
    net = build(export["layers"])
    optimizer = torch.optim.AdamW(
        net.parameters(), betas=export["betas"], eps=export["epsilon"], weight_decay=export["decay"]
    )
    losses, largest, at = [], 0.0, 0
    for number, step in enumerate(export["steps"], 1):
        optimizer.param_groups[0]["lr"] = step["rate"]
        optimizer.zero_grad()
        images = step["images"]
        loss = torch.nn.functional.cross_entropy(net(pixels[images]), labels[images])
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
        difference = abs(loss.item() - step["loss"])
        if not difference <= largest:  # true for NaN too
            largest, at = difference, number
    print(f"{len(export['steps'])} steps, loss {export['steps'][0]['loss']:.6f} at first and")
    print(f"{export['steps'][-1]['loss']:.6f} at last; PyTorch {torch.__version__}, float64")
    print(f"largest difference between two losses: {largest:.1e}, in step {at}")
    if results:
        with results:
            json.dump({"torch": torch.__version__, "losses": losses}, results)
    if not largest <= TOLERANCE:
        sys.exit(f"want at most {TOLERANCE}")


if __name__ == "__main__":
    main()
