"""Writes GAP and GUM with offsets in UTF-16 units, as articles without reports, which features.ts can read.

usage: corpora.py FOLDER OUT_FOLDER
"""

import json
import os
import sys

from corpus import read


def utf16_offsets(text: str) -> list[int]:
    offsets = [0]
    for each in text:
        offsets.append(offsets[-1] + (1 if ord(each) < 0x10000 else 2))
    return offsets


def main():
    folder, out = sys.argv[1:]
    os.makedirs(out, exist_ok=True)
    with open(f"{out}/gap.jsonl", "w") as file:
        for part in ("train-a", "train-b", "dev"):
            for each in read(f"{folder}/gap.{part}.jsonl"):
                at = utf16_offsets(each["text"])
                moved = {"pronoun": [at[i] for i in each["pronoun"]], "names": [[at[i] for i in span] for span in each["names"]]}
                file.write(json.dumps({**each, **moved, "id": f"{each['id']}{part}", "quotes": []}) + "\n")
    with open(f"{out}/gum.jsonl", "w") as file:
        for each in read(f"{folder}/gum.jsonl"):
            at = utf16_offsets(each["text"])
            kept = [[at[s], at[e], who] for s, e, who, kind in each["mentions"] if kind in ("person", "organization")]
            file.write(json.dumps({"id": each["id"], "text": each["text"], "mentions": kept, "quotes": []}) + "\n")


if __name__ == "__main__":
    main()
