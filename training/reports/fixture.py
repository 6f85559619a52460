"""Writes what PyTorch makes of invented articles, before weights are rounded to 8 bits, for the tests of src/attribution/network.

usage: fixture.py NETWORK.pt FEATURES.jsonl ARTICLES.jsonl OUT.json
"""

import json
import sys

import torch

from corpus import SPEECH, read, windows
from learn import decode, encode, tensors
from network import Network


@torch.no_grad()
def main():
    weights, features, articles, out = sys.argv[1:]
    network = Network()
    network.load_state_dict(torch.load(weights, weights_only=True))
    network.eval()
    texts = {each["id"]: each["text"] for each in read(articles)}
    cases = []
    for article in read(features):
        (window,) = windows({**article, "quotes": []}, {})
        x = tensors([window])
        tokens, cues = encode(network, x)
        odds = cues.softmax(-1)[0]
        head = int(odds[:, SPEECH].argmax())
        emissions, judged = decode(network, x, tokens, torch.tensor([0]), torch.tensor([head]))
        rounded = lambda tensor: [[round(float(value), 3) for value in line] for line in tensor]
        cases.append({
            "text": texts[article["id"]],
            "ids": window.inputs()[0],
            "cues": rounded(odds),
            "head": head,
            "emissions": rounded(emissions[0]),
            "odds": rounded(judged.softmax(-1))[0],
        })
    with open(out, "w") as file:
        json.dump(cases, file)
        file.write("\n")


if __name__ == "__main__":
    main()
