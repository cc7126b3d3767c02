// Small Hugging Face model folders with seeded random weights, for tests: real architectures, the bundled tokenizer,
// meaningless text.

import { cp, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { encodeTensor } from "@lemma/engine";
import { gaussian } from "../../engine/test/random-model.ts";
import { safetensorsOf, type TensorBytes } from "./safetensors-bytes.ts";

/** config.json of a model with 2 layers, 4 heads of 32, 2 key/value heads, width 64 (qwen2: 128, as its heads share the width). */
export function smallConfig(
  modelType: "llama" | "qwen2" | "qwen3",
  changes: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    architectures: [`${modelType[0]!.toUpperCase()}${modelType.slice(1)}ForCausalLM`],
    model_type: modelType,
    vocab_size: 1024,
    hidden_size: modelType === "qwen2" ? 128 : 64,
    num_hidden_layers: 2,
    num_attention_heads: 4,
    num_key_value_heads: 2,
    head_dim: 32,
    intermediate_size: 96,
    rms_norm_eps: 1e-6,
    rope_theta: 10000,
    max_position_embeddings: 256,
    tie_word_embeddings: modelType === "qwen3",
    hidden_act: "silu",
    torch_dtype: "float32",
    ...changes,
  };
}

/** The weights of a configuration under Hugging Face names: matrices keep the size of their input, norms are near 1, biases near 0. */
export function randomWeights(
  config: Record<string, unknown>,
  seed = 1,
): Map<string, { shape: number[]; values: Float32Array }> {
  const next = gaussian(seed);
  const weights = new Map<string, { shape: number[]; values: Float32Array }>();
  const size = (name: string): number => config[name] as number;
  const add = (name: string, ...shape: number[]): void => {
    const scale = 1 / Math.sqrt(shape.at(-1)!);
    const make = (): number => (shape.length === 1 ? 1 + 0.1 * next() : scale * next());
    weights.set(`${name}.weight`, {
      shape,
      values: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, make),
    });
  };
  const addBias = (name: string, rows: number): void => {
    weights.set(`${name}.bias`, { shape: [rows], values: Float32Array.from({ length: rows }, () => 0.3 * next()) });
  };
  const [width, inner, headDim] = [size("hidden_size"), size("intermediate_size"), size("head_dim")];
  const [q, kv] = [size("num_attention_heads") * headDim, size("num_key_value_heads") * headDim];
  add("model.embed_tokens", size("vocab_size"), width);
  for (let i = 0; i < size("num_hidden_layers"); i++) {
    const layer = `model.layers.${i}.`;
    add(`${layer}input_layernorm`, width);
    add(`${layer}post_attention_layernorm`, width);
    add(`${layer}self_attn.q_proj`, q, width);
    add(`${layer}self_attn.k_proj`, kv, width);
    add(`${layer}self_attn.v_proj`, kv, width);
    add(`${layer}self_attn.o_proj`, width, q);
    if (config.model_type === "qwen2") {
      addBias(`${layer}self_attn.q_proj`, q);
      addBias(`${layer}self_attn.k_proj`, kv);
      addBias(`${layer}self_attn.v_proj`, kv);
    }
    if (config.model_type === "qwen3") add(`${layer}self_attn.q_norm`, headDim);
    if (config.model_type === "qwen3") add(`${layer}self_attn.k_norm`, headDim);
    add(`${layer}mlp.gate_proj`, inner, width);
    add(`${layer}mlp.up_proj`, inner, width);
    add(`${layer}mlp.down_proj`, width, inner);
  }
  add("model.norm", width);
  if (config.tie_word_embeddings !== true) add("lm_head", size("vocab_size"), width);
  return weights;
}

export type Weights = ReturnType<typeof randomWeights>;

/** How to write a folder. */
export interface FolderOptions {
  dtype?: "F32" | "F16" | "BF16";
  /** Tensors that stand in the file as given, in place of those of the same name or beside them. */
  stored?: ReadonlyMap<string, TensorBytes>;
  /** Cuts the weights into this many files with an index. */
  shards?: number;
  generation?: Record<string, unknown>;
}

/** Writes config.json, the bundled tokenizer's files and the weights. */
export async function writeFolder(
  folder: string,
  config: Record<string, unknown>,
  weights: Weights,
  { dtype = "F32", stored = new Map(), shards, generation }: FolderOptions = {},
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const tokenizer = fileURLToPath(new URL("../../../models/tokenizer", import.meta.url));
  for (const name of ["tokenizer.json", "tokenizer_config.json"])
    await cp(path.join(tokenizer, name), path.join(folder, name));
  const put = (name: string, json: object): Promise<void> => writeFile(path.join(folder, name), JSON.stringify(json));
  await put("config.json", config);
  if (generation) await put("generation_config.json", generation);
  const encoded = [...weights].map(([name, { shape, values }]): [string, TensorBytes] => {
    return [name, { dtype, shape, bytes: encodeTensor(dtype, values) }];
  });
  const tensors = [...new Map([...encoded, ...stored])];
  if (shards === undefined) return writeFile(path.join(folder, "model.safetensors"), safetensorsOf(new Map(tensors)));
  const map: Record<string, string> = {};
  for (let i = 0; i < shards; i++) {
    const file = `model-${String(i + 1).padStart(5, "0")}-of-${String(shards).padStart(5, "0")}.safetensors`;
    const part = tensors.filter((_, at) => at % shards === i);
    for (const [name] of part) map[name] = file;
    await writeFile(path.join(folder, file), safetensorsOf(new Map(part)));
  }
  await put("model.safetensors.index.json", { metadata: {}, weight_map: map });
}
