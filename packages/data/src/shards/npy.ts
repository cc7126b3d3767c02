// NumPy .npy files, format 1.0: one array, C order, little-endian. Owns the header; source: NumPy's format description.
//
//   bytes 0-5   \x93NUMPY      6-7  version 1 0      8-9  header length (uint16, little-endian)
//   then a Python dict as text, padded with spaces and ended by \n so that the data starts at a multiple of 64.

import { LemmaError } from "@lemma/protocol";

/** The arrays that shards hold, and the floats of rollouts. */
export type NpyArray = Uint8Array | Uint16Array | Uint32Array | Int32Array | BigInt64Array | Float32Array;

const TYPES = [
  ["|u1", Uint8Array],
  ["<u2", Uint16Array],
  ["<u4", Uint32Array],
  ["<i4", Int32Array],
  ["<i8", BigInt64Array],
  ["<f4", Float32Array],
] as const;

/** The bytes of a .npy file. `shape` multiplies to the array's length. */
export function encodeNpy(array: NpyArray, shape: readonly number[] = [array.length]): Uint8Array {
  const type = TYPES.find(([, kind]) => array instanceof kind)![0];
  const dimensions = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const dictionary = `{'descr': '${type}', 'fortran_order': False, 'shape': (${dimensions}), }`;
  const length = Math.ceil((10 + dictionary.length + 1) / 64) * 64 - 10;
  const head = Buffer.alloc(10 + length, " ");
  head.write("\x93NUMPY\x01\x00", 0, "latin1");
  head.writeUInt16LE(length, 8);
  head.write(dictionary, 10, "latin1");
  head[9 + length] = 0x0a;
  return Buffer.concat([head, new Uint8Array(array.buffer, array.byteOffset, array.byteLength)]);
}

/** Reads back what `encodeNpy` writes. LEMMA_E_FILE names the first thing that is wrong; `path` is only for its message. */
export function decodeNpy(bytes: Uint8Array, path: string): { array: NpyArray; shape: number[] } {
  const wrong = (problem: string): LemmaError => new LemmaError("LEMMA_E_FILE", { path, problem });
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.toString("latin1", 0, 8) !== "\x93NUMPY\x01\x00") throw wrong("not a NumPy file of format 1.0");
  const start = 10 + buffer.readUInt16LE(8);
  const header = buffer.toString("latin1", 10, start);
  const descr = /'descr': '([^']+)'/.exec(header)?.[1];
  const known = TYPES.find(([name]) => name === descr);
  if (known === undefined) throw wrong(`array type ${descr} is not one that shards hold`);
  const shape = (/'shape': \(([^)]*)\)/.exec(header)?.[1] ?? "").split(",").filter((part) => part.trim() !== "");
  const data = buffer.subarray(start);
  const expected = shape.reduce((product, size) => product * Number(size), known[1].BYTES_PER_ELEMENT);
  if (data.length !== expected) throw wrong(`expected ${expected} data bytes, found ${data.length}`);
  const copy = new Uint8Array(data).buffer;
  return { array: new known[1](copy), shape: shape.map(Number) };
}
