// index.json of a shard folder: its shape, reading it, and checking a folder against it. Owns the file; makes no shards.

import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { LemmaError } from "@lemma/protocol";
import { sha256Of } from "../digest.ts";
import type { RowGroup } from "./data-source.ts";

/** What a shard, a group or the whole folder holds. */
export interface Counts {
  documents: number;
  tokens: number;
  lossTokens: number;
}

/** One shard: files named `<name>.tokens.npy`, `.loss.npy`, `.documents.npy`, `.origin.npy`, and `.weights.npy` where weights differ. */
export interface ShardEntry extends Counts {
  name: string;
  /** Longest document in tokens. */
  longest: number;
  /** Documents left out because they exceed the context length. */
  skipped: number;
  files: Record<string, { bytes: number; sha256: string }>;
}

/** index.json. Its presence says that the folder is complete. */
export interface ShardIndex extends Counts {
  format: "lemma-shards";
  version: 1;
  /** SHA-256 of the plan: everything that decides the bytes. */
  plan: string;
  tokenizer: { sha256: string; size: number };
  seed: number;
  longest: number;
  skipped: number;
  recipe: Record<string, unknown>;
  groups: (RowGroup & Counts)[];
  shards: ShardEntry[];
}

/** What an index says of a folder beside its shards. */
export type ShardIndexHead = Pick<ShardIndex, "plan" | "tokenizer" | "seed" | "recipe"> & {
  groups: readonly RowGroup[];
};

/** The index of shards, in their order. */
export function indexOf(
  notes: readonly { entry: ShardEntry; groups: Record<string, Counts> }[],
  { plan, tokenizer, seed, recipe, groups: kinds }: ShardIndexHead,
): ShardIndex {
  const none = (): Counts => ({ documents: 0, tokens: 0, lossTokens: 0 });
  const groups = kinds.map((group) => ({ ...group, ...none() }));
  const all = none();
  const add = (into: Counts, { documents, tokens, lossTokens }: Counts): void => {
    into.documents += documents;
    into.tokens += tokens;
    into.lossTokens += lossTokens;
  };
  for (const note of notes) {
    add(all, note.entry);
    for (const [group, counts] of Object.entries(note.groups)) add(groups[Number(group)]!, counts);
  }
  const longest = notes.reduce((most, { entry }) => Math.max(most, entry.longest), 0);
  const skipped = notes.reduce((sum, { entry }) => sum + entry.skipped, 0);
  const shards = notes.map(({ entry }) => entry);
  return {
    format: "lemma-shards",
    version: 1,
    plan,
    tokenizer,
    seed,
    ...all,
    longest,
    skipped,
    recipe,
    groups,
    shards,
  };
}

/** Reads index.json. LEMMA_E_FILE if the folder is not a finished shard folder. */
export const readShardIndex = async (folder: string): Promise<ShardIndex> => readShardIndexSync(folder);

/** The same at once. */
export function readShardIndexSync(folder: string): ShardIndex {
  const path = join(folder, "index.json");
  let index: ShardIndex;
  try {
    index = JSON.parse(readFileSync(path, "utf8")) as ShardIndex;
  } catch (cause) {
    throw new LemmaError("LEMMA_E_FILE", { path, problem: (cause as Error).message }, { cause });
  }
  if (index.format !== "lemma-shards" || index.version !== 1) {
    throw new LemmaError("LEMMA_E_FILE", { path, problem: "not an index of token shards, version 1" });
  }
  return index;
}

/** Compares every file of the folder with its digest; throws LEMMA_E_FILE on the first that differs. */
export async function verifyShards(folder: string): Promise<ShardIndex> {
  const index = await readShardIndex(folder);
  for (const shard of index.shards) {
    for (const [name, { sha256 }] of Object.entries(shard.files)) {
      const path = join(folder, name);
      const found = sha256Of(await readFile(path));
      if (found !== sha256) {
        throw new LemmaError("LEMMA_E_FILE", { path, problem: `expected SHA-256 ${sha256}, found ${found}` });
      }
    }
  }
  return index;
}
