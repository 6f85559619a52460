"""The encoder: BERT (Devlin et al. 2018), twelve layers of 384, with its weights from and to an ONNX graph."""

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from onnx import numpy_helper
from torch import nn

WIDTH, HEADS, LAYERS, INNER = 384, 12, 12, 1536
DROPOUT = 0.1


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        for name in ("query", "key", "value", "output"):
            setattr(self, name, nn.Linear(WIDTH, WIDTH))
        self.wide, self.narrow = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.after_attention, self.after = nn.LayerNorm(WIDTH, 1e-12), nn.LayerNorm(WIDTH, 1e-12)
        self.drop = nn.Dropout(DROPOUT)

    def forward(self, states, mask):
        batch, length, _ = states.shape
        heads = lambda of: of(states).view(batch, length, HEADS, -1).transpose(1, 2)
        seen = F.scaled_dot_product_attention(
            heads(self.query), heads(self.key), heads(self.value), mask, DROPOUT if self.training else 0.0
        )
        states = self.after_attention(states + self.drop(self.output(seen.transpose(1, 2).reshape(states.shape))))
        return self.after(states + self.drop(self.narrow(F.gelu(self.wide(states)))))


class Encoder(nn.Module):
    """Ids of word pieces, and a mask of the same shape -> unit vectors, (batch, 384)."""

    def __init__(self):
        super().__init__()
        self.words, self.positions = nn.Embedding(30522, WIDTH), nn.Embedding(512, WIDTH)
        self.types, self.norm = nn.Embedding(2, WIDTH), nn.LayerNorm(WIDTH, 1e-12)
        self.drop = nn.Dropout(DROPOUT)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))

    def forward(self, ids, mask):
        states = self.words(ids) + self.positions.weight[: ids.shape[1]] + self.types.weight[0]
        states = self.drop(self.norm(states))
        for layer in self.layers:
            states = layer(states, mask[:, None, None, :])
        return F.normalize((states * mask[..., None]).sum(1) / mask.sum(1, keepdim=True), dim=-1)


def names_in_graph():
    """Pairs of a parameter of `Encoder` and its name in the published graph. Linear weights have none there."""
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
        for layer in range(LAYERS):
            for ours, theirs in modules.items():
                yield f"layers.{layer}.{ours}.{kind}", f"encoder.layer.{layer}.{theirs}.{kind}"


def initializers(model: onnx.ModelProto):
    """The graph's tensors by name. A linear weight, anonymous and transposed there, is found by the bias added next."""
    tensors = {each.name: each for each in model.graph.initializer}
    biases = {}
    for node in model.graph.node:
        if node.op_type == "Add":
            for one, other in (node.input, reversed(node.input)):
                if one in tensors:
                    biases[other] = one
    linear = {}
    for node in model.graph.node:
        if node.op_type == "MatMul" and node.input[1] in tensors and node.output[0] in biases:
            linear[biases[node.output[0]].removesuffix("bias") + "weight"] = tensors[node.input[1]]
    return tensors, linear


def load(path: str) -> Encoder:
    tensors, linear = initializers(onnx.load(path))
    encoder, state = Encoder(), {}
    for ours, theirs in names_in_graph():
        value = linear.get(theirs) or tensors[theirs]
        array = numpy_helper.to_array(value)
        state[ours] = torch.tensor(array.T.copy() if theirs in linear else array)
    encoder.load_state_dict(state)
    return encoder


def save(encoder: Encoder, published: str, path: str) -> None:
    """Writes the published graph with the encoder's weights."""
    model = onnx.load(published)
    tensors, linear = initializers(model)
    state = encoder.state_dict()
    for ours, theirs in names_in_graph():
        value = state[ours].numpy().astype(np.float32)
        target = linear.get(theirs) or tensors[theirs]
        array = np.ascontiguousarray(value.T if theirs in linear else value)
        target.CopyFrom(numpy_helper.from_array(array, target.name))
    onnx.save(model, path)
