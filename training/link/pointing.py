"""What the pointer learns from: for each source in a text, which other words there mean the same person or body."""

import bisect
import json
import re
from dataclasses import dataclass, field

from bases import BASES
from corpus import MOST_PIECES, Window, windows

BASE = BASES["reports"]
MOST_WINDOWS = 10
"""Of an article, that are read together. src/attribution/network/pointer.ts compares fewer."""

TITLES = set(
    "mr mrs ms miss dr prof professor sir dame rev the lord lady judge justice sen gov rep president minister captain sgt sister brother father".split()
)
ENDS_HEAD = set("of at from in by for on to with who whom which that whose familiar , ( — – and as about near under behind into".split())
DETERMINERS = set("the a an his her its their our my your this that these those another one some two three both several".split())
PARTICLES = {"de", "van", "von", "der", "da", "di", "la", "le", "al", "bin", "-"}


@dataclass
class Query:
    """A source, by token: its first and last one, and the first one of what it said."""

    first: int
    last: int
    content: int
    is_unsourced: bool
    form: str
    who: str
    own: set[int]
    """The tokens of the source."""
    right: list[int]
    """Other tokens that mean the same."""


@dataclass
class Text:
    id: str
    source: str
    """The name of its file."""
    text: str
    windows: list[Window]
    queries: list[Query] = field(default_factory=list)
    meant: dict[str, set[int]] = field(default_factory=dict)
    """The tokens that mean somebody, by name."""

    @property
    def spans(self):
        return [span for window in self.windows for span in window.spans]


def by_utf16(text: str) -> str:
    """The text with two characters for each that has two UTF-16 units, as offsets count."""
    return "".join(each if ord(each) < 0x10000 else "\ufffd\ufffd" for each in text)


def covered(spans, starts, ranges) -> list[int]:
    found = []
    for start, end in ranges or []:
        at = max(0, bisect.bisect_right(starts, start) - 1)
        while at < len(spans) and spans[at][0] < end:
            if spans[at][1] > start:
                found.append(at)
            at += 1
    return found


def form_of(source: str | None) -> str:
    if source is None:
        return "none"
    first = source.split()[0].lower()
    if re.fullmatch("(?i)he|she|him|her|his|hers", source):
        return "he"
    if re.fullmatch("(?i)they|them|their|both|it|its|who", source):
        return "they"
    if re.fullmatch("(?i)i|me|my|we|us|our|you|your", source):
        return "first"
    return "description" if first in DETERMINERS or source[:1].islower() else "name"


class Names:
    """Finds the tokens of a text that name somebody."""

    def __init__(self, text: str, spans):
        self.words = [text[start:end] for start, end in spans]
        self.runs = []
        lines = [text.count("\n", 0, start) for start, _ in spans]
        run: list[int] = []
        for at, word in enumerate(self.words):
            goes_on = run and run[-1] == at - 1
            if word[:1].isupper():
                if goes_on and lines[run[-1]] == lines[at]:
                    run.append(at)
                else:
                    self.runs += [run] if run else []
                    run = [at]
            elif goes_on and word in PARTICLES:
                run.append(at)
            else:
                self.runs += [run] if run else []
                run = []
        self.runs += [run] if run else []

    def of(self, who: str, others: set[str]) -> set[int]:
        """The tokens for a person or body, as marks name it, that aren't also for one of the others."""
        if who == "unclear":
            return set()
        is_unnamed = who.startswith("unnamed:")
        name = who.removeprefix("unnamed:").strip()
        words = re.findall(r"[\w’'\-.]+", name)
        if not words:
            return set()
        several = name.split(" and ")
        if not is_unnamed and len(several) > 1 and all(each[:1].isupper() for each in several):
            return set().union(*(self.of(each, others) for each in several))
        capitals = sum(each[:1].isupper() for each in words)
        is_titled = words[0].lower() == "the" and any(each[:1].isupper() for each in words[1:]) and capitals >= len(words) - 2
        if not is_unnamed and ((words[0][:1].isupper() and words[0].lower() not in DETERMINERS) or is_titled):
            return self.of_name(who, words, others)
        return self.of_description(words)

    def of_name(self, who, words, others):
        names = {each.strip(".'’").lower() for each in words if each[:1].isupper() and each.strip(".").lower() not in TITLES}
        names = {part for each in names if len(each.strip(".")) > 1 for part in (each, *each.split("-"))}
        rivals = {
            each.strip(".'’").lower()
            for other in others
            if other != who and other != "unclear" and not other.startswith("unnamed")
            for each in re.findall(r"[\w’'\-.]+", other)
        }
        found = set()
        for run in self.runs:
            words = [self.words[at].lower().replace("’s", "").strip(".'’") for at in run]
            own = [at for at, word in zip(run, words) if word in names]
            foreign = [word for word in words if word not in names and word not in TITLES and len(word) > 1]
            shared = {word for word in words if word in names}
            if not own or len(foreign) >= len(own) or (shared <= rivals and len(shared) == 1 and len(names) > 1):
                continue
            found |= set(own)
        return found

    def of_description(self, words):
        """The tokens that are its head: "cheesemaker" of "a retired cheesemaker from Vaud"."""
        end = next((at for at, word in enumerate(words) if at > 0 and word.lower() in ENDS_HEAD), len(words))
        core = [word for word in words[:end] if word.lower() not in DETERMINERS]
        if not core:
            return set()
        head = core[-1].lower().replace("’s", "")
        return {at for at, word in enumerate(self.words) if word.lower() in (head, f"{head}s", head.rstrip("s"))}


