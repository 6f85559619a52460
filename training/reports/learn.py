"""Learns to find reports, from the published encoder.

usage: learn.py --published FOLDER --features FOLDER --out FOLDER [--start NETWORK.pt --rate N --head-rate N]
  [--passes N] [--polnear N] [--keep N] [--share N] [--seed N]
"""

import argparse
import os
import random
import time

import torch
import torch.nn.functional as F

from corpus import CONTENT, NONE, SOURCE, SPEECH, batches, cue_strength, hold_out, read, widened
from files import load_checkpoint, save, save_checkpoint
from marked import held_out
from network import Network

#: How often a pass reads an article of each kind: half of the windows for .5.
SETS = {
    "polnear.train": 0.25, "abc.train": 2, "odd.train": 2, "odd.train-3": 2, "odd.train-4": 2,
    "pieces": 1, "harder-pieces": 1.5, "news": 1, "constructions": 3, "referents": 2,
}  # fmt: skip
#: The share held out for weigh.ts of kinds from which the linker holds nothing out.
KEPT = {"polnear.train": 0.05, "abc.train": 0.12, "odd.train": 0.12}
#: Weighs the mean square of the decoder's scores in the loss. Without it they grow past 1,000, and learning diverges
#: (compare the z-loss of PaLM: Chowdhery et al. 2022).
SIZE = 5e-4
#: Processors without AMX are slower in bfloat16, even if they have AVX-512 for it.
HAS_FAST_BFLOAT16 = torch.cpu._is_amx_tile_supported()


def padded(lists, width):
    return torch.tensor([list(each) + [0] * (width - len(each)) for each in lists])


def tensors(group):
    """A batch of windows as the network's inputs."""
    inputs = [w.inputs() for w in group]
    length, width = max(len(ids) for ids, _ in inputs), max(len(w.spans) for w in group)
    sizes = torch.tensor([len(w.spans) for w in group])
    return {
        "ids": padded([ids for ids, _ in inputs], length),
        "attended": torch.arange(length)[None] < torch.tensor([len(ids) for ids, _ in inputs])[:, None],
        "starts": padded([starts for _, starts in inputs], width),
        "shapes": padded([w.shapes for w in group], width),
        "quoting": padded([w.quoting for w in group], width),
        "lines": padded([w.lines for w in group], width),
        "places": padded([w.places for w in group], width),
        "mask": torch.arange(width)[None] < sizes[:, None],
    }


def encode(network, x):
    with torch.autocast("cpu", torch.bfloat16, network.training and HAS_FAST_BFLOAT16):
        tokens, cues = network.reader(x["ids"], x["starts"], x["shapes"], x["quoting"], x["lines"], x["attended"])
    return tokens, cues.float()


def decode(network, x, tokens, rows, heads):
    with torch.autocast("cpu", torch.bfloat16, network.training and HAS_FAST_BFLOAT16):
        emissions, judged = network.decoder(tokens[rows], x["quoting"][rows], x["places"][rows], heads, x["mask"][rows])
    return emissions.float(), judged.float()


