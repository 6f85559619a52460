"""The encoder of questions and passages: twelve layers, with its weights from an ONNX graph."""

import onnx
import torch
import torch.nn.functional as F
from onnx import numpy_helper

from bert import Bert, published_names

LAYERS = 12


class Encoder(Bert):
    """Ids of word pieces, and a mask of the same shape -> unit vectors, (batch, 384)."""

    def __init__(self):
        super().__init__(LAYERS)

    def forward(self, ids, mask):
        states = super().forward(ids, mask)
        return F.normalize((states * mask[..., None]).sum(1) / mask.sum(1, keepdim=True), dim=-1)


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
    for ours, theirs in published_names(LAYERS):
        value = linear.get(theirs) or tensors[theirs]
        array = numpy_helper.to_array(value)
        state[ours] = torch.tensor(array.T.copy() if theirs in linear else array)
    encoder.load_state_dict(state)
    return encoder
