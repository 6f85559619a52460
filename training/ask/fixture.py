"""Writes what the reference tokenizer, and PyTorch before weights are rounded, make of invented texts, for the tests in
test/pieces and test/answering/networks.

usage: fixture.py PUBLISHED_FOLDER ENCODER.pt PIECES.json VECTORS.json
"""

import json
import random
import sys

import torch

from encoder import BASE, Encoder

TEXTS = [
    "",
    "Who said the harvest would fail?",
    "Prime Minister Ngaio Whitlock's office denied it: “We’ve never paid $1,250.50 a tonne.”",
    "Café Zoë — naïve façade, Ångström, ﬁnance, ǅungla, STRASSE, straße, ΣΊΣΥΦΟΣ, İstanbul",
    "习近平表示，粮食安全很重要。誰說小麥？東京タワー, 서울에서, ภาษาไทย, हिन्दी में",
    "👩‍🌾 farmers 🌾🌾 cheered 🇳🇿!!! ✊🏽 a️ ❤️",
    "tab\there\nnew\r\nline\u00a0no-break\u2003em\u2028separator\u3000wide",
    "zero\u200bwidth so\u00adft \ufeffmark \u0000null \u0007bell \ufffdbroken \ue000private \u0085next",
    "[MASK] says [SEP][CLS] and [mask] and [UNK]x[PAD]",
    "a" * 100 + " " + "b" * 101 + " supercalifragilisticexpialidocious antidisestablishmentarianism",
    "e\u0301 \u0301alone Zalgo: H\u0336e\u0334l\u0337p\u0338",
    "x_y-z/@user #tag http://example.org/?q=1&r=2 50% ~`^|<>+= {}[]()",
    "¿Qué? ¡No! «oui» „ja“ 「はい」 … ‰ § ¶ ° ½ ² ①",
    "U.S.-led 3.14 1,000,000 10:30am 2006-07-21 COVID-19 don't O'Connor’s",
]

published, encoder_file, pieces_file, vectors_file = sys.argv[1:]
tokenizer = BASE.tokenizer(published)
rng = random.Random(1)
# Assigned when BERT's tokenizer was written: neither side knows all that came later.
known = [chr(code) for code in range(0x20, 0x500)] + list("漢字假名한글ไทยहिंदी‘’“”–—…€₹№™←≠★☺♥🙂🚀𝒜𐍈")
TEXTS += ["".join(rng.choice(known) for _ in range(60)) for _ in range(40)]
with open(pieces_file, "w", encoding="utf8") as file:
    lines = [json.dumps({"text": text, "pieces": tokenizer.encode(text).ids}) for text in TEXTS]
    file.write("[\n" + ",\n".join(lines) + "\n]\n")

encoder = Encoder()
encoder.load_state_dict(torch.load(encoder_file, weights_only=True)["encoder"])
encoder.eval()


@torch.no_grad()
def vector(text: str, most: int) -> list[float]:
    ids = tokenizer.encode(text).ids
    ids = torch.tensor([ids if len(ids) <= most else [*ids[: most - 1], ids[-1]]])
    return [round(float(each), 4) for each in encoder(ids, torch.ones_like(ids, dtype=torch.bool))[0]]


QUESTIONS = ["who warned that the wheat would fail", "谁说小麦?", "how much did the ferry cost " * 20]
PASSAGES = [
    "Ferry costs double. Dana Okafor says: “It came to $4 million,” Okafor said, “and nobody asked why.”",
    "The harvest will fail unless it rains by Sunday, the growers' union warned. " * 12,
]
with open(vectors_file, "w", encoding="utf8") as file:
    lines = [{"kind": "question", "text": each, "vector": vector(f"query: {each}", 48)} for each in QUESTIONS]
    lines += [{"kind": "passage", "text": each, "vector": vector(f"passage: {each}", 128)} for each in PASSAGES]
    file.write("[\n" + ",\n".join(json.dumps(line) for line in lines) + "\n]\n")
