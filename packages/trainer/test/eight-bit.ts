// Matrices as DeepSeek publishes them: F8_E4M3 with one F32 scale a block. For tests; decodes by the specification's words and not by
// the converter's table.

import type { Weights } from "./random-folder.ts";
import type { TensorBytes } from "./safetensors-bytes.ts";

/** What stands in the file, and the values that it means. */
export interface EightBitWeights {
  stored: Map<string, TensorBytes>;
  exact: Weights;
}

/** The value of a byte: sign, four bits of exponent, three of fraction; NaN where all of these seven are set. */
export function e4m3(byte: number): number {
  const bits = byte.toString(2).padStart(8, "0");
  const [exponent, fraction] = [Number.parseInt(bits.slice(1, 5), 2), Number.parseInt(bits.slice(5), 2)];
  if (bits.endsWith("1111111")) return Number.NaN;
  const size = exponent === 0 ? (fraction / 8) * 2 ** -6 : (1 + fraction / 8) * 2 ** (exponent - 7);
  return bits[0] === "1" ? -size : size;
}

/** Rounds every matrix that `isRounded` names. A block's largest value becomes 448. */
export function toEightBits(
  weights: Weights,
  [blockRows, blockColumns]: readonly [number, number],
  isRounded: (name: string) => boolean,
): EightBitWeights {
  const stored: EightBitWeights["stored"] = new Map();
  const exact: Weights = new Map(weights);
  const positive = Array.from({ length: 127 }, (_, byte) => e4m3(byte));
  const nearest = (x: number): number => {
    let low = 0;
    for (let high = 126; low < high; ) {
      const middle = (low + high) >> 1;
      if ((positive[middle]! + positive[middle + 1]!) / 2 < Math.abs(x)) low = middle + 1;
      else high = middle;
    }
    return x < 0 ? low | 0x80 : low;
  };
  for (const [name, { shape, values }] of weights) {
    const [rows, columns] = shape as [number, number];
    if (!isRounded(name)) continue;
    const across = Math.ceil(columns / blockColumns);
    const place = (i: number): number =>
      Math.floor(Math.floor(i / columns) / blockRows) * across + Math.floor((i % columns) / blockColumns);
    const scales = new Float32Array(Math.ceil(rows / blockRows) * across);
    values.forEach((value, i) => {
      scales[place(i)] = Math.max(scales[place(i)]!, Math.abs(value) / 448);
    });
    const bytes = Uint8Array.from(values, (value, i) => nearest(value / scales[place(i)]!));
    stored.set(name, { dtype: "F8_E4M3", shape, bytes });
    stored.set(`${name}_scale_inv`, {
      dtype: "F32",
      shape: [scales.length / across, across],
      bytes: new Uint8Array(scales.buffer),
    });
    exact.set(name, { shape, values: Float32Array.from(bytes, (byte, i) => e4m3(byte) * scales[place(i)]!) });
  }
  return { stored, exact };
}
