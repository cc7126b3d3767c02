// Random blocks of ggml's K types, for tests: any bits are valid there, so nothing needs to quantise. Only the factors of whole blocks
// are chosen, so that values have a given standard deviation and about zero mean. Layouts: engine/src/weight_blocks.h.

/// <reference lib="esnext.float16" />

import { TENSOR_TYPES } from "../src/index.ts";

// Standard deviation over d of x = d * scale * q - dmin * minimum for uniform 6-bit scales and minima, uniform q, and dmin = mean(q) * d:
// the 26 is that of a minimum, 36.5 the root mean square of a scale. Q6_K: int8 scales, q from -32 to 31.
const FACTORS = {
  Q4_K: { spread: Math.hypot(4.61 * 36.5, 7.5 * 26), minimum: 7.5 },
  Q5_K: { spread: Math.hypot(9.23 * 36.5, 15.5 * 26), minimum: 15.5 },
  Q6_K: { spread: 18.5 * 73.9, minimum: 0 },
} as const;

/** `count` values in blocks of `type`; `next` gives normally distributed numbers. */
export function randomBlocks(
  type: keyof typeof FACTORS,
  count: number,
  deviation: number,
  next: () => number,
): Uint8Array {
  const { block, bytes } = TENSOR_TYPES[type];
  const { spread, minimum } = FACTORS[type];
  // Any digits of a normal number below its first few are uniform.
  const out = Uint8Array.from({ length: (count / block) * bytes }, () => Math.floor(Math.abs(next()) * 2 ** 24) & 0xff);
  const view = new DataView(out.buffer);
  for (let at = 0; at < out.length; at += bytes) {
    const d = deviation / spread;
    view.setFloat16(type === "Q6_K" ? at + 208 : at, d, true);
    if (type !== "Q6_K") view.setFloat16(at + 2, d * minimum, true);
  }
  return out;
}
