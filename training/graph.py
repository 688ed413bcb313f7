"""Writes the network as an ONNX graph for one window, with int8 weights.

The graph has no batch: the service runs one window at a time, so nothing is padded and no mask is needed.
Inputs: pieces [T], shapes [T], starts [1 + N] (position of the root's piece and of each word's first piece).
Weights are int8 per output channel, kept to 7 bits so that processors without VNNI do not saturate; activations are
quantised while running (uint8 per tensor). Embeddings are int8 per row.
"""
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

WEIGHT_LIMIT = 63
POSITIONS = 256


class Graph:
    def __init__(self):
        self.nodes, self.constants, self.made = [], [], 0

    def constant(self, array, name=None):
        name = name or self.name("c")
        self.constants.append(numpy_helper.from_array(np.array(array, order="C"), name))
        return name

    def name(self, kind):
        self.made += 1
        return f"{kind}{self.made}"

    def op(self, kind, *inputs, outputs=1, names=None, **attributes):
        names = names or [self.name(kind.lower()) for _ in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, **attributes))
        return names[0] if outputs == 1 else names

    def quantised(self, x):
        """x as (uint8, scale, zero point), for any number of products with it."""
        return self.op("DynamicQuantizeLinear", x, outputs=3)

    def linear(self, quantised, weight, bias):
        """Product with a PyTorch weight [out, in], plus bias."""
        values, scale, zero = quantised
        limit = np.maximum(np.abs(weight).max(axis=1), 1e-8) / WEIGHT_LIMIT
        whole = np.rint(weight / limit[:, None]).astype(np.int8)
        product = self.op("MatMulInteger", values, self.constant(whole.T), zero,
                          self.constant(np.zeros(len(weight), np.int8)))
        product = self.op("Cast", product, to=TensorProto.FLOAT)
        product = self.op("Mul", product, self.op("Mul", scale, self.constant(limit.astype(np.float32))))
        return self.op("Add", product, self.constant(bias))

    def float_linear(self, x, weight, bias):
        return self.op("Add", self.op("MatMul", x, self.constant(weight.T)), self.constant(bias))

    def norm(self, x, weight, bias):
        return self.op("LayerNormalization", x, self.constant(weight), self.constant(bias), axis=-1, epsilon=1e-12)

    def gelu(self, x):
        return self.op("Gelu", x)

    def lookup(self, table, ids):
        """Rows of an embedding table kept as int8 with a scale for each row."""
        limit = np.maximum(np.abs(table).max(axis=1), 1e-8) / 127
        whole = self.constant(np.rint(table / limit[:, None]).astype(np.int8))
        scale = self.constant(limit[:, None].astype(np.float32))
        rows = self.op("Cast", self.op("Gather", whole, ids), to=TensorProto.FLOAT)
        return self.op("Mul", rows, self.op("Gather", scale, ids))


def encoder(graph, weights, layers, heads):
    w = lambda name: weights[f"encoder.{name}"]
    width = w("norm.weight").shape[0]
    size = graph.op("Shape", "pieces")
    axis = graph.constant(np.array([0]))
    positions = graph.op("Slice", graph.constant(w("positions.weight")[:POSITIONS]), axis, size, axis)
    x = graph.op("Add", graph.lookup(w("words.weight"), "pieces"), positions)
    x = graph.op("Add", x, graph.op("Gather", graph.constant(w("shapes.weight")), "shapes"))
    x = graph.norm(x, w("norm.weight"), w("norm.bias"))
    split = graph.constant(np.array([-1, 3, heads, width // heads]))
    merge = graph.constant(np.array([-1, width]))
    scale = np.ones(3 * width, np.float32)
    scale[:width] = (width // heads) ** -0.5
    for i in range(layers):
        v = lambda name: w(f"layers.{i}.{name}")
        qkv = graph.linear(graph.quantised(x), v("qkv.weight") * scale[:, None], v("qkv.bias") * scale)
        qkv = graph.op("Transpose", graph.op("Reshape", qkv, split), perm=[1, 2, 0, 3])
        q, k, value = (graph.op("Gather", qkv, graph.constant(np.array(part)), axis=0) for part in range(3))
        attention = graph.op("Softmax", graph.op("MatMul", q, graph.op("Transpose", k, perm=[0, 2, 1])), axis=-1)
        mixed = graph.op("Transpose", graph.op("MatMul", attention, value), perm=[1, 0, 2])
        mixed = graph.op("Reshape", mixed, merge)
        mixed = graph.linear(graph.quantised(mixed), v("out.weight"), v("out.bias"))
        x = graph.norm(graph.op("Add", x, mixed), v("norm1.weight"), v("norm1.bias"))
        up = graph.gelu(graph.linear(graph.quantised(x), v("up.weight"), v("up.bias")))
        down = graph.linear(graph.quantised(up), v("down.weight"), v("down.bias"))
        x = graph.norm(graph.op("Add", x, down), v("norm2.weight"), v("norm2.bias"))
    return x


def heads(graph, weights, x):
    """The outputs, by name: mention, upos and xpos [N, labels]; arcs [N, 1 + N]; label_dependents, label_heads."""
    rooted = graph.op("Gather", x, "starts")
    first, end, axis = (graph.constant(np.array([x])) for x in (1, 2**31 - 1, 0))
    words = graph.op("Slice", rooted, first, end, axis)
    part = lambda name: (weights[f"{name}.weight"], weights[f"{name}.bias"])
    outputs = {}
    for name in ("mention", "upos", "xpos"):
        outputs[name] = graph.float_linear(words, *part(name))
    q_words, q_rooted = graph.quantised(words), graph.quantised(rooted)
    side = lambda name, quantised: graph.gelu(graph.linear(quantised, *part(name)))
    dependent = graph.linear(graph.quantised(side("arc_dependent", q_words)), *part("arc"))
    outputs["arcs"] = graph.op("MatMul", dependent, graph.op("Transpose", side("arc_head", q_rooted), perm=[1, 0]))
    outputs["label_dependents"] = graph.linear(graph.quantised(side("label_dependent", q_words)), *part("label"))
    outputs["label_heads"] = side("label_head", q_rooted)
    return {name: graph.op("Identity", value, names=[name]) for name, value in outputs.items()}


def build(weights, layers, attention_heads):
    """`weights`: the network's state as float32 arrays by name."""
    graph = Graph()
    outputs = heads(graph, weights, encoder(graph, weights, layers, attention_heads))
    inputs = [helper.make_tensor_value_info(n, TensorProto.INT64, [d])
              for n, d in (("pieces", "T"), ("shapes", "T"), ("starts", "S"))]
    results = [helper.make_tensor_value_info(n, TensorProto.FLOAT, ["N", None]) for n in outputs]
    made = helper.make_graph(graph.nodes, "dossier", inputs, results, graph.constants)
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", 20)], ir_version=9)
    onnx.checker.check_model(model)
    return model
