"""The weights of an exported model, back in 32-bit floats: training goes on from them.

It reads what graph.py writes, by the names of the weights.
"""
import numpy as np
import onnx
import torch
from onnx import numpy_helper

# Kept as they are: [rows, width] tables and vectors. All other matrices are stored [in, out].
AS_STORED = ("encoder.positions", "encoder.shapes", "norm", "norm1", "norm2")


def read(path, heads):
    """The network's state as float tensors by name; `heads`: how many an encoder's layer attends with."""
    stored = {c.name: numpy_helper.to_array(c) for c in onnx.load(path).graph.initializer}
    state = {}
    for name, array in stored.items():
        layer, _, kind = name.rpartition(".")
        if kind not in ("weight", "bias", "path"):
            continue
        value = array.astype(np.float32)
        scale = stored.get(f"{name}_scale")
        if layer == "encoder.words":
            value = value * scale
        elif scale is not None:
            value = value.T * scale[:, None]
        elif value.ndim == 2 and not layer.endswith(AS_STORED) and not is_table(layer):
            value = value.T
        if layer.endswith(".qkv"):
            # The queries are stored divided by the root of a head's width.
            width = len(value) // 3
            value = np.concatenate([value[:width] * (width // heads) ** 0.5, value[width:]])
        state[name] = torch.tensor(np.array(value))
    return state


def is_table(layer):
    """Whether the layer is one of the tables that the relation head looks up for a pair."""
    return layer.startswith("relations.")


def start_from(network, path, heads):
    """Puts the exported weights into the network, whose position table may be longer; returns their names."""
    own, known = network.state_dict(), read(path, heads)
    for name, value in known.items():
        if name == "encoder.positions.weight":
            own[name][:len(value)] = value
        elif own[name].shape == value.shape:
            own[name].copy_(value)
        else:
            raise ValueError(f"{name}: {tuple(value.shape)} in the export, {tuple(own[name].shape)} in the network")
    network.load_state_dict(own)
    return set(known)
