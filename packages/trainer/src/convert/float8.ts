// 8-bit floats as they stand in safetensors files, and the scales that belong to them. Must not know files or models.
//
// F8_E4M3 (the "fn" form of the OCP 8-bit floating point specification 1.0): sign, 4 bits of exponent with bias 7, 3 bits of
// fraction; exponent 0 is subnormal, there are no infinities, S.1111.111 is NaN, the largest value is 448.

/** The value of each byte. */
export const E4M3: Float32Array = Float32Array.from({ length: 256 }, (_, byte) => {
  const sign = byte & 0x80 ? -1 : 1;
  const exponent = (byte >> 3) & 15;
  const fraction = byte & 7;
  if (exponent === 15 && fraction === 7) return Number.NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -9 : (8 + fraction) * 2 ** (exponent - 10));
});

/** The values of F8_E4M3 bytes. @example fromE4m3(Uint8Array.of(0x38, 0xc0)); // 1, -2 */
export function fromE4m3(bytes: Uint8Array): Float32Array {
  const out = new Float32Array(bytes.length);
  for (let i = 0; i < out.length; i++) out[i] = E4M3[bytes[i]!]!;
  return out;
}

/**
 * How many blocks of `block` a matrix has: rows and columns, those at the edges counted.
 * @example blocksOf([288, 160], [128, 128]); // [3, 2]
 */
export function blocksOf(shape: readonly [number, number], block: readonly [number, number]): [number, number] {
  return [Math.ceil(shape[0] / block[0]), Math.ceil(shape[1] / block[1])];
}

/** Multiplies each value of a matrix by its block's scale, in place. `scales` are as `blocksOf` counts, row by row. */
export function scaleBlocks(
  values: Float32Array,
  [rows, columns]: readonly [number, number],
  scales: Float32Array,
  block: readonly [number, number],
): void {
  const across = blocksOf([rows, columns], block)[1];
  for (let row = 0; row < rows; row++) {
    const first = Math.floor(row / block[0]) * across;
    for (let part = 0; part < across; part++) {
      const scale = scales[first + part]!;
      const end = Math.min((part + 1) * block[1], columns);
      for (let i = row * columns + part * block[1]; i < row * columns + end; i++) values[i]! *= scale;
    }
  }
}
