"""Learns what the judge's logit and the cosine say together, and prints how often the answers are right.

A candidate's score is a·logit + b·(cosine − the greatest cosine). That of "none of these" is c − d·(the greatest cosine,
cut off at .65). The softmax over these is the probability that each candidate answers. How near the nearest candidate is
says little about articles of another kind than the encoder learned from, so only a low cosine counts by itself. The
numbers must be learned from questions that neither the judge nor the encoder has seen, or the cosine counts too much.

usage: weigh.py JUDGE.pt PUBLISHED_FOLDER OUT.json UNSEEN,… TWINS,…
UNSEEN and TWINS are files of candidates.py; of TWINS only the pairs that are held out are read. Prints figures by
cross-validation: each fifth of the questions is weighed by what the others teach. OUT gets `{"logit","cosine","nearest","none"}`.
"""

import json
import os
import sys

import numpy as np
import torch

import judged
from files import whole
from judge import BASE, Judge

FOLDS = 5
MOST_NEAREST = 0.65
"""Cosine from which on the nearest candidate is near enough."""


def read(path, held_out_only=False):
    chosen = {each.question for each in judged.candidates(path, True)} if held_out_only else None
    lines = [json.loads(line) for line in open(path, encoding="utf8")]
    return [each for each in lines if chosen is None or each["q"] in chosen]


@torch.no_grad()
def logits_of(judge, tokens, line):
    asked = judged.question_ids(tokens, line["q"])
    pairs = [judged.pair(tokens, asked, each) for each in line["candidates"]]
    found = [0.0] * len(pairs)
    order = sorted(range(len(pairs)), key=lambda at: len(pairs[at][0]))
    for first in range(0, len(order), 8):
        rows = order[first : first + 8]
        ids, types, mask = judged.batch([pairs[at] for at in rows])
        for at, value in zip(rows, judge(ids, types, mask)[0].tolist()):
            found[at] = value
    return found


def examples(judge, tokens, path, checkpoint, held_out_only=False):
    cache = f"{path}.{os.path.getmtime(checkpoint):.0f}{'.twins' if held_out_only else ''}.npz"
    lines = read(path, held_out_only)
    if not os.path.exists(cache):
        with whole(cache) as file:
            np.savez(file, *[np.array(logits_of(judge, tokens, line)) for line in lines])
    stored = np.load(cache)
    return [
        {"kind": line["kind"], "logit": stored[f"arr_{at}"], "cosine": np.array(line["cosines"]), "right": np.arange(len(line["candidates"])) < line["right"]}
        for at, line in enumerate(lines)
    ]  # fmt: skip


def features(each):
    """Of each candidate, what the first two weights weigh; and the nearest cosine, cut off."""
    nearest = each["cosine"].max()
    return np.stack([each["logit"], 10 * (each["cosine"] - nearest)], 1), 10 * (min(nearest, MOST_NEAREST) - 0.5)


def learn(some):
    weights = torch.tensor([0.5, 3.0, 1.0, 2.0], requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=200, line_search_fn="strong_wolfe")
    prepared = [(torch.tensor(found, dtype=torch.float), float(near), torch.tensor(each["right"])) for each in some for found, near in [features(each)]]

    def loss():
        optimizer.zero_grad()
        total = 0
        for found, near, right in prepared:
            scores = torch.cat([found @ weights[:2], weights[3:] - near * weights[2]])
            wanted = torch.cat([right, ~right.any()[None]])
            total = total + torch.logsumexp(scores, 0) - torch.logsumexp(scores[wanted], 0)
        total = total / len(prepared)
        total.backward()
        return total

    optimizer.step(loss)
    return weights.tolist()


def odds(each, weights):
    found, near = features(each)
    scores = np.append(found @ weights[:2], weights[3] - near * weights[2])
    scores = np.exp(scores - scores.max())
    return scores / scores.sum()


def row_of(each, share):
    best = int(share[:-1].argmax())
    three = np.argsort(-share[:-1])[:3]
    return bool(each["right"].any()), share[best], 1 - share[-1], bool(each["right"][best]), bool(each["right"][three].any())


def report(name, rows):
    has, sure, some, right, three = (np.array(column) for column in zip(*rows))
    auc = np.mean(some[has][:, None] > some[~has][None])
    print(f"{name}: {has.sum()} answerable, {(~has).sum()} not; first {right[has].mean():.3f} three {three[has].mean():.3f} AUC {auc:.3f}")
    for at in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        on = sure >= at
        print(f"  p of the best >= {at}: of the answerable {on[has].mean():.3f}, right {right[has & on].mean():.3f}; of the others {on[~has].mean():.3f}")
    for at in (0.05, 0.1, 0.15, 0.2, 0.3, 0.4):
        off = some < at
        print(f"  p of any < {at}: of the answerable {off[has].mean():.3f}; of the others {off[~has].mean():.3f}")


def main():
    checkpoint, published, out, unseen, twins = sys.argv[1:]
    tokens, judge = BASE.tokenizer(published), Judge()
    judge.load_state_dict(torch.load(checkpoint, weights_only=True))
    judge.eval()
    sets = {
        os.path.basename(name).removesuffix(".jsonl"): examples(judge, tokens, name, checkpoint) for name in unseen.split(",")
    }
    sets["twins"] = [each for name in twins.split(",") for each in examples(judge, tokens, name, checkpoint, True)]
    numbered = [(name, each) for name, some in sets.items() for each in some]
    rows = {name: [] for name in sets}
    for fold in range(FOLDS):
        weights = learn([each for at, (_, each) in enumerate(numbered) if at % FOLDS != fold])
        for at, (name, each) in enumerate(numbered):
            if at % FOLDS == fold:
                rows[name].append(row_of(each, odds(each, weights)))
    for name, some in rows.items():
        report(name, some)
    report("all", [row for some in rows.values() for row in some])
    weights = learn([each for _, each in numbered])
    print(weights)
    with open(out, "w", encoding="utf8") as file:
        logit, cosine, nearest, none = weights
        shifted = {"logit": logit, "cosine": 10 * cosine, "nearest": 10 * nearest, "none": none + 5 * nearest}
        json.dump({name: round(value, 3) for name, value in shifted.items()}, file)
        file.write("\n")


if __name__ == "__main__":
    main()
