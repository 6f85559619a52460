"""Learns the pointer.

usage: learn_pointer.py --reports NETWORK.pt --features FOLDER --marked FOLDER --corpora FOLDER --out FOLDER
NETWORK.pt is the network that finds reports. FEATURES has what features.ts wrote of each text in MARKED and CORPORA.
"""

import argparse
import os
import random
import time

import numpy as np
import torch
from torch import nn

from files import kept, load_checkpoint, save, save_checkpoint
from learn import HAS_FAST_BFLOAT16, padded
from marked import held_out
from network import SHARED, Network
from pointer import Pointer
from pointing import BASE, MOST_WINDOWS, Text, read_gap, read_gum, read_marked

MARKED = ("harder-pieces", "pieces", "odd.train", "odd.train-3", "odd.train-4", "abc.train", "sources", "whom", "referents", "strangers")
DEV = ("abc.dev", "odd.dev", "wikinews-dev")
WEIGHTS = {"gap": 0.5, "gum": 0.3, "sources": 0.7}
"""Of a query, by source; 1 if it isn't here."""
OFTEN = {"gap": 0.3}
"""The share of texts that a pass reads."""
NAMES = 0.35
"""The share of names that a pass asks about: they mean themselves."""
MOST_QUERIES = 30
"""Of a text, in a batch."""
PIECES = 3000
"""Of a batch, with padding."""