def loss_of(network, group, rng, negatives=3):
    x = tensors(group)
    tokens, cues = encode(network, x)
    mask = x["mask"]
    width = mask.shape[1]
    kinds = torch.zeros(len(group), width, dtype=torch.long)
    also = torch.zeros(len(group), width, 2)
    counted = mask.clone()
    chosen = []
    likely = cues.detach().softmax(-1)[..., 1:].sum(-1)
    for row, window in enumerate(group):
        taken = set()
        for head, kind, tags in window.reports:
            if kinds[row, head] != SPEECH:
                kinds[row, head] = kind
            if kind == SPEECH:
                for place, tag in enumerate(tags):
                    if tag in (CONTENT, SOURCE):
                        also[row, place, 0 if tag == CONTENT else 1] = 1
            if head not in taken:
                chosen.append((row, head, kind, tags))
            taken.add(head)
        counted[row, list(window.unmarked)] = False
        passed = taken | window.unmarked
        wrong = [i for i in (likely[row, : len(window.spans)] > 0.06).nonzero()[:, 0].tolist() if i not in passed]
        rng.shuffle(wrong)
        chosen += [(row, head, NONE, [0] * len(window.spans)) for head in wrong[:negatives]]
    cue = F.cross_entropy(cues[counted], kinds[counted], reduction="sum") / counted.sum() * 20
    with torch.autocast("cpu", torch.bfloat16, network.training and HAS_FAST_BFLOAT16):
        spans = network.reader.also(tokens)
    spans = F.binary_cross_entropy_with_logits(spans.float()[mask], also[mask])
    if not chosen:
        return cue + 0.5 * spans, (cue.item(), spans.item(), 0.0, 0.0)
    rng.shuffle(chosen)
    rows, heads, kind = (torch.tensor([each[k] for each in chosen[:96]]) for k in range(3))
    emissions, judged = decode(network, x, tokens, rows, heads)
    weight = torch.tensor([0.0, 1.0, 0.5])[kind]
    tags = padded([each[3] for each in chosen[:96]], width)
    read_as = (network.crf_loss(emissions, tags, mask[rows]) * weight).sum() / (weight.sum() + 1) / 10
    judge = F.cross_entropy(judged, kind)
    size = emissions[mask[rows]].square().mean()
    loss = cue + 0.5 * spans + read_as + 0.5 * judge + SIZE * size
    return loss, (cue.item(), spans.item(), read_as.item(), judge.item())


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--published")
    a.add_argument("--features")
    a.add_argument("--out")
    a.add_argument("--start", help="learn further from this network")
    a.add_argument("--passes", type=int, default=5)
    a.add_argument("--pieces", type=int, default=2400)
    a.add_argument("--rate", type=float, default=1e-4)
    a.add_argument("--head-rate", type=float, default=1e-3)
    a.add_argument("--keep", type=int, default=0, help="how many of the lower layers stay as they are")
    a.add_argument("--polnear", type=float, default=SETS["polnear.train"], help="how often a pass reads its articles")
    a.add_argument("--share", type=float, default=1, help="multiplies how often it reads everything but the constructions")
    a.add_argument("--seed", type=int, default=1)
    a.add_argument("--steps", type=int, default=0, help="stop after so many, to try it")
    a = a.parse_args()
    torch.manual_seed(a.seed)
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))
    rng = random.Random(a.seed)
    os.makedirs(a.out, exist_ok=True)
    articles, times, held = [], {}, []
    for name, often in (SETS | {"polnear.train": a.polnear}).items():
        found = [each | {"without_negated": name != "polnear.train"} for each in read(f"{a.features}/{name}.jsonl")]
        if name in KEPT:
            learn, kept = hold_out(found, KEPT[name])
        else:
            learn, kept = ([each for each in found if held_out(name, each["id"]) is out] for out in (False, True))
        articles += learn
        held += kept
        share = 1 if name == "constructions" else a.share
        times.update({each["id"]: often * share for each in learn})
    with open(f"{a.out}/held-out.txt", "w") as file:
        file.writelines(f"{each['id']}\n" for each in held)
    strength = cue_strength(articles)
    network = Network()
    if a.start:
        network.load_state_dict(torch.load(a.start, weights_only=True))
    else:
        network.reader.encoder.load_published(a.published)
    kept = ("words", "positions", "types", *(["norm"] if a.keep else []), *(f"layers.{n}." for n in range(a.keep)))
    frozen = tuple(f"reader.encoder.{part}" for part in kept)
    # The words keep what they were pre-trained to mean.
    for name, weight in network.named_parameters():
        weight.requires_grad_(not name.startswith(frozen))
    free = [(n, w) for n, w in network.named_parameters() if w.requires_grad]
    encoder = [w for n, w in free if n.startswith("reader.encoder.")]
    others = [w for n, w in free if not n.startswith("reader.encoder.")]
    optimizer = torch.optim.AdamW([{"params": encoder, "lr": a.rate}, {"params": others, "lr": a.head_rate}], weight_decay=0.01)
    rates = [group["lr"] for group in optimizer.param_groups]
    step, first = 0, 0
    checkpoint = f"{a.out}/checkpoint.pt"
    if state := load_checkpoint(checkpoint, rng):
        network.load_state_dict(state["network"])
        optimizer.load_state_dict(state["optimizer"])
        step, first = state["step"], state["pass"]
    began = time.time()
    for number in range(first, a.passes):
        network.train()
        groups = batches(widened(articles, strength, rng, lambda each: times[each["id"]]), a.pieces, rng)
        total = len(groups) * a.passes
        print(f"pass {number}: {len(groups)} batches, {sum(len(w.reports) for g in groups for w in g)} reports", flush=True)
        sums = [0.0] * 4
        for n, group in enumerate(groups):
            done = (number + n / len(groups)) / a.passes
            factor = min(1, step / (0.06 * total + 1)) * (1 - done) + 1e-3
            for each, rate in zip(optimizer.param_groups, rates):
                each["lr"] = rate * factor
            loss, parts = loss_of(network, group, rng)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(encoder + others, 1.0)
            optimizer.step()
            step += 1
            sums = [s + p for s, p in zip(sums, parts)]
            if step % 20 == 0 or step == a.steps:
                print(f"  {n}/{len(groups)} {time.time() - began:.0f} s {[round(s / (n + 1), 3) for s in sums]}", flush=True)
            if step == a.steps:
                return
        state = {"network": network.state_dict(), "optimizer": optimizer.state_dict(), "step": step, "pass": number + 1}
        save_checkpoint(checkpoint, rng, state)
    save(f"{a.out}/network.pt", network.state_dict())


if __name__ == "__main__":
    main()
