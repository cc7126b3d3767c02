// Reads the tensors of a GGUF v3 file back as floats, for tests: F32 and Q8_0, the types of the bundled files. Layout:
// packages/engine/src/gguf-writer.ts.

/// <reference lib="esnext.float16" />

import { readFile } from "node:fs/promises";
import { VALUE_TYPES } from "@lemma/engine";

/** A tensor's values, rows first as in `shape`. */
export interface ReadTensor {
  shape: number[];
  values: Float32Array;
}

const WIDTHS = { u8: 1, i8: 1, u16: 2, i16: 2, u32: 4, i32: 4, f32: 4, bool: 1, u64: 8, i64: 8, f64: 8 } as const;
const NAMES = new Map<number, keyof typeof VALUE_TYPES>(
  Object.entries(VALUE_TYPES).map(([name, id]) => [id, name as keyof typeof VALUE_TYPES]),
);

/** All tensors by name. Throws where one has another type. */
export async function ggufTensors(path: string): Promise<Map<string, ReadTensor>> {
  const bytes = await readFile(path);
  let at = 4 + 4;
  const take = (count: number): Buffer => {
    at += count;
    return bytes.subarray(at - count, at);
  };
  const u32 = (): number => take(4).readUInt32LE();
  const u64 = (): number => Number(take(8).readBigUInt64LE());
  const text = (): string => take(u64()).toString("utf8");
  const skip = (type: number): void => {
    const name = NAMES.get(type)!;
    if (name === "string") text();
    else if (name === "array") {
      const items = u32();
      for (let left = u64(); left > 0; left--) skip(items);
    } else take(WIDTHS[name]);
  };
  const tensorCount = u64();
  for (let left = u64(); left > 0; left--) {
    text();
    skip(u32());
  }
  const found = Array.from({ length: tensorCount }, () => {
    const name = text();
    const extents = Array.from({ length: u32() }, u64);
    return { name, shape: extents.toReversed(), type: u32(), offset: u64() };
  });
  const start = Math.ceil(at / 32) * 32;
  return new Map(
    found.map(({ name, shape, type, offset }) => {
      const count = shape.reduce((product, n) => product * n, 1);
      if (type !== 0 && type !== 8) throw new Error(`${name}: expected F32 or Q8_0, found type ${type}`);
      const read = type === 0 ? readF32 : readQ8;
      return [name, { shape, values: read(bytes, start + offset, count) }];
    }),
  );
}

function readF32(bytes: Buffer, at: number, count: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => bytes.readFloatLE(at + 4 * i));
}

function readQ8(bytes: Buffer, at: number, count: number): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return Float32Array.from({ length: count }, (_, i) => {
    const block = at + 34 * Math.floor(i / 32);
    return view.getFloat16(block, true) * bytes.readInt8(block + 2 + (i % 32));
  });
}
