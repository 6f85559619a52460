"""Learns from prepare.ts's options whom sources mean and how sure that is, and writes the weights.

The first stage doesn't know where the pointer points. The second one adds that, from articles that are held out.

usage: weigh.py OPTIONS_FOLDER OUT.json [FIRST.json]
With FIRST.json, an earlier output, its first stage is kept.
"""

import json
import sys

import numpy as np
import torch

from marked import HELD_OUT, held_out, number

LEARN = {"abc.train": 1.0, "odd.train": 1.0, "odd.train-3": 2.0, "odd.train-4": 2.0, "pieces": 1.0, "harder-pieces": 1.0, "whom": 1.0, "sources": 1.0}
"""How much a report of each file counts: the rules were written with the first two in view and not the next two."""
DEV = ("abc.dev", "odd.dev", "wikinews-dev")
HIDDEN, ROUNDS, RATE, DECAY, DROP = 24, 14, 5e-3, 3e-2, 0.15
BATCH = 64
FOLDS = 4
RESTRAINT = 8.0
"""In reports: how strongly weights are kept small that few reports speak for."""
FEWEST = 8
"""Reports that must have a feature."""
KEEP, KEEP_POINTED, KEEP_GAIN = 12.0, 1.2, 20.0
"""How strongly the second stage keeps the first one's weights, those of the pointer's features near 0, and the gain near 1."""
KEEP_SURE, BASE = 2.0, 0.7
"""The same for its regression, which starts from the first stage's log-odds times `BASE`."""
LEAST_SHARE = 1e-4
SECOND = {"sources": 2.0, "whom": 0.5}
"""How much a report counts in the second stage, by file; 1 if it isn't here. Those of `whom` are hard on purpose."""


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


def evidence(odds, best, reports, names):
    """What says how sure a choice is, without the pointer."""
    first, second = first_and_second(odds, best)
    named = ["always", "best", "margin", *(name for name in names if not is_pointed(name))]
    columns = [np.ones(len(odds)), logit(first), logit(first / (first + second + 1e-9))]
    columns += [reports.x[np.arange(len(odds)), best, names.index(name)] for name in named[3:]]
    return named, np.stack(columns, 1).astype(np.float64)


def shares_of(reports, names):
    """How much of what the pointer points at each option has."""
    shares = np.zeros(reports.mask.shape)
    for name, part in (("pointed", 1), ("itselfPointed", 1), ("nobodyPointed", 0.5)):
        values = reports.x[:, :, names.index(name)]
        shares += np.where(values != 0, part / (1 + np.exp(-values)), 0)
    return np.where(reports.mask, np.maximum(shares, LEAST_SHARE), 0)


def pointed_evidence(odds, before, sure, best, reports, names):
    """What says how sure a choice is, with the pointer. `before` are the first stage's odds, `sure` its regression."""
    rows = np.arange(len(best))
    first, second = first_and_second(odds, best)
    shares = shares_of(reports, names)
    share, other = first_and_second(shares, best)
    _, x = evidence(before, best, reports, names)
    is_first, is_pointed_ = before.argmax(1) == best, shares.argmax(1) == best
    unclear = reports.x[:, 0, names.index("rule unclear")] == 1
    columns = {
        "always": np.ones(len(best)),
        "base": x @ sure,
        "best": logit(first),
        "margin": logit(first / (first + second + 1e-9)),
        "before": logit(before[rows, best]),
        "share": logit(share),
        "shareMargin": logit(share / (share + other + LEAST_SHARE)),
        "isFirst": is_first,
        "isMost": is_pointed_,
        "isBoth": is_first & is_pointed_,
        "kept": (best == 0) & ~unclear,
    }
    columns |= {name: reports.x[rows, best, names.index(name)] for name in ("itself", "nested", "direct")}
    return list(columns), np.stack(list(columns.values()), 1).astype(np.float64)


