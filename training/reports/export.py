"""Writes the network as two ONNX graphs for one window at a time, with rounded weights, and the chain's scores.

usage: export.py NETWORK.pt PUBLISHED_FOLDER OUT_FOLDER TEXT_FILE…
"""

import json
import os
import sys

import torch
from onnx import ModelProto, TensorProto, helper
from torch import nn

from corpus import MOST_PIECES
from files import whole
from onnx_graph import for_one_text, to_onnx
from network import BASE, MIDDLE, SHARED, TOKEN, Network
from quantise import feeds_of, paragraphs_of, quantise, save


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


def with_middle(model: ModelProto) -> ModelProto:
    """Names the state from which the pointer continues, and makes it an output."""
    graph = model.graph
    # The first is that of the embeddings; each layer has two.
    norms = [node for node in graph.node if node.op_type == "LayerNormalization"]
    before = norms[2 * SHARED].output[0]
    for node in graph.node:
        for names in (node.input, node.output):
            names[:] = [MIDDLE if name == before else name for name in names]
    graph.output.append(helper.make_tensor_value_info(MIDDLE, TensorProto.FLOAT, [1, "pieces", BASE.width]))
    return model


def main():
    weights, published, out, *files = sys.argv[1:]
    os.makedirs(out, exist_ok=True)
    network = Network()
    network.load_state_dict(torch.load(weights, weights_only=True))
    # No window has more.
    for_one_text(network.reader.encoder, MOST_PIECES + 2)
    zeros = lambda n: torch.zeros(n, dtype=torch.long)
    inputs = {"ids": torch.arange(12) + 1000, "starts": torch.arange(9) + 1}
    inputs |= {name: zeros(9) for name in ("shapes", "quoting", "lines")}
    axes = {name: {0: "pieces" if name == "ids" else "tokens"} for name in (*inputs, "states", "cues")}
    reader = to_onnx(OneWindow(network.reader), inputs, ("states", "cues"), axes)
    reader = quantise(reader, feeds_of(reader, BASE.tokenizer(published), paragraphs_of(files)))
    save(with_middle(reader), f"{out}/reader.onnx")
    inputs = {"states": torch.randn(9, TOKEN), "quoting": zeros(9), "places": zeros(9), "heads": torch.tensor([2, 5])}
    axes = {name: {0: "heads" if name in ("heads", "judged") else "tokens"} for name in (*inputs, "judged")}
    axes["emissions"] = {0: "heads", 1: "tokens"}
    decoder = to_onnx(ItsHeads(network.decoder), inputs, ("emissions", "judged"), axes)
    # Smoothed by what it reads of these texts, it labelled much worse.
    save(quantise(decoder, []), f"{out}/decoder.onnx")
    scores = {name: [round(float(x), 4) for x in getattr(network, name).detach().flatten()] for name in ("transitions", "starts", "ends")}
    with whole(f"{out}/chain.json") as file:
        file.write(f"{json.dumps(scores)}\n".encode())


if __name__ == "__main__":
    main()
