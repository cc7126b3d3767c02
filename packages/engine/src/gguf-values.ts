// GGUF v3 vocabulary for writing: tensor types with their row encodings, and typed metadata values.
// Must not know: files, models, tokenizers. Numbers: GGUF specification and ggml's block formats.

import { LemmaError } from "@lemma/protocol";

/** Tensor encodings that a file may hold. `id` is ggml's type number; a row of `block` values takes `bytes` bytes. */
export const TENSOR_TYPES = {
  F32: { id: 0, block: 1, bytes: 4 },
  F16: { id: 1, block: 1, bytes: 2 },
  Q4_0: { id: 2, block: 32, bytes: 18 },
  Q8_0: { id: 8, block: 32, bytes: 34 },
  Q4_K: { id: 12, block: 256, bytes: 144 },
  Q5_K: { id: 13, block: 256, bytes: 176 },
  Q6_K: { id: 14, block: 256, bytes: 210 },
  BF16: { id: 30, block: 1, bytes: 2 },
} as const;

export type TensorType = keyof typeof TENSOR_TYPES;

/** ggml's numbers of metadata value types. */
export const VALUE_TYPES = {
  u8: 0,
  i8: 1,
  u16: 2,
  i16: 3,
  u32: 4,
  i32: 5,
  f32: 6,
  bool: 7,
  string: 8,
  array: 9,
  u64: 10,
  i64: 11,
  f64: 12,
} as const;

export type NumberType = "u8" | "i8" | "u16" | "i16" | "u32" | "i32" | "f32" | "f64";

/** One scalar of metadata. Strings may be bytes, since GGUF strings need not be valid UTF-8. */
export type GgufScalar =
  | { type: NumberType; value: number }
  | { type: "u64" | "i64"; value: number | bigint }
  | { type: "bool"; value: boolean }
  | { type: "string"; value: string | Uint8Array };

/** An array of scalars of one type, or of arrays. */
export type GgufArray =
  | { type: "array"; items: NumberType; value: ArrayLike<number> }
  | { type: "array"; items: "u64" | "i64"; value: readonly (number | bigint)[] }
  | { type: "array"; items: "bool"; value: readonly boolean[] }
  | { type: "array"; items: "string"; value: readonly (string | Uint8Array)[] }
  | { type: "array"; items: "array"; value: readonly GgufArray[] };

export type GgufValue = GgufScalar | GgufArray;

/**
 * Bytes that a tensor of this type and shape takes. `shape` is in ggml order: the row length first.
 * @throws LEMMA_E_OPTION when the row length is not a multiple of the block.
 * @example tensorBytes("Q8_0", [64, 2]); // 136
 */
export function tensorBytes(type: TensorType, shape: readonly number[]): number {
  const { block, bytes } = TENSOR_TYPES[type];
  const row = shape[0] ?? 1;
  if (row % block !== 0) {
    throw new LemmaError("LEMMA_E_OPTION", {
      option: "type",
      expected: `rows that are multiples of ${block} for ${type}`,
      found: `a row of ${row}`,
    });
  }
  const elements = shape.reduce((product, dimension) => product * dimension, 1);
  return (elements / block) * bytes;
}
