def _join(*vectors):
    """Returns vectors, one after the other, as one."""
    shape = torch.broadcast_shapes(*(v.shape[:-1] for v in vectors))
    return torch.cat([v.expand(*shape, -1) for v in vectors], -1)


def _step(x):
    """Returns 1 where x is positive, and else 0."""
    x = x.detach()
    return torch.heaviside(x, torch.zeros_like(x))


def _sigmoid_cross_entropy(y, t):
    """Returns the cross-entropy of the probabilities t and σ(y)."""
    y, t = torch.broadcast_tensors(y, t)
    return F.binary_cross_entropy_with_logits(y, t, reduction="none")


def _row(table, index):
    """Returns the row of a table of which index is the number, rounded, and NaN if there is none."""
    index = index.detach()
    row = index.round()
    exists = ((index - row).abs() < 0.5) & (row >= 0) & (row < table.shape[-2])
    row = row.where(exists, torch.zeros_like(row)).long()
    if table.dim() == 2:
        picked = table[row]
    else:
        row = row.expand(table.shape[:-2])[..., None, None]
        picked = table.gather(-2, row.expand(*table.shape[:-2], 1, table.shape[-1]))[..., 0, :]
    return picked.where(exists[..., None], torch.full_like(picked, float("nan")))


def _dot(x):
    """Returns the dot product of the two halves of x."""
    w, y = x.chunk(2, -1)
    return (w * y).sum(-1)


def _softmax_cross_entropy(x):
    """Returns the cross-entropy of t and softmax(y): x has y and then t."""
    y, t = x.chunk(2, -1)
    return -(t * y.log_softmax(-1)).sum(-1)


def _parameter(*shape):
    return torch.nn.Parameter(torch.zeros(shape, dtype=torch.float64))


def load(file=PARAMETERS):
    """Returns the model with the parameters in a .npz file."""
    model = Model()
    with numpy.load(file) as arrays:
        state = {n: torch.from_numpy(arrays[n]) for n in model.state_dict()}
    model.load_state_dict(state)
    return model


def save(model, file=PARAMETERS):
    """Writes the parameters into a .npz file."""
    arrays = {name: p.numpy() for name, p in model.state_dict().items()}
    numpy.savez(file, **arrays)
