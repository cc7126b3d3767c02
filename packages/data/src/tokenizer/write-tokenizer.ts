// Writes models/tokenizer: counts the gym (or takes kept counts), learns the vocabulary, puts the two files in place.

import { mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { putFile } from "../put-file.ts";
import { buildTokenizer, serialise, tokenizerConfig } from "./build-tokenizer.ts";
import { countGymPieces } from "./gym-counts.ts";
import type { PieceCounts } from "./piece-counts.ts";
import { tokenizerHash } from "./tokenizer-folder.ts";

export interface WriteTokenizerOptions {
  /** Folder for tokenizer.json and tokenizer_config.json. */
  out: string;
  /** A file of counts: read, or written with `recount`. */
  counts: string;
  /** Counts the gym as it stands now: a new version of the tokenizer, which retrains every model. */
  recount?: boolean;
}

/** Writes both files and returns the digest and sizes. The same counts give the same bytes. */
export function writeTokenizer(options: WriteTokenizerOptions): { sha256: string; entries: number; merges: number } {
  let counts: PieceCounts;
  if (options.recount) {
    counts = countGymPieces();
    mkdirSync(dirname(options.counts), { recursive: true });
    putFile(options.counts, `${JSON.stringify(counts, null, 1)}\n`);
  } else counts = JSON.parse(readFileSync(options.counts, "utf8")) as PieceCounts;
  const json = buildTokenizer(counts);
  mkdirSync(options.out, { recursive: true });
  putFile(join(options.out, "tokenizer.json"), serialise(json));
  putFile(join(options.out, "tokenizer_config.json"), `${JSON.stringify(tokenizerConfig(CONTEXT), null, 2)}\n`);
  const entries = Object.keys(json.model.vocab).length + json.added_tokens.length;
  return { sha256: tokenizerHash(options.out), entries, merges: json.model.merges.length };
}

/** The longest context that any bundled model is trained to; each model folder's config.json has its own. */
const CONTEXT = 4096;
