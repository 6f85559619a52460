"""Which marked articles nothing learns from, so that they show what holds elsewhere.

usage: marked.py NAME LIBRARIES < NAME.jsonl > HELD_OUT.jsonl
Writes these articles, for `npm run score`. LIBRARIES is a folder of library-NAME.jsonl, with the text of lines that have none.
"""

import functools
import hashlib
import json
import sys

#: Of each file, one article in so many.
HELD_OUT = {"odd.train-3": 3, "odd.train-4": 3, "pieces": 3, "harder-pieces": 8, "whom": 3, "referents": 3, "strangers": 2, "ordinary": 1, "described": 1, "briefs": 1, "plain-briefs": 1, "sources": 8, "news": 8}


def number(id):
    return int(hashlib.sha256(id.encode()).hexdigest(), 16)


def held_out(name, id):
    return name in HELD_OUT and number(id) % HELD_OUT[name] == 0


@functools.cache
def texts_of(library):
    with open(library) as lines:
        return {each["id"]: each["text"] for each in map(json.loads, lines)}


def text_of(article, libraries):
    return texts_of(f"{libraries}/library-{article['library']}.jsonl")[article["id"]]


def with_names(article):
    """With the words that name the speakers of reports in place of their offsets, and without sources where only speakers are
    marked."""
    units = article["text"].encode("utf-16-le")
    named = lambda who: units[2 * who[0] : 2 * who[1]].decode("utf-16-le") if isinstance(who, list) else who
    bare = {"speaker": None, "cue": None, "type": "direct"}
    return article | {"quotes": [bare | quote | ({"who": named(quote["who"])} if "who" in quote else {}) for quote in article["quotes"]]}


def main():
    name, libraries = sys.argv[1:]
    for article in map(json.loads, sys.stdin):
        if held_out(name, article["id"]):
            print(json.dumps(with_names(article if "text" in article else article | {"text": text_of(article, libraries)})))


if __name__ == "__main__":
    main()
