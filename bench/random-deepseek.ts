// Random Q8_0 models of the `deepseek2` architecture (latent attention, experts), for speed only, as random-model.ts makes dense ones.
// Queries have a low rank, as llama.cpp asks of all but two numbers of layers. Every expert is as likely as another.

import { existsSync, mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { encodeTensor, type GgufTensor, type GgufValue, TENSOR_TYPES, writeGguf } from "@lemma/engine";
import { randomBlocks, tokenizer } from "./random-model.ts";

/** The shape of a model; the first `denseLayers` of `layers` have a feed-forward of their own in place of experts. */
export interface DeepseekShape {
  layers: number;
  denseLayers: number;
  width: number;
  heads: number;
  /** Elements of a head's query and key without and with RoPE, and of its value. */
  nope: number;
  rope: number;
  value: number;
  queryRank: number;
  kvRank: number;
  feedForward: number;
  experts: number;
  used: number;
  shared: number;
  expertWidth: number;
  vocabulary: number;
}

const CONTEXT = 4096;

/** A tensor's name, extents in GGUF's order (row length first), and whether one token reads only a share of it. */
interface Place {
  name: string;
  shape: number[];
  kind: "matrix" | "router" | "norm" | "bias";
}

/** Weights in all, those that one token multiplies with (its own experts; no row of the embedding), and the bytes of all. */
export function deepseekSize(shape: DeepseekShape): { parameters: number; active: number; bytes: number } {
  let [parameters, active, bytes] = [0, 0, 0];
  for (const { name, shape: extents, kind } of places(shape)) {
    const count = extents.reduce((product, extent) => product * extent, 1);
    const share = name === "token_embd.weight" ? 0 : name.includes("_exps.") ? shape.used / shape.experts : 1;
    parameters += count;
    active += count * share;
    const encoding = TENSOR_TYPES[kind === "matrix" ? "Q8_0" : "F32"];
    bytes += (count / encoding.block) * encoding.bytes;
  }
  return { parameters, active, bytes };
}

/** The file of a shape, made if it is not there. */
export async function randomDeepseek(shape: DeepseekShape): Promise<string> {
  const name = `deepseek2-${Object.values(shape).join("-")}.gguf`;
  const path = fileURLToPath(new URL(`build/models/${name}`, import.meta.url));
  if (existsSync(path) && statSync(path).size > deepseekSize(shape).bytes) return path;
  mkdirSync(dirname(path), { recursive: true });
  await writeGguf(path, { metadata: metadata(shape), tensors: places(shape).map(drawn) });
  return path;
}

function places(shape: DeepseekShape): Place[] {
  const { width, heads, nope, rope, value, queryRank, kvRank, experts, vocabulary } = shape;
  const all: Place[] = [];
  const matrix = (name: string, ...extents: number[]): void => {
    all.push({ name: `${name}.weight`, shape: extents, kind: "matrix" });
  };
  const norm = (name: string, length: number): void => {
    all.push({ name: `${name}.weight`, shape: [length], kind: "norm" });
  };
  const feedForward = (layer: string, suffix: string, inner: number, ...count: number[]): void => {
    matrix(`${layer}ffn_gate${suffix}`, width, inner, ...count);
    matrix(`${layer}ffn_up${suffix}`, width, inner, ...count);
    matrix(`${layer}ffn_down${suffix}`, inner, width, ...count);
  };
  matrix("token_embd", width, vocabulary);
  for (let i = 0; i < shape.layers; i++) {
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
    if (i < shape.denseLayers) {
      feedForward(layer, "", shape.feedForward);
      continue;
    }
    all.push({ name: `${layer}ffn_gate_inp.weight`, shape: [width, experts], kind: "router" });
    all.push({ name: `${layer}exp_probs_b.bias`, shape: [experts], kind: "bias" });
    feedForward(layer, "_exps", shape.expertWidth, experts);
    feedForward(layer, "_shexp", shape.shared * shape.expertWidth);
  }
  norm("output_norm", width);
  matrix("output", width, vocabulary);
  return all;
}

/** The tensor of a place, its number being its seed. */
function drawn({ name, shape, kind }: Place, seed: number): GgufTensor {
  const count = shape.reduce((product, extent) => product * extent, 1);
  if (kind === "matrix") return { name, shape, type: "Q8_0", data: () => randomBlocks(count, seed + 1, "Q8_0") };
  const values = (): Float32Array => {
    if (kind !== "router") return new Float32Array(count).fill(kind === "norm" ? 1 : 0);
    const bytes = randomBlocks(count, seed + 1, "Q8_0"); // 34 bytes for 32 values: more than are needed
    return Float32Array.from({ length: count }, (_, i) => ((bytes[2 + i]! << 24) >> 24) / 2 ** 12);
  };
  return { name, shape, type: "F32", data: () => encodeTensor("F32", values()) };
}

function metadata(shape: DeepseekShape): Record<string, GgufValue> {
  const text = (value: string): GgufValue => ({ type: "string", value });
  const whole: Record<string, number> = {
    block_count: shape.layers,
    leading_dense_block_count: shape.denseLayers,
    context_length: CONTEXT,
    embedding_length: shape.width,
    feed_forward_length: shape.feedForward,
    vocab_size: shape.vocabulary,
    "attention.head_count": shape.heads,
    "attention.head_count_kv": 1,
    "attention.key_length": shape.kvRank + shape.rope,
    "attention.value_length": shape.kvRank,
    "attention.key_length_mla": shape.nope + shape.rope,
    "attention.value_length_mla": shape.value,
    "attention.q_lora_rank": shape.queryRank,
    "attention.kv_lora_rank": shape.kvRank,
    "rope.dimension_count": shape.rope,
    expert_count: shape.experts,
    expert_used_count: shape.used,
    expert_shared_count: shape.shared,
    expert_feed_forward_length: shape.expertWidth,
    expert_gating_func: 2, // sigmoid
  };
  const parts: Record<string, number> = {
    "attention.layer_norm_rms_epsilon": 1e-6,
    "rope.freq_base": 10_000,
    expert_weights_scale: 1,
  };
  const keys = (values: Record<string, number>, type: "u32" | "f32"): [string, GgufValue][] =>
    Object.entries(values).map(([key, value]) => [`deepseek2.${key}`, { type, value }]);
  return {
    "general.architecture": text("deepseek2"),
    "general.name": text("random"),
    "general.file_type": { type: "u32", value: 7 },
    ...Object.fromEntries([...keys(whole, "u32"), ...keys(parts, "f32")]),
    "deepseek2.expert_weights_norm": { type: "bool", value: true },
    ...tokenizer(shape.vocabulary),
  };
}
