import type { Weights } from './weights.ts';

/** A small linear layer: too few numbers for the kernel to pay. */
export interface Layer {
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

export function loadLayer(weights: Weights, name: string): Layer {
  return { weights: weights.numbers(`${name}.weight`), bias: weights.numbers(`${name}.bias`) };
}

export function applyLayer({ weights, bias }: Layer, inputs: Float32Array): Float32Array {
  const outputs = Float32Array.from(bias);
  for (let output = 0; output < outputs.length; output += 1) {
    let sum = bias[output] ?? 0;
    const line = output * inputs.length;
    for (let input = 0; input < inputs.length; input += 1) sum += (weights[line + input] ?? 0) * (inputs[input] ?? 0);
    outputs[output] = sum;
  }
  return outputs;
}
