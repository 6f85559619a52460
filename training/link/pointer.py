"""The pointer: which words of a text mean the same person or body as a source.

It continues from the state of the reports' encoder after `SHARED` layers, which stay as they are, with layers of its own. A
source is compared with every other token by a small network, and with "none of them".
"""

import torch
from torch import nn

from bert import Bert
from network import EXTRA, LINES, QUOTING, SHAPES, SHARED, TOKEN

COMPARED, HIDDEN, NEAR = 128, 64, 16
DISTANCES = 16


def distance_bucket(distance):
    """Of a token minus the source's first: the binary logarithm, then the same for tokens at or after it."""
    far = torch.log2(distance.abs().float() + 1).clamp(0, DISTANCES - 1.1).long()
    return torch.where(distance >= 0, far, far + DISTANCES)


class Pointer(nn.Module):
    def __init__(self, encoder: Bert):
        super().__init__()
        self.layers = nn.ModuleList(encoder.layers[SHARED:])
        self.shapes, self.quoting, self.lines = (nn.Embedding(n, EXTRA) for n in (SHAPES, QUOTING, LINES))
        self.drop = nn.Dropout(0.2)
        self.key, self.ask = nn.Linear(TOKEN, COMPARED), nn.Linear(3 * TOKEN + 1, COMPARED)
        self.dist = nn.Embedding(2 * DISTANCES, NEAR)
        self.hq = nn.Linear(COMPARED, HIDDEN)
        self.hk, self.hp, self.hd = (nn.Linear(n, HIDDEN, bias=False) for n in (COMPARED, COMPARED, NEAR))
        self.out, self.null = nn.Linear(HIDDEN, 1), nn.Linear(COMPARED, 1)

    def states(self, middle, mask, starts, shapes, quoting, lines):
        """Windows -> their tokens' states, (batch, tokens, TOKEN)."""
        for layer in self.layers:
            middle = layer(middle, None if mask is None else mask[:, None, None, :])
        first = middle.gather(1, starts[..., None].expand(-1, -1, middle.shape[-1]))
        return self.drop(torch.cat([first, self.shapes(shapes), self.quoting(quoting), self.lines(lines)], -1))

    def scores(self, tokens, firsts, lasts, contents, unsourced):
        """The states of a text's tokens, and sources by token -> a score for each token, and last for none, by source."""
        ask = self.ask(torch.cat([tokens[firsts], tokens[lasts], tokens[contents], unsourced[:, None].float()], -1))
        return self.compared(self.key(tokens), torch.arange(len(tokens)), ask, firsts)

    def compared(self, keys, places, ask, firsts):
        bucket = distance_bucket(places[None] - firsts[:, None])
        near = self.hd(self.dist.weight)[bucket]
        hidden = self.hq(torch.relu(ask))[:, None] + self.hk(keys)[None] + self.hp(ask[:, None] * keys[None]) + near
        return torch.cat([self.out(torch.relu(hidden)).squeeze(-1), self.null(ask)], -1)
