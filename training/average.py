"""Averages the weights of two networks, the second of which went on from the first (Wortsman et al. 2022).
usage: average.py FIRST.pt SECOND.pt SHARE_OF_SECOND OUT.pt"""
import sys

import torch

first, second = (torch.load(path, weights_only=False) for path in sys.argv[1:3])
share = float(sys.argv[3])
second["net"] = {name: (1 - share) * first["net"][name] + share * values for name, values in second["net"].items()}
torch.save(second, sys.argv[4])
