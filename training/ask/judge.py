"""The judge: a cross-encoder (Nogueira and Cho 2019). It reads a question and a passage together, and tells how well
the passage answers and which of its pieces do."""

import torch
from torch import nn

from bases import BASES
from bert import Bert

BASE = BASES["judge"]
MOST_OF_QUESTION, MOST_OF_PASSAGE = 32, 128
"""In pieces, with the marker that ends each."""
NO = -1e4


class Judge(nn.Module):
    """Ids, types and a mask, (batch, length) -> the passages' logits, (batch), and the logits of the pieces at which an
    answer starts and ends, (batch, length) each. The logit of "this doesn't answer" is 0."""

    def __init__(self):
        super().__init__()
        self.encoder = Bert(BASE, attention_dropout=0.0)
        self.answers = nn.Linear(BASE.width, 1)
        self.bounds = nn.Linear(BASE.width, 2)

    def forward(self, ids, types, mask):
        states = self.encoder(ids, mask, types)
        starts, ends = self.bounds(states).unbind(-1)
        outside = ~mask | (types == 0)
        return self.answers(states[:, 0]).squeeze(-1), starts.masked_fill(outside, NO), ends.masked_fill(outside, NO)


def best_span(starts, ends, most=24):
    """The likeliest (start, end) of a row of logits, end included, and the probability of both; at most `most` pieces."""
    one, other = starts.log_softmax(-1), ends.log_softmax(-1)
    scores = (one[:, None] + other[None]).triu().tril(most - 1)
    allowed = torch.ones_like(scores).triu().tril(most - 1) > 0
    at = int(scores.masked_fill(~allowed, -1e9).argmax())
    start, end = divmod(at, len(starts))
    return start, end, float(scores[start, end].exp())