def read_marked(name: str, features: str, marked: str) -> list[Text]:
    """Texts with the speaker of each report."""
    golds = {each["id"]: each for each in map(json.loads, open(marked))}
    return [text for text in (of_marked(line, name, golds[line["id"]]) for line in lines_of(features)) if text.queries]


def lines_of(features: str) -> list[dict]:
    with open(features) as lines:
        return [json.loads(line) for line in lines]


def text_of(line: dict, name: str, text: str) -> Text:
    return Text(line["id"], name, by_utf16(text), windows({**line, "quotes": []}, {}, lambda: MOST_PIECES))


def of_marked(line: dict, name: str, gold: dict) -> Text:
    made = text_of(line, name, gold["text"])
    spans, text = made.spans, made.text
    starts = [start for start, _ in spans]
    names = Names(text, spans)
    quotes = [(quote, quote.get("who") or quote.get("speaker_name")) for quote in gold["quotes"]]
    everybody = {who for _, who in quotes if who}
    made.meant = {who: names.of(who, everybody) for who in everybody if who != "unclear"}
    named = {who: set(tokens) for who, tokens in made.meant.items()}
    for quote, who in quotes:
        if quote["speaker"] and who in made.meant:
            made.meant[who] |= set(covered(spans, starts, quote["speaker"][:1]))
    for quote, who in quotes:
        content = covered(spans, starts, quote["content"][:1])
        if who is None or quote.get("speech") is False or not content:
            continue
        source = covered(spans, starts, (quote["speaker"] or [])[:1])
        first, last = (source[0], source[-1]) if source else (content[0], content[0])
        form = form_of(text[slice(*quote["speaker"][0])] if source else None)
        right = sorted(made.meant.get(who, set()) - set(source))
        made.queries.append(Query(first, last, content[0], not source, form, who, set(source), right))
    return made


def read_gap(features: str, gap: str) -> list[Text]:
    """Pronouns with two names, one of which they mean (GAP: Webster et al. 2018)."""
    golds = {each["id"]: each for each in map(json.loads, open(gap))}
    found = []
    for line in lines_of(features):
        gold = golds[line["id"]]
        if not any(gold["means"]):
            continue
        made = text_of(line, "gap", gold["text"])
        spans, names = made.spans, Names(made.text, made.spans)
        starts = [start for start, _ in spans]
        pronoun = covered(spans, starts, [gold["pronoun"]])
        if not pronoun:
            continue
        called = [made.text[slice(*span)] for span in gold["names"]]
        for who, span in zip(called, gold["names"]):
            made.meant[who] = names.of(who, set(called)) | set(covered(spans, starts, [span]))
        who = called[gold["means"].index(True)]
        at, next_ = pronoun[0], min(pronoun[0] + 1, len(spans) - 1)
        right = sorted(made.meant[who] - set(pronoun))
        made.queries = [Query(at, at, next_, False, "he", who, set(pronoun), right)]
        found.append(made)
    return found


LONGEST_MENTION = 6
"""In tokens, of those that are asked about."""
WHOLE_MENTION = 4
"""In tokens: of longer mentions, only both ends count."""


def read_gum(features: str, gum: str) -> list[Text]:
    """Documents with everybody's mentions (GUM: Zeldes 2017)."""
    golds = {each["id"]: each for each in map(json.loads, open(gum))}
    found = []
    for line in lines_of(features):
        gold = golds[line["id"]]
        made = text_of(line, "gum", gold["text"])
        spans = made.spans
        starts = [start for start, _ in spans]
        mentions: dict[str, list[list[int]]] = {}
        for start, end, who in gold["mentions"]:
            tokens = covered(spans, starts, [(start, end)])
            if tokens:
                mentions.setdefault(who, []).append(tokens)
        ends = lambda tokens: tokens if len(tokens) <= WHOLE_MENTION else [tokens[0], tokens[-1]]
        made.meant = {who: {at for tokens in all for at in ends(tokens)} for who, all in mentions.items()}
        for who, all in mentions.items():
            for tokens in all:
                form = form_of(made.text[spans[tokens[0]][0] : spans[tokens[-1]][1]])
                if form == "name" or len(tokens) > LONGEST_MENTION or (form == "description" and len(all) < 2):
                    continue
                right = sorted(made.meant[who] - set(tokens))
                content = min(tokens[-1] + 1, len(spans) - 1)
                made.queries.append(Query(tokens[0], tokens[-1], content, False, form, who, set(tokens), right))
        found.append(made)
    return [text for text in found if text.queries]
