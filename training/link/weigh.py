"""Learns from prepare.ts's options whom sources mean and how sure that is, and writes the weights.

usage: weigh.py OPTIONS_FOLDER OUT.json
"""

import json
import sys

import numpy as np
import torch

from marked import HELD_OUT, held_out, number

LEARN = {"abc.train": 1.0, "odd.train": 1.0, "odd.train-3": 2.0, "odd.train-4": 2.0, "pieces": 1.0, "harder-pieces": 1.0, "sources": 1.0}
"""How much a report of each file counts: the rules were written with the first two in view and not the next two."""
DEV = ("abc.dev", "odd.dev", "wikinews-dev")
HIDDEN, ROUNDS, RATE, DECAY, DROP = 24, 14, 5e-3, 3e-2, 0.15
BATCH = 64
FOLDS = 4
RESTRAINT = 8.0
"""In reports: how strongly weights are kept small that few reports speak for."""
FEWEST = 8
"""Reports that must have a feature."""


class Reports:
    def __init__(self, lines, names, weight):
        self.lines, self.weights = lines, np.full(len(lines), weight, np.float32)
        places = {name: at for at, name in enumerate(names)}
        most = max(len(line["options"]) for line in lines)
        self.x = np.zeros((len(lines), most, len(names)), np.float32)
        self.mask = np.zeros((len(lines), most), bool)
        self.right = np.zeros((len(lines), most), bool)
        for row, line in enumerate(lines):
            for column, option in enumerate(line["options"]):
                self.mask[row, column], self.right[row, column] = True, option["right"]
                for name, value in option["features"].items():
                    if name in places:
                        self.x[row, column, places[name]] = value
            if line["isSaid"] and not self.right[row].any():
                self.right[row, [i for i, o in enumerate(line["options"]) if o["features"].get("nobody")]] = True

    def take(self, rows):
        part = object.__new__(Reports)
        part.lines = [self.lines[row] for row in rows]
        for name in ("weights", "x", "mask", "right"):
            setattr(part, name, getattr(self, name)[rows])
        return part


class Net(torch.nn.Module):
    def __init__(self, count):
        super().__init__()
        self.straight, self.first, self.second = torch.nn.Linear(count, 1, bias=False), torch.nn.Linear(count, HIDDEN), torch.nn.Linear(HIDDEN, 1, bias=False)
        torch.nn.init.zeros_(self.straight.weight)

    def forward(self, x):
        x = torch.nn.functional.dropout(x, DROP, self.training)
        return (self.straight(x) + self.second(torch.relu(self.first(x)))).squeeze(-1)


