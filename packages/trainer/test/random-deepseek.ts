// Small Hugging Face folders of deepseek_v3 and deepseek_v2 with seeded random weights, for tests: latent attention with and without
// a low rank for queries, leading dense layers, routed and shared experts.

import { gaussian } from "../../engine/test/random-model.ts";
import type { Weights } from "./random-folder.ts";

/** YaRN as DeepSeek's configurations write it, for a model of 256 positions. */
export const DEEPSEEK_YARN = {
  type: "yarn",
  factor: 8,
  original_max_position_embeddings: 32,
  beta_fast: 32,
  beta_slow: 1,
  mscale: 1,
  mscale_all_dim: 1,
};

const COMMON = {
  vocab_size: 1024,
  hidden_size: 96,
  num_hidden_layers: 3,
  first_k_dense_replace: 1,
  moe_layer_freq: 1,
  intermediate_size: 160,
  moe_intermediate_size: 32,
  n_routed_experts: 8,
  num_attention_heads: 4,
  num_key_value_heads: 4,
  kv_lora_rank: 64,
  qk_nope_head_dim: 32,
  qk_rope_head_dim: 16,
  v_head_dim: 64,
  rms_norm_eps: 1e-6,
  rope_theta: 10000,
  max_position_embeddings: 256,
  attention_bias: false,
  tie_word_embeddings: false,
  hidden_act: "silu",
  torch_dtype: "float32",
};

const OWN = {
  deepseek_v3: {
    architectures: ["DeepseekV3ForCausalLM"],
    q_lora_rank: 64,
    n_shared_experts: 1,
    num_experts_per_tok: 3,
    n_group: 4,
    topk_group: 2,
    scoring_func: "sigmoid",
    topk_method: "noaux_tc",
    norm_topk_prob: true,
    routed_scaling_factor: 2.5,
  },
  deepseek_v2: {
    architectures: ["DeepseekV2ForCausalLM"],
    q_lora_rank: null,
    n_shared_experts: 2,
    num_experts_per_tok: 2,
    n_group: 1,
    topk_group: 1,
    scoring_func: "softmax",
    topk_method: "greedy",
    norm_topk_prob: false,
    routed_scaling_factor: 1,
  },
};

export type DeepseekKind = keyof typeof OWN;

/** config.json of a model with 3 layers, the first of them dense, 4 heads and 8 experts. V3 has queries of low rank, V2 has not. */
export function deepseekConfig(kind: DeepseekKind, changes: Record<string, unknown> = {}): Record<string, unknown> {
  return { model_type: kind, ...COMMON, ...OWN[kind], ...changes };
}

/** No decision of a gate of DEEPSEEK_MODELS is closer than this on the tests' tokens. */
export const MARGIN = 1e-3;

/** Models with every part in turn. llama.cpp loads all of them: without a low rank for queries it takes 26 or 27 layers alone. */
export const DEEPSEEK_MODELS: readonly {
  name: string;
  kind: DeepseekKind;
  changes: Record<string, unknown>;
  seed: number;
}[] = [
  { name: "groups, YaRN", kind: "deepseek_v3", changes: { rope_scaling: DEEPSEEK_YARN }, seed: 8 },
  {
    name: "no groups, tied, two dense layers",
    kind: "deepseek_v3",
    changes: { n_group: 1, topk_group: 1, tie_word_embeddings: true, first_k_dense_replace: 2 },
    seed: 7,
  },
  {
    name: "weights not normalised, all groups",
    kind: "deepseek_v3",
    changes: { norm_topk_prob: false, topk_group: 4, rope_theta: 50000 },
    seed: 6,
  },
  {
    name: "softmax, YaRN of another magnitude",
    kind: "deepseek_v2",
    changes: {
      q_lora_rank: 64,
      routed_scaling_factor: 1.5,
      rope_scaling: { ...DEEPSEEK_YARN, mscale: 0.7, mscale_all_dim: 0.7 },
    },
    seed: 11,
  },
  {
    name: "queries of full rank",
    kind: "deepseek_v2",
    changes: { num_hidden_layers: 26, first_k_dense_replace: 24, intermediate_size: 64 },
    seed: 4,
  },
];

/** The weights of a configuration under Hugging Face names; matrices keep the size of their input, norms are near 1. */
export function deepseekWeights(config: Record<string, unknown>, seed = 1): Weights {
  const next = gaussian(seed);
  const weights: Weights = new Map();
  const size = (name: string): number => config[name] as number;
  const put = (name: string, shape: number[], make: () => number): void => {
    weights.set(name, { shape, values: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, make) });
  };
  const norm = (name: string, width: number): void => put(`${name}.weight`, [width], () => 1 + 0.1 * next());
  const add = (name: string, rows: number, columns: number): void => {
    put(`${name}.weight`, [rows, columns], () => next() / Math.sqrt(columns));
  };
  const width = size("hidden_size");
  const addMlp = (name: string, inner: number): void => {
    add(`${name}gate_proj`, inner, width);
    add(`${name}up_proj`, inner, width);
    add(`${name}down_proj`, width, inner);
  };
  add("model.embed_tokens", size("vocab_size"), width);
  for (let i = 0; i < size("num_hidden_layers"); i++) {
    const layer = `model.layers.${i}.`;
    norm(`${layer}input_layernorm`, width);
    addAttention(config, `${layer}self_attn.`, add, norm);
    norm(`${layer}post_attention_layernorm`, width);
    const mlp = `${layer}mlp.`;
    if (i < size("first_k_dense_replace")) {
      addMlp(mlp, size("intermediate_size"));
      continue;
    }
    add(`${mlp}gate`, size("n_routed_experts"), width);
    if (config.model_type === "deepseek_v3")
      put(`${mlp}gate.e_score_correction_bias`, [size("n_routed_experts")], () => 0.2 * next());
    const inner = size("moe_intermediate_size");
    for (let expert = 0; expert < size("n_routed_experts"); expert++) addMlp(`${mlp}experts.${expert}.`, inner);
    addMlp(`${mlp}shared_experts.`, inner * size("n_shared_experts"));
  }
  norm("model.norm", width);
  if (config.tie_word_embeddings !== true) add("lm_head", size("vocab_size"), width);
  return weights;
}

function addAttention(
  config: Record<string, unknown>,
  name: string,
  add: (name: string, rows: number, columns: number) => void,
  norm: (name: string, width: number) => void,
): void {
  const size = (field: string): number => config[field] as number;
  const [width, heads, rank] = [size("hidden_size"), size("num_attention_heads"), size("kv_lora_rank")];
  const queries = heads * (size("qk_nope_head_dim") + size("qk_rope_head_dim"));
  if (config.q_lora_rank) {
    add(`${name}q_a_proj`, size("q_lora_rank"), width);
    norm(`${name}q_a_layernorm`, size("q_lora_rank"));
    add(`${name}q_b_proj`, queries, size("q_lora_rank"));
  } else {
    add(`${name}q_proj`, queries, width);
  }
  add(`${name}kv_a_proj_with_mqa`, rank + size("qk_rope_head_dim"), width);
  norm(`${name}kv_a_layernorm`, rank);
  add(`${name}kv_b_proj`, heads * (size("qk_nope_head_dim") + size("v_head_dim")), rank);
  add(`${name}o_proj`, width, heads * size("v_head_dim"));
}
