"""The network: words -> two BiLSTMs -> which word is a cue; and for a cue -> BiLSTM -> CRF over out/content/source/cue."""
import torch
import torch.nn as nn

from lstm import BiLSTM

BOUNDS = (0, 1, 2, 3, 4, 5, 7, 10, 15, 23, 41, 81)
DISTANCES = 2 * len(BOUNDS) - 1
TAGS = 4


def distance_bucket(d):
    """d: tensor of token minus cue. 0 is the cue itself; 1..11 after it, 12..22 before it."""
    far = torch.bucketize(d.abs(), torch.tensor(BOUNDS), right=True) - 1
    return torch.where(d >= 0, far, torch.where(far > 0, far + len(BOUNDS) - 1, far))


class Locked(nn.Module):
    """Dropout with one mask for all positions of a sequence."""

    def __init__(self, p):
        super().__init__()
        self.p = p

    def forward(self, x):
        if not self.training or self.p == 0:
            return x
        mask = x.new_empty(x.size(0), 1, x.size(2)).bernoulli_(1 - self.p) / (1 - self.p)
        return x * mask


class Network(nn.Module):
    def __init__(self, glove, own_words, sizes, dropout=(0.25, 0.4, 0.3)):
        super().__init__()
        h, d, c = sizes["hidden"], sizes["decoder"], sizes["summary"]
        self.glove = nn.Embedding.from_pretrained(glove, freeze=True)
        self.own = nn.Embedding(own_words, 32)
        self.suffix = nn.Embedding(sizes["suffixes"], 16)
        self.shape = nn.Embedding(sizes["shapes"], 8)
        self.quoting = nn.Embedding(sizes["quoting"], 8)
        for e in (self.own, self.suffix):
            nn.init.normal_(e.weight, std=0.3)
        self.first = BiLSTM(glove.size(1) + 64, h)
        self.second = BiLSTM(2 * h, h)
        self.cue = nn.Linear(2 * h, 3)
        self.aux = nn.Linear(2 * h, 2)
        self.summary = nn.Linear(2 * h, c)
        self.distance = nn.Embedding(DISTANCES, 16)
        self.decoder = BiLSTM(2 * h + 16 + c, d)
        self.emit = nn.Linear(2 * d, TAGS)
        self.judge = nn.Linear(4 * d, 3)
        self.transitions = nn.Parameter(torch.zeros(TAGS, TAGS))
        self.starts = nn.Parameter(torch.zeros(TAGS))
        self.ends = nn.Parameter(torch.zeros(TAGS))
        self.drop_words, self.drop_hidden, self.drop_decoder = map(Locked, dropout)

    def encode(self, ids, lengths):
        x = torch.cat([self.glove(ids["glove"]), self.own(ids["own"]), self.suffix(ids["suffix"]),
                       self.shape(ids["shape"]), self.quoting(ids["quoting"])], -1)
        x = self.first(self.drop_words(x), lengths)
        x = self.second(self.drop_hidden(x), lengths)
        return self.drop_hidden(x)

    def decode(self, hidden, rows, heads, starts, lengths):
        """For each (row, head): emissions over the window [start, start+length) and whether this is a report."""
        width = int(lengths.max())
        at = (starts[:, None] + torch.arange(width)).clamp(max=hidden.size(1) - 1)
        window = hidden[rows[:, None], at]
        about = self.summary(hidden[rows, heads])
        distance = self.distance(distance_bucket(at - heads[:, None]))
        x = torch.cat([window, distance, about[:, None].expand(-1, width, -1)], -1)
        y = self.drop_decoder(self.decoder(x, lengths))
        mask = torch.arange(width) < lengths[:, None]
        here = y[torch.arange(len(heads)), heads - starts]
        highest = y.masked_fill(~mask[:, :, None], -9).max(1).values
        return self.emit(y), mask, self.judge(torch.cat([here, highest], -1))

    def crf_loss(self, emissions, tags, mask):
        n, width, _ = emissions.shape
        every = torch.arange(n)
        score = self.starts[tags[:, 0]] + emissions[every, 0, tags[:, 0]]
        alpha = self.starts + emissions[:, 0]
        for t in range(1, width):
            on = mask[:, t]
            step = self.transitions[tags[:, t - 1], tags[:, t]] + emissions[every, t, tags[:, t]]
            score = score + step * on
            nxt = torch.logsumexp(alpha[:, :, None] + self.transitions, 1) + emissions[:, t]
            alpha = torch.where(on[:, None], nxt, alpha)
        last = tags[every, mask.sum(1) - 1]
        return torch.logsumexp(alpha + self.ends, 1) - score - self.ends[last]

    def best_tags(self, emissions, mask):
        """Viterbi, one list of tags for each row."""
        n, width, _ = emissions.shape
        alpha, back = self.starts + emissions[:, 0], []
        for t in range(1, width):
            on = mask[:, t]
            best, which = (alpha[:, :, None] + self.transitions).max(1)
            alpha = torch.where(on[:, None], best + emissions[:, t], alpha)
            back.append(torch.where(on[:, None], which, torch.arange(TAGS)))
        at = (alpha + self.ends).argmax(1)
        path = [at]
        for which in reversed(back):
            at = which.gather(1, at[:, None])[:, 0]
            path.append(at)
        return torch.stack(path[::-1], 1)
