"""What the Python programs have in common. Its text is put in front of theirs.

A program first prints a line that says what is installed. Then it reads requests, one a line, and
prints an answer for each, one a line. All lines are JSON.

An array of numbers is written as little-endian doubles in base64. The parameters of a network are
in the order of its layers, and in a layer each neuron's weights come first, then its bias. So a
layer is one matrix, row by row, whose last column has the biases.
"""

import base64
import ctypes
import json
import math
import os
import sys
import time

try:
    import numpy as np
except ImportError:
    np = None
try:
    import torch

    torch.set_num_threads(int(os.environ["OMP_NUM_THREADS"]))
except ImportError:
    torch = None


def decode(text):
    """Returns the array of numbers that is written as text."""
    return np.frombuffer(base64.b64decode(text), "<f8").copy()


def encode(arrays):
    """Returns the text for the numbers of all arrays, one array after another."""
    flat = np.concatenate([np.asarray(a, "<f8").ravel() for a in arrays])
    return base64.b64encode(flat.tobytes()).decode()


def matrices(net):
    """Returns copies of the matrices of a network, one for each layer."""
    p, found, widths = decode(net["p"]), [], net["widths"]
    for n_in, n_out in zip(widths, widths[1:]):
        size = (n_in + 1) * n_out
        found.append(p[:size].reshape(n_out, n_in + 1).copy())
        p = p[size:]
    return found


def blas():
    """Returns the files of the libraries that multiply matrices for NumPy, if Linux lists them."""
    np.ones((2, 2)) @ np.ones((2, 2))
    try:
        with open("/proc/self/maps") as maps:
            files = {"/" + line.partition("/")[2].strip() for line in maps if "/" in line}
    except OSError:
        return []
    names = {file: os.path.basename(file) for file in files}
    return sorted(f for f, n in names.items() if "blas" in n.lower() and n.startswith("lib"))


def threads(files):
    """Returns the number of threads that OpenBLAS uses, or 0 if it is not known. The serial
    OpenBLAS uses 1."""
    names = "openblas_get_num_threads", "scipy_openblas_get_num_threads64_"
    known = [0]
    for file in files:
        try:
            library = ctypes.CDLL(file)
        except OSError:
            continue
        known += [getattr(library, name)() for name in names if hasattr(library, name)]
    return max(known)


def serve(answer):
    """Prints what is installed, and then answers requests until the input ends."""
    versions = {"python": sys.version.split()[0]}
    if np:
        files = blas()
        versions.update(numpy=np.__version__, blasThreads=threads(files))
        versions.update(blas=", ".join(os.path.basename(f) for f in files))
    if torch:
        versions.update(torch=torch.__version__, torchThreads=torch.get_num_threads())
    print(json.dumps(versions), flush=True)
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)
