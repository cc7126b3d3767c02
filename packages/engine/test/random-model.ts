// Writes small GGUF models with seeded random weights, for tests: real architectures, meaningless text.

import {
  encodeTensor,
  type GgufFile,
  type GgufTensor,
  type GgufValue,
  type TensorType,
  writeGguf,
} from "../src/index.ts";
import { LEMMA_CHAT_TEMPLATE } from "../src/lemma-template.ts";
import { randomBlocks } from "./random-blocks.ts";
import { type TestVocabulary, testVocabulary } from "./test-vocabulary.ts";

export interface RandomModel {
  architecture?: "qwen3" | "qwen2" | "llama";
  layers?: number;
  width?: number;
  heads?: number;
  kvHeads?: number;
  headDim?: number;
  feedForward?: number;
  context?: number;
  type?: TensorType;
  seed?: number;
  tied?: boolean;
  vocabulary?: TestVocabulary;
  template?: string;
  metadata?: Record<string, GgufValue>;
  /** rope_freqs.weight: a divisor for each pair of a head's elements. */
  ropeDivisors?: Float32Array;
}

/** Normally distributed numbers from a seed (mulberry32 and Box-Muller). */
export function gaussian(seed: number): () => number {
  let state = seed >>> 0;
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}

/** Writes the model as one file. */
export async function writeRandomModel(path: string, options: RandomModel = {}): Promise<void> {
  await writeGguf(path, randomModel(options));
}

/** The model; its vocabulary is padded to a multiple of 32 with unused tokens. */
export function randomModel(options: RandomModel = {}): GgufFile {
  const {
    architecture = "qwen3",
    layers = 2,
    width = 64,
    heads = 4,
    kvHeads = 2,
    headDim = 32,
    feedForward = 96,
    context = 256,
    type = "F32",
    seed = 1,
    tied = architecture === "qwen3",
    vocabulary = testVocabulary(),
    template = LEMMA_CHAT_TEMPLATE,
  } = options;
  const next = gaussian(seed);
  const tokens = [...vocabulary.tokens];
  const kinds = [...vocabulary.kinds];
  while (tokens.length % 32 !== 0) {
    kinds.push(5);
    tokens.push(`[unused${tokens.length}]`);
  }
  const tensors: GgufTensor[] = [];
  const add = (name: string, shape: number[], scale: number, kind: TensorType = type): void => {
    const length = shape.reduce((a, b) => a * b, 1);
    const values = (): Float32Array =>
      Float32Array.from({ length }, () => (shape.length === 1 ? 1 + 0.1 * next() : scale * next()));
    const isDrawn = kind === "Q4_K" || kind === "Q5_K" || kind === "Q6_K";
    const encoded = isDrawn ? randomBlocks(kind, length, scale, next) : encodeTensor(kind, values());
    tensors.push({ name, shape, type: kind, data: () => encoded });
  };
  const addVector = (name: string, values: Float32Array): void => {
    tensors.push({ name, shape: [values.length], type: "F32", data: () => encodeTensor("F32", values) });
  };
  const addBias = (name: string, rows: number): void =>
    addVector(
      name,
      Float32Array.from({ length: rows }, () => 0.3 * next()),
    );
  const projection = 1 / Math.sqrt(width);
  add("token_embd.weight", [width, tokens.length], 0.1); // small: or tied models repeat their input
  for (let layer = 0; layer < layers; layer++) {
    const name = (part: string) => `blk.${layer}.${part}.weight`;
    add(name("attn_norm"), [width], 1, "F32");
    add(name("attn_q"), [width, heads * headDim], projection);
    add(name("attn_k"), [width, kvHeads * headDim], projection);
    add(name("attn_v"), [width, kvHeads * headDim], projection);
    add(name("attn_output"), [heads * headDim, width], projection);
    if (architecture === "qwen2") {
      addBias(`blk.${layer}.attn_q.bias`, heads * headDim);
      addBias(`blk.${layer}.attn_k.bias`, kvHeads * headDim);
      addBias(`blk.${layer}.attn_v.bias`, kvHeads * headDim);
    }
    if (architecture === "qwen3") {
      add(name("attn_q_norm"), [headDim], 1, "F32");
      add(name("attn_k_norm"), [headDim], 1, "F32");
    }
    add(name("ffn_norm"), [width], 1, "F32");
    add(name("ffn_gate"), [width, feedForward], projection);
    add(name("ffn_up"), [width, feedForward], projection);
    add(name("ffn_down"), [feedForward, width], 1 / Math.sqrt(feedForward));
  }
  add("output_norm.weight", [width], 1, "F32");
  if (!tied) add("output.weight", [width, tokens.length], projection);
  if (options.ropeDivisors) addVector("rope_freqs.weight", options.ropeDivisors);
  const u32 = (value: number): GgufValue => ({ type: "u32", value });
  return {
    metadata: {
      "general.architecture": { type: "string", value: architecture },
      "general.name": { type: "string", value: "random" },
      [`${architecture}.context_length`]: u32(context),
      [`${architecture}.embedding_length`]: u32(width),
      [`${architecture}.block_count`]: u32(layers),
      [`${architecture}.feed_forward_length`]: u32(feedForward),
      [`${architecture}.attention.head_count`]: u32(heads),
      [`${architecture}.attention.head_count_kv`]: u32(kvHeads),
      [`${architecture}.attention.key_length`]: u32(headDim),
      [`${architecture}.attention.value_length`]: u32(headDim),
      [`${architecture}.attention.layer_norm_rms_epsilon`]: { type: "f32", value: 1e-6 },
      [`${architecture}.rope.freq_base`]: { type: "f32", value: 10000 },
      [`${architecture}.rope.dimension_count`]: u32(headDim),
      [`${architecture}.vocab_size`]: u32(tokens.length),
      "tokenizer.ggml.model": { type: "string", value: "gpt2" },
      "tokenizer.ggml.pre": { type: "string", value: "qwen2" },
      "tokenizer.ggml.tokens": { type: "array", items: "string", value: tokens },
      "tokenizer.ggml.token_type": { type: "array", items: "i32", value: kinds },
      "tokenizer.ggml.merges": { type: "array", items: "string", value: vocabulary.merges },
      "tokenizer.ggml.eos_token_id": u32(tokens.indexOf("<|end|>")),
      "tokenizer.ggml.padding_token_id": u32(tokens.indexOf("<|pad|>")),
      "tokenizer.ggml.add_bos_token": { type: "bool", value: false },
      "tokenizer.chat_template": { type: "string", value: template },
      ...options.metadata,
    },
    tensors,
  };
}
