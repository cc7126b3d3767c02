// Encodes float32 tensors as F32, F16, BF16, Q8_0 or Q4_0, bit-equal to ggml's own conversions.
// Must not know: files, names, metadata.
//
// Q8_0 (ggml `block_q8_0`, 34 bytes for 32 values): float16 scale d = max|x| / 127, then 32 int8 q = roundf(x * (1/d)),
// all in float32 arithmetic, halves rounded away from zero. BF16 rounds to nearest even; a NaN becomes quiet.
// Q4_0 (ggml `quantize_row_q4_0_ref`, 18 bytes for 32 values): float16 d = m / -8, m being the value of the largest magnitude with
// its sign, then 16 bytes; the low nibble of byte i is min(15, trunc(x_i * (1/d) + 8.5)), the high one that of value i + 16.

/// <reference lib="esnext.float16" />

import { TENSOR_TYPES, type TensorType, tensorBytes } from "./gguf-values.ts";

/** Types that float32 values can be encoded in. */
export type EncodedType = Exclude<TensorType, "Q4_K" | "Q5_K" | "Q6_K">;

const isLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/** The bytes of `values` as `type`. `values.length` must be a multiple of the type's block (32 for Q8_0 and Q4_0).
 * @example encodeTensor("F16", new Float32Array([1])); // Uint8Array [0x00, 0x3c]
 */
export function encodeTensor(type: EncodedType, values: Float32Array): Uint8Array {
  if (!isLittleEndian) throw new Error("GGUF files are little-endian; so must be the machine that writes them");
  const size = tensorBytes(type, [values.length]);
  switch (type) {
    case "F32":
      return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    case "F16":
      return new Uint8Array(new Float16Array(values).buffer);
    case "BF16":
      return encodeBf16(values);
    case "Q8_0":
      return encodeQ8(values, size);
    case "Q4_0":
      return encodeQ4(values, size);
  }
}

function encodeBf16(values: Float32Array): Uint8Array {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const out = new Uint16Array(values.length);
  for (let i = 0; i < out.length; i++) {
    const b = bits[i]!;
    const isNan = (b & 0x7fffffff) > 0x7f800000;
    out[i] = isNan ? (b >>> 16) | 64 : (b + (0x7fff + ((b >>> 16) & 1))) >>> 16;
  }
  return new Uint8Array(out.buffer);
}

function encodeQ8(values: Float32Array, size: number): Uint8Array {
  const { block, bytes } = TENSOR_TYPES.Q8_0;
  const out = new Uint8Array(size);
  const quants = new Int8Array(out.buffer);
  const scale = new Float16Array(1);
  const scaleBytes = new Uint8Array(scale.buffer);
  for (let at = 0, to = 0; at < values.length; at += block, to += bytes) {
    let top = 0;
    for (let j = 0; j < block; j++) {
      const magnitude = Math.abs(values[at + j]!);
      if (magnitude > top) top = magnitude;
    }
    const d = Math.fround(top / 127);
    const inverse = d ? Math.fround(1 / d) : 0;
    scale[0] = d;
    out[to] = scaleBytes[0]!;
    out[to + 1] = scaleBytes[1]!;
    for (let j = 0; j < block; j++) quants[to + 2 + j] = roundHalfAway(Math.fround(values[at + j]! * inverse));
  }
  return out;
}

function encodeQ4(values: Float32Array, size: number): Uint8Array {
  const { block, bytes } = TENSOR_TYPES.Q4_0;
  const out = new Uint8Array(size);
  const scale = new Float16Array(1);
  const scaleBytes = new Uint8Array(scale.buffer);
  for (let at = 0, to = 0; at < values.length; at += block, to += bytes) {
    let top = 0;
    for (let j = 0; j < block; j++) {
      if (Math.abs(values[at + j]!) > Math.abs(top)) top = values[at + j]!;
    }
    const d = Math.fround(top / -8);
    const inverse = d ? Math.fround(1 / d) : 0;
    const quant = (x: number): number => Math.min(15, Math.trunc(Math.fround(Math.fround(x * inverse) + 8.5)));
    scale[0] = d;
    out[to] = scaleBytes[0]!;
    out[to + 1] = scaleBytes[1]!;
    for (let j = 0; j < block / 2; j++) {
      out[to + 2 + j] = quant(values[at + j]!) | (quant(values[at + j + block / 2]!) << 4);
    }
  }
  return out;
}

/** C's roundf for |x| < 2^23: the fraction of a float32 is exact in a double, so adding a half is too. */
function roundHalfAway(x: number): number {
  return x < 0 ? -Math.floor(0.5 - x) : Math.floor(x + 0.5);
}
