"""Writes the encoder or the judge as an ONNX graph for one text, with rounded weights.

usage: export.py encoder ENCODER.pt PUBLISHED_FOLDER OUT.onnx TEXT_FILE…
       export.py judge JUDGE.pt PUBLISHED_FOLDER OUT.onnx TEXT_FILE…
The encoder reads `ids` of word pieces and writes a unit vector. The judge reads `ids` and `types`, 0 for the pieces of the
question and 1 for those of the passage, and writes the logits that it answers (`answers`), and that the answer starts and
ends at each piece (`starts`, `ends`).
"""

import sys

import numpy as np
import torch
from torch import nn

import judged
from bases import BASES
from encoder import Encoder
from judge import MOST_OF_PASSAGE as MOST_JUDGED
from judge import MOST_OF_QUESTION, Judge
from onnx_graph import for_one_text, to_onnx
from quantise import feeds_of, paragraphs_of, quantise, save
from questions import MOST_OF_PASSAGE


class OneText(nn.Module):
    def __init__(self, encoder):
        super().__init__()
        self.encoder = encoder

    def forward(self, ids):
        return self.encoder(ids[None], torch.ones_like(ids)[None])[0]


class OnePair(nn.Module):
    def __init__(self, judge):
        super().__init__()
        self.judge = judge

    def forward(self, ids, types):
        answers, starts, ends = self.judge(ids[None], types[None], torch.ones_like(ids, dtype=torch.bool)[None])
        return answers, starts[0], ends[0]


def encoder_graph(checkpoint, tokens, texts):
    encoder = Encoder()
    encoder.load_state_dict(torch.load(checkpoint, weights_only=True)["encoder"])
    for_one_text(encoder, MOST_OF_PASSAGE)
    model = to_onnx(OneText(encoder), {"ids": torch.arange(12) + 1000}, ("vector",), {"ids": {0: "pieces"}})
    return quantise(model, feeds_of(model, tokens, [f"passage: {each}" for each in texts], MOST_OF_PASSAGE))


def judge_graph(checkpoint, tokens, texts):
    judge = Judge()
    judge.load_state_dict(torch.load(checkpoint, weights_only=True))
    for_one_text(judge.encoder, MOST_OF_QUESTION + MOST_JUDGED + 1)
    inputs = {"ids": torch.arange(12) + 1000, "types": (torch.arange(12) > 4).long()}
    axes = {name: {0: "pieces"} for name in ("ids", "types", "starts", "ends")}
    model = to_onnx(OnePair(judge), inputs, ("answers", "starts", "ends"), axes)
    feeds = []
    # Any question will do: the first words of the text before.
    for before, text in zip(texts, texts[1:]):
        asked = judged.question_ids(tokens, f"Who said {' '.join(before.split()[:8])}?")
        ids, question, _ = judged.pair(tokens, asked, text)
        feeds.append({"ids": np.array(ids), "types": (np.arange(len(ids)) >= question).astype(np.int64)})
    return quantise(model, feeds)


def main():
    kind, checkpoint, published, out, *files = sys.argv[1:]
    graph = {"encoder": encoder_graph, "judge": judge_graph}[kind]
    save(graph(checkpoint, BASES[kind].tokenizer(published), paragraphs_of(files)), out)


if __name__ == "__main__":
    main()
