"""Reads the features that features.ts wrote and gives paragraphs with labels; widens them on the fly."""
import collections
import json
import random

import numpy as np

OUT, CONTENT, SOURCE, CUE = range(4)
NONE, SPEECH, OTHER = range(3)


class Paragraph:
    __slots__ = ("spans", "words", "suffix", "shape", "quoting", "cue_class", "in_content", "in_source", "reports")

    def __len__(self):
        return len(self.words)


def covered(spans, parts):
    """Which tokens lie in any of the character ranges."""
    return [i for i, (s, e) in enumerate(spans) if any(s < b and e > a for a, b in parts or [])]


def read(path):
    with open(path) as lines:
        return [json.loads(line) for line in lines]


def cue_strength(articles):
    """How often a word is part of a cue: decides which word of `was first reported by` is the head."""
    inside, total = collections.Counter(), collections.Counter()
    for article in articles:
        for paragraph in article["paragraphs"]:
            total.update(paragraph["words"])
            for quote in article["quotes"]:
                for i in covered(paragraph["tokens"], quote["cue"]):
                    inside[paragraph["words"][i]] += 1
    return {word: inside[word] / (total[word] + 5) for word in inside}


def label(article, strength):
    """The paragraphs of an article with their reports; a report belongs to the paragraph of its cue."""
    paragraphs = []
    for raw in article["paragraphs"]:
        p = Paragraph()
        p.spans, p.words, p.suffix, p.shape, p.quoting = (raw[k] for k in ("tokens", "words", "suffixes", "shapes", "quoting"))
        size = len(p.words)
        p.cue_class, p.in_content, p.in_source, p.reports = [NONE] * size, [0] * size, [0] * size, []
        for quote in article["quotes"]:
            if not quote["cue"] or not (raw["start"] <= quote["cue"][0][0] < raw["end"]):
                continue
            cue = covered(p.spans, quote["cue"])
            content = covered(p.spans, quote["content"])
            source = covered(p.spans, quote["speaker"])
            if not cue or not content:
                continue
            head = max(cue, key=lambda i: strength.get(p.words[i], 0))
            tags = [OUT] * size
            for i in cue:
                tags[i] = CUE
            for i in source:
                tags[i] = SOURCE
            for i in content:
                tags[i] = CONTENT
            kind = SPEECH if quote["speech"] else OTHER
            p.cue_class[head] = kind if p.cue_class[head] != SPEECH else SPEECH
            p.reports.append((head, kind, tags))
            if quote["speech"]:
                for i in content:
                    p.in_content[i] = 1
                for i in source:
                    p.in_source[i] = 1
        if size:
            paragraphs.append(p)
    return paragraphs


def join(parts):
    """Several paragraphs as one."""
    whole = Paragraph()
    for name in ("spans", "words", "suffix", "shape", "quoting", "cue_class", "in_content", "in_source"):
        setattr(whole, name, [x for p in parts for x in getattr(p, name)])
    whole.reports, at = [], 0
    for p in parts:
        for head, kind, tags in p.reports:
            whole.reports.append((head + at, kind, [OUT] * at + tags + [OUT] * (len(whole) - at - len(tags))))
        at += len(p)
    return whole


def split(p, rng):
    """One paragraph as two, cut at a sentence's end that no report spans; or as it is."""
    ends = [i + 1 for i, w in enumerate(p.words[:-1]) if w in (".", "?", "!") and p.quoting[i] == 0]
    rng.shuffle(ends)
    for cut in ends:
        if all(all(t == OUT for t in tags[:cut]) or all(t == OUT for t in tags[cut:]) for _, _, tags in p.reports):
            halves = []
            for a, b in ((0, cut), (cut, len(p))):
                half = Paragraph()
                for name in ("spans", "words", "suffix", "shape", "quoting", "cue_class", "in_content", "in_source"):
                    setattr(half, name, getattr(p, name)[a:b])
                half.reports = [(h - a, k, t[a:b]) for h, k, t in p.reports if a <= h < b]
                halves.append(half)
            return halves
    return [p]


def widen(articles, rng, joining=0.3, splitting=0.15):
    """Paragraphs of all articles in other layouts: some joined with the next ones, some split."""
    made = []
    for paragraphs in articles:
        i = 0
        while i < len(paragraphs):
            take = 1
            if rng.random() < joining:
                take = rng.choice((2, 2, 3))
            parts = paragraphs[i:i + take]
            while len(parts) > 1 and sum(map(len, parts)) > 260:
                parts = parts[:-1]
            i += len(parts)
            if len(parts) > 1:
                made.append(join(parts))
            elif rng.random() < splitting:
                made.extend(split(parts[0], rng))
            else:
                made.append(parts[0])
    return [p for p in made if len(p) <= 500]
