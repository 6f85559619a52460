"""Files that are either whole or not there, and checkpoints."""

import os
import random
from contextlib import contextmanager

import numpy as np
import torch


@contextmanager
def whole(path: str):
    """Opens a file of bytes that gets its name once everything is written."""
    with open(f"{path}.new", "wb") as file:
        yield file
    os.replace(f"{path}.new", path)


def kept(path: str, make) -> np.ndarray:
    """Returns the array of a file, which is made first if it isn't there."""
    if not os.path.exists(path):
        with whole(path) as file:
            np.save(file, make())
    return np.load(path)


def save(path: str, state: dict) -> None:
    with whole(path) as file:
        torch.save(state, file)


def save_checkpoint(path: str, rng: random.Random, state: dict) -> None:
    """Learning goes on from the file as if it hadn't been interrupted."""
    save(path, state | {"rng": rng.getstate(), "torch_rng": torch.get_rng_state()})


def load_checkpoint(path: str, rng: random.Random) -> dict | None:
    if not os.path.exists(path):
        return None
    state = torch.load(path, weights_only=True)
    rng.setstate(state["rng"])
    torch.set_rng_state(state["torch_rng"])
    return state
