"""Writes the encoder as an ONNX graph for one text at a time: ids of word pieces -> a unit vector.

usage: export.py ENCODER.pt TOKENIZER.json OUT.onnx TEXT_FILE…
"""

import sys

import torch
from torch import nn

from encoder import Encoder
from onnx_graph import for_one_text, to_onnx
from quantise import feeds_of, paragraphs_of, quantise, save, tokenizer_of
from questions import MOST_OF_PASSAGE


class OneText(nn.Module):
    def __init__(self, encoder):
        super().__init__()
        self.encoder = encoder

    def forward(self, ids):
        return self.encoder(ids[None], torch.ones_like(ids)[None])[0]


def main():
    checkpoint, tokenizer, out, *files = sys.argv[1:]
    encoder = Encoder()
    encoder.load_state_dict(torch.load(checkpoint, weights_only=True)["encoder"])
    for_one_text(encoder, MOST_OF_PASSAGE)
    axes = {"ids": {0: "pieces"}}
    model = to_onnx(OneText(encoder), {"ids": torch.arange(12) + 1000}, ("vector",), axes)
    texts = [f"passage: {each}" for each in paragraphs_of(files)]
    save(quantise(model, feeds_of(model, tokenizer_of(tokenizer), texts, MOST_OF_PASSAGE)), out)


if __name__ == "__main__":
    main()
