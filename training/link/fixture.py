"""Adds to the fixture of the network's tests what PyTorch makes of its texts with the pointer, before weights are rounded.

usage: fixture.py POINTER.pt NETWORK.pt FEATURES.jsonl FIXTURE.json
"""

import json
import sys

import torch

from corpus import read, windows
from learn import tensors
from network import SHARED, Network
from pointer import Pointer


@torch.no_grad()
def main():
    weights, network, features, fixture = sys.argv[1:]
    reports = Network()
    reports.load_state_dict(torch.load(network, weights_only=True))
    encoder = reports.reader.encoder
    pointer = Pointer(encoder)
    pointer.load_state_dict(torch.load(weights, weights_only=True))
    encoder.eval(), pointer.eval()
    with open(fixture) as file:
        cases = json.load(file)
    for case, article in zip(cases, read(features), strict=True):
        (window,) = windows({**article, "quotes": []}, {})
        x = tensors([window])
        middle = encoder.norm(encoder.words(x["ids"]) + encoder.positions(torch.arange(x["ids"].shape[1])) + encoder.types.weight[0])
        for layer in encoder.layers[:SHARED]:
            middle = layer(middle, None)
        tokens = pointer.states(middle, None, x["starts"], x["shapes"], x["quoting"], x["lines"])[0]
        at = lambda place: torch.tensor([place])
        last = len(window.spans) - 1
        scores = pointer.scores(tokens, at(last), at(last), at(0), at(False))
        case["shares"] = [round(float(each), 3) for each in scores.softmax(-1)[0]]
    with open(fixture, "w") as file:
        json.dump(cases, file)
        file.write("\n")


if __name__ == "__main__":
    main()
