"""Reads what features.ts wrote: articles as windows of whole lines, with their reports as labels."""

import json
import math
import random
from dataclasses import dataclass, field

from bases import BASES

BASE = BASES["reports"]
OUT, CONTENT, SOURCE, CUE = range(4)
NONE, SPEECH, OTHER = range(3)
#: Word pieces of a window, as in src/attribution/network/windows.ts.
MOST_PIECES = 288
OPENING_MARKS = (1, 2)
#: What begins a report of something that somebody didn't say. PolNeAR alone marks these reports.
NEGATIONS = {
    "not", "never", "neither", "nor", "nobody", "none", "cannot", "without", "declined", "declines", "declining",
    "refused", "refuses", "refusing", "denied", "denies", "deny", "denying",
}  # fmt: skip
#: In so many tokens after a negation there can be the cue of such a report.
NEGATED = 4
LISTS = ("words", "pieces", "shapes", "quoting", "lines")


@dataclass
class Window:
    """Lines that are read together. All lists are as long as `spans`."""

    spans: list = field(default_factory=list)
    words: list = field(default_factory=list)
    pieces: list = field(default_factory=list)
    shapes: list = field(default_factory=list)
    quoting: list = field(default_factory=list)
    lines: list = field(default_factory=list)
    #: Which line of the window a token is in.
    places: list = field(default_factory=list)
    #: Triples: the token at the head of the report, `SPEECH` or `OTHER`, and each token's tag.
    reports: list = field(default_factory=list)
    #: Tokens that may head a report though none is marked.
    unmarked: set = field(default_factory=set)

    @property
    def size(self):
        return 1 + sum(map(len, self.pieces)) + self.places[-1] + 1

    def inputs(self):
        """The ids of the window's pieces, with markers, and where each token's first one is."""
        ids, starts, place = [BASE.start], [], 0
        for token, pieces in enumerate(self.pieces):
            if self.places[token] != place:
                ids.append(BASE.end)
                place = self.places[token]
            starts.append(len(ids))
            ids.extend(pieces)
        return [*ids, BASE.end], starts


def read(path):
    with open(path) as lines:
        return [json.loads(line) for line in lines]


def windows(article, strength, most=lambda: MOST_PIECES):
    """An article's windows: as many lines as fit."""
    made, size = [], 0
    limit = most()
    for stretch in article["stretches"]:
        pieces = sum(map(len, stretch["pieces"])) + 1
        if not made or size + pieces > limit:
            made.append(Window())
            size, limit = 1, most()
        window = made[-1]
        place = window.places[-1] + 1 if window.places else 0
        window.spans += stretch["spans"]
        window.places += [place] * len(stretch["spans"])
        for name in LISTS:
            getattr(window, name).extend(stretch[name])
        size += pieces
    for quote in article["quotes"]:
        label(quote, made, strength)
    if article.get("without_negated"):
        for window in made:
            window.unmarked = negated(window) - {head for head, _, _ in window.reports}
    return made


def negated(window):
    """The tokens shortly after a negation, and the negation itself."""
    found = set()
    for token, word in enumerate(window.words):
        if word.lower().endswith(("n't", "n’t")) or word.lower() in NEGATIONS:
            after = range(token, min(token + 1 + NEGATED, len(window.words)))
            found.update(i for i in after if window.places[i] == window.places[token])
    return found


def covered(spans, parts):
    """Which tokens lie in any of the character ranges."""
    return [i for i, (s, e) in enumerate(spans) if any(s < b and e > a for a, b in parts or [])]


def label(quote, made, strength):
    """Adds a report to the window of its head: the likeliest word of its cue, or the mark that opens its content."""
    anchor = (quote["cue"] or quote["content"])[0][0]
    window = next((w for w in made if w.spans[0][0] <= anchor < w.spans[-1][1]), None)
    if window is None:
        return
    content, cue = covered(window.spans, quote["content"]), covered(window.spans, quote["cue"])
    if cue:
        head = max(cue, key=lambda i: strength.get(window.words[i], 0))
    else:
        head = next((i for i in content[:1] if window.quoting[i] in OPENING_MARKS), None)
        if content and head is None and content[0] > 0 and window.quoting[content[0] - 1] in OPENING_MARKS:
            head = content[0] - 1
    if head is None or not content:
        return
    tags = [OUT] * len(window.spans)
    for tag, tokens in ((CUE, cue), (SOURCE, covered(window.spans, quote["speaker"])), (CONTENT, content)):
        for i in tokens:
            tags[i] = tag
    window.reports.append((head, SPEECH if quote["speech"] else OTHER, tags))


def cue_strength(articles):
    """How often a word is part of a cue: decides which word of `was first reported by` is the head."""
    inside, total = {}, {}
    for article in articles:
        for stretch in article["stretches"]:
            for word in stretch["words"]:
                total[word] = total.get(word, 0) + 1
        cues = [cue for quote in article["quotes"] for cue in quote["cue"] or []]
        for stretch in article["stretches"]:
            for i in covered(stretch["spans"], cues):
                inside[stretch["words"][i]] = inside.get(stretch["words"][i], 0) + 1
    return {word: n / (total[word] + 5) for word, n in inside.items()}


def batches(made, pieces, rng):
    """Groups windows of similar length, of at most so many pieces with padding."""
    order = sorted(made, key=lambda w: w.size + rng.random() * 20)
    groups, now = [], []
    for window in order:
        if now and (len(now) + 1) * window.size > pieces:
            groups.append(now)
            now = []
        now.append(window)
    groups.append(now)
    rng.shuffle(groups)
    return groups


def widened(articles, strength, rng, times):
    """The windows of a pass, of random lengths, so that reports are seen with more or less around them."""
    most = lambda: rng.choice((96, 160, 224, MOST_PIECES, MOST_PIECES))
    made = []
    for article in articles:
        often = times(article)
        for _ in range(math.ceil(often)):
            share = min(1, often)
            made += [w for w in windows(article, strength, most) if len(w.spans) > 3 and (share == 1 or rng.random() < share)]
            often -= share
    return made


def hold_out(articles, share, seed=7):
    """Splits articles into those to learn from and those to calibrate with."""
    order = list(articles)
    random.Random(seed).shuffle(order)
    kept = round(len(order) * share)
    return order[kept:], order[:kept]
