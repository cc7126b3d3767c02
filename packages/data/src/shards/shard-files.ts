// The bytes of one shard: its .npy files, its entry in index.json and its counts by group. Owns the format; which documents a shard holds
// is the business of whoever fills the columns.

import { sha256Of } from "../digest.ts";
import { encodeNpy, type NpyArray } from "./npy.ts";
import type { Counts, ShardEntry } from "./shard-index.ts";

/** What a shard adds to index.json: its entry, and its counts by group number. */
export interface ShardNote {
  entry: ShardEntry;
  groups: Record<string, Counts>;
}

/** A shard's documents: document i has tokens `offsets[i]` to `offsets[i + 1]`, and comes from `origin[2i]` (group), `origin[2i + 1]` (index). */
export interface ShardArrays {
  tokens: Uint16Array | Uint32Array;
  /** 1 where a token is learned. */
  loss: Uint8Array;
  offsets: number[];
  origin: number[];
  /** What the learned tokens of each document count in the loss. */
  weights: number[];
  /** Documents that were left out: longer than the context. */
  skipped: number;
}

/** The name of a shard: five digits. */
export const shardName = (shard: number): string => String(shard).padStart(5, "0");

/** The growing arrays of one shard. */
export class ShardColumns {
  skipped = 0;
  length = 0;
  #tokens: Uint16Array | Uint32Array;
  #loss = new Uint8Array(1 << 16);
  readonly #offsets: number[] = [0];
  readonly #origin: number[] = [];
  readonly #weights: number[] = [];

  constructor(wide: boolean) {
    this.#tokens = wide ? new Uint32Array(1 << 16) : new Uint16Array(1 << 16);
  }

  add(tokens: ArrayLike<number>, learned: number, group: number, index: number, weight = 1): void {
    const end = this.length + tokens.length;
    if (end > this.#loss.length) this.#grow(end);
    this.#tokens.set(tokens, this.length);
    this.#loss.fill(1, end - learned, end);
    this.length = end;
    this.#offsets.push(end);
    this.#origin.push(group, index);
    this.#weights.push(weight);
  }

  #grow(needed: number): void {
    const size = Math.max(needed, this.#loss.length * 2);
    const tokens = this.#tokens instanceof Uint32Array ? new Uint32Array(size) : new Uint16Array(size);
    tokens.set(this.#tokens.subarray(0, this.length));
    const loss = new Uint8Array(size);
    loss.set(this.#loss.subarray(0, this.length));
    this.#tokens = tokens;
    this.#loss = loss;
  }

  /** The columns as they stand. */
  arrays(): ShardArrays {
    return {
      tokens: this.#tokens.subarray(0, this.length),
      loss: this.#loss.subarray(0, this.length),
      offsets: this.#offsets,
      origin: this.#origin,
      weights: this.#weights,
      skipped: this.skipped,
    };
  }
}

/** One shard's files with their bytes, its entry in index.json, and its counts by group number. */
export interface ShardFiles extends ShardNote {
  files: [name: string, bytes: Uint8Array][];
}

/** The files of a shard of the given name. */
export function shardFiles(name: string, { tokens, loss, offsets, origin, weights, skipped }: ShardArrays): ShardFiles {
  const arrays: [string, NpyArray, number[]][] = [
    ["tokens", tokens, [tokens.length]],
    ["loss", loss, [loss.length]],
    ["documents", BigInt64Array.from(offsets, BigInt), [offsets.length]],
    ["origin", Int32Array.from(origin), [origin.length / 2, 2]],
  ];
  if (weights.some((weight) => weight !== 1)) arrays.push(["weights", Float32Array.from(weights), [weights.length]]);
  const files = arrays.map(([column, array, shape]): [string, Uint8Array] => [
    `${name}.${column}.npy`,
    encodeNpy(array, shape),
  ]);
  const groups: Record<string, Counts> = {};
  const all: Counts = { documents: 0, tokens: 0, lossTokens: 0 };
  let longest = 0;
  for (let i = 0; i + 1 < offsets.length; i++) {
    const length = offsets[i + 1]! - offsets[i]!;
    longest = Math.max(longest, length);
    groups[origin[i * 2]!] ??= { documents: 0, tokens: 0, lossTokens: 0 };
    for (const counts of [all, groups[origin[i * 2]!]!]) {
      counts.documents++;
      counts.tokens += length;
      for (let at = offsets[i]!; at < offsets[i + 1]!; at++) counts.lossTokens += loss[at]!;
    }
  }
  const digests = Object.fromEntries(
    files.map(([file, bytes]) => [file, { bytes: bytes.length, sha256: sha256Of(bytes) }]),
  );
  return { files, entry: { name, ...all, longest, skipped, files: digests }, groups };
}
