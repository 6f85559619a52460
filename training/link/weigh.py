"""Learns from prepare.ts's options whom sources mean and how sure that is, and writes the weights.

The pointer is surer of articles that it learned from, so its features count only in others. How sure a choice is, is learned
from these alone.

usage: weigh.py OPTIONS_FOLDER OUT.json
"""

import json
import sys

import numpy as np
import torch

from marked import held_out, number

LEARN = {
    "abc.train": 1.0, "odd.train": 1.0, "odd.train-3": 2.0, "odd.train-4": 2.0, "pieces": 1.0, "harder-pieces": 1.0,
    "whom": 0.5, "referents": 1.0, "strangers": 1.0, "ordinary": 1.5, "described": 1.0, "briefs": 0.2, "plain-briefs": 1.0, "sources": 1.0,
}  # fmt: skip
"""How much a report of each file counts: the rules were written with the first two in view, and `whom` is hard on purpose."""
DEV = ("abc.dev", "odd.dev", "wikinews-dev")
HIDDEN, ROUNDS, RATE, DECAY, DROP = 24, 14, 5e-3, 3e-2, 0.15
BATCH = 64
FOLDS = 4
RESTRAINT = 8.0
"""In reports: how strongly weights are kept small that few reports speak for."""
FEWEST = 8
"""Reports that must have a feature."""
LEAST_SHARE = 1e-4


def is_pointed(name):
    """Whether a feature says what the pointer points at."""
    return "ointed" in name


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


def joined(one, other):
    """The reports of both."""
    both = object.__new__(Reports)
    both.lines, both.weights = [*one.lines, *other.lines], np.concatenate([one.weights, other.weights])
    most = max(one.mask.shape[1], other.mask.shape[1])
    for name in ("x", "mask", "right"):
        parts = (getattr(each, name) for each in (one, other))
        grown = [np.pad(part, [(0, 0), (0, most - part.shape[1]), *[(0, 0)] * (part.ndim - 2)]) for part in parts]
        setattr(both, name, np.concatenate(grown))
    return both


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
"""As in linker.ts, which leaves these decisions as they are."""


OPEN = {
    "one of several", "refers to one of several", "refers back to one of several", "name that several bear", "two who may be named",
    "whoever asks", "initials", "it names nobody",
}  # fmt: skip
"""As in linker.ts: never certain, whatever was learned."""


def is_open(name):
    """Whether a feature is of a rule that is never asked, so that it is always 0."""
    return name.startswith("rule ") and name.removeprefix("rule ").split(", ")[0] in OPEN


def is_exact(line):
    return line["rule"] in EXACT and line["certainty"] != "unclear"


def logit(share):
    return np.log(np.clip(share, 0.0005, 0.9995) / (1 - np.clip(share, 0.0005, 0.9995)))


def chosen_by(odds, reports):
    return np.where([is_exact(line) for line in reports.lines], 0, odds.argmax(1))


def first_and_second(odds, best):
    rows = np.arange(len(odds))
    others = odds.copy()
    others[rows, best] = 0
    return odds[rows, best], others.max(1)


def is_right(reports, best, names):
    nobody = reports.x[np.arange(len(best)), best, names.index("nobody")]
    return reports.right[np.arange(len(best)), best] & np.array([line["isSaid"] for line in reports.lines]) & (nobody == 0)


def shares_of(reports, names):
    """How much of what the pointer points at each option has."""
    shares = np.zeros(reports.mask.shape)
    for name, part in (("pointed", 1), ("itselfPointed", 1), ("nobodyPointed", 0.5)):
        values = reports.x[:, :, names.index(name)]
        shares += np.where(values != 0, part / (1 + np.exp(-values)), 0)
    return np.where(reports.mask, np.maximum(shares, LEAST_SHARE), 0)


SURE = ("always", "best", "margin", "share", "shareMargin", "isMost")


def evidence(odds, best, reports, names):
    """What says how sure a choice is: the columns of `SURE`, then the features of what was chosen."""
    rows = np.arange(len(best))
    first, second = first_and_second(odds, best)
    shares = shares_of(reports, names)
    share, other = first_and_second(shares, best)
    columns = [
        np.ones(len(best)),
        logit(first),
        logit(first / (first + second + 1e-9)),
        logit(share),
        logit(share / (share + other + LEAST_SHARE)),
        shares.argmax(1) == best,
    ]
    return np.column_stack([*columns, reports.x[rows, best]]).astype(np.float64)