def tune(net, reports, names):
    """
    The second stage: learns the weights of the pointer's features, and how far the others move, from articles that neither the
    first stage nor the pointer learned from. Returns the gain of the first stage's score, and what is added by feature.
    """
    usable = np.flatnonzero([line["isSaid"] for line in reports.lines])
    x, mask, right, weights = (torch.from_numpy(each[usable]) for each in (reports.x, reports.mask, reports.right, reports.weights))
    scale = torch.from_numpy(reports.x[reports.mask].std(0) + 0.05)
    with torch.no_grad():
        base = net(without_pointer(x, names)).masked_fill(~mask, -30)
    penalty = torch.tensor([KEEP_POINTED if is_pointed(name) else KEEP for name in names])
    added, gain = torch.zeros(len(names), requires_grad=True), torch.ones(1, requires_grad=True)
    optimiser = torch.optim.LBFGS([added, gain], max_iter=150, line_search_fn="strong_wolfe")

    def loss():
        optimiser.zero_grad()
        scores = (base * gain + (x / scale) @ added).masked_fill(~mask, -1e4)
        all_, good = torch.logsumexp(scores, 1), torch.logsumexp(scores.masked_fill(~right, -1e4), 1)
        total = (weights * (all_ - good)).sum() + (penalty * added**2).sum() + KEEP_GAIN * (gain - 1).pow(2).sum()
        total.backward()
        return total

    optimiser.step(loss)
    return gain.item(), (added / scale).detach().numpy()


def without_pointer(x, names):
    x = x.clone()
    x[..., [at for at, name in enumerate(names) if is_pointed(name)]] = 0
    return x


def tuned_odds(scores, gain, added, reports):
    return softmax(np.where(reports.mask, gain * scores + reports.x @ added, -30.0))


def regress(x, y, weights, restraint=RESTRAINT, prior=None, free=3):
    """Logistic regression by Newton's method. Weights but the first ones are kept near those of `prior`, or 0."""
    prior = np.zeros(x.shape[1]) if prior is None else prior
    w = prior.copy()
    penalty = np.full(x.shape[1], restraint)
    penalty[:free] = 0.1
    for _ in range(40):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        gradient = x.T @ (weights * (y - p)) - penalty * (w - prior)
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


OPEN = {
    "one of several", "refers to one of several", "refers back to one of several", "name that several bear", "whoever asks",
    "initials", "pronoun for one of two", "pronoun after somebody without a name",
}  # fmt: skip
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


def counted(reports):
    """What rules settle exactly is never asked, and what is doubtful is never certain."""
    return reports.weights * [not is_exact(line) and not line["doubtful"] for line in reports.lines]


def regress_on_pointer(x, right, weights, columns):
    prior = np.array([BASE if name == "base" else 0.0 for name in columns])
    return regress(x, right, weights, KEEP_SURE, prior, free=1)


def first_stage(files, names):
    """Learns from all articles that aren't held out, without the pointer."""
    learned = [(line, weight) for name, weight in LEARN.items() for line in files[name] if not held_out(name, line["id"])]
    reports = Reports([line for line, _ in learned], names, 1.0)
    reports.weights = np.array([weight for _, weight in learned], np.float32)
    # The pointer learned from these articles, so it seems surer here than it is.
    reports.x = without_pointer(torch.from_numpy(reports.x), names).numpy()
    fold = np.array([number("fold " + line["id"]) % FOLDS for line in reports.lines])
    scores = np.zeros(reports.mask.shape)
    for each in range(FOLDS):
        rows = np.flatnonzero(fold == each)
        scores[rows] = odds_of(learn(reports.take(np.flatnonzero(fold != each))), reports.take(rows))
    odds = softmax(scores)
    best = chosen_by(odds, reports)
    named, x = evidence(odds, best, reports, names)
    right = is_right(reports, best, names)
    sure = regress(x, right.astype(float), counted(reports))
    net = learn(reports)
    with torch.no_grad():
        for layer in (net.straight, net.first):
            layer.weight.copy_(without_pointer(layer.weight, names))
    return net, sure


def earlier(path, names):
    """The first stage of an earlier linker. Features that it doesn't have count nothing there."""
    with open(path) as file:
        known = json.load(file)
    places = [names.index(name) for name in known["features"] if name in names]
    net = Net(len(names)).eval()
    with torch.no_grad():
        for layer in (net.straight, net.first):
            layer.weight.zero_()
        kept = [at for at, name in enumerate(known["features"]) if name in names]
        net.first.weight[:, places] = torch.tensor([[row[at] for at in kept] for row in known["hidden"]])
        net.first.bias.copy_(torch.tensor([row[-1] for row in known["hidden"]]))
        net.straight.weight[0, places] = torch.tensor([known["score"][at] for at in kept])
        net.second.weight.copy_(torch.tensor([known["score"][len(known["features"]) :]]))
    named = ["always", "best", "margin", *(name for name in names if not is_pointed(name))]
    return net, np.array([known["sure"].get(name, 0.0) for name in named])


