"""The network: an encoder (BERT: Devlin et al. 2018) -> which token is a cue; for a cue, convolutions and a CRF over out, content, source, cue."""

import torch
import torch.nn.functional as F
from torch import nn

from bases import BASES
from bert import Bert

BASE = BASES["reports"]
SHAPES, QUOTING, LINES, PLACES, TAGS, KINDS = 14, 11, 9, 5, 4, 3
EXTRA = 12
TOKEN = BASE.width + 3 * EXTRA
SEEN, ABOUT, DISTANCE, DECODER = 128, 64, 16, 192
DILATIONS = (1, 2, 4, 8)
#: The pointer continues from the state after so many layers, an output of that name.
SHARED, MIDDLE = 3, "middle"
BOUNDS = (0, 1, 2, 3, 4, 5, 7, 10, 15, 23, 41, 81)


def shifted(states, dilation):
    """Each state beside its two neighbours on either side, `dilation` apart: a convolution of width 5 as a linear layer."""
    length = states.shape[1]
    padded = F.pad(states, (0, 0, 2 * dilation, 2 * dilation))
    return torch.cat([padded[:, k * dilation : k * dilation + length] for k in range(5)], -1)


def distance_bucket(distance):
    """Of a token minus the cue. 0 is the cue itself; 1 to 11 after it, 12 to 22 before it."""
    far = (distance.abs()[..., None] >= torch.tensor(BOUNDS)).sum(-1) - 1
    return torch.where(distance >= 0, far, far + len(BOUNDS) - 1)


class Reader(nn.Module):
    """A window -> its tokens' states, (batch, tokens, TOKEN), and the logits of no cue, a speech cue, another cue."""

    def __init__(self):
        super().__init__()
        # Dropout of attention would take longer.
        self.encoder = Bert(BASE, attention_dropout=0.0)
        self.shapes, self.quoting, self.lines = (nn.Embedding(n, EXTRA) for n in (SHAPES, QUOTING, LINES))
        self.drop = nn.Dropout(0.2)
        self.cue, self.also = nn.Linear(TOKEN, KINDS), nn.Linear(TOKEN, 2)

    def forward(self, ids, starts, shapes, quoting, lines, mask=None):
        states = self.encoder(ids, mask)
        first = states.gather(1, starts[..., None].expand(-1, -1, BASE.width))
        tokens = torch.cat([first, self.shapes(shapes), self.quoting(quoting), self.lines(lines)], -1)
        tokens = self.drop(tokens)
        return tokens, self.cue(tokens)


class Decoder(nn.Module):
    """For each head: scores of the four tags for every token, and the logits of no report, speech, another attribution."""

    def __init__(self):
        super().__init__()
        self.seen, self.about = nn.Linear(TOKEN, SEEN), nn.Linear(TOKEN, ABOUT)
        self.distance, self.places = nn.Embedding(2 * len(BOUNDS) - 1, DISTANCE), nn.Embedding(PLACES, DISTANCE)
        width = SEEN + ABOUT + 2 * DISTANCE + EXTRA
        self.quoting = nn.Embedding(QUOTING, EXTRA)
        self.layers = nn.ModuleList(nn.Linear(5 * (width if d == 1 else DECODER), DECODER) for d in DILATIONS)
        self.drop = nn.Dropout(0.2)
        self.emit, self.judge = nn.Linear(DECODER, TAGS), nn.Linear(2 * DECODER + TOKEN, KINDS)

    def forward(self, tokens, quoting, places, heads, mask=None):
        """`tokens`, `quoting`, `places`: a row for each head."""
        rows = torch.arange(heads.shape[0])
        here = tokens[rows, heads]
        at = torch.arange(tokens.shape[1])
        apart = (places - places[rows, heads][:, None]).clamp(-2, 2) + 2
        near = [
            F.relu(self.seen(tokens)),
            F.relu(self.about(here))[:, None].expand(-1, tokens.shape[1], -1),
            self.distance(distance_bucket(at[None] - heads[:, None])),
            self.places(apart),
            self.quoting(quoting),
        ]
        states = torch.cat(near, -1)
        for layer, dilation in zip(self.layers, DILATIONS):
            if mask is not None:
                states = states * mask[..., None]
            made = F.relu(layer(shifted(states, dilation)))
            states = made if dilation == 1 else states + made
        states = self.drop(states)
        highest = (states if mask is None else states.masked_fill(~mask[..., None], -9)).amax(1)
        return self.emit(states), self.judge(torch.cat([states[rows, heads], highest, here], -1))


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.reader, self.decoder = Reader(), Decoder()
        self.transitions = nn.Parameter(torch.zeros(TAGS, TAGS))
        self.starts, self.ends = nn.Parameter(torch.zeros(TAGS)), nn.Parameter(torch.zeros(TAGS))

    def crf_loss(self, emissions, tags, mask):
        """The negative log-likelihood of each row's tags in a linear-chain conditional random field (Lafferty et al. 2001)."""
        rows = torch.arange(len(tags))
        score = self.starts[tags[:, 0]] + emissions[rows, 0, tags[:, 0]]
        alpha = self.starts + emissions[:, 0]
        for step in range(1, tags.shape[1]):
            on = mask[:, step]
            score = score + on * (self.transitions[tags[:, step - 1], tags[:, step]] + emissions[rows, step, tags[:, step]])
            after = torch.logsumexp(alpha[:, :, None] + self.transitions, 1) + emissions[:, step]
            alpha = torch.where(on[:, None], after, alpha)
        last = tags[rows, mask.sum(1) - 1]
        return torch.logsumexp(alpha + self.ends, 1) - score - self.ends[last]
