"""Write the models of this folder anew: python3 export.py DIRECTORY (torch 2.11, onnx, onnxscript).

Both of PyTorch's exporters write each model, and facts.json holds four rows and what
PyTorch makes of them. The encoder moves rows behind tokens inside, and is refused.
"""
import json
import sys

import torch
import torch.nn as nn


class MLP(nn.Module):
    """One hidden layer over normalised features."""

    def __init__(self):
        super().__init__()
        self.register_buffer("mean", torch.randint(0, 40, (64,)).float())
        self.register_buffer("std", torch.rand(64) * 20 + 10)
        self.net = nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 1))

    def forward(self, x):
        return self.net((x - self.mean) / self.std)


class Clipped(nn.Module):
    """Two hidden layers with bounded activations, a probability at the end."""

    def __init__(self):
        super().__init__()
        self.a, self.b, self.c = nn.Linear(64, 16), nn.Linear(16, 8), nn.Linear(8, 1)

    def forward(self, x):
        x = nn.functional.relu6(self.a(x / 127))
        return torch.sigmoid(self.c(torch.clamp(self.b(x), 0, 4))).squeeze(-1)


class Tower(nn.Module):
    """A transformer's layer in which a row stays a row."""

    def __init__(self):
        super().__init__()
        self.i = nn.Linear(24, 32)
        self.q, self.k, self.v, self.o = (nn.Linear(32, 32) for _ in range(4))
        self.n1, self.n2 = nn.LayerNorm(32), nn.LayerNorm(32)
        self.f, self.g = nn.Linear(32, 64), nn.Linear(64, 32)
        self.out = nn.Linear(32, 16)

    def forward(self, x):
        x = self.i(x.reshape(-1, 16, 24) / 64)
        h = self.n1(x)
        q, k, v = (m(h).reshape(-1, 16, 4, 8).transpose(1, 2) for m in (self.q, self.k, self.v))
        a = torch.softmax(q @ k.transpose(2, 3) / 8**0.5, -1) @ v
        x = x + self.o(a.transpose(1, 2).reshape(-1, 16, 32))
        x = x + self.g(torch.relu(self.f(self.n2(x))))
        return torch.tanh(self.out(x.mean(1)))


class Encoder(nn.Module):
    """PyTorch's own layer."""

    def __init__(self):
        super().__init__()
        self.i = nn.Linear(24, 32)
        self.e = nn.TransformerEncoderLayer(32, 4, 64, 0.0, batch_first=True)
        self.o = nn.Linear(32, 16)

    def forward(self, x):
        return torch.tanh(self.o(self.e(self.i(x.reshape(-1, 16, 24) / 64)).mean(1)))


def main(out):
    torch.manual_seed(1)
    facts = {"torch": torch.__version__}
    models = {"mlp": (MLP(), 64), "clipped": (Clipped(), 64), "tower": (Tower(), 384), "encoder": (Encoder(), 384)}
    for name, (model, width) in models.items():
        model.eval()
        x = torch.randint(-128, 128, (16, width)).float()
        with torch.no_grad():
            facts[name] = {"rows": x.int().tolist()[:4], "out": model(x).tolist()[:4]}
        names = {"input_names": ["x"], "output_names": ["y"], "opset_version": 18}
        torch.onnx.export(model, (x,), f"{out}/{name}-legacy.onnx", dynamo=False,
                          dynamic_axes={"x": {0: "n"}, "y": {0: "n"}}, **names)
        torch.onnx.export(model, (x,), f"{out}/{name}-dynamo.onnx", dynamo=True,
                          dynamic_shapes=({0: torch.export.Dim("n")},), external_data=False, **names)
    with open(f"{out}/facts.json", "w") as f:
        json.dump(facts, f, separators=(",", ":"))


main(sys.argv[1])
