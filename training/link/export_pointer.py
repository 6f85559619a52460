"""Writes the pointer as two ONNX graphs with rounded weights. They continue from what reader.onnx returns.

usage: export_pointer.py POINTER.pt NETWORK.pt PUBLISHED_FOLDER GRAPHS_FOLDER TEXT_FILE…
GRAPHS_FOLDER has reader.onnx. NETWORK.pt is the network it was made from.
"""

import sys

import onnx
import torch
from torch import nn

from network import BASE, MIDDLE, TOKEN, Network
from onnx_graph import JoinedLayer, to_onnx
from pointer import COMPARED, Pointer
from quantise import feeds_of, paragraphs_of, quantise, save, session_of

NAMES = ("starts", "shapes", "quoting", "lines")


class Antecedents(nn.Module):
    """A window's middle state -> what is compared of its tokens: as a word, and as a source's first, last and content."""

    def __init__(self, pointer: Pointer):
        super().__init__()
        self.pointer = pointer
        pointer.layers = nn.ModuleList(JoinedLayer(layer) for layer in pointer.layers)
        self.joined = nn.Linear(TOKEN, 4 * COMPARED)
        asks = [pointer.ask.weight[:, at * TOKEN : (at + 1) * TOKEN] for at in range(3)]
        self.joined.weight.data = torch.cat([pointer.key.weight, *asks]).detach()
        self.joined.bias.data = torch.cat([pointer.key.bias, torch.zeros(3 * COMPARED)]).detach()

    def forward(self, middle, starts, shapes, quoting, lines):
        lists = (each[None] for each in (starts, shapes, quoting, lines))
        return self.joined(self.pointer.states(middle, None, *lists)[0])


class Comparison(nn.Module):
    def __init__(self, pointer: Pointer):
        super().__init__()
        self.pointer = pointer

    def forward(self, tokens, kept, firsts, lasts, contents, unsourced):
        """Only the tokens `kept` may mean somebody."""
        keys, first, last, content = tokens.split(COMPARED, -1)
        ask = self.pointer.ask
        constant = ask.bias + unsourced[:, None].float() * ask.weight[:, -1]
        return self.pointer.compared(keys[kept], kept, first[firsts] + last[lasts] + content[contents] + constant, firsts)


def main():
    weights, network, published, folder, *files = sys.argv[1:]
    reader = onnx.load(f"{folder}/reader.onnx")
    reports = Network()
    reports.load_state_dict(torch.load(network, weights_only=True))
    pointer = Pointer(reports.reader.encoder)
    pointer.load_state_dict(torch.load(weights, weights_only=True))
    pointer.eval()
    comparison = Comparison(pointer)
    zeros = lambda n: torch.zeros(n, dtype=torch.long)
    inputs = {MIDDLE: torch.randn(1, 12, BASE.width), "starts": torch.arange(9) + 1}
    inputs |= {name: zeros(9) for name in NAMES[1:]}
    axes = {name: {0: "tokens"} for name in (*NAMES, "tokens")} | {MIDDLE: {1: "pieces"}}
    antecedents = to_onnx(Antecedents(pointer), inputs, ("tokens",), axes)
    session = session_of(reader)
    feeds = [
        {MIDDLE: session.run([MIDDLE], feed)[0], **{name: feed[name] for name in NAMES}}
        for feed in feeds_of(reader, BASE.tokenizer(published), paragraphs_of(files))
    ]
    save(quantise(antecedents, feeds), f"{folder}/antecedents.onnx")
    inputs = {"tokens": torch.randn(9, 4 * COMPARED), "kept": torch.tensor([0, 2, 3, 8])}
    inputs |= {name: torch.tensor([2, 5]) for name in ("firsts", "lasts", "contents")}
    inputs["unsourced"] = torch.tensor([0, 1])
    axes = {name: {0: "reports"} for name in inputs} | {"tokens": {0: "tokens"}, "kept": {0: "kept"}, "scores": {0: "reports", 1: "words"}}
    save(quantise(to_onnx(comparison, inputs, ("scores",), axes), []), f"{folder}/pointer.onnx")


if __name__ == "__main__":
    main()
