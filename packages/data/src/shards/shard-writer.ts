// Writes one shard: rows → documents → four .npy files and a sidecar with counts and digests, each put in place by a
// rename. Owns the shard's bytes; which rows it holds is the plan's business.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { sha256Of } from "../digest.ts";
import { putFile } from "../put-file.ts";
import { type ResolvedSource, rowsOf, type TrainingRow } from "./data-source.ts";
import { type DocumentTokenizer, documentsOf } from "./document.ts";
import { encodeNpy, type NpyArray } from "./npy.ts";
import { type Plan, planDigest, rowOrder, shardRange } from "./plan.ts";
import type { Counts, ShardEntry } from "./shard-index.ts";

/** A finished shard's sidecar, `<name>.json`: its entry, the plan it belongs to and its counts by group number. */
export interface ShardSidecar {
  plan: string;
  entry: ShardEntry;
  groups: Record<string, Counts>;
}

/** The name of a shard: five digits. */
export const shardName = (shard: number): string => String(shard).padStart(5, "0");

/** Makes the shards of one plan; keeps its sources open between shards. */
export class ShardWriter {
  readonly #plan: Plan;
  readonly #digest: string;
  readonly #order: Uint16Array;
  readonly #rows: ((number: number) => TrainingRow)[];
  readonly #firstGroup: number[];
  readonly #tokenizer: DocumentTokenizer;

  constructor(plan: Plan, tokenizer: DocumentTokenizer) {
    this.#plan = plan;
    this.#digest = planDigest(plan);
    this.#order = rowOrder(plan);
    this.#rows = plan.sources.map((source) => rowsOf(source));
    this.#firstGroup = firstGroups(plan.sources);
    this.#tokenizer = tokenizer;
  }

  /** Writes the shard into `folder`. `onTokens` hears of every few thousand tokens made. */
  write(folder: string, shard: number, onTokens: (tokens: number) => void): ShardSidecar {
    const [start, end] = shardRange(this.#plan, this.#order, shard);
    const next = new Uint32Array(this.#rows.length);
    for (let i = 0; i < start; i++) next[this.#order[i]!]!++;
    const columns = new ShardColumns(this.#plan.tokenizer.size > 65_536);
    let reported = 0;
    for (let i = start; i < end; i++) {
      const source = this.#order[i]!;
      const row = this.#rows[source]!(next[source]!++);
      const group = this.#firstGroup[source]! + row.group;
      for (const document of documentsOf(row.messages, this.#tokenizer)) {
        if (document.tokens.length > this.#plan.contextLength) columns.skipped++;
        else columns.add(document.tokens, document.learned, group, row.index, document.weight);
      }
      if (columns.length - reported >= 20_000) {
        onTokens(columns.length - reported);
        reported = columns.length;
      }
    }
    onTokens(columns.length - reported);
    return putShard(folder, shardName(shard), columns, this.#digest);
  }
}

/** The number of each source's first group in index.json. */
export function firstGroups(sources: readonly ResolvedSource[]): number[] {
  let first = 0;
  return sources.map(({ groups }) => {
    first += groups.length;
    return first - groups.length;
  });
}

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

  /** The first `documents` documents as final arrays. */
  arrays(documents: number = this.#offsets.length - 1) {
    const offsets = this.#offsets.slice(0, documents + 1);
    const length = offsets[documents]!;
    return {
      tokens: this.#tokens.subarray(0, length),
      loss: this.#loss.subarray(0, length),
      offsets,
      origin: this.#origin.slice(0, documents * 2),
      weights: this.#weights.slice(0, documents),
    };
  }
}

/** One shard's files with their bytes, its entry in index.json, and its counts by group number. */
export interface ShardFiles {
  files: [name: string, bytes: Uint8Array][];
  entry: ShardEntry;
  groups: Record<string, Counts>;
}

/** The files of a shard of the given name: the columns' first `documents` documents (all, left out). */
export function shardFiles(name: string, columns: ShardColumns, documents?: number): ShardFiles {
  const { tokens, loss, offsets, origin, weights } = columns.arrays(documents);
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
  return { files, entry: { name, ...all, longest, skipped: columns.skipped, files: digests }, groups };
}

/** Writes a shard's files into a folder, the sidecar last. */
export function putShard(
  folder: string,
  name: string,
  columns: ShardColumns,
  plan: string,
  documents?: number,
): ShardSidecar {
  const { files, entry, groups } = shardFiles(name, columns, documents);
  for (const [file, bytes] of files) putFile(join(folder, file), bytes);
  const sidecar = { plan, entry, groups };
  putFile(join(folder, `${name}.json`), `${JSON.stringify(sidecar)}\n`);
  return sidecar;
}

/** The sidecar of a finished shard of this plan; undefined if there is none. */
export function finishedShard(folder: string, name: string, plan: string): ShardSidecar | undefined {
  try {
    const sidecar = JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8")) as ShardSidecar;
    return sidecar.plan === plan ? sidecar : undefined;
  } catch {
    return undefined;
  }
}
