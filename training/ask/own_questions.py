"""Makes up questions in the articles' own words, and twins of them that nothing answers. People's questions here are
reworded on purpose, and teach that shared words mean little.

usage: own_questions.py PASSAGES OUT NAME…
reads PASSAGES/NAME.jsonl of passages.ts, and writes OUT/questions-own-NAME.jsonl for candidates.py.
"""

import collections
import json
import os
import random
import re
import sys

from judged import STOP

MOST = 70
"""Questions that something answers, a library. Nearly as many twins come with them."""
WORD = re.compile(r"[A-Za-z0-9][\w’'-]*")
ABOUT = ["What did {} say about {}?", "what did {} say about {}", "What does {} think about {}?", "what does {} say on {}?", "Did {} mention {}?", "{} on {}?", "What has {} said about {}?"]  # fmt: skip
WHO = ["Who said {}?", "who said that {}?", "who says {}", "Who was it that said {}?"]


def parts(passages):
    """(speaker or None, text) of each passage, without the title."""
    common = os.path.commonprefix(passages[1:]) if len(passages) > 2 else ""
    title = common[: common.rfind(". ") + 2] if ". " in common else ""
    for each in passages:
        rest = each.removeprefix(title)
        found = re.match(r"([^.:]{2,60}) says: (.+)", rest, re.DOTALL)
        yield (found[1], found[2]) if found else (None, rest)


def phrases(text):
    """Runs of one to three words that say something."""
    found, run = [], []
    for match in [*WORD.finditer(text), None]:
        word = match[0] if match else ""
        joined = run and match and text[run[-1].end() : match.start()] == " "
        if run and (word.lower() in STOP or not joined or len(run) == 3):
            found.append(text[run[0].start() : run[-1].end()])
            run = []
        if match and word.lower() not in STOP and len(word) > 3:
            run.append(match)
    return found


def made_up(articles, rng):
    every = [(article, at, name, text) for article, passages in articles for at, (name, text) in enumerate(parts(passages), 1)]
    said = [each for each in every if each[2] and len(each[3].split()) > 8]
    names = sorted({name for _, _, name, _ in said})
    spread = collections.Counter(word for _, _, _, text in every for word in {each.lower() for each in WORD.findall(text)})
    rarity = lambda phrase: max(spread[word.lower()] for word in phrase.split())
    has = lambda text, phrase: phrase.lower() in text.lower()
    by = lambda name, phrase: [[a, at] for a, at, who, text in said if who == name and has(text, phrase)]
    for article, at, name, text in rng.sample(said, min(MOST, len(said))):
        words = text.split()
        if rng.random() < 0.35 and len(words) > 10:
            start = rng.randrange(len(words) - 7)
            wording = " ".join(words[start : start + rng.randint(4, 7)]).strip(".,;:?!“”\"'")
            yield {"q": rng.choice(WHO).format(wording), "kind": "who-said", "rel": [[a, n] for a, n, _, t in every if has(t, wording)]}
            continue
        # What is rare in the library is more of a subject than "last" or "normally around".
        choices = sorted((each for each in phrases(text) if not has(name, each)), key=rarity)[:4]
        if not choices:
            continue
        phrase, form = rng.choice(choices), rng.choice(ABOUT)
        short = name.split()[-1] if rng.random() < 0.3 and len(name.split()) < 4 else name
        asked = form.format(short, phrase)
        yield {"q": asked, "kind": "what-said", "rel": by(name, phrase)}
        other = rng.choice(names)
        away = rng.choice(sorted(phrases(rng.choice(every)[3]), key=rarity)[:4] or [phrase])
        if rng.random() < 0.5 and other != name and not by(other, phrase) and short.lower() not in other.lower():
            yield {"q": form.format(other, phrase), "kind": "what-said", "rel": [], "near": [[article, at]], "twin": asked}
        elif not by(name, away) and not has(text, away):
            yield {"q": form.format(short, away), "kind": "what-said", "rel": [], "near": [[article, at]], "twin": asked}


def main():
    folder, out, *names = sys.argv[1:]
    os.makedirs(out, exist_ok=True)
    for name in names:
        lines = [json.loads(line) for line in open(f"{folder}/{name}.jsonl", encoding="utf8")]
        rng = random.Random(name)
        with open(f"{out}/questions-own-{name}.jsonl", "w", encoding="utf8") as file:
            for each in made_up([(line["id"], line["passages"]) for line in lines], rng):
                file.write(json.dumps(each) + "\n")


if __name__ == "__main__":
    main()
