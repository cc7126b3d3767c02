// Random Q8_0 and Q4_K models of the `llama` architecture, for speed only: every weight is a seeded draw, so the same shape gives
// the same file on every machine. Both engines load them; what they say means nothing.

import { existsSync, mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { encodeTensor, type GgufTensor, type GgufValue, TENSOR_TYPES, writeGguf } from "@lemma/engine";

/** The shape of a model; `heads` query heads and as many key-value heads. */
export interface ModelShape {
  layers: number;
  width: number;
  heads: number;
  feedForward: number;
  vocabulary: number;
}

const CONTEXT = 4096;
/** Types of the matrices, and the F16 factors that a block begins with; any bits may follow. */
const HEADS = {
  Q8_0: [0x0c00], // 2^-12: values up to 127 · 2^-12 = 0.031
  Q4_K: [0x0400, 0x1000], // scale 2^-14 and minimum 2^-11: values about as far apart
} as const;

export type MatrixType = keyof typeof HEADS;

/** Weights in all, and the bytes that they take. */
export function modelSize(shape: ModelShape, type: MatrixType = "Q8_0"): { parameters: number; bytes: number } {
  const { layers, width, feedForward, vocabulary } = shape;
  const parameters = layers * (4 * width * width + 3 * width * feedForward) + 2 * vocabulary * width;
  const { block, bytes } = TENSOR_TYPES[type];
  return { parameters, bytes: (parameters * bytes) / block };
}

/** The file of a shape, made if it is not there; a few seconds for 300 MB. */
export async function randomModel(shape: ModelShape, type: MatrixType = "Q8_0"): Promise<string> {
  const { layers, width, heads, feedForward, vocabulary } = shape;
  const suffix = type === "Q8_0" ? "" : `-${type}`;
  const name = `llama-${layers}-${width}-${heads}-${feedForward}-${vocabulary}${suffix}.gguf`;
  const path = fileURLToPath(new URL(`build/models/${name}`, import.meta.url));
  if (existsSync(path) && statSync(path).size > modelSize(shape, type).bytes) return path;
  mkdirSync(dirname(path), { recursive: true });
  await writeGguf(path, { metadata: metadata(shape, type), tensors: tensors(shape, type) });
  return path;
}

function metadata(shape: ModelShape, type: MatrixType): Record<string, GgufValue> {
  const { layers, width, heads, feedForward, vocabulary } = shape;
  const u32 = (value: number): GgufValue => ({ type: "u32", value });
  const f32 = (value: number): GgufValue => ({ type: "f32", value });
  const text = (value: string): GgufValue => ({ type: "string", value });
  return {
    "general.architecture": text("llama"),
    "general.name": text("random"),
    "general.file_type": u32(type === "Q8_0" ? 7 : 14), // llama.cpp's numbers; 14 is Q4_K_S
    "llama.context_length": u32(CONTEXT),
    "llama.embedding_length": u32(width),
    "llama.block_count": u32(layers),
    "llama.feed_forward_length": u32(feedForward),
    "llama.attention.head_count": u32(heads),
    "llama.attention.head_count_kv": u32(heads),
    "llama.attention.layer_norm_rms_epsilon": f32(1e-5),
    "llama.rope.dimension_count": u32(width / heads),
    "llama.rope.freq_base": f32(10_000),
    "llama.vocab_size": u32(vocabulary),
    ...tokenizer(vocabulary),
  };
}

/** The keys of a byte-level vocabulary filled up with tokens that no text reaches: the runs pass token ids. */
export function tokenizer(vocabulary: number): Record<string, GgufValue> {
  const bytes = Array.from({ length: 256 }, (_, byte) => byte);
  const isPrintable = (byte: number): boolean => (byte > 32 && byte < 127) || (byte > 160 && byte !== 173);
  let shifted = 0;
  const letters = bytes.map((byte) => String.fromCodePoint(isPrintable(byte) ? byte : 256 + shifted++));
  const space = letters[32]!;
  const tokens = [...letters, space + space];
  while (tokens.length < vocabulary) tokens.push(`<|token_${tokens.length}|>`);
  const kinds = tokens.map((_, id) => (id <= 256 ? 1 : id === vocabulary - 1 ? 3 : 4));
  return {
    "tokenizer.ggml.model": { type: "string", value: "gpt2" },
    "tokenizer.ggml.pre": { type: "string", value: "qwen2" },
    "tokenizer.ggml.tokens": { type: "array", items: "string", value: tokens },
    "tokenizer.ggml.token_type": { type: "array", items: "i32", value: kinds },
    "tokenizer.ggml.merges": { type: "array", items: "string", value: [`${space} ${space}`] },
    "tokenizer.ggml.eos_token_id": { type: "u32", value: vocabulary - 1 },
    "tokenizer.ggml.add_bos_token": { type: "bool", value: false },
  };
}

function tensors({ layers, width, feedForward, vocabulary }: ModelShape, type: MatrixType): GgufTensor[] {
  let seed = 0;
  const matrix = (name: string, columns: number, rows: number): GgufTensor => {
    const own = ++seed;
    return { name, shape: [columns, rows], type, data: () => randomBlocks(columns * rows, own, type) };
  };
  const norm = (name: string): GgufTensor => ({
    name,
    shape: [width],
    type: "F32",
    data: () => encodeTensor("F32", new Float32Array(width).fill(1)),
  });
  return [
    matrix("token_embd.weight", width, vocabulary),
    ...Array.from({ length: layers }, (_, n) => [
      norm(`blk.${n}.attn_norm.weight`),
      matrix(`blk.${n}.attn_q.weight`, width, width),
      matrix(`blk.${n}.attn_k.weight`, width, width),
      matrix(`blk.${n}.attn_v.weight`, width, width),
      matrix(`blk.${n}.attn_output.weight`, width, width),
      norm(`blk.${n}.ffn_norm.weight`),
      matrix(`blk.${n}.ffn_gate.weight`, width, feedForward),
      matrix(`blk.${n}.ffn_up.weight`, width, feedForward),
      matrix(`blk.${n}.ffn_down.weight`, feedForward, width),
    ]).flat(),
    norm("output_norm.weight"),
    matrix("output.weight", width, vocabulary),
  ];
}

/** Blocks of uniform bytes but 0x80 (-128, which no quantiser writes), by xorshift32. */
export function randomBlocks(count: number, seed: number, type: MatrixType): Uint8Array {
  const { block, bytes: size } = TENSOR_TYPES[type];
  const head = HEADS[type];
  const bytes = new Uint8Array((count / block) * size);
  let state = (seed * 0x9e3779b9) | 1;
  for (let at = 0; at < bytes.length; ) {
    for (const factor of head) {
      bytes[at++] = factor & 0xff;
      bytes[at++] = factor >> 8;
    }
    for (let i = 2 * head.length; i < size; i += 4) {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      for (let shift = 0; shift < 32; shift += 8) {
        const byte = (state >>> shift) & 0xff;
        bytes[at++] = byte === 0x80 ? 0x81 : byte;
      }
    }
  }
  return bytes;
}
