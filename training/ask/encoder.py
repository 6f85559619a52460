"""The encoder of questions and passages."""

import torch.nn.functional as F

from bases import BASES
from bert import Bert

BASE = BASES["encoder"]


class Encoder(Bert):
    """Ids of word pieces, and a mask of the same shape -> unit vectors, (batch, width)."""

    def __init__(self):
        super().__init__(BASE)

    def forward(self, ids, mask):
        states = super().forward(ids, mask)
        return F.normalize((states * mask[..., None]).sum(1) / mask.sum(1, keepdim=True), dim=-1)
