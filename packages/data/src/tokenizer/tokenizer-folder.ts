// A tokenizer folder on disk (`models/tokenizer` and every model folder): reading it and its digest.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { LemmaError } from "@lemma/protocol";
import { sha256Of } from "../digest.ts";
import { Bpe } from "./bpe.ts";
import type { TokenizerJson } from "./tokenizer-json.ts";

/** Reads `<folder>/tokenizer.json`. LEMMA_E_FILE where it is missing, LEMMA_E_TOKENIZER where it is no byte-level BPE. */
export function loadBpe(folder: string): Bpe {
  const path = join(folder, "tokenizer.json");
  const json = JSON.parse(readText(path)) as TokenizerJson;
  if (json.model?.type !== "BPE") {
    throw new LemmaError("LEMMA_E_TOKENIZER", { problem: `${path}: expected a BPE model, found ${json.model?.type}` });
  }
  return new Bpe(json);
}

/** SHA-256 of tokenizer.json, in hex: what shards and models must agree on. */
export function tokenizerHash(folder: string): string {
  return sha256Of(readText(join(folder, "tokenizer.json")));
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new LemmaError("LEMMA_E_FILE", { path, problem: (cause as Error).message }, { cause });
  }
}
