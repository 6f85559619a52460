"""Rounds the weights of an ONNX graph so that every processor computes the same from them.

Where a processor has no VNNI instructions, ONNX Runtime adds the products of 8-bit weights and 8-bit activations in
pairs, in 16 bits, which saturate. The products of 7-bit weights can't. So:

- Matrices have 7 bits a weight, with one scale for each column. What is lost is won back by smoothing: inputs are
  divided by a factor for each channel, and the matrix is multiplied by it, so that channels with outliers don't set the
  scale of all (SmoothQuant: Xiao et al. 2023). The factors come from running the graph on a few texts.
- Matrices with at least `WIDE` rows, which are the second ones of the feed-forward parts and read the worst outliers,
  have 8 bits on disk and are turned into floats when the graph is loaded.
- Tables of embeddings have 8 bits.

Graphs that were quantised already are turned into floats first.

usage: quantise.py IN.onnx OUT.onnx [NETWORK PUBLISHED_FOLDER TEXT_FILE…]
Without texts, nothing is smoothed. NETWORK is one of bases.py, which has downloaded its base to PUBLISHED_FOLDER.
"""

import hashlib
import os
import sys

import numpy as np
import onnx
import onnxruntime
from onnx import helper, numpy_helper
from tokenizers import Tokenizer

from bases import BASES
from files import whole

MOST_7_BITS, MOST_8_BITS = 63, 127
SMOOTHING = 0.65
"""How much of the range moves from inputs into weights. Of .35 to .8, the outputs are nearest to the float graph's."""
WIDE = 1536
SMALLEST = 20_000
"""In weights: smaller matrices stay floats."""
LONGEST = 250
"""In pieces, of the texts that the graph is run on."""


def quantise(model: onnx.ModelProto, feeds: list[dict[str, np.ndarray]]) -> onnx.ModelProto:
    """Returns the graph with rounded weights. `feeds` are inputs like those it will read; without, nothing is smoothed."""
    graph = Graph(to_floats(model))
    graph.quantise_tables()
    graph.quantise_matrices(largest_inputs(graph, feeds))
    return graph.model()


class Graph:
    def __init__(self, model: onnx.ModelProto):
        self.source = model
        self.nodes = list(model.graph.node)
        self.tensors = {each.name: each for each in model.graph.initializer}

    def array(self, name: str) -> np.ndarray:
        return numpy_helper.to_array(self.tensors[name])

    def add(self, name: str, array: np.ndarray) -> str:
        self.tensors[name] = numpy_helper.from_array(np.ascontiguousarray(array), name)
        return name

    def has_matrix(self, node) -> bool:
        matrix = self.tensors.get(node.input[1]) if node.op_type == "MatMul" else None
        return matrix is not None and np.prod(matrix.dims) >= SMALLEST

    def quantise_tables(self) -> None:
        nodes = []
        for node in self.nodes:
            table = self.tensors.get(node.input[0]) if node.op_type == "Gather" else None
            if table is None or table.data_type != onnx.TensorProto.FLOAT or np.prod(table.dims) < SMALLEST:
                nodes.append(node)
                continue
            name, array, out = node.input[0], self.array(node.input[0]), node.output[0]
            scale = np.float32(np.abs(array).max() / MOST_8_BITS)
            node.input[0] = self.add(f"{name}.rounded", np.rint(array / scale).astype(np.int8))
            node.output[0] = f"{out}.rounded"
            restore = helper.make_node("DequantizeLinear", [node.output[0], self.add(f"{name}.scale", scale)], [out])
            nodes += [node, restore]
        self.nodes = nodes

    def quantise_matrices(self, largest: dict[str, np.ndarray]) -> None:
        readers: dict[str, list[np.ndarray]] = {}
        for node in filter(self.has_matrix, self.nodes):
            readers.setdefault(node.input[0], []).append(self.array(node.input[1]))
        factors, nodes, smoothed = {}, [], set()
        for name, matrices in readers.items():
            if name not in largest:
                continue
            weights = np.max([np.abs(each).max(1) for each in matrices], 0)
            factor = np.maximum(largest[name], 1e-4) ** SMOOTHING / np.maximum(weights, 1e-4) ** (1 - SMOOTHING)
            factors[name] = (factor / np.exp(np.log(factor).mean())).astype(np.float32)
        for node in self.nodes:
            if not self.has_matrix(node):
                nodes.append(node)
                continue
            read, name, matrix = node.input[0], node.input[1], self.array(node.input[1])
            if len(matrix) >= WIDE:
                rounded, scale = self.rounded(name, matrix, MOST_8_BITS)
                nodes.append(helper.make_node("DequantizeLinear", [rounded, scale], [f"{name}.whole"], axis=1))
                nodes.append(helper.make_node("MatMul", [read, f"{name}.whole"], list(node.output)))
                continue
            if read in factors:
                if read not in smoothed:
                    factor = self.add(f"{read}.factor", 1 / factors[read])
                    nodes.append(helper.make_node("Mul", [read, factor], [f"{read}.smooth"]))
                    smoothed.add(read)
                matrix, read = matrix * factors[read][:, None], f"{read}.smooth"
            rounded, scale = self.rounded(name, matrix, MOST_7_BITS)
            inputs = [read, rounded, scale, self.add(f"{name}.zero", np.zeros(matrix.shape[1], np.int8))]
            nodes.append(helper.make_node("DynamicQuantizeMatMul", inputs, list(node.output), domain="com.microsoft"))
        self.nodes = nodes

    def rounded(self, name: str, matrix: np.ndarray, most: int) -> tuple[str, str]:
        scale = np.maximum(np.abs(matrix).max(0), 1e-9) / most
        values = np.rint(matrix / scale).astype(np.int8)
        return self.add(f"{name}.rounded", values), self.add(f"{name}.scale", scale.astype(np.float32))

    def model(self) -> onnx.ModelProto:
        """Without what nothing reads."""
        nodes, count = self.nodes, -1
        while count != len(nodes):
            count = len(nodes)
            read = {name for node in nodes for name in node.input} | {each.name for each in self.source.graph.output}
            nodes = [node for node in nodes if any(name in read for name in node.output)]
        made = onnx.ModelProto()
        made.CopyFrom(self.source)
        del made.graph.node[:], made.graph.initializer[:], made.graph.value_info[:]
        made.graph.node.extend(nodes)
        made.graph.initializer.extend(each for name, each in self.tensors.items() if name in read)
        if all(each.domain != "com.microsoft" for each in made.opset_import):
            made.opset_import.append(helper.make_opsetid("com.microsoft", 1))
        return made


