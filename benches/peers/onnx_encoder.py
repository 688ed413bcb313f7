"""ONNX Runtime on the encoder of model/model.onnx: reads a file of windows once, a window at a time on each thread, and
prints the pieces and seconds as JSON. `compare` runs it; windows come from windows.py.

    python3 -m benches.peers.onnx_encoder windows.json --threads 1
"""
import argparse
import json
import threading
import time
from pathlib import Path

import numpy as np
import onnx
import onnxruntime

from benches.harness.server import ROOT

MODEL = ROOT / "model/model.onnx"
WARM_UP = 20  # windows


def encoder(model):
    """The graph up to the encoder's output, which is what its last layer is normalised to: the heads normalise nothing."""
    graph = model.graph
    output = [node.output[0] for node in graph.node if node.op_type == "LayerNormalization"][-1]
    wanted, nodes = {output}, []
    for node in reversed(graph.node):
        if wanted & set(node.output):
            nodes.insert(0, node)
            wanted |= set(node.input)
    made = onnx.helper.make_graph(
        nodes, "encoder", [i for i in graph.input if i.name in wanted],
        [onnx.helper.make_tensor_value_info(output, onnx.TensorProto.FLOAT, ["S", None])],
        [c for c in graph.initializer if c.name in wanted])
    return onnx.helper.make_model(made, opset_imports=model.opset_import, ir_version=model.ir_version)


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("windows", type=Path)
    arguments.add_argument("--threads", type=int, default=1, help="windows read at the same time")
    arguments = arguments.parse_args()

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(encoder(onnx.load(MODEL)).SerializeToString(), options,
                                           providers=["CPUExecutionProvider"])
    windows = [dict(zip(("pieces", "shapes", "starts"), map(np.array, window)))
               for window in json.loads(arguments.windows.read_text())]
    for window in windows[:WARM_UP]:
        session.run(None, window)

    waiting, lock, failures = iter(windows), threading.Lock(), []

    def work():
        try:
            while True:
                with lock:
                    window = next(waiting, None)
                if window is None:
                    return
                encoded, = session.run(None, window)
                if len(encoded) != len(window["starts"]) or not np.isfinite(encoded[0]).all():
                    raise ValueError("the encoder's output is not what it should be")
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=work) for _ in range(arguments.threads)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - begun
    if failures:
        raise failures[0]
    print(json.dumps({"pieces": sum(len(window["pieces"]) for window in windows), "seconds": seconds}))


if __name__ == "__main__":
    main()
