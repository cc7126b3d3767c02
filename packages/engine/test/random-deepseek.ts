// Small GGUF models of the architecture `deepseek2` with seeded random weights, for tests: latent attention with queries of low rank (as
// llama.cpp wants them), one dense layer, then experts. Vocabulary and tokenizer are random-model.ts's.

import { type EncodedType, encodeTensor, type GgufFile, type GgufTensor, type GgufValue } from "../src/index.ts";
import { gaussian, type RandomModel, randomModel } from "./random-model.ts";

export interface RandomDeepseek extends Pick<RandomModel, "seed" | "context" | "metadata"> {
  type?: EncodedType;
  /** "softmax" has no bias and weights that are not normalised, as DeepSeek-V2. */
  gate?: "sigmoid" | "softmax";
  /** Experts of a token, of 8. */
  used?: number;
}

const SHAPE = {
  layers: 3,
  width: 128,
  heads: 4,
  nope: 32,
  rope: 16,
  value: 32,
  queryRank: 64,
  kvRank: 64,
  feedForward: 192,
};
const EXPERTS = { all: 8, width: 64 };

/** The model. */
export function randomDeepseek(options: RandomDeepseek = {}): GgufFile {
  const { type = "F32", seed = 1, context = 256, gate = "sigmoid", used = 3 } = options;
  const { layers, width, heads, nope, rope, value, queryRank, kvRank, feedForward } = SHAPE;
  const frame = randomModel({ architecture: "llama", layers: 0, width, type, seed });
  const next = gaussian(seed + 1);
  const tensors: GgufTensor[] = [...frame.tensors];
  const add = (name: string, shape: number[], make: () => number, kind: EncodedType = type): void => {
    const length = shape.reduce((a, b) => a * b, 1);
    const encoded = encodeTensor(kind, Float32Array.from({ length }, make));
    tensors.push({ name, shape, type: kind, data: () => encoded });
  };
  const norm = (name: string, n: number): void => add(`${name}.weight`, [n], () => 1 + 0.1 * next(), "F32");
  const matrix = (name: string, ...shape: number[]): void => {
    add(`${name}.weight`, shape, () => next() / Math.sqrt(shape[0]!));
  };
  const swiglu = (layer: string, suffix: string, inner: number, ...count: number[]): void => {
    matrix(`${layer}ffn_gate${suffix}`, width, inner, ...count);
    matrix(`${layer}ffn_up${suffix}`, width, inner, ...count);
    matrix(`${layer}ffn_down${suffix}`, inner, width, ...count);
  };
  for (let i = 0; i < layers; i++) {
    const layer = `blk.${i}.`;
    norm(`${layer}attn_norm`, width);
    matrix(`${layer}attn_q_a`, width, queryRank);
    norm(`${layer}attn_q_a_norm`, queryRank);
    matrix(`${layer}attn_q_b`, queryRank, heads * (nope + rope));
    matrix(`${layer}attn_kv_a_mqa`, width, kvRank + rope);
    norm(`${layer}attn_kv_a_norm`, kvRank);
    matrix(`${layer}attn_k_b`, nope, kvRank, heads);
    matrix(`${layer}attn_v_b`, kvRank, value, heads);
    matrix(`${layer}attn_output`, heads * value, width);
    norm(`${layer}ffn_norm`, width);
    if (i === 0) {
      swiglu(layer, "", feedForward);
      continue;
    }
    add(`${layer}ffn_gate_inp.weight`, [width, EXPERTS.all], () => (2 * next()) / Math.sqrt(width), "F32");
    if (gate === "sigmoid") add(`${layer}exp_probs_b.bias`, [EXPERTS.all], () => 0.2 * next(), "F32");
    swiglu(layer, "_exps", EXPERTS.width, EXPERTS.all);
    swiglu(layer, "_shexp", EXPERTS.width);
  }
  const foreign = ([key]: [string, GgufValue]): boolean => !key.startsWith("llama.");
  return {
    metadata: {
      ...Object.fromEntries(Object.entries(frame.metadata).filter(foreign)),
      "general.architecture": { type: "string", value: "deepseek2" },
      ...keys(context, frame, gate, used),
      ...options.metadata,
    },
    tensors,
  };
}

function keys(context: number, frame: GgufFile, gate: "sigmoid" | "softmax", used: number): Record<string, GgufValue> {
  const { layers, width, heads, nope, rope, value, queryRank, kvRank, feedForward } = SHAPE;
  const whole = {
    block_count: layers,
    leading_dense_block_count: 1,
    context_length: context,
    embedding_length: width,
    feed_forward_length: feedForward,
    vocab_size: (frame.metadata["llama.vocab_size"] as { value: number }).value,
    "attention.head_count": heads,
    "attention.head_count_kv": 1,
    "attention.key_length": kvRank + rope,
    "attention.value_length": kvRank,
    "attention.key_length_mla": nope + rope,
    "attention.value_length_mla": value,
    "attention.q_lora_rank": queryRank,
    "attention.kv_lora_rank": kvRank,
    "rope.dimension_count": rope,
    expert_count: EXPERTS.all,
    expert_used_count: used,
    expert_shared_count: 1,
    expert_feed_forward_length: EXPERTS.width,
    expert_gating_func: gate === "sigmoid" ? 2 : 1,
  };
  const parts = { "attention.layer_norm_rms_epsilon": 1e-6, "rope.freq_base": 10_000, expert_weights_scale: 1.5 };
  const named = (values: Record<string, number>, type: "u32" | "f32"): [string, GgufValue][] =>
    Object.entries(values).map(([key, value]) => [`deepseek2.${key}`, { type, value }]);
  return {
    ...Object.fromEntries([...named(whole, "u32"), ...named(parts, "f32")]),
    "deepseek2.expert_weights_norm": { type: "bool", value: gate === "sigmoid" },
  };
}
