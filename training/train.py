"""Learns the network; learn.sh shows with which settings.
usage: train.py --features FOLDER --glove FOLDER --out FILE [--seed N] [--epochs N] ..."""
import argparse
import collections
import json
import math
import os
import random
import time

import numpy as np
import torch
import torch.nn.functional as F

import corpus
from network import Network

SIZES = {"hidden": 112, "decoder": 64, "summary": 32, "suffixes": 1024, "shapes": 14, "quoting": 11}
WINDOW = 128


class Vocabulary:
    """Words to rows: 0 is unknown."""

    def __init__(self, words):
        self.words = list(words)
        self.rows = {w: i + 1 for i, w in enumerate(self.words)}

    def row(self, word):
        found = self.rows.get(word)
        if found is None and "-" in word:
            found = self.rows.get(word.rsplit("-", 1)[1])
        return found or 0


def choose_words(articles, glove_words, size, least):
    """GloVe words by rank, those of the corpus first; and own words: those mostly written small, seen often."""
    seen, small = collections.Counter(), collections.Counter()
    for article in articles:
        for p in article["paragraphs"]:
            seen.update(p["words"])
            small.update(w for w, s in zip(p["words"], p["shapes"]) if s // 2 in (0, 2))
    glove = [w for i, w in enumerate(glove_words) if i < size * 0.7 or (seen[w] >= 2 and i < 60000)][:size]
    glove += [w for w in glove_words if w not in set(glove)][:max(0, size - len(glove))]
    own = sorted(w for w, n in seen.items() if n >= least and small[w] >= n / 2)
    return Vocabulary(glove), Vocabulary(own)


def indexed(p, glove, own):
    return {"glove": [glove.row(w) for w in p.words], "own": [own.row(w) for w in p.words]}


class Batcher:
    def __init__(self, glove, own, names, rng, disguising=0.35):
        self.glove, self.own, self.names, self.rng, self.disguising = glove, own, names, rng, disguising

    def disguise(self, p, ids):
        """Other names for some of the names, the same one all through; words forgotten now and then."""
        rng = self.rng
        swap = {}
        swapping = rng.random() < self.disguising
        for i, shape in enumerate(p.shape):
            name = shape // 2 in (3, 4, 5) and shape % 2 == 0
            if name and swapping:
                word = p.words[i]
                if word not in swap:
                    swap[word] = rng.choice(self.names) if rng.random() < 0.6 else None
                if swap[word] is not None:
                    ids["glove"][i], ids["own"][i], ids["suffix"][i] = swap[word]
            elif rng.random() < (0.12 if name else 0.03):
                ids["glove"][i] = 0
            if rng.random() < (0.3 if name else 0.08):
                ids["own"][i] = 0
        if rng.random() < 0.04:
            ids["shape"] = [s - s % 2 if s // 2 in (0, 1) else 4 for s in p.shape]

    def __call__(self, paragraphs, training):
        lengths = torch.tensor([len(p) for p in paragraphs])
        width = int(lengths.max())
        out = {k: torch.zeros(len(paragraphs), width, dtype=torch.long) for k in ("glove", "own", "suffix", "shape", "quoting")}
        for r, p in enumerate(paragraphs):
            ids = indexed(p, self.glove, self.own)
            ids |= {"suffix": list(p.suffix), "shape": p.shape, "quoting": p.quoting}
            if training:
                self.disguise(p, ids)
            for k in out:
                out[k][r, :len(p)] = torch.tensor(ids[k])
        return out, lengths


def padded(lists, width, fill=0):
    return torch.tensor([list(x) + [fill] * (width - len(x)) for x in lists])


def batches(paragraphs, tokens, rng):
    order = sorted(paragraphs, key=lambda p: len(p) + rng.random() * 12)
    made, now = [], []
    for p in order:
        if now and (len(now) + 1) * len(p) > tokens:
            made.append(now)
            now = []
        now.append(p)
    made.append(now)
    rng.shuffle(made)
    return made


def window(p, head):
    start = max(0, head - WINDOW)
    return start, min(len(p), head + WINDOW) - start


def loss_of(net, batcher, paragraphs, lexicon, rng, negatives):
    ids, lengths = batcher(paragraphs, True)
    hidden = net.encode(ids, lengths)
    width = hidden.size(1)
    mask = torch.arange(width) < lengths[:, None]
    logits = net.cue(hidden)
    gold = padded([p.cue_class for p in paragraphs], width)
    weight = torch.tensor([1.0, 1.0, 1.0])
    cue = F.cross_entropy(logits[mask], gold[mask], weight=weight, reduction="sum") / mask.sum() * 20
    aux_gold = torch.stack([padded([p.in_content for p in paragraphs], width), padded([p.in_source for p in paragraphs], width)], -1).float()
    aux = F.binary_cross_entropy_with_logits(net.aux(hidden)[mask], aux_gold[mask])
    rows, heads, kinds, tags = [], [], [], []
    likely = logits.detach().softmax(-1)[:, :, 1:].sum(-1)
    for r, p in enumerate(paragraphs):
        taken = set()
        for head, kind, t in p.reports:
            if head in taken:
                continue
            taken.add(head)
            rows.append(r), heads.append(head), kinds.append(kind), tags.append(t)
        wrong = [i for i in range(len(p)) if i not in taken and (likely[r, i] > 0.08 or lexicon.get(p.words[i], 0) > 0.05)]
        rng.shuffle(wrong)
        for i in wrong[:max(1, int(negatives * (1 + len(taken))))]:
            rows.append(r), heads.append(i), kinds.append(0), tags.append([0] * len(p))
    total = cue + 0.5 * aux
    parts = [cue.item(), aux.item(), 0, 0]
    if rows:
        frames = [window(paragraphs[r], h) for r, h in zip(rows, heads)]
        starts, sizes = torch.tensor([f[0] for f in frames]), torch.tensor([f[1] for f in frames])
        wide = int(sizes.max())
        cut = padded([t[s:s + n] for t, (s, n) in zip(tags, frames)], wide)
        emissions, inside, verdict = net.decode(hidden, torch.tensor(rows), torch.tensor(heads), starts, sizes)
        kind = torch.tensor(kinds)
        weights = torch.where(kind == corpus.OTHER, 0.5, torch.where(kind == corpus.SPEECH, 1.0, 0.4))
        crf = (net.crf_loss(emissions, cut, inside) * weights).sum() / max(1, len(rows))
        judge = F.cross_entropy(verdict, kind)
        total = total + 0.35 * crf + 0.7 * judge
        parts[2:] = [crf.item(), judge.item()]
    return total, parts


@torch.no_grad()
def predict(net, batcher, articles, least=0.05):
    """Reports with scores, as score.mjs reads them."""
    net.eval()
    lines = []
    for raw, paragraphs in articles:
        quotes = []
        for chunk in [paragraphs[i:i + 24] for i in range(0, len(paragraphs), 24)]:
            ids, lengths = batcher(chunk, False)
            hidden = net.encode(ids, lengths)
            odds = net.cue(hidden).softmax(-1)
            picks = [(r, i) for r, p in enumerate(chunk) for i in range(len(p)) if 1 - odds[r, i, 0] > least]
            if not picks:
                continue
            frames = [window(chunk[r], h) for r, h in picks]
            starts, sizes = torch.tensor([f[0] for f in frames]), torch.tensor([f[1] for f in frames])
            emissions, inside, verdict = net.decode(hidden, torch.tensor([r for r, _ in picks]), torch.tensor([h for _, h in picks]), starts, sizes)
            tags, judged = net.best_tags(emissions, inside), verdict.softmax(-1)
            for k, (r, head) in enumerate(picks):
                p, start = chunk[r], frames[k][0]
                spans = runs(tags[k][:frames[k][1]].tolist(), start, p.spans)
                if spans[1]:
                    quotes.append({"content": spans[1], "cue": spans[3] or None, "speaker": spans[2][:1] or None, "type": "x",
                                   "p": [round(x, 4) for x in odds[r, head, 1:].tolist() + judged[k, 1:].tolist()]})
        lines.append({"id": raw["id"], "quotes": quotes})
    return lines


def runs(tags, start, spans):
    found, before = {1: [], 2: [], 3: []}, 0
    for i, t in enumerate(tags):
        if t:
            s, e = spans[start + i]
            if t == before:
                found[t][-1][1] = e
            else:
                found[t].append([s, e])
        before = t
    return found


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--features", required=True)
    a.add_argument("--glove", required=True)
    a.add_argument("--out", required=True)
    a.add_argument("--seed", type=int, default=1)
    a.add_argument("--epochs", type=int, default=12)
    a.add_argument("--tokens", type=int, default=2000)
    a.add_argument("--rate", type=float, default=2e-3)
    a.add_argument("--words", type=int, default=20000)
    a.add_argument("--limit", type=int, default=0)
    a.add_argument("--negatives", type=float, default=0.7)
    a.add_argument("--held", type=int, default=60)
    a.add_argument("--minutes", type=float, default=0)
    a.add_argument("--vocabulary", help="a checkpoint whose vocabularies to share, for networks that are to be averaged")
    a.add_argument("--start", help="a checkpoint to go on from")
    a.add_argument("--disguise", type=float, default=0.35, help="share of paragraphs in which names are exchanged")
    a.add_argument("--hidden", type=int, default=112)
    a.add_argument("--decoder", type=int, default=64)
    a.add_argument("--dropout", type=float, nargs=3, default=(0.25, 0.4, 0.3))
    a = a.parse_args()
    torch.manual_seed(a.seed)
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))
    rng = random.Random(a.seed)
    began = time.time()
    train = corpus.read(f"{a.features}/polnear.train.jsonl")
    random.Random(7).shuffle(train)
    held, train = train[:a.held], train[a.held:]
    if a.limit:
        train = train[:a.limit]
    strength = corpus.cue_strength(train)
    glove, own = choose_words(train, json.load(open(f"{a.glove}/glove.words.json")), a.words, 4)
    if a.vocabulary:
        earlier = torch.load(a.vocabulary, weights_only=False)
        glove, own, strength = Vocabulary(earlier["glove"]), Vocabulary(earlier["own"]), earlier["strength"]
    vectors = np.load(f"{a.glove}/glove.npy")
    place = {w: i for i, w in enumerate(json.load(open(f"{a.glove}/glove.words.json")))}
    matrix = torch.tensor(np.stack([np.zeros(100)] + [vectors[place[w]] for w in glove.words]), dtype=torch.float32)
    labelled = [corpus.label(x, strength) for x in train]
    names = [(glove.row(w), own.row(w), s) for ps in labelled for p in ps for w, s, h in zip(p.words, p.suffix, p.shape) if h in (6, 8, 10)]
    batcher = Batcher(glove, own, names, rng, a.disguise)
    tests = {"held": [(x, corpus.label(x, strength)) for x in held]}
    for name in ("polnear.dev", "wikinews-dev"):
        tests[name] = [(x, corpus.label(x, strength)) for x in corpus.read(f"{a.features}/{name}.jsonl")]
    sizes = SIZES | {"hidden": a.hidden, "decoder": a.decoder}
    net = Network(matrix, len(own.words) + 1, sizes, a.dropout)
    if a.start:
        net.load_state_dict(torch.load(a.start, weights_only=False)["net"], strict=False)
    weights = [p for p in net.parameters() if p.requires_grad]
    print("tokens", sum(len(p) for ps in labelled for p in ps), "weights", sum(p.numel() for p in weights), "own", len(own.words), "load", round(time.time() - began), flush=True)
    optimizer = torch.optim.Adam(weights, lr=a.rate, betas=(0.9, 0.99))
    average = {k: v.detach().clone() for k, v in net.state_dict().items() if k != "glove.weight"}
    step, share = 0, 0.0
    settled = 1000 if a.start else 0
    for epoch in range(a.epochs):
        net.train()
        made = batches(corpus.widen(labelled, rng), a.tokens, rng)
        sums = np.zeros(4)
        for n, batch in enumerate(made):
            share = (epoch + n / len(made)) / a.epochs
            if a.minutes:
                share = max(share, (time.time() - began) / 60 / a.minutes)
            if share >= 1:
                break
            for group in optimizer.param_groups:
                group["lr"] = a.rate * min(1, (step + 1) / 200) * (0.5 + 0.5 * math.cos(math.pi * share)) + 1e-5
            optimizer.zero_grad()
            total, parts = loss_of(net, batcher, batch, strength, rng, a.negatives)
            total.backward()
            torch.nn.utils.clip_grad_norm_(weights, 2.0)
            optimizer.step()
            step += 1
            sums += parts
            keep = min(0.999, (step + settled) / (step + settled + 20))
            for k, v in net.state_dict().items():
                if k in average:
                    average[k].mul_(keep).add_(v, alpha=1 - keep)
            if n % 200 == 0:
                print(f"  {epoch}.{n}/{len(made)} {np.round(sums / (n + 1), 3)} {time.time() - began:.0f}s", flush=True)
        print(f"epoch {epoch} {np.round(sums / len(made), 3)} {time.time() - began:.0f}s", flush=True)
        torch.save({"net": average, "glove": glove.words, "own": own.words, "strength": strength, "sizes": sizes, "seed": a.seed, "epoch": epoch}, a.out)
        if share >= 1 or epoch + 1 == a.epochs:
            break
    net.load_state_dict(average, strict=False)
    for name, articles in tests.items():
        with open(f"{a.out}.{name}.pred.jsonl", "w") as f:
            f.writelines(json.dumps(x) + "\n" for x in predict(net, batcher, articles))
    print("done", round(time.time() - began), flush=True)


if __name__ == "__main__":
    main()
