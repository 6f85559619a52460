"""The encoder: BERT (Devlin et al. 2018), layers of 384."""

import json
import struct

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

WIDTH, HEADS, INNER = 384, 12, 1536
DROPOUT = 0.1


class Layer(nn.Module):
    def __init__(self, attention_dropout):
        super().__init__()
        for name in ("query", "key", "value", "output"):
            setattr(self, name, nn.Linear(WIDTH, WIDTH))
        self.wide, self.narrow = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.after_attention, self.after = nn.LayerNorm(WIDTH, 1e-12), nn.LayerNorm(WIDTH, 1e-12)
        self.drop, self.attention_dropout = nn.Dropout(DROPOUT), attention_dropout

    def forward(self, states, mask):
        batch, length, _ = states.shape
        heads = lambda of: of(states).view(batch, length, HEADS, WIDTH // HEADS).transpose(1, 2)
        dropout = self.attention_dropout if self.training else 0.0
        seen = F.scaled_dot_product_attention(heads(self.query), heads(self.key), heads(self.value), mask, dropout)
        states = self.after_attention(states + self.drop(self.output(seen.transpose(1, 2).reshape(batch, length, WIDTH))))
        return self.after(states + self.drop(self.narrow(F.gelu(self.wide(states)))))


class Bert(nn.Module):
    """Ids of word pieces, a mask of the same shape or none, and types (0 or 1; all 0 if left out) -> states, (batch,
    length, 384)."""

    def __init__(self, layers, attention_dropout=DROPOUT):
        super().__init__()
        self.words, self.positions = nn.Embedding(30522, WIDTH), nn.Embedding(512, WIDTH)
        self.types, self.norm = nn.Embedding(2, WIDTH), nn.LayerNorm(WIDTH, 1e-12)
        self.drop = nn.Dropout(DROPOUT)
        self.layers = nn.ModuleList(Layer(attention_dropout) for _ in range(layers))

    def forward(self, ids, mask=None, types=None):
        kinds = self.types.weight[0] if types is None else self.types(types)
        states = self.words(ids) + self.positions(torch.arange(ids.shape[1])) + kinds
        states = self.drop(self.norm(states))
        for layer in self.layers:
            states = layer(states, None if mask is None else mask[:, None, None, :])
        return states


def published_names(layers):
    """Pairs of a parameter of `Bert` and its name where the weights are published."""
    yield from (
        ("words.weight", "embeddings.word_embeddings.weight"),
        ("positions.weight", "embeddings.position_embeddings.weight"),
        ("types.weight", "embeddings.token_type_embeddings.weight"),
    )
    modules = {
        "query": "attention.self.query",
        "key": "attention.self.key",
        "value": "attention.self.value",
        "output": "attention.output.dense",
        "after_attention": "attention.output.LayerNorm",
        "wide": "intermediate.dense",
        "narrow": "output.dense",
        "after": "output.LayerNorm",
    }
    for kind in ("weight", "bias"):
        yield f"norm.{kind}", f"embeddings.LayerNorm.{kind}"
        for layer in range(layers):
            for ours, theirs in modules.items():
                yield f"layers.{layer}.{ours}.{kind}", f"encoder.layer.{layer}.{theirs}.{kind}"


def safetensors(path):
    """The tensors of a .safetensors file, by name."""
    data = open(path, "rb").read()
    size = struct.unpack("<Q", data[:8])[0]
    types = {"F32": np.float32, "F16": np.float16, "I64": np.int64}
    header = json.loads(data[8 : 8 + size])
    header.pop("__metadata__", None)
    at = lambda each: data[8 + size + each["data_offsets"][0] : 8 + size + each["data_offsets"][1]]
    return {k: torch.tensor(np.frombuffer(at(v), types[v["dtype"]]).reshape(v["shape"]).copy()) for k, v in header.items()}
