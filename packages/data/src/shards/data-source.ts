// What training rows come from: gym tasks or users' JSONL files. Owns the settings and their resolution into groups of
// rows; a row is then a pure function of (source, index). Knows no tokens and no shards.

import type { ConversationShares } from "@lemma/gym";
import type { Language, Message, Split } from "@lemma/protocol";
import { fileRowAt, fileRows, type ResolvedFile, resolveFile } from "./file-source.ts";
import { gymRowNumber, gymRows, type ResolvedGym, resolveGym } from "./gym-source.ts";

/**
 * One entry of a recipe's `data`. `share` is relative and counts loss-bearing tokens; `retry` is the share of rows whose reasoning takes
 * a wrong step back; `name` is what a file is called in index.json.
 */
export type DataSource =
  | {
      gym: string;
      share: number;
      levels?: readonly number[] | undefined;
      languages?: readonly Language[] | undefined;
      retry?: number | undefined;
    }
  | { file: string; share: number; name?: string | undefined };

/** Rows that are alike: the unit of accounting in index.json. What does not apply is null. */
export interface RowGroup {
  task: string;
  cell: string | null;
  language: Language | null;
  level: number | null;
  phrasing: "trained" | "heldout" | null;
  split: Split | null;
  generator: string;
  version: string;
  seed: number;
}

/** One row to train on. `group` indexes the source's groups; `index` makes it again. */
export interface TrainingRow {
  messages: readonly Message[];
  group: number;
  index: number;
}

export type ResolvedSource = ResolvedGym | ResolvedFile;

/** Settings that all sources share. */
export interface SourceContext {
  seed: number;
  split: Split;
  phrasing: "trained" | "heldout";
  conversations: ConversationShares;
  /** Gym tasks of the mixture: where the earlier questions of a follow-up may come from. */
  tasks: readonly string[];
}

/** Checks a source and pins what decides its rows (generator version, file digest). Throws LEMMA_E_TASK, LEMMA_E_DATA, LEMMA_E_FILE. */
export function resolveSource(source: DataSource, context: SourceContext): ResolvedSource {
  return "gym" in source ? resolveGym(source, context) : resolveFile(source, context.seed);
}

/** A function from a row's number (0 and up) to the row. Any number may be asked for, in any order. */
export function rowsOf(source: ResolvedSource): (number: number) => TrainingRow {
  return source.kind === "gym" ? gymRows(source) : fileRows(source);
}

/** The row that an example's origin names: `group` counts in the source's own groups. Throws LEMMA_E_FILE where a file has changed. */
export function rowAt(source: ResolvedSource, group: number, index: number): TrainingRow {
  return source.kind === "gym" ? gymRows(source)(gymRowNumber(source, group, index)) : fileRowAt(source, index);
}
