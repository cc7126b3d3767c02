// What people may set of `dedup`, and what a plan has of it. Owns defaults and the checks that need more than one option.

import { LemmaError } from "@lemma/protocol";
import { z } from "zod";
import { PRESETS, type PresetName, type Scheme } from "./scheme.ts";

const presetNames = Object.keys(PRESETS) as [PresetName, ...PresetName[]];

/** The options of the stage; those without a default take the preset's. */
export const dedupOptions = z.strictObject({
  preset: z.enum(presetNames).default("lemma").describe("shingles, bands and similarity by name"),
  near: z.boolean().default(true).describe("also near duplicates, not only equal texts"),
  similarity: z
    .number()
    .gt(0)
    .max(1)
    .optional()
    .describe("Jaccard similarity of shingles from which two documents are duplicates (default: the preset's)"),
  unit: z.enum(["words", "characters"]).optional().describe("what shingles are made of (default: the preset's)"),
  size: z.int().min(1).max(256).optional().describe("words or characters in a shingle (default: the preset's)"),
  bands: z.int().min(1).max(1024).optional().describe("bands of MinHashes (default: the preset's)"),
  rows: z.int().min(1).max(64).optional().describe("MinHashes in a band (default: the preset's)"),
  seed: z.int().nonnegative().default(1).describe("of the MinHashes and of planted copies"),
  planted: z
    .int()
    .nonnegative()
    .max(100_000)
    .default(200)
    .describe("copies to plant for measuring recall and precision of this run; none of them is written"),
  memory: z
    .int()
    .min(1)
    .max(1 << 20)
    .default(512)
    .describe("MiB that a task may take for its table of keys; with less there are more tasks"),
});

export type DedupOptions = z.infer<typeof dedupOptions>;

/** The options of a plan: nothing is left to a preset. */
export type DedupPlanOptions = DedupOptions & Scheme;

/** Most MinHashes of a document: a signature of 16 KiB. */
const MOST_HASHES = 4096;

/**
 * Fills in what the preset says.
 * @throws LEMMA_E_OPTION where bands × rows is more than 4096
 */
export function resolveOptions(given: DedupOptions): DedupPlanOptions {
  const preset: Scheme = PRESETS[given.preset];
  const { unit, size, bands, rows, similarity } = preset;
  const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as DedupOptions;
  const options = { unit, size, bands, rows, similarity, ...set } as DedupPlanOptions;
  if (options.bands * options.rows > MOST_HASHES)
    throw new LemmaError("LEMMA_E_OPTION", {
      option: "bands",
      expected: `bands × rows of at most ${MOST_HASHES}`,
      found: `${options.bands} × ${options.rows}`,
    });
  return options;
}

/** Bytes of memory for a key in the tables of the phase `exact`: key, best document and length, slots while the table grows. */
export const EXACT_BYTES = 64;

/** Bytes for a document in a task of the phase `bands`: key, number, place in its bucket, and up to 7.5 pairs of 8 bytes. */
export const BAND_BYTES = 112;

/** Into how many parts keys of so many documents are cut. */
export function partsFor(documents: number, bytes: number, { memory }: Pick<DedupOptions, "memory">): number {
  return Math.max(1, Math.ceil((documents * bytes) / (memory * 2 ** 20)));
}

/** The part of a key by its first word, which is uniform. */
export const partOf = (word: number, parts: number): number => Math.floor((word / 2 ** 32) * parts);
