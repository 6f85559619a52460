"""Writes the word pieces of a tokenizer, one a line, in the order of their ids. usage: vocabulary.py TOKENIZER.json OUT"""

import json
import sys

with open(sys.argv[1], encoding="utf8") as file:
    ids = json.load(file)["model"]["vocab"]
with open(sys.argv[2], "w", encoding="utf8") as file:
    file.writelines(f"{piece}\n" for piece in sorted(ids, key=ids.get))
