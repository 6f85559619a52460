"""What the judge learns from: questions with passages, some of which answer.

`Example.candidates` are passages; the first `right` of them answer. `spans[k]` is where the k-th of these has the
answering words, in characters, or None if nobody marked them.
"""

import collections
import hashlib
import json
import math
import random
import re
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer

from judge import BASE, MOST_OF_PASSAGE, MOST_OF_QUESTION

HELD_OUT = 40
"""One text in so many is kept out of learning, by the hash of its text."""


@dataclass
class Example:
    question: str
    candidates: list[str]
    right: int
    spans: list[tuple[int, int] | None]


def is_held_out(text: str, of: int = HELD_OUT, many: int = 1) -> bool:
    return int(hashlib.sha256(text.encode()).hexdigest(), 16) % of < many


class ByWords:
    """BM25 (Robertson et al. 1994) over a few texts."""

    def __init__(self, texts: list[str]):
        bags = [collections.Counter(words_of(text)) for text in texts]
        self.lengths = [sum(bag.values()) for bag in bags]
        self.mean = sum(self.lengths) / max(1, len(bags))
        self.places = collections.defaultdict(list)
        for at, bag in enumerate(bags):
            for word, count in bag.items():
                self.places[word].append((at, count))

    def best(self, question: str, most: int) -> list[int]:
        scores = collections.defaultdict(float)
        for word in set(words_of(question)):
            places = self.places.get(word, ())
            weight = math.log(1 + (len(self.lengths) - len(places) + 0.5) / (len(places) + 0.5))
            for at, count in places:
                scores[at] += weight * count * 2.2 / (count + 1.2 * (0.25 + 0.75 * self.lengths[at] / self.mean))
        return sorted(scores, key=lambda at: -scores[at])[:most]


STOP = set(
    "a an the of to in on at for from by with and or but is are was were be been being it its this that those these he"
    " she they him his her their we our you your i me my as do does did done not no so than then there here who what"
    " when where why when which how".split()
)


def words_of(text: str) -> list[str]:
    return [word for word in re.findall(r"[a-z0-9]+", text.lower()) if word not in STOP]


SENTENCE = re.compile(r'[^.!?]+[.!?]*["”’\')\]]*\s*')


def chunks(text: str, rng: random.Random) -> list[tuple[int, int]]:
    """Cuts a text into passages as long as paragraphs of news are."""
    found, start, most = [], None, rng.randint(30, 75)
    for match in SENTENCE.finditer(text):
        if start is not None and len(text[start : match.end()].split()) > most:
            found.append((start, match.start()))
            start, most = None, rng.randint(30, 75)
        if start is None:
            start = match.start()
    return [*found, (start or 0, len(text))]


def answered_by_words(path: str, rng: random.Random, held_out: bool) -> list[Example]:
    """Examples of a file of `{group, text, questions: [{q, answers: [[start, end], …]}]}`. Wrong passages come from the
    same text and, by words, from others of its group."""
    groups = collections.defaultdict(list)
    for line in open(path, encoding="utf8"):
        each = json.loads(line)
        if is_held_out(each["text"]) == held_out:
            groups[each["group"]].append(each)
    found = []
    for group, texts in groups.items():
        title = group.replace("_", " ")
        passages, own = [], collections.defaultdict(list)
        for number, each in enumerate(texts):
            for start, end in chunks(each["text"], rng):
                own[number].append((len(passages), start, end))
                passages.append(each["text"][start:end].strip())
        index = ByWords(passages)
        for number, each in enumerate(texts):
            here = [at for at, _, _ in own[number]]
            for asked in each["questions"]:
                near = index.best(asked["q"], 12)
                # Some passages begin with a title, as in news.
                lead = f"{title}. " if title.count(" ") < 5 and "Reddit" not in title and rng.random() < 0.7 else ""
                if not asked["answers"]:
                    wrong = [at for at in near if at in here][:2] + [at for at in near if at not in here][:2]
                    found.append(Example(asked["q"], [lead + passages[at] for at in wrong or here[:1]], 0, []))
                    continue
                first, last = asked["answers"][0]
                hit = next((place for place in own[number] if place[1] <= first and last <= place[2]), None)
                if hit is None:
                    continue
                at, start, end = hit
                shift = len(lead) - start - (len(each["text"][start:end]) - len(each["text"][start:end].lstrip()))
                wrong = [other for other in here if other != at][:2]
                wrong += [other for other in near if other != at and other not in wrong][:6]
                texts_of = [lead + passages[other] for other in (at, *wrong)]
                found.append(Example(asked["q"], texts_of, 1, [(first + shift, last + shift)]))
    return found


def candidates(path: str, held_out: bool = False) -> list[Example]:
    """Examples of a file of candidates.py. Three in twenty pairs of twins are held out, by the hash of the question that
    something answers."""
    found = []
    pairs = {json.loads(line)["twin"] for line in open(path, encoding="utf8")} - {None}
    for line in open(path, encoding="utf8"):
        each = json.loads(line)
        original = each["twin"] or (each["q"] if each["q"] in pairs else None)
        if (original is not None and is_held_out(original, 20, 3)) == held_out:
            spans = [None] * each["right"]
            if each.get("words") and spans:
                spans[0] = tuple(len(each["candidates"][0]) + place for place in each["words"])
            found.append(Example(each["q"], each["candidates"], each["right"], spans))
    return found


def question_ids(tokens: Tokenizer, question: str) -> list[int]:
    return [*tokens.encode(question, add_special_tokens=False).ids[: MOST_OF_QUESTION - 1], BASE.end]


def pair(tokens: Tokenizer, asked: list[int], passage: str, span=None):
    """Ids, how many of them are the question's, and the pieces where the answering words start and end, if they're in."""
    read = tokens.encode(passage, add_special_tokens=False)
    ids = read.ids[: MOST_OF_PASSAGE - 1]
    bounds = None
    if span is not None:
        inside = [at for at, (a, b) in enumerate(read.offsets[: len(ids)]) if a < span[1] and b > span[0]]
        if inside and read.offsets[inside[-1]][1] >= span[1]:
            bounds = (1 + len(asked) + inside[0], 1 + len(asked) + inside[-1])
    return [BASE.start, *asked, *ids, BASE.end], 1 + len(asked), bounds


def batch(pairs) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Ids, types and a mask, (batch, length)."""
    ids = torch.zeros(len(pairs), max(len(each[0]) for each in pairs), dtype=torch.long)
    types, mask = torch.zeros_like(ids), torch.zeros_like(ids, dtype=torch.bool)
    for row, (sequence, question, *_) in enumerate(pairs):
        ids[row, : len(sequence)] = torch.tensor(sequence)
        types[row, question : len(sequence)] = 1
        mask[row, : len(sequence)] = True
    return ids, types, mask