def without_pointer(x, names):
    x = x.clone()
    x[..., [at for at, name in enumerate(names) if is_pointed(name)]] = 0
    return x


def regress(x, y, weights):
    """Logistic regression by Newton's method. The weights of single features are kept small."""
    w = np.zeros(x.shape[1])
    penalty = np.full(x.shape[1], RESTRAINT)
    penalty[: len(SURE)] = 0.1
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


def probability(x, sure):
    return 1 / (1 + np.exp(-x @ sure))


def counted(reports):
    """What rules settle exactly is never asked, and what is doubtful is never certain."""
    return reports.weights * [not is_exact(line) and not line["doubtful"] for line in reports.lines]


def main():
    folder, out = sys.argv[1:]
    read = lambda name: [json.loads(line) for line in open(f"{folder}/{name}.jsonl")]
    files = {name: read(name) for name in (*LEARN, *DEV)}
    counts = {}
    for name in LEARN:
        for line in files[name]:
            for feature in {f for o in line["options"] for f, v in o["features"].items() if v != 0}:
                counts[feature] = counts.get(feature, 0) + 1
    names = sorted(name for name, count in counts.items() if count >= FEWEST and not is_open(name))
    print(len(names), "features")

    def taken(is_new):
        lines = [(line, weight) for name, weight in LEARN.items() for line in files[name] if held_out(name, line["id"]) is is_new]
        reports = Reports([line for line, _ in lines], names, 1.0)
        reports.weights = np.array([weight for _, weight in lines], np.float32)
        return reports

    known, new = taken(False), taken(True)
    known.x = without_pointer(torch.from_numpy(known.x), names).numpy()
    source = np.array([name for name in LEARN for line in files[name] if held_out(name, line["id"])])
    fold = np.array([number("fold " + line["id"]) % FOLDS for line in new.lines])
    scores = np.zeros(new.mask.shape)
    for each in range(FOLDS):
        rows = np.flatnonzero(fold == each)
        scores[rows] = odds_of(learn(joined(known, new.take(np.flatnonzero(fold != each)))), new.take(rows))
    odds = softmax(scores)
    best = chosen_by(odds, new)
    x, right, weights = evidence(odds, best, new, names), is_right(new, best, names), counted(new)
    p = np.zeros(len(x))
    for each in range(FOLDS):
        p[fold == each] = probability(x[fold == each], regress(x[fold != each], right[fold != each], weights[fold != each]))
    kept = []

    def keep(name, lines, p, right, best):
        for line, sure, good, at in zip(lines, p, right, best):
            option = line["options"][at]
            kept.append({"from": name, "rule": line["rule"], "certainty": line["certainty"], "doubtful": line["doubtful"],
                         "nobody": bool(option["features"].get("nobody")), "same": at == 0, "p": sure, "right": good})  # fmt: skip

    for name in dict.fromkeys(source):
        curve(f"{name}, held out (cross-validated)", p[source == name], right[source == name], sum(source == name))
    keep("held out", new.lines, p, right, best)
    net, sure = learn(joined(known, new)), regress(x, right, weights)
    print(dict(zip(SURE, sure.round(2))))
    for name in DEV:
        test = Reports(files[name], names, 1.0)
        odds = softmax(odds_of(net, test))
        best = chosen_by(odds, test)
        p, right = probability(evidence(odds, best, test, names), sure), is_right(test, best, names)
        curve(name, p, right, len(p))
        keep(name, test.lines, p, right, best)
    table(kept)
    weights = {
        "features": names,
        "hidden": [[*map(float, row), float(bias)] for row, bias in zip(net.first.weight.detach(), net.first.bias.detach())],
        "score": [*map(float, net.straight.weight[0].detach()), *map(float, net.second.weight[0].detach())],
        "sure": {name: float(weight) for name, weight in zip((*SURE, *names), sure)},
    }
    rounded = json.loads(json.dumps(weights), parse_float=lambda text: float(f"{float(text):.4g}"))
    with open(out, "w") as file:
        file.write(json.dumps(rounded, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