def learn(reports):
    torch.manual_seed(1)
    torch.set_num_threads(1)
    usable = [row for row, line in enumerate(reports.lines) if line["isSaid"]]
    counts = reports.mask[usable].sum(1)
    x = torch.from_numpy(np.concatenate([reports.x[row, :count] for row, count in zip(usable, counts)]))
    right = [torch.from_numpy(reports.right[row, :count]) for row, count in zip(usable, counts)]
    firsts = np.concatenate([[0], np.cumsum(counts)])
    weights = torch.from_numpy(reports.weights[usable])
    scale = x.std(0) + 0.05
    x = x / scale
    net = Net(x.shape[1])
    optimiser = torch.optim.AdamW(net.parameters(), RATE, weight_decay=DECAY)
    steps = ROUNDS * (len(usable) // BATCH + 1)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, steps)
    for _ in range(steps):
        rows = torch.randint(len(usable), (BATCH,)).tolist()
        flat = torch.from_numpy(np.concatenate([np.arange(firsts[row], firsts[row + 1]) for row in rows]))
        of = torch.repeat_interleave(torch.arange(len(rows)), torch.from_numpy(counts[rows]))
        powers = torch.exp(net(x[flat]).clamp(-30, 30))
        isRight = torch.cat([right[row] for row in rows])
        total = lambda values: torch.zeros(len(rows)).index_add(0, of, values)
        loss = torch.log(total(powers) + 1e-9) - torch.log(total(powers * isRight) + 1e-9)
        optimiser.zero_grad()
        (loss * weights[rows]).mean().backward()
        optimiser.step()
        schedule.step()
    net.eval()
    with torch.no_grad():
        for layer in (net.straight, net.first):
            layer.weight.div_(scale)
    return net


def odds_of(net, reports):
    with torch.no_grad():
        x, mask = torch.from_numpy(reports.x[reports.mask]), reports.mask
        scores = np.full(mask.shape, -30.0)
        scores[mask] = net(x).numpy()
        return scores


def softmax(scores):
    powers = np.exp(scores - scores.max(1, keepdims=True))
    return powers / powers.sum(1, keepdims=True)


EXACT = {"several names", "initials", "named by the layout"}
"""As in linker.ts: where rules settle who it is, only how sure that is was learned."""


def is_exact(line):
    return line["rule"] in EXACT and line["certainty"] != "unclear"


def evidence(odds, reports, names):
    """What says how sure a choice is."""
    places = {name: at for at, name in enumerate(names)}
    logit = lambda share: np.log(np.clip(share, 0.0005, 0.9995) / (1 - np.clip(share, 0.0005, 0.9995)))
    best = np.where([is_exact(line) for line in reports.lines], 0, odds.argmax(1))
    rows = np.arange(len(odds))
    first = odds[rows, best]
    others = odds.copy()
    others[rows, best] = 0
    of = lambda name: reports.x[rows, best, places[name]]
    named = ["always", "best", "margin", *names]
    columns = [np.ones(len(odds)), logit(first), logit(first / (first + others.max(1) + 1e-9))]
    columns += [of(name) for name in named[3:]]
    right = reports.right[rows, best] & np.array([line["isSaid"] for line in reports.lines]) & (of("nobody") == 0)
    return named, np.stack(columns, 1).astype(np.float64), right, best


def regress(x, y, weights, restraint=RESTRAINT):
    """Logistic regression by Newton's method."""
    w = np.zeros(x.shape[1])
    penalty = np.full(x.shape[1], restraint)
    penalty[:3] = 0.1
    for _ in range(40):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        gradient = x.T @ (weights * (y - p)) - penalty * w
        hessian = (x * (weights * p * (1 - p))[:, None]).T @ x + np.diag(penalty)
        step = np.linalg.solve(hessian, gradient)
        w = w + step
        if np.abs(step).max() < 1e-4:
            break
    return w


def curve(name, p, right, golds):
    print(f"{name}: {len(p)} reports, right {right.mean():.3f}", end=" |")
    for least in (0.6, 0.7, 0.8, 0.85, 0.9, 0.93, 0.95):
        sure = p >= least
        print(f" {least}: {right[sure].sum() / golds:.3f} of all @ {right[sure].mean() if sure.any() else 0:.3f}", end=" |")
    print(flush=True)


OPEN = {"one of several", "name that several bear", "whoever asks", "initials"}
"""As in linker.ts: never certain, whatever was learned."""


def table(rows):
    """How many are right by probability: of what the rules are certain of, and of what they leave unclear."""
    for source in dict.fromkeys(row["from"] for row in rows):
        for certain in (True, False):
            cells = []
            for low, high in ((0, 0.5), (0.5, 0.7), (0.7, 0.85), (0.85, 1.01)):
                found = [
                    row["right"] for row in rows
                    if row["from"] == source and not row["doubtful"] and not row["nobody"]
                    and (row["certainty"] != "unclear") == certain and row["rule"] not in (EXACT if certain else OPEN)
                    and (row["same"] or not certain) and low <= row["p"] < high
                ]  # fmt: skip
                cells.append(f"{low}: {sum(found)} of {len(found)}")
            print(source, "certain by rules" if certain else "unclear by rules", "; ".join(cells))


def main():
    folder, out = sys.argv[1:3]
    read = lambda name: [json.loads(line) for line in open(f"{folder}/{name}.jsonl")]
    files = {name: read(name) for name in (*LEARN, *DEV)}
    counts = {}
    for name in LEARN:
        for line in files[name]:
            for feature in {f for o in line["options"] for f, v in o["features"].items() if v != 0}:
                counts[feature] = counts.get(feature, 0) + 1
    names = sorted(name for name, count in counts.items() if count >= FEWEST)
    print(len(names), "features")
    learned = [(line, weight) for name, weight in LEARN.items() for line in files[name] if not held_out(name, line["id"])]
    reports = Reports([line for line, _ in learned], names, 1.0)
    reports.weights = np.array([weight for _, weight in learned], np.float32)
    fold = np.array([number("fold " + line["id"]) % FOLDS for line in reports.lines])
    scores = np.zeros(reports.mask.shape)
    for each in range(FOLDS):
        rows = np.flatnonzero(fold == each)
        scores[rows] = odds_of(learn(reports.take(np.flatnonzero(fold != each))), reports.take(rows))
    named, x, right, chosen = evidence(softmax(scores), reports, names)
    # What rules settle exactly is never asked, and what is doubtful is never certain.
    counted = reports.weights * [not is_exact(line) and not line["doubtful"] for line in reports.lines]
    sure = regress(x, right.astype(float), counted)
    # Cross-fitted again, for the curve.
    p = np.zeros(len(x))
    for each in range(FOLDS):
        w = regress(x[fold != each], right[fold != each].astype(float), counted[fold != each])
        p[fold == each] = 1 / (1 + np.exp(-x[fold == each] @ w))
    for name in LEARN:
        ids = {line["id"] for line in files[name]}
        rows = np.flatnonzero([line["id"] in ids for line in reports.lines])
        curve(f"{name} (cross-validated)", p[rows], right[rows], len(rows))
    net = learn(reports)
    kept = []

    def keep(source, lines, p, right, best):
        for line, sure_, good, at in zip(lines, p, right, best):
            option = line["options"][at]
            kept.append({"from": source, "rule": line["rule"], "certainty": line["certainty"], "doubtful": line["doubtful"],
                         "nobody": bool(option["features"].get("nobody")), "same": at == 0, "p": sure_, "right": good})  # fmt: skip

    keep("train", reports.lines, p, right, chosen)

    def show(name, lines):
        test = Reports(lines, names, 1.0)
        odds = softmax(odds_of(net, test))
        _, x, right, best = evidence(odds, test, names)
        p = 1 / (1 + np.exp(-x @ sure))
        curve(name, p, right, len(lines))
        rule = np.array([line["options"][0]["right"] for line in lines])
        wasSure = np.array([line["certainty"] != "unclear" and not line["doubtful"] for line in lines])
        print(f"   rules: right {rule.mean():.3f}; certain {(rule & wasSure).mean():.3f} of all @ {rule[wasSure].mean():.3f}")
        keep(name, lines, p, right, best)

    for name in filter(files.__contains__, HELD_OUT):
        show(f"{name}, held out", [line for line in files[name] if held_out(name, line["id"])])
    for name in DEV:
        show(name, files[name])
    table(kept)
    weights = {
        "features": names,
        "hidden": [[*map(float, row), float(bias)] for row, bias in zip(net.first.weight, net.first.bias)],
        "score": [*map(float, net.straight.weight[0]), *map(float, net.second.weight[0])],
        "sure": {name: float(weight) for name, weight in zip(named, sure)},
    }
    rounded = json.loads(json.dumps(weights), parse_float=lambda text: float(f"{float(text):.4g}"))
    with open(out, "w") as file:
        file.write(json.dumps(rounded, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
