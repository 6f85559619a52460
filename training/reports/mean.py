"""Averages the weights of networks that were learned separately from the same published encoder.

A mean can be worse than each of them and still be a better start for one more pass. Compare model soups (Wortsman et al.
2022), which average networks that share a start.

usage: mean.py OUT.pt NETWORK.pt…
"""

import sys

import torch

from files import save


def main():
    out, *paths = sys.argv[1:]
    networks = [torch.load(path, weights_only=True) for path in paths]
    save(out, {name: sum(each[name] for each in networks) / len(networks) for name in networks[0]})


if __name__ == "__main__":
    main()
