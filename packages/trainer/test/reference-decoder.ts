// A dense decoder over Hugging Face weights as transformers defines it, in double precision and in the plainest loops: the
// judge of names, shapes and row orders. RoPE rotates halves (i, i + d/2). Keys and values are rounded to F16, as our
// engine's cache keeps them; nothing else is rounded. Must not know GGUF.

/// <reference lib="esnext.float16" />

import type { Weights } from "./random-folder.ts";

type Row = Float64Array<ArrayBuffer>;

/** The log-probabilities [position][token] of the tokens that may follow each of `tokens`. */
export function referenceLogprobs(config: Record<string, unknown>, weights: Weights, tokens: readonly number[]): Row[] {
  const size = (name: string): number => config[name] as number;
  const [heads, kvHeads, headDim] = [size("num_attention_heads"), size("num_key_value_heads"), size("head_dim")];
  const frequencies = inverseFrequencies(config);
  const length = attentionFactor(config);
  const matrix = (name: string) => weights.get(`${name}.weight`)!;
  const times = (name: string, x: Row): Row => {
    const { shape, values } = matrix(name);
    const width = shape[1]!;
    const bias = weights.get(`${name}.bias`)?.values;
    return Float64Array.from({ length: shape[0]! }, (_, row) => {
      let sum = bias?.[row] ?? 0;
      for (let i = 0; i < width; i++) sum += values[row * width + i]! * x[i]!;
      return sum;
    });
  };
  const norm = (name: string, x: Row): Row => {
    const scale = 1 / Math.sqrt(x.reduce((sum, v) => sum + v * v, 0) / x.length + size("rms_norm_eps"));
    return x.map((v, i) => v * scale * matrix(name).values[i]!);
  };
  const rotate = (x: Row, position: number): Row => {
    const half = headDim / 2;
    return x.map((v, i) => {
      const angle = position * frequencies[i % half]!;
      return length * (v * Math.cos(angle) + (i < half ? -x[i + half]! : x[i - half]!) * Math.sin(angle));
    });
  };
  const prepared = (name: string, normName: string, x: Row, position: number): Row[] => {
    const all = times(name, x);
    return Array.from({ length: all.length / headDim }, (_, head) => {
      const part = all.slice(head * headDim, (head + 1) * headDim);
      return rotate(config.model_type === "qwen3" ? norm(normName, part) : part, position);
    });
  };

  const width = size("hidden_size");
  const embedding = matrix("model.embed_tokens").values;
  let xs = tokens.map((token) => Float64Array.from(embedding.subarray(token * width, (token + 1) * width)));
  for (let i = 0; i < size("num_hidden_layers"); i++) {
    const layer = `model.layers.${i}.`;
    const attention = `${layer}self_attn.`;
    const inputs = xs.map((x) => norm(`${layer}input_layernorm`, x));
    const keys = inputs.map((x, at) => prepared(`${attention}k_proj`, `${attention}k_norm`, x, at).map(toF16));
    const values = inputs.map((x) => toF16(times(`${attention}v_proj`, x)));
    xs = xs.map((x, at) => {
      const queries = prepared(`${attention}q_proj`, `${attention}q_norm`, inputs[at]!, at);
      const joined = new Float64Array(heads * headDim);
      queries.forEach((query, head) => {
        const group = Math.floor((head * kvHeads) / heads);
        const scores = keys.slice(0, at + 1).map((key) => dot(query, key[group]!) / Math.sqrt(headDim));
        const total = logSumExp(scores);
        scores.forEach((score, from) => {
          const share = Math.exp(score - total);
          for (let d = 0; d < headDim; d++) joined[head * headDim + d]! += share * values[from]![group * headDim + d]!;
        });
      });
      const middle = add(x, times(`${attention}o_proj`, joined));
      const h = norm(`${layer}post_attention_layernorm`, middle);
      const up = times(`${layer}mlp.up_proj`, h);
      const gated = times(`${layer}mlp.gate_proj`, h).map((g, at) => (g / (1 + Math.exp(-g))) * up[at]!);
      return add(middle, times(`${layer}mlp.down_proj`, gated));
    });
  }
  const head = config.tie_word_embeddings === true ? "model.embed_tokens" : "lm_head";
  return xs.map((x) => {
    const logits = times(head, norm("model.norm", x));
    const total = logSumExp(logits);
    return logits.map((logit) => logit - total);
  });
}

/** transformers' inverse frequencies: plain, or with rope_scaling linear, llama3 or yarn. */
function inverseFrequencies(config: Record<string, unknown>): number[] {
  const headDim = config.head_dim as number;
  const scaling = config.rope_scaling as Record<string, number> | undefined;
  return Array.from({ length: headDim / 2 }, (_, i) => {
    const frequency = 1 / (config.rope_theta as number) ** ((2 * i) / headDim);
    if (scaling === undefined) return frequency;
    const scaled = frequency / scaling.factor!;
    if ("type" in scaling) return scaled;
    if ("beta_fast" in scaling) {
      const found = (turns: number): number =>
        (headDim * Math.log(scaling.original_max_position_embeddings! / (turns * 2 * Math.PI))) /
        (2 * Math.log(config.rope_theta as number));
      const low = Math.max(Math.floor(found(scaling.beta_fast!)), 0);
      const high = Math.min(Math.ceil(found(scaling.beta_slow!)), headDim - 1);
      const ramp = Math.min(1, Math.max(0, (i - low) / (high - low)));
      return scaled * ramp + frequency * (1 - ramp);
    }
    const turns = (scaling.original_max_position_embeddings! * frequency) / (2 * Math.PI);
    const smooth = (turns - scaling.low_freq_factor!) / (scaling.high_freq_factor! - scaling.low_freq_factor!);
    const share = Math.min(1, Math.max(0, smooth));
    return (1 - share) * scaled + share * frequency;
  });
}

/** What transformers multiplies cosines and sines by: 1 but for yarn. */
function attentionFactor(config: Record<string, unknown>): number {
  const scaling = config.rope_scaling as Record<string, number> | undefined;
  if (scaling === undefined || !("beta_fast" in scaling)) return 1;
  const growth = (mscale: number): number => 0.1 * mscale * Math.log(scaling.factor!) + 1;
  const { attention_factor: given, mscale, mscale_all_dim: all } = scaling;
  return given ?? (mscale && all ? growth(mscale) / growth(all) : growth(1));
}

const toF16 = (x: Row): Row => Float64Array.from(new Float16Array(x));
const add = (a: Row, b: Row): Row => a.map((v, i) => v + b[i]!);
const dot = (a: Row, b: Row): number => a.reduce((sum, v, i) => sum + v * b[i]!, 0);

function logSumExp(values: ArrayLike<number>): number {
  const all = Array.from(values);
  const top = Math.max(...all);
  return top + Math.log(all.reduce((sum, v) => sum + Math.exp(v - top), 0));
}
