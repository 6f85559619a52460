"""Teaches the judge: for each question a few passages, one of which may answer, and "none of these".

The loss is the softmax over the passages and "none of these" (whose logit is 0), and that over the pieces where the
answering words start and end (Devlin et al. 2018). It goes on from its checkpoint if it is interrupted.
"""

import argparse
import os
import random
import time

import torch
import torch.nn.functional as F

import judged
from files import load_checkpoint, save, save_checkpoint
from judge import BASE, Judge, best_span

options = argparse.ArgumentParser()
options.add_argument("--published", required=True, help="folder that bases.py downloaded to")
options.add_argument("--encoder", required=True, help="encoder.pt, whose layers the judge starts from")
options.add_argument("--start", default="", help="judge.pt to start from instead")
options.add_argument("--words", nargs="*", default=[], help="files of questions with answering words")
options.add_argument("--asked", nargs="*", default=[], help="files that candidates.py wrote")
options.add_argument("--passes-of-words", type=float, default=1.0, help="share of the questions with answering words that is read")
options.add_argument("--passes-of-asked", type=float, default=0.0)
options.add_argument("--rate", type=float, default=6e-5)
options.add_argument("--seed", type=int, default=1)
options.add_argument("--minutes", type=float, default=0, help="stop as if all steps were done by then: the rate falls with time")
options.add_argument("--out", required=True, help="folder")
chosen = options.parse_args()

SIZE, CANDIDATES, FROZEN_LAYERS = 8, 3, 4
"""Questions a step; passages a question; layers nearest to the pieces that stay as in the encoder."""

torch.manual_seed(chosen.seed)
rng = random.Random(chosen.seed)
os.makedirs(chosen.out, exist_ok=True)
tokens = BASE.tokenizer(chosen.published)
judge = Judge()


def start():
    if chosen.start:
        judge.load_state_dict(torch.load(chosen.start, weights_only=True))
    else:
        judge.encoder.load_state_dict(torch.load(chosen.encoder, weights_only=True)["encoder"])


def read():
    """Each question as many times as it is read, in random order."""
    by_words = [each for path in chosen.words for each in judged.answered_by_words(path, rng, held_out=False)]
    asked = [each for path in chosen.asked for each in judged.candidates(path)]
    found = []
    for some, passes in ((by_words, chosen.passes_of_words), (asked, chosen.passes_of_asked)):
        while passes > 0 and some:
            rng.shuffle(some)
            found += some[: round(min(1, passes) * len(some))]
            passes -= 1
    rng.shuffle(found)
    return found


def chosen_of(example):
    """(passage, span or None, does it answer) of a few candidates. The nearest wrong one is likelier than the others."""
    right = [(example.candidates[at], example.spans[at], True) for at in range(example.right)]
    wrong = [(each, None, False) for each in example.candidates[example.right :]]
    picked = [rng.choice(right)] if right else wrong[:1]
    rest = wrong if right else wrong[1:]
    while rest and len(picked) < CANDIDATES:
        picked.append(rest.pop(min(int(rng.expovariate(0.4)), len(rest) - 1)))
    return picked


def forward(pairs):
    """Of (ids, length of the question, …): logits, starts and ends, in order. Similar lengths are read together."""
    order = sorted(range(len(pairs)), key=lambda at: len(pairs[at][0]))
    logits, bounds = [None] * len(pairs), [None] * len(pairs)
    for first in range(0, len(order), 8):
        rows = order[first : first + 8]
        found = judge(*judged.batch([pairs[at] for at in rows]))
        for row, at in enumerate(rows):
            logits[at], bounds[at] = found[0][row], (found[1][row], found[2][row])
    return logits, bounds


def loss_of(chunk):
    pairs, sizes, answers = [], [], []
    for example in chunk:
        picked = chosen_of(example)
        asked = judged.question_ids(tokens, example.question)
        answers.append(next((at for at, each in enumerate(picked) if each[2]), None))
        pairs += [judged.pair(tokens, asked, text, span) for text, span, _ in picked]
        sizes.append(len(picked))
    logits, bounds = forward(pairs)
    loss, first, spans = 0, 0, []
    for size, answer in zip(sizes, answers):
        scores = torch.stack([*logits[first : first + size], torch.zeros(())])
        loss = loss + F.cross_entropy(scores[None], torch.tensor([size if answer is None else answer]))
        if answer is not None and (place := pairs[first + answer][2]) is not None:
            starts, ends = bounds[first + answer]
            spans.append(F.cross_entropy(starts[None], torch.tensor([place[0]])) + F.cross_entropy(ends[None], torch.tensor([place[1]])))
        first += size
    return loss / len(chunk), torch.stack(spans).mean() / 2 if spans else torch.zeros(())


