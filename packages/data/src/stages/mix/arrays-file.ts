// A shard's arrays between the phases of `mix`. Owns the layout of the file:
//
//   uint32 documents, tokens, bytes of a token (2 or 4), documents that were left out; uint32 offsets of the documents, one more than
//   documents; int32 origin, two for each; float32 weights, one for each; then the tokens; then a byte of loss for each token.

import { closeSync, openSync, readFileSync, readSync } from "node:fs";
import type { ShardArrays } from "../../shards/shard-files.ts";

const HEAD = 16;

/** The file's bytes. */
export function encodeArrays({ tokens, loss, offsets, origin, weights, skipped }: ShardArrays): Uint8Array {
  const head = Uint32Array.of(offsets.length - 1, tokens.length, tokens.BYTES_PER_ELEMENT, skipped);
  const parts = [head, Uint32Array.from(offsets), Int32Array.from(origin), Float32Array.from(weights), tokens, loss];
  return Buffer.concat(parts.map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength)));
}

/** Reads such a file. */
export function decodeArrays(path: string): ShardArrays {
  const bytes = readFileSync(path);
  let at = bytes.byteOffset;
  const take = <T>(
    Kind: new (buffer: ArrayBuffer, start: number, length: number) => T,
    length: number,
    width: number,
  ): T => {
    const start = at;
    at += length * width;
    return new Kind(bytes.buffer as ArrayBuffer, start, length);
  };
  const [documents, length, width, skipped] = take(Uint32Array, 4, 4) as unknown as [number, number, number, number];
  const offsets = Array.from(take(Uint32Array, documents + 1, 4));
  const origin = Array.from(take(Int32Array, 2 * documents, 4));
  const weights = Array.from(take(Float32Array, documents, 4));
  const tokens = width === 4 ? take(Uint32Array, length, 4) : take(Uint16Array, length, 2);
  return { tokens, loss: take(Uint8Array, length, 1), offsets, origin, weights, skipped };
}

/** How many tokens such a file holds. */
export function tokensIn(path: string): number {
  const head = new Uint32Array(HEAD / 4);
  const file = openSync(path, "r");
  try {
    readSync(file, new Uint8Array(head.buffer), 0, HEAD, 0);
  } finally {
    closeSync(file);
  }
  return head[1]!;
}
