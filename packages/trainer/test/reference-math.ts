// What the reference decoders are made of, in double precision and in the plainest loops: matrices over Hugging Face weights, RMSNorm,
// SwiGLU, the softmax, RoPE's frequencies. Must not know a decoder's layers or GGUF.

/// <reference lib="esnext.float16" />

import type { Weights } from "./random-folder.ts";

/** A vector of doubles. */
export type Row = Float64Array<ArrayBuffer>;

/** The operations over one set of weights. Names are without `.weight` and `.bias`. */
export class ReferenceWeights {
  readonly #weights: Weights;
  readonly #epsilon: number;

  constructor(weights: Weights, epsilon: number) {
    this.#weights = weights;
    this.#epsilon = epsilon;
  }

  /** The values of a tensor under its whole name; undefined where there is none. */
  find(name: string): Float32Array | undefined {
    return this.#weights.get(name)?.values;
  }

  /** Row `index` of a matrix. */
  row(name: string, index: number): Row {
    const { shape, values } = this.#weights.get(`${name}.weight`)!;
    return Float64Array.from(values.subarray(index * shape[1]!, (index + 1) * shape[1]!));
  }

  /** A matrix times x, plus its bias where it has one. */
  times(name: string, x: Row): Row {
    const { shape, values } = this.#weights.get(`${name}.weight`)!;
    const width = shape[1]!;
    const bias = this.find(`${name}.bias`);
    return Float64Array.from({ length: shape[0]! }, (_, row) => {
      let sum = bias?.[row] ?? 0;
      for (let i = 0; i < width; i++) sum += values[row * width + i]! * x[i]!;
      return sum;
    });
  }

  /** RMSNorm. */
  norm(name: string, x: Row): Row {
    const weights = this.find(`${name}.weight`)!;
    const scale = 1 / Math.sqrt(x.reduce((sum, v) => sum + v * v, 0) / x.length + this.#epsilon);
    return x.map((v, i) => v * scale * weights[i]!);
  }

  /** down(silu(gate(x)) * up(x)); `mlp` ends in a dot. */
  swiglu(mlp: string, x: Row): Row {
    const up = this.times(`${mlp}up_proj`, x);
    const gated = this.times(`${mlp}gate_proj`, x).map((g, i) => (g / (1 + Math.exp(-g))) * up[i]!);
    return this.times(`${mlp}down_proj`, gated);
  }

  /** Log-probabilities of the next token from the last layer's output. */
  logprobs(head: string, x: Row): Row {
    const logits = this.times(head, this.norm("model.norm", x));
    const total = logSumExp(logits);
    return logits.map((logit) => logit - total);
  }
}

export const toF16 = (x: Row): Row => Float64Array.from(new Float16Array(x));
export const add = (a: Row, b: Row): Row => a.map((v, i) => v + b[i]!);
export const dot = (a: Row, b: Row): number => a.reduce((sum, v, i) => sum + v * b[i]!, 0);

export function logSumExp(values: ArrayLike<number>): number {
  const all = Array.from(values);
  const top = Math.max(...all);
  return top + Math.log(all.reduce((sum, v) => sum + Math.exp(v - top), 0));
}

/** transformers' inverse frequencies of `dimensions` / 2 pairs: plain, or with rope_scaling linear, llama3 or yarn. */
export function inverseFrequencies(config: Record<string, unknown>, dimensions: number): number[] {
  const base = config.rope_theta as number;
  const scaling = config.rope_scaling as Record<string, number> | undefined;
  const [low, high] = scaling !== undefined && "beta_fast" in scaling ? yarnPairs(config, dimensions) : [0, 0];
  return Array.from({ length: dimensions / 2 }, (_, i) => {
    const frequency = 1 / base ** ((2 * i) / dimensions);
    if (scaling === undefined) return frequency;
    const scaled = frequency / scaling.factor!;
    if ("beta_fast" in scaling) {
      const ramp = Math.min(1, Math.max(0, (i - low) / (high - low)));
      return scaled * ramp + frequency * (1 - ramp);
    }
    if ("type" in scaling) return scaled;
    const turns = (scaling.original_max_position_embeddings! * frequency) / (2 * Math.PI);
    const smooth = (turns - scaling.low_freq_factor!) / (scaling.high_freq_factor! - scaling.low_freq_factor!);
    const share = Math.min(1, Math.max(0, smooth));
    return (1 - share) * scaled + share * frequency;
  });
}

/** YaRN: the last pair that keeps its frequency and the first that is divided by the whole factor (arXiv 2309.00071, 3.2). */
export function yarnPairs(config: Record<string, unknown>, dimensions: number): [number, number] {
  const scaling = config.rope_scaling as Record<string, number>;
  const found = (turns: number): number =>
    (dimensions * Math.log(scaling.original_max_position_embeddings! / (turns * 2 * Math.PI))) /
    (2 * Math.log(config.rope_theta as number));
  const low = Math.max(Math.floor(found(scaling.beta_fast!)), 0);
  return [low, Math.min(Math.ceil(found(scaling.beta_slow!)), dimensions - 1)];
}

/** YaRN's growth of a magnitude: 0.1 * mscale * ln(factor) + 1. */
export const yarnGrowth = (factor: number, mscale: number): number => 0.1 * mscale * Math.log(factor) + 1;
