"""Learns the encoder further on questions: in-batch negatives, two close ones, and "nothing here says that".

The loss is the softmax over all passages of a batch (van den Oord et al. 2018; Karpukhin et al. 2020) and one more
choice, that none of them answers, whose logit is learned (as in SQuAD 2.0, Rajpurkar et al. 2018).
"""

import argparse
import os
import random
import time

import numpy as np
import torch
import torch.nn.functional as F

import questions as data
from encoder import BASE, Encoder
from files import kept, load_checkpoint, save, save_checkpoint

options = argparse.ArgumentParser()
options.add_argument("--published", required=True, help="folder that bases.py downloaded to")
options.add_argument("--questions", required=True, help="folder with questions-NAME.jsonl")
options.add_argument("--passages", required=True, help="folder with NAME.jsonl of passages.ts")
options.add_argument("--learn", required=True, help="names, with commas between")
options.add_argument("--test", default="", help="names, with commas between")
options.add_argument("--out", required=True, help="folder")
options.add_argument("--start", default="", help="encoder.pt to start from in place of the published weights")
options.add_argument("--passes", type=float, default=2.5)
options.add_argument("--rate", type=float, default=4e-5)
options.add_argument("--negatives", type=int, default=2, help="close passages for each question")
options.add_argument("--seed", type=int, default=1)
chosen = options.parse_args()

SIZE, CLOSE, TEMPERATURE = 12, 10, 0.03

torch.manual_seed(chosen.seed)
rng = random.Random(chosen.seed)
os.makedirs(chosen.out, exist_ok=True)
tokens = BASE.tokenizer(chosen.published)
encoder = Encoder()
encoder.load_published(chosen.published)
nothing = torch.nn.Parameter(torch.tensor(0.8))


def similarity(library, asked):
    passages = data.vectors(encoder, [data.of_passage(tokens, each) for each in library.passages])
    return data.vectors(encoder, [data.of_question(tokens, each.text) for each in asked]) @ passages.T


def mine(names):
    """Questions with the passages that the encoder, as it starts, puts first without their being an answer."""
    found = []
    for name in names:
        library, asked = data.read(chosen.questions, chosen.passages, name)
        similar = kept(f"{chosen.out}/similar.{name}.npy", lambda: similarity(library, asked))
        data.evaluate(f"start {name}", asked, similar)
        for question, row in zip(asked, similar):
            close = [at for at in np.argsort(-row)[:24].tolist() if at not in question.answers + question.wrong]
            question.wrong += close
            found.append(question)
    return found


def test(label):
    for name in filter(None, chosen.test.split(",")):
        library, asked = data.read(chosen.questions, chosen.passages, name)
        data.evaluate(f"{label} {name}", asked, similarity(library, asked))


def encode(sequences):
    """Unit vectors. Sequences of similar length are read together, which leaves less padding."""
    order = sorted(range(len(sequences)), key=lambda at: len(sequences[at]))
    vectors = []
    for first in range(0, len(order), SIZE):
        ids, mask = data.batch([sequences[at] for at in order[first : first + SIZE]])
        with torch.autocast("cpu", dtype=torch.bfloat16):
            vectors.append(encoder(ids, mask).float())
    places = torch.tensor(order).argsort()
    return torch.cat(vectors)[places]


def loss_of(chunk):
    passages, targets = [], []
    for question in chunk:
        targets.append(len(passages) if question.answers else -1)
        if question.answers:
            passages.append((question, rng.choice(question.answers[:2])))
        close = question.wrong[:CLOSE]
        count = chosen.negatives + (0 if question.answers else 1)
        # The passage that a writer of questions named as the nearest is always among them.
        passages += [(question, at) for at in (close[:1] + rng.sample(close[1:], count - 1))[:count]]
    targets = torch.tensor([len(passages) if at < 0 else at for at in targets])
    asked = encode([data.of_question(tokens, question.text) for question in chunk])
    read = encode([data.of_passage(tokens, each.library.passages[at]) for each, at in passages])
    logits = torch.cat([asked @ read.T, nothing.expand(len(chunk), 1)], 1) / TEMPERATURE
    for row, question in enumerate(chunk):
        for column, (other, at) in enumerate(passages):
            if column != targets[row] and other.library is question.library and at in question.answers:
                logits[row, column] = -1e9
    return F.cross_entropy(logits, targets)


if chosen.start:
    saved = torch.load(chosen.start, weights_only=True)
    encoder.load_state_dict(saved["encoder"])
    nothing.data = saved["nothing"]
mined = mine(chosen.learn.split(","))
frozen = ("words.", "positions.", "types.")
learned = [value for name, value in encoder.named_parameters() if not name.startswith(frozen)]
for name, value in encoder.named_parameters():
    value.requires_grad_(not name.startswith(frozen))
optimizer = torch.optim.AdamW(
    [{"params": learned, "scale": 1.0}, {"params": [nothing], "scale": 100.0, "weight_decay": 0.0}],
    lr=chosen.rate,
    weight_decay=0.01,
)
total, step, sum_of_losses, started = int(chosen.passes * len(mined) / SIZE), 0, 0.0, time.time()
steps_of_pass, order = len(mined) // SIZE, list(range(len(mined)))
print(f"{len(mined)} questions, {total} steps", flush=True)
checkpoint = f"{chosen.out}/checkpoint.pt"
if saved := load_checkpoint(checkpoint, rng):
    encoder.load_state_dict(saved["encoder"])
    optimizer.load_state_dict(saved["optimizer"])
    nothing.data, step, order = saved["nothing"], saved["step"], saved["order"]
while step < total:
    first = step % steps_of_pass * SIZE
    if first == 0:
        rng.shuffle(order)
    encoder.train()
    for group in optimizer.param_groups:
        group["lr"] = chosen.rate * group["scale"] * min(1, (step + 1) / (0.1 * total)) * (1 - step / total)
    loss = loss_of([mined[at] for at in order[first : first + SIZE]])
    optimizer.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(learned, 1.0)
    optimizer.step()
    step, sum_of_losses = step + 1, sum_of_losses + loss.item()
    if step % 10 == 0:
        print(f"{step}/{total} {time.time() - started:.0f} s loss {sum_of_losses / 10:.3f} nothing {nothing.item():.3f}", flush=True)
        sum_of_losses = 0.0
    if step % 50 == 0:
        state = {"encoder": encoder.state_dict(), "optimizer": optimizer.state_dict(), "nothing": nothing.data}
        save_checkpoint(checkpoint, rng, state | {"step": step, "order": order})
save(f"{chosen.out}/encoder.pt", {"encoder": encoder.state_dict(), "nothing": nothing.data})
test("learned")
