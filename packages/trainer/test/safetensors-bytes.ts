// Safetensors files for tests, well-formed or not: the header's text and the data are the caller's.

/** A file from its header and data; `length` overrides the header's stated length. */
export function safetensorsBytes(header: object | string, data: Uint8Array, length?: bigint): Uint8Array {
  const text = Buffer.from(typeof header === "string" ? header : JSON.stringify(header));
  const prefix = Buffer.alloc(8);
  prefix.writeBigUInt64LE(length ?? BigInt(text.length));
  return Buffer.concat([prefix, text, data]);
}

/** One tensor's header entry and bytes. */
export interface TensorBytes {
  dtype: string;
  shape: readonly number[];
  bytes: Uint8Array;
}

/** A well-formed file. */
export function safetensorsOf(tensors: ReadonlyMap<string, TensorBytes>): Uint8Array {
  let at = 0;
  const header = Object.fromEntries(
    [...tensors].map(([name, { dtype, shape, bytes }]) => {
      const begin = at;
      at += bytes.length;
      return [name, { dtype, shape, data_offsets: [begin, at] }];
    }),
  );
  const data = Buffer.concat([...tensors.values()].map(({ bytes }) => bytes));
  return safetensorsBytes({ __metadata__: { format: "pt" }, ...header }, data);
}
