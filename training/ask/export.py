"""Quantises the encoder: 8 bits a weight, one scale for each row of a matrix.

usage: export.py ENCODER.onnx src/meaning/encoder.onnx
"""

import hashlib
import os
import sys

from onnxruntime.quantization import QuantType, quantize_dynamic

source, out = sys.argv[1:]
quantize_dynamic(source, out, per_channel=True, weight_type=QuantType.QInt8)
with open(out, "rb") as file:
    print(os.path.getsize(out), hashlib.sha256(file.read()).hexdigest())
