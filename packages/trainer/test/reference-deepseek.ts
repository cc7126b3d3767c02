// DeepSeek-V2 and V3 over Hugging Face weights in double precision, as the papers write them (arXiv 2405.04434, 2412.19437): latent
// attention un-absorbed, keys and values made from every latent; experts one after the other. RoPE rotates neighbours (2i, 2i + 1).
// Latents and rotated keys are rounded to F16, as our engine's cache keeps them by default; nothing else is. Must not know GGUF.

import type { Weights } from "./random-folder.ts";
import { referenceGate } from "./reference-gate.ts";
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

/** What the decoder says. `margin` is the closest decision of any gate: below 1e-3 rounding may choose another expert. */
export interface DeepseekTrace {
  logprobs: Row[];
  margin: number;
}

/** Scores are multiplied by this: m^2 / sqrt(nope + rope), m being YaRN's growth for mscale_all_dim. */
export function softmaxScale(config: Record<string, unknown>): number {
  const scaling = config.rope_scaling as Record<string, number> | undefined;
  const growth = scaling === undefined ? 1 : yarnGrowth(scaling.factor!, scaling.mscale_all_dim!);
  return growth ** 2 / Math.sqrt((config.qk_nope_head_dim as number) + (config.qk_rope_head_dim as number));
}

/** The log-probabilities [position][token] after each of `tokens`. `cache` says how latents are kept. */
export function referenceDeepseek(
  config: Record<string, unknown>,
  weights: Weights,
  tokens: readonly number[],
  cache: "f16" | "f32" = "f16",
): DeepseekTrace {
  const size = (name: string): number => config[name] as number;
  const model = new ReferenceWeights(weights, size("rms_norm_eps"));
  const attend = attention(config, model, cache === "f16" ? toF16 : (x) => x);
  let margin = Number.POSITIVE_INFINITY;
  const experts = (mlp: string, x: Row): Row => {
    const isV3 = config.model_type === "deepseek_v3";
    const choice = referenceGate(model.times(`${mlp}gate`, x), {
      scoring: isV3 ? "sigmoid" : "softmax",
      bias: isV3 ? model.find(`${mlp}gate.e_score_correction_bias`) : undefined,
      groups: isV3 ? size("n_group") : 1,
      usedGroups: isV3 ? size("topk_group") : 1,
      used: size("num_experts_per_tok"),
      isNormalised: config.norm_topk_prob === true,
      scale: size("routed_scaling_factor"),
    });
    margin = Math.min(margin, choice.margin);
    return choice.experts.reduce(
      (sum, expert, i) => {
        return add(
          sum,
          model.swiglu(`${mlp}experts.${expert}.`, x).map((v) => choice.weights[i]! * v),
        );
      },
      model.swiglu(`${mlp}shared_experts.`, x),
    );
  };
  let xs = tokens.map((token) => model.row("model.embed_tokens", token));
  for (let i = 0; i < size("num_hidden_layers"); i++) {
    const layer = `model.layers.${i}.`;
    const attended = attend(
      `${layer}self_attn.`,
      xs.map((x) => model.norm(`${layer}input_layernorm`, x)),
    );
    xs = xs.map((x, at) => {
      const middle = add(x, attended[at]!);
      const input = model.norm(`${layer}post_attention_layernorm`, middle);
      const isDense = i < size("first_k_dense_replace");
      return add(middle, isDense ? model.swiglu(`${layer}mlp.`, input) : experts(`${layer}mlp.`, input));
    });
  }
  const head = config.tie_word_embeddings === true ? "model.embed_tokens" : "lm_head";
  return { logprobs: xs.map((x) => model.logprobs(head, x)), margin };
}

/** One layer's attention over all positions; `name` ends in a dot. */
function attention(
  config: Record<string, unknown>,
  model: ReferenceWeights,
  keep: (x: Row) => Row,
): (name: string, inputs: Row[]) => Row[] {
  const size = (name: string): number => config[name] as number;
  const [heads, nope, rope] = [size("num_attention_heads"), size("qk_nope_head_dim"), size("qk_rope_head_dim")];
  const [value, rank] = [size("v_head_dim"), size("kv_lora_rank")];
  const frequencies = inverseFrequencies(config, rope);
  const scale = softmaxScale(config);
  const rotate = (x: Row, position: number): Row =>
    x.map((v, i) => {
      const angle = position * frequencies[i >> 1]!;
      return v * Math.cos(angle) + (i % 2 === 0 ? -x[i + 1]! : x[i - 1]!) * Math.sin(angle);
    });
  return (name, inputs) => {
    const compressed = inputs.map((x) => model.times(`${name}kv_a_proj_with_mqa`, x));
    const shared = compressed.map((row, at) => keep(rotate(row.slice(rank), at)));
    const expanded = compressed.map((row) => {
      const latent = keep(model.norm(`${name}kv_a_layernorm`, row.slice(0, rank)));
      return model.times(`${name}kv_b_proj`, latent); // a head's keys, then its values
    });
    return inputs.map((x, at) => {
      const all = config.q_lora_rank
        ? model.times(`${name}q_b_proj`, model.norm(`${name}q_a_layernorm`, model.times(`${name}q_a_proj`, x)))
        : model.times(`${name}q_proj`, x);
      const joined = new Float64Array(heads * value);
      for (let head = 0; head < heads; head++) {
        const query = all.slice(head * (nope + rope), (head + 1) * (nope + rope));
        const plain = query.slice(0, nope);
        const rotated = rotate(query.slice(nope), at);
        const first = head * (nope + value);
        const scores = expanded.slice(0, at + 1).map((row, from) => {
          return scale * (dot(plain, row.slice(first, first + nope)) + dot(rotated, shared[from]!));
        });
        const total = logSumExp(scores);
        scores.forEach((score, from) => {
          const share = Math.exp(score - total);
          for (let d = 0; d < value; d++) joined[head * value + d]! += share * expanded[from]![first + nope + d]!;
        });
      }
      return model.times(`${name}o_proj`, joined);
    });
  };
}
