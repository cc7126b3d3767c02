// A dense decoder over Hugging Face weights as transformers defines it: the judge of names, shapes and row orders. RoPE rotates halves
// (i, i + d/2). Keys and values are rounded to F16, as our engine's cache keeps them; nothing else is rounded. Must not know GGUF.

import type { Weights } from "./random-folder.ts";
import {
  add,
  dot,
  inverseFrequencies,
  logSumExp,
  ReferenceWeights,
  type Row,
  toF16,
  yarnGrowth,
} from "./reference-math.ts";

/** The log-probabilities [position][token] of the tokens that may follow each of `tokens`. */
export function referenceLogprobs(config: Record<string, unknown>, weights: Weights, tokens: readonly number[]): Row[] {
  const size = (name: string): number => config[name] as number;
  const [heads, kvHeads, headDim] = [size("num_attention_heads"), size("num_key_value_heads"), size("head_dim")];
  const frequencies = inverseFrequencies(config, headDim);
  const length = attentionFactor(config);
  const model = new ReferenceWeights(weights, size("rms_norm_eps"));
  const rotate = (x: Row, position: number): Row => {
    const half = headDim / 2;
    return x.map((v, i) => {
      const angle = position * frequencies[i % half]!;
      return length * (v * Math.cos(angle) + (i < half ? -x[i + half]! : x[i - half]!) * Math.sin(angle));
    });
  };
  const prepared = (name: string, normName: string, x: Row, position: number): Row[] => {
    const all = model.times(name, x);
    return Array.from({ length: all.length / headDim }, (_, head) => {
      const part = all.slice(head * headDim, (head + 1) * headDim);
      return rotate(config.model_type === "qwen3" ? model.norm(normName, part) : part, position);
    });
  };

  let xs = tokens.map((token) => model.row("model.embed_tokens", token));
  for (let i = 0; i < size("num_hidden_layers"); i++) {
    const layer = `model.layers.${i}.`;
    const attention = `${layer}self_attn.`;
    const inputs = xs.map((x) => model.norm(`${layer}input_layernorm`, x));
    const keys = inputs.map((x, at) => prepared(`${attention}k_proj`, `${attention}k_norm`, x, at).map(toF16));
    const values = inputs.map((x) => toF16(model.times(`${attention}v_proj`, x)));
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
      const middle = add(x, model.times(`${attention}o_proj`, joined));
      return add(middle, model.swiglu(`${layer}mlp.`, model.norm(`${layer}post_attention_layernorm`, middle)));
    });
  }
  const head = config.tie_word_embeddings === true ? "model.embed_tokens" : "lm_head";
  return xs.map((x) => model.logprobs(head, x));
}

/** What transformers multiplies cosines and sines by: 1 but for yarn. */
function attentionFactor(config: Record<string, unknown>): number {
  const scaling = config.rope_scaling as Record<string, number> | undefined;
  if (scaling === undefined || !("beta_fast" in scaling)) return 1;
  const growth = (mscale: number): number => yarnGrowth(scaling.factor!, mscale);
  const { attention_factor: given, mscale, mscale_all_dim: all } = scaling;
  return given ?? (mscale && all ? growth(mscale) / growth(all) : growth(1));
}
