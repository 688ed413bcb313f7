"""The weights of an exported model, back in 32-bit floats: training goes on from them instead of from the encoder alone.

It reads what graph.py writes, in the order in which it writes it; heads that the export doesn't have are left as they are.
"""
import numpy as np
import onnx
import torch
from onnx import numpy_helper


class Reader:
    def __init__(self, path):
        self.constants = iter([numpy_helper.to_array(c) for c in onnx.load(path).graph.initializer])
        self.state = {}

    def next(self, kind=None):
        """The next constant; with a type, the next of that type."""
        for array in self.constants:
            if kind is None or array.dtype == kind:
                return array
        raise ValueError("the graph has fewer constants than expected")

    def linear(self, name, scale=1.0):
        whole, _, limit, bias = self.next(np.int8), self.next(), self.next(), self.next()
        weight = whole.T.astype(np.float32) * limit[:, None]
        self.state[f"{name}.weight"] = weight / np.reshape(scale, (-1, 1))
        self.state[f"{name}.bias"] = bias / scale

    def floats(self, *names):
        for name in names:
            self.state[name] = self.next(np.float32)

    def lookup(self, name):
        whole, scale = self.next(np.int8), self.next(np.float32)
        self.state[name] = whole.astype(np.float32) * scale


def read(path, layers, heads):
    """The network's state (without heads other than tags and syntax) as float tensors by name."""
    reader = Reader(path)
    reader.floats("encoder.positions.weight")
    reader.lookup("encoder.words.weight")
    reader.floats("encoder.shapes.weight", "encoder.norm.weight", "encoder.norm.bias")
    width = len(reader.state["encoder.norm.weight"])
    scale = np.ones(3 * width, np.float32)
    scale[:width] = (width // heads) ** -0.5
    for i in range(layers):
        layer = f"encoder.layers.{i}"
        reader.linear(f"{layer}.qkv", scale)
        reader.linear(f"{layer}.out")
        reader.floats(f"{layer}.norm1.weight", f"{layer}.norm1.bias")
        reader.linear(f"{layer}.up")
        reader.linear(f"{layer}.down")
        reader.floats(f"{layer}.norm2.weight", f"{layer}.norm2.bias")
    for name in ("mention", "upos", "xpos"):
        weight, bias = reader.next(np.float32), reader.next(np.float32)
        reader.state[f"{name}.weight"], reader.state[f"{name}.bias"] = weight.T, bias
    for name in ("arc_dependent", "arc", "arc_head", "label_dependent", "label", "label_head"):
        reader.linear(name)
    return {name: torch.tensor(np.array(value)) for name, value in reader.state.items()}


def start_from(network, path, layers, heads):
    """Puts the exported weights into the network where their shapes agree; the position table may be longer there."""
    own = network.state_dict()
    for name, value in read(path, layers, heads).items():
        if name == "encoder.positions.weight":
            own[name][:len(value)] = value
        elif own[name].shape == value.shape:
            own[name].copy_(value)
        else:
            raise ValueError(f"{name}: {tuple(value.shape)} in the export, {tuple(own[name].shape)} in the network")
    network.load_state_dict(own)