def to_floats(model: onnx.ModelProto) -> onnx.ModelProto:
    """Returns the graph with floats in place of matrices that `quantise_dynamic` or `quantise` rounded."""
    graph = Graph(model)
    made_by = {name: node for node in graph.nodes for name in node.output}
    nodes = []
    for node in graph.nodes:
        if node.op_type == "MatMul" and (restored := made_by.get(node.input[1])) is not None:
            if restored.op_type == "DequantizeLinear":
                rounded, scale = restored.input[:2]
                node.input[1] = graph.add(f"{rounded}.float", graph.array(rounded).astype(np.float32) * graph.array(scale))
            nodes.append(node)
        elif node.op_type == "DynamicQuantizeMatMul":
            read, rounded, scale, zero, *bias = node.input
            matrix = (graph.array(rounded).astype(np.float32) - graph.array(zero)) * graph.array(scale)
            if read.endswith(".smooth"):
                read, factor = made_by[read].input
                matrix *= graph.array(factor)[:, None]
            product = node.output[0] if not bias else f"{node.output[0]}.product"
            nodes.append(helper.make_node("MatMul", [read, graph.add(f"{rounded}.float", matrix)], [product]))
            if bias:
                nodes.append(helper.make_node("Add", [product, bias[0]], [node.output[0]]))
        else:
            nodes.append(node)
    graph.nodes = nodes
    return graph.model()


def largest_inputs(graph: Graph, feeds: list[dict[str, np.ndarray]]) -> dict[str, np.ndarray]:
    """Returns, for each input of a matrix, the greatest magnitude in each channel."""
    if not feeds:
        return {}
    names = list(dict.fromkeys(node.input[0] for node in graph.nodes if graph.has_matrix(node)))
    model = graph.model()
    model.graph.output.extend(helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None) for name in names)
    session = session_of(model)
    largest: dict[str, np.ndarray] = {}
    for feed in feeds:
        for name, values in zip(names, session.run(names, feed)):
            here = np.abs(values).reshape(-1, values.shape[-1]).max(0)
            largest[name] = np.maximum(largest.get(name, 0), here)
    return largest


def session_of(model: onnx.ModelProto) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model.SerializeToString(), options)


def paragraphs_of(files: list[str]) -> list[str]:
    """Returns the paragraphs of text files that are long enough to say something."""
    texts = [open(name, encoding="utf8").read() for name in files]
    return [each for text in texts for each in text.split("\n\n") if len(each) > 60]


def feeds_of(model: onnx.ModelProto, tokens: Tokenizer, texts: list[str], most: int = LONGEST) -> list[dict[str, np.ndarray]]:
    """Returns inputs for a graph that reads `ids`, with zeros for what else it is told of the pieces or tokens."""
    names = [each.name for each in model.graph.input]
    others, reads_tokens = [name for name in names if name not in ("ids", "starts")], "starts" in names
    feeds = []
    for text in texts:
        ids = np.array(tokens.encode(text).ids[:most])
        inner = np.arange(1, len(ids) - 1)
        feed = {"ids": ids, "starts": inner} if reads_tokens else {"ids": ids}
        feeds.append(feed | {name: np.zeros(len(inner if reads_tokens else ids), np.int64) for name in others})
    return feeds


def save(model: onnx.ModelProto, path: str) -> None:
    """Writes the graph, and prints its size and SHA-256."""
    data = model.SerializeToString()
    with whole(path) as file:
        file.write(data)
    print(os.path.basename(path), len(data), hashlib.sha256(data).hexdigest())


def main() -> None:
    source, out, *tried = sys.argv[1:]
    model, feeds = onnx.load(source), []
    if tried:
        network, published, *texts = tried
        feeds = feeds_of(model, BASES[network].tokenizer(published), paragraphs_of(texts))
    save(quantise(model, feeds), out)


if __name__ == "__main__":
    main()
