"""Writes a network that reads one text at a time as an ONNX graph of floats, fused for ONNX Runtime."""

import tempfile

import onnx
import onnxruntime
import torch
import torch.nn.functional as F
from torch import nn

from bert import Bert


class Attention(torch.autograd.Function):
    """ONNX Runtime's own operator for attention, which takes about a tenth less time than the encoder's many."""

    @staticmethod
    def symbolic(graph, query, key, value, heads):
        seen = graph.op("com.microsoft::MultiHeadAttention", query, key, value, num_heads_i=heads)
        seen.setType(query.type())
        return seen

    @staticmethod
    def forward(_, query, key, value, heads):
        split = lambda of: of.unflatten(-1, (heads, -1)).transpose(1, 2)
        return F.scaled_dot_product_attention(split(query), split(key), split(value)).transpose(1, 2).flatten(2)


class JoinedLayer(nn.Module):
    """A layer of the encoder that computes queries, keys and values by one product of matrices."""

    def __init__(self, layer):
        super().__init__()
        self.layer = layer
        parts = (layer.query, layer.key, layer.value)
        self.weight = nn.Parameter(torch.cat([part.weight for part in parts]))
        self.bias = nn.Parameter(torch.cat([part.bias for part in parts]))

    def forward(self, states, _):
        layer = self.layer
        joined = F.linear(states, self.weight, self.bias)
        seen = Attention.apply(*joined.split(layer.query.out_features, -1), layer.heads)
        states = layer.after_attention(states + layer.output(seen))
        return layer.after(states + layer.narrow(F.gelu(layer.wide(states))))


def for_one_text(encoder: Bert, most: int) -> None:
    """Changes an encoder so that it reads one text, without a mask, of at most so many pieces."""
    encoder.positions.weight.data = encoder.positions.weight[:most]
    encoder.layers = nn.ModuleList(JoinedLayer(layer) for layer in encoder.layers)


def to_onnx(module, inputs: dict[str, torch.Tensor], outputs: tuple[str, ...], axes) -> onnx.ModelProto:
    """`axes` names the axes whose length isn't fixed, by input or output."""
    with tempfile.TemporaryDirectory() as folder:
        whole, fused = f"{folder}/whole.onnx", f"{folder}/fused.onnx"
        torch.onnx.export(
            module.eval(), tuple(inputs.values()), whole, input_names=list(inputs), output_names=list(outputs),
            dynamic_axes=axes, opset_version=17, dynamo=False,
        )  # fmt: skip
        # Fused once, so that the bot need not when it loads it. The norm is faster alone than fused with what precedes it.
        options = onnxruntime.SessionOptions()
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
        options.optimized_model_filepath = fused
        onnxruntime.InferenceSession(whole, options, disabled_optimizers=["SkipLayerNormFusion"])
        return onnx.load(fused)