@torch.no_grad()
def test(examples):
    """Prints, of questions held out, how often the passage that answers beats the wrong ones and "none", and F1 by words."""
    judge.eval()
    right = refused = answerable = unanswerable = 0
    scores = []
    for example in examples:
        asked = judged.question_ids(tokens, example.question)
        texts = example.candidates[:4]
        pairs = [judged.pair(tokens, asked, each) for each in texts]
        logits, bounds = forward(pairs)
        best = int(torch.stack(logits).argmax())
        if not example.right:
            unanswerable, refused = unanswerable + 1, refused + bool(logits[best] < 0)
            continue
        answerable, right = answerable + 1, right + (best == 0 and bool(logits[0] > 0))
        start, end, _ = best_span(*bounds[0])
        offsets = tokens.encode(texts[0], add_special_tokens=False).offsets
        found = texts[0][offsets[start - pairs[0][1]][0] : offsets[min(end - pairs[0][1], len(offsets) - 1)][1]]
        gold = texts[0][slice(*example.spans[0])]
        scores.append(word_f1(found, gold))
    print(
        f"held out: right and over 0 {right / answerable:.3f} of {answerable}, refused {refused / max(1, unanswerable):.3f} of {unanswerable},"
        f" F1 of the answering words {sum(scores) / len(scores):.3f}",
        flush=True,
    )


def word_f1(found, gold):
    one, other = (set(judged.words_of(each)) or {each} for each in (found, gold))
    both = len(one & other)
    return 2 * both / (len(one) + len(other))


start()
examples = read()
held_out = [each for path in chosen.words for each in judged.answered_by_words(path, random.Random(0), held_out=True)]
random.Random(0).shuffle(held_out)
frozen = ("encoder.words.", "encoder.positions.", "encoder.types.", "encoder.norm.", *(f"encoder.layers.{at}." for at in range(FROZEN_LAYERS)))
learned = []
for name, value in judge.named_parameters():
    value.requires_grad_(not name.startswith(frozen))
    if value.requires_grad:
        learned.append(value)
optimizer = torch.optim.AdamW(learned, lr=chosen.rate, weight_decay=0.01)
total, step, spent, began = len(examples) // SIZE, 0, 0.0, time.time()
print(f"{len(examples)} questions, {total} steps", flush=True)
checkpoint = f"{chosen.out}/checkpoint.pt"
if saved := load_checkpoint(checkpoint, rng):
    judge.load_state_dict(saved["judge"])
    optimizer.load_state_dict(saved["optimizer"])
    step, spent = saved["step"], saved["spent"]
sums = [0.0, 0.0]
while True:
    seconds = spent + time.time() - began
    done = seconds / (60 * chosen.minutes) if chosen.minutes else step / total
    if done >= 1:
        break
    judge.train()
    for group in optimizer.param_groups:
        group["lr"] = chosen.rate * min(1, (step + 1) / 100) * (1 - done)
    at = step * SIZE % (len(examples) - SIZE + 1)
    choice, words = loss_of(examples[at : at + SIZE])
    optimizer.zero_grad()
    (choice + words / 2).backward()
    torch.nn.utils.clip_grad_norm_(learned, 1.0)
    optimizer.step()
    step += 1
    sums = [sums[0] + choice.item(), sums[1] + words.item()]
    if step % 50 == 0:
        print(f"{step} of {total}, {seconds:.0f} s, loss {sums[0] / 50:.3f}, of the words {sums[1] / 50:.3f}", flush=True)
        sums = [0.0, 0.0]
    if step % 250 == 0:
        state = {"judge": judge.state_dict(), "optimizer": optimizer.state_dict(), "step": step, "spent": seconds}
        save_checkpoint(checkpoint, rng, state)
    if step % 1000 == 0 and held_out:
        test(held_out[:150])
save(f"{chosen.out}/judge.pt", judge.state_dict())
if held_out:
    test(held_out[:500])
