// Writes safetensors files, one tensor in memory at a time. Layout: ../convert/safetensors-header.ts.

import { open } from "node:fs/promises";

const BYTES = { F32: 4, F16: 2, BF16: 2 } as const;

/** One tensor to write; `data` gives its little-endian bytes when its turn comes. */
export interface TensorToSave {
  name: string;
  dtype: keyof typeof BYTES;
  shape: readonly number[];
  data: () => Promise<Uint8Array>;
}

/** Writes and flushes a file. `metadata` is what other tools look for: `{ format: "pt" }`. */
export async function saveSafetensors(
  path: string,
  tensors: readonly TensorToSave[],
  metadata: Record<string, string>,
): Promise<void> {
  const sorted = tensors.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const header: Record<string, unknown> = { __metadata__: metadata };
  let at = 0;
  for (const { name, dtype, shape } of sorted) {
    const end = at + shape.reduce((product, n) => product * n, BYTES[dtype]);
    header[name] = { dtype, shape, data_offsets: [at, end] };
    at = end;
  }
  let text = JSON.stringify(header);
  text += " ".repeat(-Buffer.byteLength(text) & 7);
  const length = new DataView(new ArrayBuffer(8));
  length.setBigUint64(0, BigInt(Buffer.byteLength(text)), true);
  await using file = await open(path, "w");
  await file.writeFile(new Uint8Array(length.buffer));
  await file.writeFile(text);
  for (const { data } of sorted) await file.writeFile(await data());
  await file.sync();
}
