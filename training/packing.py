"""Matrices as small whole numbers with a scale for each row."""
import numpy as np

# Word vectors get four bits, all other matrices eight; what is short stays as it is.
LOOKED_UP = ("shared", "own.weight")
KEPT = ("bias", "transitions", "starts", "ends")


def bits_of(name):
    if name.endswith(KEPT):
        return None
    return 4 if name.endswith(LOOKED_UP) else 8


def quantise(matrix, bits):
    """Whole numbers and scales: for few bits, each row's scale is the one of several that errs least."""
    matrix = np.asarray(matrix, dtype=np.float32)
    most = 2 ** (bits - 1) - 1
    largest = np.maximum(np.abs(matrix).max(1, keepdims=True), 1e-8)
    best, scales = None, None
    for share in (1.0,) if bits == 8 else np.arange(1.0, 0.55, -0.05):
        scale = (largest * share / most).astype(np.float32)
        error = ((np.clip(np.round(matrix / scale), -most, most) * scale - matrix) ** 2).sum(1, keepdims=True)
        if best is None:
            best, scales = error, scale
        better = error < best
        best, scales = np.where(better, error, best), np.where(better, scale, scales)
    return np.clip(np.round(matrix / scales), -most, most).astype(np.int8), scales[:, 0].astype(np.float32)


def rounded(matrix, bits):
    """The matrix as it comes back."""
    whole, scales = quantise(matrix, bits)
    return whole.astype(np.float32) * scales[:, None]