def main():
    folder, out, first = [*sys.argv[1:], None][:3]
    read = lambda name: [json.loads(line) for line in open(f"{folder}/{name}.jsonl")]
    files = {name: read(name) for name in (*LEARN, *DEV)}
    counts = {}
    for name in LEARN:
        for line in files[name]:
            for feature in {f for o in line["options"] for f, v in o["features"].items() if v != 0}:
                counts[feature] = counts.get(feature, 0) + 1
    names = sorted(name for name, count in counts.items() if count >= FEWEST)
    print(len(names), "features")
    net, sure = first_stage(files, names) if first is None else earlier(first, names)

    tested = {name: [line for line in files[name] if held_out(name, line["id"])] for name in LEARN}
    held = Reports([line for lines in tested.values() for line in lines], names, 1.0)
    held.weights = np.array([SECOND.get(name, 1.0) for name, lines in tested.items() for _ in lines], np.float32)
    source = np.array([name for name, lines in tested.items() for _ in lines])
    fold = np.array([number("second fold " + line["id"]) % FOLDS for line in held.lines])
    bare = Reports(held.lines, names, 1.0)
    bare.x = without_pointer(torch.from_numpy(bare.x), names).numpy()
    before_scores = odds_of(net, bare)
    before = softmax(before_scores)
    odds = np.zeros(before.shape)
    for each in range(FOLDS):
        rows = np.flatnonzero(fold == each)
        gain, added = tune(net, held.take(np.flatnonzero(fold != each)), names)
        odds[rows] = tuned_odds(before_scores[rows], gain, added, held.take(rows))
    best = chosen_by(odds, held)
    right = is_right(held, best, names)
    columns, x = pointed_evidence(odds, before, sure, best, held, names)
    weights = counted(held)
    p = np.zeros(len(x))
    for each in range(FOLDS):
        w = regress_on_pointer(x[fold != each], right[fold != each].astype(float), weights[fold != each], columns)
        p[fold == each] = 1 / (1 + np.exp(-x[fold == each] @ w))
    kept = []

    def keep(name, lines, p, right, best):
        for line, sure_, good, at in zip(lines, p, right, best):
            option = line["options"][at]
            kept.append({"from": name, "rule": line["rule"], "certainty": line["certainty"], "doubtful": line["doubtful"],
                         "nobody": bool(option["features"].get("nobody")), "same": at == 0, "p": sure_, "right": good})  # fmt: skip

    chosen = chosen_by(before, held)
    named, x_before = evidence(before, chosen, held, names)
    p_before, right_before = 1 / (1 + np.exp(-x_before @ sure)), is_right(held, chosen, names)
    for name in tested:
        rows = np.flatnonzero(source == name)
        if len(rows):
            curve(f"{name}, held out, without the pointer", p_before[rows], right_before[rows], len(rows))
            curve(f"{name}, held out (cross-validated)", p[rows], right[rows], len(rows))
    keep("held out", held.lines, p, right, best)
    gain, added = tune(net, held, names)
    final = regress_on_pointer(x, right.astype(float), weights, columns)
    print("gain", round(gain, 2), dict(zip(columns, final.round(2))))
    for name in DEV:
        test = Reports(files[name], names, 1.0)
        bare = Reports(files[name], names, 1.0)
        bare.x = without_pointer(torch.from_numpy(bare.x), names).numpy()
        scores = odds_of(net, bare)
        before = softmax(scores)
        best = chosen_by(before, test)
        _, x = evidence(before, best, test, names)
        curve(f"{name}, without the pointer", 1 / (1 + np.exp(-x @ sure)), is_right(test, best, names), len(test.lines))
        odds = tuned_odds(scores, gain, added, test)
        best = chosen_by(odds, test)
        _, x = pointed_evidence(odds, before, sure, best, test, names)
        p, right = 1 / (1 + np.exp(-x @ final)), is_right(test, best, names)
        curve(name, p, right, len(p))
        keep(name, test.lines, p, right, best)
    table(kept)
    weights = {
        "features": names,
        "hidden": [[*map(float, row), float(bias)] for row, bias in zip(net.first.weight, net.first.bias)],
        "score": [*map(float, net.straight.weight[0]), *map(float, net.second.weight[0])],
        "sure": {name: float(weight) for name, weight in zip(named, sure)},
        "pointed": {
            "gain": gain,
            "score": [float(each) for each in added],
            "sure": {name: float(weight) for name, weight in zip(columns, final)},
        },
    }
    rounded = json.loads(json.dumps(weights), parse_float=lambda text: float(f"{float(text):.4g}"))
    with open(out, "w") as file:
        file.write(json.dumps(rounded, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
