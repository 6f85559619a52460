"""Writes, for each question, the passages that the judge chooses between: those that answer, then wrong ones, the
likeliest first: what comes near as the question's writer saw it, then by vector and by words.

usage: candidates.py ENCODER.onnx PUBLISHED_FOLDER DATA PASSAGES OUT LIBRARY=QUESTIONS…
reads DATA/questions-QUESTIONS.jsonl and PASSAGES/LIBRARY.jsonl of passages.ts, and writes OUT/QUESTIONS.jsonl
unless it's there:
`{"q","kind","twin","right","words","ids","candidates","cosines"}`.
"""

import json
import os
import sys

import numpy as np
import onnxruntime

import questions as data
from encoder import BASE
from files import kept, whole
from judged import ByWords

NEAREST, BY_WORDS = 16, 8
"""Twice as many as the bot takes."""


def main():
    graph, published, folder, passages, out, *names = sys.argv[1:]
    tokens = BASE.tokenizer(published)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.add_session_config_entry("session.disable_quant_qdq", "1")
    session = onnxruntime.InferenceSession(graph, options)
    vector = lambda ids: session.run(None, {"ids": np.array(ids)})[0]
    os.makedirs(out, exist_ok=True)
    for name in names:
        library_name, questions_name = name.split("=")
        result = f"{out}/{questions_name}.jsonl"
        if os.path.exists(result):
            continue
        library, asked = data.read(folder, passages, library_name, questions_name)
        encoded = lambda: np.array([vector(data.of_passage(tokens, each)) for each in library.passages], np.float32)
        vectors, words = kept(f"{out}/{library_name}.npy", encoded), ByWords(library.passages)
        with whole(result) as file:
            for each in asked:
                cosines = vectors @ vector(data.of_question(tokens, each.text))
                nearest = np.argsort(-cosines)[:NEAREST].tolist()
                wrong = [*each.wrong, *nearest, *words.best(each.text, BY_WORDS)]
                wrong = [at for at in dict.fromkeys(wrong) if at not in each.answers]
                found = [*each.answers, *wrong]
                line = {
                    "q": each.text, "kind": each.kind, "twin": each.twin, "right": len(each.answers), "words": each.words, "ids": found,
                    "candidates": [library.passages[at] for at in found], "cosines": [round(float(cosines[at]), 4) for at in found],
                }  # fmt: skip
                file.write(f"{json.dumps(line)}\n".encode())
        print(questions_name, len(asked), flush=True)


if __name__ == "__main__":
    main()
