"""Writes what PyTorch makes of a few made-up paragraphs with the packed weights, for the test that TypeScript agrees.
usage: fixture.py --features FEATURES.jsonl --articles ARTICLES.jsonl --out FIXTURE.json CHECKPOINT..."""
import argparse
import json

import numpy as np
import torch

from network import Network
from packing import bits_of, rounded
from train import Vocabulary, window


def packed(name, values):
    """The values as they come back from the file."""
    bits = bits_of(name)
    return values if bits is None else torch.tensor(rounded(values.numpy(), bits))


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--features", required=True)
    a.add_argument("--articles", required=True)
    a.add_argument("--glove", required=True)
    a.add_argument("--out", required=True)
    a.add_argument("checkpoints", nargs="+")
    a = a.parse_args()
    vectors, place = np.load(f"{a.glove}/glove.npy"), {w: i for i, w in enumerate(json.load(open(f"{a.glove}/glove.words.json")))}
    nets = []
    for path in a.checkpoints:
        saved = torch.load(path, weights_only=False)
        glove, own = Vocabulary(saved["glove"]), Vocabulary(saved["own"])
        matrix = torch.tensor(np.stack([np.zeros(100)] + [vectors[place[w]] for w in glove.words]), dtype=torch.float32)
        net = Network(packed("shared", matrix), len(own.words) + 1, saved["sizes"])
        net.load_state_dict({k: packed(k, v) for k, v in saved["net"].items()}, strict=False)
        nets.append(net.eval())
    made = []
    articles = [json.loads(line) for line in open(a.articles)]
    for article, raw in zip(articles, (json.loads(line) for line in open(a.features))):
        p = raw["paragraphs"][0]
        ids = {"glove": [glove.row(w) for w in p["words"]], "own": [own.row(w) for w in p["words"]],
               "suffix": p["suffixes"], "shape": p["shapes"], "quoting": p["quoting"]}
        ids = {k: torch.tensor([v]) for k, v in ids.items()}
        size = len(p["words"])
        with torch.no_grad():
            hidden = [net.encode(ids, torch.tensor([size])) for net in nets]
            cues = torch.stack([net.cue(h)[0].softmax(-1) for net, h in zip(nets, hidden)]).mean(0)
            head = int((1 - cues[:, 0]).argmax())
            start, length = window(p["words"], head)
            asked = [net.decode(h, torch.tensor([0]), torch.tensor([head]), torch.tensor([start]), torch.tensor([length]))
                     for net, h in zip(nets, hidden)]
            emissions = torch.stack([x[0][0] for x in asked]).mean(0)
            odds = torch.stack([x[2][0].softmax(-1) for x in asked]).mean(0)
        tidy = lambda t: [[round(x, 4) for x in row] for row in t.tolist()]
        made.append({"text": article["text"], "cues": tidy(cues), "head": head, "emissions": tidy(emissions), "odds": tidy(odds[None])[0]})
    json.dump(made, open(a.out, "w"), ensure_ascii=False, indent=None)


main()
