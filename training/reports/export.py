"""Writes the network as two ONNX graphs for one window at a time, 8 bits a weight, and the chain's scores.

usage: export.py CHECKPOINT src/attribution/network
"""

import hashlib
import json
import os
import sys
import tempfile

import onnxruntime
import torch
import torch.nn.functional as F
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn

from bert import HEADS, WIDTH
from corpus import MOST_PIECES
from network import TOKEN, Network


class Attention(torch.autograd.Function):
    """ONNX Runtime's own operator for attention, which takes about a tenth less time than the encoder's many."""

    @staticmethod
    def symbolic(graph, query, key, value):
        seen = graph.op("com.microsoft::MultiHeadAttention", query, key, value, num_heads_i=HEADS)
        seen.setType(query.type())
        return seen

    @staticmethod
    def forward(_, query, key, value):
        heads = lambda of: of.unflatten(-1, (HEADS, -1)).transpose(1, 2)
        return F.scaled_dot_product_attention(heads(query), heads(key), heads(value)).transpose(1, 2).flatten(2)


class JoinedLayer(nn.Module):
    """A layer of the encoder that computes queries, keys and values by one product of matrices."""

    def __init__(self, layer):
        super().__init__()
        self.layer = layer
        parts = (layer.query, layer.key, layer.value)
        self.weight = nn.Parameter(torch.cat([part.weight for part in parts]))
        self.bias = nn.Parameter(torch.cat([part.bias for part in parts]))

    def forward(self, states, _):
        layer = self.layer
        seen = Attention.apply(*F.linear(states, self.weight, self.bias).split(WIDTH, -1))
        states = layer.after_attention(states + layer.output(seen))
        return layer.after(states + layer.narrow(F.gelu(layer.wide(states))))


class OneWindow(nn.Module):
    def __init__(self, reader):
        super().__init__()
        self.reader = reader

    def forward(self, ids, starts, shapes, quoting, lines):
        tokens, cues = self.reader(ids[None], starts[None], shapes[None], quoting[None], lines[None])
        return tokens[0], cues[0]


class ItsHeads(nn.Module):
    def __init__(self, decoder):
        super().__init__()
        self.decoder = decoder

    def forward(self, states, quoting, places, heads):
        rows = heads.shape[0]
        wide = lambda each: each[None].expand(rows, *each.shape)
        return self.decoder(wide(states), wide(quoting), wide(places), heads)


def export(module, inputs, outputs, axes, out):
    names = list(inputs)
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/whole.onnx"
        torch.onnx.export(
            module, tuple(inputs.values()), path, input_names=names, output_names=list(outputs), dynamic_axes=axes, opset_version=17, dynamo=False
        )
        quantized = f"{folder}/quantized.onnx"
        quantize_dynamic(path, quantized, per_channel=True, weight_type=QuantType.QInt8)
        # Fused once, so that the bot need not when it loads it. The norm is faster alone than fused with what precedes it.
        options = onnxruntime.SessionOptions()
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
        options.optimized_model_filepath = out
        onnxruntime.InferenceSession(quantized, options, disabled_optimizers=["SkipLayerNormFusion"])
    with open(out, "rb") as file:
        print(os.path.basename(out), os.path.getsize(out), hashlib.sha256(file.read()).hexdigest())


def main():
    checkpoint, out = sys.argv[1:]
    state = torch.load(checkpoint, weights_only=False)
    network = Network()
    network.load_state_dict(state["network"])
    network.eval()
    # No window has more.
    network.reader.encoder.positions.weight.data = network.reader.encoder.positions.weight[: MOST_PIECES + 2]
    network.reader.encoder.layers = nn.ModuleList(JoinedLayer(layer) for layer in network.reader.encoder.layers)
    zeros = lambda n: torch.zeros(n, dtype=torch.long)
    reader = {"ids": torch.arange(12) + 1000, "starts": torch.arange(9) + 1}
    reader |= {name: zeros(9) for name in ("shapes", "quoting", "lines")}
    axes = {name: {0: "pieces" if name == "ids" else "tokens"} for name in (*reader, "states", "cues")}
    export(OneWindow(network.reader), reader, ("states", "cues"), axes, f"{out}/reader.onnx")
    decoder = {"states": torch.randn(9, TOKEN), "quoting": zeros(9), "places": zeros(9), "heads": torch.tensor([2, 5])}
    axes = {name: {0: "heads" if name in ("heads", "judged") else "tokens"} for name in (*decoder, "judged")}
    axes["emissions"] = {0: "heads", 1: "tokens"}
    export(ItsHeads(network.decoder), decoder, ("emissions", "judged"), axes, f"{out}/decoder.onnx")
    scores = {name: [round(float(x), 4) for x in getattr(network, name).detach().flatten()] for name in ("transitions", "starts", "ends")}
    with open(f"{out}/chain.json", "w") as file:
        file.write(json.dumps(scores) + "\n")


if __name__ == "__main__":
    main()
