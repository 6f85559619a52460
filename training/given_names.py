"""Writes src/attribution/lexicon/given-names.txt: a line of women's names, then one of men's.

usage: given_names.py FOLDER
Downloads what it reads into FOLDER unless it is there: for each name how many people of 36 sources have it, and which
share of them are women (Van Buskirk, Clauset, Larremore 2023, https://doi.org/10.1609/icwsm.v17i1.22195).
"""

import json
import os
import re
import sys

from bases import Package, download

NAMES = Package(
    licence="MIT",
    package="nomquamgender==0.1.4",
    archive="nomquamgender-0.1.4-py3-none-any.whl",
    sha256="55914319e0f40190683a7b93a4af781b38cfe4e56b617f7964956a5bd36396f6",
)
OUT = f"{os.path.dirname(os.path.abspath(__file__))}/../src/attribution/lexicon/given-names.txt"
#: Fewer people, or sources, say little.
LEAST_PEOPLE, LEAST_SOURCES = 100, 3
#: The greatest share of the other gender.
OTHERS = 0.05
#: Accents are already left out.
NAME = re.compile(r"[a-z][a-z\-']+")


def main() -> None:
    (folder,) = sys.argv[1:]
    os.makedirs(folder, exist_ok=True)
    download(NAMES, folder)
    known = json.loads(NAMES.read(folder, "nomquamgender/name_data.json"))
    women, men = [], []
    for name, (sources, people, share, *_) in sorted(known.items()):
        if sources < LEAST_SOURCES or people < LEAST_PEOPLE or not NAME.fullmatch(name):
            continue
        if share >= 1 - OTHERS:
            women.append(name)
        elif share <= OTHERS:
            men.append(name)
    with open(OUT, "w", encoding="utf8") as file:
        file.writelines(f"{' '.join(names)}\n" for names in (women, men))


if __name__ == "__main__":
    main()
