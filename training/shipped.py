"""The weights of an exported model, back in 32-bit floats: training goes on from them.

It reads what graph.py writes, by the names of the weights.
"""
import numpy as np
import onnx
import torch
from onnx import numpy_helper

from network import Encoder, Network, is_further

# Kept as they are: [rows, width] tables and vectors. All other matrices are stored [in, out].
AS_STORED = ("encoder.positions", "encoder.shapes", "norm", "norm1", "norm2")


def read(path):
    """The encoder's shape, and the network's state as float tensors by name."""
    stored = {c.name: numpy_helper.to_array(c) for c in onnx.load(path).graph.initializer}
    shape = encoder_shape(stored)
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
            value = np.concatenate([value[:width] * shape["head_width"] ** 0.5, value[width:]])
        state[name] = torch.tensor(np.array(value))
    return shape, state


def encoder_shape(stored):
    vocabulary, width = stored["encoder.words.weight"].shape
    layers = sum(name.endswith(".qkv.weight") for name in stored)
    inner = [stored[f"encoder.layers.{i}.up.weight"].shape[1] for i in range(layers)]
    _, _, heads, head_width = stored["encoder.split"].tolist()
    return {"width": width, "heads": heads, "head_width": head_width, "inner": inner,
            "words_from": int(stored["encoder.words_from"][0]) if "encoder.words_from" in stored else layers - 1,
            "vocabulary": vocabulary, "positions": len(stored["encoder.positions.weight"])}


def is_table(layer):
    """Whether the layer is one of the tables that the relation head looks up for a pair."""
    return layer.startswith("relations.")


def network(path, labels):
    """A network with the exported weights. Heads that the export lacks are new."""
    shape, known = read(path)
    made = Network(Encoder(shape), labels)
    own = made.state_dict()
    for name, value in known.items():
        if own[name].shape != value.shape:
            raise ValueError(f"{name}: {tuple(value.shape)} in the export, {tuple(own[name].shape)} in the network")
    missing = [name for name in own if name not in known and not is_further(name)]
    if missing:
        raise ValueError(f"{path} lacks {missing}")
    made.load_state_dict(own | known)
    return made
