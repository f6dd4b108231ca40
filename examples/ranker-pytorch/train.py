#!/usr/bin/env python3
"""Train a ranker on rows that `candor features export` wrote, and export it as ONNX.

    python3 train.py features.csv model.onnx [--with torch|sklearn|plain] [--units 16]

PyTorch trains if it is there, otherwise scikit-learn, otherwise plain Python, which is
slow and needs nothing. All three give the same kind of model: one hidden layer with Relu,
one score, features from -127 to 127 as they are in the file.
"""

import argparse
import csv
import importlib.util
import random
import struct


def read(path):
    """The features' names, the rows as numbers from -1 to 1, and the gains."""
    with open(path, newline="") as f:
        lines = csv.reader(f)
        head = next(lines)
        first, gain = head.index("fresh_10m"), head.index("gain")
        rows, gains = [], []
        for line in lines:
            if line[gain] != "":
                rows.append([int(v) / 127 for v in line[first:]])
                gains.append(float(line[gain]))
    if len(rows) < 200:
        raise SystemExit(f"{path} has {len(rows)} rows with a gain: export at least 200")
    return head[first:], rows, gains


def with_torch(rows, target, units, seed):
    import torch

    torch.manual_seed(seed)
    x, y = torch.tensor(rows), torch.tensor(target).unsqueeze(1)
    net = torch.nn.Sequential(torch.nn.Linear(x.shape[1], units), torch.nn.ReLU(), torch.nn.Linear(units, 1))
    best = torch.optim.Adam(net.parameters(), lr=3e-3, weight_decay=1e-3)
    for _ in range(60):
        for part in torch.randperm(len(x)).split(64):
            best.zero_grad()
            torch.nn.functional.mse_loss(net(x[part]), y[part]).backward()
            best.step()
    return [p.detach().tolist() for p in (net[0].weight, net[0].bias, net[2].weight[0], net[2].bias)]


def with_sklearn(rows, target, units, seed):
    from sklearn.neural_network import MLPRegressor

    net = MLPRegressor(hidden_layer_sizes=(units,), alpha=1e-2, learning_rate_init=3e-3, max_iter=200, random_state=seed).fit(rows, target)
    (w, v), (b, c) = net.coefs_, net.intercepts_
    return w.T.tolist(), b.tolist(), v[:, 0].tolist(), c.tolist()


def with_plain(rows, target, units, seed):
    chance = random.Random(seed)
    wide = len(rows[0])
    w = [[chance.gauss(0, (2 / wide) ** 0.5) for _ in range(wide)] for _ in range(units)]
    b, v, c = [0.0] * units, [chance.gauss(0, (1 / units) ** 0.5) for _ in range(units)], 0.0
    sparse = [[(k, x) for k, x in enumerate(row) if x] for row in rows]
    for epoch in range(8):
        rate = 0.02 / (1 + epoch)
        order = list(range(len(rows)))
        chance.shuffle(order)
        for i in order:
            h = [max(0.0, b[j] + sum(w[j][k] * x for k, x in sparse[i])) for j in range(units)]
            e = max(-2.0, min(2.0, c + sum(a * z for a, z in zip(v, h)) - target[i]))
            c -= rate * e
            for j in range(units):
                if h[j] > 0:
                    back = rate * e * v[j]
                    v[j] -= rate * e * h[j]
                    b[j] -= back
                    for k, x in sparse[i]:
                        w[j][k] -= back * x
    return w, b, v, [c]


# ONNX is a protobuf of few messages; this writes those that a perceptron needs.


def number(n):
    out = b""
    while n > 127:
        out, n = out + bytes([n & 127 | 128]), n >> 7
    return out + bytes([n])


def field(tag, value):
    if isinstance(value, int):
        return number(tag << 3) + number(value)
    value = value.encode() if isinstance(value, str) else value
    return number(tag << 3 | 2) + number(len(value)) + value


def tensor(name, dims, values):
    head = b"".join(field(1, d) for d in dims) + field(2, 1) + field(8, name)
    return head + field(9, struct.pack(f"<{len(values)}f", *values))


def node(op, ins, out):
    return b"".join(field(1, i) for i in ins) + field(2, out) + field(4, op)


def value(name, width):
    shape = field(1, field(2, "batch")) + field(1, field(1, width))
    return field(1, name) + field(2, field(1, field(1, 1) + field(2, shape)))


def onnx(w, b, v, c):
    """The model x -> Relu(x·w' + b)·v + c as ONNX's bytes."""
    wide, units = len(w[0]), len(w)
    graph = b"".join(
        [
            field(1, node("MatMul", ["features", "w"], "p")),
            field(1, node("Add", ["p", "b"], "z")),
            field(1, node("Relu", ["z"], "h")),
            field(1, node("MatMul", ["h", "v"], "s")),
            field(1, node("Add", ["s", "c"], "score")),
            field(2, "ranker"),
            field(5, tensor("w", [wide, units], [w[j][k] for k in range(wide) for j in range(units)])),
            field(5, tensor("b", [units], b)),
            field(5, tensor("v", [units, 1], v)),
            field(5, tensor("c", [1], c)),
            field(11, value("features", wide)),
            field(12, value("score", 1)),
        ]
    )
    return field(1, 8) + field(2, "candor-example") + field(7, graph) + field(8, field(1, "") + field(2, 17))


def correlation(a, b):
    ma, mb = sum(a) / len(a), sum(b) / len(b)
    ab = sum((x - ma) * (y - mb) for x, y in zip(a, b))
    aa, bb = sum((x - ma) ** 2 for x in a), sum((y - mb) ** 2 for y in b)
    return ab / (aa * bb) ** 0.5 if aa * bb else 0.0


def main():
    trainers = {"torch": with_torch, "sklearn": with_sklearn, "plain": with_plain}
    has = [t for t in trainers if t == "plain" or importlib.util.find_spec(t)]
    args = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    args.add_argument("features")
    args.add_argument("model")
    args.add_argument("--with", dest="by", choices=trainers, default=has[0])
    args.add_argument("--units", type=int, default=16)
    args.add_argument("--seed", type=int, default=1)
    args = args.parse_args()
    if args.by not in has:
        raise SystemExit(f"{args.by} is not installed here: install it, or leave --with out")

    names, rows, gains = read(args.features)
    # A column that never changes teaches nothing: it gets the weight zero.
    used = [k for k in range(len(names)) if min(r[k] for r in rows) < max(r[k] for r in rows)]
    mean = sum(gains) / len(gains)
    spread = (sum((g - mean) ** 2 for g in gains) / len(gains)) ** 0.5 or 1.0
    target = [(g - mean) / spread for g in gains]
    narrow = [[r[k] for k in used] for r in rows]
    aside = set(range(4, len(rows), 5))
    fit = [i for i in range(len(rows)) if i not in aside]
    w, b, v, c = trainers[args.by]([narrow[i] for i in fit], [target[i] for i in fit], args.units, args.seed)

    def score(row):
        return c[0] + sum(a * max(0.0, z + sum(p * x for p, x in zip(q, row))) for q, z, a in zip(w, b, v))

    said = [score(narrow[i]) for i in sorted(aside)]
    print(f"{args.by}: {len(fit)} rows, {len(used)} features that vary, {args.units} units;", end=" ")
    print(f"correlation {correlation(said, [target[i] for i in sorted(aside)]):.3f} with the gains of {len(said)} rows kept aside")
    full = [[0.0] * len(names) for _ in w]
    for j, line in enumerate(w):
        for k, x in zip(used, line):
            full[j][k] = x / 127
    with open(args.model, "wb") as f:
        f.write(onnx(full, b, v, c))


main()