def middles(texts: list[Text], encoder, path: str) -> None:
    """Gives each window its pieces' states after the shared layers, which don't learn."""
    found = [(text, *window.inputs(), window) for text in texts for window in text.windows]
    lengths = [len(ids) for _, ids, _, _ in found]
    ends = np.cumsum(lengths)

    @torch.no_grad()
    def read():
        states = np.zeros((sum(lengths), BASE.width), np.float16)
        order = sorted(range(len(found)), key=lengths.__getitem__)
        while order:
            longest = lengths[order[min(len(order), max(1, 4000 // lengths[order[0]])) - 1]]
            some, order = order[: max(1, 4000 // longest)], order[max(1, 4000 // longest) :]
            ids = padded([found[at][1] for at in some], max(lengths[at] for at in some))
            mask = torch.arange(ids.shape[1])[None] < torch.tensor([lengths[at] for at in some])[:, None]
            x = encoder.norm(encoder.words(ids) + encoder.positions(torch.arange(ids.shape[1])) + encoder.types.weight[0])
            for layer in encoder.layers[:SHARED]:
                x = layer(x, mask[:, None, None, :])
            for row, at in enumerate(some):
                states[ends[at] - lengths[at] : ends[at]] = x[row, : lengths[at]].numpy()
        return states

    states = kept(path, read)
    for (_, _, starts, window), length, end in zip(found, lengths, ends):
        window.middle, window.starts = states[end - length : end], starts


def read_together(pointer, group):
    """(text, first window, last window) -> for each, its tokens' states and the place of the first one."""
    rows = [window for text, first, last in group for window in text.windows[first:last]]
    length, width = max(len(w.middle) for w in rows), max(len(w.spans) for w in rows)
    middle = torch.zeros(len(rows), length, BASE.width)
    for row, window in enumerate(rows):
        middle[row, : len(window.middle)] = torch.from_numpy(window.middle.astype(np.float32))
    mask = torch.arange(length)[None] < torch.tensor([len(w.middle) for w in rows])[:, None]
    lists = (padded([getattr(w, name) for w in rows], width) for name in ("starts", "shapes", "quoting", "lines"))
    with torch.autocast("cpu", torch.bfloat16, pointer.training and HAS_FAST_BFLOAT16):
        states = pointer.states(middle, mask, *lists).float()
    found, row = [], 0
    for text, first, last in group:
        before = sum(len(w.spans) for w in text.windows[:first])
        parts = [states[row + at, : len(text.windows[first + at].spans)] for at in range(last - first)]
        found.append((torch.cat(parts), before))
        row += last - first
    return found


def scores_of(pointer, tokens, queries, before):
    places = (torch.tensor([getattr(q, name) - before for q in queries]) for name in ("first", "last", "content"))
    scores = pointer.scores(tokens, *places, torch.tensor([q.is_unsourced for q in queries]))
    own = torch.zeros_like(scores, dtype=torch.bool)
    for row, query in enumerate(queries):
        own[row, [at - before for at in query.own if 0 <= at - before < len(tokens)]] = True
    return scores.masked_fill(own, -1e4)


def loss_of(pointer, group, rng):
    """The negative log-likelihood of all words that mean the same, or of "none" if no other words do."""
    total, count = torch.tensor(0.0), 0.0
    for (text, *_), (tokens, before) in zip(group, read_together(pointer, group)):
        end = before + len(tokens)
        queries = [q for q in text.queries if before <= q.first and q.last < end and before <= q.content < end]
        queries = [q for q in queries if q.form != "name" or rng.random() < NAMES]
        if len(queries) > MOST_QUERIES:
            queries = rng.sample(queries, MOST_QUERIES)
        if not queries:
            continue
        scores = scores_of(pointer, tokens, queries, before)
        right = torch.zeros_like(scores, dtype=torch.bool)
        for row, query in enumerate(queries):
            right[row, [at - before for at in query.right if before <= at < end] or [-1]] = True
        odds = torch.log_softmax(scores, -1).masked_fill(~right, -1e4)
        weight = WEIGHTS.get(text.source, 1.0)
        total = total - weight * torch.logsumexp(odds, -1).sum()
        count += weight * len(queries)
    return total / max(count, 1), count


def groups_of(texts, rng):
    """The batches of a pass: texts of alike windows together, of long ones any `MOST_WINDOWS` in a row."""
    items = []
    for text in texts:
        if rng.random() < OFTEN.get(text.source, 1):
            first = rng.randrange(max(0, len(text.windows) - MOST_WINDOWS) + 1)
            items.append((text, first, min(len(text.windows), first + MOST_WINDOWS)))
    longest = lambda item: max(len(w.middle) for w in item[0].windows[item[1] : item[2]])
    items.sort(key=lambda item: longest(item) + rng.random() * 80)
    groups, now, size = [], [], 0
    for item in items:
        rows = item[2] - item[1]
        if now and (size + rows) * longest(item) > PIECES:
            groups.append(now)
            now, size = [], 0
        now.append(item)
        size += rows
    groups.append(now)
    rng.shuffle(groups)
    return groups


@torch.no_grad()
def show(name, pointer, texts):
    """Prints, by form of source, how often it points at whom it means, and how often so if its probability is at least .8."""
    pointer.eval()
    found = {}
    for text in texts:
        ((tokens, before),) = read_together(pointer, [(text, 0, len(text.windows))])
        for query, scores in zip(text.queries, scores_of(pointer, tokens, text.queries, before)):
            odds = scores.softmax(-1).numpy()
            shares = {who: odds[sorted(tokens - query.own)].sum() for who, tokens in text.meant.items()}
            rest = odds[:-1].copy()
            rest[list(set().union(*text.meant.values()))] = 0
            shares |= {"none": odds[-1], "other": rest.max()}
            best = max(shares, key=shares.get)
            found.setdefault(query.form, []).append((shares[best], best == (query.who if query.right else "none")))
    for form, results in sorted(found.items()):
        sure = [right for share, right in results if share >= 0.8]
        right = np.mean([right for _, right in results])
        print(f"   {name}, {form}: {len(results)}, right {right:.3f}; sure of {len(sure)}, right {sum(sure)}", flush=True)
    pointer.train()


def main():
    a = argparse.ArgumentParser()
    for name in ("--reports", "--features", "--marked", "--corpora", "--out"):
        a.add_argument(name)
    a.add_argument("--passes", type=int, default=4)
    a.add_argument("--rate", type=float, default=1e-4)
    a.add_argument("--head-rate", type=float, default=1e-3)
    a = a.parse_args()
    torch.manual_seed(1)
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))
    rng = random.Random(1)
    os.makedirs(a.out, exist_ok=True)
    reports = Network()
    reports.load_state_dict(torch.load(a.reports, weights_only=True))
    encoder = reports.reader.encoder.eval()
    marked = lambda name: read_marked(name, f"{a.features}/{name}.jsonl", f"{a.marked}/{name}.jsonl")
    files = {name: marked(name) for name in (*MARKED, *DEV)}
    files["gap"] = read_gap(f"{a.features}/gap.jsonl", f"{a.corpora}/gap.jsonl")
    files["gum"] = read_gum(f"{a.features}/gum.jsonl", f"{a.corpora}/gum.jsonl")
    for name, texts in files.items():
        middles(texts, encoder, f"{a.out}/middle-{name}.npy")
    learned = [t for name, texts in files.items() if name not in DEV for t in texts if not held_out(name, t.id)]
    shown = {name: files[name] for name in DEV}
    shown |= {f"{name}, held out": [t for t in files[name] if held_out(name, t.id)] for name in MARKED}
    pointer = Pointer(encoder).train()
    own = list(pointer.layers.parameters())
    heads = [w for name, w in pointer.named_parameters() if not name.startswith("layers.")]
    optimizer = torch.optim.AdamW([{"params": own, "lr": a.rate}, {"params": heads, "lr": a.head_rate}], weight_decay=0.01)
    step, first = 0, 0
    checkpoint = f"{a.out}/checkpoint.pt"
    if state := load_checkpoint(checkpoint, rng):
        pointer.load_state_dict(state["pointer"])
        optimizer.load_state_dict(state["optimizer"])
        step, first = state["step"], state["pass"]
    began = time.time()
    for number in range(first, a.passes):
        groups = groups_of(learned, rng)
        total = len(groups) * a.passes
        print(f"pass {number}: {len(groups)} batches", flush=True)
        losses = []
        for n, group in enumerate(groups):
            factor = min(1, step / (0.06 * total + 1)) * max(0, 1 - step / total) + 1e-3
            for each, rate in zip(optimizer.param_groups, (a.rate, a.head_rate)):
                each["lr"] = rate * factor
            loss, count = loss_of(pointer, group, rng)
            step += 1
            if count == 0:
                continue
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(pointer.parameters(), 1.0)
            optimizer.step()
            losses.append(loss.item())
            if step % 50 == 0:
                print(f"  {n}/{len(groups)} {time.time() - began:.0f} s, loss {np.mean(losses):.3f}", flush=True)
                losses = []
        for name, texts in shown.items():
            show(name, pointer, texts)
        state = {"pointer": pointer.state_dict(), "optimizer": optimizer.state_dict(), "step": step, "pass": number + 1}
        save_checkpoint(checkpoint, rng, state)
    save(f"{a.out}/pointer.pt", pointer.state_dict())


if __name__ == "__main__":
    main()
