"""Turns the graphs of the repository back into a network of floats, to learn further from.

The head that only helps learning isn't in them and starts anew.

usage: thaw.py NETWORK.pt
"""

import json
import os
import sys

import onnx
import torch
from onnx import numpy_helper

from files import save
from network import BASE, Network
from quantise import to_floats

SHIPPED = f"{os.path.dirname(os.path.abspath(__file__))}/../../src/attribution/network"


def parts_of(path):
    """The matrices of a graph in the order in which they are used, and everything else by name, all as floats."""
    graph = to_floats(onnx.load(path)).graph
    arrays = {each.name: torch.tensor(numpy_helper.to_array(each)) for each in graph.initializer}
    matrices = [arrays[node.input[1]] for node in graph.node if node.op_type == "MatMul" and node.input[1] in arrays]
    for name in [each.removesuffix("_quantized") for each in arrays if each.endswith("_quantized")]:
        zero = arrays.get(f"{name}_zero_point", torch.tensor(0))
        arrays[name] = (arrays[f"{name}_quantized"].float() - zero) * arrays[f"{name}_scale"]
    for name in [each.removesuffix(".rounded") for each in arrays if each.endswith(".weight.rounded")]:
        arrays[name] = arrays[f"{name}.rounded"].float() * arrays[f"{name}.scale"]
    return matrices, arrays


def layer_of(matrices, arrays, number):
    """The weights of one of the encoder's layers: what export.py joined, apart again."""
    here = f"reader.encoder.layers.{number}."
    joined, output, wide, narrow = (each.T for each in matrices)
    weights = {f"{name}.weight": each for name, each in (("output", output), ("wide", wide), ("narrow", narrow))}
    for k, name in enumerate(("query", "key", "value")):
        weights[f"{name}.weight"] = joined[k * BASE.width : (k + 1) * BASE.width]
        weights[f"{name}.bias"] = arrays[f"{here}bias"][k * BASE.width : (k + 1) * BASE.width]
    weights |= {name.removeprefix(f"{here}layer."): each for name, each in arrays.items() if name.startswith(f"{here}layer.")}
    return {f"{here}{name}": each for name, each in weights.items()}


def main():
    network = Network()
    state = network.state_dict()
    matrices, arrays = parts_of(f"{SHIPPED}/reader.onnx")
    found = {name: each for name, each in arrays.items() if name in state}
    for number in range(BASE.layers):
        found |= layer_of(matrices[4 * number : 4 * number + 4], arrays, number)
    found["reader.cue.weight"] = matrices[-1].T
    # All pieces are of one type, so export.py kept only that; and no positions that no window reaches.
    (types,) = (each for name, each in arrays.items() if name.startswith("onnx::Add"))
    found["reader.encoder.types.weight"] = types.expand_as(state["reader.encoder.types.weight"]).clone()
    positions = "reader.encoder.positions.weight"
    missing = len(state[positions]) - len(found[positions])
    found[positions] = torch.cat([found[positions], torch.zeros(missing, BASE.width)])
    matrices, arrays = parts_of(f"{SHIPPED}/decoder.onnx")
    found |= {name: each for name, each in arrays.items() if name in state}
    # Its matrices have no names, but those of one shape come in order.
    for name in (each for each in state if each.startswith("decoder.") and each.endswith(".weight") and each not in found):
        at = next(at for at, matrix in enumerate(matrices) if matrix.T.shape == state[name].shape)
        found[name] = matrices.pop(at).T
    with open(f"{SHIPPED}/chain.json") as file:
        found |= {name: torch.tensor(each).reshape(state[name].shape) for name, each in json.load(file).items()}
    assert state.keys() - found.keys() == {"reader.also.weight", "reader.also.bias"}
    network.load_state_dict(found, strict=False)
    save(sys.argv[1], network.state_dict())


if __name__ == "__main__":
    main()
