"""Writes the network as an ONNX graph for one window, with int8 weights.

The graph has no batch: the service runs one window at a time, so nothing is padded and no mask is needed.
Inputs: pieces [T], shapes [T], starts [1 + N] (position of the root's piece and of each word's first piece).
Weights are int8 per output channel, kept to 7 bits so that processors without VNNI do not saturate; activations are
quantised while running (uint8 per tensor). Embeddings are int8 per row.

Weights are initializers with the names they have in the network, such as `encoder.layers.0.up.weight`; what is int8 has
its scales beside it as `.weight_scale`. Products are stored [in, out], and the queries' part of `qkv` holds the division
by the root of the heads' width. The service reads its weights by these names; the graph is what they are tested against.
"""
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

WEIGHT_LIMIT = 63
POSITIONS = 256


# What scores a pair of mentions from the relation head's rows: no operator uses it, the service does.
PAIR_TABLES = [f"relations.{name}" for name in ("subject_kind.weight", "object_kind.weight", "subject_form.weight",
                                                "object_form.weight", "distance.weight", "types.weight", "types.bias",
                                                "path")]


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

    def linear(self, quantised, name, weight, bias):
        """Product with a PyTorch weight [out, in], plus bias."""
        values, scale, zero = quantised
        limit = np.maximum(np.abs(weight).max(axis=1), 1e-8) / WEIGHT_LIMIT
        whole = np.rint(weight / limit[:, None]).astype(np.int8)
        product = self.op("MatMulInteger", values, self.constant(whole.T, f"{name}.weight"), zero,
                          self.constant(np.zeros(len(weight), np.int8)))
        product = self.op("Cast", product, to=TensorProto.FLOAT)
        limit = self.constant(limit.astype(np.float32), f"{name}.weight_scale")
        product = self.op("Mul", product, self.op("Mul", scale, limit))
        return self.op("Add", product, self.constant(bias, f"{name}.bias"))

    def float_linear(self, x, name, weight, bias):
        product = self.op("MatMul", x, self.constant(weight.T, f"{name}.weight"))
        return self.op("Add", product, self.constant(bias, f"{name}.bias"))

    def norm(self, x, name, weight, bias):
        weight, bias = self.constant(weight, f"{name}.weight"), self.constant(bias, f"{name}.bias")
        return self.op("LayerNormalization", x, weight, bias, axis=-1, epsilon=1e-12)

    def gelu(self, x):
        return self.op("Gelu", x)

    def lookup(self, name, table, ids):
        """Rows of an embedding table kept as int8 with a scale for each row."""
        limit = np.maximum(np.abs(table).max(axis=1), 1e-8) / 127
        whole = self.constant(np.rint(table / limit[:, None]).astype(np.int8), f"{name}.weight")
        scale = self.constant(limit[:, None].astype(np.float32), f"{name}.weight_scale")
        rows = self.op("Cast", self.op("Gather", whole, ids), to=TensorProto.FLOAT)
        return self.op("Mul", rows, self.op("Gather", scale, ids))


def encoder(graph, weights, shape):
    """The states of the root and of each word; `shape` as in network.py."""
    w = lambda name: weights[f"encoder.{name}"]
    part = lambda name: (f"encoder.{name}", w(f"{name}.weight"), w(f"{name}.bias"))
    table = lambda name, rows=None: graph.constant(w(f"{name}.weight")[:rows], f"encoder.{name}.weight")
    size = graph.op("Shape", "pieces")
    axis = graph.constant(np.array([0]))
    positions = graph.op("Slice", table("positions", POSITIONS), axis, size, axis)
    x = graph.op("Add", graph.lookup("encoder.words", w("words.weight"), "pieces"), positions)
    x = graph.op("Add", x, graph.op("Gather", table("shapes"), "shapes"))
    x = graph.norm(x, *part("norm"))
    attended = shape["heads"] * shape["head_width"]
    split = graph.constant(np.array([-1, 3, shape["heads"], shape["head_width"]]), "encoder.split")
    graph.constant(np.array([shape["words_from"]]), "encoder.words_from")
    merge = graph.constant(np.array([-1, attended]))
    scale = np.ones(3 * attended, np.float32)
    scale[:attended] = shape["head_width"] ** -0.5
    for i in range(len(shape["inner"])):
        layer = lambda name: part(f"layers.{i}.{name}")
        name, weight, bias = layer("qkv")
        qkv = graph.linear(graph.quantised(x), name, weight * scale[:, None], bias * scale)
        qkv = graph.op("Transpose", graph.op("Reshape", qkv, split), perm=[1, 2, 0, 3])
        q, k, value = (graph.op("Gather", qkv, graph.constant(np.array(i)), axis=0) for i in range(3))
        attention = graph.op("Softmax", graph.op("MatMul", q, graph.op("Transpose", k, perm=[0, 2, 1])), axis=-1)
        mixed = graph.op("Transpose", graph.op("MatMul", attention, value), perm=[1, 0, 2])
        mixed = graph.op("Reshape", mixed, merge)
        mixed = graph.linear(graph.quantised(mixed), *layer("out"))
        x = graph.norm(graph.op("Add", x, mixed), *layer("norm1"))
        up = graph.gelu(graph.linear(graph.quantised(x), *layer("up")))
        down = graph.linear(graph.quantised(up), *layer("down"))
        x = graph.norm(graph.op("Add", x, down), *layer("norm2"))
        if i == shape["words_from"]:
            x = graph.op("Gather", x, "starts")
    return x


