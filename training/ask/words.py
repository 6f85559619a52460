"""Makes the vectors of words: each piece of the vocabulary alone through the published encoder, its mean taken off, the
first principal components, in 8 bits.

usage: words.py ENCODER.onnx vocabulary.txt word-vectors.bin
"""

import re
import sys

import numpy as np
import onnxruntime

WIDTH, BATCH, START, END = 96, 512, 101, 102

encoder, vocabulary, out = sys.argv[1:]
with open(vocabulary, encoding="utf8") as file:
    pieces = file.read().split("\n")[:-1]
# The others have no vector: markers, single signs and scripts that the encoder hardly knows.
known = [at for at, piece in enumerate(pieces) if re.fullmatch("(##)?[a-z0-9]+", piece)]
options = onnxruntime.SessionOptions()
options.intra_op_num_threads = 1
session = onnxruntime.InferenceSession(encoder, options)


def states(some):
    ids = np.array([[START, each, END] for each in some])
    feed = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
    return session.run(None, feed)[0].mean(1)


whole = np.concatenate([states(known[at : at + BATCH]) for at in range(0, len(known), BATCH)])
whole -= whole.mean(0)
_, directions = np.linalg.eigh(whole.T @ whole)
main = whole @ directions[:, -WIDTH:]
scale = np.quantile(np.abs(main), 0.9995) / 127
table = np.zeros((len(pieces), WIDTH), np.int8)
table[known] = np.clip(np.rint(main / scale), -127, 127)
table.tofile(out)
