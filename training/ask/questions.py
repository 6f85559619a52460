"""Questions, the passages of their library, and what the encoder reads of either."""

import json
from dataclasses import dataclass, field

import numpy as np
import torch
from tokenizers import Tokenizer

MOST_OF_QUESTION, MOST_OF_PASSAGE = 48, 128


@dataclass
class Library:
    passages: list[str]
    place: dict[tuple[str, int], int]


@dataclass
class Question:
    text: str
    kind: str
    library: Library
    answers: list[int]
    wrong: list[int] = field(default_factory=list)
    """Passages that come close without answering, closest first."""
    twin: str | None = None
    """The question that it is as alike as possible to, which something answers."""
    words: tuple[int, int] | None = None
    """Where the words that answer are in the first of the answers, counted from its end in code points."""


def read(data: str, passages: str, name: str, questions_name: str | None = None) -> tuple[Library, list[Question]]:
    texts, place = [], {}
    for line in open(f"{passages}/{name}.jsonl", encoding="utf8"):
        article = json.loads(line)
        for at, passage in enumerate(article["passages"], 1):
            place[(article["id"], at)] = len(texts)
            texts.append(passage)
    library, questions = Library(texts, place), []
    for line in open(f"{data}/questions-{questions_name or name}.jsonl", encoding="utf8"):
        each = json.loads(line)
        find = lambda pairs: [place[tuple(pair)] for pair in pairs if tuple(pair) in place]
        near = each.get("near") or []
        near = find(near if near and isinstance(near[0], list) else [near] if near else [])
        questions.append(Question(each["q"], each["kind"], library, find(each["rel"]), near, each.get("twin"), each.get("words")))
    return library, questions


def pieces(tokens: Tokenizer, text: str, most: int) -> list[int]:
    ids = tokens.encode(text).ids
    return ids if len(ids) <= most else [*ids[: most - 1], ids[-1]]


def of_question(tokens: Tokenizer, text: str) -> list[int]:
    return pieces(tokens, f"query: {text}", MOST_OF_QUESTION)


def of_passage(tokens: Tokenizer, text: str) -> list[int]:
    return pieces(tokens, f"passage: {text}", MOST_OF_PASSAGE)


def batch(sequences: list[list[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    ids = torch.zeros(len(sequences), max(map(len, sequences)), dtype=torch.long)
    mask = torch.zeros(ids.shape, dtype=torch.bool)
    for row, sequence in enumerate(sequences):
        ids[row, : len(sequence)] = torch.tensor(sequence)
        mask[row, : len(sequence)] = True
    return ids, mask


def vectors(encoder, sequences: list[list[int]], size: int = 16) -> np.ndarray:
    """Unit vectors, in the order given. Batches hold sequences of similar length."""
    out = np.zeros((len(sequences), encoder.base.width), np.float32)
    order = sorted(range(len(sequences)), key=lambda at: len(sequences[at]))
    encoder.eval()
    with torch.no_grad():
        for at in range(0, len(order), size):
            rows = order[at : at + size]
            out[rows] = encoder(*batch([sequences[row] for row in rows])).numpy()
    return out


def evaluate(label: str, questions: list[Question], similar: np.ndarray) -> None:
    """Prints how often an answer is first, among three and ten, and the AUC of the best cosine."""
    ranks, has, hasnt = [], [], []
    for question, row in zip(questions, similar):
        order = np.argsort(-row)[:10].tolist()
        (has if question.answers else hasnt).append(row[order[0]])
        if question.answers:
            ranks.append(next((at for at, each in enumerate(order) if each in question.answers), 99))
    ranks, has, hasnt = np.array(ranks), np.array(has), np.array(hasnt)
    auc = (has[:, None] > hasnt[None]).mean()
    print(f"{label}: first {(ranks < 1).mean():.3f} three {(ranks < 3).mean():.3f} ten {(ranks < 10).mean():.3f} AUC {auc:.3f}", flush=True)