def heads(graph, weights, rooted):
    """The outputs, by name, for N words, or 1 + N with the root's first.

    mention, upos, xpos, title [N, labels]; arcs, antecedents [N, 1 + N]; label_dependents [N, labels x (width + 1)], whose
    product with label_heads [1 + N, width] is a label's score; and the relation head's rows: relation_subject,
    relation_object, relation_subject_query, relation_object_query [N, width], relation_key, relation_value [1 + N, width].
    The roles are left out: training has that head for what the encoder learns by it, the service asks nothing of it.
    """
    first, end, axis = (graph.constant(np.array([x])) for x in (1, 2**31 - 1, 0))
    words = graph.op("Slice", rooted, first, end, axis)
    part = lambda name: (name, weights[f"{name}.weight"], weights[f"{name}.bias"])
    outputs = {}
    for name in ("mention", "upos", "xpos"):
        outputs[name] = graph.float_linear(words, *part(name))
    q_words, q_rooted = graph.quantised(words), graph.quantised(rooted)
    side = lambda name, quantised: graph.gelu(graph.linear(quantised, *part(name)))
    dependent = graph.linear(graph.quantised(side("arc_dependent", q_words)), *part("arc"))
    outputs["arcs"] = graph.op("MatMul", dependent, graph.op("Transpose", side("arc_head", q_rooted), perm=[1, 0]))
    outputs["label_dependents"] = graph.linear(graph.quantised(side("label_dependent", q_words)), *part("label"))
    outputs["label_heads"] = side("label_head", q_rooted)
    if "title.weight" in weights:
        outputs |= further_heads(graph, words, q_words, q_rooted, part, side)
    return {name: graph.op("Identity", value, names=[name]) for name, value in outputs.items()}


def further_heads(graph, words, q_words, q_rooted, part, side):
    outputs = {"title": graph.float_linear(words, *part("title"))}
    anaphor = graph.linear(graph.quantised(side("antecedents.anaphor", q_words)), *part("antecedents.product"))
    antecedent = graph.op("Transpose", side("antecedents.antecedent", q_rooted), perm=[1, 0])
    outputs["antecedents"] = graph.op("MatMul", anaphor, antecedent)
    for name in ("subject", "object", "subject_query", "object_query", "key", "value"):
        rows = q_rooted if name in ("key", "value") else q_words
        outputs[f"relation_{name}"] = graph.linear(rows, *part(f"relations.{name}"))
    return outputs


def build(weights, shape):
    """`weights`: the network's state as float32 arrays by name; `shape`: the encoder's."""
    graph = Graph()
    outputs = heads(graph, weights, encoder(graph, weights, shape))
    for name in PAIR_TABLES:
        if name in weights:
            graph.constant(weights[name], name)
    inputs = [helper.make_tensor_value_info(n, TensorProto.INT64, [d])
              for n, d in (("pieces", "T"), ("shapes", "T"), ("starts", "S"))]
    results = [helper.make_tensor_value_info(n, TensorProto.FLOAT, ["N", None]) for n in outputs]
    made = helper.make_graph(graph.nodes, "dossier", inputs, results, graph.constants)
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", 20)], ir_version=9)
    onnx.checker.check_model(model)
    return model
